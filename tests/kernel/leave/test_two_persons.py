"""Where two persons are asked for, 李四 代 张三 is both of them: calendar, lapses, holds, the clock, 复审."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.calendar import actions as calendar
from qingdan.kernel.calendar.models import CalendarProposal
from qingdan.kernel.ledger import guard, hands, holds
from qingdan.kernel.ledger.acts import record
from qingdan.kernel.ledger.models import ClockMark, Event
from qingdan.kernel.ledger.ticking import tick
from qingdan.kernel.offices.models import Person
from qingdan.measures.adjustment import reviewing
from qingdan.measures.adjustment.annulment import actions as annulment
from tests.desk.test_calendars import year_2016
from tests.kernel.ledger.worlds import referred
from tests.measures.room import Room
from tests.measures.test_annulment import scan

from .conftest import standing_in

pytestmark = pytest.mark.django_db
AS_ONE = "按同一个人计算"
CROSSED = [("zwb_2 代 zwb_head", "zwb_head"), ("zwb_2 代 zwb_head", "zwb_2"), ("zwb_head", "zwb_2 代 zwb_head"), ("zwb_2", "zwb_2 代 zwb_head")]
"""Who comes first, and who therefore may not come second."""


def who(said):
    """zwb_2 代 zwb_head, or a user name."""
    name, _, whom = said.partition(" 代 ")
    return standing_in(name, whom) if whom else Person.objects.get(username=name)


@pytest.fixture
def item(district):
    return Room(district).put()


@pytest.fixture
def world(district, item, away):
    """An item in force since May; both heads are away in June, each with a clerk for substitute."""
    away("zwb_head", "zwb_2", "06-06", "06-30")
    away("fzb_head", "fzb_2", "06-06", "06-30")
    return district


def year(by, office):
    days = year_2016("2016-06-15,放假,临时放假")
    return calendar.propose(year=2016, notice="国办发明电〔2015〕18号", title="通知", url="", days=days, by=by, office=office)


def hold_of(world):
    referred(world, "fzb", day="2016-06-12")
    clock.set_fixed("2016-06-20T09:00")
    return holds.hold(["1:1:D4:fzb"])


def in_doubt(world, monkeypatch):
    monkeypatch.setattr(guard, "_doubt", lambda mark, now: "快了 40 天" if not mark.confirmed_by_id or mark.confirmed_names else "")
    monkeypatch.setattr(clock, "machine", lambda: clock.Machine(1, 1, "x"))
    ClockMark.objects.create(pk=1, wall=0, running=0, boot="x", doubt="快了 40 天")


def doubted(world, item, by):
    """A lapse of 法制办, put forward as never having been by this person."""
    room = Room(world)
    case = room.apply("06-07", item, promised="3")
    room.refer("06-12", case)
    with clock.frozen("2016-06-18T00:30"):
        tick()
    room.on("06-20")
    target = case.events.get(act="deemed_agreed").n
    fact_day = clock.datetime.fromisoformat("2016-06-16").date()
    return annulment.doubt(case, target, ground="paper", fact_day=fact_day, reason="已书面送达", upload=scan(), by=by, office=world.zwb.office)


@pytest.mark.parametrize(("first", "second"), CROSSED)
def test_放假安排_代办的和被代的不能一个录入一个采用(world, first, second):
    proposal = year(who(first), world.zwb.office)
    with pytest.raises(Refused, match=AS_ONE):
        calendar.adopt(proposal, by=who(second), office=world.zwb.office)
    calendar.adopt(proposal, by=who("zwb_3"), office=world.zwb.office)
    assert hands.signature(calendar.PROPOSE, CalendarProposal.objects.get()) == who(first).signature


@pytest.mark.parametrize(("first", "second"), CROSSED)
def test_视为的效果不成立_代办的和被代的不能一个提出一个认定(world, item, first, second):
    row = doubted(world, item, who(first))
    for decide in (annulment.confirm, annulment.reject):
        with pytest.raises(Refused, match=AS_ONE):
            decide(row, "属实", by=who(second), office=world.zwb.office)
    annulment.confirm(row, "属实", by=who("zwb_3"), office=world.zwb.office)


@pytest.mark.parametrize(("first", "second"), CROSSED)
def test_一批视为的效果_代办的和被代的不能各核对一次(world, first, second):
    hold = hold_of(world)
    assert not holds.confirm(hold, by=who(first), office=world.zwb.office)
    with pytest.raises(Refused, match=AS_ONE):
        holds.confirm(hold, by=who(second), office=world.zwb.office)
    assert holds.confirm(hold, by=who("zwb_3"), office=world.zwb.office)


@pytest.mark.parametrize(("first", "second"), CROSSED)
def test_时钟_代办的和被代的不能各确认一次(world, monkeypatch, first, second):
    in_doubt(world, monkeypatch)
    assert not guard.confirm(by=who(first), office=world.zwb.office)
    with pytest.raises(Refused, match=AS_ONE):
        guard.confirm(by=who(second), office=world.zwb.office)


@pytest.mark.parametrize(("first", "second"), [tuple(said.replace("zwb", "fzb") for said in pair) for pair in CROSSED])
def test_第七条五_代办的和被代的不能一个审核一个复审(world, item, first, second):
    room = Room(world)
    case = room.apply("06-07", item, promised="3")
    room.refer("06-12", case)
    room.on("06-13")
    record(case, "agree", by=who(first), office=world.fzb.office, facts={"opinion": "同意"})
    with pytest.raises(Refused, match=AS_ONE):
        reviewing.review(case, "review_agree", "同意", by=who(second), office=world.fzb.office)
    with pytest.raises(Refused) as other:  # another one is not stopped by this, but by the law's own order
        reviewing.review(case, "review_agree", "同意", by=who("fzb_3"), office=world.fzb.office)
    assert AS_ONE not in str(other.value)


def test_没有代办的两个人_照旧(world):
    proposal = year(who("zwb_1"), world.zwb.office)
    with pytest.raises(Refused, match="录入和复核不能是同一个人") as refused:
        calendar.adopt(proposal, by=who("zwb_1"), office=world.zwb.office)
    assert AS_ONE not in str(refused.value)
    calendar.adopt(proposal, by=who("zwb_2"), office=world.zwb.office)  # stands in for somebody else today, and acts in their own name


def test_转代的链条上每个人都算(world, away):
    away("zwb_2", "zwb_3", "06-07", "06-10")
    clock.set_fixed("2016-06-08T09:00")
    proposal = year(standing_in("zwb_3", "zwb_head", "zwb_2"), world.zwb.office)
    assert Event.objects.last().whom == ["zwb_head", "zwb_2"]
    for second in ("zwb_head", "zwb_2", "zwb_3"):
        with pytest.raises(Refused, match=AS_ONE):
            calendar.adopt(proposal, by=who(second), office=world.zwb.office)
    calendar.adopt(proposal, by=who("zwb_1"), office=world.zwb.office)
