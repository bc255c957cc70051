"""调 第二条 to 第七条（二）: founding, cause, application, extension, 转办 and 补正, by article."""

import pytest

from qingdan.engine.refusals import Refused
from tests.engine.play import BB, CGJ, FZB, PARTIES, STRANGER, ZWB, Play, applied, d


def test_第二条_首次入库由政务办作为一个奠基案件记录():
    """第二条: publish_initial begins a case of 政务办 and leaves nothing owed; nobody else can."""
    c = Play().do("publish_initial", "05-06", ZWB, gives=PARTIES)
    assert c.open == []
    with pytest.raises(Refused, match="只有政务办可以提出（第二条）"):
        Play().do("publish_initial", "05-06", CGJ, gives=PARTIES)


def test_第四条_单位变动的事项划转由政务办作为一个案件记录():
    """第四条、S10: move_items begins a case of 政务办 and leaves nothing owed; nobody else can."""
    c = Play().do("move_items", "06-14", ZWB, gives=PARTIES)
    assert c.open == []
    with pytest.raises(Refused, match="只有政务办可以提出（第四条）"):
        Play().do("move_items", "06-14", CGJ, gives=PARTIES)


def test_第五条_情形由申请单位登记():
    """第五条: cause_arose begins a case of the unit; a stranger, or the office, cannot."""
    assert Play().cause("06-01").open == [("D1", CGJ, "06-16")]
    for other in (ZWB, STRANGER):
        with pytest.raises(Refused, match="只有申请单位可以提出（第五条）"):
            Play().do("cause_arose", "06-01", other, gives=PARTIES)


def test_第五条_已立案的不能再次立案():
    """第五条: a second cause is a second case."""
    with pytest.raises(Refused, match="另立一案"):
        Play().cause("06-01").do("cause_arose", "06-02", CGJ, gives=PARTIES)


def test_第五条_无需调整的由政务办写明理由后结束():
    """第五条, S1n: while the application is owed the office may close the case; after it was filed no more."""
    c = Play().cause("06-01").office("close_without_change", "06-03")
    assert c.open == [] and c.hows("D1") == [(CGJ, "released")]
    with pytest.raises(Refused):
        applied().office("close_without_change", "06-08")


def test_第七条一_情形发生后十个工作日内申请():
    """第七条（一）: event 2016-09-12, due 09-27, across 中秋 with its make-up Sunday."""
    c = Play().cause("09-12")
    assert c.open == [("D1", CGJ, "09-27")]
    c.unit("apply", "09-27")
    assert not c.duty("D1").late(d("09-28"))


def test_第七条一_自情形发生日起算而不自登记日起算():
    """第七条（一）, S50: registered on 09-20, the ten days still run from the event day 09-12."""
    assert Play().cause("09-12", on="09-20").open == [("D1", CGJ, "09-27")]


def test_第七条一_逾期申请照收但计逾期():
    """第七条（一）: there is no deemed effect; a late application is accepted and is late."""
    c = Play().cause("09-12").unit("apply", "09-28")
    assert c.duty("D1").late(d("09-28"))
    assert c.open == [("D3", ZWB, "09-30")]


def test_第七条一_登记时已过期限的照样计逾期():
    """第七条（一）: a unit that registers its cause too late is late; that is no outage."""
    c = Play().cause("09-12", on="10-11")
    assert c.duty("D1").late(d("10-11")) and not c.duty("D1").born_late


def test_第七条一_经批准延长至三十个工作日():
    """第七条（一）: event 09-12, asked in time and granted: to 10-28, thirty in all, not thirty more."""
    c = Play().cause("09-12").unit("ask_extension", "09-20")
    assert c.open == [("D1", CGJ, "09-27"), ("D2", ZWB, "")]
    c.office("grant_extension", "09-21")
    assert c.open == [("D1", CGJ, "10-28")]


def test_第七条一_第十日前提出的_批准晚到仍然有效():
    """第七条（一）, D2: asked on day 10, granted on day 14; what was late meanwhile is late no more."""
    c = Play().cause("09-12").unit("ask_extension", "09-27")
    assert c.duty("D1").late(d("10-08"))
    c.office("grant_extension", "10-11")
    assert not c.duty("D1").late(d("10-11"))
    assert c.open == [("D1", CGJ, "10-28")]


def test_第七条一_第十日后不能再申请延期():
    """第七条（一）, D2: not asked by day 10 is refused, and without a request there is nothing to grant."""
    c = Play().cause("09-12")
    with pytest.raises(Refused, match=r"2016年9月27日.*期限已过"):
        c.unit("ask_extension", "09-28")
    with pytest.raises(Refused, match="没有收到延期申请"):
        c.office("grant_extension", "09-28")
    assert c.open == [("D1", CGJ, "09-27")]


