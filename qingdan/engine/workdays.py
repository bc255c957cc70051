"""Working days (工作日): which days count, and on which day a number of them has run.

How they are counted (民法典 201、203、1259, by analogy; R1 to R6):

* the day of the event is day 0, the next 工作日 is day 1, the limit runs out at 24:00 of day N;
* a Saturday or Sunday moved by 调休 counts, a weekday off does not;
* an event on a rest day is day 0 all the same.

Past `known_until` the State Council has announced nothing yet. Such a day is 暂定 (provisional): Monday to Friday
count, and `due` gives beside the day an earliest and a latest one, drawn from every year that was announced.

All counting is one formula. `_through(o)` is the number of working days up to ordinal `o`: the days Monday to Friday
(closed form) plus a prefix sum over the arrangements; `_nth(k)` is its inverse. Pure Python, no Django.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

WEEKEND = {5: "周六", 6: "周日"}
WORKDAY = "工作日"
UNANNOUNCED = "尚未公布放假安排，按周一至周五暂计"
UNANNOUNCED_WEEKEND = "{}，尚未公布放假安排，暂不计"
PIECE = 250  # about the working days of a year: the longest stretch projected in one piece, see Calendar.due


@dataclass(frozen=True)
class Due:
    """The last day in time. Where it is provisional, `earliest <= day <= latest`; else all three are the same day."""

    day: date
    earliest: date
    latest: date
    provisional: bool


@dataclass(frozen=True)
class Day:
    """One day on the way to the due day: does it count, why, and the number of the counted day (0: skipped)."""

    day: date
    counts: bool
    why: str
    nth: int


def weekdays_through(ordinal: int) -> int:
    """How many days Monday to Friday lie in 1..ordinal. Ordinal 1 (0001-01-01) is a Monday."""
    weeks, rest = divmod(ordinal, 7)
    return 5 * weeks + min(rest, 5)


def nth_weekday(k: int) -> int:
    """The ordinal of the k-th day Monday to Friday: the inverse of `weekdays_through`."""
    weeks, rest = divmod(k - 1, 5)
    return 7 * weeks + rest + 1


class Calendar:
    """The arrangements of the State Council from `first` to `known_until`, and Monday to Friday after it.

    `off` names the holiday of every day off, `on` the holiday for which a weekend day is worked. Weekend days may
    stand in `off`: they keep the holiday's name in `why`.
    """

    def __init__(self, off: Mapping[date, str], on: Mapping[date, str], first: date, known_until: date, version: str) -> None:
        _check_arrangements(off, on, first, known_until)
        self.first, self.known_until, self.version = first, known_until, version
        self._off = {day.toordinal(): name for day, name in off.items()}
        self._on = {day.toordinal(): name for day, name in on.items()}
        change = {day.toordinal(): -1 for day in off if day.weekday() < 5}
        change |= {day.toordinal(): 1 for day in on if day.weekday() >= 5}
        self._changed = sorted(change)  # the days on which the arrangements differ from Monday to Friday
        self._shift = [0, *accumulate(change[o] for o in self._changed)]
        self._bounds_of: dict[tuple[date, int], tuple[date, date]] = {}
        self._rank = [weekdays_through(o) + self._shift[i + 1] for i, o in enumerate(self._changed)]

    # one day

    def is_workday(self, day: date) -> bool:
        """Does this day count? Past `known_until`: Monday to Friday."""
        return self._counts(self._ordinal(day))

    def why(self, day: date) -> str:
        """Why it counts or not, in the words of the offices."""
        ordinal = self._ordinal(day)
        if ordinal in self._on:
            return f"调休上班（{self._on[ordinal]}）"
        if ordinal in self._off:
            return f"{self._off[ordinal]}放假"
        weekend = WEEKEND.get(day.weekday())
        if day > self.known_until:
            return UNANNOUNCED_WEEKEND.format(weekend) if weekend else UNANNOUNCED
        return weekend or WORKDAY

    def on_or_after(self, day: date) -> date:
        """The day itself if it counts, else the first 工作日 after it (考8: 节假日顺延)."""
        return _date(self._nth(self._through(self._ordinal(day) - 1) + 1))

    def on_or_before(self, day: date) -> date:
        """The day itself if it counts, else the last 工作日 before it (调10(3): the 28th on a rest day)."""
        ordinal = self._nth(self._through(self._ordinal(day)))
        if ordinal < self.first.toordinal():
            raise ValueError(self._too_early(day))
        return _date(ordinal)

    # limits

    def add(self, start: date, n: int) -> date:
        """The n-th 工作日 after `start`, which is itself day 0 (R1, R3); `add(start, 0)` is `start`."""
        ordinal = self._ordinal(start)
        if n < 0:
            raise ValueError(f"不能计算 {n} 个工作日：期限只能往后计算。请填写不小于 0 的工作日数。")
        return _date(self._nth(self._through(ordinal) + n)) if n else start

    def count(self, a: date, b: date) -> int:
        """The number of 工作日 in (a, b]; negative where b lies before a."""
        return self._through(self._ordinal(b)) - self._through(self._ordinal(a))

    def days(self, start: date, n: int) -> list[Day]:
        """Every day from the one after `start` to the due day, with its reason: the text of "why this date?".

        The dates come from `add`, the reasons from `why`; the number counted in the list is `n` and its last day is due.
        """
        told, nth = [], 0
        for ordinal in range(start.toordinal() + 1, self.add(start, n).toordinal() + 1):
            day, counts = date.fromordinal(ordinal), self._counts(ordinal)
            nth += counts
            told.append(Day(day, counts, self.why(day), nth if counts else 0))
        return told

    def due(self, start: date, n: int) -> Due:
        """The due day, and where it is 暂定 the earliest and the latest day that experience allows (R6).

        *Choice.* Up to `known_until` the count is certain. What remains of it then is counted out, from the same month
        and day, in every year for which the whole stretch was announced; the shortest and the longest that it took
        give the earliest and the latest day (29 February is taken as the 28th in every year). Stretches longer
        than 250 working days are taken in pieces, so that each piece rests on every announced year. The bounds
        always enclose the nominal day (Monday to Friday). They are experience, not law: no duty lapses on a provisional date.
        """
        day = self.add(start, n)
        if n == 0 or day <= self.known_until:
            return Due(day, day, day, False)
        base = max(start, self.known_until)
        remaining = n - self.count(start, base)
        if (base, remaining) not in self._bounds_of:  # most provisional dates share few of them
            self._bounds_of[base, remaining] = self._bounds(base, remaining)
        earliest, latest = self._bounds_of[base, remaining]
        return Due(day, min(earliest, day), max(latest, day), True)

    def _bounds(self, base: date, remaining: int) -> tuple[date, date]:
        """The earliest and the latest day on which `remaining` 工作日 after `base` may have run."""
        earliest = latest = base
        while remaining:
            piece = min(remaining, PIECE)
            earliest = _later(earliest, min(self._took(earliest, piece)))
            latest = _later(latest, max(self._took(latest, piece)))
            remaining -= piece
        return earliest, latest

    def _took(self, base: date, n: int) -> list[int]:
        """How many days n 工作日 took from this month and day, in every year in which all of them were announced."""
        took = []
        for year in range(self.first.year, self.known_until.year + 1):
            start = _in_year(base, year)
            if start >= self.first and (end := self.add(start, n)) <= self.known_until:
                took.append((end - start).days)
        return took or [(self.add(base, n) - base).days]

    # counting by ordinals

    def changed(self) -> tuple[int, ...]:
        """The ordinals of the days on which the arrangements differ from Monday to Friday."""
        return tuple(self._changed)

    def _counts(self, ordinal: int) -> bool:
        return self._through(ordinal) > self._through(ordinal - 1)

    def _through(self, ordinal: int) -> int:
        """The number of working days in 1..ordinal."""
        return weekdays_through(ordinal) + self._shift[bisect_right(self._changed, ordinal)]

    def _nth(self, k: int) -> int:
        """The ordinal of the k-th working day: the inverse of `_through`."""
        i = bisect_left(self._rank, k)
        ordinal = nth_weekday(k - self._shift[i])
        return min(ordinal, self._changed[i]) if i < len(self._changed) else ordinal

    def _ordinal(self, day: date) -> int:
        if isinstance(day, datetime):
            raise TypeError("a calendar counts local days: pass a date, not a datetime")
        if day < self.first:
            raise ValueError(self._too_early(day))
        return day.toordinal()

    def _too_early(self, day: date) -> str:
        first = self.first.isoformat()
        return f"不能从 {day.isoformat()} 计算工作日：放假安排自 {first} 起收录。请填写 {first} 以后的日期，或先补录该年的放假安排。"


def _check_arrangements(off: Mapping[date, str], on: Mapping[date, str], first: date, known_until: date) -> None:
    """No day both off and worked, none outside the announced years."""
    for day in sorted({*off, *on}):
        if day in off and day in on:
            raise ValueError(f"放假安排有误：{day.isoformat()} 既是放假日又是调休上班日。请按国务院办公厅通知核对后只留一种。")
        if not first <= day <= known_until:
            raise ValueError(f"放假安排有误：{day.isoformat()} 不在 {first.isoformat()} 至 {known_until.isoformat()} 之内。请核对日期或年度。")


def _date(ordinal: int) -> date:
    if ordinal > date.max.toordinal():
        raise ValueError(f"不能计算到期日：所得日期超出日历的最后一天（{date.max.isoformat()}）。请核对起算日和工作日数。")
    return date.fromordinal(ordinal)


def _later(day: date, days: int) -> date:
    """A bound may stop at the end of the calendar; the nominal day has been checked by `add`."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _in_year(day: date, year: int) -> date:
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
