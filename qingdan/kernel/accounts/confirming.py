"""再次确认: before a signature, a publication, a change of the calendar, an export, a person shows again who they are, if the last time was long ago.

The page that asks carries what was sent, so that nothing typed is lost: it is sent to the same address, with the proof beside it.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.kernel.offices.models import Person

from . import entering, factors, locking, sessions

OURS = ("csrfmiddlewaretoken", "sure-then", "sure-password", "sure-code", "sure-credential")
LOOK, SEND = "look", "send"


def asked(request: HttpRequest, what: str) -> HttpResponse | None:
    """The page that asks, or nothing where there is no need to ask (any more). `what`: the name of the page that is wanted."""
    then = request.POST.get("sure-then", "")
    if sessions.is_sure(request.session):
        return _on(request, then)
    person = request.user
    if not isinstance(person, Person) or not then:
        return _page(request, what)
    if until := locking.closed_until(person.username):
        return _page(request, what, locking.said(until))
    if how := _shown(request, person):
        sessions.make_sure(request.session)
        locking.succeeded(person.username)
        entering.log(request, "sure", person, how)
        return _on(request, then)
    return _failed(request, person, what)


def _on(request: HttpRequest, then: str) -> HttpResponse | None:
    """What was only to be looked at is asked for anew; what was sent goes on to its page."""
    return redirect(request.get_full_path()) if then == LOOK else None


def _shown(request: HttpRequest, person: Person) -> str:
    """How the person has shown who they are, or nothing."""
    if settings.DEMONSTRATION:  # nobody there has a password; its page says so
        return entering.ONE_CLICK
    password, code, credential = (request.POST.get(name, "") for name in OURS[2:])
    if credential or code:
        return factors.proven(person, code, credential)
    return entering.PASSWORD if 0 < len(password) <= 4096 and check_password(password, person.password) else ""


def _failed(request: HttpRequest, person: Person, what: str) -> HttpResponse:
    until = entering.failed(request, person.username, person, "unsure")
    if until:  # whoever sits there does not know the password
        entering.leave(request)
        messages.error(request, locking.said(until))
        return redirect("desk:login")
    return _page(request, what, "没有通过：密码不对，或者验证码已经用过、过时。")


def _page(request: HttpRequest, what: str, trouble: str = "") -> HttpResponse:
    person = request.user
    found = factors.of_person(person) if isinstance(person, Person) else []
    passkeys = any(f.type == factors.PASSKEY for f in found)
    sent = request.method == "POST" and request.POST.get("sure-then") != LOOK
    context = {
        "what": what, "trouble": trouble, "then": SEND if sent else LOOK, "minutes": (settings.SURE_FOR or 0) // 60,
        "carried": [(n, v) for n, values in request.POST.lists() if n not in OURS for v in values] if sent else [],
        "files": [f.name for files in request.FILES.lists() for f in files[1]] if sent else [],
        "one_click": settings.DEMONSTRATION, "password": request.user.has_usable_password(), "factors": found,  # type: ignore[union-attr]
        "challenge": {"request_options": factors.challenge(person)} if passkeys and not settings.DEMONSTRATION else None,  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, "accounts/sure.html", context, status=403)
