"""Complaints of the demonstration that are looked into, decided, carried out (诉11 to 诉19). Pure data, as in `complaints`."""

from __future__ import annotations

from .complaint import CENTRE, CODES, Story, Turn
from .story import LAW, MONEY, OFFICE, POSTS, lines

HEAD = 0
AUDIT = "区监察局"


def begun(body: str, back: int) -> tuple[Turn, ...]:
    """第十三条: two are named, and each declares to have no interest."""
    return (
        Turn(back, "name_investigators", body), Turn(back, "declare_no_interest", body), Turn(back, "declare_no_interest", body, hand=2),
    )  # fmt: skip


def heard(body: str, back: int, one: str, other: str) -> tuple[Turn, ...]:
    """第十二条: both sides."""
    return Turn(back, "hear_complainant", body, one, how="phone"), Turn(back, "hear_respondent", body, other, how="writing")


def sent(body: str, back: int, kind: str, to: str, text: str, day: int) -> tuple[Turn, ...]:
    """第十一条、第十五条: drafted by one, approved by another a working day later."""
    act = "draft_handover" if kind == "handover" else "draft_order"
    return Turn(back, act, body, text, to=to, day=day, how=kind), Turn(back - 1, "approve_letter", body, hand=2)


DRAFT_WAITS = Story(
    "网上：保密，文书待审核", 12, "web", ("9",), "工商分局", "办理变更登记时按次收取“资料整理费”200 元，收费清单里没有。", ("D18", "T7"),
    (
        Turn(11, "assign", OFFICE, to=MONEY), Turn(10, "accept", MONEY, "属于第五条（九），附有收据，予以受理。"), *begun(MONEY, 9),
        *heard(MONEY, 7, "11 月上旬在登记窗口交的，收据抬头是一家打印社。", "窗口不收费，打印社是独立经营的，收费与本局无关。"),
        Turn(6, "add_facts", text="又找到另外两家店同样交费的收据，愿意提供。"),
        Turn(1, "draft_order", MONEY, lines(
            "请提供下列材料并作出说明：", "一、登记窗口与打印社之间的场地、合作协议。", "二、2026 年以来窗口引导办事人打印资料的规定或者告知。",
            "三、办理变更登记时按次收取“资料整理费”的依据。",
        ), to="工商分局", day=-5, how="materials"),
    ),
    item_kind="收费", identity={"name": "演示投诉人丙", "phone": "138-0000-0003", "id_kind": "居民身份证", "id_tail": "123X"},
    evidence="收据一张。", code=CODES[0], papers=True, who="granted",
)  # fmt: skip

HANDED_OVER = Story(
    "网上：移交调查，等报告", 10, "web", ("7",), "城管局",
    "占道经营处罚没有按清单上的流程先告知，当场就让交罚款，也没有给决定书。", ("D18",),
    (
        Turn(9, "assign", OFFICE, to=LAW), Turn(8, "accept", LAW, "属于第五条（七），附有转账记录。"), *begun(LAW, 8),
        *heard(LAW, 6, "两名执法人员，没有出示证件，没有开票据。", "当天有巡查，现场情况待核对记录仪。"),
        *sent(LAW, 5, "handover", "城管局", lines(
            "请查明并报告：", "一、今年以来占道经营处罚的告知、决定和票据是否齐全。", "二、现场执法是否按照清单公布的流程。", "三、记录仪的资料。",
        ), -4),
    ),
    item_kind="权力", identity={"name": "演示投诉人己", "phone": "138-0000-0006"}, evidence="转账记录一张。", confidential=False,
)  # fmt: skip

