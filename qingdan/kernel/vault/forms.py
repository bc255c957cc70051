"""What is typed and chosen on the pages of unlocking and of 利害关系申报. Purposes are chosen: what is typed might name somebody (P-E4)."""

from __future__ import annotations

from django import forms

from .models import Interest

PURPOSES = ("联系投诉人", "核实身份", "当面了解情况", "送达文书", "核对是否应当回避")
HOURS = (1, 2, 4, 8, 24)


class AskForm(forms.Form):
    """申请查看身份信息."""

    reason = forms.CharField(
        label="理由", max_length=200, help_text="为什么要知道投诉人是谁，办理中哪一步需要；不要写投诉人的姓名、电话",
        error_messages={"required": "请填写理由。", "max_length": "理由不超过 200 个字。"},
    )  # fmt: skip


class GrantForm(forms.Form):
    """同意: for how long."""

    hours = forms.TypedChoiceField(
        label="有效期", coerce=int, choices=[(n, f"{n} 小时") for n in HOURS], initial=4, help_text="自现在起，到时自动失效；最长 24 小时",
        error_messages={"required": "请选择有效期。", "invalid_choice": "没有这个选项，请重新选择。"},
    )  # fmt: skip


class DenyForm(forms.Form):
    """不同意: why."""

    remark = forms.CharField(
        label="不同意的理由", max_length=200, help_text="申请人会看到",
        error_messages={"required": "请填写不同意的理由。", "max_length": "理由不超过 200 个字。"},
    )  # fmt: skip


class ReadForm(forms.Form):
    """What the identity is looked at for."""

    purpose = forms.ChoiceField(
        label="用途", choices=[(p, p) for p in PURPOSES],
        error_messages={"required": "请选择用途。", "invalid_choice": "没有这个选项，请重新选择。"},
    )  # fmt: skip


class InterestForm(forms.Form):
    """利害关系申报. What is typed is kept by nothing but its mark."""

    kind = forms.ChoiceField(
        label="种类", choices=Interest.KINDS, error_messages={"required": "请选择种类。", "invalid_choice": "没有这个选项，请重新选择。"},
    )
    whose = forms.ChoiceField(
        label="是谁的", choices=Interest.WHOSE, error_messages={"required": "请选择是谁的。", "invalid_choice": "没有这个选项，请重新选择。"},
    )
    value = forms.CharField(
        label="内容", max_length=100, help_text="电话一个；证件只填后四位；住址填到门牌或者村组。提交以后只留下用来比对的标记，谁也看不到原文",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写内容。", "max_length": "内容不超过 100 个字。"},
    )  # fmt: skip
