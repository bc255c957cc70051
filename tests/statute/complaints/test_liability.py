"""诉 第十八条 to 第二十条, and 第八条 on malice: it is registered with the facts, and another person decides whether it goes on."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.statute.complaints_inquiry import LIABILITIES
from qingdan.statute.roles import DISTRICT, HANDLER, OFFICE
from tests.engine.complaint_play import QZF, Errand, assigned, ready, taken_up
from tests.engine.play import CGJ, FZB, STRANGER, ZWB

KINDS = {
    "register_obstruction": ("第十八条", HANDLER, FZB, "O11a"),
    "open_default": ("第十九条", HANDLER, FZB, "O11b"),
    "register_misconduct": ("第二十条", OFFICE, ZWB, "O11c"),
    "register_office_misconduct": ("第二十条", DISTRICT, QZF, "O11e"),
}
"""What registers it -> its article, who may, and the row of the decision."""


def registered(act):
    _, role, office, _ = KINDS[act]
    return Errand(act, "10-10", by=office, role=role, to="")


def test_第十八条_第十九条_第二十条_三种责任四种登记():
    """第十八条、第十九条、第二十条: O11: the data and the rows say the same."""
    assert [(x.opens, x.article) for x in LIABILITIES.values()] == [(act, article) for act, (article, *_) in KINDS.items()]


@pytest.mark.parametrize("act", KINDS)
@pytest.mark.parametrize("end", ["refer_liability", "drop_liability"])
def test_第十八条_第十九条_第二十条_登记以后决定移送或者不移送(act, end):
    """第十八条、第十九条、第二十条: no day of its own."""
    _, _, office, row = KINDS[act]
    c = registered(act)
    assert c.open == [(row, office, "")]
    assert c.body(end, "10-11", body=office).open == [] and c.hows(row) == [(office, "done")]


@pytest.mark.parametrize("act", KINDS)
def test_第十八条_第十九条_第二十条_别的单位不能登记也不能决定(act):
    _, role, office, _ = KINDS[act]
    for other in {r for _, r, _, _ in KINDS.values()} - {role}:
        with pytest.raises(Refused, match=f"只有{role}可以提出"):
            Errand(act, "10-10", by=STRANGER, role=other, to="")
    for stranger in {FZB, ZWB, QZF, CGJ} - {office}:
        with pytest.raises(Refused):
            registered(act).body("refer_liability", "10-11", body=stranger)


# ---- 第十九条 逾期的，先问理由 -------------------------------------------------------------------------------------

OWING = {"D17": "hand_over", "M12": "order_materials", "D20": "order_performance", "M56": "refer_offence", "D21": "order_execution"}
REPORT = {"D17": "report_findings", "M12": "answer_request", "D20": "report_performance", "M56": "report_action", "D21": "report_execution"}


def owing(row):
    """To be done by 09-20."""
    return Errand(OWING[row], "09-12", "09-20")


def asked(row="D17"):
    """Asked on 09-21; five 工作日, until 09-28."""
    return owing(row).body("ask_reason", "09-21")


@pytest.mark.parametrize("row", OWING)
def test_第十九条_逾期的先问有没有正当理由(row):
    """第十九条, O11r, O11g: what was owed stays owed."""
    assert asked(row).open == [(row, CGJ, "09-20"), ("O11g", CGJ, "09-28")]


@pytest.mark.parametrize("row", OWING)
def test_第十九条_期限届满以前不问(row):
    with pytest.raises(Refused, match="还没有过"):
        owing(row).body("ask_reason", "09-20")


def test_第十九条_没有期限的没有逾期可问():
    with pytest.raises(Refused, match="此项没有期限"):
        Errand("refer_offence", "09-12").body("ask_reason", "12-30")


@pytest.mark.parametrize("row", OWING)
def test_第十九条_已经报告的不问(row):
    with pytest.raises(Refused):
        owing(row).unit(REPORT[row], "09-21").body("ask_reason", "09-22")


def test_第十九条_由处理机关问_不由单位自己问():
    with pytest.raises(Refused):
        owing("D17").unit("ask_reason", "09-21")


@pytest.mark.parametrize("end", ["accept_reason", "register_default"])
def test_第十九条_说明了理由的_由处理机关认定(end):
    """第十九条, O11d: no day of its own."""
    c = asked().unit("give_reason", "09-28")
    assert c.hows("O11g") == [(CGJ, "done")] and c.open == [("D17", CGJ, "09-20"), ("O11d", FZB, "")]
    assert c.body(end, "09-29").hows("O11d") == [(FZB, "done")] and c.open == [("D17", CGJ, "09-20")]


def test_第十九条_问了一次_有了结果以前不再问():
    """第十九条: neither while the unit may answer nor while its reason waits."""
    c = asked()
    with pytest.raises(Refused, match="须先完成"):
        c.body("ask_reason", "09-22")
    c.unit("give_reason", "09-22")
    with pytest.raises(Refused, match="须先完成"):
        c.body("ask_reason", "09-23")
    assert c.body("accept_reason", "09-23").body("ask_reason", "09-26").open[-1] == ("O11g", CGJ, "10-08")


def test_第十九条_问了不答的_期满以后记录():
    """第十九条, O11s."""
    c = asked()
    with pytest.raises(Refused, match="还没有过"):
        c.body("register_silence", "09-28")
    assert c.body("register_silence", "09-29").open == [("D17", CGJ, "09-20")] and c.hows("O11g") == [(CGJ, "released")]


def test_第十九条_没有问过的_不能记录没有说明():
    with pytest.raises(Refused):
        owing("D17").body("register_silence", "10-31")


def test_第十九条_说明了的_不能再记录没有说明():
    with pytest.raises(Refused):
        asked().unit("give_reason", "09-29").body("register_silence", "09-30")


@pytest.mark.parametrize("act", ["give_reason", "register_silence"])
def test_第十九条_问过以后报告了的_理由仍须有个结果(act):
    """第十九条: the report does not answer the question; the case is over when both have ended."""
    c = asked().unit("report_findings", "09-22").body("accept_findings", "09-23")
    assert c.open == [("O11g", CGJ, "09-28")]
    c.unit(act, "09-28") if act == "give_reason" else c.body(act, "09-29")
    assert [row for row, _, _ in c.open] == (["O11d"] if act == "give_reason" else [])


@pytest.mark.parametrize("row", OWING)
@pytest.mark.parametrize("given", [False, True])
def test_第十九条_问过以后收回或者撤销的_理由仍须有个结果(row, given):
    """第十九条: taking back what is late does not wipe out that it was late."""
    c = asked(row).unit("give_reason", "09-22") if given else asked(row)
    ends = {"D17": "take_back", "D21": "cancel_execution"}.get(row, "cancel_order")
    assert [r for r, _, _ in c.body(ends, "09-23").open] == ["O11d" if given else "O11g"]
    assert c.body(*(("register_default", "09-26") if given else ("register_silence", "09-29"))).open == []


# ---- 第八条 恶意投诉 ---------------------------------------------------------------------------------------------


def test_第八条_认定恶意投诉须一人提出_另行认定():
    """第八条, S25: one proposal at a time; meanwhile there is no decision."""
    c = ready().body("propose_malicious", "09-13")
    assert c.open == [("D18", FZB, "10-14"), ("S25d", FZB, "")]
    for early in ("propose_malicious", "decide"):
        with pytest.raises(Refused, match="须先完成"):
            c.body(early, "09-14")


def test_第八条_不认定恶意的_照样办理_可以另行提出():
    c = ready().body("propose_malicious", "09-13").body("reject_malicious", "09-14")
    assert c.hows("S25d") == [(FZB, "done")] and c.open == [("D18", FZB, "10-14")]
    assert c.body("propose_malicious", "09-18").open[-1] == ("S25d", FZB, "")


def test_第八条_认定恶意的_办结并告知投诉人():
    """第八条、第十六条: S25c, D22: whatever was owed before has ended."""
    c = taken_up().body("propose_malicious", "09-13").body("close_malicious", "09-14")
    assert c.open == [("D22", FZB, "09-20")] and c.hows("D18") == c.hows("S25d") == c.hows("Q3") == [(FZB, "released")]


def test_第八条_没有人提出的不能认定_受理以前和办理完毕以后不能提出():
    with pytest.raises(Refused):
        ready().body("close_malicious", "09-13")
    for c in (assigned(), ready().body("decide", "09-13")):
        with pytest.raises(Refused):
            c.body("propose_malicious", "09-14")
