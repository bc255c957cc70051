"""What comes over a case from outside its rows: a new calendar, a succession, a lapse that never was."""

from datetime import date

import pytest

from qingdan.engine.duties import Event, Standing, lapse, stand, step
from qingdan.engine.outside import ANNUL, REDATE, SET_ASIDE, SUCCEED
from qingdan.engine.refusals import Refused
from qingdan.kernel.calendar import MAKEUP, OFF, Arrangement, arrangements, calendar_of

from .play import BB, CAL, CZJ, FZB, ZWB, Play, applied, approved, d, day, referred


def calendar_with(*days):
    """The calendar of 2016 with more days off (06-15) or worked (+06-18)."""
    named = {d(text.lstrip("+")): MAKEUP if text.startswith("+") else OFF for text in days}
    kept = [row for row in arrangements() if row.day not in named]
    return calendar_of((*kept, *(Arrangement(2016, on, kind, "临时安排", "") for on, kind in named.items())))


def redated(play, on, *days):
    step(play.s, Event(REDATE, d(on), "", calendar=calendar_with(*days)))
    return play


def due(play, row, office=""):
    return day(play.duty(row, office).due)


# ---- R6 放假安排变更 ----------------------------------------------------------------------------------


def test_R6_临时放假使在办期限顺延_原到期日仍可查():
    play = referred(FZB)
    assert due(play, "D4") == "06-17"
    redated(play, "06-13", "06-15", "06-16")
    assert due(play, "D4") == "06-21"
    assert day(play.duty("D4").moved_from) == "06-17"


def test_R6_已办结的期限不变():
    play = applied()
    redated(play, "06-08", "06-07", "06-08")
    assert play.duty("D1").how == "done" and due(play, "D1") == "06-16"
    assert play.duty("D1").moved_from is None


def test_R6_此后产生的期限按新安排计算():
    play = redated(applied(), "06-08", "06-15").refer("06-12", FZB)
    assert due(play, "D4") == "06-20"


def test_R6_减少放假日不使在办事项当天就已超期():
    """Counted without 06-15 as a day off, D4 would have ended on 06-17, three days before the change takes it back."""
    play = referred(FZB)
    redated(play, "06-14", "06-15")
    assert due(play, "D4") == "06-20"
    redated(play, "06-20")
    assert due(play, "D4") == "06-20"


def test_R6_已经超期的不因重算而顺延到变更日():
    play = applied()
    assert due(play, "D3") == "06-12"
    redated(play, "06-20", "+06-11")
    assert due(play, "D3") == "06-12"
    assert play.duty("D3").late(d("06-21"))


def test_第八条_已过期而尚未写入的视为同意_不因事后变更放假安排而落空():
    play = referred(FZB)
    redated(play, "06-18", "06-16")
    assert due(play, "D4") == "06-17"
    assert [(e.act, day(e.on)) for e in lapse(play.s, d("06-18"))] == [("deemed_agreed", "06-17")]


def test_R6_重放时每个事件用当时的日历():
    play = referred(FZB)
    new = calendar_with("06-15")
    step(play.s, Event(REDATE, d("06-13"), "", calendar=new))
    events = [*play.events, Event(REDATE, d("06-13"), "", calendar=new)]
    again = stand(play.s.law, events, CAL)
    assert again.owed == play.s.owed


def test_R6_延长到上限的期限随日历变动_文书写明日期的不变():
    def asked(**kw):
        return Play().cause("06-01").unit("ask_extension", "06-06").office("grant_extension", "06-07", **kw)

    capped, ordered = asked(), asked(ordered="07-01")
    before = due(capped, "D1")
    for play in (capped, ordered):
        redated(play, "06-08", "06-15")
    assert due(capped, "D1") > before
    assert due(ordered, "D1") == "07-01"


# ---- S10 单位撤并 -------------------------------------------------------------------------------------


def succeeded(play, on, old, new):
    step(play.s, Event(SUCCEED, d(on), ZWB, heir=(old, new)))
    return play


