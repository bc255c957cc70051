"""What a citizen types: a complaint, the code, and what is added later. Plain questions; nothing typed is lost, files alone are chosen again."""

from __future__ import annotations

from typing import Any

from django import forms

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import offices_on
from qingdan.measures.complaints.filing import Filing, bodies_for, suggested
from qingdan.measures.complaints.forms import MESSAGES, Bodies, Files, FilesInput, Particulars, Text
from qingdan.measures.complaints.queries import bodies
from qingdan.statute.complaints_grounds import BODIES, ID_KINDS, ITEM_KINDS, MOST_REPRESENTATIVES, QUESTIONS, RESPONDENTS, WEB
from qingdan.statute.complaints_inquiry import RATINGS

BY_QUESTION, BY_OFFICE = "auto", "office"
NO_SECRETS = "请确认没有填写国家秘密，所写属实。"


def _radio(label: str, choices: Any, required: bool = True, help_text: str = "", initial: str = "") -> forms.ChoiceField:
    messages = {**MESSAGES, "required": f"请选择{label}。"}
    return forms.ChoiceField(label=label, choices=choices, required=required, help_text=help_text, initial=initial, widget=forms.RadioSelect,
                             error_messages=messages)  # fmt: skip


class ComplaintForm(FilesInput, Particulars):
    """第五条、第八条: one page, in the order in which a person tells it."""

    grounds = forms.MultipleChoiceField(
        label="遇到了哪一类问题（可以多选）", choices=[(q.key, q.text) for q in QUESTIONS.values()],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "sentences"}),
        error_messages={**MESSAGES, "required": "请至少选择一项，说不清的选最后一项。"},
    )  # fmt: skip
    text = Text(label="事情的经过", rows=8, help_text="什么时候、在哪里、谁、做了什么、您希望怎样。最多 20000 字")
    respondent_kind = _radio("投诉的是", RESPONDENTS.items(), initial="organ")
    respondent_office = Bodies(label="哪个单位", choices=[], required=False, empty="不在其中，或者不清楚", help_text="投诉工作人员的，选他所在的单位")
    respondent = Text(label="哪位工作人员，或者其他单位", required=False, max_length=200,
                      help_text="不知道姓名的，写窗口号、职务都可以；没有可以不填")  # fmt: skip
    item_code = Text(label="事项编码", required=False, max_length=100, help_text="清单上查得到的可以填；不知道的不填")
    item_kind = forms.ChoiceField(
        label="是哪一种事项", choices=[("", "不清楚"), *((key, name) for key, (name, _) in ITEM_KINDS.items())], required=False,
        error_messages=MESSAGES,
    )  # fmt: skip
    to = _radio("交给谁处理", [], initial=BY_QUESTION, help_text="投诉的单位自己不会经手，也看不到")
    evidence = Text(label="有什么可以证明", rows=3, required=False, help_text="例如录音、照片、单据、在场的人；没有的可以以后补充")
    materials = Files(label="上传照片或者文件")
    new_facts = Text(label="以前投诉过同一件事的，这次有什么新情况", rows=2, required=False, help_text="没有投诉过的不填")
    confidential = forms.BooleanField(label="请对我的身份保密", required=False, initial=True)
    name = Text(label="姓名或者名称", required=False, max_length=100, help_text="提倡实名，便于核实；也可以匿名，以下都不填")
    phone = Text(label="电话", required=False, max_length=100)
    email = Text(label="电子信箱", required=False, max_length=200)
    address = Text(label="通信地址", required=False, max_length=200)
    id_kind = forms.ChoiceField(label="证件种类", choices=[("", "不填"), *ID_KINDS.items()], required=False, error_messages=MESSAGES)
    id_tail = Text(label="证件号码末四位", required=False, max_length=4, help_text="只要末四位，不要全号，也不要上传证件照片")
    representatives = forms.IntegerField(
        label="几个人一起投诉的，代表人数", required=False, initial=1, min_value=1, max_value=999,
        help_text=f"不超过 {MOST_REPRESENTATIVES} 人（第八条）",
        error_messages={**MESSAGES, "invalid": "请填写一个整数。"},
    )  # fmt: skip
    honest = forms.BooleanField(label="我写的情况属实，没有填写国家秘密", error_messages={"required": NO_SECRETS})

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        today = clock.today()
        self.fields["respondent_office"].queryset = Office.objects.filter(pk__in=[o.pk for o in offices_on(today)])  # type: ignore[attr-defined]
        self.handlers = {office.code: office for office in bodies(today)}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (BY_QUESTION, "按我选的问题，直接交给对应的机关（一般选这个）"), (BY_OFFICE, "由政务办分送"),
            *((code, office.name) for code, office in self.handlers.items()),
        ]  # fmt: skip

    def identity(self) -> dict[str, str]:
        told = self.cleaned_data
        return self.told_of_person(with_id=bool(told["id_kind"] and told["id_tail"]))

    def filing(self, **more: str) -> Filing:
        """What was written, for `file_complaint`; handed to the body that was chosen, or to which the questions lead (第九条)."""
        told = self.cleaned_data
        same = ("text", "grounds", "respondent_kind", "respondent_office", "respondent", "item_kind", "evidence", "new_facts", "confidential")
        filing = Filing(channel=WEB, **{name: told[name] for name in same}, item=self.item, identity=self.identity(), **more)  # type: ignore[arg-type]
        filing.representatives = told["representatives"] if told["representatives"] is not None else 1
        filing.to = self._body(filing)
        return filing

    def _body(self, filing: Filing) -> Office | None:
        chosen: str = self.cleaned_data["to"]
        if chosen == BY_QUESTION:
            hint = suggested(filing)
            found = bodies_for(hint.scope) if hint.scope and not hint.flagged else []
            return found[0] if len(found) == 1 else None
        return self.handlers.get(chosen)


class OpenForm(forms.Form):
    """The number and the code of a receipt."""

    reference = forms.CharField(label="受理编号", max_length=60, help_text="回执上的 16 位", widget=forms.TextInput(attrs={"autocomplete": "off"}),
                                error_messages={**MESSAGES, "required": "请填写受理编号。"})  # fmt: skip
    code = forms.CharField(
        label="查询码", max_length=100, help_text="提交时显示的 20 位；字母不分大小写，横线、空格可以不写",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={**MESSAGES, "required": "请填写查询码。"},
    )  # fmt: skip


class AddForm(FilesInput, forms.Form):
    """What the complainant adds: words, files, or both."""

    words = Text(label="补充的内容", rows=5, required=False)
    materials = Files(label="上传照片或者文件")


class AgainForm(FilesInput, forms.Form):
    """P-D9: new facts after an answer."""

    new_facts = Text(label="新的事实和理由", rows=6, help_text="上次答复以后有什么新的事实、新的证据；以前写过的不用再写，会一起转过去")
    materials = Files(label="上传照片或者文件")
    confidential = forms.BooleanField(label="请对我的身份保密", required=False)
    honest = forms.BooleanField(label="我写的情况属实，没有填写国家秘密", error_messages={"required": NO_SECRETS})


class RateForm(forms.Form):
    """P-D9: the one question."""

    answer = _radio("您对这次办理", RATINGS.items())


class WithdrawForm(forms.Form):
    words = Text(label="撤回的原因", rows=2, required=False, help_text="可以不写")
    sure = forms.BooleanField(label="我要撤回这件投诉", error_messages={"required": "请勾选以后再撤回。"})


MATTERS = [(body.name, body.matter, body.article) for body in BODIES.values()]
"""第九条 in plain words, for the page."""
