"""第十一条, 第十五条, 第十六条, 第十九条 the papers of an errand: they belong to the errand's own case, and say nothing of the complaint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import spell_day
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.papers.templates import Template
from qingdan.measures.complaints.access import passages_of_errand
from qingdan.measures.complaints.models import Contact, Errand, Passage, SealedPaper
from qingdan.statute.complaints_inquiry import ERRANDS

from .making import Makeable, ensure_own, files_in, make, origin_of, read, said_in, still_to_make
from .words import OF_ERRAND
from .words_errands import OF_REPORT, OF_RETURN


def _known(errand: Errand) -> dict[str, tuple[Template, ...]]:
    """What an organ outside answered is written down by the body itself: that is no report of a unit."""
    return {act: papers for act, papers in OF_ERRAND.items() if not (errand.outside and act in OF_REPORT)}


def makeable(errand: Errand, office: Office, events: Iterable[Event], issued: Iterable[SealedPaper]) -> list[Makeable]:
    """Of what this office has done in the errand's case, the papers that are not there yet: the body its letters, the unit its reports."""
    return still_to_make(_known(errand), office, events, issued)


def issue(errand: Errand, event: Event, template: Template, *, by: Person, office: Office, key: str | None = None) -> SealedPaper:
    """制发 a paper of an errand that `access` let through. Refused: not this office's step, there already, a field missing."""
    ensure_own(_known(errand), errand.case, event, template, office)
    case: Case = errand.case  # type: ignore[assignment]  # ensure_own has looked
    reference = errand.complaint.reference
    return make(case, reference, event, template, lambda: _values(errand, case, event, by, office), by=by, office=office, key=key)


@sensitive_variables()
def _values(errand: Errand, case: Case, event: Event, by: Person, office: Office) -> dict[str, Any]:
    """Only what is the unit's own (`words_common.FOR_UNIT`)."""
    handler = errand.complaint.handler
    if event.act in OF_REPORT:
        passages = list(passages_of_errand(errand))
        said = said_in(event, passages, [Passage.REPORT], by, office)
        return origin_of(errand, case, office) | {
            "to": handler.name if handler else "", "reported": said.get(Passage.REPORT, ""), "files": files_in(event, passages),
        }  # fmt: skip
    to = errand.outside or errand.office.name
    if event.act == "ask_reason":
        asked = case.obligations.filter(row="O11g", opened_n=event.n or 0).first()
        late = case.obligations.filter(row=ERRANDS[errand.kind].row, opened_n__lt=event.n or 0).order_by("opened_n").last()
        return origin_of(errand, case, office) | {"to": to, "due": _day(late), "limit": _day(asked)}
    owed = case.obligations.filter(row=ERRANDS[errand.kind].row, opened_n=event.n or 0).first()
    if event.act in OF_RETURN:
        said = said_in(event, passages_of_errand(errand), [Passage.REASON], by, office)
        return origin_of(errand, case, office) | {"to": to, "back": said.get(Passage.REASON, ""), "due": _day(owed)}
    phone = Contact.objects.filter(office=office).exclude(phone="").order_by("pk").values_list("phone", flat=True).last()
    return {"to": to, "letter": read(errand.letter, by, office)["text"], "due": _day(owed), "phone": phone or ""}


def _day(duty: Obligation | None) -> str:
    return spell_day(duty.due) if duty is not None and duty.due else ""


__all__ = ["Makeable", "issue", "makeable"]
