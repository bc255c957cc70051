"""Where a case stands: events, the duties that they raised, and who holds which role in it. Facts only, no rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from qingdan.statute.terms import AsOrdered, Law, Limit, MonthDay, Must, Workdays

from .workdays import Calendar


@dataclass(frozen=True)
class Event:
    """One act. `on` is its legal day; `noted` the day on which it was written down (later after an outage).

    gives: role -> offices that now hold it · joins: role -> offices added, who alone get new duties ·
    dates: dated facts (cause_day) · ordered: the day that the paper itself sets · by_law: added by the law ·
    calendar: the one in force when it was written down (None: the one before it) · heir: (office, its successor) ·
    target: number of the lapse that never came about.
    """

    act: str
    on: date
    office: str
    gives: dict[str, tuple[str, ...]] = field(default_factory=dict)
    joins: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    ordered: date | None = None
    noted: date | None = None
    by_law: bool = False
    calendar: Calendar | None = None
    heir: tuple[str, str] | None = None
    target: int | None = None


@dataclass(frozen=True)
class Owed:
    """One duty of one office: since when, until when, and how it ended (done, deemed, released).

    basis: the limit and the day from which `due` was counted, None where a paper names the day itself ·
    dated_by: version of the calendar it was counted with · moved_from: the day it had before a calendar moved it.
    """

    row: Must
    office: str
    since: date
    due: date | None
    opened: int
    earliest: date | None = None
    latest: date | None = None
    ordered: date | None = None
    extended: date | None = None
    asked_on: date | None = None
    born_late: bool = False
    closed: int | None = None
    how: str = ""
    closed_on: date | None = None
    basis: tuple[Limit, date] | None = None
    dated_by: str = ""
    moved_from: date | None = None

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def provisional(self) -> bool:
        """The date reaches past the last announced year: nothing lapses on it, nobody is late."""
        return self.earliest is not None

    def ripe(self, today: date) -> bool:
        """Answered by the law before today (调8), whether that has been written down or not."""
        return bool(self.is_open and self.row.otherwise and self.due and self.due < today and not self.provisional)

    def late(self, today: date) -> bool:
        """Past due, whether still open or done late; never on a provisional date or when born late (S51)."""
        if self.due is None or self.provisional or self.born_late or self.how in ("released",):
            return False
        return (self.closed_on or today) > self.due


@dataclass
class Standing:
    """Where a case stands after its events."""

    law: Law
    calendar: Calendar
    parties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    owed: list[Owed] = field(default_factory=list)
    flags: list[tuple[str, int]] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)
    length: int = 0
    last: date | None = None
    past: list[Event] = field(default_factory=list)

    @property
    def open(self) -> list[Owed]:
        return [o for o in self.owed if o.closed is None]

    def is_open(self, ids: Iterable[str]) -> bool:
        wanted = set(ids)
        return any(o.row.id in wanted for o in self.open)

    def is_held(self, owed: Owed) -> bool:
        """A duty that waits for others cannot be late yet (本部门更新 waits for 公布)."""
        return bool(owed.row.not_while) and self.is_open(owed.row.not_while)

    def must_wait(self, owed: Owed) -> bool:
        """Something has to be done before this act: by others, or steps of one's own, which excuse no delay."""
        return self.is_held(owed) or self.is_open(owed.row.needs)

    def name(self, office: str) -> str:
        return self.names.get(office, office)

    def copy(self) -> Standing:
        return replace(self, parties=dict(self.parties), owed=list(self.owed), flags=list(self.flags), past=list(self.past))

    def dated(self, limit: Limit, since: date, ordered: date | None = None) -> dict[str, Any]:
        """The fields of a duty that say until when it is owed, and from what that was counted."""
        if isinstance(limit, AsOrdered) and limit.default and ordered is None:
            limit = limit.default
        due = limit.due(since, self.calendar, ordered)
        earliest, latest = self.bounds(limit, since, due)
        named = due is None or due == ordered  # no day, or one that the paper itself names
        basis = None if named else (limit, since)
        return {"due": due, "earliest": earliest, "latest": latest, "basis": basis, "dated_by": self.calendar.version}

    def bounds(self, limit: Limit, since: date, due: date | None) -> tuple[date | None, date | None]:
        """Earliest and latest day where the date is 暂定; (None, None) where it is firm, as a day that a paper names is."""
        if due is None or due <= self.calendar.known_until:
            return None, None
        if isinstance(limit, Workdays):
            d = self.calendar.due(since, limit.n)
            return d.earliest, d.latest
        return (due, due) if isinstance(limit, MonthDay) else (None, None)
