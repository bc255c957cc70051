"""One's own second factors: adding, removing, recovery codes."""

from __future__ import annotations

import base64

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused

from .. import entering, factors
from ..forms import CodeForm, PasskeyForm


def totp(request: HttpRequest) -> HttpResponse:
    """启用动态口令: the seed as a picture and as text, proven by a code."""
    form = CodeForm(request.POST or None)
    form.fields["code"].help_text = "验证器现在显示的 6 位数字"
    secret = get_totp_secret(regenerate=not form.is_bound)
    if form.is_bound and form.is_valid():
        try:
            factors.add_totp(request.user, secret, form.cleaned_data["code"])  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            clear_totp_secret(request)
            return _added(request, "动态口令已启用，下次登录时要用。")
    url = get_adapter().build_totp_url(request.user, secret)
    picture = base64.b64encode(get_adapter().build_totp_svg(url).encode()).decode()
    context = {"form": form, "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)), "picture": picture}
    return render(request, "accounts/totp.html", context, status=422 if form.errors else 200)


def add_passkey(request: HttpRequest) -> HttpResponse:
    """添加通行密钥."""
    form = PasskeyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            factors.add_passkey(request.user, form.cleaned_data["name"], form.cleaned_data["credential"])  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _added(request, "通行密钥已添加，下次可以直接用它登录。")
    context = {"form": form, "creation": {"creation_options": factors.registration(request.user)}}  # type: ignore[arg-type]
    return render(request, "accounts/passkey.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, said: str) -> HttpResponse:
    request.session[entering.FACTORED] = True
    messages.success(request, said)
    if factors.recovery_left(request.user):  # type: ignore[arg-type]
        return redirect("accounts:own")
    messages.info(request, "请生成恢复码并妥善保管：手机或者密钥丢失时，要靠它登录。")
    return redirect("accounts:recovery")


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """移除一项."""
    if not any(f.pk == pk for f in factors.of_person(request.user)):  # type: ignore[arg-type]
        raise Http404("没有这一项，可能已经移除。")
    try:
        name = factors.take_away(request.user, pk, request.post)  # type: ignore[arg-type,attr-defined]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        request.session.pop(entering.FACTORED, None)
        messages.success(request, f"{name}已移除。")
    return redirect("accounts:own")


def recovery(request: HttpRequest) -> HttpResponse:
    """恢复码: shown on the answer itself, and never again."""
    codes: list[str] = []
    if request.method == "POST":
        try:
            codes = factors.renew_recovery(request.user)  # type: ignore[arg-type]
        except Refused as refused:
            messages.error(request, str(refused))
    return render(request, "accounts/recovery.html", {"codes": codes, "left": factors.recovery_left(request.user)})  # type: ignore[arg-type]
