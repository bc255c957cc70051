"""第八条 and the passing of time: daily ticks, one late tick, four at once, one killed at any moment lead to the same end."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.calendar import OFF, Arrangement, arrangements, calendar_of, current, shipped
from qingdan.kernel.ledger import ticking
from qingdan.kernel.ledger.acts import note, record
from qingdan.kernel.ledger.models import Event, Obligation
from qingdan.kernel.ledger.ticking import lapse_cases, tick
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Office
from qingdan.statute import laws
from qingdan.statute.roles import LEAD

from .worlds import CHAIN, all_referred, begin, chained, do, duties, everything, legal, referred, tick_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(district, monkeypatch):
    """Several cases whose silence has effects on different days: audits, a confirmation, three duties one after another."""
    monkeypatch.setitem(laws.EDITIONS, "链", (CHAIN,))
    d, two, one = district, begin(district), begin(district)
    for case in (two, one):
        do(case, d.cg, "apply", "2016-06-07T10:00")
    do(two, d.zwb, "refer", "2016-06-12", gives={LEAD: [d.fzb.office, d.bb.office]})
    do(one, d.zwb, "refer", "2016-06-12", gives={LEAD: [d.fzb.office]})
    do(two, d.zwb, "add_lead", "2016-06-13", joins={LEAD: [d.czj.office]})
    do(one, d.fzb, "agree", "2016-06-13")
    do(one, d.zwb, "approve", "2016-06-14")
    return [chained(d, day="2016-06-14T09:15"), two, one, begin(d, day="2016-06-14T09:30")]


def state(cases):
    return [(duties(case), legal(case)) for case in cases]


def daily(until="2016-07-20"):
    """Half past midnight, every day, as the running product does it."""
    day = date(2016, 6, 15)
    while day <= date.fromisoformat(until):
        tick_at(day.isoformat())
        day += timedelta(days=1)


@pytest.fixture
def daily_end(world):
    """What daily ticks make of this world; then the world is as before."""
    with transaction.atomic():
        daily()
        end = state(world)
        transaction.set_rollback(True)
    return end


def test_第八条_审核逾期视为同意_确认逾期视为无异议_日期为到期日(world):
    """第八条: each silent body by itself; the effect bears the due day, whenever it is written down."""
    daily()
    _, two, one, _ = world
    lapses = [(act, office, on) for _, act, office, on, by_law in legal(two) if by_law]
    assert lapses == [("deemed_agreed", "fzb", "2016-06-17"), ("deemed_agreed", "bb", "2016-06-17"), ("deemed_agreed", "czj", "2016-06-20")]
    assert [(act, on) for _, act, _, on, by_law in legal(one) if by_law] == [("deemed_unopposed", "2016-06-15")]
    assert two.obligations.get(row="D7").since == date(2016, 6, 20)
    assert verify().fault is None


def test_第八条_视为的效果由法律产生_不写任何人(world):
    daily()
    events = [e for e in Event.objects.all() if e.by_law]
    assert events and all(e.person is None and e.case is not None for e in events)
    assert all(clock.legal_day(e.recorded_at) == e.on + timedelta(days=1) for e in events)


def test_一连串的沉默_逐项产生效果_每一项都从前一项的到期日起算(world):
    """Each duty is raised by the silence before it, and counts from that one's due day."""
    daily()
    cal, chain = shipped(), world[0]
    first = cal.add(date(2016, 6, 14), 2)
    second = cal.add(first, 3)
    third = cal.add(second, 1)
    said = [(act, on) for _, act, _, on, by_law in legal(chain) if by_law]
    assert said[:2] == [("deemed_first", first.isoformat())] * 2
    assert set(said[2:]) == {("deemed_second", second.isoformat()), ("deemed_third", third.isoformat())}
    assert chain.obligations.filter(how="").values_list("row", flat=True).distinct().get() == "K4"


@pytest.mark.parametrize("late", ["2016-07-20", "2016-08-31", "2017-06-30"])
def test_one_tick_after_a_long_silence_leads_to_the_same_end_as_daily_ticks(world, daily_end, late):
    assert tick_at(late) == sum(by_law for _, events in daily_end for *_, by_law in events)
    assert state(world) == daily_end
    assert verify().fault is None


def test_any_number_of_ticks_on_any_days_leads_to_the_same_end(world, daily_end):
    for moment in ("2016-06-14T23:59:59", "2016-06-15T23:59:59", "2016-06-16T00:00", "2016-06-17T23:59:59", "2016-06-18", "2016-06-21", "2016-07-20"):
        tick_at(moment)
        tick_at(moment)
    assert state(world) == daily_end


