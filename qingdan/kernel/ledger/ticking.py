"""What the passing of time asks of the ledger, case by case: deemed effects, and dates that a release of the product has made firm."""

from __future__ import annotations

from qingdan.kernel.calendar.current import in_force

from . import guard, holds
from .acts import LAPSE, acting, note, write_lapses
from .models import Case, Event
from .outside import redate_open_cases
from .standing import rewrite_shadow, standing_of

RELEASED = "release_calendar"
CALENDARS = ("adopt_calendar", RELEASED)


def lapse_case(case: Case) -> int:
    """Write down what the law did in this case before today; returns how many events that were."""
    with acting(LAPSE):
        standing = standing_of(case)
        lapsed = write_lapses(case, standing)
        if lapsed:
            rewrite_shadow(case, standing)
        return lapsed


def tick() -> int:
    """All that the passing of time asks, each case in a transaction of its own; safe at any moment. Nothing while the clock is in doubt."""
    if not guard.look():
        return 0
    _read_calendar_anew()
    cases = Case.objects.filter(pk__in=holds.to_write()).order_by("pk")
    return sum(lapse_case(case) for case in cases)


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
    last = Event.objects.filter(act__in=CALENDARS).order_by("-seq").first()
    if last is not None:
        version: str = last.facts["version"]
        return version
    first = Event.objects.order_by("seq").first()
    return first.told["calendar"] if first else ""
