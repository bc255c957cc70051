"""授权和重设: one 安全管理员 asks, another confirms; and the page on which a person sets a password with both halves of a code."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused

from .. import actions
from ..forms import AskForm, RenewForm
from ..models import Request
from .people import one

HALF = "half"  # in the session, until it has been shown once


def requests(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and what was decided."""
    found = Request.objects.select_related("person", "office", "asked_by", "decided_by")
    waiting = [(r, r.asked_by_id == request.user.pk or r.person_id == request.user.pk) for r in found.filter(outcome="")]
    page = Paginator(found.exclude(outcome=""), 30).get_page(request.GET.get("page"))
    return render(request, "accounts/requests.html", {"waiting": waiting, "page": page})


def ask(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """提出."""
    person = one(pk)
    if kind not in dict(Request.KINDS):
        raise Http404("没有这个事项。")
    form = AskForm(kind, person, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            row, half = actions.ask(kind, person, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已提出，请另一名安全管理员确认。确认之前什么也不改变。")
            return _on(request, row.pk, half)
    context = {"form": form, "person": person, "what": dict(Request.KINDS)[kind], "fields": [form[name] for name in form.fields]}
    return render(request, "accounts/ask.html", context, status=422 if form.errors else 200)


def _on(request: HttpRequest, pk: int, half: str) -> HttpResponse:
    if half:
        request.session[HALF] = {"pk": pk, "half": half}
    return redirect("accounts:request", pk)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: confirm or send back."""
    row = Request.objects.select_related("person", "office", "asked_by", "decided_by").filter(pk=pk).first() if pk < 2**62 else None
    if row is None:
        raise Http404("没有这个事项。")
    trouble = ""
    if request.method == "POST":
        try:
            return _decided(request, row)
        except Refused as refused:
            trouble = str(refused)
            row.refresh_from_db()
    kept = request.session.get(HALF, {})
    half = request.session.pop(HALF)["half"] if kept.get("pk") == row.pk else ""
    mine = request.user.pk in (row.asked_by_id, row.person_id)
    context = {"row": row, "half": half, "mine": mine, "trouble": trouble, "remark": request.POST.get("remark", ""), "first": row.is_open}
    return render(request, "accounts/request.html", context, status=422 if trouble else 200)


def _decided(request: HttpRequest, row: Request) -> HttpResponse:
    if "reject" in request.POST:
        actions.reject(row, request.POST.get("remark", ""), by=request.user)  # type: ignore[arg-type]
        messages.success(request, "已退回，什么也没有改变。")
        return redirect("accounts:requests")
    half = actions.confirm(row, by=request.user)  # type: ignore[arg-type]
    messages.success(request, f"已确认。{row.person.name}的登录已全部结束，下次登录时会看到告知。")
    return _on(request, row.pk, half)


def renew(request: HttpRequest) -> HttpResponse:
    """设置密码, for a new account or after a reset."""
    form = RenewForm(request.POST or None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            actions.renew(told["username"], told["first"], told["second"], told["new"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "密码已设置，请登录。")
            return redirect("desk:login")
    return render(request, "accounts/renew.html", {"form": form}, status=422 if form.errors else 200)
