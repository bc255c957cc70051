"""Several at once, each with a connection of their own: one writer after the other, one winner, nothing twice, nothing lost."""

import os
from collections import Counter

import pytest
from django.db import connection

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import ticking
from qingdan.kernel.ledger import verify as verifying
from qingdan.kernel.ledger.acts import note, open_case, record
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.ticking import lapse_cases, tick
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Office
from qingdan.statute.roles import LEAD, OFFICE, UNIT

from .worlds import approved, begin, do, duties, everything, legal, referred, second_clerk, tick_at, together

pytestmark = pytest.mark.django_db(transaction=True)


# Every kind of step at which two people of one office can meet: (a case at that step, the office, what each of them does).
def _applied(d):
    case = begin(d)
    do(case, d.cg, "apply", "2016-06-07T10:00")
    return case


def _agreed(d):
    case = referred(d, "fzb")
    do(case, d.fzb, "agree", "2016-06-13")
    return case


def _confirmed(d):
    case = approved(d)
    do(case, d.cg, "confirm", "2016-06-14T10:00")
    return case


def _forwarded(d):
    case = _confirmed(d)
    do(case, d.zwb, "forward", "2016-06-14T11:00")
    return case


STEPS = {
    "申请": (begin, "cg", "apply", "apply"),
    "转办或退回补正": (_applied, "zwb", "refer", "return_once"),
    "审核": (lambda d: referred(d, "fzb"), "fzb", "agree", "disagree"),
    "核准": (_agreed, "zwb", "approve", "refuse"),
    "确认": (approved, "cg", "confirm", "object"),
    "转告": (_confirmed, "zwb", "forward", "forward"),
    "公布": (_forwarded, "dzzw", "publish", "publish"),
}
NOON = "2016-06-14T12:00"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("seen", [True, False], ids=["from a page", "without a page"])
def test_two_people_at_once_on_one_duty_one_wins_and_the_other_is_told(district, step, seen):
    """T25: the loser learns who was quicker, when, and with what; with the page before them also where the rows would say the same."""
    make, office, one, other = STEPS[step]
    who = getattr(district, office)
    second = second_clerk(who, "second")
    case, before = make(district), Event.objects.count()
    n = case.events.count() if seen else None
    gives = {"gives": {LEAD: [district.fzb.office]}} if one == "refer" else {}
    with clock.frozen(NOON):
        results = together(
            lambda: record(case, one, by=who.person, office=who.office, seen=n, **gives),
            lambda: record(case, other, by=second, office=who.office, seen=n),
        )
    won = [r for r in results if isinstance(r, Event)]
    lost = [r for r in results if isinstance(r, Refused)]
    assert (len(won), len(lost)) == (1, 1), results
    assert Event.objects.count() == before + 1
    if seen:
        assert f"本案已由{won[0].person.name}于06月14日 12:00办理“" in lost[0].why
        assert "您填写的内容仍保留在下面" in lost[0].todo
    assert verify().fault is None


def test_two_people_at_once_over_and_over(district):
    """Many rounds on many cases: exactly one event each, whoever wins."""
    second = second_clerk(district.cg, "second")
    winners = Counter()
    for _ in range(20):
        case = begin(district, day=NOON)
        with clock.frozen(NOON):
            results = together(
                lambda case=case: record(case, "apply", by=district.cg.person, office=district.cg.office, seen=1),
                lambda case=case: record(case, "apply", by=second, office=district.cg.office, seen=1),
            )
        assert sorted(type(r).__name__ for r in results) == ["Event", "Refused"]
        winners[next(r for r in results if isinstance(r, Event)).person.username] += 1
        assert [e.n for e in case.events.all()] == [1, 2]
    assert sum(winners.values()) == 20
    assert verify().fault is None


def test_who_saw_less_than_the_last_event_may_still_act_on_a_duty_that_stood_on_the_page(district):
    """Two lead bodies, each alone: the opinion of one does not take the page away from the other."""
    case = referred(district, "fzb", "bb")
    seen = case.events.count()
    do(case, district.fzb, "agree", "2016-06-13", seen=seen)
    do(case, district.bb, "agree", "2016-06-13", seen=seen)
    assert case.events.count() == seen + 2


