"""调 第七条（四）, （五）: 核准, 确认, 异议 and 复审."""

import pytest

from qingdan.engine.refusals import Refused
from tests.engine.play import BB, CGJ, CZJ, FZB, ZWB, approved, d, objected, referred

RUN_ON = [("D10", ZWB), ("D12", CGJ)]
"""What is owed once the change stands: 转告, and the unit's own site."""


def owed(c):
    return [(row, office) for row, office, _ in c.open]


def test_第七条四_收到审核意见后二个工作日内核准():
    """第七条（四）: the last opinion on 06-13, due 06-15."""
    assert referred(FZB).lead(FZB, "agree", "06-13").open == [("D7", ZWB, "06-15")]


def test_第七条四_审核未完不能核准():
    """第七条（四）: no 核准 while a lead has not answered; the refusal names it and its day."""
    c = referred(FZB, BB).lead(FZB, "agree", "06-13")
    with pytest.raises(Refused, match=r"编办应在2016年6月17日"):
        c.office("approve", "06-14")


@pytest.mark.parametrize("act", ["approve", "approve_amended"])
def test_第七条四_申请单位一个工作日内确认(act):
    """第七条（四）, S6: approved on 06-15, as asked or otherwise: confirm by 06-16."""
    c = approved(act)
    assert c.open == [("D8", CGJ, "06-16")]
    assert owed(c.unit("confirm", "06-16")) == RUN_ON


def test_第八条_逾期未确认视为无异议():
    """第八条、第七条（四）: silent until 06-16: unopposed at 24:00; what follows counts from that day."""
    c = approved().sweep("06-17")
    assert c.acts[-1] == ("deemed_unopposed", "06-16")
    assert c.open == [("D10", ZWB, "06-20"), ("D12", CGJ, "06-21")]


def test_第八条_逾期提出的异议存档_不改变结果():
    """第八条, X2: the objection period is over."""
    c = approved().unit("object", "06-20")
    assert c.acts[-2:] == [("deemed_unopposed", "06-16"), ("object", "06-20")]
    assert owed(c) == RUN_ON and c.s.flags == [("late", len(c.events))]


def test_第七条四_不予核准同样由申请单位确认():
    """第七条（四）, D8n: a refusal is confirmed like an approval; accepted, nothing more is owed."""
    c = approved("refuse")
    assert c.open == [("D8n", CGJ, "06-16")]
    assert c.unit("accept_refusal", "06-16").open == []


def test_第八条_不予核准逾期未确认视为无异议():
    """第八条, D8n: the refusal stands; nothing is published."""
    c = approved("refuse").sweep("06-17")
    assert c.acts[-1] == ("refusal_deemed_unopposed", "06-16") and c.open == []


def test_第七条五_有异议的二个工作日内提出复审意见():
    """第七条（五）、第七条（四）, E15: 异议 within the one day of D8 opens two days from its statement: 06-22 → 06-24."""
    c = referred(FZB).lead(FZB, "agree", "06-17").office("approve", "06-21").unit("object", "06-22")
    assert c.open == [("D9", CGJ, "06-24")]


def test_第七条五_逾期未提交复审意见的_由政务办确认放弃():
    """第七条（五）, E15: no 视为 of 第八条 here: the office confirms, after the day, before 转告."""
    c = objected()
    with pytest.raises(Refused, match="还没有过"):
        c.office("confirm_waived", "06-20")
    assert c.sweep("06-27").open == [("D9", CGJ, "06-20")]
    c.office("confirm_waived", "06-27")
    assert c.hows("D9") == [(CGJ, "released")]
    assert c.open == [("D10", ZWB, "06-29"), ("D12", CGJ, "06-30")]


def test_第七条五_撤回异议的继续公布():
    """第七条（五）: dropping the objection lets 转告 run."""
    assert owed(objected().unit("drop_objection", "06-17")) == RUN_ON


def test_第七条五_复审由另外的部门承担_各自出具意见后作出结论():
    """第七条（五）, S7, S7a, S7b: asked 06-20, target 06-27; no conclusion before the reviewers were named and have answered."""
    c = objected().unit("request_review", "06-20")
    assert c.open == [("S7a", ZWB, ""), ("S7", ZWB, "06-27")]
    with pytest.raises(Refused, match=r"须先完成.*交付复审"):
        c.office("conclude_review", "06-20")
    with pytest.raises(Refused, match="没有指定复审部门"):
        c.office("refer_review", "06-20")
    c.refer_review("06-20", CZJ, BB).do("review_agree", "06-21", CZJ)
    assert c.open == [("S7b", BB, ""), ("S7", ZWB, "06-27")]
    with pytest.raises(Refused, match=r"须先完成.*编办"):
        c.office("conclude_review", "06-22")
    c.do("review_disagree", "06-22", BB).office("conclude_review", "06-23")
    assert c.open == [("D10", ZWB, "06-27"), ("D12", CGJ, "06-28")]


def test_第七条五_复审不适用第八条():
    """第七条（五）, S7: however long it takes, nothing is deemed."""
    c = objected().unit("request_review", "06-20").refer_review("06-20").sweep("12-30")
    assert [row for row, _, _ in c.open] == ["S7b", "S7"]


def test_第七条五_复审结论不调整的_不再公布():
    """第七条（五）, S7: final; nothing to publish, no second D8."""
    c = objected().unit("request_review", "06-20").refer_review("06-20").do("review_disagree", "06-21", CZJ)
    assert c.office("conclude_review_refused", "06-22").open == []


def test_第七条五_复审僵持的_经会商报区政府审定():
    """第七条（五）, S7u: an undated duty of the office, concluded either way."""
    for act, follows in (("conclude_review", RUN_ON), ("conclude_review_refused", [])):
        c = objected().unit("request_review", "06-20").refer_review("06-20").do("review_disagree", "06-21", CZJ)
        assert c.office("send_review_up", "06-22").open == [("S7u", ZWB, "")]
        assert owed(c.office(act, "08-01")) == follows


def test_第七条五_复审一次为限():
    """第七条（五）, S7: after the conclusion no second review."""
    c = objected().unit("request_review", "06-20").refer_review("06-20").do("review_agree", "06-21", CZJ)
    with pytest.raises(Refused, match="此项已经办理"):
        c.office("conclude_review", "06-22").unit("request_review", "06-22")


def test_第七条五_对不予核准的异议():
    """第七条（五）, D9n, E15n: two days for the reasons; reviewed, dropped, or waived after the day."""
    objection = approved("refuse").unit("object_refusal", "06-16")
    assert objection.open == [("D9n", CGJ, "06-20")]
    assert objection.unit("drop_objection_refused", "06-17").open == []
    reviewed = approved("refuse").unit("object_refusal", "06-16").unit("request_review", "06-20")
    assert [row for row, _, _ in reviewed.open] == ["S7a", "S7"]
    waived = approved("refuse").unit("object_refusal", "06-16")
    with pytest.raises(Refused, match="还没有过"):
        waived.office("confirm_waived_refused", "06-20")
    assert waived.office("confirm_waived_refused", "06-21").open == []


def test_第七条五_暂定日期上不能确认放弃():
    """第七条（五）, R6: a 暂定 day counts at its latest."""
    c = referred(FZB)
    c.lead(FZB, "agree", "06-13").office("approve", "2026-12-29").unit("object", "2026-12-30")
    duty = c.duty("D9")
    assert duty.provisional and duty.due < duty.latest
    with pytest.raises(Refused, match="还没有过"):
        c.office("confirm_waived", duty.latest)
    assert not duty.late(d("2027-03-01"))
