"""诉 第三条, 第八条 to 第十条: who registers, who hands on to whom, who takes up, and what 投诉人 may do meanwhile."""

import pytest

from qingdan.engine.refusals import Refused
from tests.engine.complaint_play import QZF, SOMEBODY, Complaint, asked, assigned, transferred
from tests.engine.play import BB, CZJ, FZB, ZWB


def test_第十条_政务办自收到之日起二个工作日内批转():
    """第十条, D15: received on 09-14, the mid-autumn holiday between: by 09-19."""
    assert Complaint().by_office("09-14").open == [("D15", ZWB, "09-19")]


def test_第十条_收到时间早于登记_自收到之日起算():
    """第十条, S50: a letter that came on 09-12 and is registered on 09-13."""
    assert Complaint().by_office("09-12", on="09-13").open == [("D15", ZWB, "09-14")]


def test_第九条_只有政务办可以登记向政务办提出的投诉():
    with pytest.raises(Refused):
        Complaint().begin("receive_at_office", FZB, {"政务办": (ZWB,)}, "09-12", "")


def test_第十条_处理机关自收到批转之日起二个工作日内受理():
    """第十条, D16: handed on on 09-13, by 09-18 (a make-up Sunday after mid-autumn)."""
    assert assigned().open == [("D16", FZB, "09-18")]


def test_第九条_直接向处理机关提出的_自收到之日起二个工作日():
    assert Complaint().direct("09-12", on="09-13").open == [("D16", FZB, "09-14")]


def test_第十条_逾期不等于受理_仍然应当答复():
    """第十条, X4: nothing is deemed in 诉."""
    c = assigned().sweep("09-26")
    assert c.open == [("D16", FZB, "09-18")] and len(c.events) == 2
    assert c.body("accept", "09-26").hows("D16") == [(FZB, "done")]


def test_第六条_不予受理后不再有期限():
    assert assigned().body("decline", "09-14").open == []


def test_第三条_投诉政务办的由区政府指定_政务办没有职责():
    """第三条, S14: two working days by analogy; the body named has no one to pass it on to."""
    c = Complaint().about_office("09-12")
    assert c.open == [("S14", QZF, "09-14")] and ZWB not in {o.office for o in c.s.owed}
    assert Complaint().about_office("09-12", on="09-13").open == c.open
    c.assign("09-14", CZJ, "assign_by_district", QZF)
    assert c.open == [("D16a", CZJ, "09-19")]
    with pytest.raises(Refused):
        c.act("transfer", "09-19", CZJ, gives={"投诉处理机关": (BB,)})


@pytest.mark.parametrize("act", ["accept", "decline", "ask_evidence"])
def test_第三条_区政府指定的机关同样受理或者不予受理(act):
    c = Complaint().about_office("09-12").assign("09-14", CZJ, "assign_by_district", QZF).body(act, "09-19", CZJ)
    assert c.hows("D16a") == [(CZJ, "done")]


def test_第三条_登记后发现投诉政务办_移送区政府():
    """第三条, S14: the office's own duty ends, the time counts from the receipt."""
    c = Complaint().by_office("09-12").act("pass_to_district", "09-13", ZWB, gives={"区政府": (QZF,)})
    assert c.hows("D15") == [(ZWB, "released")] and c.open == [("S14", QZF, "09-18")]


# ---- 补正 ----------------------------------------------------------------------------------------------


def test_第十条_补正五个工作日_期满后二个工作日():
    """第十条, D34, S15: asked on 09-14: 投诉人 until 09-22, the body until 09-26."""
    assert asked().open == [("D34", SOMEBODY, "09-22"), ("D16c", FZB, "09-26")]


@pytest.mark.parametrize("act", ["accept", "decline", "decline_unproven"])
def test_第十条_收到初步证据后重新计算二个工作日(act):
    c = asked().citizen("give_evidence", "09-20")
    assert c.open == [("D16e", FZB, "09-22")]
    assert c.body(act, "09-22").hows("D16e") == [(FZB, "done")]


