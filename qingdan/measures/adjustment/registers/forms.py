"""Forms of the registers: the filter of the 台账, the report's text, a decision on a fault, spot checks, 漏报、瞒报、虚报."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import offices_on
from qingdan.measures.adjustment.forms import MESSAGES, Day, Text

from .book import STATES, STEPS
from .faults import FAULTS
from .models import LIST_KINDS, Amendment, FalseReport, FaultDecision, SpotCheck

ARTICLES = list(dict.fromkeys((*(step.article for step in STEPS), "第十条（三）")))
ALL = ("", "全部")
PLEASE = ("", "请选择")


class Month(forms.CharField):
    """2016-10, as the browser's month field sends it."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        widget = forms.TextInput(attrs={"type": "month", "placeholder": "2016-10"})
        super().__init__(label=label, required=False, help_text=help_text, widget=widget)

    def clean(self, value: Any) -> date | None:
        words = str(super().clean(value) or "").strip()
        if not words:
            return None
        found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", words)
        try:
            return date(int(found[1]), int(found[2]), 1) if found and int(found[1]) > 1900 else self._bad()
        except ValueError:
            return self._bad()

    def _bad(self) -> date:
        raise forms.ValidationError("看不懂这个月份，请写成 2016-10 的样子。")


class BookForm(forms.Form):
    """第十条（三）: which cases of the 台账."""

    month = Month(label="月份（上月26日至本月25日）")
    unit = forms.ChoiceField(label="提出单位", required=False, error_messages=MESSAGES)
    list_kind = forms.ChoiceField(label="清单", required=False, choices=[ALL, *LIST_KINDS], error_messages=MESSAGES)
    article = forms.ChoiceField(label="条款", required=False, choices=[ALL, *((a, a) for a in ARTICLES)], error_messages=MESSAGES)
    state = forms.ChoiceField(label="状态", required=False, choices=[ALL, *STATES], error_messages=MESSAGES)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["unit"].choices = [ALL, *units]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """The filter's arguments; a filter that cannot be read asks for nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value}


class FaultsForm(forms.Form):
    """第十条（四）: which of the late duties."""

    fault = forms.ChoiceField(label="情形", required=False, choices=[ALL, *((f, f) for f in FAULTS)], error_messages=MESSAGES)
    state = forms.ChoiceField(label="认定", required=False, choices=[ALL, ("waiting", "待认定"), ("decided", "已认定")], error_messages=MESSAGES)


class PeriodForm(forms.Form):
    """第十条（三）: the days of which the units' performance is counted."""

    begin = Day(label="从", required=False)
    end = Day(label="到", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("begin") and data.get("end") and data["begin"] > data["end"]:
            self.add_error("end", "止日早于起日，请对调或者改正。")
        return data


class ReportForm(forms.Form):
    """第十条（三）: the text of the report; the figures are not typed."""

    analysis = Text(label="统计分析", rows=10, max_length=20000, help_text="已按台账拟好初稿，请改写、补充原因分析和建议")


class DecisionForm(forms.Form):
    """第十条（四）: is it a fault, and why."""

    verdict = forms.ChoiceField(label="认定", choices=FaultDecision.VERDICTS, widget=forms.RadioSelect,
                                error_messages={**MESSAGES, "required": "请选择成立或者不成立。"})  # fmt: skip
    reasons = Text(label="理由", rows=4, help_text="写明核实的情况；责任单位能够看到")


def _office_choices() -> list[Office]:
    return list(offices_on(clock.today()).order_by("code"))


class _OfUnit(forms.Form):
    """A form that names a unit of today."""

    unit = forms.ChoiceField(label="单位", error_messages=MESSAGES | {"required": "请选择单位。"})
    list_kind = forms.ChoiceField(label="清单", choices=[PLEASE, *LIST_KINDS], error_messages=MESSAGES | {"required": "请选择清单。"})

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.offices = {o.code: o for o in _office_choices()}
        self.fields["unit"].choices = [PLEASE, *((code, o.short) for code, o in self.offices.items())]  # type: ignore[attr-defined]

    def row(self) -> dict[str, Any]:
        """The cleaned fields, the unit as the office that it names."""
        return {**self.cleaned_data, "unit": self.offices[self.cleaned_data["unit"]]}


class CheckForm(_OfUnit):
    """第十条（二）: one spot check."""

    scope = Text(label="抽查的事项", rows=2, max_length=1000, help_text="事项名称或者编码，可以写多项")
    checked_on = Day(label="抽查日")
    method = Text(label="抽查方式", max_length=200, help_text="如：网上比对、现场查看、调阅案卷")
    found = forms.BooleanField(label="发现问题", required=False)
    findings = Text(label="抽查情况", rows=4)
    follow_up = Text(label="处理", rows=2, required=False, help_text="要求何时整改，是否建议追究责任")

    def row_of(self) -> SpotCheck:
        return SpotCheck(**self.row())


class FalseReportForm(_OfUnit):
    """第十条（二）: one 漏报、瞒报 or 虚报."""

    kind = forms.ChoiceField(label="情形", choices=[PLEASE, *FalseReport.KINDS], error_messages=MESSAGES | {"required": "请选择情形。"})
    item = Text(label="事项", max_length=200, help_text="事项名称或者编码")
    found_on = Day(label="发现日")
    what = Text(label="事实", rows=4, help_text="应报什么、实际怎样、怎样发现")
    effect = forms.ChoiceField(label="后果", choices=[PLEASE, *FalseReport.EFFECTS], error_messages=MESSAGES | {"required": "请选择后果。"})
    press = Text(label="媒体报道", required=False, max_length=500, help_text="被媒体曝光的，写明媒体、日期、标题或者网址")
    responsible = Text(label="责任人", required=False, max_length=100)
    accountability = Text(label="责任追究", rows=3, required=False, help_text="依据什么规定、作何处理；尚未处理的可以留空")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "曝光" in data.get("effect", "") and not data.get("press"):
            self.add_error("press", "后果为被媒体曝光的，请写明媒体、日期和标题或者网址。")
        return data

    def row_of(self, check: SpotCheck | None) -> FalseReport:
        return FalseReport(**self.row(), check_made=check)


class AmendmentForm(forms.Form):
    """第十条（二）: what is to be corrected or added, and the paper by which somebody was held liable."""

    what = Text(label="更正或者补充的内容", rows=4, help_text="原登记不改动，这里写的附在其后")
    paper = Text(label="责任追究文书文号", required=False, max_length=100, help_text="责任追究依有关管理规定另行办理，这里只记文号和日期")
    paper_on = Day(label="责任追究文书日期", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("paper")) != bool(data.get("paper_on")):
            lacking = "paper_on" if data.get("paper") else "paper"
            if lacking not in self.errors:
                self.add_error(lacking, "文号和日期要一起填写；没有文书的，两项都留空。")
        return data

    def row(self) -> Amendment:
        return Amendment(**self.cleaned_data)
