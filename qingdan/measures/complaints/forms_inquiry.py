"""Forms of 诉11–20: who investigates, who was heard, what units are handed and ordered, the decision, who answers for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office, Person
from qingdan.statute.complaints_grounds import NOTICE_WAYS
from qingdan.statute.complaints_inquiry import (
    CHECK,
    CONCLUSIONS,
    ERRANDS,
    HANDOVER_MARGIN,
    HEARING_WAYS,
    MEASURES,
    RECUSAL_ASKED,
    RECUSAL_BASES,
    RECUSAL_GROUNDS,
)

from .forms import MESSAGES, Bodies, FactsForm, SayForm, Text, choice, day
from .models import Recusal

MOST_DUTIES = 5
YES_NO = (("no", "不涉及"), ("yes", "涉及"))
MULTIPLE = {**MESSAGES, "invalid_list": MESSAGES["invalid"]}


class Persons(forms.MultipleChoiceField):
    """Persons by user name; `cleaned_data`: a list of Person."""

    def __init__(self, *, label: str, required: bool = True, help_text: str = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text, widget=forms.CheckboxSelectMultiple(),
                         error_messages={**MULTIPLE, "required": f"请选择{label}。"})  # fmt: skip
        self.people: dict[str, Person] = {}

    def offer(self, people: Sequence[Person]) -> None:
        self.people = {p.username: p for p in people}
        self.choices = [(p.username, p.name) for p in people]

    def clean(self, value: Any) -> Any:
        return [self.people[name] for name in super().clean(value)]


class OnePerson(forms.ChoiceField):
    """One person by user name; `cleaned_data`: a Person."""

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, error_messages={**MESSAGES, "required": f"请选择{label}。"})
        self.people: dict[str, Person] = {}

    def offer(self, people: Sequence[Person]) -> None:
        self.people = {p.username: p for p in people}
        self.choices = [("", "请选择"), *((p.username, p.name) for p in people)]

    def clean(self, value: Any) -> Any:
        return self.people[super().clean(value)]


class Offering(forms.Form):
    """A form that is told whom and what it offers, by the name of its field."""

    def __init__(self, *args: Any, offers: Mapping[str, Sequence[Any]] | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name, those in (offers or {}).items():
            field: Any = self.fields.get(name)
            if isinstance(field, Persons | OnePerson):
                field.offer(those)
                if name == "present":  # as a rule all of them were there
                    field.initial = [p.username for p in those]
            elif field is not None:
                field.queryset = Office.objects.filter(pk__in=[o.pk for o in those]).order_by("code")


def past_day(label: str) -> forms.DateField:
    """A day that has come, today at first."""
    field = day(label, required=True)
    field.initial = clock.today
    return field


class TeamForm(Offering):
    """第十三条: two or more."""

    persons = Persons(label="调查人员", help_text="不少于两人；被投诉单位的人、承办人、身份保管员会自动排除，利害关系由系统核对")


class PersonForm(Offering):
    """第十三条: one more."""

    person = OnePerson(label="调查人员")


class ChangeForm(Offering, SayForm):
    """第十三条: one fewer, and why."""

    field_order = ("person", "words")
    person = OnePerson(label="调查人员")


class DeclareForm(forms.Form):
    """第十三条: in one's own name, without seeing who complained."""

    declared = forms.BooleanField(
        label="本人不是投诉人、被投诉人及其近亲属，没有经办、审批过所投诉的事项，与本件没有直接利害关系",
        error_messages={"required": "没有利害关系的，请勾选；有的，请改用“提出回避”。"},
    )  # fmt: skip


class RecusalForm(Offering, SayForm):
    """第十三条: of whom, by whom, on which ground, why."""

    field_order = ("person", "asked", "ground", "words")
    person = OnePerson(label="谁应当回避")
    asked = choice("由谁提出", [(k, v) for k, v in RECUSAL_ASKED.items() if k != CHECK])
    ground = choice("情形", RECUSAL_GROUNDS.items())


