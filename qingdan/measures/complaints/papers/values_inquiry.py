"""第十二条至第十四条 what the papers of an inquiry are made from: each from its own event, the passages bound to it, and the rows of 回避."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import spell_day
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.measures.complaints.access import CODE, passages_of
from qingdan.measures.complaints.models import Complaint, Passage, Recusal
from qingdan.statute.complaints_inquiry import CHECK, HEARING_WAYS, RECUSAL_ASKED, RECUSAL_BASES, RECUSAL_GROUNDS, SIDES
from qingdan.statute.laws import law_of
from qingdan.statute.terms import Must, Workdays

from .making import files_in, said_in


def respondent_of(complaint: Complaint) -> str:
    """The unit by name; a person only by what kind of respondent it is (S23: parties masked)."""
    about = complaint.respondent_office
    return about.name if about is not None else f"{complaint.get_respondent_kind_display()}（具体见案卷）"


@sensitive_variables()
def heard(complaint: Complaint, event: Event, by: Person, office: Office) -> dict[str, Any]:
    """第十二条 what one side said, or that it did not come; and a 质证."""
    passages = list(passages_of(complaint))
    side = next((name for key, name in SIDES.items() if key in event.act), "")
    dates: dict[str, str] = event.told["dates"]
    day = next(iter(dates.values()), "")
    return {
        "side": side, "way": HEARING_WAYS.get(str(event.facts.get("way", "")), ""), "heard": spell_day(date.fromisoformat(day)) if day else "",
        "present": _names(event.facts.get("present", [])), "said": said_in(event, passages, [Passage.HEARD], by, office).get(Passage.HEARD, ""),
        "files": files_in(event, passages), "respondent": respondent_of(complaint), "to": respondent_of(complaint),
    }  # fmt: skip


def _names(usernames: Any) -> str:
    return "、".join(p.name for p in Person.objects.filter(username__in=usernames).order_by("username"))


@sensitive_variables()
def recused(complaint: Complaint, event: Event, by: Person, office: Office) -> dict[str, Any]:
    """第十三条 the applications that this decision decided, with their reasons, and the decision."""
    said = said_in(event, passages_of(complaint), [Passage.REASON], by, office)
    return {
        "asked": [_application(complaint, row, by, office) for row in _decided_by(complaint, event)],
        "basis": RECUSAL_BASES[str(event.facts["basis"])], "reasons": said.get(Passage.REASON, ""),
        "decider": event.person.name if event.person else "", "decided": spell_day(event.on),
    }  # fmt: skip


def _decided_by(complaint: Complaint, event: Event) -> list[Recusal]:
    """The rows that this event wrote last: asked for before it, and not decided by an earlier one."""
    before = complaint.case.events.filter(act="decide_recusal", n__lt=event.n or 0).order_by("-n").first()
    asked = complaint.case.events.filter(act="ask_recusal", n__lt=event.n or 0, n__gt=(before.n if before else 0) or 0).order_by("n")
    rows = Recusal.objects.filter(case=complaint.case_id, decided_on=event.on).select_related("person").order_by("pk")
    wanted = [str(e.facts["person"]) for e in asked]
    return [row for row in rows if row.person.username in wanted]


@sensitive_variables()
def _application(complaint: Complaint, row: Recusal, by: Person, office: Office) -> dict[str, str]:
    asked = complaint.case.events.filter(act="ask_recusal", on=row.asked_on).order_by("n")
    events = [e for e in asked if e.facts["person"] == row.person.username]
    said = said_in(events[-1], passages_of(complaint), [Passage.REASON], by, office) if events and row.asked != CHECK else {}
    return {
        "person": row.person.name, "asked": RECUSAL_ASKED[row.asked], "ground": RECUSAL_GROUNDS[row.ground], "on": spell_day(row.asked_on),
        "reason": said.get(Passage.REASON, ""), "outcome": row.get_outcome_display(),
    }  # fmt: skip


@sensitive_variables()
def extended(complaint: Complaint, event: Event, by: Person, office: Office) -> dict[str, Any]:
    """第十四条 from which day to which, why, who approved it."""
    said = said_in(event, passages_of(complaint), [Passage.REASON, Passage.TOLD], by, office)
    accepted = accepted_on(complaint)
    earlier = complaint.case.events.filter(act="extend_handling", n__lt=event.n or 0).order_by("n").last()
    if earlier is not None:
        before = spell_day(date.fromisoformat(earlier.told["ordered"]))
    else:
        row = law_of(CODE, complaint.case.edition)["D18"]
        limit = row.within if isinstance(row, Must) else None
        before = spell_day(in_force().add(accepted, limit.n)) if accepted and isinstance(limit, Workdays) else ""
    return {
        "accepted": spell_day(accepted) if accepted else "", "before": before, "until": spell_day(date.fromisoformat(event.told["ordered"])),
        "reasons": said.get(Passage.REASON, ""), "told": said.get(Passage.TOLD, ""), "head": event.person.name if event.person else "",
        "approved": spell_day(event.on),
    }  # fmt: skip


def accepted_on(complaint: Complaint) -> date | None:
    """The day of 受理."""
    return complaint.case.events.filter(act="accept").values_list("on", flat=True).first()


Made = Callable[[Complaint, Event, Person, Office], dict[str, Any]]
OF_INQUIRY: dict[str, Made] = {
    **dict.fromkeys(("hear_complainant", "hear_respondent", "note_complainant_unheard", "note_respondent_unheard"), heard),
    "call_confrontation": heard, "confront": heard,
    "decide_recusal": recused, "extend_handling": extended,
}  # fmt: skip
