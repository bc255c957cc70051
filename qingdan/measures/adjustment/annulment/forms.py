"""What is typed: the facts with their day and the scan; then the second person's word."""

from __future__ import annotations

from datetime import date

from django import forms

from qingdan.kernel import clock
from qingdan.kernel.files.forms import Upload
from qingdan.measures.adjustment.forms import MESSAGES, Day, Text

from .models import LapseDoubt


class DoubtForm(forms.Form):
    """第八条: which fact was there before the day ran out."""

    ground = forms.ChoiceField(label="属于哪一种情形", choices=[("", "请选择"), *LapseDoubt.GROUNDS],
                               error_messages={**MESSAGES, "required": "请选择属于哪一种情形。"})  # fmt: skip
    fact_day = Day(label="事实发生日", help_text="书面答复送达的日子，或者实际收到的日子")
    reason = Text(label="事实和依据", rows=4)
    file = Upload(label="材料扫描件")

    def clean_fact_day(self) -> date:
        day: date = self.cleaned_data["fact_day"]
        if day > clock.today():
            raise forms.ValidationError("事实发生日不能晚于今天：请改为今天或者更早的一天。")
        return day


class DecideForm(forms.Form):
    """The second person's word."""

    remark = Text(label="认定意见", rows=3)