def test_S10_继受单位接办在办事项_到期日不变():
    play = succeeded(referred(FZB), "06-13", FZB, "司法局")
    assert ("D4", "司法局", "06-17") in play.open
    play.lead("司法局", "agree", "06-14")
    with pytest.raises(Refused, match="法制办"):
        succeeded(referred(FZB), "06-13", FZB, "司法局").lead(FZB, "agree", "06-14")


def test_S10_两个牵头部门合并_只剩一项审核():
    play = succeeded(referred(FZB, BB), "06-13", BB, FZB)
    assert [row for row in play.open if row[0] == "D4"] == [("D4", FZB, "06-17")]
    play.lead(FZB, "agree", "06-14")
    assert ("D7", ZWB, "06-16") in play.open


def test_S10_与本案无关的单位不能承接():
    with pytest.raises(Refused, match="没有在办的事项"):
        succeeded(referred(FZB), "06-13", CZJ, FZB)


# ---- 序言 视为不成立 -----------------------------------------------------------------------------------


def annulled(play, on, target):
    step(play.s, Event(ANNUL, d(on), ZWB, target=target))
    return play


def test_视为不成立_审核重新进行_自认定之日起算():
    play = referred(FZB).sweep("06-18")
    assert play.acts[-1] == ("deemed_agreed", "06-17")
    annulled(play, "06-20", len(play.events))
    assert play.open[0] == ("D4", FZB, "06-27")
    assert not any(row == "D7" for row, *_ in play.open)
    assert (SET_ASIDE, len(play.events)) in play.s.flags


def test_视为不成立_其后以它为前提的步骤一并撤销_不以它为前提的保留():
    play = referred(FZB, BB).lead(FZB, "disagree", "06-13").sweep("06-18")
    lapsed = len(play.events)
    play.office("approve", "06-20")
    annulled(play, "06-21", lapsed)
    assert play.duty("D4", FZB).how == "done"
    assert play.duty("D4", BB).is_open
    assert {n for flag, n in play.s.flags if flag == SET_ASIDE} == {lapsed, lapsed + 1}
    play.lead(BB, "disagree", "06-22").office("refuse", "06-23")
    assert [row for row, *_ in play.open if row == "D8n"]


def test_视为不成立_补交的意见仍然没有效果():
    """The late opinion stays what it was, a paper on file; the body answers anew."""
    play = referred(FZB).sweep("06-18")
    lapsed = len(play.events)
    play.lead(FZB, "disagree", "06-19")
    annulled(play, "06-20", lapsed)
    assert ("late", lapsed + 1) in play.s.flags
    assert play.duty("D4").is_open


def test_视为不成立_只能针对视为的效果_且只能一次():
    play = referred(FZB).sweep("06-18")
    lapsed = len(play.events)
    with pytest.raises(Refused, match="不是一次视为"):
        annulled(play, "06-20", 1)
    annulled(play, "06-20", lapsed)
    with pytest.raises(Refused, match="已经认定"):
        annulled(play, "06-21", lapsed)


def test_视为不成立_确认的无异议也可以():
    play = approved().sweep("06-17")
    assert play.acts[-1][0] == "deemed_unopposed"
    annulled(play, "06-20", len(play.events))
    assert {row for row, *_ in play.open} == {"D8"}
    play.unit("object", "06-21")
    assert {row for row, *_ in play.open} == {"D9"}


def test_视为不成立_重放与当时一致():
    play = referred(FZB).sweep("06-18")
    annul = Event(ANNUL, d("06-20"), ZWB, target=len(play.events))
    step(play.s, annul)
    again: Standing = stand(play.s.law, [*play.events, annul], play.s.calendar)
    assert (again.owed, again.flags, again.parties) == (play.s.owed, play.s.flags, play.s.parties)
    assert lapse(again, date(2016, 6, 27)) == []
    assert [e.act for e in lapse(again, date(2016, 6, 28))] == ["deemed_agreed"]
