"""邮件: where a person's letters go, how many they want, and what became of the last ones."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel.notices.actions import set_mail
from qingdan.kernel.notices.models import Letter, MailAddress

SHOWN = 50


class MailForm(forms.Form):
    address = forms.EmailField(
        label="邮箱", max_length=200, help_text="请用单位的邮箱；邮件里只有案件编号、条款和日期，没有人名和意见内容",
        error_messages={"required": "请填写邮箱，例如 zhangsan@example.gov.cn。", "invalid": "这不像一个邮箱，请写成 名字@域名 的样子。",
                        "max_length": "邮箱太长，不能超过 200 个字符。"},
    )  # fmt: skip
    mode = forms.ChoiceField(label="怎样发", choices=MailAddress.MODES, widget=forms.RadioSelect, error_messages={"required": "请选择怎样发。"})


def mail(request: HttpRequest) -> HttpResponse:
    """The form, and the person's own last letters."""
    post = request.post  # type: ignore[attr-defined]
    row = MailAddress.objects.filter(person=post.person).first()
    form = MailForm(request.POST or None, initial={"address": row.address if row else "", "mode": row.mode if row else MailAddress.DIGEST})
    if request.method == "POST" and form.is_valid():
        try:
            set_mail(by=post.person, office=post.office, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记。以后的提醒按此发送；以前的不补发。")
            return redirect("desk:mail")
    letters = Letter.objects.filter(person=post.person)[:SHOWN]
    told = {"form": form, "letters": letters, "off": not settings.MAIL_FROM}
    return render(request, "desk/mail.html", told, status=422 if form.errors else 200)