def test_who_typed_before_the_case_was_withdrawn_is_told_of_that(district):
    case = referred(district, "fzb")
    seen = case.events.count()
    do(case, district.cg, "withdraw", "2016-06-13", seen=seen)
    with pytest.raises(Refused, match=r"本案已由城管局经办甲于06月13日 09:00办理“撤回申请”"):
        do(case, district.fzb, "agree", "2016-06-13T10:00", seen=seen)


def test_who_typed_until_after_the_sweep_is_told_of_the_law(district):
    """第八条: the page was opened on the due day, the opinion sent on the next, after the sweep."""
    case = referred(district, "fzb")
    seen = case.events.count()
    tick_at("2016-06-18")
    with pytest.raises(Refused, match="本案已由法律于06月18日 00:30办理“视为同意”"):
        do(case, district.fzb, "disagree", "2016-06-18", seen=seen)
    do(case, district.fzb, "disagree", "2016-06-18", seen=case.events.count())
    assert case.obligations.get(row="D4").how == "deemed"


def test_one_form_sent_five_times_at_once_is_one_event(district):
    """a6: a double click, a retry: the same key, the same answer to all."""
    case = begin(district)
    with clock.frozen("2016-06-08T09:00"):
        results = together(*[lambda: record(case, "apply", by=district.cg.person, office=district.cg.office, key="form", seen=1)] * 5)
    assert len({r.pk for r in results}) == 1, results
    assert case.events.count() == 2


def opened(d, key=None):
    gives = {UNIT: [d.cg.office], OFFICE: [d.zwb.office]}
    return open_case("调", "cause_arose", by=d.cg.person, office=d.cg.office, title="x", gives=gives, key=key)


def test_one_first_form_sent_five_times_at_once_is_one_case(district):
    with clock.frozen("2016-06-08T09:00"):
        results = together(*[lambda: opened(district, key="form")] * 5)
    assert len({r.pk for r in results}) == 1, results
    assert (Case.objects.count(), Event.objects.count()) == (1, 2)


def test_eight_cases_opened_at_once_are_numbered_without_gap_or_double(district):
    with clock.frozen("2016-06-08T09:00"):
        results = together(*[lambda: opened(district)] * 8)
    assert sorted(case.number for case in results) == [f"调2016-000{n}" for n in range(1, 9)]
    assert verify().fault is None


def several(d):
    """Five cases, each with two lead bodies that stay silent after 06-17."""
    cases = [begin(d) for _ in range(5)]
    for case in cases:
        do(case, d.cg, "apply", "2016-06-07T10:00")
    for case in cases:
        do(case, d.zwb, "refer", "2016-06-12", gives={LEAD: [d.fzb.office, d.bb.office]})
    return cases


EXPECTED = [("deemed_agreed", "fzb", "2016-06-17"), ("deemed_agreed", "bb", "2016-06-17")]


def deemed(case):
    return [(act, office, on) for _, act, office, on, by_law in legal(case) if by_law]


def test_a8_four_ticks_at_once_write_each_effect_once(district):
    cases = several(district)
    with clock.frozen("2016-07-20T00:30"):
        results = together(tick, tick, tick, tick)
    assert sum(results) == 10, results
    assert [deemed(case) for case in cases] == [EXPECTED] * 5
    assert verify().fault is None
    before = everything()
    assert tick_at("2016-07-20") == 0
    assert everything() == before


