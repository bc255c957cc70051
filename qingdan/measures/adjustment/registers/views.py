"""Pages of the registers. 政务办 sees all, every other office what is its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office
from qingdan.kernel.ui.sending import key_of, paged, posted, whole
from qingdan.measures.adjustment.access import is_office, visible_to
from qingdan.measures.adjustment.answering import shown
from qingdan.statute.roles import LEAD, OFFICE

from . import actions, monthly, xlsx
from . import book as books
from . import counts as counting
from . import faults as faulty
from .forms import AmendmentForm, BookForm, CheckForm, DecisionForm, FalseReportForm, FaultsForm, PeriodForm, ReportForm
from .models import FalseReport, SpotCheck

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _office(request: HttpRequest) -> Office:
    office: Office = request.post.office  # type: ignore[attr-defined]
    return office


def _show(request: HttpRequest, name: str, /, *forms: Any, **context: Any) -> HttpResponse:
    """A page of the registers, with what stands on all of them."""
    return shown(request, f"adjustment/registers/{name}.html", *forms, **context)


def _who(request: HttpRequest, **more: Any) -> dict[str, Any]:
    return {"by": request.user, "office": _office(request), "key": key_of(request), **more}


# ---- 第十条（三） 台账 ----------------------------------------------------------------------------------


def _chosen(request: HttpRequest, today: date) -> tuple[QuerySet[Case], BookForm]:
    cases = visible_to(_office(request), today)
    units = cases.order_by("office__code").values_list("office__code", "office__short").distinct()
    form = BookForm(request.GET, units=list(units))
    return books.narrowed(cases, today, **form.wanted()) if form.is_valid() else cases.none(), form


def book(request: HttpRequest) -> HttpResponse:
    """第十条（三） 动态调整台账."""
    today = clock.today()
    cases, form = _chosen(request, today)
    page = paged(request, books.with_requests(cases))
    return _show(request, "book", form=form, page=page, lines=books.lines(page, today), steps=books.STEPS, query=request.GET.urlencode())


def book_xlsx(request: HttpRequest) -> HttpResponse | FileResponse:
    """第十条（三） 台账导出: the same cases as on the page, every cell text."""
    today = clock.today()
    cases, form = _chosen(request, today)
    if not form.is_valid():
        return redirect(f"/adjustment/registers/?{request.GET.urlencode()}")
    file = tempfile.TemporaryFile()  # closed by the response
    xlsx.write(file, books.in_chunks(books.with_requests(cases), today))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"动态调整台账-{today.isoformat()}.xlsx", content_type=XLSX)


# ---- 第十条（三） 月度报告，各单位执行情况 ------------------------------------------------------------------


def months(request: HttpRequest) -> HttpResponse:
    """第十条（三） 月度报告: which months are owed, and by when."""
    page = paged(request, monthly.months().select_related("office", "monthly_report"))
    rows = [monthly.Month(case, getattr(case, "monthly_report", None)) for case in page]
    return _show(request, "months", page=page, months=rows)


def _month(number: str) -> monthly.Month:
    case = monthly.months().select_related("office").filter(number=number).first()
    if case is None:
        raise Http404("没有这个月的报告。请从月度报告的列表进入。")
    return monthly.month_of(case)


def month(request: HttpRequest, number: str) -> HttpResponse:
    """第十条（三） 一份月度报告: figures, text, save or issue; printable."""
    found, today = _month(number), clock.today()
    told = monthly.told_of(found, today)
    plain, late = monthly.read(told)
    text = found.report.analysis if found.report else monthly.draft(found, plain, late, today)
    seen = found.report.revision if found.report else 0
    form = ReportForm(posted(request), initial={"analysis": text})
    if form.is_bound and form.is_valid():
        issuing = "issue" in request.POST
        do = actions.issue if issuing else actions.save_draft
        who = _who(request, seen=whole(request, "seen") or 0)
        if _done(form, lambda: do(found.case, form.cleaned_data["analysis"], **who)):
            messages.success(request, "已上报，数字已固定，本月的上报期限办结。" if issuing else "草稿已保存，还没有上报。")
            return redirect("adjustment:month", number=number)
        seen = getattr(_month(number).report, "revision", 0)
    return _show(request, "month", form, form=form, month=found, figures=plain, late=late, text=text, seen=seen,
                 groups=monthly.broken_down(told), columns=[f.label for f in plain if f.key in monthly.BROKEN_DOWN])  # fmt: skip


def _done(form: Any, do: Callable[[], Any]) -> bool:
    """Was it done? If it was refused, the form says so and keeps what was typed."""
    try:
        do()
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def month_cases(request: HttpRequest, number: str, figure: str) -> HttpResponse:
    """第十条（三） the cases behind one figure of a report."""
    found, today = _month(number), clock.today()
    told = monthly.told_of(found, today)
    grouped = (f for _, groups in monthly.broken_down(told) for group in groups for f in group.counted)
    counted = next((f for f in (*chain(*monthly.read(told)), *grouped) if f.key == figure), None)
    if counted is None:
        raise Http404("报告中没有这个数字。请从报告页面点数字进入。")
    page = paged(request, books.with_requests(visible_to(_office(request), today).filter(number__in=counted.cases)))
    return _show(request, "month_cases", month=found, counted=counted, page=page, lines=books.lines(page, today), steps=books.STEPS)


def counts(request: HttpRequest) -> HttpResponse:
    """第十条（三）、O3 各单位执行情况: in time, late, deemed, returned."""
    today, office = clock.today(), _office(request)
    form = PeriodForm(request.GET)
    begin, end = date(today.year, 1, 1), today
    if form.is_valid():
        begin, end = form.cleaned_data["begin"] or begin, form.cleaned_data["end"] or end
    rows = counting.counts(begin, end, today, "" if is_office(office, today) else office.code) if form.is_valid() else []
    return _show(request, "counts", form=form, rows=rows, begin=begin, end=end)


# ---- 第十条（四） 追责线索 --------------------------------------------------------------------------------


def _candidates(request: HttpRequest) -> Any:
    office, today = _office(request), clock.today()
    return faulty.candidates(today, None if is_office(office, today) else office)


def faults(request: HttpRequest) -> HttpResponse:
    """第十条（四） 追责线索: computed; each waits for a decision of 政务办."""
    form, found = FaultsForm(request.GET), _candidates(request)
    if form.is_valid():
        fault, state = form.cleaned_data["fault"], form.cleaned_data["state"]
        found = found.filter(row__in=faulty.FAULTS[fault]) if fault else found
        found = faulty.decided(found, state == "decided") if state else found
    page = paged(request, found)
    return _show(request, "faults", form=form, page=page, rows=faulty.told(page, clock.today()))


def decide(request: HttpRequest, number: str, duty: str) -> HttpResponse:
    """第十条（四） 认定: the facts, earlier decisions, the form."""
    found = next((o for o in _candidates(request).filter(case__number=number) if o.place == duty), None)
    if found is None:
        raise Http404("没有这条线索：可能已经不逾期，或者期限改期后重算。请回到列表查看。")
    form = DecisionForm(posted(request))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        who = _who(request, seen=whole(request, "seen") or 0)
        if _done(form, lambda: actions.decide(found, data["verdict"], data["reasons"], **who)):
            messages.success(request, f"已认定：{data['verdict']}。责任单位能够看到认定和理由。")
            return redirect("adjustment:faults")
    candidate = faulty.told([found], clock.today())[0]
    return _show(request, "decide", form, form=form, c=candidate, seen=len(candidate.decisions))


# ---- 第十条（二） 抽查；漏报、瞒报、虚报 ---------------------------------------------------------------------


def _own(request: HttpRequest, rows: QuerySet[Any], by: str) -> QuerySet[Any]:
    """政务办 all; the registering body its own; a unit what is about it."""
    office = _office(request)
    return rows if is_office(office, clock.today()) else rows.filter(Q(**{by: office}) | Q(unit=office))


def checks(request: HttpRequest) -> HttpResponse:
    """第十条（二） 抽查监管记录."""
    entries = SpotCheck.objects.select_related("lead", "unit").prefetch_related("amendments__registrar")
    page = paged(request, _own(request, entries, "lead"))
    return _show(request, "checks", page=page, may=actions.holds(_office(request), LEAD, OFFICE))


def new_check(request: HttpRequest) -> HttpResponse:
    """第十条（二） 登记抽查."""
    form = CheckForm(posted(request))
    if form.is_bound and form.is_valid():
        who = _who(request)
        if _done(form, lambda: actions.register_check(form.row_of(), **who)):
            messages.success(request, "抽查已登记，被抽查单位能够看到。")
            return redirect("adjustment:checks")
    return _show(request, "new_check", form, form=form)


def false_reports(request: HttpRequest) -> HttpResponse:
    """第十条（二） 漏报、瞒报、虚报登记."""
    entries = FalseReport.objects.select_related("registrar", "unit", "check_made").prefetch_related("amendments__registrar")
    page = paged(request, _own(request, entries, "registrar"))
    return _show(request, "false_reports", page=page, may=actions.holds(_office(request), LEAD, OFFICE))


def new_false_report(request: HttpRequest) -> HttpResponse:
    """第十条（二） 登记漏报、瞒报、虚报; from a spot check, filled with what it says."""
    number = request.GET.get("check", "")
    found = _own(request, SpotCheck.objects.select_related("unit"), "lead")
    check = found.filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 10 else None
    known = {"unit": check.unit.code, "list_kind": check.list_kind, "item": check.scope[:200], "found_on": check.checked_on,
             "what": check.findings} if check else {}  # fmt: skip
    form = FalseReportForm(posted(request), initial=known)
    if form.is_bound and form.is_valid():
        who = _who(request)
        if _done(form, lambda: actions.register_false_report(form.row_of(check), **who)):
            messages.success(request, f"{form.cleaned_data['kind']}已登记，责任单位能够看到。")
            return redirect("adjustment:false_reports")
    return _show(request, "new_false_report", form, form=form, check=check)


def amend_check(request: HttpRequest, pk: int) -> HttpResponse:
    """第十条（二） 更正、补充一条抽查记录."""
    found = _own(request, SpotCheck.objects.select_related("lead", "unit"), "lead").filter(pk=pk).first()
    return _amend(request, found, "adjustment:checks")


def amend_false_report(request: HttpRequest, pk: int) -> HttpResponse:
    """第十条（二） 更正、补充一条漏报、瞒报、虚报的登记."""
    found = _own(request, FalseReport.objects.select_related("registrar", "unit"), "registrar").filter(pk=pk).first()
    return _amend(request, found, "adjustment:false_reports")


def _amend(request: HttpRequest, entry: SpotCheck | FalseReport | None, back: str) -> HttpResponse:
    if entry is None:
        raise Http404("没有这条登记。请从列表进入。")
    form = AmendmentForm(posted(request))
    if form.is_bound and form.is_valid():
        who = _who(request, seen=whole(request, "seen") or 0)
        if _done(form, lambda: actions.amend(entry, form.row(), **who)):
            messages.success(request, "已登记在原登记之后，原登记没有改动。")
            return redirect(back)
    return _show(request, "amend", form, form=form, entry=entry, back=back, earlier=list(entry.amendments.select_related("registrar")))
