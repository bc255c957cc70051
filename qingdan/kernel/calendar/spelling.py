"""Arrangements as text: how they are stored, and how a person's CSV, JSON or .ics of one year is read. Bad rows are told by line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from icalendar import Calendar as ICalendar

from qingdan.engine.refusals import Refused

from . import MAKEUP, OFF, Arrangement

KINDS = {OFF: OFF, MAKEUP: MAKEUP, "放假": OFF, "休": OFF, "假期": OFF, "调休上班": MAKEUP, "上班": MAKEUP, "班": MAKEUP, "补班": MAKEUP}
STATUTORY = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
MOST = 400  # rows: more than a year has days


def text_of(rows: Iterable[Arrangement]) -> str:
    """One line a day, in order: 2016,2016-01-01,off,元旦,文号."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows((r.year, r.day.isoformat(), r.kind, r.name, r.notice) for r in sorted(rows, key=lambda r: r.day))
    return out.getvalue()


def rows_of(text: str) -> tuple[Arrangement, ...]:
    """The inverse of `text_of`."""
    return tuple(Arrangement(int(y), date.fromisoformat(d), kind, name, notice) for y, d, kind, name, notice in csv.reader(io.StringIO(text)))


def read_year(text: str, year: int, notice: str) -> tuple[Arrangement, ...]:
    """One year as people have it: lines `日期,类型,名称`, a JSON list of the same, or an .ics file. Refuses with every bad line."""
    found, bad = [], []
    for line, (day, kind, name) in enumerate(_raw(text), start=1):
        row = _row(day, kind, name, year, notice)
        if isinstance(row, str):
            bad.append(f"第 {line} 行：{row}")
        else:
            found.append(row)
    bad += _as_a_whole(found, year)
    if bad:
        raise Refused(f"不能录入{year}年放假安排", "；".join(bad[:20]), "请对照国务院办公厅通知改正后重新提交，未改正前什么也没有写入")
    return tuple(sorted(found, key=lambda row: row.day))


def _raw(text: str) -> Iterator[tuple[str, str, str]]:
    text = text.lstrip("\ufeff").strip()
    if text.startswith("BEGIN:VCALENDAR"):
        yield from _events(text)
    elif text.startswith("["):
        yield from _json(text)
    else:
        lines = [line.replace("，", ",").replace("\t", ",") for line in text.splitlines() if line.strip()]
        for n, cells in enumerate(csv.reader(lines)):
            day, kind, name, *_ = [c.strip() for c in [*cells, "", "", ""]]
            if n or day not in ("日期", "date"):  # a heading
                yield day, kind, name


def _json(text: str) -> Iterator[tuple[str, str, str]]:
    try:
        listed = json.loads(text)
        for row in listed:
            yield str(row["date"]), str(row.get("kind", "")), str(row.get("name", ""))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused("不能读取这份放假安排", "JSON 的写法不对", '请写成 [{"date": "2016-01-01", "kind": "off", "name": "元旦"}] 的样子') from error


def _events(text: str) -> Iterator[tuple[str, str, str]]:
    """Every day of every event; a summary with 班 is a weekend day that is worked."""
    try:
        for event in ICalendar.from_ical(text).walk("VEVENT"):
            name, first = str(event.get("SUMMARY", "")), _day(event.decoded("DTSTART"))
            end = _day(event.decoded("DTEND")) if "DTEND" in event else None
            for k in range(max((end - first).days, 1) if end else 1):
                yield (first + timedelta(days=k)).isoformat(), MAKEUP if "班" in name else OFF, _plain(name)
    except (ValueError, KeyError, AttributeError) as error:
        raise Refused("不能读取这份放假安排", "不是能读的日历文件（.ics）", "请改用日期、类型、名称三列的表格") from error


def _day(value: Any) -> date:
    day: date = value.date() if hasattr(value, "date") else value
    return day


def _plain(name: str) -> str:
    """春节 假期 第1天/共7天 -> 春节"""
    return name.split()[0].strip("（）()") if name.split() else ""


def _row(day: str, kind: str, name: str, year: int, notice: str) -> Arrangement | str:
    """The row, or what is wrong with it."""
    try:
        on = date.fromisoformat(day.replace("/", "-").replace(".", "-"))
    except ValueError:
        return f"“{day[:20]}”不是日期"
    if on.year != year and (on.year, on.month) != (year - 1, 12):
        return f"{on.isoformat()} 不属于{year}年的安排"
    if kind not in KINDS:
        return f"类型“{kind[:20]}”不认识，应为放假或者调休上班"
    if not name or len(name) > 20 or not name.isprintable():
        return "没有写明节日名称" if not name else "节日名称过长或者含有不可见字符"
    if KINDS[kind] == MAKEUP and on.weekday() < 5:
        return f"{on.isoformat()} 不是周六周日，不会是调休上班"
    return Arrangement(year, on, KINDS[kind], name, notice)


def _as_a_whole(found: list[Arrangement], year: int) -> list[str]:
    days = [row.day for row in found]
    bad = [f"{day.isoformat()} 重复出现" for day in sorted({d for d in days if days.count(d) > 1})]
    names = "、".join(row.name for row in found if row.kind == OFF)
    if missing := [holiday for holiday in STATUTORY if holiday not in names]:
        bad.append(f"缺少{year}年的{'、'.join(missing)}")
    if len(found) > MOST:
        bad.append(f"共 {len(found)} 行，多于一年的天数")
    return bad
