"""诉 第十五条 and 第十六条: the seven measures, the decision and its execution. What a unit owes is a case of its own."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.statute.complaints_inquiry import ERRANDS, MEASURES
from qingdan.statute.gists.complaints import GISTS
from tests.engine.complaint_play import Errand, assigned, ready, taken_up
from tests.engine.play import CGJ, FZB, STRANGER, d

PARTS = {g.number: [number for number, _ in g.parts] for g in GISTS}
HELP = ("M12", "answer_request", "M12r", "accept_answer", "return_answer")
PERFORM = ("D20", "report_performance", "D20r", "accept_performance", "return_performance")
ACTION = ("M56", "report_action", "M56r", "accept_action", "return_action")
EXECUTE = ("D21", "report_execution", "D21r", "accept_execution", "return_execution")
SEVEN = {
    "order_assistance": HELP, "order_materials": HELP, "order_performance": PERFORM, "order_stop": PERFORM,
    "propose_liability": ACTION, "propose_accountability": ACTION, "refer_offence": ACTION,
}  # fmt: skip
"""What opens the case -> whose row the unit's is, its report, whose row the review is, and how that ends."""
SENT = SEVEN | {"order_execution": EXECUTE}
ENDING = dict.fromkeys(SEVEN, "cancel_order") | {"order_execution": "cancel_execution"}


# ---- 第十五条 ------------------------------------------------------------------------------------------------


def test_第十五条_七项措施一项不少_各为一件():
    """第十五条, O10: in the order of the article."""
    assert [ERRANDS[key].article for key in MEASURES] == PARTS["第十五条"]
    assert [ERRANDS[key].opens for key in MEASURES] == list(SEVEN)


@pytest.mark.parametrize("opens", SENT)
def test_第十五条_第十六条_各件写的动作就是规则的动作(opens):
    """第十五条、第十六条: the data of the errands and the rows say the same."""
    e = next(e for e in ERRANDS.values() if e.opens == opens)
    row, report, _, accept, back = SENT[opens]
    assert (e.row, e.report, e.accept, e.back, e.ends) == (row, report, accept, back, ENDING[opens])


@pytest.mark.parametrize("act", ["approve_letter", "reject_letter"])
def test_第十五条_措施文书起草以后须审核(act):
    """第十五条, T7: as with the letter of 第十一条."""
    c = ready().body("draft_order", "09-13")
    assert c.open == [("T7", FZB, ""), ("D18", FZB, "10-14")]
    with pytest.raises(Refused, match="须先完成"):
        c.body("decide", "09-13")
    assert c.body(act, "09-14").hows("T7") == [(FZB, "done")]


def test_第十五条_受理以前和办理完毕以后没有措施():
    for c in (assigned(), ready().body("decide", "09-13")):
        with pytest.raises(Refused):
            c.body("draft_order", "09-14")


@pytest.mark.parametrize("opens", SENT)
def test_第十五条_第十六条_规定时间由文书写明(opens):
    """第十五条、第十六条: D20, D21: the day of the paper, in time until its end."""
    c, row = Errand(opens, "09-12", "09-20"), SENT[opens][0]
    assert c.open == [(row, CGJ, "09-20")]
    assert not c.duty(row).late(d("09-20")) and c.duty(row).late(d("09-21"))


@pytest.mark.parametrize("opens", SEVEN)
def test_第十五条_没有写日期的不计期限(opens):
    c = Errand(opens, "09-12")
    assert c.open == [(SEVEN[opens][0], CGJ, "")] and not c.duty(SEVEN[opens][0]).late(d("12-30"))


@pytest.mark.parametrize("opens", SENT)
def test_第十五条_第十六条_只有处理机关可以发_只有有关单位报告(opens):
    with pytest.raises(Refused, match="只有投诉处理机关可以提出"):
        Errand(opens, "09-12", "09-20", by=CGJ, role="有关单位")
    for stranger in (FZB, STRANGER):
        with pytest.raises(Refused):
            Errand(opens, "09-12", "09-20").body(SENT[opens][1], "09-13", body=stranger)


