"""Forms of 投诉处理. What is typed is never lost: a refused form comes back bound. Nothing of it is kept in the browser."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office
from qingdan.kernel.vault.filing import SealedFile, seal_files
from qingdan.lists.models import Item
from qingdan.lists.queries import find
from qingdan.statute.complaints_grounds import (
    CHANNELS,
    CONTACTS,
    DESK_CHANNELS,
    ID_KINDS,
    ITEM_KINDS,
    NOTICE_WAYS,
    QUESTIONS,
    REFUSALS,
    RESPONDENTS,
    VISIT,
)

from .filing import LONGEST, Filing

MESSAGES = {
    "max_length": "最多 %(limit_value)d 字，现有 %(show_value)d 字：请精简，详细内容另附材料。",
    "null_characters_not_allowed": "含有不可见的控制字符：请删去后重新填写。",
    "invalid_choice": "没有这个选项：请从列出的各项中选择。",
    "invalid_pk_value": "没有这个选项：请从列出的各项中选择。",
    "invalid": "看不懂这里填写的内容：请照说明填写。",
}
PLEASE = ("", "请选择")
MOST_FILES = 10


class Text(forms.CharField):
    """Words; `rows`: of a longer text."""

    def __init__(self, *, label: str, rows: int = 0, required: bool = True, max_length: int = LONGEST, help_text: str = "") -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
        messages = {**MESSAGES, "required": f"请填写{label}。"}
        super().__init__(label=label, required=required, max_length=max_length, help_text=help_text, widget=widget, error_messages=messages)

    def validate(self, value: str) -> None:
        super().validate(value)
        if "\ufffd" in value:
            raise forms.ValidationError("含有无法识别的字符（显示为 \ufffd）：请重新输入这几个字。")


class Bodies(forms.ModelChoiceField):
    """One office; a key longer than any of ours is no choice, and never asked of the database."""

    def __init__(self, *, label: str, choices: list[Office], required: bool = True, empty: str = "请选择", help_text: str = "") -> None:
        super().__init__(
            queryset=Office.objects.filter(pk__in=[o.pk for o in choices]), label=label, required=required, empty_label=empty, help_text=help_text,
            error_messages={**MESSAGES, "required": f"请选择{label}。"},
        )  # fmt: skip

    def to_python(self, value: Any) -> Office | None:
        if len(str(value or "")) > 18:
            raise forms.ValidationError(MESSAGES["invalid_choice"])
        return super().to_python(value)


def choice(label: str, choices: Any, required: bool = True, help_text: str = "") -> forms.ChoiceField:
    """One of these pairs, none chosen at first."""
    messages = {**MESSAGES, "required": f"请选择{label}。"}
    return forms.ChoiceField(label=label, choices=[PLEASE, *choices], required=required, help_text=help_text, error_messages=messages)


def day(label: str, required: bool = False, help_text: str = "") -> forms.DateField:
    """A day, of a year that a column holds."""
    bounds = [MinValueValidator(date(1949, 10, 1), "这个日期太早。"), MaxValueValidator(date(2999, 12, 31), "这个日期太晚。")]
    messages = {"invalid": "看不懂这个日期，请写成 2016-06-07 的样子。", "required": f"请填写{label}。"}
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, widget=widget, validators=bounds, error_messages=messages, help_text=help_text
    )  # fmt: skip


class Several(forms.FileInput):
    """A field of the browser in which more than one file can be chosen."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Files of a complaint, none needed; what they hold is looked at when they are sealed. `cleaned_data`: a list."""

    def __init__(self, *, label: str = "材料") -> None:
        super().__init__(label=label, required=False, widget=Several(), allow_empty_file=True,
                         help_text=f"可以选几个，最多 {MOST_FILES} 个；其中的作者、位置等信息会去掉，加密存放")  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = [super(Files, self).clean(one, initial) for one in data or []]
        if len(chosen) > MOST_FILES:
            raise forms.ValidationError(f"一次最多 {MOST_FILES} 个文件，现有 {len(chosen)} 个：请分几次补充。")
        return chosen


class FilesInput:
    """Mixed into a form with `materials`: what to hand to the vault."""

    cleaned_data: dict[str, Any]

    def sealed(self, subject: str) -> list[SealedFile]:
        """The files, made harmless and sealed under this subject; before the act. Raises Refused, naming which."""
        return seal_files(subject, [file.read() for file in self.cleaned_data["materials"]]) if self.cleaned_data.get("materials") else []


