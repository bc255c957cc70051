"""诉 第十一条 to 第十四条: handing over, hearing both sides, two investigators, twenty 工作日 and no more than fifteen on top."""

import pytest

from qingdan.engine.refusals import Refused
from tests.engine.complaint_play import HEARD, NAMED, SOMEBODY, Errand, assigned, ready, taken_up
from tests.engine.play import BB, CGJ, FZB, ZWB, d

# ---- 第十一条 ------------------------------------------------------------------------------------------------


def handed(until="09-28"):
    """法制办 hands over to 城管局 on 09-12."""
    return Errand("hand_over", "09-12", until)


@pytest.mark.parametrize("act", ["approve_letter", "reject_letter"])
def test_第十一条_转办函起草以后须审核(act):
    """第十一条, D17d, T7."""
    c = ready().body("draft_handover", "09-13")
    assert c.open == [("T7", FZB, ""), ("D18", FZB, "10-14")]
    assert c.body(act, "09-14").hows("T7") == [(FZB, "done")] and c.open == [("D18", FZB, "10-14")]


def test_第十一条_受理以前和办理完毕以后不移交():
    for c in (assigned(), ready().body("decide", "09-13")):
        with pytest.raises(Refused):
            c.body("draft_handover", "09-14")


def test_第十一条_转办函还在审核_不能作出决定():
    with pytest.raises(Refused, match="须先完成：法制办应"):
        ready().body("draft_handover", "09-13").body("decide", "09-13")


def test_第十一条_移交另立一件_接受移交的单位在限定时间内报告():
    """第十一条, P4, D17: the day is the one that 法制办 wrote."""
    c = handed()
    assert c.open == [("D17", CGJ, "09-28")] and not c.duty("D17").late(d("09-28")) and c.duty("D17").late(d("09-29"))


def test_第十一条_没有写明日期的_没有期限():
    assert handed(until="").open == [("D17", CGJ, "")]


def test_第十一条_只有处理机关可以移交_只有接受移交的单位报告():
    with pytest.raises(Refused, match="只有投诉处理机关可以提出"):
        Errand("hand_over", "09-12", "09-28", by=CGJ, role="有关单位")
    with pytest.raises(Refused):
        handed().body("report_findings", "09-13")


def test_第十一条_移交须写明由谁接受():
    with pytest.raises(Refused, match="没有指定有关单位"):
        Errand("hand_over", "09-12", "09-28", to="")


def test_第十一条_报告以后由处理机关采纳():
    """第十一条, O8: supervision has no day of its own."""
    c = handed().unit("report_findings", "09-27")
    assert c.open == [("O8", FZB, "")]
    assert c.body("accept_findings", "09-28").open == [] and c.hows("O8") == [(FZB, "done")]


def test_第十一条_退回重查另定日期():
    c = handed().unit("report_findings", "09-27").body("return_findings", "09-28", "10-10")
    assert c.open == [("D17", CGJ, "10-10")]
    assert c.unit("report_findings", "10-09").open == [("O8", FZB, "")]


def test_第十一条_逾期不报或者查处不力的_收回自己调查():
    """第十一条, D17t: whether the unit still owes or has reported badly; afterwards it reports no more."""
    for c in (handed().body("take_back", "09-29"), handed().unit("report_findings", "09-27").body("take_back", "09-28")):
        assert c.open == [] and "released" in [how for row in ("D17", "O8") for _, how in c.hows(row)]
        with pytest.raises(Refused):
            c.unit("report_findings", "09-30")


def test_第十一条_采纳以后没有可以收回的():
    with pytest.raises(Refused):
        handed().unit("report_findings", "09-27").body("accept_findings", "09-28").body("take_back", "09-29")


def test_第十一条_不能由接受移交的单位自己收回():
    with pytest.raises(Refused):
        handed().unit("take_back", "09-14")


# ---- 第十二条 ------------------------------------------------------------------------------------------------

OF_SIDE = {"O9c": ("hear_complainant", "note_complainant_unheard"), "O9r": ("hear_respondent", "note_respondent_unheard")}


