"""Which calendar is in force, and which one an event was written under.

In force: the newest release entered in the product, and after its last year the years that ship with the product; where
none was entered, what ships. Every event names its calendar by a hash, so that a case is replayed with the dates that held then.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from qingdan.engine.refusals import Refused
from qingdan.engine.workdays import Calendar
from qingdan.kernel import sql

from . import Arrangement, arrangements, calendar_of, shipped
from .models import CalendarRelease
from .spelling import rows_of

_looked_up: ContextVar[list[Calendar] | None] = ContextVar("calendar", default=None)


def in_force() -> Calendar:
    """The calendar by which days are counted now; one query, and none where it was looked up already (`holding`)."""
    known = _looked_up.get()
    if known is None:
        return _newest()
    if not known:
        known.append(_newest())
    return known[0]


def _newest() -> Calendar:
    newest = sql.row("SELECT version FROM calendar_calendarrelease ORDER BY id DESC LIMIT 1")
    return named(newest[0], extended=True) if newest else shipped()


@contextmanager
def holding(calendar: Calendar | None = None) -> Iterator[None]:
    """Inside a request or an act the calendar is looked up once at most; the act that adopts a new one goes on with it."""
    token = _looked_up.set([calendar] if calendar else [])
    try:
        yield
    finally:
        _looked_up.reset(token)


def days_in_force() -> tuple[Arrangement, ...]:
    """All arrangements of the calendar in force."""
    newest = CalendarRelease.objects.order_by("-pk").values_list("days", flat=True).first()
    return _and_shipped(rows_of(newest)) if newest else arrangements()


@lru_cache(maxsize=64)
def named(version: str, extended: bool = False) -> Calendar:
    """The calendar with this hash; `extended`: with the years that the product ships beyond it."""
    if version == shipped().version:
        return shipped()
    for rows in _every_basis():
        if extended:
            if (found := calendar_of(rows)).version == version:
                return calendar_of(_and_shipped(rows))
            continue
        first = max((r.year for r in rows), default=arrangements()[0].year)
        for last in range(first, max(first, arrangements()[-1].year) + 1):
            found = calendar_of(_and_shipped(rows, last))
            if found.version == version:
                return found
    raise Refused("不能按原来的日历重放", f"找不到放假安排版本 {version}", "请从备份恢复日历数据后再试")


def _every_basis() -> Iterator[tuple[Arrangement, ...]]:
    """What was ever entered, newest first; at last nothing, for the shipped years alone."""
    for days in CalendarRelease.objects.order_by("-pk").values_list("days", flat=True):
        yield rows_of(days)
    yield ()


def _and_shipped(rows: tuple[Arrangement, ...], last: int | None = None) -> tuple[Arrangement, ...]:
    """With the shipped arrangements of the later years up to `last`."""
    newest = max((r.year for r in rows), default=0)
    more = tuple(r for r in arrangements() if newest < r.year and (last is None or r.year <= last))
    return tuple(sorted((*rows, *more), key=lambda row: row.day))
