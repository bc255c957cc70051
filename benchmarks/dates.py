"""Due dates: a million at once against numpy's own working days, one against the library `holidays`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import holidays
import numpy as np

from qingdan.engine.batches import due_days
from qingdan.kernel.calendar import shipped

from .measuring import Line, seconds, times_as_fast

MILLION, N = 1_000_000, 20
FIRST, LAST = date(2016, 1, 1), date(2025, 12, 1)


def lines(engine: str) -> Iterator[Line]:
    if engine != "sqlite":  # no database is asked
        return
    calendar = shipped()
    span = (LAST - FIRST).days
    starts = np.datetime64(FIRST) + np.random.default_rng(1).integers(0, span, MILLION).astype("timedelta64[D]")
    rest = [np.datetime64(day) for day in _days() if not calendar.is_workday(day)]
    mask = np.busdaycalendar(weekmask="1111111", holidays=rest)

    def theirs() -> np.ndarray:
        return np.busday_offset(starts, N, roll="backward", busdaycal=mask)

    assert (due_days(calendar, starts, N) == theirs()).all()
    yield times_as_fast(
        "1,000,000 due dates of 20 工作日", "numpy.busday_offset, full mask",
        lambda _: seconds(lambda: due_days(calendar, starts, N)), lambda _: seconds(theirs), 20,
    )  # fmt: skip
    yield _one_by_one()


def _one_by_one() -> Line:
    """`holidays` knows the same days off; what it computes lies in a year that it has already filled."""
    calendar, china = shipped(), holidays.country_holidays("CN", years=range(2016, 2027))
    days = [FIRST + timedelta(days=7 * n) for n in range(400)]
    assert all(calendar.add(day, N) == china.get_nth_working_day(day, N) for day in days)
    return times_as_fast(
        "one due date of 20 工作日", "holidays.get_nth_working_day",
        lambda _: seconds(lambda: [calendar.add(day, N) for day in days], len(days)),
        lambda _: seconds(lambda: [china.get_nth_working_day(day, N) for day in days], len(days)), 20,
    )  # fmt: skip


def _days() -> Iterator[date]:
    for n in range((date(2026, 12, 31) - FIRST).days + 1):
        yield FIRST + timedelta(days=n)
