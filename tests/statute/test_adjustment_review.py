"""调 第七条（三）, 第八条: the lead bodies, each alone or together, and what their silence means."""

import pytest

from qingdan.engine.refusals import Refused
from tests.engine.play import BB, CZJ, FZB, STRANGER, ZWB, Play, applied, d, referred


def test_第七条三_收到转办意见后五个工作日内审核():
    """第七条（三）: 转办 06-12, due 06-17; the due day itself is in time."""
    c = referred(FZB)
    assert c.open == [("D4", FZB, "06-17")]
    assert c.lead(FZB, "agree", "06-17").open == [("D7", ZWB, "06-21")]
    assert not c.duty("D4").late(d("06-18"))


@pytest.mark.parametrize("opinion", ["agree", "agree_amended", "disagree"])
def test_第七条三_三种审核意见(opinion):
    """第七条（三）, S5: 同意, 修改后同意, 不同意: each is an opinion, after each the office decides."""
    assert referred(FZB).lead(FZB, opinion, "06-13").open == [("D7", ZWB, "06-15")]


def test_第七条三_各牵头部门分别审核_最后一份意见起算核准():
    """第七条（三）、第七条（四）: three leads, each alone; 核准 runs from the last opinion."""
    c = referred(FZB, BB, CZJ).lead(BB, "agree", "06-13")
    assert c.open == [("D4", FZB, "06-17"), ("D4", CZJ, "06-17")]
    c.lead(CZJ, "agree", "06-14")
    assert c.open == [("D4", FZB, "06-17")]
    assert c.lead(FZB, "disagree", "06-15").open == [("D7", ZWB, "06-17")]


def test_第七条三_牵头部门不能代替另一牵头部门_也不能审核两次():
    """第七条（三）: one opinion a body."""
    c = referred(FZB, BB).lead(BB, "agree", "06-13")
    with pytest.raises(Refused, match=r"此项已经办理（2016年6月13日"):
        c.lead(BB, "disagree", "06-14")
    with pytest.raises(Refused, match="此项应由法制办办理"):
        c.do("agree", "06-14", STRANGER)


def test_第七条三_逾期视为同意():
    """第七条（三）、第八条: silent until 06-17: agreed at 24:00 of that day, by the law, whenever somebody notices."""
    c = referred(FZB).sweep("06-17")
    assert c.open == [("D4", FZB, "06-17")]
    c.sweep("07-20")
    assert c.acts[-1] == ("deemed_agreed", "06-17") and c.events[-1].by_law
    assert c.open[0] == ("D7", ZWB, "06-21")


def test_第七条三_一家视为同意一家同意_以后到者起算():
    """第七条（三）、第八条: one agreed on 06-13, the other was silent; 核准 runs from the silence."""
    c = referred(FZB, BB).lead(FZB, "agree", "06-13").sweep("06-18")
    assert c.hows("D4") == [(FZB, "done"), (BB, "deemed")]
    assert c.open == [("D7", ZWB, "06-21")]


@pytest.mark.parametrize("swept_before", [True, False])
def test_第八条_逾期的审核意见存档_不改变结果(swept_before):
    """第八条, X1: 不同意 on 06-20, before or after the sweep: kept as 逾期, flagged, without effect."""
    c = referred(FZB)
    if swept_before:
        c.sweep("06-18")
    c.lead(FZB, "disagree", "06-20")
    assert c.acts[-2:] == [("deemed_agreed", "06-17"), ("disagree", "06-20")]
    assert c.open == [("D7", ZWB, "06-21")]
    assert c.s.flags == [("late", len(c.events))]


def test_第八条_视为同意不由任何人办理():
    """第八条: no office can write a deemed act, not even on the day."""
    c = referred(FZB)
    for office in (FZB, ZWB, STRANGER):
        with pytest.raises(Refused, match="由法律直接产生"):
            c.do("deemed_agreed", "06-17", office)
    with pytest.raises(Refused, match="不产生视为的效果"):
        c.do("deemed_agreed", "06-16", FZB, by_law=True)


def test_第八条_政务办和电子政务中心逾期没有视为效果():
    """第八条, X4: 转办, 核准, 转告 and 公布 stay owed however late."""
    for c, row in [(applied(), "D3"), (referred(FZB).lead(FZB, "agree", "06-13"), "D7")]:
        assert [r for r, _, _ in c.sweep("12-30").open] == [row]
        assert c.duty(row).late(d("12-30"))


def test_第七条三_告知交叉事项在一个工作日内_过后收下并标明():
    """第七条（三）, D5: 主办牵头部门 by 06-13; on 06-14 accepted and flagged; only the 主办."""
    assert referred(FZB, BB).do("announce_joint", "06-13", FZB).s.flags == []
    late = referred(FZB, BB).do("announce_joint", "06-14", FZB)
    assert late.s.flags == [("D5", len(late.events))]
    with pytest.raises(Refused, match="主办牵头部门"):
        referred(FZB, BB).do("announce_joint", "06-13", BB)


def test_第七条三_只有会审通知才代替单独审核():
    """第七条（三）, D5c: the bare notice stops no clock: 第八条 still falls on 06-17."""
    c = referred(FZB, BB).do("announce_joint", "06-13", FZB)
    assert c.open == [("D4", FZB, "06-17"), ("D4", BB, "06-17"), ("D5c", ZWB, "")]
    c.sweep("06-18")
    assert c.hows("D4") == [(FZB, "deemed"), (BB, "deemed")]
    assert [row for row, _, _ in c.open] == ["D5c", "D7"]


