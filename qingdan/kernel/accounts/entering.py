"""The one way in: whatever somebody has shown, they are logged in here, the log gets its line, and what waits for them is laid before them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Account, Person

from . import factors, locking, sessions
from .models import Entry, Word

BACKEND = "qingdan.kernel.offices.auth.Backend"
PASSWORD, PASSKEY, ONE_CLICK, OIDC = "密码", "通行密钥", "演示一键登录", "统一身份认证"
WORDS, WAITING, FACTORED = "words", "waiting", "factored"
WAITS_FOR = 600  # seconds between the two steps
HOME = {Account.SYSTEM: "accounts:people", Account.SECURITY: "accounts:requests", Account.AUDIT: "accounts:log"}


def enter(request: HttpRequest, person: Person, how: str) -> None:
    """Log this person in; the caller has seen the proof."""
    login(request, person, backend=BACKEND)
    request.session.pop(WAITING, None)
    request.session.update({sessions.HOW: how, sessions.ADDRESS: address_of(request), sessions.AGENT: agent_of(request)})
    locking.succeeded(person.username)
    log(request, "in", person, how)
    if words := list(Word.objects.filter(person=person, read=False).values_list("text", flat=True)[:20]):
        request.session[WORDS] = words


def wait(request: HttpRequest, person: Person, how: str, wanted: str) -> None:
    """The first step was right; nobody is logged in yet."""
    request.session.cycle_key()
    now = int(clock.now().timestamp())
    request.session[WAITING] = {"pk": person.pk, "fits": person.get_session_auth_hash(), "at": now, "how": how, "next": wanted}


def pending(request: HttpRequest) -> tuple[Person, str, str] | None:
    """Who has taken the first step in this session within the last ten minutes, how, and where they want to go."""
    told = request.session.get(WAITING)
    if not told or not -sessions.AHEAD <= int(clock.now().timestamp()) - told["at"] < WAITS_FOR:
        return None
    person = Person.objects.select_related("account").filter(pk=told["pk"], active=True).first()
    if person is None or not constant_time_compare(person.get_session_auth_hash(), told["fits"]):
        return None
    return person, told["how"], told["next"]


def first_of_all(request: HttpRequest) -> HttpResponse | None:
    """What somebody has to do before anything else: a password that another person knows is changed first."""
    account = getattr(request.user, "account", None)
    if account and account.must_change:
        messages.info(request, "这个密码是别人设的，请先换成只有您自己知道的。")
        return redirect("accounts:password")
    person, post = request.user, request.post  # type: ignore[attr-defined]
    if isinstance(person, Person) and not request.session.get(FACTORED) and factors.needed(person, post):
        if not factors.has(person):
            messages.info(request, "您的职责要求二次验证，请先启用动态口令或者添加通行密钥。")
            return redirect("accounts:own")
        request.session[FACTORED] = True
    return None


def leave(request: HttpRequest, why: str = "out") -> None:
    """End this session."""
    if isinstance(request.user, Person):
        log(request, why, request.user)
    logout(request)


def next_page(request: HttpRequest, person: Person, wanted: str) -> str:
    """Where they go: the page they came for, if it is one of ours, else the first page of their duty, else 待办."""
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(HOME.get(person.duty, settings.LOGIN_REDIRECT_URL))


def log(request: HttpRequest, kind: str, person: Person | None, how: str = "") -> None:
    """One line of the log."""
    Entry.objects.create(at=clock.now(), kind=kind, person=person, how=how, address=address_of(request), agent=agent_of(request))


def failed(request: HttpRequest, name: str, person: Person | None, kind: str = "failed") -> datetime | None:
    """One more failure under this name, in the log too; returns until when the name is closed now, if it is."""
    until = locking.failed(name)
    log(request, "locked" if until else kind, person)
    return until


def tell(person: Person, text: str) -> None:
    """A word to the person, shown from the next log-in on."""
    Word.objects.create(person=person, text=text[:300], at=clock.now())


def address_of(request: HttpRequest) -> str:
    """Whence the request came. Behind our proxy the proxy's own entry at the end of the list, the only one that nobody else could write."""
    if settings.SECURE_PROXY_SSL_HEADER and (through := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        return _printable(through.rsplit(",", 1)[-1].strip(), 45)
    return _printable(request.META.get("REMOTE_ADDR", ""), 45)


def agent_of(request: HttpRequest) -> str:
    return _printable(request.META.get("HTTP_USER_AGENT", ""), 200)


def _printable(text: Any, most: int) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in str(text))[:most]
