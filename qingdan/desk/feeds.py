"""日历订阅: the two addresses that a person may make, for themselves and for their unit; shown once, revoked here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from qingdan.engine.refusals import Refused
from qingdan.kernel.notices.actions import make_feed, revoke_feed
from qingdan.kernel.notices.queries import current_feed

KINDS = {"person": "个人订阅", "unit": "单位订阅"}


def feeds(request: HttpRequest) -> HttpResponse:
    """What there is, and the buttons."""
    return _page(request)


def make(request: HttpRequest) -> HttpResponse:
    """A new address, shown on the answer to this and never again."""
    kind, post = _kind(request), request.post  # type: ignore[attr-defined]
    try:
        token = make_feed(by=post.person, office=post.office, personal=kind == "person")
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, status=422)
    return _page(request, fresh=kind, address=request.build_absolute_uri(reverse("notices:feed", args=[token])))


def revoke(request: HttpRequest) -> HttpResponse:
    """The address answers nothing any more."""
    kind, post = _kind(request), request.post  # type: ignore[attr-defined]
    revoke_feed(by=post.person, office=post.office, personal=kind == "person")
    messages.success(request, f"{KINDS[kind]}的地址已经撤销，日历程序不能再读取。")
    return redirect("desk:feeds")


def _kind(request: HttpRequest) -> str:
    return "unit" if request.POST.get("kind") == "unit" else "person"


def _page(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    post = request.post  # type: ignore[attr-defined]
    found = {"person": current_feed(post.office, post.person), "unit": current_feed(post.office, None)}
    rows = [(kind, name, found[kind]) for kind, name in KINDS.items()]
    return render(request, "desk/feeds.html", {"rows": rows, "office": post.office, **context}, status=status)
