"""代办 for somebody who is away already: one 安全管理员 asks, another confirms; whoever granted it may end it. No business is seen here."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.leave import actions
from qingdan.kernel.leave.forms import LeaveForm
from qingdan.kernel.leave.models import Absence
from qingdan.kernel.leave.views import state_of
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.offices.models import Person
from qingdan.kernel.offices.queries import posts_of

from ..entering import tell
from .people import one

MORE = ("post__office", "person", "substitute", "asked_by", "confirmed_by", "ended_by")


def leaves(request: HttpRequest) -> HttpResponse:
    """What waits for a second person; what holds; what is over."""
    found = Absence.objects.select_related(*MORE)
    waiting = found.filter(ended_at=None, confirmed_by=None).exclude(asked_by=F("person"))
    page = Paginator(found.exclude(pk__in=waiting.values("pk")), 30).get_page(request.GET.get("page"))
    return render(request, "accounts/leaves.html", {"waiting": waiting, "page": page, "rows": [(a, state_of(a)) for a in page]})


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """提出."""
    person = one(pk)
    posts = list(posts_of(person, clock.today()))
    form = LeaveForm(person, posts, request.POST or None, for_another=True)
    if form.is_bound and form.is_valid():
        try:
            row = actions.ask(**form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已提出，请另一名安全管理员确认。确认之前什么也不改变。")
            return redirect("accounts:leave", row.pk)
    context = {"form": form, "person": person, "posts": posts}
    return render(request, "accounts/ask_leave.html", context, status=422 if form.errors else 200)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: confirm, send back, or end."""
    row = Absence.objects.select_related(*MORE).filter(pk=pk).first() if pk < 2**62 else None
    if row is None:
        raise Http404("没有这项代办。")
    trouble, by = "", request.user
    if request.method == "POST" and isinstance(by, Person):
        try:
            return _decided(request, row, by)
        except Refused as refused:
            trouble = str(refused)
            row.refresh_from_db()
    ends = by.pk in actions.ends(row) and not row.over_on(clock.today())
    context = {"row": row, "state": state_of(row), "mine": by.pk == row.asked_by_id, "ends": ends, "trouble": trouble}
    return render(request, "accounts/leave.html", context, status=422 if trouble else 200)


def _decided(request: HttpRequest, row: Absence, by: Person) -> HttpResponse:
    with writing():
        if "confirm" in request.POST:
            done = actions.confirm(row, by=by)
            days = f"{done.first.isoformat()}至{done.last.isoformat()}"
            tell(done.person, f"{days}您的职务（{done.post.office}{done.post.title}）由{done.substitute.name}代办："
                              f"{done.asked_by.name}提出，{by.name}确认，依据“{done.reason}”。回来后可以在“代办”中提前结束。")  # fmt: skip
            tell(done.substitute, f"{days}由您代{done.person.name}（{done.post.office}{done.post.title}）办理，见“代办”。")
            said = "已确认，双方下次登录时会看到告知。"
        else:
            done = actions.end(row, by=by)
            tell(done.person, f"由{done.substitute.name}代您办理的登记已由{by.name}结束。")
            said = "已结束，从代办人下一次操作起生效。"
    messages.success(request, said)
    return redirect("accounts:leaves")
