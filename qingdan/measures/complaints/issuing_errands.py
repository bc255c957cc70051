"""第十一条 to 第二十条 the papers of errands and of liability at the desk: made by who did the step, read by who may, each reading written down."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from . import answerable_pages, errand_pages
from .access import papers_of_errand, papers_of_liability
from .answering import office_of
from .issuing import as_file, made, one_of
from .papers import issuing_errands, issuing_liability
from .papers.words import OF_ERRAND, OF_LIABILITY


def make(request: HttpRequest, number: str, n: int, template: str) -> HttpResponse:
    """制发 one paper of one step of an errand: the body its letters, the unit its reports."""
    found = errand_pages.found(request, number)
    made(request, found, found.case, OF_ERRAND, issuing_errands.issue, n, template)
    return redirect("complaints:errand", number=number)


def paper(request: HttpRequest, number: str, n: int, template: str, ending: str) -> HttpResponse:
    """One paper of an errand as a file."""
    found = errand_pages.found(request, number)
    one = one_of(papers_of_errand(found, office_of(request)), n, template, ending)
    return as_file(request, one, ending) or redirect("complaints:errand", number=number)


def make_of_liability(request: HttpRequest, number: str, n: int, template: str) -> HttpResponse:
    """制发 责任移送函."""
    found = answerable_pages.entry(request, number)
    made(request, found, found.case, OF_LIABILITY, issuing_liability.issue, n, template)
    return redirect("complaints:liability", number=number)


def paper_of_liability(request: HttpRequest, number: str, n: int, template: str, ending: str) -> HttpResponse:
    """责任移送函 as a file."""
    found = answerable_pages.entry(request, number)
    one = one_of(papers_of_liability(found, office_of(request)), n, template, ending)
    return as_file(request, one, ending) or redirect("complaints:liability", number=number)
