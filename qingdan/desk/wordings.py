"""提醒文字: what each kind of notice says, changed by 政务办; a preview with an invented case, every version with who and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger import hands
from qingdan.kernel.notices import wording as words
from qingdan.kernel.notices.actions import RESTORE_WORDING, SET_WORDING, restore_wording, set_wording
from qingdan.kernel.notices.models import Wording
from qingdan.kernel.notices.texts import TEXTS, WORDS
from qingdan.kernel.ui.sending import key_of, whole


class WordingForm(forms.Form):
    text = forms.CharField(
        label="文字", widget=forms.Textarea(attrs={"rows": 4}), error_messages={"required": "请填写文字；需要原来文字的，按“恢复标准文字”。"}
    )  # fmt: skip


def wordings(request: HttpRequest) -> HttpResponse:
    """All kinds of notices, each as an invented case reads it."""
    now = words.in_force()
    rows = [(key, text, words.sample(now[key]), now[key] != text.standard) for key, text in TEXTS.items()]
    return render(request, "desk/wordings.html", {"rows": rows})


def wording(request: HttpRequest, event: str) -> HttpResponse:
    """One kind: its words, a preview, its versions."""
    if event not in TEXTS:
        raise Http404("没有这种提醒。请从“提醒文字”中选择。")
    now = words.in_force()[event]
    form = WordingForm(request.POST if request.method == "POST" and "restore" not in request.POST else None, initial={"text": now})
    preview, refused = words.sample(now), ""
    try:
        if "restore" in request.POST:
            restore_wording(event, **_who(request))
            messages.success(request, "已恢复标准文字，从下一条提醒起使用。")
            return redirect("desk:wording", event)
        if form.is_bound and form.is_valid():
            checked = words.check(event, form.cleaned_data["text"])
            preview = words.sample(checked)
            if "save" in request.POST:
                set_wording(event, checked, **_who(request))
                messages.success(request, "已保存，从下一条提醒起使用；已经发出和等待发出的不变。")
                return redirect("desk:wording", event)
    except Refused as problem:
        refused = str(problem)
        if form.is_bound:
            form.add_error("text", refused)
        else:
            messages.error(request, refused)
    return render(request, "desk/wording.html", _context(request, event, form, preview, refused), status=422 if refused or form.errors else 200)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "office": request.post.office, "seen": whole(request, "seen") or 0, "key": key_of(request)}  # type: ignore[attr-defined]


def _context(request: HttpRequest, event: str, form: WordingForm, preview: str, refused: str) -> dict[str, Any]:
    versions = list(Wording.objects.filter(event=event).order_by("-number"))
    said = hands.signatures_of((SET_WORDING, RESTORE_WORDING), versions)
    text = TEXTS[event]
    return {
        "event": event, "text": text, "form": form, "preview": preview, "key": key_of(request), "changed": words.in_force()[event] != text.standard,
        "words": [(f"{{{name}}}", *WORDS[name], name in text.needs) for name in text.words],
        "refused": refused, "previewing": "preview" in request.POST,
        "versions": [(v, "".join(said.get(v.pk, {}).values())) for v in versions], "seen": versions[0].number if versions else 0,
    }  # fmt: skip