@pytest.mark.parametrize("act", ["accept", "decline"])
def test_第十条_补正期内也可以受理或者不予受理(act):
    """The body found the evidence itself, or a ground of 第六条: what was asked for is no longer needed."""
    c = asked().body(act, "09-20")
    assert c.hows("D34") == [(SOMEBODY, "released")] and "D16c" not in [row for row, _, _ in c.open]


def test_第十条_补正期未满_不能以无初步证据不予受理():
    with pytest.raises(Refused, match="还没有过"):
        asked().body("decline_unproven", "09-22")


def test_第十条_补正期满_可以以无初步证据不予受理():
    assert asked().body("decline_unproven", "09-23").open == []


def test_第十条_没有发过补正通知_不能以无初步证据不予受理():
    with pytest.raises(Refused):
        assigned().body("decline_unproven", "09-14")


def test_第十条_补正通知只发一次():
    with pytest.raises(Refused):
        asked().citizen("give_evidence", "09-20").body("ask_evidence", "09-21")


# ---- 收错的 --------------------------------------------------------------------------------------------


def test_第九条_收错的转给应当处理的机关_期限自其收到之日起算():
    """第九条, S12: passed on on 09-14 by 法制办: 编办 until 09-19."""
    assert transferred().open == [("S12", BB, "09-19")]


@pytest.mark.parametrize("act", ["accept", "decline", "ask_evidence"])
def test_第九条_后一机关同样受理或者不予受理(act):
    assert transferred().body(act, "09-19", BB).hows("S12") == [(BB, "done")]


def test_第九条_只转一次():
    with pytest.raises(Refused):
        transferred().act("transfer", "09-19", BB, gives={"投诉处理机关": (CZJ,)})


def test_第九条_再有争议由政务办指定():
    """第九条, S12: two working days by analogy; then there is nothing left but to take it up or not."""
    c = transferred().body("dispute", "09-19", BB)
    assert c.open == [("S12d", ZWB, "09-21")]
    c.assign("09-20", CZJ, "assign_disputed")
    assert c.open == [("D16f", CZJ, "09-22")]
    with pytest.raises(Refused):
        c.body("dispute", "09-21", CZJ)


@pytest.mark.parametrize("act", ["accept", "decline", "ask_evidence"])
def test_第九条_政务办指定的机关必须答复(act):
    c = transferred().body("dispute", "09-19", BB).assign("09-20", CZJ, "assign_disputed").body(act, "09-21", CZJ)
    assert c.hows("D16f") == [(CZJ, "done")]


# ---- 第八条 投诉人 ---------------------------------------------------------------------------------------

STAGES = {
    "D15": lambda: Complaint().by_office("09-12"),
    "S14": lambda: Complaint().about_office("09-12"),
    "D16": assigned,
    "D16a": lambda: Complaint().about_office("09-12").assign("09-13", CZJ, "assign_by_district", QZF),
    "D34": asked,
    "D16e": lambda: asked().citizen("give_evidence", "09-19"),
    "S12": transferred,
    "S12d": lambda: transferred().body("dispute", "09-14", BB),
    "D16f": lambda: transferred().body("dispute", "09-14", BB).assign("09-14", CZJ, "assign_disputed"),
    "D18": lambda: assigned().body("accept", "09-14"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_第八条_办结以前投诉人可以补充事实(stage):
    c = STAGES[stage]()
    open_before = c.open
    assert c.citizen("add_facts", "09-20").open == open_before


@pytest.mark.parametrize("stage", STAGES)
def test_第八条_办结以前投诉人可以撤回(stage):
    assert STAGES[stage]().citizen("withdraw_complaint", "09-20").open == []


def test_第八条_别人不能替投诉人补充或者撤回():
    for act in ("add_facts", "withdraw_complaint"):
        with pytest.raises(Refused):
            assigned().body(act, "09-14")


def test_第八条_不予受理以后没有可以撤回的():
    with pytest.raises(Refused):
        assigned().body("decline", "09-14").citizen("withdraw_complaint", "09-15")
