"""The one place where the time is read. All legal days are days in Asia/Shanghai.

The clock can be moved in two ways: tests fix it (`frozen`), and the demonstration keeps an offset in
a small file, so that every process of it sees the same moved clock.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_RUNNING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # goes on while the machine sleeps
_fixed: datetime | None = None
_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def now() -> datetime:
    """The present moment, aware, in Asia/Shanghai, to the second's fraction as the machine gives it."""
    if (held := _held.get()) is not None:
        return held
    if _fixed is not None:
        return _fixed
    moment = datetime.now(UTC)
    if settings.CLOCK_FILE:
        moment += _offset()
    return moment.astimezone(SHANGHAI)


def today() -> date:
    """The legal day: after 16:00 UTC it is already tomorrow here."""
    return now().date()


def legal_day(moment: datetime) -> date:
    """The day in Asia/Shanghai on which a recorded moment fell."""
    return moment.astimezone(SHANGHAI).date()


def aware(stored: datetime) -> datetime:
    """A moment as a column holds it: SQLite keeps no zone, and what it keeps is UTC."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Machine:
    """Three readings of the machine: its clock, how long it has been running, and which start this is. Millionths of a second."""

    wall: int
    running: int
    boot: str


def machine() -> Machine | None:
    """Now; None while the clock of this process is fixed. The moved clock of the demonstration does not show here."""
    if _fixed is not None:
        return None
    return Machine(time.time_ns() // 1000, time.clock_gettime_ns(_RUNNING) // 1000, _boot())


def _boot() -> str:
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as f:
            return f.read().strip()
    except OSError:
        return ""


def set_fixed(moment: datetime | str | None) -> None:
    """Fix the clock of this process (tests, filling the demonstration); None sets it going again."""
    global _fixed
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    _fixed = moment


@contextmanager
def frozen(moment: datetime | str) -> Iterator[None]:
    """`with frozen("2016-06-07T09:00"):` - the clock stands still inside and goes back afterwards."""
    before = _fixed
    set_fixed(moment)
    try:
        yield
    finally:
        set_fixed(before)


@contextmanager
def held(moment: datetime) -> Iterator[None]:
    """An act happens at one moment: what it reads of the time inside, also across midnight, is that moment."""
    token = _held.set(moment.astimezone(SHANGHAI))
    try:
        yield
    finally:
        _held.reset(token)


def _offset() -> timedelta:
    try:
        with open(settings.CLOCK_FILE, encoding="ascii") as f:
            return timedelta(seconds=int(f.read()))
    except (FileNotFoundError, ValueError):
        return timedelta(0)


def move_to(moment: datetime) -> None:
    """Demonstration only: let the moved clock show this moment now and go on from there."""
    if not settings.CLOCK_FILE:
        raise RuntimeError("only the demonstration has a clock that can be moved")
    seconds = math.ceil((moment - datetime.now(UTC)).total_seconds())  # never a moment before
    os.makedirs(os.path.dirname(settings.CLOCK_FILE), exist_ok=True)
    temporary = settings.CLOCK_FILE + ".tmp"
    with open(temporary, "w", encoding="ascii") as f:
        f.write(str(seconds))
    os.replace(temporary, settings.CLOCK_FILE)
