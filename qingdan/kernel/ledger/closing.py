"""The day's end: one root over the day's events, written into the ledger itself on the first sweep after midnight."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from qingdan.kernel import clock
from qingdan.kernel.files.store import sweep as sweep_files

from . import guard, merkle
from .acts import note
from .append import writing
from .models import Event
from .periods import open_periods
from .ticking import tick

ACT = "close_day"


def close_days() -> int:
    """Close every past day that has events beyond earlier closings; safe to repeat (one key a day). Returns how many."""
    closed = 0
    for day in _days_to_close():
        with writing():  # an act that began before midnight has been written, or will bear today's date
            note(ACT, by=None, facts=facts_of(day, settings.LEDGER_HASH), key=f"day:{day.isoformat()}")
        closed += 1
    return closed


def facts_of(day: date, alg: str) -> dict[str, Any]:
    """What the closing says of a day: how many events, the root over them, the last of them and the head after it."""
    last = merkle.events_of(day).last()
    return _facts(day, alg, merkle.leaves_of(day), (last.seq, last.head) if last else (0, ""))


def _facts(day: date, alg: str, leaves: list[str], tip: tuple[int, str]) -> dict[str, Any]:
    return {"day": day.isoformat(), "count": len(leaves), "alg": alg, "root": merkle.root(alg, leaves), "seq": tip[0], "head": tip[1]}


class Days:
    """The days as the events that lie in the ledger make them, held against what the closings told (`verify`)."""

    def __init__(self) -> None:
        self._leaves: dict[date, list[str]] = {}
        self._tips: dict[date, tuple[int, str]] = {}
        self._told: list[tuple[int, dict[str, Any]]] = []

    def take(self, event: Mapping[str, Any], told: dict[str, Any], leaf: str) -> None:
        """One more event, by its columns, its text read and its own hash."""
        day = clock.legal_day(datetime.fromisoformat(told["at"]))
        self._leaves.setdefault(day, []).append(leaf)
        self._tips[day] = event["seq"], event["head"]
        if told["act"] == ACT:
            self._told.append((event["seq"], told["facts"]))

    def faults(self) -> Iterator[tuple[str, str]]:
        """(number of the closing event, what) for each closing that does not tell what lies there."""
        for seq, told in self._told:
            day = date.fromisoformat(told["day"])
            found = _facts(day, told["alg"], self._leaves.get(day, []), self._tips.get(day, (0, "")))
            if any(found.get(name) != value for name, value in told.items()):
                yield str(seq), f"{day} 的日摘要与当日事件不一致"


def _days_to_close() -> list[date]:
    """Days before today, later than the last one closed, on which something other than a closing was recorded."""
    last = Event.objects.filter(act=ACT).order_by("-seq").first()
    events = Event.objects.exclude(act=ACT)
    if last is not None:
        events = events.filter(seq__gt=last.facts["seq"])  # recorded times never decrease: these are the later days
    days = {clock.legal_day(at) for at in events.values_list("recorded_at", flat=True)}
    return sorted(d for d in days if d < clock.today())


ON_SWEEP: list[Callable[[], object]] = [sweep_files]
"""What rooms above the ledger ask of the passing of time (reminders, repeals that take effect); put in by their `apps.ready`.

Each is safe to repeat and owns its transactions; they run after the law's own effects and before the days are closed.
"""


def sweep() -> int:
    """What the passing of time asks of the ledger: deemed effects (第八条), periods begun (第十条（三）), the roots of past days.

    Nothing at all while the clock is in doubt (T20): neither is written what has not come, nor swept away what is not old.
    """
    if not guard.look():
        return 0
    written = tick()
    open_periods()
    for ask in ON_SWEEP:
        ask()
    close_days()
    return written
