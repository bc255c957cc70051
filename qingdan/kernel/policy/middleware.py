"""Deny by default: a page without a declared audience answers nobody; headers that hold on every answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from qingdan.kernel import clock
from qingdan.kernel.accounts import confirming, entering, sessions
from qingdan.kernel.leave import queries as leave
from qingdan.kernel.offices.queries import current_post
from qingdan.statute.labels import label

from .audiences import PUBLIC
from .declared import LOOK, Page, page_of

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Answer = Callable[[HttpRequest], HttpResponse]


class Headers:
    """Content policy everywhere; pages of signed-in people are never stored on the way."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]  # none of ours, and one of our databases refuses to look for it
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response


class TextOnly:
    """A NUL stands in no text, and PostgreSQL takes none: no page has one in its address, and in a question it reads as U+FFFD, which finds nothing.

    What is typed into a form is refused there, in Chinese and with the text kept.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            asked = request.GET.copy()
            for name, values in request.GET.lists():
                asked.setlist(name, [value.replace("\0", "\ufffd") for value in values])
            request.GET = asked  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if "\0" in request.path_info:
            raise Http404("没有这个网页。")


class DenyByDefault:
    """Looks up the line of the page and the post in which the person acts (`request.post`): first who, then with which method."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.post, request.duty, request.standing = None, "", None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        page = page_of(match.view_name) if match else None
        if page is None:
            raise PermissionDenied("这个页面没有登记可以使用的人员，因此不对任何人开放。")
        _still_here(request)
        user = request.user
        if user.is_authenticated:
            request.duty = user.duty  # type: ignore[attr-defined]
            if not user.duty:  # who is one of the 三员 acts for no office, whatever the rows say
                code = request.session.get("office", "")
                request.post = current_post(user, clock.today(), code)  # type: ignore[attr-defined]
                if ended := _stand_in(request, page):
                    return ended
        if page.audience.opens_to(request.post, request.duty, user.is_authenticated):  # type: ignore[attr-defined]
            if user.is_authenticated and not page.audience.accounts and page.audience is not PUBLIC and (first := entering.first_of_all(request)):
                return first
            return _sure(request, page, str(kwargs.get("act", ""))) or (None if request.method in page.methods else _not_so(request, page))
        if page.audience is not PUBLIC and not user.is_authenticated and page.audience.key != "demonstration":
            return redirect_to_login(request.get_full_path(), reverse("desk:login"))
        raise PermissionDenied(f"这个页面只供{page.audience.name}使用：{page.audience.description}")


def _stand_in(request: HttpRequest, page: Page) -> HttpResponse | None:
    """代: takes the post that the person chose to fill in this session, if they still do; if not, what was sent is not done in another name.

    Pages of one's own account and of the public know nobody but the person.
    """
    chosen = request.session.get(leave.SESSION)
    if chosen is None:
        return None
    found = leave.chosen(request.user.pk or 0, chosen, clock.today())
    if found is None:
        del request.session[leave.SESSION]
        if request.method in LOOK:
            messages.info(request, "您的代办已经结束，现在是本人名义。")
            return None
        return render(request, "409.html", {"refused": leave.OVER}, status=409)
    request.standing = found  # type: ignore[attr-defined]
    request.post = found.post  # type: ignore[attr-defined]
    if page.audience is not PUBLIC and not page.audience.accounts:
        request.user.stands_for = found.whom  # type: ignore[union-attr]
    return None


def _sure(request: HttpRequest, page: Page, act: str) -> HttpResponse | None:
    """再次确认 where the declaration asks for it. What only is looked at is asked for again by a POST to the same address."""
    wanted = "GET" if request.method == "POST" and request.POST.get("sure-then") == confirming.LOOK else request.method
    if not page.asks_again(wanted, act):
        return None
    return confirming.asked(request, label(act) if page.acts else page.what)


def _still_here(request: HttpRequest) -> None:
    """Ends a session that has been idle or has lived for too long, before anything is asked of it."""
    if not request.user.is_authenticated:
        return
    if why := sessions.over(request.session):
        entering.leave(request, "over")
        messages.info(request, why)
    else:
        sessions.touch(request.session)


def _not_so(request: HttpRequest, page: Page) -> HttpResponse:
    """405: the page is open to this person, this method is not declared for it."""
    response = render(request, "405.html", {"page": page}, status=405)
    response.headers["Allow"] = ", ".join(page.methods)
    return response