@pytest.mark.parametrize("opens", SENT)
def test_第十五条_第十六条_报告以后由处理机关认可(opens):
    row, report, review, accept, _ = SENT[opens]
    c = Errand(opens, "09-12", "09-20").unit(report, "09-19")
    assert c.open == [(review, FZB, "")] and c.hows(row) == [(CGJ, "done")]
    assert c.body(accept, "09-20").open == [] and c.hows(review) == [(FZB, "done")]


@pytest.mark.parametrize("opens", SENT)
def test_第十五条_第十六条_退回的另定日期(opens):
    row, report, review, _, back = SENT[opens]
    c = Errand(opens, "09-12", "09-20").unit(report, "09-19").body(back, "09-20", "09-28")
    assert c.open == [(row, CGJ, "09-28")] and c.hows(review) == [(FZB, "done")]


@pytest.mark.parametrize("opens", SENT)
def test_第十五条_第十六条_不再需要的可以撤销(opens):
    """第十五条、第十六条: O10c, D21c: while the unit owes, or after it has reported; never by the unit."""
    row, report, review, accept, _ = SENT[opens]
    owing, reported = Errand(opens, "09-12", "09-20"), Errand(opens, "09-12", "09-20").unit(report, "09-19")
    with pytest.raises(Refused):
        owing.unit(ENDING[opens], "09-13")
    assert owing.body(ENDING[opens], "09-13").open == [] and owing.hows(row) == [(CGJ, "released")]
    assert reported.body(ENDING[opens], "09-20").open == [] and reported.hows(review) == [(FZB, "released")]
    with pytest.raises(Refused):
        Errand(opens, "09-12", "09-20").unit(report, "09-19").body(accept, "09-20").body(ENDING[opens], "09-21")


# ---- 第十六条 ------------------------------------------------------------------------------------------------


def test_第十六条_决定书起草以后由负责人签发或者退回():
    """第十六条, S23, S23d: one draft at a time; returned, it is drafted anew."""
    c = ready().body("draft_decision", "09-13")
    assert c.open == [("D18", FZB, "10-14"), ("S23d", FZB, "")]
    with pytest.raises(Refused, match="须先完成"):
        c.body("draft_decision", "09-14")
    c.body("return_decision", "09-14")
    assert c.hows("S23d") == [(FZB, "done")] and c.open == [("D18", FZB, "10-14")]
    assert c.body("draft_decision", "09-18").open[-1] == ("S23d", FZB, "")


@pytest.mark.parametrize("act", ["decide", "decide_assigned"])
def test_第十六条_签发以后没有草稿等着(act):
    c = ready().body("draft_decision", "09-13").body(act, "09-14")
    assert c.hows("S23d") == [(FZB, "released")] and [row for row, _, _ in c.open] == ["D22"]


def test_第十六条_受理以后可以起草_办理完毕以后不能():
    assert ("S23d", FZB, "") in taken_up().body("draft_decision", "09-13").open
    for c in (assigned(), ready().body("decide", "09-13")):
        with pytest.raises(Refused):
            c.body("draft_decision", "09-14")


@pytest.mark.parametrize("act", ["decide", "decide_assigned"])
def test_第十六条_决定以后及时告知投诉人_目标三个工作日(act):
    """第十六条, D22: our own aim."""
    c = ready().body(act, "10-14")
    assert c.open == [("D22", FZB, "10-19")]
    assert c.body("tell_result", "10-19").open == []


def test_第十六条_没有结果的没有可以告知的():
    with pytest.raises(Refused):
        ready().body("tell_result", "09-13")


@pytest.mark.parametrize("ended", ["decline", "withdraw"])
def test_第十六条_不予受理的和撤回的没有决定要告知(ended):
    c = assigned().body("decline", "09-14") if ended == "decline" else ready().citizen("withdraw_complaint", "09-14")
    assert c.open == []


def test_第十六条_决定没有写执行日期的_十个工作日():
    """第十六条, D21."""
    assert Errand("order_execution", "09-12").open == [("D21", CGJ, "09-27")]


def test_第十六条_退回继续执行没有另定日期的_又是十个工作日():
    c = Errand("order_execution", "09-12").unit("report_execution", "09-20").body("return_execution", "09-21")
    assert c.open == [("D21", CGJ, "10-10")]
