"""投诉处理暂行办法 (twenty-two articles), so far 第二条 to 第十条: how a complaint comes in, to whom it goes, and whether it is taken up.

In the order of the articles, as in `adjustment.py`. The complainant is a party without an office: what 投诉人 owes is
never late in law, and what 投诉人 does comes through the query code.
"""

from datetime import date

from .complaints_readings import READINGS
from .roles import COMPLAINANT, DISTRICT, HANDLER, OFFICE
from .terms import Law, Source, Workdays, may, must, opens

CODE = "诉"
CHOICE = Source.CHOICE
BEFORE_ACCEPTANCE = "D15|S14|D16|D16a|D16c|D16e|D16f|S12|S12d"

LAW_2016 = Law(CODE, date(2016, 5, 6), (
    # 第九条 提出；第三条 统筹
    opens("P1", "第九条", OFFICE, "receive_at_office"),
    opens("P2", "第九条", HANDLER, "receive_directly"),
    opens("P3", "第三条", DISTRICT, "receive_about_office",
          choice="投诉政务办的，政务办不经手：由区政府登记并指定处理机关"),

    # 第十条 登记、批转
    must("D15", "第十条", OFFICE, "assign", after="receive_at_office", since="received_day", within=Workdays(2),
         choice="自收到之日起算；收到时间按渠道登记"),
    may("S14m", "第三条", OFFICE, "pass_to_district", while_owed="D15", releases="D15",
        choice="登记后发现投诉的是政务办的，移送区政府指定，政务办此后不再经手"),
    must("S14", "第三条", DISTRICT, "assign_by_district", after="receive_about_office|pass_to_district",
         since="received_day", within=Workdays(2), source=CHOICE, choice="比照批转的 2 个工作日"),

    # 第十条 受理或者不予受理
    must("D16", "第十条", HANDLER, "accept|decline|ask_evidence|transfer", after="assign|receive_directly",
         since="received_day", within=Workdays(2), choice="不予受理的决定和理由在同样的 2 个工作日内作出"),
    must("D16a", "第十条", HANDLER, "accept|decline|ask_evidence", after="assign_by_district", within=Workdays(2)),
    must("D34", "第十条", COMPLAINANT, "give_evidence", after="ask_evidence", within=Workdays(5), source=CHOICE,
         releases="D16c", choice="补正期限条文未定，5 个工作日；收到初步证据之日起重新计算受理期限"),
    must("D16c", "第十条", HANDLER, "accept|decline", after="ask_evidence", within=Workdays(7), releases="D34",
         choice="没有收到初步证据的，自补正的 5 个工作日届满之日起重新计算 2 个工作日"),
    may("S15", "第十条", HANDLER, "decline_unproven", while_owed="D34", past_due=True, releases="D34|D16c",
        choice="补正期满没有初步证据的，依第十条不予受理并说明理由，可以再次提出"),
    must("D16e", "第十条", HANDLER, "accept|decline|decline_unproven", after="give_evidence", within=Workdays(2)),

    # 第九条 收错的、有争议的
    must("S12", "第九条", HANDLER, "accept|decline|ask_evidence|dispute", after="transfer", within=Workdays(2),
         choice="收错的在 2 个工作日内转给应当处理的机关并告知投诉人；只转一次，期限自后一机关收到之日起算"),
    must("S12d", "第九条", OFFICE, "assign_disputed", after="dispute", within=Workdays(2), source=CHOICE,
         choice="后一机关也认为不归自己的，由政务办指定"),
    must("D16f", "第十条", HANDLER, "accept|decline|ask_evidence", after="assign_disputed", within=Workdays(2)),

    # 第十四条 办理期限
    must("D18", "第十四条", HANDLER, "decide", after="accept", within=Workdays(20)),

    # 第八条 投诉人
    may("S17", "第八条", COMPLAINANT, "add_facts", while_owed=f"{BEFORE_ACCEPTANCE}|D18",
        choice="凭查询码补充事实和材料"),
    may("S3c", "第八条", COMPLAINANT, "withdraw_complaint", while_owed=f"{BEFORE_ACCEPTANCE}|D18", releases="*",
        choice="投诉人可以撤回；公共利益所需的，机关可以另行查处"),
))  # fmt: skip

EDITIONS = (LAW_2016,)

__all__ = ["CODE", "EDITIONS", "LAW_2016", "READINGS"]
