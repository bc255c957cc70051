"""Who may see a case of 动态调整 (S46): the office all, a unit its own, a lead and the centre what came to them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import roles_of
from qingdan.statute.roles import OFFICE

CODE = "调"


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
    came_to_it = Obligation.objects.filter(office_code=office.code).values("case")
    return cases.filter(Q(office=office) | Q(pk__in=came_to_it))