def test_a_tick_twice_is_a_tick_once(world):
    assert tick_at("2016-07-20") > 0
    before = everything()
    assert tick_at("2016-07-20") == 0
    assert tick_at("2016-07-21") == 0
    assert everything() == before


def test_a_tick_reads_the_case_alone_and_every_case_by_itself(world):
    """One case by `lapse_cases`, as its page does it, is the same as by the tick."""
    with clock.frozen("2016-07-20T00:30"):
        assert sum(lapse_cases([case.pk]) for case in reversed(world)) > 0
        assert tick() == 0
    assert verify().fault is None


def test_first_the_law_then_the_act_whether_or_not_anybody_ticked(world, district, daily_end):
    """An act by a person first writes down what the law did before: the page needs no sweep to be right."""
    _, two, *_ = world
    do(two, district.zwb, "approve", "2016-07-21")
    ended = legal(two)
    assert ended[:-1] == daily_end[1][1]
    assert ended[-1][1] == "approve"


@pytest.mark.parametrize("swept", [False, True])
def test_第八条_逾期的意见存档_不改变视为同意(district, swept):
    """第八条, X1: 不同意 on 06-20, the sweep being before it or not: kept as an event, without any effect."""
    case = referred(district, "fzb", "bb")
    if swept:
        tick_at("2016-06-20")
    do(case, district.fzb, "disagree", "2016-06-20", facts={"opinion": "依据不足"})
    tick_at("2016-06-20")
    assert [row[1:3] for row in legal(case)[-3:]] == [("deemed_agreed", "fzb"), ("deemed_agreed", "bb"), ("disagree", "fzb")]
    opinion = case.obligations.get(row="D4", office_code="fzb")
    assert (opinion.how, opinion.closed_on) == ("deemed", date(2016, 6, 17))
    assert case.obligations.get(row="D7").due == date(2016, 6, 21)
    assert case.events.last().facts == {"opinion": "依据不足"}
    assert verify().fault is None


def test_第八条_到期日当日24时以前的意见有效(district):
    case = referred(district, "fzb")
    tick_at("2016-06-17T23:59:59")
    do(case, district.fzb, "disagree", "2016-06-17T23:59:59")
    assert case.obligations.get(row="D4").how == "done"


def test_nothing_lapses_on_a_date_that_is_still_暂定(district):
    """Past the last announced year the day is not certain: nobody is deemed to have agreed."""
    case = begin(district, day="2026-12-28T09:00")
    do(case, district.cg, "apply", "2026-12-28")
    do(case, district.zwb, "refer", "2026-12-29", gives={LEAD: [district.fzb.office]})
    opinion = case.obligations.get(row="D4")
    assert opinion.provisional and opinion.due > shipped().known_until
    assert tick_at("2027-03-01") == 0
    assert not case.obligations.get(row="D4").how
    do(case, district.fzb, "disagree", "2027-03-01")
    assert case.obligations.get(row="D4").how == "done"


def test_once_the_year_is_announced_the_date_is_firm_and_the_next_tick_acts_on_it(district, monkeypatch):
    """A release brings the arrangements of 2027; no act of anybody is needed for the cases that waited."""
    case = begin(district, day="2026-12-28T09:00")
    do(case, district.cg, "apply", "2026-12-28")
    do(case, district.zwb, "refer", "2026-12-29", gives={LEAD: [district.fzb.office]})
    days = (*arrangements(), Arrangement(2027, date(2027, 1, 1), OFF, "元旦", "下一年的通知"))
    new = calendar_of(days)
    monkeypatch.setattr(current, "arrangements", lambda: days)
    monkeypatch.setattr(current, "shipped", lambda: new)
    assert tick_at("2027-01-05") == 0
    assert [e.act for e in case.events.order_by("n")][-1] == "redate"
    assert (case.obligations.get(row="D4").provisional, case.obligations.get(row="D4").calendar) == (False, new.version)
    assert verify().fault is None
    assert tick_at("2027-03-01") == 1
    assert case.obligations.get(row="D4").closed_on == new.add(date(2026, 12, 29), 5)
    assert verify().fault is None


# ---- killed at any moment --------------------------------------------------------------------------


class Killed(BaseException):
    """No `except Exception` may swallow it."""


