"""Forms of 动态调整. What is typed is never lost: a refused form comes back bound, with the reason on top."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from qingdan.engine.refusals import spell
from qingdan.kernel import clock
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.files.forms import Upload
from qingdan.kernel.files.kinds import PAGE_COPIES, PICTURES
from qingdan.kernel.offices.models import Office
from qingdan.lists.fields import has_control
from qingdan.lists.schema import LISTS, Field, check, clean
from qingdan.statute.roles import LEAD

from .models import GROUNDS, MOVES

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MESSAGES = {
    "max_length": "最多 %(limit_value)d 字，现有 %(show_value)d 字：请精简，详细内容另附文件。",
    "null_characters_not_allowed": "含有不可见的控制字符：请删去后重新填写。",
    "invalid_choice": "没有这个选项：请从列出的各项中选择。",
}
NO_LEAD = "这个单位现在不是牵头部门：请从列出的牵头部门中选择。"
NO_DAY = "看不懂这个日期，请写成 2016-06-07 的样子。"


class Text(forms.CharField):
    """Words of an office: not too many, and none that cannot be seen."""

    def __init__(self, *, label: str, rows: int = 0, required: bool = True, max_length: int = 4000, help_text: str = "") -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        messages = {**MESSAGES, "required": f"请填写{label}。"}
        super().__init__(label=label, required=required, max_length=max_length, help_text=help_text, widget=widget,
                         error_messages=messages)  # fmt: skip

    def validate(self, value: str) -> None:
        super().validate(value)
        if has_control(value.replace("\r", "")):
            raise forms.ValidationError(MESSAGES["null_characters_not_allowed"])
        if "\ufffd" in value:  # what came was no text in UTF-8
            raise forms.ValidationError("含有无法识别的字符（显示为 \ufffd）：请重新输入这几个字。")


class Day(forms.DateField):
    """A day as the browser's date field sends it, or as people write it."""

    def __init__(self, *, label: str, required: bool = True, help_text: str = "") -> None:
        messages = {"required": f"请填写{label}。", "invalid": NO_DAY}
        super().__init__(label=label, required=required, help_text=help_text, widget=DAY, error_messages=messages)


def countable(day: date, name: str) -> date:
    """The day, from which limits can be counted; refuses one before the first recorded arrangement."""
    if day < in_force().first:
        raise forms.ValidationError(f"{name}不能早于{spell(in_force().first)}：此前的放假安排没有收录，算不出期限。请核对年份。")
    return day


class StartForm(forms.Form):
    """第七条（一）: which list, which item, which move; what the office has is offered while one types (`own-items` of the page)."""

    list_kind = forms.ChoiceField(label="哪一张清单", choices=[(k, v.name) for k, v in LISTS.items()], error_messages=MESSAGES)
    move = forms.ChoiceField(label="怎么调整", choices=MOVES, error_messages=MESSAGES)
    code = Text(label="事项编码或者名称", required=False, max_length=100,
                help_text="变更、取消、下放的，从本单位现有事项中选，可以只填名称中的几个字；新增、承接的留空")  # fmt: skip

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["code"].widget.attrs["list"] = "own-items"


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
    common: dict[str, Any] = {"label": label, "help_text": field.help, "required": False, "error_messages": MESSAGES}
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
                               error_messages={**MESSAGES, "required": "请选择属于第五条的哪一种情形。"})  # fmt: skip
    cause = Text(label="发生了什么", rows=3, help_text="写明新法、修改、“三定”或者内部决定的名称")
    cause_day = Day(label="情形发生日",
                    help_text="法规为公布日，“三定”和机构调整为文件印发日，内部调整为决定日；申请期限从这一天起算")  # fmt: skip
    evidence = Text(label="证明材料", rows=2, help_text="文件名称、文号、公布网址")
    reason = Text(label="调整意见", rows=3, help_text="为什么这样调整")
    wished_on = Day(label="依据施行日或拟生效日", required=False, help_text="晚于公布日的，从这一天起生效（第十条（一））")
    successor = Text(label="承接事项编码", max_length=100, required=False, help_text="取消、下放后由哪个事项承接；没有的留空")
    contact = Text(label="联系人和电话", max_length=100)

    def __init__(self, *args: Any, registered: bool = False, **kw: Any) -> None:
        """registered: the day is on the ledger already, and a limit runs from it."""
        super().__init__(*args, **kw)
        if registered:
            self.fields["cause_day"].disabled = True
            self.fields["cause_day"].help_text = "已登记，申请期限从这一天起算，不能修改；登记有误的，请政务办核实后结束本案，另行登记"

    def clean_cause_day(self) -> date:
        day: date = self.cleaned_data["cause_day"]
        if day > clock.today():
            raise forms.ValidationError("情形发生日不能晚于今天：期限从已经发生的情形起算。请改为今天或者更早的一天。")
        return countable(day, "情形发生日")


