"""预览 (P-B1): a case, an application or a draft rendered with the public templates, for those who may see it. Nothing is written."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office
from qingdan.kernel.ui.sending import number
from qingdan.lists.schema import by_slug
from qingdan.measures.adjustment.access import visible_to
from qingdan.measures.adjustment.drafting import drafts_of

from .. import previewing, showing
from ..previewing import Coming
from .browse import PAGE, limit_heading, limit_of


def preview(request: HttpRequest, sort: str, key: str) -> HttpResponse:
    """What would change in which list; `?item=2` that item, `?list=shenpi` that list, as the public would see them."""
    office = request.post.office  # type: ignore[attr-defined]
    coming, back = _found(office, sort, key)
    told = {"preview": request.path, "back": back, "today": clock.today()}
    if asked := request.GET.get("item"):
        return _item(request, next((c for c in coming if str(c.n) == asked), None), told)
    if slug := request.GET.get("list"):
        return _list(request, slug, coming, told)
    return render(request, "portal/preview.html", told | {"coming": coming, "balances": previewing.balances(coming)})


def _found(office: Office, sort: str, key: str) -> tuple[list[Coming], str]:
    """What this office may see of it, and the page from which it came."""
    cases = visible_to(office, clock.today())
    if sort == "case" and (found := cases.filter(number=key)).exists():
        return previewing.of_cases(found), reverse("desk:case", args=[key])
    if sort == "application" and (found := cases.filter(place__application__number=key)).exists():
        return previewing.of_cases(found), reverse("adjustment:group", args=[key])
    if sort == "draft" and (pk := number(key)) is not None and (drafts := list(drafts_of(office).filter(pk=pk))):
        return previewing.of_drafts(drafts), reverse("adjustment:drafts")
    if sort == "gather" and (drafts := list(drafts_of(office).filter(group=key))):
        return previewing.of_drafts(drafts), reverse("adjustment:gather", args=[key])
    raise Http404("没有可以预览的内容，或者您无权查看。请回到案件或者草稿再打开。")


def _item(request: HttpRequest, found: Coming | None, told: dict[str, Any]) -> HttpResponse:
    if found is None:
        raise Http404("这里没有这一项。请回到预览的首页选择。")
    version, previous = found.version, found.previous
    more = {
        "item": version.item, "kind": version.kind, "version": version, "ruling": version, "previous": previous, "sort": found.sort,
        "answers": showing.answers(version), "groups": showing.groups(version, previous), "changes": showing.changes(version, previous),
    }  # fmt: skip
    return render(request, "portal/item.html", told | more)


def _list(request: HttpRequest, slug: str, coming: list[Coming], told: dict[str, Any]) -> HttpResponse:
    kind = by_slug(slug)
    if kind is None:
        raise Http404("没有这张清单。请回到预览的首页选择。")
    page = Paginator(previewing.list_as_it_would_be(kind, coming), PAGE).get_page(request.GET.get("page"))
    rows = [(version, limit_of(version), None, found) for version, found in page]
    more = {"kind": kind, "page": page, "rows": rows, "column": limit_heading(kind)}
    return render(request, "portal/list.html", told | more)
