"""One item, at its permanent addresses: now, on a day, in a version (P-A4). They answer for ever, also when it is 已取消."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from qingdan.kernel import clock
from qingdan.lists import queries
from qingdan.lists.bases.queries import links_of
from qingdan.lists.models import Item, ItemVersion

from .. import noting, showing
from ..asking import Asked
from ..forms import read_day
from .nothing import no_item, nothing


def item(request: HttpRequest, code: str) -> HttpResponse:
    """The version that holds today; before its first day, the one that is to come. `?on=&known=`: by both days, as in a list."""
    found, asked = queries.find(code), Asked.of(request.GET)
    if found is None:
        return no_item(request, code)
    if asked.wrong:
        typed = asked.typed_on if "on" in asked.wrong else asked.typed_known
        return _no_day(request, found, typed, "网址中 on、known 后面应当是日期，例如 2016-09-01。")
    if asked.typed_on or asked.typed_known:
        return _snapshot(request, found, asked)
    version = queries.version_on(found, clock.today()) or queries.current(found)
    return _page(request, found, version) if version else no_item(request, code)


def item_on(request: HttpRequest, code: str, day: str) -> HttpResponse:
    """`/item/{code}@2016-09-01`: the version that held on that day, as far as it is known today."""
    found, on = queries.find(code), read_day(day)
    if found is None:
        return no_item(request, code)
    if on is None:
        return _no_day(request, found, day, "网址中 @ 后面应当是日期，例如 @2016-09-01。")
    return _snapshot(request, found, Asked(on, clock.today(), clock.today()))


def _no_day(request: HttpRequest, found: Item, typed: str, why: str) -> HttpResponse:
    return nothing(request, f"“{typed[:20]}”不是一个日期", why, "请改正日期，或者看现行版本。", *_now(found))


def _snapshot(request: HttpRequest, found: Item, asked: Asked) -> HttpResponse:
    version = queries.version_on(found, asked.on, asked.known_by)
    if version is None:
        by = f"按截至 {asked.known_by} 已经公布的内容，" if asked.earlier else ""
        why = f"{by}“{found.code}”在这一天尚未生效或者尚未公布。"
        return nothing(request, f"{asked.on} 还没有这个事项", why, "请换一个较晚的日期，或者看现行版本。", *_now(found))
    return _page(request, found, version, asked)


def item_version(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """`/item/{code}/v/3`: the third version, whatever came after."""
    found = queries.find(code)
    if found is None:
        return no_item(request, code)
    version = next((v for v in queries.history(found) if v.number == int(number)), None)
    if version is None:
        return nothing(request, f"没有第 {int(number)} 版", f"“{code}”没有公布过这一版本。", "全部版本列在现行版本那一页的末尾。", *_now(found))
    return _page(request, found, version)


def _now(found: Item) -> tuple[str, str]:
    return reverse("portal:item", args=[found.code]), "看现行版本"


def _page(request: HttpRequest, found: Item, version: ItemVersion, asked: Asked | None = None) -> HttpResponse:
    told = {"item": found, "kind": version.kind, **_told(found, version), "on": asked.on if asked else None, "asked": asked}
    told["note"] = _note(version, told["ruling"], asked)
    told["bases"] = [(link, link.article is None or link.article.holds_on(clock.today())) for link in links_of(version)]
    if asked and asked.earlier:
        told["since"] = sum(s.version.published_on > asked.known for s in told["standings"])
    return render(request, "portal/item.html", told)


def _told(found: Item, version: ItemVersion) -> dict[str, Any]:
    """Everything that the page says about this version and its place among the others."""
    today = clock.today()
    standings = showing.standings(list(queries.history(found)))
    before = [s for s in standings if s.version.number < version.number]
    previous = before[0].version if before else None
    standing = next(s for s in standings if s.version.number == version.number)
    ruling = next((s.version for s in standings if s.version.effective_from <= today), None)
    return {
        "version": version,
        "standing": standing,
        "stood_before": any(s.version.effective_from <= standing.before for s in before),
        "standings": standings,
        "previous": previous,
        "ruling": ruling,
        "coming": [s.version for s in standings if s.version.effective_from > today and not s.never],
        "answers": showing.answers(version),
        "groups": showing.groups(version, previous),
        "changes": showing.changes(version, previous),
        "successor": _successor(version),
        "today": today,
    }


def _note(version: ItemVersion, ruling: ItemVersion | None, asked: Asked | None) -> noting.Note | None:
    """待核 or 暂停行使 on the day asked for; else of the version that holds today."""
    if asked is None and version != ruling:
        return None
    on, known = (asked.on, asked.known_by) if asked else (clock.today(), clock.today())
    return noting.notes([version], on, known).get(version.pk)


def _successor(version: ItemVersion) -> ItemVersion | None:
    """The item that took over from a cancelled one."""
    heir = queries.find(version.successor) if version.successor else None
    return queries.current(heir) if heir else None
