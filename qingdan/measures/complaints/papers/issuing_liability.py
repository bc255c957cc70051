"""第十八条至第二十条 责任移送函: made in the case of the liability by who decided on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused, spell_day
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.papers.templates import Template
from qingdan.kernel.vault.marking import names_identity
from qingdan.measures.complaints.access import passages_of_liability
from qingdan.measures.complaints.models import Liability, Passage, SealedPaper
from qingdan.statute.complaints_inquiry import ERRANDS, LIABILITIES

from .making import Makeable, ensure_own, make, origin_of, read, said_in, still_to_make
from .words import OF_LIABILITY


def makeable(liability: Liability, office: Office, events: Iterable[Event], issued: Iterable[SealedPaper]) -> list[Makeable]:
    """Of what this office has done in the case of the liability, the papers that are not there yet."""
    return still_to_make(OF_LIABILITY, office, events, issued)


def issue(liability: Liability, event: Event, template: Template, *, by: Person, office: Office, key: str | None = None) -> SealedPaper:
    """制发 of a liability that `access` let through. Refused: as the others; and where the words name who complained (第四条, T7)."""
    ensure_own(OF_LIABILITY, liability.case, event, template, office)
    reference = liability.complaint.reference
    return make(liability.case, reference, event, template, lambda: _values(liability, event, template, by, office), by=by, office=office, key=key)


@sensitive_variables()
def _values(liability: Liability, event: Event, template: Template, by: Person, office: Office) -> dict[str, Any]:
    facts = read(liability.words, by, office)["text"]
    words = said_in(event, passages_of_liability(liability), [Passage.REASON], by, office).get(Passage.REASON, "")
    if names_identity(liability.complaint.identity, f"{facts}\n{words}", by=by, office=office):
        why = "事实和意见中含有投诉人的身份信息（第四条）"
        raise Refused(f"不能制作《{template.name}》", why, "请不用系统的模板，另行起草不指向投诉人的移送函")
    return {
        "to": liability.organ, "unit": liability.office.name, "kind": liability.kind, "article": LIABILITIES[liability.kind].article,
        "facts": facts, "words": words, "sign": liability.number, **_late(liability, office),
    }  # fmt: skip


def _late(liability: Liability, office: Office) -> dict[str, str]:
    """第十九条: what was not done in time."""
    errand = liability.errand
    if errand is None or errand.case is None:
        return {}
    late = errand.case.obligations.filter(row=ERRANDS[errand.kind].row).order_by("opened_n").last()
    day = spell_day(late.due) if late is not None and late.due else ""
    return {**origin_of(errand, errand.case, office), "due": day}


__all__ = ["Makeable", "issue", "makeable"]
