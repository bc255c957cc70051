"""Acts that come over a case from outside its own rows, written into it one event a case: see `engine.outside`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from qingdan.engine import duties
from qingdan.engine.outside import ANNUL, REDATE, SUCCEED
from qingdan.engine.workdays import Calendar
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import recording

from .acts import acting, repeated
from .append import Draft, append
from .models import Case, Event, Obligation
from .standing import rewrite_shadow, standing_of


@dataclass(frozen=True)
class Moved:
    """One open duty whose day changes with the calendar."""

    case: Case
    row: str
    article: str
    office: str
    old: date
    new: date


def moved_by(calendar: Calendar) -> list[Moved]:
    """What would move, case by case; nothing is written."""
    found = []
    for case in _dated():
        before, after = _counted_anew(case, calendar)
        found += _moved(case, before, after)
    return found


def redate_open_cases(calendar: Calendar, *, by: Person | None, office: Office | None) -> int:
    """One event in each case in which a date changes (also from 暂定 to firm). Inside the act that changes the calendar."""
    count = 0
    for case in _dated():
        before, after = _counted_anew(case, calendar)
        if not any(_differs(b, a) for b, a in zip(before.owed, after.owed, strict=True)):
            continue
        moved = _moved(case, before, after)
        told = [{"row": m.row, "office": m.office, "old": m.old, "new": m.new} for m in moved]
        _append(REDATE, case, after, by, office, {"moved": told, "calendar": calendar.version})
        count += len(moved)
    return count


def succeed_case(case: Case, old: Office, new: Office, *, by: Person | None, office: Office, rows: list[Any]) -> Event:
    """S10: what the old office owes in this case its successor owes from today on, with the same due days. Inside an act."""
    standing = standing_of(case)
    duties.step(standing, duties.Event(SUCCEED, clock.today(), office.code, heir=(old.code, new.code)))
    return _append(SUCCEED, case, standing, by, office, {"from": old.code, "to": new.code}, rows)


def annul_lapse(case: Case, target: int, *, by: Person, office: Office, facts: dict[str, Any], rows: list[Any], key: str | None = None) -> Event:
    """The condition of 第八条 never existed: event number `target` of this case and what rests on it are set aside."""
    with acting(ANNUL):
        if (before := repeated(key, ANNUL, case)) is not None:
            return before
        standing = standing_of(case)
        duties.step(standing, duties.Event(ANNUL, clock.today(), office.code, target=target))
        return _append(ANNUL, case, standing, by, office, facts | {"target": target}, rows, key)


def _append(
    act: str, case: Case, standing: duties.Standing, by: Person | None, office: Office | None, facts: dict[str, Any],
    rows: list[Any] | None = None, key: str | None = None,
) -> Event:  # fmt: skip
    draft = Draft(act, clock.today(), office.code if office else "", by, case=case, n=standing.length, facts=facts, key=key)
    with recording() as written:
        for row in rows or []:
            row.save()
    event = append(draft, written)
    rewrite_shadow(case, standing)
    return event


def _dated() -> list[Case]:
    open_ones = Obligation.objects.filter(how="", due__isnull=False).values("case")
    return list(Case.objects.filter(pk__in=open_ones).prefetch_related("events").order_by("pk"))


def _counted_anew(case: Case, calendar: Calendar) -> tuple[duties.Standing, duties.Standing]:
    before = standing_of(case, case.events.all(), {})
    after = before.copy()
    duties.step(after, duties.Event(REDATE, clock.today(), "", calendar=calendar))
    return before, after


def _differs(before: duties.Owed, after: duties.Owed) -> bool:
    return (before.due, before.earliest, before.latest) != (after.due, after.earliest, after.latest)


def _moved(case: Case, before: duties.Standing, after: duties.Standing) -> list[Moved]:
    pairs = zip(before.owed, after.owed, strict=True)
    return [
        Moved(case, a.row.id, a.row.article, a.office, b.due, a.due) for b, a in pairs if b.due and a.due and b.due != a.due
    ]  # fmt: skip