class Particulars(forms.Form):
    """What the desk and the portal ask in the same way: which item (`item`), and who complains."""

    item: Item | None = None

    def clean_item_code(self) -> str:
        code: str = self.cleaned_data["item_code"].strip()
        if code and (found := find(code)) is None:
            raise forms.ValidationError("清单中没有这个编码：请核对，或者留空。")
        self.item = found if code else None
        return code

    def clean_id_tail(self) -> str:
        tail: str = self.cleaned_data["id_tail"].strip().upper()
        if tail and not (tail.isascii() and tail.isalnum() and len(tail) == 4):
            raise forms.ValidationError("只填末四位数字或者字母。")
        return tail

    def told_of_person(self, with_id: bool) -> dict[str, str]:
        """What was told of who complains, by name; nothing that was left empty. `with_id`: also what was shown to prove it (第八条)."""
        told = self.cleaned_data
        found = {key: told[key] for key in ("name", "phone", "address", "email")}
        if with_id:
            found |= {"id_kind": ID_KINDS[told["id_kind"]], "id_tail": told["id_tail"]}
        return {key: value for key, value in found.items() if value.strip()}


class IntakeForm(FilesInput, Particulars):
    """第八条、第十条: what came by telephone, fax, letter, e-mail or in person, as a clerk writes it down."""

    channel = choice("怎样提出", [(key, CHANNELS[key].name) for key in DESK_CHANNELS])
    received_on = forms.DateField(
        label="收到的日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), help_text="期限自收到之日起算，不是登记之日",
        error_messages={"required": "请填写收到的日期。", "invalid": "看不懂这个日期，请写成 2016-06-07 的样子。"},
    )  # fmt: skip
    received_time = forms.TimeField(
        label="收到的时间", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "请填写收到的时间。", "invalid": "看不懂这个时间，请写成 09:30 的样子。"},
    )  # fmt: skip
    receipt = Text(label="收到的凭据", required=False, max_length=200,
                   help_text="邮戳、签收记录、传真报头、邮件头、通话记录；收到的日子早于今天的必填")  # fmt: skip
    name = Text(label="姓名或者名称", required=False, max_length=100, help_text="提倡实名；不愿留名的都可以不填，处理结果凭查询码查看")
    phone = Text(label="电话", required=False, max_length=100)
    address = Text(label="通信地址", required=False, max_length=200)
    email = Text(label="电子信箱", required=False, max_length=200)
    id_shown = forms.BooleanField(label="已出示居民身份证或者其他有效证件（当面投诉必须）", required=False)
    id_kind = choice("证件种类", ID_KINDS.items(), required=False)
    id_tail = Text(label="证件号码末四位", required=False, max_length=4, help_text="只记末四位，不复印，不记全号")
    place = Text(label="投诉的场所", required=False, max_length=100, help_text="当面投诉的，写本机关指定的场所")
    representatives = forms.IntegerField(
        label="来访代表人数", initial=1, min_value=1, max_value=999, help_text="不超过五人（第八条）",
        error_messages={**MESSAGES, "required": "请填写人数。", "invalid": "请填写一个整数。"},
    )  # fmt: skip
    confidential = forms.BooleanField(label="投诉人要求对身份保密（未说明的按要求保密办理）", required=False, initial=True)
    respondent_kind = choice("被投诉的是", RESPONDENTS.items())
    respondent_office = Bodies(label="被投诉单位", choices=[], required=False, empty="不在其中或者不清楚", help_text="是工作人员的，选所在单位")
    respondent = Text(label="被投诉的工作人员，或者其他单位", required=False, max_length=200)
    item_code = Text(label="事项编码", required=False, max_length=100, help_text="清单上查得到的填写编码；查不到的留空，只选种类")
    item_kind = choice("事项种类", [(key, name) for key, (name, _) in ITEM_KINDS.items()], required=False, help_text="填了编码的不用选")
    grounds = forms.MultipleChoiceField(
        label="是哪一类问题（可以多选）", choices=[(q.key, q.text) for q in QUESTIONS.values()],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "sentences"}),
        error_messages={**MESSAGES, "required": "请至少选择一项，说不清的选最后一项。"},
    )  # fmt: skip
    text = Text(label="投诉的内容", rows=6, help_text="什么单位、什么时候、做了什么。本系统不是涉密系统，不得填写国家秘密")
    evidence = Text(label="初步证据", rows=2, required=False, help_text="有什么可以证明；材料可以另行上传")
    materials = Files()
    earlier = Text(label="此前的投诉", required=False, max_length=40,
                   help_text="再次投诉的，填写已经有结果的那一件的受理编号或者案件编号；没有的不填")  # fmt: skip
    new_facts = Text(label="新的事实和理由", rows=2, required=False, help_text="以前投诉过、已经答复的，写明这次有什么新的事实")

    def __init__(self, *args: Any, offices: list[Office], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["respondent_office"].queryset = Office.objects.filter(pk__in=[o.pk for o in offices])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("earlier", "").strip() and not told.get("new_facts", "").strip():
            self.add_error("new_facts", "再次投诉的，请写明新的事实；没有新的事实的，不填此前的投诉，照常登记。")
        return told

    def identity(self) -> dict[str, str]:
        told = self.cleaned_data
        return self.told_of_person(with_id=told["channel"] == VISIT and bool(told["id_kind"]))

    def filing(self) -> Filing:
        """What was written down, for `file_complaint`."""
        told = self.cleaned_data
        at = datetime.combine(told["received_on"], told["received_time"], tzinfo=clock.SHANGHAI)
        same = ("channel", "text", "grounds", "respondent_kind", "respondent_office", "respondent", "item_kind", "evidence", "new_facts",
                "confidential", "representatives", "id_shown", "place", "receipt")  # fmt: skip
        return Filing(**{name: told[name] for name in same}, item=self.item, identity=self.identity(), received_at=at)


def now_in_form() -> dict[str, date | time]:
    """What stands in the fields of the time of receipt at first: now, to the minute."""
    here = clock.now().astimezone(clock.SHANGHAI)
    return {"received_on": here.date(), "received_time": here.time().replace(second=0, microsecond=0)}


class SayForm(forms.Form):
    """An act with words, needed or not."""

    words = Text(label="说明", rows=4, required=False)

    def __init__(self, *args: Any, label: str, must: bool, hint: str = "", **kw: Any) -> None:
        super().__init__(*args, **kw)
        field = self.fields["words"]
        field.label, field.required, field.help_text = label, must, hint
        field.error_messages["required"] = f"请填写{label}。"


class BodyForm(SayForm):
    """To which of the four; at 批转 also who is complained of, where that was not known."""

    field_order = ("body", "respondent", "words")
    body = Bodies(label="处理机关", choices=[])
    respondent = Bodies(label="核明的被投诉单位", choices=[], required=False, empty="仍不清楚",
                        help_text="登记时没有写明单位的，现在核明；它看不到本件")  # fmt: skip

    def __init__(self, *args: Any, choices: list[Office], suggested: Office | None, offices: list[Office], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["body"].queryset = Office.objects.filter(pk__in=[o.pk for o in choices])  # type: ignore[attr-defined]
        self.fields["body"].initial = suggested
        self.fields["respondent"].queryset = Office.objects.filter(pk__in=[o.pk for o in offices])  # type: ignore[attr-defined]
        if not offices:
            del self.fields["respondent"]


class RefusalForm(FilesInput, SayForm):
    """第六条、第十条: on what ground, why, how the complainant is told; of a repeated one the earlier answer."""

    field_order = ("ground", "words", "way", "earlier", "answer", "materials")
    ground = choice("依据哪一项", [(r.key, f"{r.article} {r.name}") for r in REFUSALS.values() if r.act == "decline"])
    way = choice("怎样告知投诉人", NOTICE_WAYS.items())
    earlier = Text(label="此前的投诉", required=False, max_length=40, help_text="重复投诉的填写此前那一件的编号；本机关办理的才能引用")
    materials = Files(label="此前答复的文件")
    answer = Text(label="此前的答复", rows=3, required=False, help_text="重复投诉的写明此前怎样答复，投诉人看得到")

    def __init__(self, *args: Any, unproven: bool = False, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if unproven:
            for name in ("ground", "earlier", "answer", "materials"):
                del self.fields[name]


class FactsForm(FilesInput, SayForm):
    """第八条、第十条: words, files, or both."""

    materials = Files()


class ContactForm(forms.Form):
    """第七条: how this body is reached."""

    phone = Text(label=CONTACTS["phone"], required=False, max_length=100)
    fax = Text(label=CONTACTS["fax"], required=False, max_length=100)
    address = Text(label=CONTACTS["address"], required=False, max_length=200)
    email = Text(label=CONTACTS["email"], required=False, max_length=200)
    place = Text(label="当面投诉的场所", required=False, max_length=200, help_text="第八条：到指定的场所投诉")
    hours = Text(label="时间", required=False, max_length=100)


class RegisterForm(forms.Form):
    """Which complaints of the register."""

    state = forms.ChoiceField(label="状态", required=False, error_messages=MESSAGES)
    channel = forms.ChoiceField(label="途径", required=False, choices=[("", "全部"), *((c.key, c.name) for c in CHANNELS.values())],
                                error_messages=MESSAGES)  # fmt: skip
    body = forms.ChoiceField(label="处理机关", required=False, error_messages=MESSAGES)
    since = day("收到自")
    until = day("至")

    def __init__(self, *args: Any, states: dict[str, str], offices: list[Office], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["state"].choices = [("", "全部"), *states.items()]  # type: ignore[attr-defined]
        self.fields["body"].choices = [("", "全部"), *((o.code, o.short) for o in offices)]  # type: ignore[attr-defined]


def refuse(form: Any, refused: Refused) -> None:
    """Put a refusal on the form, which stays as it was typed."""
    form.add_error(None, str(refused))
    form.refused = refused
