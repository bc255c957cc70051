"""Pages of the watch: what happened to laws, what each unit has to answer, what is 待核 or 暂停行使."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.policy.declared import audience_of
from qingdan.kernel.ui.sending import key_of, number, paged, posted
from qingdan.lists.bases.models import BasisDocument, Hold, LawChange
from qingdan.lists.bases.queries import counts_of, open_holds
from qingdan.measures.adjustment import holding
from qingdan.measures.adjustment.access import is_office
from qingdan.measures.adjustment.answering import shown
from qingdan.measures.adjustment.forms import SayForm

from . import actions, queries
from .forms import KnownForm, NewForm


def _office(request: HttpRequest) -> Any:
    return request.post.office  # type: ignore[attr-defined]


def _show(request: HttpRequest, name: str, /, *sent: forms.Form, **context: Any) -> HttpResponse:
    audience = audience_of("adjustment:new_law_change")
    may_enter = bool(audience and audience.admits(request.post))  # type: ignore[attr-defined]
    return shown(request, f"adjustment/watching/{name}.html", *sent, may_enter=may_enter, **context)


# ---- 第五条 法律变动 ------------------------------------------------------------------------------------


def laws(request: HttpRequest) -> HttpResponse:
    """第五条: what happened to laws, newest first."""
    page = paged(request, LawChange.objects.select_related("document", "office"))
    return _show(request, "laws", page=page)


def enter(request: HttpRequest) -> HttpResponse:
    """第五条 登记法律变动: of a document of the register (`?document=`), or a new one."""
    asked = request.GET.get("document", "")
    if not asked:
        return _new(request)
    found = BasisDocument.objects.filter(pk=pk).first() if (pk := number(asked)) is not None else None
    if found is None:
        raise Http404("没有这份文件。请在依据登记簿中查找。")
    return _known(request, found)


def _known(request: HttpRequest, document: BasisDocument) -> HttpResponse:
    articles = counts_of(document, clock.today())
    form = KnownForm(posted(request), articles=articles)
    if form.is_bound and form.is_valid():
        change = form.change(document, form.cleaned_data["sort"])
        if answer := _entered(request, form, change, form.cleaned_data.get("places", [])):
            return answer
        document = BasisDocument.objects.get(pk=document.pk)
    return _show(request, "enter", form, form=form, document=document, resting=sum(n for _, n in articles))


def _new(request: HttpRequest) -> HttpResponse:
    form = NewForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            change = form.change(form.document(), LawChange.NEW)
        except forms.ValidationError as known:
            form.add_error("title", known)
        else:
            more = {"units": form.cleaned_data["units"], "items": form.cleaned_data["codes"]}
            if answer := _entered(request, form, change, [], **more):
                return answer
    return _show(request, "enter", form, form=form, document=None)


def _entered(request: HttpRequest, form: forms.Form, change: LawChange, places: list[str], **more: Any) -> HttpResponse | None:
    """Done, and on to its page; or the refusal on the form."""
    try:
        event = actions.enter(change, places, by=request.user, office=_office(request), key=key_of(request), **more)  # type: ignore[arg-type]
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    n = len(event.facts["units"])
    messages.success(request, f"已登记，为 {n} 个单位各生成一项任务。" if n else "已登记，没有需要答复的单位。")
    return redirect("adjustment:law_change", change.pk) if change.pk else redirect("adjustment:laws")  # sent twice: it is in the list


def law_change(request: HttpRequest, pk: int) -> HttpResponse:
    """One change and the tasks that came of it: 政务办 sees all, a unit its own (S46)."""
    change = get_object_or_404(LawChange.objects.select_related("document", "office"), pk=pk)
    office = _office(request)
    found = queries.tasks_of(change)
    mine = found if is_office(office, clock.today()) else [t for t in found if t.application.office_id == office.pk]
    return _show(request, "law_change", change=change, tasks=mine, units=len(found), waiting=sum(t.waiting for t in found))


# ---- 第十条（一） 待核和暂停行使 --------------------------------------------------------------------------


def holds(request: HttpRequest) -> HttpResponse:
    """第十条（一）: what is 待核 or 暂停行使 now; a unit sees its own."""
    today, office = clock.today(), _office(request)
    found = open_holds(today)
    if not is_office(office, today):
        found = [(hold, version) for hold, version in found if version.office_id == office.pk]
    page = paged(request, found)
    return _show(request, "holds", page=page, rows=[(hold, version, hold.state_on(today, today)) for hold, version in page])


def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """第十条（一） 恢复行使."""
    hold = get_object_or_404(Hold.objects.select_related("version__item", "version__office", "case"), pk=pk)
    form = SayForm(posted(request), label="恢复行使的理由", hint="写明依据何时恢复施行，或者另有什么有效依据")
    if form.is_bound and form.is_valid():
        try:
            holding.resume_item(hold, form.cleaned_data["opinion"], by=request.user, office=_office(request), key=key_of(request))  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"“{hold.version.name}”已恢复行使，公开页面不再注明。")
            return redirect("adjustment:holds")
    return _show(request, "resume", form, form=form, hold=hold)