LATE_ORDER = Story(
    "网上：限期履行，逾期，已问理由", 13, "web", ("8",), "民政局",
    "清单上写着养老服务补贴每季度发放，今年第三季度到现在没有发。", ("D18",),
    (
        Turn(12, "assign", OFFICE, to=POSTS), Turn(11, "accept", POSTS, "属于第五条（八）。"), *begun(POSTS, 11),
        *heard(POSTS, 9, "同小区有十几位老人都没有收到。", "资金已经到账，名册核对没有完成。"),
        *sent(POSTS, 8, "performance", "民政局", "请按照清单公布的办理时限，完成第三季度养老服务补贴的核对和发放，并报告发放的人数和日期。", 3),
        Turn(2, "ask_reason", POSTS, "第三季度补贴到期没有报告，请说明理由。", errand="performance"),
    ),
    item_kind="公共服务", identity={"phone": "138-0000-0007"}, late=("D20",),
)  # fmt: skip

SILENT = Story(
    "书信：要求不办，问了不答，登记责任，已延长", 20, "letter", ("3",), "食药监局",
    "已经下放到街道的小餐饮备案，区里的科室还在要求重新备案。", ("D18",),
    (
        Turn(19, "accept", LAW, "属于第五条（三），附有通知照片。"), *begun(LAW, 19),
        *heard(LAW, 17, "重新备案的通知贴在门上，可以提供。", "下放以后系统没有切换，科室沿用老办法。"),
        *sent(LAW, 16, "stop", "食药监局", "请停止重复受理已经下放的备案，撤下有关通知，并报告补救的情况。", 11),
        Turn(10, "ask_reason", LAW, "到期没有报告，请在期限内说明理由。", errand="stop"),
        Turn(4, "register_silence", LAW, "责令停止的通知到期没有报告；询问理由后，期限内没有答复。", errand="stop"),
        Turn(3, "extend_handling", LAW, "责令停止的事项尚未履行，须核对街道的承接情况。", hand=HEAD, day=-8,
            more="因须核对街道的承接情况，办理期限延长。"),
    ),
    at=LAW, identity={"name": "演示投诉人庚", "address": "金水区演示路 2 号"}, evidence="通知照片。", receipt="收发室签收 2026-10-27", late=("D20",),
)  # fmt: skip

CARRIED_OUT = Story(
    "当面：已决定，正在执行", 24, "visit", ("10",), "住建局", "办理房屋租赁备案时，让到一家咨询公司交“代办费”，否则不收件。", (),
    (
        Turn(23, "accept", MONEY, "属于第五条（十），代表已到场。"), *begun(MONEY, 23),
        *heard(MONEY, 20, "窗口人员直接给了咨询公司的名片。", "没有规定必须代办，个别人员的行为正在核实。"),
        Turn(19, "ask_recusal", MONEY, "称该调查人员以前在同一栋楼上班。", hand=2, ground="other", how="respondent"),
        Turn(18, "decide_recusal", MONEY, "在同一栋楼上班不影响公正处理，不予回避。", hand=HEAD, how="head"),
        Turn(15, "record_finding", MONEY, "查阅窗口收件登记和咨询公司开票记录，九月以来共 31 件。"),
        Turn(7, "draft_decision", MONEY, lines(
            "反映办理租赁备案时须到咨询公司交代办费。", "窗口人员引导 31 件到咨询公司办理，收费 6200 元。", "收费清单；第五条（十）。",
            "责令停止引导，退还所收费用，公布办理指南。",
        ), to="住建局", more="停止引导办事人到咨询公司办理，退还所收费用，在窗口公布办理指南，并报告结果。", day=-4, how="true"),
        Turn(6, "decide", MONEY, hand=HEAD),
        Turn(5, "tell_result", MONEY, "您反映的问题属实。已责令住建局停止引导并退还费用。不服本处理的，可以依法申请行政复议或者提起行政诉讼。",
            how="handed"),
    ),
    at=MONEY, identity={"name": "演示投诉人辛", "phone": "138-0000-0008", "id_kind": "居民身份证", "id_tail": "0788"},
    evidence="转账记录和名片。", confidential=False,
)  # fmt: skip

