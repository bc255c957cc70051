"""我的代办: when I am away and who stands in, whose post I fill, ending it, and choosing in whose name I act."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Person
from qingdan.kernel.offices.queries import posts_of

from . import actions
from .forms import LeaveForm
from .models import VALID, Absence
from .queries import SESSION, present_for, standings

SHOWN = 30


def _me(request: HttpRequest) -> Person:
    """The person alone, in nobody else's name: one's own absences are one's own."""
    return Person.objects.select_related("account").get(pk=request.user.pk)


def own(request: HttpRequest) -> HttpResponse:
    """The page, and what is typed into it."""
    me, today = _me(request), clock.today()
    form = LeaveForm(me, list(posts_of(me, today)), request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.announce(**form.cleaned_data, by=me)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记：{made.substitute.name}在这几天代您办理，期满自动结束。")
            return redirect("leave:own")
    mine = list(Absence.objects.filter(person=me).select_related("post__office", "substitute", "asked_by", "confirmed_by", "ended_by")[:SHOWN])
    context: dict[str, Any] = {
        "form": form, "rows": [_row(a, me) for a in mine], "standings": standings(me, today),
        "coming": Absence.objects.filter(VALID, substitute=me, first__gt=today).select_related("post__office", "person"), "today": today,
        "alone": not form.fields["substitute"].queryset.exists(),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "leave/own.html", context, status=422 if form.errors else 200)


def _row(absence: Absence, me: Person) -> dict[str, Any]:
    today = clock.today()
    now = absence.is_valid and absence.first <= today <= absence.last
    return {"a": absence, "state": state_of(absence), "ends": me.pk in actions.ends(absence) and not absence.over_on(today),
            "present": present_for(absence, today) if now else None, "now": now}  # fmt: skip


def state_of(absence: Absence) -> tuple[str, str]:
    """The kind of its badge, and its word."""
    today = clock.today()
    if absence.ended_at is not None:
        refused = absence.asked_by_id != absence.person_id and absence.confirmed_by_id is None
        return "plain", "已退回" if refused else "已提前结束"
    if absence.last < today:
        return "plain", "期满结束"
    if absence.waits:
        return "near", "待确认"
    return ("done", "生效中") if absence.first <= today else ("plain", "尚未开始")


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """提前结束: for the absent person."""
    me = _me(request)
    found = Absence.objects.filter(Q(person=me) | Q(asked_by=me), pk=pk).first() if pk < 2**62 else None
    if found is None:
        raise Http404("没有这项代办，或者不是您登记的。")
    try:
        actions.end(found, by=me)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "代办已结束，代办人从下一次操作起不能再代您办理。")
    return redirect("leave:own")


def stand(request: HttpRequest) -> HttpResponse:
    """代 somebody from now on in this session; or, with nothing chosen, in one's own name again."""
    wanted = request.POST.get("absence", "")
    if not wanted:
        request.session.pop(SESSION, None)
        messages.success(request, "已改回本人名义。")
        return redirect("desk:inbox")
    found = next((s for s in standings(_me(request), clock.today()) if str(s.absence.pk) == wanted), None)
    if found is None:
        messages.error(request, "不能代办：这项代办已经结束，或者今天不由您代办。请看下面的登记，或者联系本人。")
        return redirect("leave:own")
    request.session[SESSION] = found.absence.pk
    return redirect("desk:inbox")
