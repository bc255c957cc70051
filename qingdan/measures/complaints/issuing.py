"""第六条, 第十条 the papers of a complaint at the desk: made with one press, read with one press, each of them written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ui.sending import key_of

from .access import papers_of
from .answering import NONE, found, office_of
from .models import SealedPaper
from .papers.issuing import file_of, issue
from .papers.making import Known
from .papers.words import OF_ACT

TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def make(request: HttpRequest, number: str, n: int, template: str) -> HttpResponse:
    """制发 one paper of one step."""
    complaint = found(request, number)
    made(request, complaint, complaint.case, OF_ACT, issue, n, template)
    return redirect("complaints:case", number=number)


def paper(request: HttpRequest, number: str, n: int, template: str, ending: str) -> HttpResponse:
    """One paper as a file; its name is its number, which names nobody."""
    one = one_of(papers_of(found(request, number), office_of(request)), n, template, ending)
    return as_file(request, one, ending) or redirect("complaints:case", number=number)


def made(request: HttpRequest, of: Any, case: Case | None, known: Known, issue: Callable[..., SealedPaper], n: int, template: str) -> None:
    """Make one paper of one step of this case, and say so, or why not; 404 where this office has no such paper to make."""
    office = office_of(request)
    event = case.events.filter(n=n).first() if case is not None and n < 10**9 else None
    wanted = next((t for t in known.get(event.act, ()) if t.key == template), None) if event else None
    if event is None or wanted is None or event.office_code != office.code:
        raise Http404(NONE)
    try:
        paper = issue(of, event, wanted, by=request.user, office=office, key=key_of(request))
        messages.success(request, f"已制作《{paper.name}》，编号 {paper.number}。")
    except Refused as refused:
        messages.error(request, str(refused))


def one_of(papers: Any, n: int, template: str, ending: str) -> SealedPaper:
    """Of the papers that the asker may read, this one; 404 where there is none, or no such file."""
    one: SealedPaper | None = papers.filter(n=n, template=template).first() if n < 10**9 else None
    if one is None or ending not in TYPES:
        raise Http404(NONE)
    return one


def as_file(request: HttpRequest, one: SealedPaper, ending: str) -> HttpResponse | None:
    """The file, its reading written down; None, with a message, where it can not be given."""
    try:
        data = file_of(one, ending, by=request.user, office=office_of(request))  # type: ignore[arg-type]  # the page is for staff
    except Refused as refused:
        messages.error(request, str(refused))
        return None
    named = f"attachment; filename*=UTF-8''{quote(f'{one.number}.{ending}')}"
    headers = {"Content-Disposition": named, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=TYPES[ending], headers=headers)