def test_第七条三_没有主办部门告知不能组织会审():
    """第七条（三）, D5m."""
    with pytest.raises(Refused):
        referred(FZB, BB).office("convene_joint", "06-13")


def test_第七条三_联合会审_共同出具意见():
    """第七条（三）, D6, D6s: 会审通知 06-14; target 06-21; the joint opinion starts 核准; 第八条 never applies."""
    c = referred(FZB, BB).do("announce_joint", "06-13", FZB).office("convene_joint", "06-14")
    assert c.hows("D4") == [(FZB, "released"), (BB, "released")]
    assert c.open == [("D6", ZWB, "06-21"), ("D6s", FZB, "06-21"), ("D6s", BB, "06-21")]
    assert c.sweep("06-30").open == [("D6", ZWB, "06-21"), ("D6s", FZB, "06-21"), ("D6s", BB, "06-21")]
    c.do("sign_joint", "06-30", FZB).office("issue_joint_opinion", "06-30")
    assert c.hows("D6s") == [(FZB, "done"), (BB, "released")]
    assert c.open == [("D7", ZWB, "07-04")]


def test_第七条三_会审期间不再单独出具意见():
    """第七条（三）: the single opinion is no longer needed."""
    c = referred(FZB, BB).do("announce_joint", "06-13", FZB).office("convene_joint", "06-14")
    with pytest.raises(Refused, match="已不再需要"):
        c.lead(FZB, "agree", "06-15")


def test_第七条三_各家意见齐后仍可发会审通知_核准期限让位():
    """第七条（三）, S5: opinions differ, the notice was given: the 会审 replaces the 核准 that was owed."""
    c = referred(FZB, BB).do("announce_joint", "06-13", FZB).lead(FZB, "agree", "06-14").lead(BB, "disagree", "06-14")
    assert [row for row, _, _ in c.open] == ["D5c", "D7"]
    c.office("convene_joint", "06-15")
    assert [row for row, _, _ in c.open] == ["D6", "D6s", "D6s"]


def test_第七条三_核准后交叉事项的告知不再待答():
    """第七条（三）、第七条（四）, D5c: the office approves without a 会审: the notice needs no answer any more."""
    c = referred(FZB).do("announce_joint", "06-13", FZB).lead(FZB, "agree", "06-13").office("approve", "06-14")
    assert c.hows("D5c") == [(ZWB, "released")]
    assert [row for row, _, _ in c.open] == ["D8"]


def test_第七条三_会审之前和之中都可以撤回():
    """第七条、第七条（三）, S3: nothing of the 会审 stays owed."""
    announced = referred(FZB).do("announce_joint", "06-13", FZB).unit("withdraw", "06-14")
    convened = referred(FZB).do("announce_joint", "06-13", FZB).office("convene_joint", "06-14").unit("withdraw", "06-15")
    for c in (announced, convened):
        assert [row for row, _, _ in c.open] == ["D1"]


def test_第七条三_不组织会审的_审核照常():
    """第七条（三）, D5c: the office declines; the notice is answered; a second one may follow."""
    c = referred(FZB, BB).do("announce_joint", "06-13", FZB)
    with pytest.raises(Refused, match=r"须先完成"):
        c.do("announce_joint", "06-13", FZB)
    c.office("decline_joint", "06-14")
    assert c.open == [("D4", FZB, "06-17"), ("D4", BB, "06-17")]


def test_第七条三_意见分歧_提交会商后重新计算核准期限():
    """第七条（三）、第七条（四）, S5: one disagrees; referred inside D7; D7 runs anew from the opinion of the 会商."""
    c = referred(FZB, BB).lead(FZB, "agree", "06-13").lead(BB, "disagree", "06-14")
    c.office("refer_to_meeting", "06-15")
    assert c.open == [("S5", ZWB, "")]
    assert c.sweep("07-08").open == [("S5", ZWB, "")]
    c.office("settle_by_meeting", "07-08")
    assert c.open == [("D7", ZWB, "07-12")]


def test_第七条三_有不同意见的_政务办可以直接决定():
    """第七条（四）, S5: any 不同意: the office decides with reasons."""
    c = referred(FZB).lead(FZB, "disagree", "06-13")
    assert [row for row, _, _ in c.office("refuse", "06-14").open] == ["D8n"]


def test_第八条_暂定日期上不产生视为效果_迟来的意见照收():
    """第七条（三）、第八条, R6: 转办 2026-12-28, due in a year not yet announced: nothing lapses, the late 同意 counts as an opinion."""
    c = Play().cause("2026-12-10").unit("apply", "2026-12-24").refer("2026-12-28", FZB)
    duty = c.duty("D4")
    assert duty.provisional and duty.due == d("2027-01-04") and duty.earliest <= duty.due <= duty.latest
    assert c.sweep("2027-02-01").open == [("D4", FZB, "2027-01-04")]
    c.lead(FZB, "agree", "2027-02-01")
    assert c.hows("D4") == [(FZB, "done")] and not c.duty("D4").late(d("2027-02-01"))
    assert c.open[0][:2] == ("D7", ZWB)


def test_第八条_停运期间的视为同意_其后的期限生而逾期_不计入任何单位():
    """第八条, S51: noticed on 07-20 only: dated 06-17; the 核准 that followed was due 06-21 and is blamed on nobody."""
    c = referred(FZB).sweep("07-20")
    assert c.duty("D7").born_late and c.duty("D7").due == d("06-21")
    assert not c.duty("D7").late(d("07-20"))
    assert not referred(FZB).sweep("06-18").duty("D7").born_late