CLOSED = Story(
    "网上：已办结并告知，满意", 27, "web", ("6",), "人社局", "申请公益性岗位补贴，要求开“无业证明”，社区说早就不开了。", (),
    (
        Turn(26, "assign", OFFICE, to=CENTRE), Turn(25, "accept", CENTRE, "属于第五条（六），附有补正通知。"), *begun(CENTRE, 25),
        *heard(CENTRE, 22, "补正通知上手写了“无业证明”。", "窗口沿用旧的材料清单，已经在改。"),
        *sent(CENTRE, 21, "assistance", "电子政务中心", "请提供公益性岗位补贴网上办事指南今年以来的修改记录。", 17),
        Turn(18, "answer_request", "电子政务中心", "修改记录三条，见附表：材料清单中没有“无业证明”。", errand="assistance"),
        Turn(17, "accept_answer", CENTRE, errand="assistance"),
        Turn(15, "draft_decision", CENTRE, lines(
            "反映要求开具清单以外的证明。", "窗口所用材料清单与公布的指南不同，多列“无业证明”一项。", "审批清单；第五条（六）。",
            "责令改正，按公布的指南收件，通知补正过的申请人。",
        ), to="人社局", more="按公布的指南收件，撤换窗口的旧材料清单，通知今年以来被要求补正的申请人。", day=8, how="true"),
        Turn(14, "decide_assigned", CENTRE, hand=HEAD, papers=True),
        Turn(12, "tell_result", CENTRE,
            "您反映的问题属实。窗口已改用公布的材料清单，申请按现有材料办理。不服本处理的，可以依法申请行政复议或者提起行政诉讼。",
            how="query", papers=True),
        Turn(11, "rate", text="good"),
        Turn(9, "report_execution", "人社局", "旧清单已撤换，通知申请人 14 人。", errand="execution"),
        Turn(8, "accept_execution", CENTRE, "窗口现场核对无误。", errand="execution"),
    ),
    item_kind="审批", identity={"email": "demo3@example.invalid"}, evidence="补正通知照片。", code=CODES[2],
)  # fmt: skip

REFERRED = Story(
    "网上：不执行决定，已移送", 26, "web", ("1",), "文旅局", "演出场所开业要交“秩序维护承诺金”，清单上没有。", (),
    (
        Turn(25, "assign", OFFICE, to=LAW), Turn(24, "accept", LAW, "属于第五条（一）。"), *begun(LAW, 24),
        *heard(LAW, 22, "交给了文化科，有盖章的收条。", "承诺金由行业自愿缴纳，可以退。"),
        Turn(21, "draft_decision", LAW, lines(
            "反映收取清单以外的承诺金。", "文化科收取承诺金 9 户，各 5000 元，出具收条。", "权责清单；第五条（一）。", "责令停止收取，限期退还。",
        ), to="文旅局", more="停止收取承诺金，退还已经收取的 9 户，并报告退还的凭据。", day=15, how="true"),
        Turn(20, "decide_assigned", LAW, hand=HEAD),
        Turn(19, "tell_result", LAW, "您反映的问题属实，已责令退还。不服本处理的，可以依法申请行政复议或者提起行政诉讼。", how="query"),
        Turn(13, "ask_reason", LAW, "退还到期没有报告，请说明理由。", errand="execution"),
        Turn(11, "give_reason", "文旅局", "经办人外出培训，账户没有人操作。", errand="execution"),
        Turn(10, "register_default", LAW, "经办人外出不是正当理由，9 户至今没有退还。", errand="execution"),
        Turn(8, "refer_liability", LAW, "移送材料一册。", to=AUDIT, more="金法移〔2026〕1 号", hand=2, errand="liability"),
    ),
    item_kind="权力", identity={"name": "演示投诉人壬", "phone": "138-0000-0009"}, evidence="收条照片。", late=("D21",),
)  # fmt: skip

INQUIRIES = (HANDED_OVER, LATE_ORDER, SILENT, CARRIED_OUT, CLOSED, REFERRED)
