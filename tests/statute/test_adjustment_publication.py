"""调 第七条（五）, 第九条, 第十条: 转告, 公布, the unit's own site, 备案, repeal and the monthly report."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.statute.roles import OFFICE
from tests.engine.play import CAL, CGJ, DZZX, PARTIES, STRANGER, ZWB, Play, approved, confirmed, d


def test_第七条五_无异议的二个工作日内转告():
    """第七条（五）: confirmed 06-16 (Thursday), due 06-20."""
    assert confirmed().open[0] == ("D10", ZWB, "06-20")


def test_第七条五_转告后一个工作日内公布():
    """第七条（五）: 转告 06-17 (Friday), 公布 by 06-20; only by 电子政务中心."""
    c = confirmed().office("forward", "06-17")
    assert c.open[0] == ("D11", DZZX, "06-20")
    with pytest.raises(Refused, match="此项应由电子政务中心办理"):
        c.office("publish", "06-17")
    assert c.egov("publish", "06-20").open == [("D12", CGJ, "06-21")]


def test_第七条五_未经转告不能公布():
    """第七条（五）、第十条（一）: nothing is published before it was approved, confirmed and 转告."""
    for c in (approved(), confirmed()):
        with pytest.raises(Refused):
            c.egov("publish", "06-17")


def test_第七条五_公布失败须回执_公布仍然应办():
    """第七条（五）, S8: a report of failure closes nothing."""
    c = confirmed().office("forward", "06-17").egov("report_failure", "06-17")
    assert c.open[0] == ("D11", DZZX, "06-20")
    with pytest.raises(Refused):
        c.egov("publish", "06-18").egov("report_failure", "06-18")


def test_第七条五_本部门更新三个工作日_自转告期限起算():
    """第七条（五）, D12: “同时”: from the day on which D10 starts, beside D10 and D11."""
    c = confirmed()
    assert c.open[1] == ("D12", CGJ, "06-21")
    assert c.duty("D12").since == c.duty("D10").since == d("06-16")


def test_第七条五_本部门更新不早于公布():
    """第七条（五）, D12: held while 转告 or 公布 is owed; held it is not late."""
    c = confirmed()
    for step in (lambda: c, lambda: c.office("forward", "06-20")):
        step()
        with pytest.raises(Refused, match=r"须先完成"):
            c.unit("update_own_site", "06-20")
        assert c.s.is_held(c.duty("D12"))
    assert not c.egov("publish", "06-21").s.is_held(c.duty("D12"))


@pytest.mark.parametrize(("published", "due"), [("06-20", "06-21"), ("06-21", "06-21"), ("06-22", "06-23"), ("06-24", "06-27")])
def test_第七条五_公布迟延的_本部门更新为公布后一个工作日(published, due):
    """第七条（五）, D12: only 公布 after the due day moves it."""
    c = confirmed().office("forward", "06-20").egov("publish", published)
    assert c.open == [("D12", CGJ, due)]


def test_第七条五_停运后补办公布的_本部门更新重新有限期():
    """第七条（五）, S51: born late while the system was down, dated anew by the 公布: late again from there."""
    c = approved().sweep("09-30")
    assert c.duty("D12").born_late
    c.office("forward", "09-30").egov("publish", "09-30")
    assert (c.duty("D12").due, c.duty("D12").born_late) == (d("10-08"), False)
    assert c.duty("D12").late(d("10-09")) and not c.duty("D12").late(d("10-08"))


def test_第九条_公布内容涉及名称依据等的_更新后十个工作日内备案():
    """第九条, E16: after the unit's own update that touched 增减、名称、依据、程序; otherwise nothing."""
    plain = confirmed().office("forward", "06-17").egov("publish", "06-17").unit("update_own_site", "06-20")
    assert plain.open == []
    c = confirmed().office("forward", "06-17").egov("publish", "06-17").unit("update_own_site_to_file", "06-20")
    assert c.open == [("D13", CGJ, "07-04")]
    assert c.unit("file_own", "07-04").open == []


def test_第九条_本单位清单调整完毕后十个工作日内备案():
    """第九条, E16: a unit's own list opens a case of its own."""
    c = Play().do("own_list_adjusted", "09-12", CGJ, gives=PARTIES)
    assert c.open == [("D13", CGJ, "09-27")]
    with pytest.raises(Refused, match="只有申请单位"):
        Play().do("own_list_adjusted", "09-12", STRANGER, gives=PARTIES)


def test_第九条_备案期限自调整完毕之日起算():
    """第九条, S50: the day of completion is an outside fact; registered late, the limit has run since that day."""
    c = Play().do("own_list_adjusted", "09-20", CGJ, gives=PARTIES, dates={"done_day": d("09-12")})
    assert c.open == [("D13", CGJ, "09-27")] and c.duty("D13").since == d("09-12")
    assert not c.duty("D13").born_late


def test_第九条_其他变动只登记_不产生备案():
    """第九条, E16: a change of another kind is logged, and nobody owes anything."""
    c = Play().do("own_list_logged", "09-12", CGJ, gives=PARTIES)
    assert c.open == []
    with pytest.raises(Refused, match="只有申请单位"):
        Play().do("own_list_logged", "09-12", STRANGER, gives=PARTIES)


@pytest.mark.parametrize("act", ["suspend_item", "keep_in_force"])
def test_第十条一_依据废止当日由政务办确认(act):
    """第十条（一）, X5: the calendar opens it, the office decides on the same day, either way."""
    c = Play().do("basis_repealed", "09-12", "", gives={OFFICE: (ZWB,)})
    assert c.open == [("X5", ZWB, "09-12")]
    assert c.duty("X5").late(d("09-13"))
    assert c.office(act, "09-12").open == []


def test_第十条一_恢复行使由政务办写明理由():
    """第十条（一）, X5r: a case of its own, in which nothing is owed; of nobody but the office."""
    assert Play().do("resume_item", "09-12", ZWB, gives={OFFICE: (ZWB,)}).open == []
    with pytest.raises(Refused, match="只有政务办"):
        Play().do("resume_item", "09-12", STRANGER, gives={OFFICE: (ZWB,)})


def test_第十条一_日历的动作不由任何单位办理():
    """第十条（一）、第十条（三）."""
    for act in ("basis_repealed", "month_began"):
        with pytest.raises(Refused, match="由系统按日历记录"):
            Play().do(act, "09-12", STRANGER, gives={OFFICE: (ZWB,)})


@pytest.mark.parametrize(
    ("month", "due"),
    [
        ("05-01", "05-27"), ("06-01", "06-28"), ("08-01", "08-26"), ("02-01", "02-26"), ("10-01", "10-28"), ("2017-01-01", "2017-01-26"),
    ],
)  # fmt: skip
def test_第十条三_每月二十八日前上报月度报告(month, due):
    """第十条（三）, D14: the 28th, or the last 工作日 before it when it is a rest day (2016-05, 08; 2017-01-28 is 春节)."""
    c = Play().do("month_began", month, "", gives={OFFICE: (ZWB,)})
    assert c.open == [("D14", ZWB, due)]
    assert CAL.is_workday(c.duty("D14").due)
    assert not c.office("report_month", c.duty("D14").due).duty("D14").late(d("2017-02-28"))