class RecusalDecisionForm(Offering, SayForm):
    """第十三条: all that wait, at once."""

    field_order = ("granted", "basis", "words")
    granted = Persons(label="决定回避的", required=False, help_text="没有勾选的，决定不回避；自行回避和核对有利害关系的应当回避")
    basis = choice("决定方式", RECUSAL_BASES.items(), help_text="涉及负责人本人的，选集体讨论或者区政府决定")

    def __init__(self, *args: Any, waiting: Sequence[Recusal] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.waiting = waiting


class HearingForm(Offering, FactsForm):
    """第十二条: how, on which day, with whom, what was said."""

    field_order = ("way", "on", "present", "words", "materials")
    way = choice("听取的方式", HEARING_WAYS.items())
    on = past_day("日期")
    present = Persons(label="参加的调查人员", help_text="不少于两人")


class FindingForm(Offering, FactsForm):
    """第十二条: evidence, 质证笔录."""

    field_order = ("on", "present", "words", "materials")
    on = past_day("日期")
    present = Persons(label="参加的调查人员", help_text="不少于两人")


class UnheardForm(SayForm):
    """第十二条 (O9): invited, and did not speak."""

    field_order = ("invited", "words")
    invited = past_day("通知的日期")


class ConfrontationForm(SayForm):
    """第十二条 (S20)."""

    agreed = forms.BooleanField(label="投诉人同意当面质证（要求保密的必须；在上面写明凭据）", required=False)


class HandoverForm(Offering, SayForm):
    """第十一条: to which unit, until when."""

    field_order = ("unit", "due", "leaders", "words")
    unit = Bodies(label="承办单位", choices=[], help_text="要求保密的、涉及该单位领导的，不能移交被投诉单位")
    due = day("限定日期", required=True, help_text=f"须早于本机关办理期限 {HANDOVER_MARGIN} 个工作日")
    leaders = choice("是否涉及该单位领导的行为", YES_NO)


class OrderForm(Offering, SayForm):
    """第十五条: which of the seven, to whom, until when."""

    field_order = ("kind", "unit", "outside", "due", "words")
    kind = choice("哪一项措施", [(key, f"{ERRANDS[key].article} {ERRANDS[key].name}") for key in MEASURES])
    unit = Bodies(label="承办单位", choices=[], required=False, empty="请选择", help_text="单位的个人，选所在单位；发给系统以外的机关的，不选")
    outside = Text(label="系统以外的机关", required=False, max_length=100, help_text="只用于建议和移送（第五至第七项）")
    due = day("限定日期", required=False, help_text="第一至第四项必填")

    def clean(self) -> dict[str, Any] | None:
        told = super().clean()
        if not self.cleaned_data.get("unit") and not (self.cleaned_data.get("outside") or "").strip() and not self.errors:
            self.add_error("unit", "请选择承办单位，或者写明系统以外的机关。")
        return told


class LetterForm(SayForm):
    """第十一条、第十五条: which letter; of a refusal also why."""

    errand = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9, error_messages=MULTIPLE)


class DecisionForm(Offering):
    """第十六条 (S23): the conclusion, the four parts, and what each unit has to do by when."""

    conclusion = choice("结论", CONCLUSIONS.items())
    claims = Text(label="投诉的事项", rows=3, help_text="不写投诉人的姓名、电话、住址")
    facts = Text(label="查明的事实和证据", rows=6)
    basis = Text(label="依据", rows=3)
    handling = Text(label="处理决定", rows=4)

    def __init__(self, *args: Any, offers: Mapping[str, Sequence[Any]] | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for n in range(1, MOST_DUTIES + 1):
            self.fields[f"unit{n}"] = Bodies(label=f"责任单位 {n}", choices=list((offers or {}).get("unit", ())), required=False, empty="没有")
            self.fields[f"words{n}"] = Text(label=f"应当做什么 {n}", rows=2, required=False, help_text="这些话写给该单位看")
            self.fields[f"due{n}"] = day(f"期限 {n}", required=False, help_text="不写的，按第十六条的期限")

    @property
    def folded(self) -> list[str]:
        """Fields of the second unit and of those after it: few decisions need them."""
        return [name for name in self.fields if name[-1].isdigit() and name[-1] != "1"]

    @property
    def unfolded(self) -> bool:
        """Is something written there, or wrong?"""
        return self.is_bound and any(self.data.get(name) or name in self.errors for name in self.folded)

    def duties(self) -> list[tuple[Office, str, date | None]]:
        """Of each row that names a unit: it, what it has to do, by when."""
        told = self.cleaned_data
        rows = range(1, MOST_DUTIES + 1)
        return [(told[f"unit{n}"], told[f"words{n}"], told[f"due{n}"]) for n in rows if told.get(f"unit{n}")]

    def clean(self) -> dict[str, Any] | None:
        told = super().clean()
        for n in range(1, MOST_DUTIES + 1):
            if (self.cleaned_data.get(f"words{n}") or "").strip() and not self.cleaned_data.get(f"unit{n}"):
                self.add_error(f"unit{n}", f"请选择责任单位 {n}，或者清空它应当做的事。")
        return told


class SureForm(forms.Form):
    """An act without words of its own."""


class ExtensionForm(SayForm):
    """第十四条: until when, why, and what the complainant is told."""

    field_order = ("until", "words", "told")
    until = day("延长到", required=True, help_text="可以不止一次，总共不超过第十四条规定的日数")
    told = Text(label="告知投诉人的话", rows=3, help_text="投诉人凭查询码看得到")


class ResultForm(SayForm):
    """第十六条: how, and in which words."""

    field_order = ("way", "words")
    way = choice("怎样告知投诉人", NOTICE_WAYS.items())


class BackForm(SayForm):
    """第十一条 (O8): what is missing, until when."""

    due = day("新的限定日期", required=False)


class AnswerableForm(Offering, SayForm):
    """第十八条、第二十条: which unit, on which facts."""

    field_order = ("kind", "unit", "words")
    kind = forms.ChoiceField(label="哪一种", error_messages={**MESSAGES, "required": "请选择哪一种。"})
    unit = Bodies(label="责任单位", choices=[])

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ReferForm(SayForm):
    """第十八条至第二十条 移送: to whom, under which number."""

    field_order = ("organ", "number", "words")
    organ = Text(label="移送的机关", max_length=100)
    number = Text(label="移送文号", max_length=60)

