"""The strip of days: one cell a calendar day from day 0 on, drawn by the function that computes the date.

Pure: takes a calendar of the engine and dates, knows no clock and no request. What counts, and why, comes
from `Calendar.days`, the same walk that finds the due day; nothing is decided here a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from qingdan.engine.workdays import Day

from .dates import day_text

CAP = 45  # cells; a longer strip leaves out the middle
DAY_0 = "起算日，当日不计"
WEEKEND = ("周六", "周日")  # how the calendar's reason for a plain weekend day begins


@dataclass(frozen=True)
class Cell:
    """One calendar day."""

    day: date
    kind: str  # work | makeup | weekend | holiday
    counts: bool  # a working day after day 0, up to the due day
    nth: int | None
    why: str
    start: bool = False
    due: bool = False
    today: bool = False
    closed: bool = False
    over: bool = False  # after the due day
    provisional: bool = False


@dataclass(frozen=True)
class Gap:
    """Days left out of a long strip."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Strip:
    """The days of one limit. `closed` is the day on which the duty ended, if it did."""

    calendar: Any  # engine.workdays.Calendar
    start: date
    due: date
    today: date
    closed: date | None = None

    @property
    def workdays(self) -> int:
        """Working days in (start, due]."""
        return self.calendar.count(self.start, self.due) if self.due > self.start else 0

    @property
    def end(self) -> date:
        """The last day drawn: the due day, or the day on which it was done, or today while it is open."""
        return max(self.due, self.closed or self.today)

    @property
    def provisional(self) -> bool:
        return self.due > self.calendar.known_until

    @property
    def bounds(self) -> tuple[date, date] | None:
        """Earliest and latest due day while the arrangement of a year is not yet announced."""
        if not self.provisional:
            return None
        due = self.calendar.due(self.start, self.workdays)
        return (due.earliest, due.latest) if due.day == self.due else None

    def walk(self) -> list[Any]:
        """Every day after day 0 up to the due day, as the engine counted it."""
        return self.calendar.days(self.start, self.workdays) if self.workdays else []

    def cells(self) -> list[Cell | Gap]:
        """What is drawn, at most CAP cells; days left out stand as one Gap."""
        walked = {d.day: d for d in self.walk()}
        length = (self.end - self.start).days + 1
        anchors = [(d - self.start).days for d in (self.start, self.due, self.closed or self.today)]
        drawn: list[Cell | Gap] = []
        for first, last in _runs(_kept(length, anchors)):
            if drawn:
                before = drawn[-1].day if isinstance(drawn[-1], Cell) else drawn[-1].last
                drawn.append(Gap(before + timedelta(days=1), self.start + timedelta(days=first - 1)))
            drawn += [self._cell(self.start + timedelta(days=i), walked) for i in range(first, last + 1)]
        return drawn

    def _cell(self, day: date, walked: dict[date, Any]) -> Cell:
        known = walked.get(day)
        working = known.counts if known else self.calendar.is_workday(day)
        why = known.why if known else self.calendar.why(day)
        return Cell(
            day=day,
            kind=_kind(day, working, why),
            counts=bool(known and known.counts),
            nth=known.nth if known and known.counts else None,
            why=why,
            start=day == self.start,
            due=day == self.due,
            today=day == self.today and self.closed is None,
            closed=day == self.closed,
            over=day > self.due,
            provisional=day > self.calendar.known_until,
        )

    def reasons(self) -> list[tuple[str, bool, str]]:
        """Day by day: (6月10日（周五）, counts, 端午节放假，不计)."""
        told = [(day_text(self.start, self.today), False, DAY_0)]
        return told + [(day_text(d.day, self.today), d.counts, said_of(d)) for d in self.walk()]

    def summary(self) -> str:
        """The whole strip as one sentence, for who cannot see it."""
        said = f"{day_text(self.start, self.today)}起，{self.workdays} 个工作日，至 {day_text(self.due, self.today)}"
        if self.provisional:
            said += "（暂定）"
        if self.closed:
            return f"{said}；办结于 {day_text(self.closed, self.today)}"
        return f"{said}；今天 {day_text(self.today, self.today)}"


def said_of(d: Day) -> str:
    """Why this day counts or not, and the how many-th it is: 工作日，第 3 个工作日; 端午节放假，不计."""
    why = "周末" if d.why in WEEKEND else d.why
    return why + (f"，第 {d.nth} 个工作日" if d.counts else "" if why.endswith("不计") else "，不计")


def _kind(day: date, working: bool, why: str) -> str:
    if working:
        return "work" if day.weekday() < 5 else "makeup"
    return "weekend" if why.startswith(WEEKEND) else "holiday"


def _kept(length: int, anchors: Iterable[int]) -> list[int]:
    """Which offsets of a strip are drawn: all, or as much as fits around day 0, the due day and today."""
    if length <= CAP:
        return list(range(length))
    inside = [a for a in anchors if 0 <= a < length]
    kept: set[int] = set()
    for radius in range(length):
        wider = {i for a in inside for i in range(a - radius, a + radius + 1) if 0 <= i < length}
        if len(wider) > CAP:
            break
        kept = wider
    return sorted(kept)


def _runs(offsets: list[int]) -> list[tuple[int, int]]:
    """[0, 1, 2, 7, 8] -> [(0, 2), (7, 8)]."""
    runs: list[tuple[int, int]] = []
    for i in offsets:
        if runs and i == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs
