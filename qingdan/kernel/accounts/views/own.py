"""我的账号: what one may, one's sessions, one's password, and what was done to the account by others."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.queries import posts_of

from .. import entering, factors, sessions
from ..forms import PasswordForm
from ..models import Word
from ..passwords import change


def own(request: HttpRequest) -> HttpResponse:
    """The page of the account."""
    person = request.user
    found = factors.of_person(person)  # type: ignore[arg-type]
    context = {
        "factors": [(f, factors.name_of(f)) for f in found], "totp": any(f.type == factors.TOTP for f in found),
        "needed": factors.needed(person, request.post), "left": factors.recovery_left(person),  # type: ignore[arg-type,attr-defined]
        "posts": [] if person.duty else posts_of(person, clock.today()),  # type: ignore[union-attr,arg-type]
        "account": getattr(person, "account", None),
        "sessions": sessions.of_person(person, request.session.session_key or ""),  # type: ignore[arg-type]
        "told": Word.objects.filter(person=person.pk).order_by("-pk")[:20],
    }
    return render(request, "accounts/own.html", context)


def password(request: HttpRequest) -> HttpResponse:
    """修改密码: the old one, and the new one twice. All other sessions end."""
    form = PasswordForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            person = change(request.user, form.cleaned_data["old"], form.cleaned_data["new"])  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            update_session_auth_hash(request, person)
            sessions.make_sure(request.session)
            messages.success(request, "密码已修改，其他地方的登录已经全部结束。")
            return redirect("accounts:own")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


def end(request: HttpRequest) -> HttpResponse:
    """结束其他登录: one of them, or all but this one."""
    count = sessions.end(request.user, request.POST.get("which", ""), request.session.session_key or "")  # type: ignore[arg-type]
    if count:
        entering.log(request, "ended", request.user)  # type: ignore[arg-type]
    messages.success(request, f"已结束 {count} 处登录。" if count else "没有可以结束的登录，可能已经退出。")
    return redirect("accounts:own")


def told(request: HttpRequest) -> HttpResponse:
    """知道了."""
    Word.objects.filter(person=request.user.pk, read=False).update(read=True)
    request.session.pop(entering.WORDS, None)
    return redirect("accounts:own")
