"""Limits: within how long something is owed. Each knows its due day, given a start and a calendar.

The calendar is anything with `add`, `on_or_after`, `on_or_before`, `is_workday`, `due` (see
`qingdan.engine.workdays.Calendar`); the statute itself computes nothing else.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

Days = Any  # qingdan.engine.workdays.Calendar; named so that the statute imports nothing


class Limit(Protocol):
    """`due(start, calendar, ordered)`: the last day in time, or None where the text sets none."""

    def due(self, start: date, calendar: Days, ordered: date | None) -> date | None: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Workdays:
    """N 个工作日: the start is day 0, the next working day is day 1, due at 24:00 of day N (rules R1)."""

    n: int

    def due(self, start: date, calendar: Days, ordered: date | None) -> date:
        return calendar.add(start, self.n)

    @property
    def text(self) -> str:
        return f"{self.n} 个工作日"


@dataclass(frozen=True)
class SameDay:
    """当日: owed on the very day it arises."""

    def due(self, start: date, calendar: Days, ordered: date | None) -> date:
        return start

    @property
    def text(self) -> str:
        return "当日"


@dataclass(frozen=True)
class MonthDay:
    """每月 N 日前: on a rest day the last working day before it (调10(3), D14)."""

    day: int

    def due(self, start: date, calendar: Days, ordered: date | None) -> date:
        last = monthrange(start.year, start.month)[1]
        return calendar.on_or_before(start.replace(day=min(self.day, last)))

    @property
    def text(self) -> str:
        return f"每月 {self.day} 日前"


@dataclass(frozen=True)
class AsOrdered:
    """限期: the paper that orders it carries its own day; `default` holds where it names none."""

    default: Workdays | None = None

    def due(self, start: date, calendar: Days, ordered: date | None) -> date | None:
        if ordered is not None:
            return ordered
        return self.default.due(start, calendar, None) if self.default else None

    @property
    def text(self) -> str:
        return "所定期限"


@dataclass(frozen=True)
class Promptly:
    """及时, or no limit in the text: owed, never late."""

    def due(self, start: date, calendar: Days, ordered: date | None) -> None:
        return None

    @property
    def text(self) -> str:
        return "未定期限"
