"""The papers of a complaint: which this office can make now, and their making."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import spell_day
from qingdan.kernel import clock
from qingdan.kernel.drawn import drawn
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.papers.templates import Template
from qingdan.measures.complaints.models import Complaint, SealedPaper

from .making import Makeable, ensure_own, file_of, make, still_to_make
from .values_decision import OF_DECISION
from .values_inquiry import OF_INQUIRY
from .values_intake import of_intake
from .words import FOR_UNITS, OF_ACT


def makeable(complaint: Complaint, office: Office, events: Iterable[Event], issued: Iterable[SealedPaper]) -> list[Makeable]:
    """Of what this office has done in the complaint, the papers that are not there yet."""
    return still_to_make(OF_ACT, office, events, issued)


def issue(complaint: Complaint, event: Event, template: Template, *, by: Person, office: Office, key: str | None = None) -> SealedPaper:
    """制发. Refused: not this office's step, there already, a field missing."""
    ensure_own(OF_ACT, complaint.case, event, template, office)
    number = f"质-{drawn(8)}" if template in FOR_UNITS else ""  # a unit never reads the number of the complaint
    return make(
        complaint.case, complaint.reference, event, template, lambda: _values(complaint, event, template, by, office), by=by, office=office,
        key=key, number=number,
    )  # fmt: skip


@sensitive_variables()
def _values(complaint: Complaint, event: Event, template: Template, by: Person, office: Office) -> dict[str, Any]:
    common: dict[str, Any] = {
        "reference": complaint.spelled, "number": complaint.case.number, "received": spell_day(clock.legal_day(complaint.received_at)),
        "channel": complaint.get_channel_display(), "grounds": "；".join(complaint.ground_names),
    }  # fmt: skip
    of_step = (OF_INQUIRY | OF_DECISION).get(event.act)
    return common | (of_step(complaint, event, by, office) if of_step else of_intake(complaint, event, template, by, office))


__all__ = ["Makeable", "file_of", "issue", "makeable"]
