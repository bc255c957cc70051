"""第十一条 to 第二十条 by a reading of its own: who may have a hand in what, held against every event as it was written.

It knows the words of the events, the rows themselves and what it was told of the people; it calls nothing of the room and nothing of the vault.
Whatever it finds is a sentence in `faults`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.vault.models import Unlock
from qingdan.measures.complaints.models import Decision, Errand, Liability, Recusal
from qingdan.statute.roles import HANDLER

BY_INVESTIGATORS = {
    "hear_complainant", "hear_respondent", "note_complainant_unheard", "note_respondent_unheard", "record_finding", "call_confrontation",
    "confront", "draft_handover", "draft_order", "draft_decision", "propose_malicious",
}  # fmt: skip
WITH_TWO = {*BY_INVESTIGATORS, "approve_letter", "decide", "decide_assigned"}
SIGNED = {"approve_letter", "decide", "decide_assigned", "close_malicious", "decide_recusal"}
DECIDED = {"decide", "decide_assigned"}
LIABLE = {"register_obstruction", "open_default", "register_misconduct", "register_office_misconduct"}
ADMITTED = {"self", "check"}


@dataclass
class Member:
    """One who was named and not moved out or recused since."""

    declared: bool = False


@dataclass
class Matter:
    """One complaint. `against`: office complained of; `named`, `listed`: does it name people, is there a list entry that does? `phone`: told?"""

    against: str
    named: bool
    listed: bool
    phone: bool
    body: str = ""
    reference: str = ""
    team: dict[str, Member] = field(default_factory=dict)
    waiting: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    proposed: set[str] = field(default_factory=set)
    worked: set[str] = field(default_factory=set)


class Notebook:
    """`see()` reads what was written since. `people`: user name -> offices of their posts; `heads`: pairs; `kept`: body -> custodians; `traits`: why who is out."""

    def __init__(self, people, heads, kept, traits, seq):
        self.people = {name: set(codes) for name, codes in people.items()}
        self.heads, self.kept, self.traits, self.seq = set(heads), {k: set(v) for k, v in kept.items()}, traits, seq
        self.matters: dict[str, Matter] = {}
        self.parent: dict[str, str] = {}
        self.made: dict[tuple[str, object], set[str]] = {}
        self.granted: dict[str, tuple[str, str]] = {}
        self.over: set[str] = set()
        self.seen: dict[str, int] = defaultdict(int)
        self.faults: list[str] = []

    def filed(self, number, matter):
        """A complaint that the machine filed; until then its events are unknown here."""
        self.matters[number] = matter

    def see(self):
        """Every event since the last look, in order. Returns the numbers of the cases in which something happened."""
        touched = []
        for event in Event.objects.filter(seq__gt=self.seq).order_by("seq"):
            self.seq = event.seq
            self.seen[event.act] += 1
            told = event.told
            touched += [told["case"]] if told["case"] else []
            self._event(told, {told["person"], *told.get("for", [])} - {""})
        return touched

    # who may

    def out(self, name, m):
        """Why this person has to keep out of this matter; "" if nothing is known against them."""
        if m.against in self.people[name]:
            return "holds a post in the accused unit"
        if name in self.kept.get(m.body, ()):
            return "keeps identities there"
        trait = self.traits.get(name)
        if (trait == "listed" and m.listed) or (trait == "named" and m.named):
            return trait
        return "was recused" if name in m.gone else ""

    def counting(self, m):
        """Who of the team counts at this moment."""
        return {
            name for name, one in m.team.items()
            if one.declared and m.waiting.get(name) not in ADMITTED and not self.out(name, m) and m.body in self.people[name]
        }  # fmt: skip

    # what was written

    def _event(self, e, hands):
        act, number = e["act"], e["case"]
        if act == "entrust":
            self.kept.setdefault(e["facts"]["office"], set()).add(e["facts"]["person"])
        elif act == "appoint":
            self.people[e["facts"]["person"]].add(e["facts"]["office"])
        elif act in ("grant_unlock", "end_unlock", "read_sealed"):
            getattr(self, f"_{act}")(e, hands)
        if number in self.matters:
            self._in_matter(self.matters[number], e, hands)
        elif number:
            self._in_child(number, e, hands)
        for table, key, _ in e["rows"]:
            self.made.setdefault((table, key), set(hands))

    def _in_matter(self, m, e, hands):
        act, who, facts = e["act"], e["person"], e["facts"]
        if given := e["gives"].get(HANDLER):
            m.body = given[0]
        if act in WITH_TWO:
            self._with_two(m, e)
        if act in SIGNED:
            self._signed(m, e, hands)
        do = getattr(self, f"_{act}", None)
        if do is not None:
            do(m, e, hands)
        if act == "propose_malicious":
            m.proposed = hands
        if who and e["office"] == m.body:
            m.worked |= hands
        if who and act not in ("receive_at_office", "assign", "pass_to_district", "assign_by_district", "withdraw_complaint", "add_facts"):
            self._unless(m.body in self.people[who] and e["office"] == m.body, e, "done by somebody who is none of the body's")
        self._unless(not set(facts) - KNOWN_FACTS, e, f"facts that nobody knows: {facts}")

    def _with_two(self, m, e):
        there = self.counting(m)
        self._unless(len(there) >= 2, e, f"recorded with {sorted(there)} only")
        if e["act"] in BY_INVESTIGATORS:
            self._unless(e["person"] in there, e, f"by {e['person']}, who does not count: {self.out(e['person'], m)}")
        if "present" in e["facts"]:
            present = e["facts"]["present"]
            self._unless(set(present) <= there and len(set(present)) >= 2 and e["person"] in present, e, f"present {present} of {sorted(there)}")

    def _signed(self, m, e, hands):
        for name in hands:
            waits = m.waiting.get(name) in ADMITTED
            self._unless(not self.out(name, m) and not waits, e, f"by {name}, who {self.out(name, m) or 'awaits a recusal'}")
        if e["act"] in DECIDED | {"close_malicious"} or e["facts"].get("basis") == "head":
            self._unless((e["person"], m.body) in self.heads, e, f"by {e['person']}, who is no head")

    def _name_investigators(self, m, e, hands):
        for name in e["facts"]["persons"]:
            self._unless(not self.out(name, m), e, f"names {name}, who {self.out(name, m)}")
            self._unless(m.body in self.people[name] and name not in m.team, e, f"names {name}")
            m.team[name] = Member()
            m.worked.add(name)

    _add_investigator = _name_investigators

    def _remove_investigator(self, m, e, hands):
        self._unless(m.team.pop(e["facts"]["person"], None) is not None, e, "removes who is not there")

    def _declare_no_interest(self, m, e, hands):
        mine = m.team.get(e["person"])
        self._unless(mine is not None and not mine.declared and hands == {e["person"]}, e, "declared by another, twice or by none of the team")
        if mine is not None:
            mine.declared = True

    def _ask_recusal(self, m, e, hands):
        name, asked = e["facts"]["person"], e["facts"]["asked"]
        self._unless(name in m.team and name not in m.waiting, e, f"of {name}, who is not in the team or waits already")
        if asked == "self":
            self._unless(hands == {name}, e, f"by {hands} for {name}")
        m.waiting[name] = asked

    def _decide_recusal(self, m, e, hands):
        granted = set(e["facts"]["granted"])
        self._unless(not hands & set(m.waiting), e, f"{hands} decided on themselves")
        forced = {name for name, asked in m.waiting.items() if asked in ADMITTED}
        self._unless(forced <= granted, e, f"an interest that is admitted was let pass: {forced - granted}")
        if e["facts"]["basis"] == "head":
            self._unless(not any((name, m.body) in self.heads for name in m.waiting), e, "a head decided on a head")
        for name in granted & set(m.waiting):
            m.gone.add(name)
            m.team.pop(name, None)
        m.waiting.clear()

    def _approve_letter(self, m, e, hands):
        row = Errand.rows.select_related("drafted_by", "approved_by", "case").get(pk=e["facts"]["errand"])
        self._by_two(e, ("complaints_errand", row.pk), hands, row.drafted_by, row.approved_by)
        self._unless(row.case is not None and row.rejected_on is None, e, "approved, and not sent or rejected")

    def _decide(self, m, e, hands):
        (key,) = [key for table, key, _ in e["rows"] if table == "complaints_decision"]
        row = Decision.rows.select_related("drafted_by", "signed_by").get(pk=key)
        self._by_two(e, ("complaints_decision", key), hands, row.drafted_by, row.signed_by)

    _decide_assigned = _decide

    def _close_malicious(self, m, e, hands):
        self._unless(not hands & m.proposed, e, f"proposed by {m.proposed}, closed by {hands}")

    def _by_two(self, e, row, hands, first, second):
        made = self.made.get(row, set())
        self._unless(made and not made & hands, e, f"made by {made}, signed by {hands}")
        self._unless(first.username in made and second is not None and second.username == e["person"], e, "the row names others than the events")

    # cases of units, liability

    def _in_child(self, number, e, hands):
        case = Case.objects.select_related("parent").filter(number=number).first()
        m = self.matters.get(case.parent.number) if case is not None and case.parent is not None else None
        if m is None:
            return
        self.parent[number] = case.parent.number
        if e["person"] and e["office"] == m.body:
            m.worked |= hands
        if e["act"] in ("refer_liability", "drop_liability"):
            row = Liability.rows.select_related("registered_by", "decided_by").get(case=case)
            self._by_two(e, ("complaints_liability", row.pk), hands, row.registered_by, row.decided_by)
            self._unless(row.office.code not in self.people[e["person"]] or row.office.code != e["office"], e, "decided by the office that answers")

    # the vault

    def _of(self, e):
        return next((m for m in self.matters.values() if m.reference == e["facts"]["subject"]), None)

    def _grant_unlock(self, e, hands):
        m, asker = self._of(e), e["facts"]["person"]
        fit = m is not None and e["person"] in self.kept.get(m.body, ()) and m.body in self.people[e["person"]]
        self._unless(fit and hands == {e["person"]} and e["person"] != asker, e, f"granted by {hands} to {asker}")
        self._unless(m is None or e["person"] not in m.worked, e, f"{e['person']} works on it and decided")
        self.granted[e["facts"]["unlock"]] = (asker, e["facts"]["subject"])

    def _end_unlock(self, e, hands):
        self.over.add(e["facts"]["unlock"])

    def _read_sealed(self, e, hands):
        if e["facts"]["kind"] != "identity":
            return
        mine = [pk for pk, (asker, subject) in self.granted.items() if {asker} == hands and subject == e["facts"]["subject"] and pk not in self.over]
        until = Unlock.objects.filter(pk__in=mine).values_list("until", flat=True)
        self._unless(any(datetime.fromisoformat(e["at"]) < day for day in until), e, f"the identity was read by {hands} without a grant")

    # ----

    def recusals(self):
        """No row in which somebody decided on themselves; and the rows say what the events said."""
        for row in Recusal.objects.select_related("person", "decided_by", "case"):
            if row.decided_by is not None and row.decided_by == row.person:
                self.faults.append(f"{row.person.username} decided on themselves")

    def _unless(self, right, e, fault):
        if not right:
            self.faults.append(f"{e['act']} #{e['seq']} in {e['case']} by {e['person']}{'代' + str(e['for']) if e.get('for') else ''}: {fault}")


KNOWN_FACTS = {
    "sealed", "complaint", "persons", "person", "asked", "ground", "granted", "basis", "way", "present", "agreed", "kind", "errand", "conclusion",
    "through", "hand", "because",
}  # fmt: skip
"""All that an event of a complaint says: codes, user names of the offices, ids and commitments."""


__all__ = ["Matter", "Notebook"]
