"""动态调整暂行办法 (twelve articles): who owes what, after what, within how long, and what follows if not.

In the order of the articles. Each row bears the id of its reading; a row that rests on our choice says so
and why. An amendment is a new edition at the foot of this file: a few changed rows and a date.
"""

from datetime import date

from .adjustment_readings import READINGS
from .roles import CHIEF, CLOCK, EGOV, LEAD, OFFICE, REVIEWER, UNIT
from .terms import Extension, Law, MonthDay, Otherwise, Promptly, SameDay, Source, Workdays, may, must, opens

CODE = "调"
CHOICE = Source.CHOICE
NO_LIMIT = "条文未定期限"

LAW_2016 = Law(CODE, date(2016, 5, 6), (
    opens("Q1", "第二条", OFFICE, "publish_initial",
          choice="五单由政务办审定并对外公布：首次入库作为一个奠基案件整体记录"),
    opens("S10", "第四条", OFFICE, "move_items",
          choice="单位撤并、分设、更名的，事项由继受单位承接：内容不变，另发新版本，作为一个案件整体记录"),
    opens("S1", "第五条", UNIT, "cause_arose"),

    # 第七条（一） 申请
    must("D1", "第七条（一）", UNIT, "apply", after="cause_arose", since="cause_day", within=Workdays(10),
         extension=Extension("grant_extension", OFFICE, Workdays(30), "第七条（一）", asked="ask_extension"),
         revived_by="withdraw|return_unfiled"),
    may("D2a", "第七条（一）", UNIT, "ask_extension", while_owed="D1", within=Workdays(10), strict=True,
        not_while="D2"),
    must("D2", "第七条（一）", OFFICE, "grant_extension|deny_extension", after="ask_extension",
         within=Promptly(), source=CHOICE, choice="批准延期的期限条文未定；在第10日前提出的，批准晚到仍然有效"),
    may("S1n", "第五条", OFFICE, "close_without_change", while_owed="D1", not_while="D2", releases="*",
        choice="经核实无需调整的，由政务办写明理由后结束"),

    # 第七条（二） 转办
    must("D3", "第七条（二）", OFFICE, "refer|return_once", after="apply", within=Workdays(2)),
    must("S48", "第七条（二）", UNIT, "reapply", after="return_once", within=Workdays(5), source=CHOICE,
         spoils="D1", choice="补正期限条文未定，目标 5 个工作日；按期补正的，原申请日有效"),
    may("S48n", "第七条（二）", OFFICE, "return_unfiled", while_owed="S48", past_due=True, releases="S48",
        choice="逾期未补正的，政务办退回，视为未申请，原期限继续计算"),
    must("D3r", "第七条（二）", OFFICE, "refer", after="reapply", within=Workdays(2)),
    may("D3+", "第七条（二）", OFFICE, "add_lead", while_owed="D4", joins=LEAD,
        choice="转办后发现遗漏牵头部门的，补充转办"),

    # 第七条（三） 审核
    must("D4", "第七条（三）", LEAD, "agree|agree_amended|disagree", after="refer|add_lead", within=Workdays(5),
         otherwise=Otherwise("deemed_agreed", "第八条")),
    may("D5", "第七条（三）", CHIEF, "announce_joint", while_owed="D4", within=Workdays(1), not_while="D5c"),
    must("D5c", "第七条（三）", OFFICE, "decline_joint", after="announce_joint", within=Promptly(), source=CHOICE,
         choice=NO_LIMIT + "；会审通知发出前，审核的 5 个工作日照常计算"),
    may("D5m", "第七条（三）", OFFICE, "convene_joint", while_owed="D5c", releases="D4|D5c|D7",
        choice="只有会审通知才以联合会审代替单独审核"),
    must("D6", "第七条（三）", OFFICE, "issue_joint_opinion", after="convene_joint", within=Workdays(5),
         source=CHOICE, releases="D6s", choice=NO_LIMIT + "；目标为会审通知后 5 个工作日，不适用第八条"),
    must("D6s", "第七条（三）", LEAD, "sign_joint", after="convene_joint", within=Workdays(5), source=CHOICE,
         choice="不签署的牵头部门记为未会签，联合意见照样成立"),

    # 第七条（四） 核准与确认
    must("D7", "第七条（四）", OFFICE, "approve|approve_amended|refuse|refer_to_meeting", after_all="D4|D6|S5",
         within=Workdays(2), releases="D5c"),
    must("S5", "第七条（三）", OFFICE, "settle_by_meeting", after="refer_to_meeting", within=Promptly(),
         source=CHOICE, choice="意见分歧的，可在 2 个工作日内提交研判会商；会商意见作出后重新计算核准期限"),
    must("D8", "第七条（四）", UNIT, "confirm|object", after="approve|approve_amended", within=Workdays(1),
         otherwise=Otherwise("deemed_unopposed", "第八条")),
    must("D8n", "第七条（四）", UNIT, "accept_refusal|object_refusal", after="refuse", within=Workdays(1),
         otherwise=Otherwise("refusal_deemed_unopposed", "第八条"), choice="不予核准也是核准意见，同样由申请单位确认"),

    # 第七条（五） 异议与复审
    must("D9", "第七条（五）", UNIT, "request_review|drop_objection", after="object", within=Workdays(2)),
    may("E15", "第七条（五）", OFFICE, "confirm_waived", while_owed="D9", past_due=True, releases="D9",
        choice="说明异议后 2 个工作日内未提交复审意见的，视为放弃复审，由政务办确认"),
    must("D9n", "第七条（五）", UNIT, "request_review|drop_objection_refused", after="object_refusal",
         within=Workdays(2)),
    may("E15n", "第七条（五）", OFFICE, "confirm_waived_refused", while_owed="D9n", past_due=True, releases="D9n",
        choice="同 E15，用于对不予核准的异议"),
    must("S7a", "第七条（五）", OFFICE, "refer_review", after="request_review", within=Promptly(), source=CHOICE,
         choice="复审由原审核以外的人员或部门承担"),
    must("S7b", "第七条（五）", REVIEWER, "review_agree|review_disagree", after="refer_review", within=Promptly(),
         source=CHOICE, choice=NO_LIMIT),
    must("S7", "第七条（五）", OFFICE, "conclude_review|conclude_review_refused|send_review_up",
         after="request_review", within=Workdays(5), source=CHOICE, not_while="S7a|S7b",
         choice="复审一次为限，目标 5 个工作日；不适用第八条；复审结论为终局"),
    must("S7u", "第七条（五）", OFFICE, "conclude_review|conclude_review_refused", after="send_review_up",
         within=Promptly(), source=CHOICE, choice="复审僵持的，经会商报区政府审定"),

    # 第七条（五） 转告、公布、本部门更新
    must("D10", "第七条（五）", OFFICE, "forward",
         after="confirm|deemed_unopposed|drop_objection|confirm_waived|conclude_review", within=Workdays(2)),
    must("D11", "第七条（五）", EGOV, "publish", after="forward", within=Workdays(1)),
    may("S8", "第七条（五）", EGOV, "report_failure", while_owed="D11",
        choice="公布失败须回执；更正一律另发新版本，不改旧版本"),
    must("D12", "第七条（五）", UNIT, "update_own_site|update_own_site_to_file",
         after="confirm|deemed_unopposed|drop_objection|confirm_waived|conclude_review", within=Workdays(3),
         not_while="D10|D11", follows=("publish", Workdays(1)),
         choice="“同时”自转告期限起算之日起算；不早于公布；公布迟延的，为公布后 1 个工作日"),

    # 第七条 撤回；第九条 备案；第十条
    may("S3", "第七条", UNIT, "withdraw", while_owed="D3|S48|D3r|D4|D6|D7|S5",
        releases="D3|S48|D3r|D4|D5c|D6|D6s|D7|S5",
        choice="核准前可以撤回；情形仍在的，申请期限按原到期日继续计算，已提出的延期申请仍待答复"),
    opens("D13o", "第九条", UNIT, "own_list_adjusted|own_list_logged",
          choice="本单位内部清单涉及增减、名称、依据、程序的才备案；其他变动只登记，不备案"),
    must("D13", "第九条", UNIT, "file_own", after="own_list_adjusted|update_own_site_to_file", since="done_day",
         within=Workdays(10), choice="自调整完毕之日起算：内部清单为登记的完毕日，公布内容为本部门更新之日"),
    opens("X5o", "第十条（一）", CLOCK, "basis_repealed"),
    must("X5", "第十条（一）", OFFICE, "suspend_item|keep_in_force", after="basis_repealed", within=SameDay(),
         source=CHOICE, choice="依据废止之日起待核，政务办当日确认是否暂停行使；清单文字仍按五个环节修改"),
    opens("X5r", "第十条（一）", OFFICE, "resume_item",
          choice="暂停行使在事项公布换了依据的新版本时自行结束；依据恢复施行或者另有有效依据的，由政务办写明理由后恢复行使"),
    opens("D14o", "第十条（三）", CLOCK, "month_began", each=OFFICE),
    must("D14", "第十条（三）", OFFICE, "report_month", after="month_began", within=MonthDay(28)),
))  # fmt: skip

EDITIONS = (LAW_2016,)

__all__ = ["CODE", "EDITIONS", "LAW_2016", "READINGS"]
