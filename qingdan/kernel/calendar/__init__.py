"""The State Council's arrangements (放假调休安排) as data, and the engine's `Calendar` made of them.

`arrangements.csv`: one row a day that an arrangement names, 2004 to 2026: `year` of the notice (31 December may belong
to the notice of the next year), `date`, `kind` (`off` or `makeup_workday`), `name` of the holiday, number of the
`notice` (文号) where it is known. `notices.csv`: the notices with number, title and address. A new year is added by
adding its rows to both. The days are facts of the notices, written from chinesecalendar 1.11.0 (MIT) with 2005-12-31
added, a working Saturday by the notice for 2006; tests/kernel/test_calendar.py holds them against two libraries.
"""

import csv
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from qingdan.engine.workdays import Calendar

HERE = Path(__file__).resolve().parent
OFF, MAKEUP = "off", "makeup_workday"


@dataclass(frozen=True)
class Arrangement:
    """One day of a notice: off, or a weekend day that is worked."""

    year: int
    day: date
    kind: str
    name: str
    notice: str


@dataclass(frozen=True)
class Notice:
    """One notice of the State Council (or its General Office) on the days off of a year. Number or url "": not known."""

    year: int
    number: str
    title: str
    url: str


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def arrangements() -> tuple[Arrangement, ...]:
    """Every day of every shipped notice, in order of date."""
    rows = (Arrangement(int(r["year"]), date.fromisoformat(r["date"]), r["kind"], r["name"], r["notice"]) for r in _rows("arrangements.csv"))
    return tuple(sorted(rows, key=lambda row: row.day))


@cache
def notices() -> tuple[Notice, ...]:
    """The notices that the arrangements rest on, in order of year; the number is empty where it is not known."""
    return tuple(Notice(int(r["year"]), r["notice"], r["title"], r["url"]) for r in _rows("notices.csv"))


@cache
def shipped() -> Calendar:
    """The calendar of the shipped arrangements: known from the first day of their first year to the last of their last."""
    return calendar_of(arrangements())


def calendar_of(rows: tuple[Arrangement, ...]) -> Calendar:
    """A calendar of these arrangements; every year from the first to the last notice must be there."""
    days: dict[str, dict[date, str]] = {OFF: {}, MAKEUP: {}}
    for row in rows:
        if row.kind not in days:
            raise ValueError(f"放假安排有误：{row.day.isoformat()} 的类型“{row.kind}”不认识。类型只能是 {OFF} 或 {MAKEUP}，请更正后重试。")
        if row.day in days[OFF] or row.day in days[MAKEUP]:
            raise ValueError(f"放假安排有误：{row.day.isoformat()} 重复出现。请按国务院办公厅通知核对后只留一行。")
        days[row.kind][row.day] = row.name
    years = {row.year for row in rows}
    if not years or set(range(min(years), max(years) + 1)) != years:
        raise ValueError("放假安排有误：年度不连续。中间缺少年度时无法计算工作日，请补齐各年度的放假安排。")
    return Calendar(days[OFF], days[MAKEUP], date(min(years), 1, 1), date(max(years), 12, 31), version_of(rows))


def version_of(rows: tuple[Arrangement, ...]) -> str:
    """A short hash of what is counted and named; the number of a notice changes no date and is left out."""
    text = "\n".join(f"{row.year},{row.day.isoformat()},{row.kind},{row.name}" for row in sorted(rows, key=lambda row: row.day))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
