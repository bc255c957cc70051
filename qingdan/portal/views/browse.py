"""Home, search and one list, today or as of a day."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingdan.kernel import clock
from qingdan.lists import queries
from qingdan.lists.models import ItemVersion
from qingdan.lists.schema import LISTS, ListKind, by_slug

from .. import finding, noting, whole
from ..asking import Asked
from .nothing import no_list

PAGE, HITS = 50, 20
LONGEST = 60  # characters of the last column of a row


def home(request: HttpRequest) -> HttpResponse:
    """The five lists, and a search over all of them."""
    words = finding.words_of(request.GET.get("q", ""))
    if words:
        return _hits(request, words)
    counts, last = queries.counts(), finding.last_published()
    doors = [(kind, counts[kind.key], last.get(kind.key)) for kind in LISTS.values()]
    return render(request, "portal/home.html", {"doors": doors, "total": sum(counts.values()), "today": clock.today()})


def _hits(request: HttpRequest, words: list[str]) -> HttpResponse:
    found = finding.everywhere(words, clock.today())
    page = Paginator(found, HITS).get_page(request.GET.get("page"))
    # An old code still leads to its item, which says since when it is 已取消.
    known = queries.find(words[0]) if not page.paginator.count and len(words) == 1 else None
    rows = [(version, notes.get(version.pk)) for notes in [noting.notes(page)] for version in page]
    return render(request, "portal/hits.html", {"page": page, "rows": rows, "q": " ".join(words), "known": known})


def one_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the five; `?on=2026-11-20` gives it as it was on that day, `&known=` by what had been published by another."""
    kind = by_slug(slug)
    if kind is None:
        return no_list(request)
    return render(request, "portal/list.html", {"kind": kind, "column": limit_heading(kind), **_asked(request, kind)})


def limit_heading(kind: ListKind) -> str:
    """Heading of the last column: 承诺时限, or what stands in its place; "" where the list has nothing of the kind."""
    return next((f.label for f in kind.fields if f.six == "promised"), "")


def _asked(request: HttpRequest, kind: ListKind) -> dict[str, Any]:
    """The filter of the address, and what it finds."""
    asked = Asked.of(request.GET)
    on, known = asked.on, asked.known_by
    words = finding.words_of(request.GET.get("q", ""))
    office, category = request.GET.get("office", "")[:40], request.GET.get("category", "")[:500]
    narrowed = {name: value for name, value in (("q", " ".join(words)), ("office", office), ("category", category)) if value}
    head = whole.standing()
    found: Any = finding.in_list(kind, on, words, office, category, known) if narrowed else whole.keys(head, kind.key, on, known)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = list(page) if narrowed else whole.versions(list(page))
    notes = noting.notes(shown, on, known)
    return {
        "page": page,
        "rows": [(version, limit_of(version), notes.get(version.pk), None) for version in shown],
        "offices": whole.offices(head, kind.key, on, known),
        "categories": finding.categories(kind, on, known),
        "q": narrowed.get("q", ""),
        "office": office,
        "category": category,
        "filtered": bool(narrowed),
        "narrowed": urlencode(narrowed),
        "asked": asked,
        "on": on,
        "as_of": asked.as_of,
        "future": asked.future,
    }


class Limit(NamedTuple):
    """The last column of a row: its text, and whether it stays on one line."""

    text: str
    is_short: bool


def limit_of(version: ItemVersion) -> Limit:
    """承诺时限, or what stands in its place; a dash where there is none."""
    field = next((f for f in version.kind.fields if f.six == "promised"), None)
    value = version.content_dict.get(field.key, "") if field else ""
    text = (field.label_of(value) if field and value else "") or "—"
    return Limit(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…", len(text) < 10)
