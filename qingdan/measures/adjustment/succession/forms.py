"""Which office, into which, by which document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office, OfficeChange
from qingdan.kernel.offices.queries import offices_on
from qingdan.kernel.offices.succession import SPLIT, new_heir
from qingdan.measures.adjustment.forms import MESSAGES, Day, Text

PICK = {"required": "请选择单位。", "invalid_choice": "这个单位今天不存在：请从列出的单位中选择。"}


class ChangeForm(forms.Form):
    """S10: the heir is an office that exists, or a new one; of a split the second heir names the items that it takes."""

    kind = forms.ChoiceField(label="变动", choices=OfficeChange.KINDS, error_messages=MESSAGES)
    old = forms.ModelChoiceField(label="原单位", queryset=Office.objects.none(), empty_label="请选择", error_messages=PICK)
    document = Text(label="依据文件", max_length=200, help_text="名称和文号")
    document_day = Day(label="文件印发日")
    heir = forms.ModelChoiceField(label="继受单位", queryset=Office.objects.none(), required=False, empty_label="新设单位（在下面填写）",
                                  error_messages=PICK)  # fmt: skip
    code = Text(label="新设单位代码", required=False, max_length=40, help_text="字母和数字，今后不变")
    name = Text(label="新设单位全称", required=False, max_length=100)
    short = Text(label="新设单位简称", required=False, max_length=40)
    second = forms.ModelChoiceField(label="分设的另一个单位", queryset=Office.objects.none(), required=False, empty_label="没有",
                                    help_text="只有分设填写；也是新设的，请管理员先用 qingdan add_office 登记", error_messages=PICK)  # fmt: skip
    codes = Text(label="归另一个单位的事项编码", rows=4, required=False, max_length=20000, help_text="一行一个；其余的归继受单位")

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name in ("old", "heir", "second"):
            self.fields[name].queryset = offices_on(clock.today())  # type: ignore[attr-defined]

    def clean_document_day(self) -> date:
        day: date = self.cleaned_data["document_day"]
        if day > clock.today():
            raise forms.ValidationError("文件印发日不能晚于今天：请改为今天或者更早的一天。")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            self.heirs = [data["heir"] or new_heir(code=data["code"], name=data["name"], short=data["short"], kind=data["old"].kind)]
        except Refused as refused:
            self.add_error("code", str(refused))
            return data
        if data["second"]:
            self.heirs.append(data["second"])
        if data["kind"] == SPLIT and not data["second"]:
            self.add_error("second", "分设须写明另一个单位：请选择，或者把变动改为更名、并入其他单位。")
        words = [line.strip() for line in data["codes"].splitlines() if line.strip()]
        self.placed = dict.fromkeys(words, data["second"]) if data["second"] else {}
        return data
