"""Due days by the million: the same count as `Calendar.add`, over arrays. The only place of the engine that needs numpy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from .workdays import Calendar

if TYPE_CHECKING:
    from numpy import datetime64, int64
    from numpy.typing import NDArray

    Days = NDArray[datetime64]
EPOCH = date(1970, 1, 1).toordinal()  # from which numpy counts


def due_days(calendar: Calendar, starts: Days, n: int) -> Days:
    """The n-th 工作日 after each start (R1, R3), as `Calendar.add` gives it one by one.

    `starts`: an array of datetime64[D] of any shape; the answer has the same. Errors: ValueError, as `add`, for a negative n
    and for a start before the calendar. Past the announced years Monday to Friday count; whether a day is 暂定 tells `Calendar.due`.
    """
    import numpy as np

    days: NDArray[int64] = starts.astype("datetime64[D]", copy=False).view(np.int64)
    if not days.size:
        return starts.copy()
    first, last = int(days.min()), int(days.max())
    calendar.add(date.fromordinal(first + EPOCH), n)  # refuses what cannot be counted
    if n == 0:
        return starts.copy()
    counted = _counted(calendar, first, calendar.add(date.fromordinal(last + EPOCH), n).toordinal() - EPOCH)
    nth, through = np.flatnonzero(counted), np.cumsum(counted)[: last - first + 1]
    due: NDArray[int64] = nth[through + (n - 1)] + first
    return due.take(days - first).view("datetime64[D]")


def _counted(calendar: Calendar, first: int, last: int) -> NDArray[Any]:
    """Whether each day from `first` to `last` (days since 1970-01-01) is a 工作日."""
    import numpy as np

    counted = (np.arange(first, last + 1) + 3) % 7 < 5  # 1970-01-01 was a Thursday
    for ordinal in calendar.changed():
        if first <= (day := ordinal - EPOCH) <= last:
            counted[day - first] = ~counted[day - first]
    return counted
