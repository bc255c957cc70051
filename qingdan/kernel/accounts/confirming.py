"""再次确认: before a signature, a publication, a change of the calendar, an export, a person shows again who they are, if the last time was long ago.

The page that asks carries what was sent, so that nothing typed is lost: it is sent to the same address, with the proof beside it. Files that were
chosen wait on the disk meanwhile (`files.staging`), known to this session and for this address alone, and are put back before the page sees them.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import check_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.kernel.files import staging
from qingdan.kernel.files.kinds import LIMIT
from qingdan.kernel.offices.models import Person

from . import entering, factors, locking, sessions

PROOFS = ("sure-password", "sure-code", "sure-credential")
OURS = ("csrfmiddlewaretoken", "sure-then", "sure-file", *PROOFS)
STAGED, MOST = "sure-files", 20  # in the session: token → address, field, name, type; so many at once
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
    """What was only to be looked at is asked for anew; what was sent goes on to its page, with its files."""
    if then == LOOK:
        return redirect(request.get_full_path())
    if then == SEND:
        _give_back(request)
    return None


def _stage(request: HttpRequest) -> tuple[list[tuple[str, str]], list[str]]:
    """Keep the chosen files; those of an earlier try of the same form still wait. Returns (token, name) of each, and the names of those not kept."""
    staged: dict[str, list[str]] = request.session.get(STAGED, {})
    left: list[str] = []
    found = [(token, staged[token][2]) for token in request.POST.getlist("sure-file") if token in staged]
    for field, files in request.FILES.lists():
        for file in files:
            if len(found) >= MOST or (file.size or 0) > LIMIT:
                left.append(file.name or "")
                continue
            token = staging.put(file.read())
            staged[token] = [request.path, field, file.name or "", file.content_type or ""]
            found.append((token, file.name or ""))
    for old in list(staged)[:-MOST]:
        staging.drop(old)
        del staged[old]
    if found:
        request.session[STAGED] = staged
    return found, left


def _give_back(request: HttpRequest) -> None:
    """The files that waited, as if they had been chosen just now. A page that does not take them asks for them again by itself."""
    staged: dict[str, list[str]] = request.session.get(STAGED, {})
    for token in request.POST.getlist("sure-file"):
        if staged.get(token, [""])[0] != request.path:
            continue
        _, field, name, kind = staged.pop(token)
        if (data := staging.get(token)) is not None:
            request.FILES.appendlist(field, SimpleUploadedFile(name, data, kind))
        else:
            messages.warning(request, f"文件“{name}”已经不再保留，请重新选择。")
        staging.drop(token)
        request.session[STAGED] = staged


def _shown(request: HttpRequest, person: Person) -> str:
    """How the person has shown who they are, or nothing."""
    if settings.DEMONSTRATION:  # nobody there has a password; its page says so
        return entering.ONE_CLICK
    password, code, credential = (request.POST.get(name, "") for name in PROOFS)
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
    files, left = _stage(request) if sent else ([], [])
    context = {
        "what": what, "trouble": trouble, "then": SEND if sent else LOOK, "minutes": (settings.SURE_FOR or 0) // 60,
        "carried": [(n, v) for n, values in request.POST.lists() if n not in OURS for v in values] if sent else [],
        "files": files, "left": left,
        "one_click": settings.DEMONSTRATION, "password": request.user.has_usable_password(), "factors": found,  # type: ignore[union-attr]
        "challenge": {"request_options": factors.challenge(person)} if passkeys and not settings.DEMONSTRATION else None,  # type: ignore[arg-type]
    }  # fmt: skip
    return render(request, "accounts/sure.html", context, status=403)
