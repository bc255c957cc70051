"""Pages of what units hand in. 政务办 sees all, a unit its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office
from qingdan.kernel.ui.sending import key_of, paged, posted
from qingdan.measures.adjustment.access import visible_to
from qingdan.measures.adjustment.answering import shown
from qingdan.measures.adjustment.papers.seeing import of_rules
from qingdan.statute.laws import law_on

from . import actions, queries
from .access import own_changes_seen_by, rules_seen_by
from .forms import OwnChangeForm, RuleForm

CONSEQUENCE = "涉及增减、名称、依据、程序的，自调整完毕日起{D13}内报送备案"


def _office(request: HttpRequest) -> Office:
    office: Office = request.post.office  # type: ignore[attr-defined]
    return office


def _show(request: HttpRequest, name: str, form: Any = None, **context: Any) -> HttpResponse:
    return shown(request, f"adjustment/filings/{name}.html", *([form] if form is not None else []), form=form, **context)


def filings(request: HttpRequest) -> HttpResponse:
    """第九条 备案: what has been filed."""
    page = paged(request, queries.filings(_office(request), clock.today(), request.GET.get("unit", "")))
    return _show(request, "filings", page=page, filings=queries.with_papers(page), unit=request.GET.get("unit", ""))


def own_changes(request: HttpRequest) -> HttpResponse:
    """第九条 本单位内部清单的调整: filed or only logged."""
    return _show(request, "own_changes", page=paged(request, own_changes_seen_by(_office(request), clock.today())))


def new_own_change(request: HttpRequest) -> HttpResponse:
    """第九条 登记本单位清单的调整."""
    office, today = _office(request), clock.today()
    form = OwnChangeForm(posted(request), cases=visible_to(office, today))
    if form.is_bound and form.is_valid():
        try:
            change = form.row()
            case = actions.register_own_change(change, by=request.user, office=office, key=key_of(request))  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记，请按期报送备案。" if change.to_file else "已登记。这类变动不用备案。")
            return redirect("desk:case", number=case.number)
    return _show(request, "new_own_change", form, consequence=law_on("调", today).told(CONSEQUENCE))


def unit_rules(request: HttpRequest) -> HttpResponse:
    """第十一条 各单位办法."""
    page = paged(request, rules_seen_by(_office(request), clock.today()))
    papers = of_rules(rule.paper_key for rule in page)
    rows = [(rule, papers.get(rule.paper_key)) for rule in page]
    return _show(request, "unit_rules", page=page, rows=rows, own=_office(request).pk)


def new_unit_rule(request: HttpRequest) -> HttpResponse:
    """第十一条 登记本单位办法."""
    form = RuleForm(posted(request), request.FILES if posted(request) else None)
    if form.is_bound and form.is_valid():
        try:
            actions.file_rule(form.row(), by=request.user, office=_office(request), key=key_of(request))  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记备案，政务办能够看到。")
            return redirect("adjustment:unit_rules")
    return _show(request, "new_unit_rule", form)
