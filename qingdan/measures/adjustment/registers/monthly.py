"""第十条（三） 月度报告 (D14): its days, its figures from the ledger, the text that is drafted from them.

Choice: the target is the last 工作日 on or before the 27th; late only after the 28th, or after the last 工作日 before it
where the 28th is a rest day. The period runs from the 26th of the month before to the 25th; 26 to 31 December are
added with the annual report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from qingdan.engine.refusals import spell_day
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger.models import Case, Event, Obligation, place_of
from qingdan.kernel.offices.queries import names

from . import counts
from .book import period_of
from .models import LIST_KINDS, MonthlyReport

ROW, ACT = "D14", "report_month"
OWN_PAGES = {ACT}
"""Acts of the statute whose pages are in the registers."""
ONE = timedelta(days=1)
Place = tuple[str, str]
"""Of a case: the key of its list, the code of its unit."""
BEFORE = 3  # 工作日 before the target on which the draft is there


@dataclass(frozen=True)
class Figure:
    """One number of the report: the cases in which one of these acts was done in the period."""

    key: str
    label: str
    acts: tuple[str, ...]


FIGURES = (
    Figure("applied", "收到申请", ("apply",)),
    Figure("returned", "退回补正", ("return_once",)),
    Figure("referred", "转办", ("refer",)),
    Figure("agreed", "审核同意", ("agree", "agree_amended")),
    Figure("disagreed", "审核不同意", ("disagree",)),
    Figure("deemed", "视为同意", ("deemed_agreed",)),
    Figure("approved", "核准", ("approve", "approve_amended", "conclude_review")),
    Figure("refused", "不予核准", ("refuse", "conclude_review_refused")),
    Figure("unopposed", "确认逾期，视为无异议", ("deemed_unopposed", "refusal_deemed_unopposed")),
    Figure("published", "公布", ("publish",)),
    Figure("filed", "备案", ("file_own",)),
    Figure("withdrawn", "撤回", ("withdraw",)),
)
OPEN = Figure("open", "期末在办", ())
BROKEN_DOWN = ("applied", "approved", "published", OPEN.key)
"""The figures that are also told by list and by unit."""


@dataclass(frozen=True)
class Counted:
    """A figure with the numbers of the cases behind it. key: its address within the report."""

    key: str
    label: str
    cases: list[str]
    article: str = ""
    office: str = ""

    @property
    def count(self) -> int:
        return len(self.cases)


@dataclass(frozen=True)
class Group:
    """One list or one unit with the figures that are told of it."""

    name: str
    counted: list[Counted]


@dataclass(frozen=True)
class Month:
    """The report of one month: its case, its row if people have written in it, and its days."""

    case: Case
    report: MonthlyReport | None = None
    before: MonthlyReport | None = None

    @property
    def first(self) -> date:
        return self.case.opened_on

    @property
    def title(self) -> str:
        return f"{self.first.year}年{self.first.month}月清单动态调整情况报告"

    @property
    def issued(self) -> bool:
        return bool(self.report and self.report.issued_on)

    @cached_property
    def begin(self) -> date:
        """The 26th; earlier where the report before was issued before its period had ended."""
        if self.report and self.report.issued_on:
            return self.report.period_from
        usual = period_of(self.first)[0]
        cut = self.before.period_to if self.before and self.before.issued_on else None
        return min(usual, cut + ONE) if cut else usual

    @property
    def end(self) -> date:
        if self.report and self.report.issued_on:
            return self.report.period_to
        return period_of(self.first)[1]

    @property
    def target(self) -> date:
        """The last 工作日 on or before the 27th."""
        return in_force().on_or_before(self.first.replace(day=27))

    @property
    def due(self) -> date:
        """The last day in time: the one that the duty bears, by its own row and calendar."""
        return getattr(self.case, "owed_by", None) or in_force().on_or_before(self.first.replace(day=28))

    @property
    def drafted_on(self) -> date:
        """Three 工作日 before the target."""
        day = self.target
        for _ in range(BEFORE):
            day = in_force().on_or_before(day - ONE)
        return day

    @property
    def duty(self) -> str:
        """Which duty of its case the report is, as an address may say it."""
        return place_of(getattr(self.case, "duty", ""))

    @property
    def rest_day(self) -> str:
        """Why the 28th is no 工作日, or nothing."""
        day = self.first.replace(day=28)
        return "" if in_force().is_workday(day) else in_force().why(day)

    @property
    def born_late(self) -> bool:
        """Opened only after its last day had passed (S51): to nobody's account."""
        return bool(getattr(self.case, "born_late", False))

    @property
    def december(self) -> bool:
        return self.first.month == 12


def months() -> QuerySet[Case]:
    """The cases of D14, newest month first."""
    of_d14 = Obligation.objects.filter(case=OuterRef("pk"), row=ROW)
    duty = Subquery(of_d14.values("pk")[:1])
    found = Case.objects.filter(Exists(of_d14), law=counts.CODE).annotate(
        born_late=Exists(of_d14.filter(born_late=True)), duty=duty, owed_by=Subquery(of_d14.values("due")[:1])
    )
    return found.order_by("-opened_on", "-pk")


def month_of(case: Case) -> Month:
    """The report of this case, with the one of the month before."""
    previous = (case.opened_on - ONE).replace(day=1)
    before = MonthlyReport.objects.filter(month=previous, office=case.office).first()
    return Month(case, MonthlyReport.objects.filter(case=case).first(), before)


