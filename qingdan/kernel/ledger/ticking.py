"""What the passing of time asks of the ledger: deemed effects, and dates that a release of the product has made firm."""

from __future__ import annotations

from collections.abc import Iterable

from qingdan.kernel.calendar.current import in_force

from . import guard, holds
from .acts import LAPSE, acting, lapses, note, open_holds
from .append import append_all
from .models import Event
from .outside import redate_open_cases
from .standing import rewrite_shadows, stand_all

RELEASED = "release_calendar"
AT_ONCE = 200  # cases in one transaction: few enough that nobody who acts meanwhile waits for long
CALENDARS = ("adopt_calendar", RELEASED)


def lapse_cases(keys: Iterable[int]) -> int:
    """Write down what the law did in these cases before today, all in one transaction; returns how many events that were."""
    with acting(LAPSE):
        found, drafts, waiting = [], [], list(open_holds())
        for case, standing in stand_all(keys):
            if new := lapses(case, standing, waiting):
                found.append((case, standing))
                drafts += new
        append_all(sorted(drafts, key=lambda draft: draft.on))  # a case's own stay in their order
        rewrite_shadows(found)
        return len(drafts)


def tick() -> int:
    """All that the passing of time asks, some cases at a time; safe at any moment. Nothing while the clock is in doubt."""
    if not guard.look():
        return 0
    _read_calendar_anew()
    keys = sorted(holds.to_write())
    return sum(lapse_cases(keys[n : n + AT_ONCE]) for n in range(0, len(keys), AT_ONCE))


def _read_calendar_anew() -> None:
    """After a release of the product with newly announced holidays: dates that were 暂定 become firm, the old ones are kept."""
    if _counted_with() in ("", in_force().version):
        return
    with acting(RELEASED):
        if _counted_with() == (version := in_force().version):  # another process was quicker
            return
        note(RELEASED, by=None, facts={"version": version})
        redate_open_cases(in_force(), by=None, office=None)


def _counted_with() -> str:
    """The calendar with which the open cases were last counted: that of the last change, else that of the first event."""
    newest = [Event.objects.filter(act=act).order_by("-seq").first() for act in CALENDARS]  # one act at a time: its index answers in order
    if last := max(filter(None, newest), key=lambda event: event.seq, default=None):
        version: str = last.facts["version"]
        return version
    first = Event.objects.order_by("seq").first()
    return first.told["calendar"] if first else ""