def test_第十二条_受理后须听取双方意见_指定调查人员():
    """第十二条, 第十三条: no days of their own; all within the twenty of 第十四条."""
    assert taken_up().open == [("O9c", FZB, ""), ("O9r", FZB, ""), ("Q3", FZB, ""), ("D18", FZB, "10-14")]


@pytest.mark.parametrize(("row", "n"), [("O9c", 0), ("O9c", 1), ("O9r", 0), ("O9r", 1)])
def test_第十二条_有陈述_或者有通知而没有陈述的记录(row, n):
    c = taken_up().body(OF_SIDE[row][n], "09-13")
    assert c.hows(row) == [(FZB, "done")] and [i for i in OF_SIDE if i != row] == [i for i, _, _ in c.open if i in OF_SIDE]


@pytest.mark.parametrize("missing", HEARD)
def test_第十二条_缺一方意见_不能作出决定(missing):
    c = taken_up().bodies("09-12", *NAMED, *(act for act in HEARD if act != missing))
    with pytest.raises(Refused, match="须先完成：法制办应听取"):
        c.body("decide", "09-13")
    assert c.body(missing, "09-13").body("decide", "09-13").hows("D18") == [(FZB, "done")]


@pytest.mark.parametrize("act", [*HEARD, "record_finding"])
def test_第十二条_办理完毕以前可以再次听取_记录调查取证(act):
    """第十二条, O9m: more often than once; nothing else changes."""
    c = ready()
    assert c.body(act, "09-13").body(act, "09-14").open == [("D18", FZB, "10-14")]
    with pytest.raises(Refused):
        c.body("decide", "09-14").body(act, "09-14")


@pytest.mark.parametrize("act", ["confront", "cancel_confrontation"])
def test_第十二条_质证通知以后_质证或者取消(act):
    """第十二条, S20, S20r: one at a time; before it the decision waits."""
    c = ready().body("call_confrontation", "09-13")
    assert c.open == [("S20r", FZB, ""), ("D18", FZB, "10-14")]
    for early in ("call_confrontation", "decide"):
        with pytest.raises(Refused, match="须先完成"):
            c.body(early, "09-14")
    c.body(act, "09-14")
    assert c.hows("S20r") == [(FZB, "done")] and c.body("call_confrontation", "09-18").open[0][0] == "S20r"


def test_第十二条_质证不是必须的_办理完毕以后没有质证():
    with pytest.raises(Refused):
        ready().body("decide", "09-13").body("call_confrontation", "09-14")


# ---- 第十三条 ------------------------------------------------------------------------------------------------

OF_INVESTIGATORS = ("add_investigator", "remove_investigator", "declare_no_interest", "ask_recusal")


def test_第十三条_没有指定调查人员_不能作出决定():
    """第十三条, Q3."""
    c = taken_up().bodies("09-12", *HEARD)
    with pytest.raises(Refused, match="须先完成：法制办应指定调查人员（第十三条）"):
        c.body("decide", "09-13")
    assert c.body("name_investigators", "09-13").hows("Q3") == [(FZB, "done")]
    assert c.body("decide", "09-13").hows("D18") == [(FZB, "done")]


@pytest.mark.parametrize("act", OF_INVESTIGATORS)
def test_第十三条_办理完毕以前可以调整调查人员_声明_提出回避(act):
    """第十三条, Q3m."""
    assert ("D18", FZB, "10-14") in taken_up().body(act, "09-13").open
    for c in (assigned(), ready().body("decide", "09-13")):
        with pytest.raises(Refused):
            c.body(act, "09-14")


@pytest.mark.parametrize("act", OF_INVESTIGATORS[:3])
def test_第十三条_没有人提出回避的_没有要决定的(act):
    with pytest.raises(Refused):
        ready().body(act, "09-13").body("decide_recusal", "09-13")


def test_第十三条_提出回避的_须先决定回避_调查不停止():
    """第十三条, S21: findings may be recorded meanwhile, the decision waits."""
    c = ready().body("ask_recusal", "09-13")
    assert c.open == [("S21", FZB, ""), ("D18", FZB, "10-14")]
    with pytest.raises(Refused, match="须先完成"):
        c.body("record_finding", "09-13").body("decide", "09-13")
    c.body("decide_recusal", "09-14")
    assert c.hows("S21") == [(FZB, "done")] and c.body("decide", "09-14").hows("D18") == [(FZB, "done")]


