"""Pages of unlocking (P-E2, T8) and of 谁看过 (P-E4). What is not there and what is not this person's are answered alike (T1).

An identity is shown by a POST only: no browser opens it beforehand, and each showing is a reading.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import is_custodian

from . import unlocking
from .forms import AskForm, DenyForm, GrantForm, ReadForm
from .models import Sealed, Unlock
from .reading import read_identity, who_has_seen
from .registry import Handling, called, who_handles


def _who(request: HttpRequest) -> tuple[Person, Office]:
    """The person, and the office for which they act now."""
    return request.user, request.post.office  # type: ignore[attr-defined, return-value]


def unlocks(request: HttpRequest) -> HttpResponse:
    """解锁申请: what waits for me; all that I asked for or could decide on."""
    me, _ = _who(request)
    waiting = unlocking.waiting_for(me)
    page = Paginator(unlocking.visible_to(me).exclude(pk__in=waiting.values("pk")), 30).get_page(request.GET.get("page"))
    context = {"waiting": waiting, "page": page, "rows": [(row, state_of(row)) for row in page]}
    return render(request, "vault/unlocks.html", context)


def state_of(row: Unlock) -> tuple[str, str]:
    """The kind of its badge, and its word."""
    if row.is_open:
        return "near", "等待决定"
    if row.outcome == Unlock.DENIED:
        return "plain", "未同意"
    if row.ended_at is not None:
        return "plain", "已提前结束"
    return ("done", "生效中") if unlocking.in_force(row) else ("plain", "已到期")


def ask(request: HttpRequest, subject: str) -> HttpResponse:
    """申请查看身份信息."""
    me, office = _who(request)
    handling = _known(subject, me, office)
    form = AskForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = unlocking.ask(subject, form.cleaned_data["reason"], by=me, office=office)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已提出，请等待身份保管员决定；决定会出现在提醒里。")
            return redirect("vault:unlock", made.pk)
    context = {"form": form, "handling": handling, "subject": subject, "nobody": not unlocking.deciders(handling, me)}
    return render(request, "vault/ask.html", context, status=422 if form.errors else 200)


def unlock(request: HttpRequest, unlock: str) -> HttpResponse:
    """One request: decided on, or ended before its time."""
    me, _ = _who(request)
    row = unlocking.visible_to(me).filter(pk=unlock).first()
    if row is None:
        raise Http404(unlocking.NONE)
    grant, deny = GrantForm(_sent(request, "grant")), DenyForm(_sent(request, "deny"), initial={"remark": request.POST.get("remark", "")})
    trouble = ""
    if request.method == "POST":
        try:
            if _decided(request, row, me, grant, deny):
                return redirect("vault:unlock", row.pk)
        except Refused as refused:
            trouble = str(refused)
    mine, kept = row.asked_by_id == me.pk, is_custodian(me, row.keeper_office, clock.today())
    row = unlocking.visible_to(me).get(pk=row.pk)
    context = {
        "row": row, "state": state_of(row), "mine": mine, "in_force": unlocking.in_force(row), "grant": grant, "deny": deny, "kept": kept,
        "why_not": unlocking.why_not(row, me) if row.is_open else None, "handling": _title(row, me), "trouble": trouble,
    }  # fmt: skip
    return render(request, "vault/unlock.html", context, status=422 if request.method == "POST" else 200)


def _sent(request: HttpRequest, name: str) -> Any:
    return request.POST if name in request.POST else None


def _title(row: Unlock, me: Person) -> Handling | None:
    """What it is about: for who asked, as long as they may know of it, and for who decides on it."""
    if row.asked_by_id == me.pk:
        return unlocking.known(row.subject, me, row.office)
    return who_handles(row.subject)


def _decided(request: HttpRequest, row: Unlock, me: Person, grant: GrantForm, deny: DenyForm) -> bool:
    """What the pressed button does; False where a form is not filled in. Raises Refused."""
    if grant.is_bound:
        if not grant.is_valid():
            return False
        unlocking.grant(row, by=me, until=clock.now() + timedelta(hours=grant.cleaned_data["hours"]))
        messages.success(request, "已同意，到时自动失效；申请人每看一次都会登记。")
    elif deny.is_bound:
        if not deny.is_valid():
            return False
        unlocking.deny(row, by=me, reason=deny.cleaned_data["remark"])
        messages.success(request, "已不同意，理由会告知申请人。")
    elif "end" in request.POST:
        unlocking.end(row, by=me)
        messages.success(request, "已结束，身份信息不能再看。")
    else:
        raise Refused("没有办理", "没有收到按了哪个按钮", "请用页面上的按钮办理")
    return True


@sensitive_variables()
def identity(request: HttpRequest, subject: str) -> HttpResponse:
    """The identity itself, for who has a grant in force: asked for a purpose, shown once, logged."""
    me, office = _who(request)
    handling = _known(subject, me, office)
    try:
        unlocking.ensure_unlocked(subject, me, office)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("vault:ask", subject)
    form, trouble = ReadForm(request.POST if "purpose" in request.POST else None), ""
    sealed = list(Sealed.objects.filter(subject=subject, kind=Sealed.IDENTITY))
    if form.is_bound and form.is_valid():
        try:
            shown = [_shown(row, me, office, form.cleaned_data["purpose"]) for row in sealed]
        except Refused as refused:
            trouble = str(refused)
        else:
            told = {"handling": handling, "subject": subject, "shown": shown, "purpose": form.cleaned_data["purpose"]}
            return render(request, "vault/identity.html", told)
    context = {"handling": handling, "subject": subject, "form": form, "trouble": trouble, "anonymous": not sealed}
    return render(request, "vault/identity.html", context, status=422 if form.errors or trouble else 200)


@sensitive_variables()
def _shown(row: Sealed, me: Person, office: Office, purpose: str) -> list[tuple[str, str]]:
    fields = read_identity(row, by=me, office=office, purpose=purpose)
    return [(called(name), text) for name, text in fields.items()]


def seen(request: HttpRequest, subject: str) -> HttpResponse:
    """谁看过."""
    handling = _of_readers(request, subject)
    page = Paginator(who_has_seen(subject), 100).get_page(request.GET.get("page"))
    return render(request, "vault/seen.html", {"handling": handling, "subject": subject, "page": page})


def seen_print(request: HttpRequest, subject: str) -> HttpResponse:
    """The same on paper, whole."""
    handling = _of_readers(request, subject)
    context = {"handling": handling, "subject": subject, "rows": who_has_seen(subject), "now": clock.now(), "me": request.user}
    return render(request, "vault/seen_print.html", context)


def _known(subject: str, me: Person, office: Office) -> Handling:
    handling = unlocking.known(subject, me, office)
    if handling is None:
        raise Http404(unlocking.NONE)
    return handling


def _of_readers(request: HttpRequest, subject: str) -> Handling:
    me, office = _who(request)
    handling = unlocking.sees_readers(subject, me, office)
    if handling is None:
        raise Http404(unlocking.NONE)
    return handling
