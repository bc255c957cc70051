"""Pages of the register of 依据 for the staff; 政务办 completes what is 待核. What rests on an article is public (portal)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.policy.declared import audience_of
from qingdan.lists.models import ItemVersion

from . import actions, queries
from .forms import CheckForm
from .models import BasisDocument

PAGE = 50
STATES = (("", "全部"), ("unchecked", "待核"), ("ended", "已停止施行"))
LACKING: dict[str, tuple[str, Callable[[Any], QuerySet[ItemVersion]]]] = {
    "": ("没有依据记录", queries.without_basis),
    "unread": ("有未能识别的依据", queries.with_unread),
    "ended": ("依据都已停止施行", queries.without_valid_basis),
}


def register(request: HttpRequest) -> HttpResponse:
    """依据登记簿: all documents, with the number of their articles."""
    words, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    today = clock.today()
    page = Paginator(queries.documents(words, state), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(d, d.holds_on(today)) for d in page], "q": words, "state": state, "states": STATES,
        "unread": queries.with_unread(today).count(), "today": today,
    }  # fmt: skip
    return render(request, "bases/register.html", context | _may(request))


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its days, its editions, what happened to it, its articles with what rests on each."""
    found, today = _found(pk), clock.today()
    articles = [(a, n, a.holds_on(today)) for a, n in queries.counts_of(found, today)]
    context = {
        "document": found, "editions": queries.editions_of(found), "changes": found.changes.select_related("office"),
        "articles": articles, "holds": found.holds_on(today), "today": today,
    }  # fmt: skip
    return render(request, "bases/document.html", context | _may(request))


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """第五条 核对: 政务办 completes a document."""
    found = _found(pk)
    form = CheckForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        try:
            actions.check(form.instance, by=request.user, office=request.post.office, key=_key(request))  # type: ignore[arg-type, attr-defined]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已核对。")
            return redirect("lists:basis", pk)
    context = {"form": form, "document": _found(pk), "key": _key(request)}
    return render(request, "bases/check.html", context, status=422 if form.is_bound else 200)


def lacking(request: HttpRequest) -> HttpResponse:
    """Items in force that rest on no record, on text that was not recognised, or on nothing that still holds."""
    sort, today = request.GET.get("sort", ""), clock.today()
    sort = sort if sort in LACKING else ""
    page = Paginator(LACKING[sort][1](today), PAGE).get_page(request.GET.get("page"))
    rows = [(v, [b.text for b in v.bases.all() if b.article_id is None], v.content_dict.get("basis", "")) for v in _with_links(page)]
    counts = [(key, name, find(today).count()) for key, (name, find) in LACKING.items()]
    return render(request, "bases/lacking.html", {"page": page, "rows": rows, "sort": sort, "counts": counts} | _may(request))


def _with_links(page: Any) -> list[ItemVersion]:
    versions: list[ItemVersion] = list(page)
    prefetch_related_objects(versions, "bases")
    return versions


def _found(pk: int) -> BasisDocument:
    found = BasisDocument.objects.select_related("replaces", "replaced_by").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这份文件。请在依据登记簿中查找。")
    return found


def _may(request: HttpRequest) -> dict[str, bool]:
    """Which of the doors on these pages are open to this person."""
    doors = {"may_check": "lists:basis_check", "may_enter": "adjustment:new_law_change"}
    return {name: bool((a := audience_of(url)) and a.admits(request.post)) for name, url in doors.items()}  # type: ignore[attr-defined]


def _key(request: HttpRequest) -> str:
    key = request.POST.get("key", "")
    return key if re.fullmatch(r"[0-9A-Za-z-]{1,60}", key) else uuid4().hex
