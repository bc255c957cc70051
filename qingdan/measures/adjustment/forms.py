"""Forms of 动态调整. What is typed is never lost: a refused form comes back bound, with the reason on top."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office
from qingdan.lists.schema import LISTS, Field, check, clean

from .models import GROUNDS, MOVES

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _text(label: str, rows: int = 3, help_text: str = "", required: bool = True, long: int = 4000) -> forms.CharField:
    message = {"required": f"请填写{label}。"}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, widget=widget,
                           max_length=long, error_messages=message)  # fmt: skip


class StartForm(forms.Form):
    """第七条（一）: which list, which item, which move."""

    list_kind = forms.ChoiceField(label="哪一张清单", choices=[(k, v.name) for k, v in LISTS.items()])
    move = forms.ChoiceField(label="怎么调整", choices=MOVES)
    code = forms.CharField(label="事项编码", required=False, max_length=120,
                           help_text="变更、取消、下放的事项填写现有编码；新增、承接的留空")  # fmt: skip


class ContentForm(forms.Form):
    """第六条: all fields of an item of one list, filled with what is in force."""

    prefix = "f"

    def __init__(self, *args: Any, kind: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.kind = kind
        for field in LISTS[kind].fields:
            self.fields[field.key] = _widget_of(field)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        content = {k: v.isoformat() if isinstance(v, date) else str(v or "") for k, v in data.items()}
        self.content = clean(self.kind, content)
        for problem in check(self.kind, self.content):
            if problem.field.key not in self.errors:
                self.add_error(problem.field.key, str(problem))
        return data

    def must(self) -> list[forms.BoundField]:
        return [self[f.key] for f in LISTS[self.kind].fields if f.required]

    def may(self) -> list[forms.BoundField]:
        return [self[f.key] for f in LISTS[self.kind].fields if not f.required]


def _widget_of(field: Field) -> forms.Field:
    label = f"{field.label}（{field.article}）" if field.article.startswith("第六条") else field.label
    common: dict[str, Any] = {"label": label, "help_text": field.help, "required": False}
    if field.kind == "long":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=20000, **common)
    if field.kind == "choice":
        return forms.ChoiceField(choices=[("", "请选择"), *field.choices], **common)
    if field.kind == "yesno":
        return forms.ChoiceField(choices=[("", "请选择"), ("是", "是"), ("否", "否")], **common)
    if field.kind == "date":
        return forms.CharField(widget=forms.TextInput(attrs={"type": "date"}), max_length=10, **common)
    return forms.CharField(max_length=500, **common)


class CauseForm(forms.Form):
    """第五条、第七条（一）: what has happened, when, and how it is proved (D1, S2)."""

    ground = forms.ChoiceField(label="属于哪一种情形", choices=[("", "请选择"), *GROUNDS],
                               error_messages={"required": "请选择属于第五条的哪一种情形。"})  # fmt: skip
    cause = _text("发生了什么", help_text="写明新法、修改、“三定”或者内部决定的名称")
    cause_day = forms.DateField(
        label="情形发生日", widget=DAY, help_text="法规为公布日，“三定”和机构调整为文件印发日，内部调整为决定日；申请期限从这一天起算",
        error_messages={"required": "请填写情形发生日。", "invalid": "看不懂这个日期，请写成 2016-06-07 的样子。"},
    )  # fmt: skip
    evidence = _text("证明材料", 2, "文件名称、文号、公布网址")
    reason = _text("调整意见", 3, "为什么这样调整")
    wished_on = forms.DateField(
        label="依据施行日或拟生效日", widget=DAY, required=False, help_text="晚于公布日的，从这一天起生效（第十条（一））",
        error_messages={"invalid": "看不懂这个日期，请写成 2016-06-07 的样子。"},
    )  # fmt: skip
    successor = forms.CharField(label="承接事项编码", max_length=100, required=False,
                                help_text="取消、下放后由哪个事项承接；没有的留空")  # fmt: skip
    contact = forms.CharField(label="联系人和电话", max_length=100, error_messages={"required": "请填写联系人和电话。"})

    def clean_cause_day(self) -> date:
        day: date = self.cleaned_data["cause_day"]
        if day > clock.today():
            raise forms.ValidationError("情形发生日不能晚于今天：期限从已经发生的情形起算。请改为今天或者更早的一天。")
        return day


class SayForm(forms.Form):
    """An opinion in words."""

    opinion = _text("意见", 4)

    def __init__(self, *args: Any, label: str = "意见", must: bool = True, hint: str = "", **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = self.fields["opinion"]
        field.label, field.required, field.help_text = label, must, hint
        field.error_messages["required"] = f"请填写{label}。"


class UntilForm(SayForm):
    """An opinion with a day (延期)."""

    until = forms.DateField(
        label="延长到", widget=DAY, required=False, help_text="总共不超过30个工作日；不填写即为30个工作日",
        error_messages={"invalid": "看不懂这个日期，请写成 2016-06-07 的样子。"},
    )  # fmt: skip


class LeadsForm(SayForm):
    """第七条（二）: which lead bodies get the matter; one of them is the chief one."""

    leads = forms.ModelMultipleChoiceField(
        label="牵头部门", queryset=Office.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个牵头部门。"},
    )  # fmt: skip
    chief = forms.ModelChoiceField(label="主办牵头部门", queryset=Office.objects.none(), required=False,
                                   empty_label="按勾选的第一个", help_text="交叉事项由主办牵头部门在1个工作日内告知")  # fmt: skip

    def __init__(self, *args: Any, choices: list[Office], suggested: list[Office], **kw: Any) -> None:
        super().__init__(*args, **kw)
        wanted = Office.objects.filter(pk__in=[o.pk for o in choices])
        self.fields["leads"].queryset = self.fields["chief"].queryset = wanted  # type: ignore[attr-defined]
        self.fields["leads"].initial = [o.pk for o in suggested]

    def offices(self) -> list[Office]:
        """The chosen bodies, the chief one first."""
        chosen = list(self.cleaned_data["leads"])
        chief = self.cleaned_data.get("chief")
        if chief is None:
            return chosen
        return [chief, *[o for o in chosen if o != chief]]
