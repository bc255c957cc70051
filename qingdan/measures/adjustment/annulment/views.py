"""One lapse: what was found, by whom, and what the second person decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import hands
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ui.sending import key_of, posted
from qingdan.measures.adjustment.access import visible_to
from qingdan.statute.labels import label

from . import actions
from .forms import DecideForm, DoubtForm
from .models import LapseDoubt


def lapse(request: HttpRequest, number: str, target: int) -> HttpResponse:
    """Propose that this lapse never came about, or decide on what another has proposed."""
    office = request.post.office  # type: ignore[attr-defined]
    case = visible_to(office, clock.today()).filter(number=number).first()
    event = case.events.filter(n=target).first() if case else None
    if case is None or event is None or not event.by_law:
        raise Http404("本案没有这一次视为的效果，或者您无权查看。")
    row = LapseDoubt.objects.filter(case=case, target=target).exclude(outcome=LapseDoubt.REJECTED).select_related("proposed_by", "file").first()
    form: Any = DecideForm(posted(request)) if row else DoubtForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            return _done(request, case, event, row, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"case": case, "event": event, "label": label(event.act), "row": row, "form": form, "key": key_of(request)}
    context["mine"] = row is not None and hands.shared(actions.PROPOSE, row, request.user)  # type: ignore[arg-type]
    return render(request, "adjustment/lapse.html", context, status=422 if form.is_bound and form.errors else 200)


def _done(request: HttpRequest, case: Case, event: Event, row: LapseDoubt | None, form: Any) -> HttpResponse:
    who: Any = {"by": request.user, "office": request.post.office, "key": key_of(request)}  # type: ignore[attr-defined]
    data, target = form.cleaned_data, event.n or 0
    if row is None:
        actions.doubt(case, target, ground=data["ground"], fact_day=data["fact_day"], reason=data["reason"], upload=data["file"], **who)
        messages.success(request, "已提出。请政务办另一名同志核对材料后认定；认定之前，视为的效果不变。")
        return redirect("adjustment:lapse", number=case.number, target=target)
    if "reject" in request.POST:
        actions.reject(row, data["remark"], **who)
        messages.success(request, "已认定视为的效果成立，结果不变。")
    else:
        actions.confirm(row, data["remark"], **who)
        messages.success(request, "已认定不成立。其后以它为前提的步骤一并撤销，未答复的单位自今天起重新答复。")
    return redirect("desk:case", number=case.number)
