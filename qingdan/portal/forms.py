"""What the public can type in: a day and a number of working days. Nothing typed is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from qingdan.lists.fields import Field, normal, tidy

LONGEST = 250  # working days: about a year; the longest limit of the regulation is 90
LARGEST = 20 * 1024 * 1024
LONGEST_RECEIPT = 200_000  # characters
_DAY = Field("day", "日期", kind="date")


def read_day(text: str) -> date | None:
    """A day as people write it (2026-11-20, 2026/11/20, 2026年11月20日), or None where it is not one."""
    try:
        return date.fromisoformat(normal(_DAY, text))
    except ValueError:
        return None


class DayField(forms.CharField):
    """A date box; what a date box cannot show makes it a text box, so that the words typed stay to be mended."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "date"}), **kwargs)

    def clean(self, value: Any) -> date:
        text = super().clean(value)
        day = read_day(text)
        if day is None or day.isoformat() != text:
            self.widget.input_type = "text"
        if day is None:
            raise forms.ValidationError(f"“{text[:20]}”不是一个日期。请写成 2016-09-30 或者 2016年9月30日。")
        return day


class DueForm(forms.Form):
    """工作日计算: from which day, how many."""

    start = DayField(label="起算日", help_text="事情发生的那一天，当天不计", error_messages={"required": "请填写起算日，例如 2016-09-30。"})
    n = forms.CharField(
        label="工作日数",
        help_text=f"1 至 {LONGEST} 之间的整数",
        error_messages={"required": "请填写工作日数，例如 5。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )

    def clean_n(self) -> int:
        text = tidy(self.cleaned_data["n"])
        if not (text.isdecimal() and len(text) <= 9 and 1 <= int(text) <= LONGEST):
            raise forms.ValidationError(f"“{text[:20]}”不能作为工作日数。请填写 1 至 {LONGEST} 之间的整数。")
        return int(text)


class CodeForm(forms.Form):
    """核验文书: the code that stands on the paper."""

    code = forms.CharField(
        label="核验码", max_length=60, help_text="文书首页左下方的 16 位字母和数字",
        error_messages={"required": "请填写核验码。", "max_length": "核验码是 16 位字母和数字，请核对。"},
    )  # fmt: skip


class DigestForm(forms.Form):
    """核对文件: the file itself, which is only hashed, or its digest."""

    file = forms.FileField(label="文件", required=False, allow_empty_file=True, help_text="只计算摘要，不保存；20 MB 以内",
                           error_messages={"invalid": "没有收到文件：请重新选择。"})  # fmt: skip
    digest = forms.CharField(label="或者填写摘要（SHA-256）", required=False, max_length=100, help_text="64 位数字和字母 a 到 f",
                             error_messages={"max_length": "摘要是 64 位数字和字母 a 到 f，请核对。"})  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not told.get("file") and not told.get("digest"):
            raise forms.ValidationError("请选择文件，或者填写摘要。")
        if told.get("file") and told["file"].size > LARGEST:
            self.add_error("file", "文件超过 20 MB。请在本机计算 SHA-256 摘要后填写。")
        return told


class ReceiptForm(forms.Form):
    """核对回执: the file that was downloaded, or all of its text."""

    file = forms.FileField(label="回执文件", required=False, allow_empty_file=True, help_text="下载的 .json 或者 .txt；只核对，不保存",
                           error_messages={"invalid": "没有收到文件：请重新选择。"})  # fmt: skip
    pasted = forms.CharField(
        label="或者粘贴回执的全部内容", required=False, max_length=LONGEST_RECEIPT, strip=False, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": "内容太长，不是回执。"},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """`text`: whichever was given."""
        told: dict[str, Any] = super().clean() or {}
        upload, pasted = told.get("file"), told.get("pasted", "")
        if not upload and not pasted.strip() and not self.errors:
            raise forms.ValidationError("请选择回执文件，或者粘贴回执的全部内容。")
        if upload and upload.size > 4 * LONGEST_RECEIPT:
            self.add_error("file", "文件太大，不是回执。")
        elif upload:
            told["text"] = upload.read().decode("utf-8-sig", "replace")
        else:
            told["text"] = pasted
        return told
