"""提醒: what this office was told, unread first; reading it is each person's own."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.kernel import clock, opaque
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.notices.queries import in_order, mark_read, notices_of, unread
from qingdan.kernel.policy.audiences import OFFICE_ONLY
from qingdan.measures.adjustment.access import visible_to

STATES = {"unread": "未读", "read": "已读", "settled": "已了结"}
ALL_AT_ONCE = 1000


def notices(request: HttpRequest) -> HttpResponse:
    """提醒, unread first, narrowed by state and by the number of a case."""
    post = request.post  # type: ignore[attr-defined]
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()[:100]
    found = _narrowed(notices_of(post), state, words).select_related("case")
    page = Paginator(in_order(found), 50).get_page(request.GET.get("page"))
    cases = _open_to(post, [n.case_id for n in page if n.case_id])
    rows = [(notice, cases.get(notice.case_id)) for notice in page]
    context = {"page": page, "rows": rows, "state": state, "q": words, "states": STATES, "office": OFFICE_ONLY.admits(post)}
    return render(request, "desk/notices.html", context)


def _narrowed(found: QuerySet[Any], state: str, words: str) -> QuerySet[Any]:
    if state in STATES:
        wanted = {"unread": Q(settled=False, was_read=False), "read": Q(was_read=True), "settled": Q(settled=True)}
        found = found.filter(wanted[state])
    return found.filter(Q(case__number__icontains=words) | Q(text__icontains=words)) if words else found


def _open_to(post: Any, keys: list[int]) -> dict[int, Case]:
    """The cases of this page that the office may open: a notice of another one says its number only."""
    return {case.pk: case for case in visible_to(post.office, clock.today()).filter(pk__in=keys)}


def read(request: HttpRequest) -> HttpResponse:
    """标为已读: one notice of this post, or all that are unread."""
    post, name = request.post, request.POST.get("notice", "")  # type: ignore[attr-defined]
    waiting = unread(post)
    if "all" not in request.POST:
        waiting = waiting.filter(pk=opaque.found("notice", name))
    mark_read(waiting[:ALL_AT_ONCE], post.person)
    return redirect("desk:notices")
