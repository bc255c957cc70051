"""Finding cases: the conditions of the list, what they mean, and how many cases each saved set of them finds for its reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import offices_on
from qingdan.kernel.saved.models import SavedFilter
from qingdan.measures.adjustment.registers import counts
from qingdan.measures.adjustment.registers.forms import ALL
from qingdan.measures.adjustment.registers.models import LIST_KINDS
from qingdan.statute.laws import law_on
from qingdan.statute.terms import Must

PAGE = "cases"
NEAR = 2  # 工作日
STATES = {
    "open": "在办", "mine": "等本单位办", "today": "今天到期", "near": f"{NEAR} 个工作日内到期", "late": "已逾期", "ended": "办结",
}  # fmt: skip
UNKNOWN = {"invalid_choice": "没有这个选项，请从列表中选。"}


class CasesForm(forms.Form):
    """The toolbar over the list of cases."""

    q = forms.CharField(
        label="查找", required=False, max_length=100, error_messages={"max_length": "查找的文字太长，不能超过 100 个字。"},
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号、标题或事项编码"}),
    )  # fmt: skip
    state = forms.ChoiceField(label="状态", required=False, choices=[ALL, *STATES.items()], error_messages=UNKNOWN)
    unit = forms.ChoiceField(label="提出单位", required=False, error_messages=UNKNOWN)
    kind = forms.ChoiceField(label="清单", required=False, choices=[ALL, *LIST_KINDS], error_messages=UNKNOWN)
    article = forms.ChoiceField(label="现在应办的条款", required=False, error_messages=UNKNOWN)

    def __init__(self, data: QueryDict, today: date) -> None:
        super().__init__(data)
        units, articles = self.fields["unit"], self.fields["article"]
        units.choices = [ALL, *((o.code, o.short) for o in offices_on(today))]  # type: ignore[attr-defined]
        owed = dict.fromkeys(row.article for row in law_on("调", today).duties if isinstance(row, Must))
        articles.choices = [ALL, *((a, a) for a in owed)]  # type: ignore[attr-defined]

    def query(self) -> str:
        """The conditions that were chosen, as a query string in a fixed order; "" where none was."""
        return urlencode({name: value for name in self.fields if (value := self.cleaned_data.get(name))}) if self.is_valid() else ""


def means(wanted: Mapping[str, Any], office: Office, today: date) -> Q:
    """These conditions as a condition on cases. What does not fit is no condition."""
    owed = Obligation.objects.filter(case=OuterRef("pk"), how="")
    states = {
        "open": lambda: Q(Exists(owed)), "ended": lambda: ~Q(Exists(owed)),
        "mine": lambda: Q(Exists(owed.filter(office_code=office.code, held=False))),
        "today": lambda: Q(Exists(owed.filter(due=today, held=False))),
        "near": lambda: Q(Exists(owed.filter(due__range=(today, in_force().add(today, NEAR)), held=False))),
        "late": lambda: Q(Exists(owed.filter(counts.late(today)))),
    }  # fmt: skip
    found = Q()
    if wanted.get("state") in states:
        found &= states[wanted["state"]]()
    if words := str(wanted.get("q") or "").strip()[:100]:
        found &= Q(title__icontains=words) | Q(number__icontains=words) | Q(subject__icontains=words)
    if unit := wanted.get("unit"):
        found &= Q(office__code=unit)
    if kind := wanted.get("kind"):
        found &= Q(request__list_kind=kind)
    if article := wanted.get("article"):
        found &= Q(Exists(owed.filter(article=article)))
    return found


@dataclass(frozen=True)
class Kept:
    """A saved set of conditions, as its reader sees it."""

    row: SavedFilter
    count: int
    current: bool
    own: bool


def counted(rows: Iterable[SavedFilter], seen: QuerySet[Case], office: Office, person: int, query: str, today: date) -> list[Kept]:
    """Each with the number of cases that this reader may see and it finds: one query for all of them."""
    kept = list(rows)
    if not kept:
        return []
    wanted = {f"n{r.pk}": Count("pk", filter=means(QueryDict(r.query).dict(), office, today), distinct=True) for r in kept}
    numbers = seen.order_by().aggregate(**wanted)
    return [Kept(r, numbers[f"n{r.pk}"], r.query == query, r.person_id == person) for r in kept]
