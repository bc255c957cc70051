"""Which papers there are, what each is made from, and which an office can make now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingdan.kernel import opaque
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office
from qingdan.kernel.papers.actions import Wanted
from qingdan.kernel.papers.models import Paper
from qingdan.kernel.papers.templates import Template, newest, register
from qingdan.measures.adjustment.filings.models import UnitRule
from qingdan.measures.adjustment.registers.models import FaultDecision

from . import applying, deciding, publishing, records, reporting, reviewing
from .reading import CaseFile, values_of

TEMPLATES = (*applying.TEMPLATES, *reviewing.TEMPLATES, *deciding.TEMPLATES, *publishing.TEMPLATES, *reporting.TEMPLATES)
OF_ACT: dict[str, tuple[str, ...]] = {
    "apply": ("application",), "reapply": ("application",), "ask_extension": ("extension_request",), "grant_extension": ("extension_answer",),
    "deny_extension": ("extension_answer",), "return_once": ("return_notice",), "refer": ("referral",), "add_lead": ("referral",),
    "agree": ("opinion",), "agree_amended": ("opinion",), "disagree": ("opinion",), "convene_joint": ("joint_notice",),
    "issue_joint_opinion": ("joint_opinion",), "approve": ("approval",), "approve_amended": ("approval",), "refuse": ("approval",),
    "confirm": ("receipt",), "object": ("receipt",), "accept_refusal": ("receipt",), "object_refusal": ("receipt",),
    "request_review": ("review_request",), "review_agree": ("review_opinion",), "review_disagree": ("review_opinion",),
    "conclude_review": ("conclusion",), "conclude_review_refused": ("conclusion",), "forward": ("forwarding",), "publish": ("publication",),
    "report_failure": ("publication",), "update_own_site": ("own_site",), "update_own_site_to_file": ("own_site",), "file_own": ("filing",),
    "report_month": ("book", "monthly"),
}  # fmt: skip
"""What was done in a case -> the papers of it."""
OF_MONTH = ("book", "monthly")


@dataclass(frozen=True)
class Origin:
    """What a paper is made from. `key`: e123 (an event), d4 (a decision on a fault), r2 (a unit's rule)."""

    key: str
    template: Template
    office_code: str
    on: date
    case: Case | None = None
    event: Event | None = None
    record: FaultDecision | UnitRule | None = None

    def values(self) -> dict[str, Any]:
        if isinstance(self.record, FaultDecision):
            return records.of_decision(self.record)
        if isinstance(self.record, UnitRule):
            return records.of_rule(self.record)
        if self.event is None or self.case is None:
            return {}
        return records.of_month(self.case) if self.template.key in OF_MONTH else values_of(self.template.key, CaseFile(self.case), self.event)

    @property
    def address(self) -> str:
        """The key as it may stand in an address: of an event without its number, which counts the events of everybody (T6)."""
        return f"e{opaque.hide('event', self.event.seq)}" if self.event else self.key

    def wanted(self, office: Office, typed: dict[str, str] | None = None, corrects: Paper | None = None, reason: str = "") -> Wanted:
        """The paper with these values, those of the form over those of the case; in the place of the one that it corrects."""
        return Wanted(self.template, self.values() | (typed or {}), office, self.key, self.case, corrects, reason)


def of_events(case: Case, events: Iterable[Event]) -> list[Origin]:
    """The papers of what was done in a case, in its order. What the law did by itself has no paper."""
    return [
        Origin(f"e{event.seq}", template, event.office_code, event.on, case, event)
        for event in events if not event.by_law for key in OF_ACT.get(event.act, ()) if (template := newest(key))
    ]  # fmt: skip


def of_decisions(decisions: Iterable[FaultDecision]) -> list[Origin]:
    """第十条（四）: an advice for the last decision on a duty, where it was upheld; made by the office of the person who decided."""
    template = newest("accountability")
    last = {decision.duty: decision for decision in sorted(decisions, key=lambda d: d.number)}
    found = [d for d in last.values() if d.verdict == FaultDecision.UPHELD]
    return [Origin(f"d{d.pk}", template, "", d.decided_on, d.case, record=d) for d in found] if template else []


def of_rule(rule: UnitRule) -> Origin | None:
    template = newest("unit_rule")
    return Origin(rule.paper_key, template, rule.office.code, rule.filed_on, record=rule) if template else None


def find(key: str, template: str) -> Origin | None:
    """The origin of this key for this paper; None where there is none."""
    sort, number = key[:1], key[1:]
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    found: list[Origin | None] = []
    if sort == "e":
        event = Event.objects.select_related("case__office").filter(pk=int(number)).first()
        if event is not None and event.case is not None:
            found = [*of_events(event.case, [event])]
    elif sort == "d":
        decision = FaultDecision.objects.select_related("case__office", "office").filter(pk=int(number)).first()
        found = [*of_decisions(FaultDecision.objects.filter(duty=decision.duty).select_related("case__office", "office"))] if decision else []
        found = [origin for origin in found if origin and origin.key == key]
    elif sort == "r":
        rule = UnitRule.objects.select_related("office", "file").filter(pk=int(number)).first()
        found = [of_rule(rule)] if rule else []
    return next((origin for origin in found if origin and origin.template.key == template), None)


def find_at(address: str, template: str) -> Origin | None:
    """The origin of this address for this paper; None where there is none."""
    return find(f"e{opaque.found('event', address[1:]) or ''}" if address[:1] == "e" else address, template)


def put_in() -> None:
    """Make the templates known; called by the room's `apps.ready`."""
    register(*TEMPLATES)


__all__ = ["OF_ACT", "TEMPLATES", "Origin", "find", "find_at", "of_decisions", "of_events", "of_rule", "put_in"]
