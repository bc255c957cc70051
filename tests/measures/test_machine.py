"""Whatever office does whatever on whatever day: allowed if and only if the rows say so, by a reading of them apart from the engine.

A hypothesis state machine drives the product itself (`open_case`, `record`, `sweep` on the database) and beside it the
notebooks of tests/engine/oracle.py. After every step the shadow of duties is the replay of the ledger and what the notebook
says; at the end of every run `verify` holds. `./run test` does a shorter run; `./run test --long` all 5,000 steps.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.calendar import shipped
from qingdan.kernel.ledger.acts import open_case, record
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.ledger.standing import shadow, standing_of
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.queries import names
from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.roles import CHIEF, EGOV, LEAD, OFFICE, REVIEWER, UNIT
from tests.engine.oracle import Act, Book
from tests.world import OFFICES

ACTS = (*sorted(LAW_2016.acts), "frobnicate")
CODES = tuple(OFFICES)
PARTIES = {UNIT: ("cg",), OFFICE: ("zwb",), EGOV: ("dzzw",)}
NAMED = {"refer": {LEAD: ("fzb", "bb"), CHIEF: ("fzb",)}, "refer_review": {REVIEWER: ("fgw",)}}
NEWCOMERS = {"add_lead": {LEAD: ("czj",)}}
ENDING = {"close_without_change", "withdraw", "return_unfiled"}
"""Lawful at many a step; taken each time, no case would get far."""
LAPSING = tuple(row.id for row in LAW_2016.duties if row.otherwise)
MOST_CASES = 4


class Machine(RuleBasedStateMachine):
    """Some cases of one district, the clock, and a notebook for each case."""

    tally: Counter[str] = Counter()
    district = None

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.books: dict[int, Book] = {}

    def teardown(self):
        """verify holds; then all is as it was before this run."""
        try:
            report = verify()
            assert report.fault is None, str(report.fault)
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)
            clock.set_fixed(None)

    # the steps

    @initialize(start=st.dates(date(2016, 5, 9), date(2016, 12, 20)), back=st.integers(0, 12))
    def begin(self, start, back):
        self.move_to(datetime.combine(start, time(9)))
        self.open("cause_arose", "cg", back)

    @rule(days=st.sampled_from([0, 1, 1, 1, 2, 3, 6, 12, 35]), hours=st.integers(0, 14))
    def time_passes(self, days, hours):
        self.move_to(datetime.combine(self.now.date() + timedelta(days=days), time(9)) + timedelta(hours=hours) if days else self.now + timedelta(minutes=5))

    @rule()
    def a_sweep(self):
        """The law answers for the silent; months begin, each a case of its own."""
        sweep()
        for case in Case.objects.exclude(pk__in=self.books):
            first = case.events.get(n=1)
            book = self.books[case.pk] = Book(LAW_2016, shipped())
            book.write(Act(first.act, "", first.on, names={OFFICE: ("zwb",)}), "opens")
        for pk in self.books:
            self.deem(pk)
            self.same_as_the_notebook(pk)

    @precondition(lambda self: len(self.books) < MOST_CASES)
    @rule(office=st.sampled_from(CODES), back=st.integers(0, 20), act=st.sampled_from(("cause_arose", "own_list_adjusted", "basis_repealed", *ACTS)))
    def somebody_opens_a_case(self, act, office, back):
        self.open(act, office, back)

    @precondition(lambda self: self.books)
    @rule(data=st.data(), act=st.sampled_from(ACTS), office=st.sampled_from(CODES))
    def anybody_does_anything(self, data, act, office):
        self.do(data.draw(st.sampled_from(sorted(self.books))), act, office)

    @precondition(lambda self: self.books)
    @rule(data=st.data(), rarely=st.integers(0, 7))
    def somebody_does_what_the_rows_allow(self, data, rarely):
        pk = data.draw(st.sampled_from(sorted(self.books)))
        self.deem(pk)
        lawful = [(act, office) for act in ACTS for office in CODES if self.books[pk].may(self.act(act, office))]
        onward = [pair for pair in lawful if pair[0] not in ENDING] if rarely else lawful
        if onward:
            self.do(pk, *data.draw(st.sampled_from(onward)))

    @invariant()
    def the_shadow_is_the_replay(self):
        known = names()
        for case in Case.objects.filter(pk__in=self.books):
            replayed = {o.pk: columns(o) for o in shadow(case, standing_of(case, office_names=known))}
            assert {o.pk: columns(o) for o in Obligation.objects.filter(case=case)} == replayed

    # what the steps are made of

    @property
    def now(self):
        return clock.now().replace(tzinfo=None)

    def move_to(self, moment):
        clock.set_fixed(moment)

    def act(self, name, office, **more):
        return Act(name, office, clock.today(), names=NAMED.get(name, {}), adds=NEWCOMERS.get(name, {}), **more)

    def offices(self, roles):
        return {role: [getattr(self.district, code).office for code in codes] for role, codes in roles.items()}

    def open(self, name, office, back):
        book, cause_day = Book(LAW_2016, shipped()), clock.today() - timedelta(days=back)
        act = Act(name, office, clock.today(), names=PARTIES, dates={"cause_day": cause_day})
        expected, side = book.may(act), getattr(self.district, office)

        def product():
            return open_case("调", name, by=side.person, office=side.office, title="一件事", gives=self.offices(PARTIES), dates=act.dates)

        case = self.tried(f"{name} by {office} opens a case", expected, product)
        if case is not None:
            book.write(act, expected)
            self.books[case.pk] = book
            self.same_as_the_notebook(case.pk)

    def do(self, pk, name, office):
        self.deem(pk)
        book, act, side = self.books[pk], self.act(name, office), getattr(self.district, office)
        expected, case = book.may(act), Case.objects.get(pk=pk)

        def product():
            more = {"gives": self.offices(act.names), "joins": self.offices(act.adds)}
            return record(case, name, by=side.person, office=side.office, facts={"opinion": "意见"}, **more)

        if self.tried(f"{name} by {office} in {case}", expected, product) is not None:
            book.write(act, expected)
            self.same_as_the_notebook(pk)

    def tried(self, what, expected, product):
        """What the product answered; a refusal leaves no trace."""
        before = Event.objects.count(), Obligation.objects.count(), Case.objects.count()
        self.tally["steps"] += 1
        try:
            done = product()
        except Refused as refused:
            assert not expected, f"refused, though the rows allow it as {expected}: {what}: {refused}"
            assert (Event.objects.count(), Obligation.objects.count(), Case.objects.count()) == before, f"left a trace: {what}"
            self.tally["refused"] += 1
            return None
        assert expected, f"allowed, though no row does: {what}"
        self.tally["allowed"] += 1
        self.tally[f"as {expected}"] += 1
        self.tally[f"act {what.split()[0]}"] += 1
        return done

    def deem(self, pk):
        """第八条 in the notebook; the product does the same before any act."""
        book = self.books[pk]
        while ripe := [x for x in book.standing(LAPSING) if x.due < clock.today()]:
            book.deem(min(ripe, key=lambda x: x.due))

    def same_as_the_notebook(self, pk):
        product = Counter((o.row, o.office_code, o.due, o.how or "open") for o in Obligation.objects.filter(case_id=pk))
        book = Counter((x.row, x.office, x.due, x.state) for x in self.books[pk].duties)
        assert product == book, f"owed by the product only: {product - book}; by the rows only: {book - product}"


def columns(o):
    return [getattr(o, f.attname) for f in Obligation._meta.concrete_fields]


def run(district, examples, steps):
    """How many steps there were, and what came of them."""
    Machine.tally, Machine.district = Counter(), district
    health = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=health)
    )
    print(sorted(Machine.tally.items()))  # noqa: T201 - shown with -s, and when it fails
    return Machine.tally


def test_whatever_is_tried_is_allowed_if_and_only_if_the_rows_say_so(district):
    tally = run(district, examples=6, steps=30)
    assert tally["allowed"] > 10 and tally["refused"] > 5


@pytest.mark.long
def test_in_five_thousand_steps_the_product_and_the_rows_never_part(district):
    tally = run(district, examples=220, steps=50)
    assert tally["steps"] >= 5000 and tally["allowed"] > 700 and tally["refused"] > 1000
    assert all(tally[f"as {ground}"] for ground in ("opens", "duty", "power"))
