"""The day's end: one root over the day's events, written into the ledger itself on the first sweep after midnight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.conf import settings

from qingdan.kernel import clock
from qingdan.kernel.files.store import sweep as sweep_files

from . import merkle
from .acts import note
from .models import Event
from .periods import open_periods
from .ticking import tick

ACT = "close_day"


def close_days() -> int:
    """Close every past day that has events beyond earlier closings; safe to repeat (one key a day). Returns how many."""
    closed = 0
    for day in _days_to_close():
        leaves, alg = merkle.leaves_of(day), settings.LEDGER_HASH
        facts = {"day": day, "count": len(leaves), "alg": alg, "root": merkle.root(alg, leaves)}
        note(ACT, by=None, facts=facts, key=f"day:{day.isoformat()}")
        closed += 1
    return closed


def _days_to_close() -> list[date]:
    """Days before today, later than the last one closed, on which something other than a closing was recorded."""
    last = Event.objects.filter(act=ACT).order_by("-seq").first()
    events = Event.objects.exclude(act=ACT)
    if last is not None:
        events = events.filter(recorded_at__gte=_next_midnight(date.fromisoformat(last.facts["day"])))
    days = {clock.legal_day(at) for at in events.values_list("recorded_at", flat=True)}
    return sorted(d for d in days if d < clock.today())


def _next_midnight(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), clock.SHANGHAI)


ON_SWEEP: list[Callable[[], object]] = [sweep_files]
"""What rooms above the ledger ask of the passing of time (reminders, repeals that take effect); put in by their `apps.ready`.

Each is safe to repeat and owns its transactions; they run after the law's own effects and before the days are closed.
"""


def sweep() -> int:
    """What the passing of time asks of the ledger: deemed effects (第八条), periods begun (第十条（三）), the roots of past days."""
    written = tick()
    open_periods()
    for ask in ON_SWEEP:
        ask()
    close_days()
    return written