def computed(begin: date, end: date, today: date) -> dict[str, Any]:
    """The figures from the ledger, as they are kept when the report is issued: three queries."""
    until = min(end, today)
    by_act: dict[str, list[str]] = {}
    done = Event.objects.filter(case__law=counts.CODE, case__request__isnull=False, on__range=(begin, end))
    acts = [act for figure in FIGURES for act in figure.acts]
    place: dict[str, Place] = {}
    found = done.filter(act__in=acts).order_by("case_id").values_list("act", "case__number", "case__request__list_kind", "case__office__code")
    for act, number, list_kind, unit in found.distinct():
        by_act.setdefault(act, []).append(number)
        place[number] = list_kind, unit
    told: list[dict[str, Any]] = [
        {"key": f.key, "cases": list(dict.fromkeys(number for act in f.acts for number in by_act.get(act, [])))} for f in FIGURES
    ]
    still_open = {number: (list_kind, unit) for number, list_kind, unit in _open_at(until)}
    told.append({"key": OPEN.key, "cases": list(still_open)})
    place |= still_open
    return {"counts": told, "late": _late(begin, end, today), "lists": _grouped(told, place, 0), "units": _grouped(told, place, 1)}


def _grouped(told: list[dict[str, Any]], place: dict[str, Place], by: int) -> list[dict[str, Any]]:
    """The broken-down figures once more, apart for each list (0) or unit (1)."""
    groups: dict[str, dict[str, list[str]]] = {}
    for figure in told:
        for number in figure["cases"] if figure["key"] in BROKEN_DOWN else ():
            groups.setdefault(place[number][by], {}).setdefault(figure["key"], []).append(number)
    return [{"of": name, "cases": cases} for name, cases in sorted(groups.items())]


def _open_at(day: date) -> list[tuple[str, str, str]]:
    """Cases with a duty that was open at the end of this day."""
    open_then = Obligation.objects.filter(Q(how="") | Q(closed_on__gt=day), case=OuterRef("pk"), since__lte=day)
    cases = Case.objects.filter(Exists(open_then), law=counts.CODE, request__isnull=False, opened_on__lte=day)
    return list(cases.order_by("pk").values_list("number", "request__list_kind", "office__code"))


def _late(begin: date, end: date, today: date) -> list[dict[str, Any]]:
    """Duties in law that became late in the period, by article and office."""
    found = Obligation.objects.filter(counts.became_late(begin, end, today), case__law=counts.CODE, case__request__isnull=False)
    grouped: dict[tuple[str, str], dict[str, None]] = {}
    for article, office, number in found.order_by("article", "office_code", "case_id").values_list("article", "office_code", "case__number"):
        grouped.setdefault((article, office), {})[number] = None
    return [{"article": a, "office": o, "cases": list(cases)} for (a, o), cases in grouped.items()]


def figures_of(month: Month, today: date) -> tuple[list[Counted], list[Counted]]:
    """The numbers and the late ones."""
    return read(told_of(month, today))


def told_of(month: Month, today: date) -> dict[str, Any]:
    """What the report tells in figures: frozen as issued, else as of today."""
    report = month.report
    return report.frozen if report and report.issued_on else computed(month.begin, month.end, today)


def read(told: dict[str, Any]) -> tuple[list[Counted], list[Counted]]:
    """Kept figures, in words."""
    labels = {f.key: f.label for f in (*FIGURES, OPEN)}
    office_names = names()
    plain = [Counted(f["key"], labels.get(f["key"], f["key"]), f["cases"]) for f in told["counts"]]
    late = [
        Counted(f"late-{i}", f"{f['article']} {office_names.get(f['office'], f['office'])}", f["cases"], f["article"],
                office_names.get(f["office"], f["office"]))
        for i, f in enumerate(told["late"], 1)
    ]  # fmt: skip
    return plain, late


def broken_down(told: dict[str, Any]) -> list[tuple[str, list[Group]]]:
    """By list and by unit, in words; a report issued before this was told has none."""
    labels = {f.key: f.label for f in (*FIGURES, OPEN)}
    called = {"lists": dict(LIST_KINDS), "units": names()}

    def group(side: str, i: int, of: str, cases: dict[str, list[str]]) -> Group:
        name = called[side].get(of, of)
        return Group(name, [Counted(f"{side}-{i}-{key}", f"{name} {labels[key]}", cases.get(key, [])) for key in BROKEN_DOWN])

    return [
        (title, [group(side, i, g["of"], g["cases"]) for i, g in enumerate(told.get(side, ()), 1)])
        for side, title in (("lists", "清单"), ("units", "单位"))
    ]


def draft(month: Month, plain: list[Counted], late: list[Counted], today: date) -> str:
    """The text that the office begins with: all numbers said once, to be edited. It goes to `today` at most, as the figures do."""
    said = "，".join(f"{f.label} {f.count} 件" for f in plain if f.count and f.key != OPEN.key) or "没有发生调整事项"
    at_end = next((f.count for f in plain if f.key == OPEN.key), 0)
    slow = "；".join(f"{f.office}（{f.article}）{f.count} 件" for f in late)
    parts = [
        f"{spell_day(month.begin)}至{spell_day(min(month.end, today))}，全区清单动态调整{said}；期末在办 {at_end} 件。",
        f"期内超过法定期限的：{slow}。" if slow else "期内没有超过法定期限的事项。",
    ]
    if month.december:
        parts.append("12月26日至31日的情况随年度报告补充。")
    return "\n".join(parts)