def test_第十三条_几人的回避一次决定():
    """第十三条, S21: one act decides on all that were asked for."""
    c = ready().body("ask_recusal", "09-13").body("ask_recusal", "09-13").body("decide_recusal", "09-14")
    assert sorted(c.hows("S21")) == [(FZB, "done"), (FZB, "released")] and c.body("decide", "09-14").hows("D18") == [(FZB, "done")]


# ---- 第十四条 ------------------------------------------------------------------------------------------------

VECTORS = [("09-12", "10-14", "11-04"), ("09-30", "11-02", "11-23")]
"""rules 2.4: 受理, its twenty 工作日, fifteen more."""


def handling(c):
    return [due for row, _, due in c.open if row == "D18"]


@pytest.mark.parametrize(("accepted", "due", "cap"), VECTORS)
def test_第十四条_自受理之日起二十个工作日(accepted, due, cap):
    """第十四条, D18: the day of 受理 is day 0."""
    assert handling(taken_up(accepted)) == [due]


@pytest.mark.parametrize("act", ["decide", "decide_assigned"])
def test_第十四条_期限内作出处理决定的_办理完毕(act):
    c = ready().body(act, "10-14")
    assert c.hows("D18") == [(FZB, "done")] and not c.duty("D18").late(c.s.last)


def test_第十四条_期限届满以后作出的_是逾期():
    c = ready().body("decide", "10-15")
    assert c.hows("D18") == [(FZB, "done")] and c.duty("D18").late(c.s.last)


def test_第十四条_尚未指定调查人员_尚未听取意见的_期限照样计算():
    """第十四条, S22: nothing stops the clock; the steps before the decision are the body's own."""
    c = taken_up().sweep("10-20")
    assert not c.s.is_held(c.duty("D18")) and c.duty("D18").late(d("10-15"))


@pytest.mark.parametrize(("accepted", "due", "cap"), VECTORS)
def test_第十四条_延长总共不超过十五个工作日(accepted, due, cap):
    """第十四条, D19: without a day it is the whole; beyond it is refused."""
    assert handling(taken_up(accepted).extend(due)) == [cap]
    later = d(cap).replace(day=d(cap).day + 1)
    with pytest.raises(Refused, match=r"总共不超过 35 个工作日，第十四条"):
        taken_up(accepted).extend(due, later)


def test_第十四条_可以延长不止一次_总共不超过十五个工作日():
    c = taken_up().extend("10-13", "10-21").extend("10-20", "10-28")
    assert handling(c) == ["10-28"]
    with pytest.raises(Refused, match="不晚于2016年11月4日"):
        c.extend("10-28", "11-05")
    assert handling(c.extend("10-28", "11-04")) == ["11-04"]
    with pytest.raises(Refused):
        c.extend("11-04")


def test_第十四条_延长须到更晚的一天():
    for until in ("10-14", "10-13"):
        with pytest.raises(Refused, match="延长后的日期须在2016年10月14日"):
            taken_up().extend("10-12", until)


def test_第十四条_期限届满以后不能延长():
    """第十四条, D19: before the day ends; after an extension the new day counts."""
    assert handling(taken_up().extend("10-14", "10-21")) == ["10-21"]
    for c, on in ((taken_up(), "10-15"), (taken_up().extend("10-14", "10-21"), "10-22")):
        with pytest.raises(Refused, match="期限已过"):
            c.extend(on)


def test_第十四条_延长由本件的处理机关批准_办理完毕以后不延长():
    c = ready()
    for stranger in (BB, ZWB, SOMEBODY, CGJ):
        with pytest.raises(Refused):
            c.act("extend_handling", "10-13", stranger)
    with pytest.raises(Refused):
        c.body("decide", "10-13").extend("10-13")


def test_第十四条_延长以后在新的期限内作出决定的_不是逾期():
    c = ready().extend("10-14", "10-21").body("decide", "10-21")
    assert not c.duty("D18").late(c.s.last)
