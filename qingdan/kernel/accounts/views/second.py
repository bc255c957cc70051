"""The second step of the log-in, and the log-in by passkey alone (which is two factors in one: the device, and what it asks of its owner)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render

from .. import entering, factors, locking
from ..forms import CodeForm


def second(request: HttpRequest) -> HttpResponse:
    """二次验证: a code or the passkey of the person whose password was right."""
    waiting = entering.pending(request)
    if waiting is None:
        messages.info(request, "请先输入用户名和密码；二次验证要在 10 分钟内完成。")
        return redirect("desk:login")
    person, how, wanted = waiting
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        if until := locking.closed_until(person.username):
            form.add_error(None, locking.said(until))
        elif shown := proof(request, form, person):
            entering.enter(request, person, f"{how}和{shown}")
            return HttpResponseRedirect(entering.next_page(request, person, wanted))
        else:
            refuse(request, form, person, "failed")
    passkeys = any(f.type == factors.PASSKEY for f in factors.of_person(person))
    context = {"form": form, "challenge": {"request_options": factors.challenge(person)} if passkeys else None, "person": person}
    return render(request, "accounts/second.html", context, status=422 if form.errors else 200)


def proof(request: HttpRequest, form: CodeForm, person: factors.Person) -> str:
    """What was shown, if it was right."""
    credential = request.POST.get("credential", "")
    code = form.cleaned_data["code"] if not credential and form.is_valid() else ""
    return factors.proven(person, code, credential)


def refuse(request: HttpRequest, form: CodeForm, person: factors.Person, kind: str) -> None:
    """A wrong proof counts like a wrong password."""
    until = entering.failed(request, person.username, person, kind)
    if not form.errors:
        form.add_error(None, locking.said(until) if until else "验证没有通过。动态口令每 30 秒变化一次，每个只能用一次；恢复码用过即失效。")


def passkey(request: HttpRequest) -> HttpResponse:
    """用通行密钥登录: the challenge as JSON for the button's script, and the answer."""
    if request.method != "POST":
        return JsonResponse({"request_options": factors.challenge()})
    person = factors.passkey_fits(None, request.POST.get("credential", ""))
    if person is None:
        entering.log(request, "failed", None, entering.PASSKEY)
        messages.error(request, "通行密钥没有通过核对，请再试一次，或者用密码登录。")
        return redirect("desk:login")
    entering.enter(request, person, entering.PASSKEY)
    return HttpResponseRedirect(entering.next_page(request, person, request.POST.get("next", "")))
