"""账号, for the 系统管理员 and the 安全管理员: who there is, new accounts, switching off."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Account, Person
from qingdan.kernel.offices.queries import custodies_of, posts_by_person, posts_of

from .. import actions, factors
from ..forms import NewPersonForm
from ..models import Request


def people(request: HttpRequest) -> HttpResponse:
    """All accounts, found by name or user name."""
    words = request.GET.get("q", "").strip()[:100]
    found = Person.objects.select_related("account")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words))
    page = Paginator(found.order_by("username"), 50).get_page(request.GET.get("page"))
    posts = posts_by_person(page.object_list, clock.today())
    rows = [(person, posts.get(person.pk, []), actions.DUTIES.get(person.duty, "")) for person in page]
    return render(request, "accounts/people.html", {"page": page, "rows": rows, "q": words, "system": request.duty == Account.SYSTEM})  # type: ignore[attr-defined]


def one(pk: int) -> Person:
    """The person behind an address."""
    person = Person.objects.select_related("account").filter(pk=pk).first() if pk < 2**62 else None
    if person is None:
        raise Http404("没有这个账号。")
    return person


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account, and what may be done with it."""
    shown = one(pk)
    asked = Request.objects.filter(person=shown).select_related("office", "asked_by", "decided_by")[:50]
    context = {
        "shown": shown, "posts": posts_of(shown, clock.today()), "duty": actions.DUTIES.get(shown.duty, ""), "asked": asked,
        "custodies": custodies_of(shown, clock.today()),
        "factors": len(factors.of_person(shown)), "mine": shown.pk == request.user.pk, "kinds": _kinds(shown),
        "security": request.duty == Account.SECURITY,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "accounts/person.html", context)


def _kinds(shown: Person) -> list[tuple[str, str]]:
    """What makes sense for this account now."""
    if not shown.active:
        return [(Request.ACTIVATE, "恢复账号")]
    of_staff = [Request.APPOINT, Request.END_POST, Request.ENTRUST, Request.END_CUSTODY, Request.COMMISSION]
    of_duty = [Request.DISCHARGE] if shown.duty else of_staff
    names = dict(Request.KINDS)
    return [(kind, names[kind]) for kind in (Request.PASSWORD, Request.FACTORS, *of_duty)]


def new_person(request: HttpRequest) -> HttpResponse:
    """建立账号."""
    form = NewPersonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.create(**form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已建立账号 {made.username}。密码和任职由两名安全管理员分别经手，在此之前不能登录，也没有任何权限。")
            return redirect("accounts:person", made.pk)
    return render(request, "accounts/new_person.html", {"form": form}, status=422 if form.errors else 200)


def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """停用: at once."""
    shown = one(pk)
    try:
        actions.deactivate(shown, request.POST.get("reason", "")[:400], by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{shown.name}的账号已停用，登录已全部结束。")
    return redirect("accounts:person", pk)