def test_a8_ticks_pages_and_people_at_once(district):
    """Two sweeps, the pages of two cases, a lead body too late with its opinion, the office with its approval."""
    cases = several(district)
    person, office = district.fzb.person, district.fzb.office
    with clock.frozen("2016-06-20T09:00"):
        results = together(
            tick, tick, lambda: lapse_cases([cases[0].pk]), lambda: lapse_cases([cases[1].pk]),
            lambda: record(cases[2], "disagree", by=person, office=office),
            lambda: record(cases[3], "approve", by=district.zwb.person, office=district.zwb.office),
        )  # fmt: skip
    assert not [r for r in results if isinstance(r, Exception)]
    assert [deemed(case) for case in cases] == [EXPECTED] * 5
    assert cases[2].obligations.get(row="D4", office_code="fzb").how == "deemed"
    assert verify().fault is None


@pytest.mark.parametrize("attempt", range(5))
def test_t23_an_opinion_and_the_sweep_at_once_the_effect_is_the_same_whoever_is_first(district, attempt):
    """T23: the due day is over; the opinion that comes with the sweep is 逾期, before it or after it."""
    case = referred(district, "fzb")
    with clock.frozen("2016-06-18T00:00"):
        results = together(tick, lambda: record(case, "disagree", by=district.fzb.person, office=district.fzb.office))
    assert isinstance(results[1], Event)
    assert deemed(case) == [("deemed_agreed", "fzb", "2016-06-17")]
    assert [row[1] for row in legal(case)[-2:]] == ["deemed_agreed", "disagree"]
    assert case.obligations.get(row="D4").how == "deemed"
    assert verify().fault is None


def test_notes_at_once_are_one_chain(district):
    with clock.frozen("2016-06-08T09:00"):
        results = together(*[lambda i=i: note("create_office", by=None, rows=[Office(code=f"o{i}", name="x", short="x")]) for i in range(8)])
    assert sorted(e.seq for e in results) == list(range(2, 10))
    assert Office.objects.filter(code__startswith="o").count() == 8
    assert verify().fault is None


def dies_at(k, what):
    """A process that ticks and dies, without a word, at its k-th write; True if it died."""
    pid = os.fork()
    if pid == 0:
        try:
            connection.connection = None  # the parent's connection is not ours to close
            ticking.AT_ONCE = 2
            real, calls = getattr(ticking, what), iter(range(1, 1000))

            def dying(*args, **kwargs):
                result = real(*args, **kwargs)
                if next(calls) == k:
                    os._exit(9)
                return result

            setattr(ticking, what, dying)
            clock.set_fixed("2016-07-20T00:30")
            tick()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.parametrize("what", ["append_all", "rewrite_shadows"])
def test_a8_a_process_that_dies_in_the_midst_of_a_tick_leaves_whole_cases(district, what):
    """Killed without a word at its first write, its second, …: what stands is whole, and the next ticks finish it."""
    cases, died = several(district), 0
    connection.close()
    for k in range(1, 6):
        code = dies_at(k, what)
        assert code in (0, 9)
        died += code == 9
        assert verify().fault is None
        assert all(deemed(case) in ([], EXPECTED) for case in cases), "half a case was written"
        connection.close()
    tick_at("2016-07-20")
    assert died >= 2
    assert [deemed(case) for case in cases] == [EXPECTED] * 5
    assert verify().fault is None
    assert len(duties(cases[0])) == len(duties(cases[4]))


@pytest.mark.parametrize("part", ["_business_rows", "stand_all"])
def test_what_is_recorded_while_verify_runs_is_no_fault_and_waits_for_nobody(district, monkeypatch, part):
    """It reads one moment: chain, rows and shadow of before the act that came between them; the next verify sees the act, too."""
    case = referred(district, "fzb")
    act = {
        "_business_rows": lambda: begin(district, day="2016-06-13T09:00").events.get(),
        "stand_all": lambda: do(case, district.fzb, "agree", "2016-06-13"),
    }[part]
    before, whole, came = Event.objects.count(), getattr(verifying, part), []

    def meanwhile(*args):
        came.extend(together(act))
        return whole(*args)

    monkeypatch.setattr(verifying, part, meanwhile)
    report = verify()
    assert [type(event) for event in came] == [Event] and report.fault is None and report.events == before
    monkeypatch.undo()
    report = verify()
    assert report.fault is None and report.events == Event.objects.count() == before + 1