class TitleForm(forms.Form):
    """第七条（一）: under which title several items are applied for together (S49)."""

    title = Text(label="申请的标题", max_length=200, help_text="写明为什么一并调整，例如依据的名称")


class SayForm(forms.Form):
    """An opinion in words."""

    opinion = Text(label="意见", rows=4)

    def __init__(self, *args: Any, label: str = "意见", must: bool = True, hint: str = "", **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = self.fields["opinion"]
        field.label, field.required, field.help_text = label, must, hint
        field.error_messages["required"] = f"请填写{label}。"


class UntilForm(SayForm):
    """An opinion with a day (延期)."""

    until = Day(label="延长到", required=False, help_text="总共不超过{D1+}；不填写即为{D1+}")


class PublishForm(SayForm):
    """第七条（五） 公布: the receipt of the centre, the address, the copy of the page."""

    field_order = ("receipt", "receipt_day", "url", "copy", "opinion")

    receipt = Text(label="回执编号", max_length=100, help_text="配网公布的回执上的编号")
    receipt_day = Day(label="回执日期")
    url = Text(label="公布页面的网址", max_length=500, help_text="以 http:// 或 https:// 开头；只记载，系统不访问")
    copy = Upload(label="页面副本", only=PAGE_COPIES, help_text="公布后的页面截图、PDF 或者另存的网页")


class UpdateForm(SayForm):
    """第七条（五） 本部门更新: the address with a copy of the page, or a photograph of the premises."""

    field_order = ("url", "copy", "photo", "opinion")

    url = Text(label="本部门网页的网址", max_length=500, required=False, help_text="没有网站的，上传办公场所照片即可")
    copy = Upload(label="网页副本", only=PAGE_COPIES, required=False, help_text="更新后的页面截图、PDF 或者另存的网页")
    photo = Upload(label="办公场所照片", only=PICTURES, required=False, help_text="公示栏、电子屏、办事指南等更新后的照片")


class FilingForm(SayForm):
    """第九条 备案, with or without a paper."""

    paper = Upload(label="备案文件", required=False)


class Bodies(forms.ModelMultipleChoiceField):
    """Offices that are ticked; a key longer than any of ours is no choice, and never asked of the database."""

    def clean(self, value: Any) -> Any:
        if any(len(str(key)) > 18 for key in value or ()):
            raise forms.ValidationError(NO_LEAD)
        return super().clean(value)


class LeadsForm(SayForm):
    """第七条（二）: which lead bodies get the matter; one of them is the chief one. 第七条（五）: who reviews, called so by `named`."""

    field_order = ("leads", "chief", "opinion")

    leads = Bodies(
        label=LEAD, queryset=Office.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": NO_LEAD, "invalid_pk_value": NO_LEAD},
    )  # fmt: skip
    chief = forms.ModelChoiceField(label="主办牵头部门", queryset=Office.objects.none(), required=False,
                                   empty_label="按勾选的第一个", help_text="交叉事项由主办牵头部门在{D5}内告知",
                                   error_messages={"invalid_choice": NO_LEAD})  # fmt: skip

    def __init__(
        self, *args: Any, choices: list[Office], suggested: list[Office], with_chief: bool = True,
        named: str = LEAD, told: str = "", **kw: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kw)
        leads = self.fields["leads"]
        leads.label, leads.help_text, leads.error_messages["required"] = named, told, f"请至少选择一个{named}。"
        if not with_chief:
            del self.fields["chief"]
        wanted = Office.objects.filter(pk__in=[o.pk for o in choices])
        for name in self.fields.keys() & {"leads", "chief"}:
            self.fields[name].queryset = wanted  # type: ignore[attr-defined]
        self.fields["leads"].initial = [o.pk for o in suggested]

    def offices(self) -> list[Office]:
        """The chosen bodies, the chief one first."""
        chosen = list(self.cleaned_data["leads"])
        chief = self.cleaned_data.get("chief")
        if chief is None:
            return chosen
        return [chief, *[o for o in chosen if o != chief]]


class TogetherForm(SayForm):
    """One opinion for several cases (S49); for 转办 also the lead bodies, where they are not those of each item's list."""

    field_order = ("leads", "opinion")

    def __init__(self, *args: Any, choices: list[Office] | None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if choices is not None:
            self.fields["leads"] = Bodies(
                label="牵头部门", queryset=Office.objects.filter(pk__in=[o.pk for o in choices]), widget=forms.CheckboxSelectMultiple, required=False,
                help_text="不勾选的，各事项按它的清单分别转给下表所列的牵头部门；勾选的，都转给所选部门，第一个为主办",
                error_messages={"invalid_choice": NO_LEAD, "invalid_pk_value": NO_LEAD},
            )  # fmt: skip
            self.order_fields(self.field_order)

    def offices(self) -> list[Office]:
        """The chosen bodies; none where each item goes to those of its list."""
        return list(self.cleaned_data.get("leads") or [])
