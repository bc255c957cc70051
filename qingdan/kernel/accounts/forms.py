"""What is typed into the pages of accounts. Passwords are never shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Account, Office, Person, Post
from qingdan.kernel.offices.queries import custodies_of, offices_on, posts_of

from . import entering, locking
from .models import Request

LONGEST = 4096  # characters of a password: more is an attempt to keep the hash busy


def _asked(label: str) -> dict[str, str]:
    return {"required": f"请填写{label}。", "max_length": f"{label}太长，请核对。"}


def hidden(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    """A field for a password."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(
        label=label, strip=False, max_length=LONGEST, widget=widget, help_text=help_text,
        error_messages={"required": f"请填写{label}。", "max_length": f"{label}太长。"},
    )  # fmt: skip


class LogInForm(AuthenticationForm):
    """User name and password, in the offices' words. After five failures the name is closed, whoever it may be."""

    username = forms.CharField(label="用户名", max_length=40, widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "username webauthn"}))
    password = forms.CharField(label="密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    error_messages = {
        "invalid_login": "用户名或者密码不对。请核对大小写后再试；忘记密码的，请联系安全管理员。",
        "inactive": "这个账号已经停用。如有疑问，请联系政务办。",
    }

    def clean(self) -> dict[str, Any]:
        name, typed = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not typed or self.request is None:
            return super().clean()
        if until := locking.closed_until(name):
            raise ValidationError(locking.said(until), code="locked")
        try:
            return super().clean()
        except ValidationError:
            if until := entering.failed(self.request, name, Person.objects.filter(username=name).first()):
                raise ValidationError(locking.said(until), code="locked") from None
            raise


class Typed(forms.Form):
    """The new password, twice."""

    new = hidden("新密码", "new-password")
    again = hidden("新密码（再次）", "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = "；".join(t.rstrip("。") for t in password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "两次填写的新密码不一样，请重新填写。")
        return data


class PasswordForm(Typed):
    """修改密码."""

    field_order = ("old", "new", "again")
    old = hidden("原密码", "current-password")


class CodeForm(forms.Form):
    """A code of the second factor."""

    code = forms.CharField(
        label="验证码", max_length=40, help_text="验证器显示的 6 位数字，或者一个恢复码",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "请填写验证码。", "max_length": "验证码太长，请核对。"},
    )  # fmt: skip


class PasskeyForm(forms.Form):
    """The name of a passkey, and what the browser's script puts in."""

    name = forms.CharField(
        label="名称", max_length=40, initial="本机", help_text="以后凭它辨认，例如 办公电脑、手机",
        error_messages={"required": "请填写名称。", "max_length": "名称不超过 40 个字。"},
    )  # fmt: skip
    credential = forms.CharField(
        widget=forms.HiddenInput, max_length=50_000,
        error_messages={"required": "浏览器没有给出通行密钥，请按“添加”并按浏览器的提示操作。"},
    )  # fmt: skip


class NewPersonForm(forms.Form):
    """建立账号."""

    username = forms.CharField(label="用户名", max_length=40, help_text="字母、数字、点、短横线、下划线", error_messages=_asked("用户名"))
    name = forms.CharField(label="姓名", max_length=40, error_messages=_asked("姓名"))


class AskForm(forms.Form):
    """What one 安全管理员 puts forward; which fields there are depends on the kind."""

    office = forms.ModelChoiceField(Office.objects.none(), label="单位", empty_label="请选择", error_messages={"required": "请选择单位。"})
    title = forms.CharField(label="职务", max_length=40, initial="经办人", error_messages={"required": "请填写职务。"})
    rank = forms.ChoiceField(label="层级", choices=Post.RANKS)
    duty = forms.ChoiceField(label="三员", choices=Account.DUTIES)
    reason = forms.CharField(label="理由", max_length=200, help_text="例如 本人书面申请、任免文件文号", error_messages={"required": "请填写理由。"})
    FIELDS = {Request.APPOINT: ("office", "title", "rank"), Request.END_POST: ("office",), Request.ENTRUST: ("office",),
              Request.END_CUSTODY: ("office",), Request.COMMISSION: ("duty",)}  # fmt: skip

    def __init__(self, kind: str, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"office", "title", "rank", "duty"} - set(self.FIELDS.get(kind, ())):
            del self.fields[name]
        if "office" in self.fields:
            self.fields["office"].queryset = offices_for(kind, person)  # type: ignore[attr-defined]


def offices_for(kind: str, person: Person) -> QuerySet[Office]:
    """Those that make sense: where the person has no post yet; has one; has one and keeps no identities; keeps them."""
    today = clock.today()
    found, held, kept = offices_on(today), posts_of(person, today).values("office"), custodies_of(person, today).values("office")
    if kind == Request.APPOINT:
        return found.exclude(pk__in=held)
    if kind == Request.END_CUSTODY:
        return found.filter(pk__in=kept)
    found = found.filter(pk__in=held)
    return found.exclude(pk__in=kept) if kind == Request.ENTRUST else found


class RenewForm(Typed):
    """设置密码 with both halves of a code."""

    field_order = ("username", "first", "second", "new", "again")
    username = forms.CharField(label="用户名", max_length=40, error_messages=_asked("用户名"))
    first = forms.CharField(label="重设码前半", max_length=40, help_text="由提出重设的安全管理员告知", error_messages=_asked("重设码前半"))
    second = forms.CharField(label="重设码后半", max_length=40, help_text="由确认重设的安全管理员告知", error_messages=_asked("重设码后半"))
