"""文书: the draft with its watermark, 签发, one issued paper with its files and scans, all papers of a case as one PDF."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.files.store import keep
from qingdan.kernel.papers import actions, fonts, typesetting, word
from qingdan.kernel.papers.actions import Wanted
from qingdan.kernel.papers.binding import bind
from qingdan.kernel.papers.models import Paper
from qingdan.kernel.papers.queries import by_code, holding
from qingdan.kernel.ui.sending import key_of, posted
from qingdan.measures.adjustment.access import visible_to
from qingdan.measures.adjustment.papers.catalogue import Origin, find, find_at
from qingdan.measures.adjustment.papers.seeing import may_make, may_see, papers_in

from .forms import CorrectionForm, ScanForm, TypedForm

KINDS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def make(request: HttpRequest, source: str, kind: str) -> HttpResponse:
    """One paper that is not issued yet: what a person adds, its draft, 签发."""
    office, today = request.post.office, clock.today()  # type: ignore[attr-defined]
    origin = find_at(source, kind)
    if origin is None or not may_make(origin, office, today):
        raise Http404("没有这份文书，或者不由本单位制发。请从案件页的“文书”打开。")
    done = holding(kind, origin.key)
    if done is not None and request.method != "POST":
        return redirect("adjustment:paper", code=done.code)
    values = origin.values()
    form = TypedForm(origin.template, values, posted(request))
    if form.is_bound and form.is_valid():
        try:
            return _answer(request, origin, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "origin": origin, "form": form, "key": key_of(request), "fonts": fonts.found(), "missing": _missing(origin, values), "typed": form.fields,
    }  # fmt: skip
    return render(request, "adjustment/issuing/make.html", context, status=422 if form.is_bound and form.errors else 200)


def _missing(origin: Origin, values: dict[str, Any]) -> list[str]:
    """What the case does not say yet, by name."""
    return [field.label for field in origin.template.fields if field.required and not field.typed and not values.get(field.key)]


def _answer(request: HttpRequest, origin: Origin, form: TypedForm) -> HttpResponse:
    wanted = origin.wanted(request.post.office, form.typed)  # type: ignore[attr-defined]
    return _draft(request, wanted) or _issued(request, wanted)


def _draft(request: HttpRequest, wanted: Wanted) -> HttpResponse | None:
    day = clock.today()
    for ending, write in (("pdf", typesetting.pdf), ("docx", word.docx)):
        if f"draft_{ending}" in request.POST:
            return _file(write(wanted.draft(day), day.isoformat()), f"{wanted.template.name}（草稿）", ending)
    return None


def _issued(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    who: Any = {"by": request.user, "office": request.post.office, "key": key_of(request)}  # type: ignore[attr-defined]
    paper = actions.issue(wanted, address=_address(request), **who)
    messages.success(request, f"已签发：{paper.number} {paper.name}。盖章后请附上原件的扫描件。")
    return redirect("adjustment:paper", code=paper.code)


def _address(request: HttpRequest) -> str:
    """Where anybody can check a paper: at the public address of the settings, else where this person is."""
    where = reverse("portal:verify")
    return settings.PUBLIC_ADDRESS.rstrip("/") + where if settings.PUBLIC_ADDRESS else request.build_absolute_uri(where)


def paper(request: HttpRequest, code: str) -> HttpResponse:
    """One issued paper: its number, its files, the scans of the sealed original; its office attaches one."""
    office = request.post.office  # type: ignore[attr-defined]
    found = _seen(request, code)
    mine = found.office_id == office.pk
    form = ScanForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            actions.attach_scan(found, keep(form.cleaned_data["file"]), by=request.user, office=office, key=key_of(request))  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已附上扫描件。")
            return redirect("adjustment:paper", code=found.code)
    context = {"paper": found, "scans": found.scans.select_related("file"), "mine": mine, "form": form, "key": key_of(request)}
    return render(request, "adjustment/issuing/paper.html", context, status=422 if form.is_bound and form.errors else 200)


def _seen(request: HttpRequest, code: str) -> Paper:
    found = by_code(code)
    if found is None or not may_see(found, request.post.office, clock.today()):  # type: ignore[attr-defined]
        raise Http404("没有这份文书，或者您无权查看。请从案件页的“文书”打开。")
    return found


def correct(request: HttpRequest, code: str) -> HttpResponse:
    """更正重发: a new paper in the place of a wrong one; or 作废, with nothing in its place. Only by the office whose paper it is."""
    found = _seen(request, code)
    if found.office_id != request.post.office.pk:  # type: ignore[attr-defined]
        raise Http404("这份文书由别的单位制发。请联系制发单位。")
    if found.withdrawn and request.method != "POST":
        return redirect("adjustment:paper", code=found.code)
    origin = find(found.origin, found.template)
    form = CorrectionForm(origin.template if origin else None, json.loads(found.values), posted(request))
    if form.is_bound and form.is_valid():
        try:
            return _corrected(request, found, origin, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"paper": found, "origin": origin, "form": form, "key": key_of(request), "fonts": fonts.found()}
    return render(request, "adjustment/issuing/correct.html", context, status=422 if form.is_bound and form.errors else 200)


def _corrected(request: HttpRequest, found: Paper, origin: Origin | None, form: CorrectionForm) -> HttpResponse:
    office, reason = request.post.office, form.cleaned_data["reason"]  # type: ignore[attr-defined]
    if "withdraw" in request.POST:
        actions.withdraw(found, reason, by=request.user, office=office, key=key_of(request))  # type: ignore[arg-type]
        messages.success(request, f"已作废：{found.number}。文号不再使用。")
        return redirect("adjustment:paper", code=found.code)
    if origin is None:
        raise Refused("不能更正重发", "制作这份文书所依据的情况已经改变", "请作废；需要文书的，按现在的情况另行办理")
    wanted = origin.wanted(office, form.typed, found, reason)
    return _draft(request, wanted) or _issued(request, wanted)


def bound(request: HttpRequest, number: str) -> HttpResponse:
    """All papers of a case that this office may see, with their scans, as one PDF."""
    office, today = request.post.office, clock.today()  # type: ignore[attr-defined]
    case = visible_to(office, today).filter(number=number).first()
    if case is None:
        raise Http404("没有这个案件，或者您无权查看。")
    try:
        return _file(bind(papers_in(case, office, today)), f"{case.number}文书", "pdf")
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:case", number=case.number)


def _file(data: bytes, name: str, ending: str) -> HttpResponse:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{name}.{ending}')}", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=KINDS[ending], headers=headers)
