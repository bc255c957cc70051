"""Who may see a case of 动态调整 (S46): the office all, a unit its own, a lead and the centre what came to them;
a successor also what was its forerunner's (S10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import lineage, roles_of
from qingdan.statute.roles import OFFICE

CODE = "调"
FIRST_OPINIONS = ("agree", "agree_amended", "disagree")


def is_office(office: Office, day: date) -> bool:
    """Does this office hold the role of 政务办 in this measure on this day?"""
    return (CODE, OFFICE) in roles_of(office, day)


def visible_to(office: Office | None, day: date) -> QuerySet[Case]:
    """The only way to the cases of this room: those that this office may see on this day."""
    cases = Case.objects.filter(law=CODE).select_related("office")
    if office is None:
        return cases.none()
    if is_office(office, day):
        return cases
    offices = Office.objects.filter(pk__in=lineage(office))
    came_to_it = Obligation.objects.filter(office_code__in=offices.values("code")).values("case")
    return cases.filter(Q(office__in=offices) | Q(pk__in=came_to_it))


def hidden_events(standing: Any, events: Iterable[Event], office: Office, day: date) -> set[int | None]:
    """第七条（三）: each lead gives its opinion alone, so those of this round are read by 政务办 only until 审核 ends. Their places in the case."""
    round_began = [o.opened for o in standing.open if o.row.id == "D4"]
    if not round_began or is_office(office, day):
        return set()
    given = (e for e in events if e.act in FIRST_OPINIONS and e.office_code != office.code)
    return {e.n for e in given if e.n and e.n > min(round_began)}
