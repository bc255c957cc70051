"""What the steps of b7 are made of: who tries what, mostly somebody who fits, and what the product answered."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from qingdan.engine.duties import options
from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Event, Obligation
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.notices.models import Notice
from qingdan.measures.complaints import accepting, actions, assigning
from qingdan.measures.complaints.access import errands_visible_to, liabilities_visible_to, visible_to
from qingdan.measures.complaints.filing import Filing
from qingdan.measures.complaints.models import Complaint, Decision, Errand, Investigator, Recusal

from .crowd import BODIES, UNITS, standing_in
from .notebook import Matter
from .room import IDENTITY, TEXT
from .verbs import IN_CASE, Verbs


class Steps(Verbs):
    """Of a machine with a `crowd`, a notebook (`book`) and a `tally`; `data` draws."""

    def draw(self, strategy):
        return self.data.draw(strategy)

    def complaint(self):
        found = Complaint.rows.select_related("case", "handler", "identity").order_by("pk")
        return self.draw(st.sampled_from([c for c in found if c.handler is not None]))

    def drafter(self, case, act):
        """Who made what waits for somebody else: they try it themselves now and then."""
        if act == "approve_letter":
            made = Errand.rows.filter(complaint__case=case, case=None, rejected_on=None, decision=None).select_related("drafted_by").first()
        elif act in ("decide", "decide_assigned"):
            made = Decision.rows.filter(complaint__case=case, returned_on=None, signed_on=None).select_related("drafted_by").first()
        elif act == "close_malicious":
            event = case.events.filter(act="propose_malicious").select_related("person").last()
            return event.person if event else None
        elif act == "decide_recusal":
            waiting = Recusal.objects.filter(case=case, outcome="").select_related("person").first()
            return waiting.person if waiting else None
        else:
            return None
        if made is not None and made.drafted_by.username.endswith("_1") and self.chance(2):
            return self.crowd.person[made.drafted_by.username.replace("_1", "_sub")]
        return made.drafted_by if made else None

    def open_to(self, case, code, all_of_them=False):
        standing = standing_of(case)
        found = {o.act: None for o in options(standing, code, clock.today()) if not o.held or self.chance(6)}
        if any(o.office == "投诉人" for o in standing.owed):
            found |= dict.fromkeys(o.act for o in options(standing, "投诉人", clock.today()))
        return [act for act in found if all_of_them or act in IN_CASE]

    def of_office(self, code):
        return self.crowd.person[self.draw(st.sampled_from(sorted(name for name, home in self.crowd.home.items() if home == code)))]

    def actor(self, complaint, act):
        """Mostly one who fits by what the rows say; else anybody of the body."""
        body = complaint.handler.code
        if self.chance(5):
            return self.of_office(body)
        if act in ("decide", "decide_assigned", "extend_handling", "return_decision", "decide_recusal", "reject_malicious", "close_malicious"):
            return self.crowd.person[f"{body}_{self.some('h', 'h2', 'sub', 'keyh')}"]
        team = list(Investigator.objects.filter(case=complaint.case, ended_on=None).select_related("person"))
        undeclared = [i.person for i in team if i.declared_on is None]
        if act == "declare_no_interest" and undeclared:
            return self.draw(st.sampled_from(undeclared))
        return self.draw(st.sampled_from([i.person for i in team])) if team and act != "approve_letter" else self.of_office(body)

    def who(self, person, office):
        if person.username.endswith("_sub") and self.chance(2):
            person = standing_in(person, self.crowd.person[person.username.replace("_sub", "_1")])
        return {"by": person, "office": office}

    def tried(self, act, do, person, office):
        """What the product answered; it does it or refuses, and a refusal leaves at most the reading that went before."""
        self.tally["steps"] += 1
        clock.set_fixed(clock.now().replace(tzinfo=None) + timedelta(seconds=1))  # no two rows of one moment: their order is by lot
        before = Event.objects.exclude(act__in=("read_sealed", "blind_check", "check_draft")).count()
        try:
            do(self.who(person, office))
        except Refused as refused:
            assert Event.objects.exclude(act__in=("read_sealed", "blind_check", "check_draft")).count() == before, f"left a trace: {act}"
            self.tally["refused"] += 1
            if "明天再核对" in refused.todo:
                self.time_passes(self.data, 1)
            self.tally[f"no {act}: {str(refused)[:70]}"] += 1
            return
        self.tally["done"] += 1
        self.tally[f"act {act}"] += 1

    def open(self):
        """A complaint of some kind, with some body, taken up."""
        body, accused, assigned = self.some(*BODIES), self.some(*UNITS), self.chance(2)
        named, listed, told = self.chance(2), self.chance(3), not self.chance(4)
        text = f"{TEXT}，{'、'.join(self.crowd.person[f'{b}_named'].name for b in BODIES)}在场" if named else TEXT
        door = self.crowd.office["zwb" if assigned else body]
        filing = Filing(
            channel="phone", text=text, grounds=["7"], identity=IDENTITY if told else {}, item=self.crowd.item if listed else None,
            respondent_office=self.crowd.office[accused], confidential=not self.chance(3),
        )  # fmt: skip
        self.subjects.append(filing.reference)
        people, office = self.crowd.person, self.crowd.office[body]
        c = actions.file_complaint(filing, by=people[f"{door.code}_1"], office=door, key=f"file-{filing.reference}")
        self.book.filed(c.case.number, Matter(accused, named, listed, told, reference=filing.reference))
        if assigned:
            assigning.assign(c.case, office, "按职责分工", by=people["zwb_1"], office=door)
        accepting.accept(c.case, by=people[f"{body}_1"], office=office)
        self.tally["steps"] += 2 + assigned
        self.tally["done"] += 2 + assigned

    def team_up(self, complaint):
        """Two or three are named and most of them declare: else little could happen."""
        office = complaint.handler
        self.tried("name_investigators", lambda who: self.name_investigators(complaint.case, who), self.crowd.person[f"{office.code}_1"], office)
        for one in Investigator.objects.filter(case=complaint.case).select_related("person"):
            if not self.chance(6):
                self.tried("declare_no_interest", lambda who: self.declare_no_interest(complaint.case, who), one.person, office)

    def sees_only_its_errands(self, unit):
        office, today = self.crowd.office[unit], clock.today()
        assert not visible_to(office, today).exists(), f"{unit} knows of a complaint"
        assert all(e.office == office and e.case is not None for e in errands_visible_to(office, today)), f"{unit} sees an errand of others"
        assert not liabilities_visible_to(office, today).exists(), f"{unit} sees who answers"
        assert set(Obligation.objects.filter(office_code=unit, case__law="诉").values_list("case", flat=True)) <= set(
            Errand.rows.filter(office=office).values_list("case", flat=True)
        ), f"{unit} owes something in the case of others"
        numbers = [*Complaint.rows.values_list("case__number", flat=True), *self.subjects]
        told = " ".join(f"{n.text} {n.link}" for n in Notice.objects.filter(office=office))
        assert not [n for n in numbers if n in told], f"{unit} was told of a complaint"
