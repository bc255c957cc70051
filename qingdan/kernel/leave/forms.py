"""From which day to which, and who: typed by the person who will be away, or by a 安全管理员 for somebody who is away already."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Person, Post

from .actions import may_stand_in

WHICH = {"required": "请选择。", "invalid_choice": "没有这个选项，请重新选择。"}


class Day(forms.DateField):
    """A day as offices write it, or as a browser's calendar gives it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"required": "请填写日期。", "invalid": "日期写作 2016-06-17。"}


class LeaveForm(forms.Form):
    """One post, one substitute, two days."""

    post = forms.ModelChoiceField(Post.objects.none(), label="哪一个职务", empty_label=None, error_messages=WHICH)
    substitute = forms.ModelChoiceField(
        Person.objects.none(), label="代办人", empty_label="请选择", error_messages=WHICH | {"required": "请选择代办人。"}
    )  # fmt: skip
    first = Day(label="第一天", help_text="从这一天起")
    last = Day(label="最后一天", help_text="这一天仍由代办人办理，次日自动结束")
    reason = forms.CharField(
        label="依据", max_length=200, help_text="例如 单位书面通知的文号；不要写病情等原因",
        error_messages={"required": "请填写依据。", "max_length": "依据太长，请核对。"}
    )  # fmt: skip

    def __init__(self, person: Person, posts: list[Post], *args: Any, for_another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        there = {p.pk: p for post in posts for p in may_stand_in(post, today)}
        self.fields["post"].queryset = Post.objects.filter(pk__in=[p.pk for p in posts]).select_related("office")  # type: ignore[attr-defined]
        self.fields["post"].label_from_instance = lambda p: f"{p.office} {p.title}（{p.get_rank_display()}）"  # type: ignore[attr-defined]
        self.fields["substitute"].queryset = Person.objects.filter(pk__in=there).order_by("username")  # type: ignore[attr-defined]
        self.fields["substitute"].label_from_instance = lambda p: f"{p.name}（{p.username}）"  # type: ignore[attr-defined]
        self.fields["substitute"].help_text = "本单位的其他同志；三员和外单位的不列"
        if len(posts) == 1:
            self.fields["post"].widget = forms.HiddenInput()
            self.fields["post"].initial = posts[0].pk
        if not for_another:
            del self.fields["reason"]

    def clean_first(self) -> date:
        day: date = self.cleaned_data["first"]
        if day < clock.today():
            raise forms.ValidationError("已经过去：代办不能追溯，请从今天或者以后的一天起。")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", "早于第一天：请核对日期。")
        return data
