"""What is typed into the pages of accounts. Passwords are never shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError

from qingdan.kernel.offices.models import Person

from . import entering, locking

LONGEST = 4096  # characters of a password: more is an attempt to keep the hash busy


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
        "invalid_login": "用户名或者密码不对。请核对大小写后再试；忘记密码的，请联系本单位管理员。",
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
            person = Person.objects.filter(username=name).first()
            until = locking.failed(name)
            entering.log(self.request, "locked" if until else "failed", person)
            if until:
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