def test_第七条一_申请晚交但延期已按时提出的_批准后不计逾期():
    """第七条（一）, D2: applied on day 12, asked on day 9, granted afterwards: the grant covers the application."""
    c = Play().cause("09-12").unit("ask_extension", "09-26").unit("apply", "09-29")
    assert c.duty("D1").late(d("09-29"))
    c.office("grant_extension", "09-30")
    assert not c.duty("D1").late(d("09-30")) and c.duty("D1").due == d("10-28")


def test_第七条一_申请晚交且没有提出延期的_不能事后批准():
    """第七条（一）, D2."""
    with pytest.raises(Refused):
        Play().cause("09-12").unit("apply", "09-28").office("grant_extension", "09-29")


def test_第七条一_延期可定较早的一日但不得超过三十个工作日():
    """第七条（一）: a day of the order, after the old one and not beyond the cap."""
    c = Play().cause("09-12").unit("ask_extension", "09-20")
    for wrong in ("10-31", "09-27", "09-20"):
        with pytest.raises(Refused, match="30 个工作日"):
            c.office("grant_extension", "09-21", ordered=wrong)
    assert c.office("grant_extension", "09-21", ordered="10-14").open == [("D1", CGJ, "10-14")]


def test_第七条一_延期只有一次():
    """第七条（一）: extended once, it is not asked for again."""
    c = Play().cause("09-12").unit("ask_extension", "09-19").office("grant_extension", "09-20", ordered="10-10")
    with pytest.raises(Refused, match="不能再延长"):
        c.unit("ask_extension", "09-21")


def test_第七条一_不批准的期限不变_没有新的申请不能改为批准():
    """第七条（一）, D2: a denial is the answer; a grant needs a new request, which may be made while the ten days run."""
    c = Play().cause("09-12").unit("ask_extension", "09-19").office("deny_extension", "09-20")
    assert c.open == [("D1", CGJ, "09-27")]
    with pytest.raises(Refused, match="延期申请已经答复"):
        c.office("grant_extension", "09-21")
    c.unit("ask_extension", "09-27").office("grant_extension", "09-28")
    assert c.open == [("D1", CGJ, "10-28")]


def test_第七条一_一次只能有一份待批的延期申请():
    """第七条（一）, D2a: while the request waits a second one is refused; nor does the office close the case over it."""
    c = Play().cause("09-12").unit("ask_extension", "09-19")
    for act, office in (("ask_extension", CGJ), ("close_without_change", ZWB)):
        with pytest.raises(Refused, match=r"须先完成.*答复延期申请"):
            c.do(act, "09-20", office)


def test_第七条一_申请单位不能自己批准延期():
    """第七条（一）: 经政务办批准."""
    with pytest.raises(Refused, match="政务办"):
        Play().cause("09-12").unit("ask_extension", "09-19").unit("grant_extension", "09-20")


def test_第十二条_施行前的情形照收_不计迟延():
    """第十二条, 第七条（一）: an event day before 2016-05-06 is accepted and never late; from that day on it counts."""
    before = Play().cause("04-01", on="06-01").unit("apply", "07-01")
    assert not before.duty("D1").late(d("07-01"))
    first_day = Play().cause("05-06", on="06-01").unit("apply", "06-02")
    assert first_day.duty("D1").due == d("05-20") and first_day.duty("D1").late(d("06-02"))


def test_第七条二_收到申请后二个工作日内转办():
    """第七条（二）: received 06-07, due 06-12, the make-up Sunday after 端午."""
    assert applied().open == [("D3", ZWB, "06-12")]


def test_第七条二_转办须写明牵头部门():
    """第七条（二）: a 转办 to nobody would leave the case with nothing owed."""
    c = applied()
    with pytest.raises(Refused, match="没有指定牵头部门"):
        c.office("refer", "06-08")
    assert c.open == [("D3", ZWB, "06-12")]


def test_第七条二_只能退回补正一次():
    """第七条（二）: 一次性退回补正; afterwards 转办 is all that can be done, in two working days of its own."""
    c = applied().office("return_once", "06-08")
    assert c.open == [("S48", CGJ, "06-16")]
    c.unit("reapply", "06-15")
    assert c.open == [("D3r", ZWB, "06-17")]
    with pytest.raises(Refused):
        c.office("return_once", "06-16")
    assert c.refer("06-16").open == [("D4", FZB, "06-23")]


def test_第七条二_按期补正的_原申请日有效():
    """第七条（二）, S48: applied on day 4, 补正 in time after day 10: still in time."""
    c = applied("06-01", "06-07").office("return_once", "06-12").unit("reapply", "06-17")
    assert c.duty("D1").due == d("06-16") and not c.duty("D1").late(d("06-30"))


