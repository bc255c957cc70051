"""第十一条 to 第二十条 the papers of errands and of liability at the desk: made by who did the step, read by who may, each reading written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingdan.engine.refusals import Refused
from qingdan.kernel.ui.sending import key_of

from . import answerable_pages, errand_pages
from .access import papers_of_errand, papers_of_liability
from .answering import office_of
from .issuing import TYPES, as_file
from .models import Errand, Liability, SealedPaper
from .papers import issuing_errands, issuing_liability
from .papers.making import Known
from .papers.words import OF_ERRAND, OF_LIABILITY


def make(request: HttpRequest, number: str, n: int, template: str) -> HttpResponse:
    """制发 one paper of one step of an errand: the body its letters, the unit its reports."""
    found = errand_pages.found(request, number)
    _make(request, found, OF_ERRAND, issuing_errands.issue, n, template)
    return redirect("complaints:errand", number=number)


def paper(request: HttpRequest, number: str, n: int, template: str, ending: str) -> HttpResponse:
    """One paper of an errand as a file."""
    found = errand_pages.found(request, number)
    one = _one(papers_of_errand(found, office_of(request)), n, template, ending)
    return as_file(request, one, ending) or redirect("complaints:errand", number=number)


def make_of_liability(request: HttpRequest, number: str, n: int, template: str) -> HttpResponse:
    """制发 责任移送函."""
    found = answerable_pages.one_of(request, number)
    _make(request, found, OF_LIABILITY, issuing_liability.issue, n, template)
    return redirect("complaints:liability", number=number)


def paper_of_liability(request: HttpRequest, number: str, n: int, template: str, ending: str) -> HttpResponse:
    """责任移送函 as a file."""
    found = answerable_pages.one_of(request, number)
    one = _one(papers_of_liability(found, office_of(request)), n, template, ending)
    return as_file(request, one, ending) or redirect("complaints:liability", number=number)


def _make(
    request: HttpRequest, found: Errand | Liability, known: Known, issue: Callable[..., SealedPaper], n: int, template: str
) -> None:
    office = office_of(request)
    event = found.case.events.filter(n=n).first() if found.case is not None and n < 10**9 else None
    wanted = next((t for t in known.get(event.act, ()) if t.key == template), None) if event else None
    if event is None or wanted is None or event.office_code != office.code:
        raise Http404(errand_pages.NONE)
    try:
        made = issue(found, event, wanted, by=request.user, office=office, key=key_of(request))
        messages.success(request, f"已制作《{made.name}》，编号 {made.number}。")
    except Refused as refused:
        messages.error(request, str(refused))


def _one(papers: Any, n: int, template: str, ending: str) -> SealedPaper:
    one: SealedPaper | None = papers.filter(n=n, template=template).first() if n < 10**9 else None
    if one is None or ending not in TYPES:
        raise Http404(errand_pages.NONE)
    return one
