"""依据 (P-A6): the documents, their articles, and 依据此条的事项: what rests on each."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from qingdan.kernel import clock
from qingdan.lists.bases import queries
from qingdan.lists.bases.models import BasisArticle, BasisDocument

from .. import finding, noting
from .nothing import nothing

PAGE = 50


def bases(request: HttpRequest) -> HttpResponse:
    """All documents on which items rest; `?q=` narrows."""
    words, today = finding.words_of(request.GET.get("q", "")), clock.today()
    page = Paginator(queries.documents(" ".join(words)), PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/bases.html", {"page": page, "rows": [(d, d.holds_on(today)) for d in page], "q": " ".join(words)})


def basis(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its days, its articles, how many items rest on each."""
    found, today = BasisDocument.objects.filter(pk=pk).first(), clock.today()
    if found is None:
        return nothing(request, "没有这份文件", "网址中的编号没有对应的文件。", "请在依据中查找名称。", reverse("portal:bases"), "看全部依据")
    articles = [(a, n, a.holds_on(today)) for a, n in queries.counts_of(found, today)]
    told = {"document": found, "editions": queries.editions_of(found), "articles": articles, "holds": found.holds_on(today), "today": today}
    return render(request, "portal/basis.html", told)


def article(request: HttpRequest, pk: int, article: int) -> HttpResponse:
    """依据此条的事项: the items in force that rest on this article."""
    found, today = BasisArticle.objects.select_related("document").filter(pk=article, document=pk).first(), clock.today()
    if found is None:
        return nothing(request, "没有这一条", "网址中的编号没有对应的条款。", "请打开文件再看。", reverse("portal:bases"), "看全部依据")
    page = Paginator(queries.resting_on([found]), PAGE).get_page(request.GET.get("page"))
    notes = noting.notes(page)
    told = {"article": found, "document": found.document, "page": page, "rows": [(v, notes.get(v.pk)) for v in page], "holds": found.holds_on(today)}
    return render(request, "portal/basis_article.html", told)
