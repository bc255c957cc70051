"""How dates are said: 6月17日（周五）, and the year only where it is not this one."""

from __future__ import annotations

from datetime import date, datetime

from qingdan.kernel import clock

WEEKDAYS = "一二三四五六日"


def legal_date(value: date | datetime) -> date:
    """A recorded moment as its day in Asia/Shanghai; a date as it is."""
    if not isinstance(value, datetime):
        return value
    return clock.legal_day(value) if value.tzinfo else value.date()


def day_text(value: date | datetime | None, today: date | None = None) -> str:
    """6月17日（周五）; 2016年6月17日（周五） seen from another year; — for no date."""
    if value is None:
        return "—"
    day = legal_date(value)
    year = "" if day.year == (today or clock.today()).year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def moment_text(value: datetime | None, today: date | None = None) -> str:
    """6月17日 09:30: when something was recorded, in Asia/Shanghai."""
    if value is None:
        return "—"
    local = value.astimezone(clock.SHANGHAI) if value.tzinfo else value
    year = "" if local.year == (today or clock.today()).year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"
