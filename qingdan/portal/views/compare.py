"""Readable differences (P-A5): two versions of an item, two days of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from qingdan.kernel import clock
from qingdan.lists import queries
from qingdan.lists.models import ItemVersion
from qingdan.lists.schema import ListKind, by_slug

from .. import comparing, showing
from ..forms import read_day
from .nothing import no_item, no_list, nothing

PAGE, WHOLE = 20, 2000  # items of a page; of the whole table for the printer
BACK = timedelta(days=30)  # two days that nobody named: today and a month before


# ---- two versions of an item ------------------------------------------------------


def item_compare(request: HttpRequest, code: str) -> HttpResponse:
    """`/item/{code}/compare?from=1&to=3`, or days; without either the newest version and the one before."""
    found = queries.find(code)
    versions = list(queries.history(found)) if found else []
    if found is None or not versions:
        return no_item(request, code)
    asked_from, asked_to = request.GET.get("from", "").strip(), request.GET.get("to", "").strip()
    new = _version(versions, asked_to) if asked_to else versions[0]
    old = _version(versions, asked_from) if asked_from else _before(versions, new)
    if new is None or old is None:
        typed = asked_to if new is None else asked_from
        what, why = f"没有“{typed[:20]}”这一版", f"“{code}”公布过第 1 版至第 {versions[0].number} 版；写日期的，那一天应当已有这个事项。"
        link = reverse("portal:item_compare", args=[code])
        return nothing(request, what, why, "请写版本号，例如 from=1&to=2，或者日期，例如 from=2016-09-01。", link, "对照最近两版")
    days = [(day, version) for text, version in ((asked_from, old), (asked_to, new)) if (day := _day(text))]
    told = {"item": found, "versions": versions, "old": old, "new": new, "days": days, "rows": showing.changes(new, old)}
    return render(request, "portal/compare_item.html", told)


def _day(text: str) -> date | None:
    return None if text.isdecimal() else read_day(text)


def _version(versions: Sequence[ItemVersion], text: str) -> ItemVersion | None:
    """The version with this number, or the one that stood on this day, newest first."""
    if text.isdecimal():
        return next((v for v in versions if str(v.number) == text.lstrip("0")), None)
    day = _day(text)
    return next((v for v in versions if day and v.effective_from <= day), None)


def _before(versions: Sequence[ItemVersion], new: ItemVersion | None) -> ItemVersion | None:
    """The version before; the first one has none and is compared with itself."""
    return next((v for v in versions if new and v.number == max(new.number - 1, 1)), None)


# ---- two days of a list --------------------------------------------------------------


def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """`/list/{slug}/compare?from=DAY&to=DAY`: 增, 减, 改, and the changed fields of each item: the 调整对照表."""
    kind = by_slug(slug)
    if kind is None:
        return no_list(request)
    return render(request, "portal/compare_list.html", {"kind": kind, **_days(request), **_table(request, kind, *_between(request))})


def _between(request: HttpRequest) -> tuple[date, date]:
    """Both days, the earlier one first."""
    end = read_day(request.GET.get("to", "")) or clock.today()
    start = read_day(request.GET.get("from", "")) or _back(end)
    return min(start, end), max(start, end)


def _back(end: date) -> date:
    return end - BACK if end > date.min + BACK else date.min


def _days(request: HttpRequest) -> dict[str, Any]:
    """What was typed for each day, and whether it is one."""
    typed = {name: request.GET.get(name, "").strip() for name in ("from", "to")}
    wrong = [name for name, text in typed.items() if text and read_day(text) is None]
    start, end = read_day(typed["from"]), read_day(typed["to"])
    return {"typed_from": typed["from"], "typed_to": typed["to"], "wrong": wrong, "turned": bool(start and end and start > end)}


def _table(request: HttpRequest, kind: ListKind, start: date, end: date) -> dict[str, Any]:
    old, new = comparing.standing(kind, start), comparing.standing(kind, end)
    office = request.GET.get("office", "")[:40]
    choices = comparing.offices(old, new)
    steps = comparing.steps(old, new, office)
    count = Counter(step.sort for step in steps)
    whole = bool(request.GET.get("whole"))
    page = Paginator(steps, WHOLE if whole else PAGE).get_page(request.GET.get("page"))
    asked = {"from": start.isoformat(), "to": end.isoformat()} | ({"office": office} if office else {})
    return {
        "start": start,
        "end": end,
        "today": clock.today(),
        "office": office,
        "unit": dict(choices).get(office, office),
        "offices": choices,
        "added": count[comparing.ADDED],
        "gone": count[comparing.GONE],
        "changed": count[comparing.CHANGED],
        "page": page,
        "entries": comparing.entries(page),
        "whole": whole,
        "address": urlencode(asked),
    }
