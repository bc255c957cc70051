"""Forms of the watch: what happened to a document in the register; a new document, and whom it concerns; 恢复行使."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import offices_on
from qingdan.lists.bases.models import BasisArticle, BasisDocument, LawChange
from qingdan.lists.bases.parsing import key_of
from qingdan.lists.models import ItemVersion
from qingdan.lists.queries import in_force_on
from qingdan.measures.adjustment.forms import MESSAGES, Day, Text, countable

MOST_CODES = 500


class ChangeForm(forms.Form):
    """第五条: when it was announced, from when it holds, and how that is proved."""

    announced_on = Day(label="公布日", help_text="申请期限从这一天起算；“三定”文件填写印发日")
    takes_effect = Day(label="施行日", help_text="废止的，填写停止施行的第一天")
    number = Text(label="文号", required=False, max_length=100, help_text="公告、令或者文件的编号")
    evidence = Text(label="证明材料", rows=2, help_text="公报期号、文件名称、公布网址")
    summary = Text(label="变动内容", rows=3, required=False, help_text="哪些地方变了，会写进各单位的任务")

    def clean_announced_on(self) -> date:
        return _past(self.cleaned_data["announced_on"], "公布日")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        announced, effect = data.get("announced_on"), data.get("takes_effect")
        if announced and effect and effect < announced:
            self.add_error("takes_effect", "施行日早于公布日：请核对两个日期。")
        return data

    def change(self, document: BasisDocument, sort: str) -> LawChange:
        """The change as typed."""
        names = ("announced_on", "takes_effect", "number", "evidence", "summary")
        return LawChange(document=document, sort=sort, received_on=self.cleaned_data.get("received_on"), **{n: self.cleaned_data[n] for n in names})


class KnownForm(ChangeForm):
    """What happened to a document of the register, or to some of its articles."""

    SORTS = (("amended", "修改"), ("repealed", "废止"), ("restored", "恢复施行"))
    field_order = ("sort", "places")

    sort = forms.ChoiceField(label="发生了什么", choices=[("", "请选择"), *SORTS],
                             error_messages={**MESSAGES, "required": "请选择修改、废止或者恢复施行。"})  # fmt: skip
    places = forms.MultipleChoiceField(
        label="涉及的条款", required=False, widget=forms.CheckboxSelectMultiple, error_messages=MESSAGES,
        help_text="不勾选即为整部；整部修改的，自施行日起另立新的一版",
    )  # fmt: skip

    def __init__(self, *args: Any, articles: list[tuple[BasisArticle, int]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        choices = [(a.place, f"{a.place}（{n} 项）") for a, n in articles if a.place]
        self.fields["places"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["places"]


class NewForm(ChangeForm):
    """A new law, 三定 or 下放 document, and the units (and items) that it concerns (S1)."""

    field_order = ("kind", "title", "issuer", "number", "announced_on", "received_on", "takes_effect", "url", "evidence", "summary", "units", "codes")

    kind = forms.ChoiceField(label="种类", choices=[("", "请选择"), *BasisDocument.KINDS], error_messages={**MESSAGES, "required": "请选择种类。"})
    title = Text(label="名称", max_length=200, help_text="全称，不写书名号")
    issuer = Text(label="制定机关", required=False, max_length=200)
    received_on = Day(label="文件收到日", required=False, help_text="上级取消、下放的，早于公布日的从这一天起算")
    url = Text(label="公布网址", required=False, max_length=500)
    units = forms.ModelMultipleChoiceField(
        label="涉及的单位", queryset=Office.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, error_messages=MESSAGES,
        help_text="每个单位得到一项任务：提出新增，或者说明无需调整",
    )  # fmt: skip
    codes = Text(label="涉及的事项编码", rows=3, required=False, max_length=20000, help_text="一行一个；所属单位自动列入")

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["units"].queryset = offices_on(clock.today()).order_by("code")  # type: ignore[attr-defined]

    def clean_received_on(self) -> date | None:
        day = self.cleaned_data["received_on"]
        return _past(day, "文件收到日") if day else None

    def clean_codes(self) -> list[ItemVersion]:
        codes = list(dict.fromkeys(self.cleaned_data["codes"].split()))[:MOST_CODES]
        standing = in_force_on(clock.today()).filter(item__code__in=codes).select_related("item", "office")
        found = {version.item.code: version for version in standing}
        if missing := [code for code in codes if code not in found]:
            raise forms.ValidationError(f"现行清单中没有“{'”“'.join(c[:60] for c in missing[:5])}”：请从清单中复制编码。")
        return [found[code] for code in codes]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("units") and not data.get("codes"):
            self.add_error("units", "请至少选择一个单位，或者填写事项编码：新颁布的文件不涉及现有依据，由登记的人指明。")
        return data

    def document(self) -> BasisDocument:
        """The document as typed: the one that items have named already (待核), or a new one. Raises ValidationError where it is known."""
        data = self.cleaned_data
        key = key_of(data["title"], data["number"])
        found = BasisDocument.objects.filter(key=key).order_by("-pk").first()
        if found is not None and found.checked:
            raise forms.ValidationError(f"依据登记簿中已有“{found}”：请在它的页面登记修改。")
        document = found or BasisDocument(key=key)
        for name in ("kind", "title", "issuer", "number", "url"):
            setattr(document, name, data[name])
        return document


def _past(day: date, name: str) -> date:
    if day > clock.today():
        raise forms.ValidationError(f"{name}不能晚于今天：请在公布、收到以后登记。")
    return countable(day, name)