@pytest.mark.parametrize("what", ["append_all", "rewrite_shadows", "stand_all"])
def test_a_tick_killed_at_any_moment_and_run_again_leads_to_the_same_end(world, daily_end, monkeypatch, what):
    """Killed before the first write, before the second … until it runs through: after each, what stands is whole."""
    monkeypatch.setattr(ticking, "AT_ONCE", 1)
    real, killed = getattr(ticking, what), 0
    for k in range(1, 60):
        calls = iter(range(1, 10_000))

        def dying(*args, calls=calls, k=k, **kwargs):
            result = real(*args, **kwargs) if k % 2 else None  # once after the write, once before it
            if next(calls) == k:
                raise Killed
            return result if k % 2 else real(*args, **kwargs)

        with transaction.atomic():
            monkeypatch.setattr(ticking, what, dying)
            try:
                tick_at("2016-07-20")
                finished = True
            except Killed:
                finished, killed = False, killed + 1
            monkeypatch.setattr(ticking, what, real)
            assert verify().fault is None, "what the killed tick left does not fit together"
            tick_at("2016-07-21")
            assert state(world) == daily_end
            transaction.set_rollback(True)
        if finished:
            break
    assert finished and killed >= 3


# ---- the clock set back ----------------------------------------------------------------------------


def test_on_a_day_before_the_last_recorded_one_nothing_is_written(world, district):
    _, two, _, quiet = world
    tick_at("2016-06-18")
    before = everything()
    for attempt in (
        lambda: record(two, "approve", by=district.zwb.person, office=district.zwb.office),
        lambda: note("create_office", by=None, rows=[Office(code="x", name="x", short="x")]),
        lambda: begin(district, day="2016-06-17T23:59"),
        lambda: lapse_cases([quiet.pk]),
    ):
        with clock.frozen("2016-06-17T23:59"), pytest.raises(Refused) as refusal:
            attempt()
        assert "今天（2016年6月17日（周五））早于台账最近一次记录的日期（2016年6月18日（周六））" in refusal.value.why
        assert refusal.value.todo == "请核对服务器的时钟，改正后再办理"
    assert tick_at("2016-06-13T09:00") == 0
    assert everything() == before


def test_within_a_day_the_clock_may_be_corrected_but_recorded_times_never_decrease(district):
    case = begin(district, day="2016-06-07T09:00")
    late = do(case, district.cg, "apply", "2016-06-07T08:59")
    assert late.recorded_at == case.events.first().recorded_at
    do(case, district.zwb, "return_once", "2016-06-07T08:30")
    do(case, district.cg, "reapply", "2016-06-07T09:30")
    times = list(Event.objects.values_list("recorded_at", flat=True))
    assert times == sorted(times)
    assert verify().fault is None


def test_an_act_over_midnight_happens_at_one_moment(district, monkeypatch):
    """The clock goes on while an act is being written; its day, its recorded time and its rows' times are one."""
    case = begin(district, day="2016-06-07T23:00")
    moments = (datetime(2016, 6, 7, 23, 59, 59, 900_000, tzinfo=clock.SHANGHAI) + timedelta(seconds=i) for i in range(1000))
    seen = []

    class Running:
        @staticmethod
        def now(tz):
            return next(moments).astimezone(tz)

    monkeypatch.setattr(clock, "datetime", Running)
    event = record(
        case, "apply", by=district.cg.person, office=district.cg.office,
        rows=lambda case: seen.append((clock.now(), clock.today())) or [],
    )  # fmt: skip
    assert event.on == clock.legal_day(event.recorded_at) == seen[0][1]
    assert event.recorded_at == seen[0][0]
    monkeypatch.undo()
    assert verify().fault is None


def test_a_duty_that_nobody_could_know_of_in_time_is_marked_不可归责(world):
    """After an outage a duty may be past due when it is first written down: nobody is late for it (S51)."""
    tick_at("2016-07-20")
    born = Obligation.objects.filter(born_late=True)
    assert {o.row for o in born} >= {"K2", "K3", "K4"}
    assert not any(o.late_on(date(2016, 8, 1)) for o in born)


# ---- many at once ----------------------------------------------------------------------------------


def test_第八条_一次巡检的查询数不随到期件数增加(district):
    """Some hundred cases are written in one go: the statements are counted for one ripe case and for eight."""
    counts = []
    for n in (1, 8):
        with transaction.atomic():
            all_referred(district, n)
            with CaptureQueriesContext(connection) as found:
                assert tick_at("2016-06-20") == n
            counts.append(len(found))
            transaction.set_rollback(True)
    assert counts[0] == counts[1]
