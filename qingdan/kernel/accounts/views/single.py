"""统一身份认证: away and back. Without the setting neither address is there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from qingdan.engine.refusals import Refused

from .. import entering, factors, oidc


def away(request: HttpRequest) -> HttpResponse:
    """To the provider."""
    _ensure_configured()
    try:
        return HttpResponseRedirect(oidc.begin(request, request.GET.get("next", "")))
    except Refused as refused:
        return _refused(request, refused)


def back(request: HttpRequest) -> HttpResponse:
    """From the provider. Who has a second factor here shows it, too."""
    _ensure_configured()
    try:
        person, wanted = oidc.finish(request)
    except Refused as refused:
        entering.log(request, "failed", None, entering.OIDC)
        return _refused(request, refused)
    if factors.has(person):
        entering.wait(request, person, entering.OIDC, wanted)
        return redirect("accounts:second")
    entering.enter(request, person, entering.OIDC)
    return HttpResponseRedirect(entering.next_page(request, person, wanted))


def _ensure_configured() -> None:
    if not oidc.configured():
        raise Http404("本系统没有接入统一身份认证。")


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    messages.error(request, str(refused))
    return redirect("desk:login")
