"""Forms of what units hand in."""

from __future__ import annotations

from typing import Any

from django import forms

from qingdan.kernel.files.forms import Upload
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.models import Case
from qingdan.measures.adjustment.forms import MESSAGES, Day, Text

from .models import OwnListChange, UnitRule


class OwnChangeForm(forms.Form):
    """第九条: what was changed in the unit's own list."""

    list_title = Text(label="内部清单名称", max_length=200, help_text="如：本局权力运行内部流程清单")
    what = Text(label="调整了什么", rows=4)
    kinds = forms.MultipleChoiceField(label="变动种类", choices=OwnListChange.KINDS, widget=forms.CheckboxSelectMultiple,
                                      error_messages={**MESSAGES, "required": "请至少选择一种变动。"},
                                      help_text="涉及前四种的须报政务办备案；只有其他变动的登记即可")  # fmt: skip
    done_on = Day(label="调整完毕日", help_text="备案期限从这一天起算")
    published = forms.BooleanField(label="涉及公布的清单内容（第六条所列各项）", required=False)
    linked = Text(label="对应的调整案件编号", max_length=40, required=False,
                  help_text="涉及公布内容的必填，如 调2026-0012；由本单位就同一内容提出的申请")  # fmt: skip

    def __init__(self, *args: Any, cases: Any, **kw: Any) -> None:
        """cases: those that the office may see, among which the linked one is looked for."""
        super().__init__(*args, **kw)
        self.cases = cases

    def clean_linked(self) -> Case | None:
        number = str(self.cleaned_data["linked"]).strip()
        if not number:
            return None
        found: Case | None = self.cases.filter(number=number).select_related("request").first()
        if found is None:
            raise forms.ValidationError("没有这个编号的案件：请到案件页复制编号。")
        return found

    def row(self) -> OwnListChange:
        return OwnListChange(**{**self.cleaned_data, "kinds": "、".join(self.cleaned_data["kinds"])})


class RuleForm(forms.Form):
    """第十一条: a unit's own rule, with its paper."""

    kind = forms.ChoiceField(label="种类", choices=UnitRule.KINDS, error_messages=MESSAGES)
    title = Text(label="名称", max_length=200)
    number = Text(label="文号", max_length=100)
    adopted_on = Day(label="印发日")
    remark = Text(label="说明", rows=2, required=False, help_text="代替此前哪一件的，请写明")
    paper = Upload(label="文件")

    def row(self) -> UnitRule:
        told = {name: value for name, value in self.cleaned_data.items() if name != "paper"}
        return UnitRule(**told, file=keep(self.cleaned_data["paper"]))