def test_第七条二_逾期补正的_原申请日不再有效():
    """第七条（二）, S48: 补正 late: the application counts as made on that day, which is after day 10."""
    c = applied("06-01", "06-07").office("return_once", "06-12").unit("reapply", "06-20")
    assert c.duty("D1").late(d("06-20")) and c.duty("D1").closed_on == d("06-20")


def test_第七条二_逾期补正不牵连撤回之前的申请():
    """第七条（二）, S48, S3: what was filed in time and withdrawn stays in time; only the second application is spoilt."""
    c = applied("06-01", "06-02").unit("withdraw", "06-03").unit("apply", "06-06").office("return_once", "06-07")
    c.unit("reapply", "06-20")
    first, second = [o for o in c.s.owed if o.row.id == "D1"]
    assert (first.late(d("06-20")), second.late(d("06-20"))) == (False, True)


def test_第七条二_逾期不补正的_政务办退回_原期限继续():
    """第七条（二）, S48n: not before the target day has passed; then D1 lives again with the day it had."""
    c = applied("06-06", "06-07").office("return_once", "06-08")
    with pytest.raises(Refused, match="还没有过"):
        c.office("return_unfiled", "06-16")
    c.office("return_unfiled", "06-17")
    assert c.hows("S48") == [(CGJ, "released")]
    assert c.open == [("D1", CGJ, "06-21")]
    assert c.unit("apply", "06-20").open == [("D3", ZWB, "06-22")]


def test_第七条二_补充转办_只有新增的部门另有五个工作日():
    """第七条（二）: add_lead on 06-14: the first keeps 06-17, the new one has until 06-21; the same one twice is refused."""
    c = applied().refer("06-12", FZB)
    c.office("add_lead", "06-14", joins={"牵头部门": (BB,)})
    assert c.open == [("D4", FZB, "06-17"), ("D4", BB, "06-21")]
    with pytest.raises(Refused, match="已经是本案的牵头部门"):
        c.office("add_lead", "06-15", joins={"牵头部门": (BB,)})
    with pytest.raises(Refused, match="没有写明补充的牵头部门"):
        c.office("add_lead", "06-15")
    assert c.lead(FZB, "agree", "06-15").open == [("D4", BB, "06-21")]


def test_第七条_撤回后情形仍在_期限按原到期日继续():
    """第七条, S3: withdrawing releases what others owed, is not performance, and D1 lives again with its old due day."""
    c = applied().refer("06-12", FZB, BB).lead(FZB, "agree", "06-13").unit("withdraw", "06-14")
    assert c.hows("D4") == [(FZB, "done"), (BB, "released")]
    assert c.open == [("D1", CGJ, "06-16")]
    assert c.duty("D1").since == d("06-01")
    assert c.sweep("08-01").open == [("D1", CGJ, "06-16")]
    assert c.duty("D1").late(d("06-17")) and not c.duty("D4", BB).late(d("08-01"))


@pytest.mark.parametrize("step", ["apply", "return_once", "reapply", "refer", "agree", "refer_to_meeting"])
def test_第七条_核准前可以撤回(step):
    """第七条, S3: at every step before 核准."""
    c = applied()
    if step in ("return_once", "reapply"):
        c.office("return_once", "06-08")
    if step == "reapply":
        c.unit("reapply", "06-12")
    if step in ("refer", "agree", "refer_to_meeting"):
        c.refer("06-12")
    if step in ("agree", "refer_to_meeting"):
        c.lead(FZB, "agree", "06-13")
    if step == "refer_to_meeting":
        c.office("refer_to_meeting", "06-14")
    assert c.unit("withdraw", "06-15").open == [("D1", CGJ, "06-16")]


def test_第七条_核准后不能撤回_他人不能代为撤回():
    """第七条, S3."""
    with pytest.raises(Refused):
        applied().refer("06-12").lead(FZB, "agree", "06-13").office("approve", "06-14").unit("withdraw", "06-15")
    with pytest.raises(Refused, match="由申请单位办理"):
        applied().do("withdraw", "06-08", ZWB)


def test_第七条_撤回不吞掉已提出的延期申请():
    """第七条、第七条（一）: asked, applied, withdrawn: the request still waits and, granted, extends the living duty."""
    c = Play().cause("09-12").unit("ask_extension", "09-19").unit("apply", "09-20").unit("withdraw", "09-28")
    assert c.open == [("D1", CGJ, "09-27"), ("D2", ZWB, "")]
    c.office("grant_extension", "09-29")
    assert c.open == [("D1", CGJ, "10-28")]
