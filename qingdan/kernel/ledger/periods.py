"""The calendar as an actor: when a period begins, each holder of a role gets a case of its own, and ordinary duties follow.

Which periods, and for whom, say the rows (`opens(..., each=ROLE)`). The legal day of such an event is the day on which
the period began, whenever the sweep notices: after months of silence the same cases are there, and a duty that had
passed before anybody could know of it is born late, to nobody's account (S51).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Model

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import holders
from qingdan.kernel.rows import recording
from qingdan.statute.labels import label
from qingdan.statute.laws import EDITIONS, law_on
from qingdan.statute.terms import Law, Opens

from .acts import acting, new_case
from .append import Draft, append
from .models import Case, Event
from .standing import rewrite_shadow, standing_of

LONGEST_KEY = 64


def _months(first: date, last: date) -> Iterator[date]:
    """The first days of months from `first` to `last`, both included."""
    day = first if first.day == 1 else _next_month(first)
    while day <= last:
        yield day
        day = _next_month(day)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


BEGINS: dict[str, Callable[[date, date], Iterator[date]]] = {"month_began": _months}
"""For each act of the calendar the days on which its period begins."""


def open_periods() -> int:
    """Open the cases of every period that has begun and has none; safe at any moment and to repeat. Returns how many."""
    began = Event.objects.order_by("seq").values_list("recorded_at", flat=True).first()
    if began is None:
        return 0
    return sum(_open(code, act, clock.legal_day(began)) for code in EDITIONS for act in _acts_of(code))


def _acts_of(code: str) -> list[str]:
    """The acts of the calendar that open cases for each holder of a role, in any edition of this measure."""
    rows = (row for law in EDITIONS[code] for row in law.rows if isinstance(row, Opens) and row.each)
    return list(dict.fromkeys(act for row in rows for act in row.acts if act in BEGINS))


def _open(code: str, act: str, ledger_began: date) -> int:
    newest = Event.objects.filter(act=act, key__startswith=f"period:{code}:").order_by("-on").values_list("on", flat=True).first()
    first = newest or max(ledger_began, EDITIONS[code][0].in_force)
    wanted = [
        (key_of(code, act, day, office), law, row, day, office)
        for day in BEGINS[act](first, clock.today())
        for law, row in _row_on(code, act, day)
        for office in holders(code, row.each, day)
    ]
    there = set(Event.objects.filter(key__in=[w[0] for w in wanted]).values_list("key", flat=True)) if wanted else set()
    return sum(_open_one(law, act, row, day, office, key) for key, law, row, day, office in wanted if key not in there)


def _row_on(code: str, act: str, day: date) -> list[tuple[Law, Opens]]:
    """The row that opens this act in the edition in force on this day, if it still does."""
    law = law_on(code, day)
    return [(law, row) for row in law.rows if isinstance(row, Opens) and row.each and act in row.acts]


def key_of(code: str, act: str, day: date, office: Office) -> str:
    """period:调:month_began:2016-10-01:zwb; a code too long for the column is represented by its hash."""
    prefix = f"period:{code}:{act}:{day.isoformat()}:"
    fits = len(prefix) + len(office.code) <= LONGEST_KEY
    return prefix + (office.code if fits else hashlib.sha256(office.code.encode()).hexdigest()[:16])


def _open_one(law: Law, act: str, row: Opens, day: date, office: Office, key: str) -> int:
    """One period of one office."""
    return begin(law, act, day, key, office=office, title=_title(law, act, day), gives={row.each: [office.code]}, facts={"period": day})


def begin(
    law: Law, act: str, day: date, key: str, *, office: Office, title: str, gives: dict[str, list[str]], facts: dict[str, Any],
    subject: str = "", rows: Callable[[Case], Sequence[Model]] = lambda case: (),
) -> int:  # fmt: skip
    """The calendar opens one case with its legal day, in one transaction, once a key; its shadow comes from a replay, as verify will do it."""
    with acting(act):
        if Event.objects.filter(key=key).exists():  # another process was quicker
            return 0
        with recording() as written:
            case = new_case(law.code, law.in_force, office, title, subject, None, day)
            for row in rows(case):
                row.save()
        append(Draft(act, day, case=case, n=1, facts=facts, gives=gives, key=key), written)
        rewrite_shadow(case, standing_of(case))
        return 1


def _title(law: Law, act: str, day: date) -> str:
    owed = "、".join(label(a) for duty in law.duties if act in duty.after for a in duty.acts)
    return f"{day.year}年{day.month}月：{owed or label(act)}"
