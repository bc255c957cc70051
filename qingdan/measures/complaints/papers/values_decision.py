"""第十六条 what 决定书, its 抄报 and 结果告知书 are made from."""

from __future__ import annotations

from typing import Any

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import spell_day
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.measures.complaints.access import decisions_of, errands_of, passages_of
from qingdan.measures.complaints.models import Complaint, Decision, Errand, Passage
from qingdan.statute.complaints_grounds import NOTICE_WAYS
from qingdan.statute.complaints_inquiry import CONCLUSIONS, ERRANDS

from .making import read, said_in
from .values_inquiry import Made, accepted_on, respondent_of


@sensitive_variables()
def decided(complaint: Complaint, event: Event, by: Person, office: Office) -> dict[str, Any]:
    """What the signed draft says, and what it demands of which unit by which day."""
    one: Decision | None = decisions_of(complaint).filter(signed_on__isnull=False).first()
    if one is None:
        return {}
    owed = list(errands_of(complaint).filter(decision=one))
    return {
        "respondent": respondent_of(complaint), "conclusion": CONCLUSIONS[one.conclusion], **read(one.content, by, office),
        "duties": [(errand.office.name, read(errand.letter, by, office)["text"], _day(errand)) for errand in owed],
    }  # fmt: skip


def _day(errand: Errand) -> str:
    first = errand.case.obligations.filter(row=ERRANDS[errand.kind].row).order_by("opened_n").first() if errand.case else None
    return f"{spell_day(first.due)}前" if first is not None and first.due else "及时"


@sensitive_variables()
def told(complaint: Complaint, event: Event, by: Person, office: Office) -> dict[str, Any]:
    """What the complainant is told."""
    said = said_in(event, passages_of(complaint), [Passage.TOLD], by, office)
    return {
        "conclusion": CONCLUSIONS.get(complaint.conclusion, ""), "said": said.get(Passage.TOLD, ""), "way": NOTICE_WAYS[str(event.facts["way"])],
        "about_office": complaint.about_office,
    }  # fmt: skip


@sensitive_variables()
def of_decision(complaint: Complaint, event: Event, by: Person, office: Office) -> dict[str, Any]:
    """Of the decision or of its telling, with the day of 受理."""
    accepted = accepted_on(complaint)
    made = told if event.act == "tell_result" else decided
    return {"accepted": spell_day(accepted) if accepted else "", **made(complaint, event, by, office)}


OF_DECISION: dict[str, Made] = dict.fromkeys(("decide", "decide_assigned", "tell_result"), of_decision)
