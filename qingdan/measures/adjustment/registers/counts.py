"""第十条（三）, O3: per unit how many duties were done in time, late, deemed, and how many applications went back.

Only limits of the regulation or of an order count; what was born late (S51), is 暂定, waits for others or was released
counts against nobody. A duty counts on the day on which its outcome was certain: done in time on the day it was done,
late on the day after the due day, deemed on the due day.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from qingdan.kernel.ledger.models import Event, Obligation
from qingdan.kernel.offices.queries import names
from qingdan.statute.terms import Source

CODE = "调"
LAW = (Source.REGULATION.name, Source.ORDER.name)
ONE = timedelta(days=1)


@dataclass(frozen=True)
class UnitCount:
    """One unit in a period."""

    code: str
    name: str
    on_time: int
    late: int
    deemed: int
    returned: int

    @property
    def duties(self) -> int:
        return self.on_time + self.late + self.deemed


def attributable() -> Q:
    """Duties whose limit is of the regulation or of an order, and which can be to somebody's account."""
    return Q(source__in=LAW, born_late=False, provisional=False, due__isnull=False) & ~Q(how="released")


def late(today: date) -> Q:
    """Past due, whether still open or done late; the same as `Obligation.late_on`, for limits in law."""
    return attributable() & (Q(closed_on__gt=F("due")) | Q(how="", held=False, due__lt=today))


def became_late(begin: date, end: date, today: date) -> Q:
    """Late, and the first late day lies in the period."""
    return late(today) & Q(due__gte=_day_before(begin), due__lte=_day_before(end))


def _day_before(day: date) -> date:
    """There is none before the first of all days, which somebody may type."""
    return max(day, date.min + ONE) - ONE


def counts(begin: date, end: date, today: date, office_code: str = "") -> list[UnitCount]:
    """One row a unit that had any of it in the period; four queries plus the names."""
    of = Obligation.objects.filter(case__law=CODE)
    returned = Event.objects.filter(act="return_once", case__law=CODE, on__range=(begin, end))
    if office_code:
        of, returned = of.filter(office_code=office_code), returned.filter(case__office__code=office_code)
    done = of.filter(attributable(), how="done", closed_on__range=(begin, end), closed_on__lte=F("due"))
    deemed = of.filter(attributable(), how="deemed", closed_on__range=(begin, end))
    columns = [
        _tally(done.values_list("office_code", flat=True)),
        _tally(of.filter(became_late(begin, end, today)).values_list("office_code", flat=True)),
        _tally(deemed.values_list("office_code", flat=True)),
        _tally(returned.values_list("case__office__code", flat=True)),
    ]
    name = names()
    codes = sorted(set().union(*columns))
    return [UnitCount(code, name.get(code, code), *(c[code] for c in columns)) for code in codes]


def _tally(codes: object) -> Counter[str]:
    return Counter(codes)  # type: ignore[call-overload]
