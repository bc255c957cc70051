"""b7: whoever does whatever in a complaint on whatever day: never fewer than two, never who must keep out, never one person for two.

A hypothesis state machine drives the acts of the room as anybody; the notebook reads the events that came of it. After every step: no fault in the
notebook, the shadow of the cases concerned is the replay, the accused unit sees its errands and nothing else; at the end `verify` holds.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from qingdan.engine.duties import options
from qingdan.kernel import clock
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.ledger.standing import shadow, standing_of
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.actions import appoint, entrust
from qingdan.kernel.offices.models import Post
from qingdan.kernel.offices.queries import names
from qingdan.kernel.vault import unlocking
from qingdan.kernel.vault.models import Unlock
from qingdan.kernel.vault.reading import read_identity
from qingdan.measures.complaints.models import Complaint, Decision, Errand, Investigator, Liability
from qingdan.statute.complaints_inquiry import HANDOVER

from .crowd import BODIES, UNITS, WHAT_STANDS_AGAINST, make_crowd
from .notebook import DECIDED, Notebook
from .steps import Steps
from .verbs import IN_CASE, RARE

pytestmark = pytest.mark.django_db
WAY = (
    "name_investigators", "declare_no_interest", "decide_recusal", "confront", "cancel_confrontation", "hear_complainant", "hear_respondent",
    "approve_letter", "close_malicious", "reject_malicious", "decide", "decide_assigned", "tell_result",
)  # fmt: skip
SETTLING = ("approve_letter", "reject_letter", "return_decision", "decide", "decide_assigned", "close_malicious", "reject_malicious")
LAST = date(2017, 5, 1)
MOST = 3


class Machine(Steps, RuleBasedStateMachine):
    """Some complaints of one district, everybody in it, the clock, and the notebook."""

    tally: Counter[str] = Counter()
    crowd = None

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.subjects: list[str] = []
        self.data = None
        self.touched: set[str] = set()

    def teardown(self):
        """The rows say what the events say, verify holds; then all is as it was before this run."""
        try:
            self.book.recusals()
            assert self.book.faults == []
            for unit in UNITS:
                self.sees_only_its_errands(unit)
            self.touched = set(Case.objects.filter(law="诉").values_list("number", flat=True))
            self.the_shadow_is_the_replay()
            report = verify()
            assert report.fault is None, str(report.fault)
            self.tally.update({f"event {act}": n for act, n in self.book.seen.items()})
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)
            clock.set_fixed(None)

    # the steps

    @initialize(data=st.data(), start=st.dates(date(2016, 9, 12), date(2016, 12, 20)))
    def begin(self, data, start):
        clock.set_fixed(datetime.combine(start, time(9)))
        self.data = data
        people, heads = {}, set()
        for post in Post.objects.select_related("person", "office"):
            people.setdefault(post.person.username, set()).add(post.office.code)
            if post.rank == Post.HEAD:
                heads.add((post.person.username, post.office.code))
        kept = {body: {f"{body}_key", f"{body}_keyh"} for body in BODIES}
        traits = {f"{body}_{kind}": why for body in BODIES for kind, why in WHAT_STANDS_AGAINST.items()}
        self.book = Notebook(people, heads, kept, traits, Event.objects.latest("seq").seq)
        self.open()
        self.team_up(Complaint.rows.latest("pk"))

    @rule(data=st.data(), days=st.sampled_from([0, 0, 1, 1, 2, 6, 16]))
    def time_passes(self, data, days):
        to = datetime.combine(clock.today() + timedelta(days=days), time(9)) if days else clock.now().replace(tzinfo=None) + timedelta(minutes=20)
        if to.date() < LAST:
            clock.set_fixed(to)
        if days > 1:
            sweep()

    @precondition(lambda self: len(self.subjects) < MOST)
    @rule(data=st.data())
    def somebody_complains(self, data):
        self.data = data
        self.open()
        if not self.chance(3):
            self.team_up(Complaint.rows.latest("pk"))

    @rule(data=st.data())
    def the_body_goes_on(self, data):
        """What it owes, one after the other; then a letter or a decision, which another approves."""
        self.data = data
        complaint = self.complaint()
        case, body = complaint.case, complaint.handler
        owed = {o.act for o in options(standing_of(case), body.code, clock.today()) if o.owed and not o.held}
        if "reject_malicious" in owed:
            owed.add(self.some("close_malicious", "reject_malicious"))
        if not owed:
            return self.somebody_wants_to_know_who_complained(data)
        undeclared = Investigator.objects.filter(case=case, ended_on=None, declared_on=None).exists()
        if not Decision.rows.filter(complaint=complaint, returned_on=None, signed_on=None).exists():
            owed -= DECIDED
        next_one = [act for act in WAY if act in owed or (act == "declare_no_interest" and undeclared and not self.chance(4))]
        act = next_one[0] if next_one else self.some("draft_decision", "draft_order", "draft_handover", "draft_handover", "propose_malicious")
        drafter = self.drafter(case, act)
        person = drafter if drafter is not None and self.chance(4) else self.actor(complaint, act)
        self.tried(act, lambda who: getattr(self, act)(case, who), person, body)

    @rule(data=st.data())
    def what_waits_is_settled(self, data):
        """A draft, a proposal: approved or given back, mostly by one who can."""
        self.data = data
        waiting = []
        for complaint in Complaint.rows.exclude(handler=None).select_related("case", "handler", "identity").order_by("pk"):
            waiting += [(complaint, act) for act in self.open_to(complaint.case, complaint.handler.code) if act in SETTLING]
        if not waiting:
            return self.the_body_goes_on(data)
        complaint, act = self.draw(st.sampled_from(waiting))
        self.tried(act, lambda who: getattr(self, act)(complaint.case, who), self.actor(complaint, act), complaint.handler)

    @rule(data=st.data())
    def the_body_hurries(self, data):
        for _ in range(3):
            self.the_body_goes_on(data)
            self.the_notebook_finds_nothing()

    @rule(data=st.data())
    def the_body_acts(self, data):
        """What the rows leave open to it, by one of its people, mostly one who fits."""
        self.data = data
        complaint = self.complaint()
        office = complaint.handler
        acts = self.open_to(complaint.case, office.code)
        if not acts:
            return
        onward = [act for act in acts if act not in RARE]
        act = self.draw(st.sampled_from(acts if self.chance(3) or not onward else onward))
        self.tried(act, lambda who: getattr(self, act)(complaint.case, who), self.actor(complaint, act), office)

    @rule(data=st.data(), act=st.sampled_from(IN_CASE))
    def anybody_tries_anything(self, data, act):
        self.data = data
        complaint = self.complaint()
        person = self.crowd.person[self.draw(st.sampled_from(sorted(self.crowd.person)))]
        office = complaint.handler if self.chance(2) else self.crowd.office[self.crowd.home[person.username]]
        self.tried(act, lambda who: getattr(self, act)(complaint.case, who), person, office)

    @rule(data=st.data())
    def a_unit_or_the_body_goes_on_with_an_errand(self, data):
        self.data = data
        found = list(Errand.rows.filter(case__isnull=False).select_related("case", "complaint__case", "complaint__handler", "office", "letter"))
        if not found:
            return self.the_body_acts(data)
        handed = [e for e in found if e.kind == HANDOVER]
        errand = self.draw(st.sampled_from(handed if handed and not self.chance(4) else found))
        office = self.draw(st.sampled_from([errand.office, errand.complaint.handler]))
        acts = self.open_to(errand.case, office.code, all_of_them=True)
        if acts:
            act = self.draw(st.sampled_from(acts))
            self.tried(act, lambda who: self.in_errand(act, errand, who), self.of_office(office.code), office)

    @rule(data=st.data())
    def somebody_answers_for_something(self, data):
        self.data = data
        found = list(Liability.rows.filter(outcome="").select_related("case", "complaint", "office"))
        if found and self.chance(2):
            liability = self.draw(st.sampled_from(found))
            office = liability.case.office
            person = liability.registered_by if self.chance(4) else self.of_office(office.code)
            return self.tried("answer_for", lambda who: self.answer_for(liability, who), person, office)
        complaint = self.complaint()
        office = self.draw(st.sampled_from([complaint.handler, complaint.handler, self.crowd.office["zwb"], self.crowd.office["qz"]]))
        self.tried("register", lambda who: self.register(complaint, who), self.of_office(office.code), office)

    @rule(data=st.data())
    def somebody_wants_to_know_who_complained(self, data):
        self.data = data
        complaint = self.complaint()
        waiting = list(Unlock.objects.filter(subject=complaint.reference, outcome=""))
        body = complaint.handler
        if waiting and not self.chance(4):
            one = self.draw(st.sampled_from(waiting))
            until = clock.now() + timedelta(hours=self.draw(st.integers(1, 25)))
            keeper = self.crowd.person[f"{body.code}_{self.some('key', 'keyh')}"] if not self.chance(4) else self.of_office(body.code)
            if self.chance(4):
                return self.tried("deny", lambda who: unlocking.deny(one, by=who["by"], reason="没有必要"), keeper, body)
            return self.tried("grant", lambda who: unlocking.grant(one, by=who["by"], until=until), keeper, body)
        person = self.actor(complaint, "ask")
        if self.chance(2):
            return self.tried("ask", lambda who: unlocking.ask(complaint.reference, "当面核实", **who), person, body)
        mine = Unlock.objects.filter(asked_by=person, subject=complaint.reference).first()
        if mine is not None and self.chance(4):
            return self.tried("end", lambda who: unlocking.end(mine, by=who["by"]), person, body)
        asked = Unlock.objects.filter(subject=complaint.reference).select_related("asked_by").order_by("asked_at")
        reader = self.draw(st.sampled_from([*(u.asked_by for u in asked), person]))
        if complaint.identity is not None:
            self.tried("read", lambda who: read_identity(complaint.identity, **who, purpose="当面核实"), reader, body)

    @rule(data=st.data())
    def people_change(self, data):
        self.data = data
        if not self.chance(4):
            return self.the_body_acts(data)
        person = self.crowd.person[f"{self.some(*BODIES)}_{self.some('2', '3', 'h2')}"]
        if self.chance(2):
            body = self.crowd.office[person.username.split("_")[0]]
            return self.tried("entrust", lambda who: entrust(person=person, office=body, by=None), person, body)
        unit = self.crowd.office[self.some(*UNITS)]
        self.tried("appoint", lambda who: appoint(person=person, office=unit, by=None, since=clock.today()), person, unit)

    @invariant()
    def the_notebook_finds_nothing(self):
        if self.data is None:
            return
        self.touched |= {number for number in self.book.see() if number.startswith("诉")}
        assert self.book.faults == []
        self.tally["looked"] += 1

    @invariant()
    def the_shadow_is_the_replay(self):
        known = names()
        for case in Case.objects.filter(number__in=self.touched):
            replayed = {o.pk: columns(o) for o in shadow(case, standing_of(case, office_names=known))}
            assert {o.pk: columns(o) for o in Obligation.objects.filter(case=case)} == replayed
        self.touched = set()

    @invariant()
    def the_accused_sees_its_errands(self):
        if self.data is not None and self.tally["looked"] % 4 == 0:
            self.sees_only_its_errands(UNITS[self.tally["looked"] // 4 % 2])


def columns(o):
    return [getattr(o, f.attname) for f in Obligation._meta.concrete_fields]


def run(crowd, examples, steps, number=None):
    """How many steps there were, and what came of them. `number`: other examples than those of another number; None: always the same ones."""
    Machine.tally, Machine.crowd = Counter(), crowd
    health = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]
    found = [Phase.generate, Phase.shrink] if os.environ.get("SHRINK") else [Phase.generate]  # a shorter way to a fault takes minutes
    chosen = settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=health, phases=found, database=None)
    run_state_machine_as_test(Machine if number is None else seed(number)(type("Numbered", (Machine,), {})), settings=chosen)
    return Machine.tally


def test_第十三条_谁做什么都不会少于两人_不会由应当回避的人办_不会一人当两人(district, record_property):
    tally = run(make_crowd(district), examples=5, steps=40)
    record_property("steps", tally["steps"])
    record_property("done", tally["done"])
    assert tally["done"] > 70 and tally["refused"] > 40, sorted(tally.items())


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_第十三条_两万步里没有一次(district, part, record_property):
    """b7: each part does its 5,000 steps in rounds of other examples."""
    crowd, whole, first = make_crowd(district), Counter(), int(os.environ.get("SEED_OF_MACHINES", 2016)) * 1000 + part * 100
    while whole["steps"] < 5000:
        whole += run(crowd, examples=25, steps=50, number=first + whole["rounds"])
        whole["rounds"] += 1
    record_property("steps", whole["steps"])
    record_property("done", whole["done"])
    assert whole["done"] > 0.4 * whole["steps"], sorted(whole.items())
    assert not [name for name in MUST_HAPPEN if not whole[f"event {name}"]], sorted(whole.items())


MUST_HAPPEN = (
    "name_investigators", "remove_investigator", "declare_no_interest", "ask_recusal", "decide_recusal", "hear_complainant", "record_finding",
    "draft_handover", "draft_order", "approve_letter", "reject_letter", "draft_decision", "return_decision", "report_findings", "propose_malicious",
    "close_malicious", "refer_liability", "drop_liability", "grant_unlock", "deny_unlock", "withdraw_complaint", "entrust", "appoint",
)  # fmt: skip
"""Acts without which a part has not tried what it is for."""
