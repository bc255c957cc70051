"""第十条（三） 台账: every case with its dates step by step. A view over the ledger; nothing is typed twice.

Rows come from the duties that the ledger keeps of each case, so a fixed number of queries makes a page of any length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import cast

from django.db.models import Exists, OuterRef, QuerySet

from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.offices.queries import names
from qingdan.statute.labels import label
from qingdan.statute.laws import law_of
from qingdan.statute.terms import Must, Source

from . import counts


@dataclass(frozen=True)
class Step:
    """One column of the 台账: a step of the procedure and the rows that owe it."""

    name: str
    article: str
    rows: tuple[str, ...]


STEPS = (
    Step("申请", "第七条（一）", ("D1",)),
    Step("转办", "第七条（二）", ("D3", "D3r")),
    Step("审核", "第七条（三）", ("D4", "D6")),
    Step("核准", "第七条（四）", ("D7",)),
    Step("确认", "第七条（四）", ("D8", "D8n")),
    Step("复审", "第七条（五）", ("S7", "S7u")),
    Step("转告", "第七条（五）", ("D10",)),
    Step("公布", "第七条（五）", ("D11",)),
    Step("本部门更新", "第七条（五）", ("D12",)),
    Step("备案", "第九条", ("D13",)),
)
OF_ROW = {row: i for i, step in enumerate(STEPS) for row in step.rows}
OUTCOMES = {
    "publish": "已公布", "publish_initial": "首次入库", "withdraw": "已撤回", "return_unfiled": "退回，视为未申请",
    "close_without_change": "无需调整", "accept_refusal": "不予核准", "refusal_deemed_unopposed": "不予核准",
    "drop_objection_refused": "不予核准", "confirm_waived_refused": "不予核准", "conclude_review_refused": "复审不调整",
    "report_month": "已上报", "file_own": "已备案", "own_list_logged": "只登记",
}  # fmt: skip
STATES = (("open", "在办"), ("ended", "办结"), ("late", "有逾期"), ("deemed", "有视为"), ("returned", "曾退回补正"))


@dataclass(frozen=True)
class Entry:
    """One duty in a step: by whom, when, days used against the limit, and what is to be said of it."""

    office: str
    done: date | None
    due: date | None
    used: int
    limit: int | None
    kind: str
    mark: str
    duty: str = ""
    named: bool = False  # several offices owe this step, so each is named

    @property
    def days(self) -> str:
        """2/2: days used of days given; a duty without a limit shows the days alone."""
        return f"{self.used}/{self.limit}" if self.limit is not None else str(self.used)

    def __str__(self) -> str:
        when = f" {self.done.isoformat()}" if self.done else f" 未办，{self.due.isoformat()}到期" if self.due else " 未办"
        return f"{self.office}{when}"


@dataclass
class Line:
    """One case."""

    case: Case
    list_name: str
    code: str
    move: str
    ground: str
    cause_day: date | None
    is_open: bool
    outcome: str
    steps: list[list[Entry]] = field(default_factory=list)

    @property
    def columns(self) -> list[tuple[Step, list[Entry]]]:
        return list(zip(STEPS, self.steps, strict=True))

    @property
    def has_steps(self) -> bool:
        return any(self.steps)

    @property
    def state(self) -> str:
        return "在办" if self.is_open else self.outcome or "办结"


def period_of(month: date) -> tuple[date, date]:
    """From the 26th of the month before to the 25th (choice: so that the report can be out before the 28th)."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=26), month.replace(day=25)


def narrowed(
    cases: QuerySet[Case], today: date, *, month: date | None = None, unit: str = "", list_kind: str = "",
    article: str = "", state: str = "",
) -> QuerySet[Case]:  # fmt: skip
    """The cases of a filter. An article and a state are looked for in one and the same duty."""
    duty = Obligation.objects.filter(case=OuterRef("pk"))
    if month:
        cases = cases.filter(Exists(Event.objects.filter(case=OuterRef("pk"), on__range=period_of(month))))
    if unit:
        cases = cases.filter(office__code=unit)
    if list_kind:
        cases = cases.filter(request__list_kind=list_kind)
    if article:
        duty = duty.filter(article=article)
    if state == "ended":
        cases = cases.filter(~Exists(Obligation.objects.filter(case=OuterRef("pk"), how="")))
    elif state == "returned":
        cases = cases.filter(Exists(Event.objects.filter(case=OuterRef("pk"), act="return_once")))
    elif state:
        duty = duty.filter({"open": counts.Q(how=""), "late": counts.late(today), "deemed": counts.Q(how="deemed")}[state])
    if article or state in ("open", "late", "deemed"):
        cases = cases.filter(Exists(duty))
    return cases


def lines(cases: Iterable[Case], today: date) -> list[Line]:
    """The rows of these cases: four queries, whatever their number and length."""
    found = list(cases)
    keys = [case.pk for case in found]
    office_names = names()
    owed: dict[int, list[Obligation]] = {key: [] for key in keys}
    for o in Obligation.objects.filter(case__in=keys).order_by("opened_n", "office_code"):
        owed[o.case_id].append(o)
    ended: dict[int | None, str] = {}
    outcomes = Event.objects.filter(case__in=keys, act__in=OUTCOMES).order_by("n")
    for key, act in outcomes.values_list("case_id", "act"):
        ended[key] = OUTCOMES[act]
    return [_line(case, owed[case.pk], ended.get(case.pk, ""), office_names, today) for case in found]


def with_requests(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Newest first, with everything that a row shows."""
    return cases.select_related("office", "request__item").order_by("-pk")


def in_chunks(cases: QuerySet[Case], today: date, size: int = 500) -> Iterator[Line]:
    """All rows, a chunk at a time, so that an export of any size takes little memory."""
    keys = list(cases.values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        chunk = cases.model.objects.filter(pk__in=keys[start : start + size])
        yield from lines(with_requests(chunk), today)


def _line(case: Case, owed: Sequence[Obligation], outcome: str, office_names: dict[str, str], today: date) -> Line:
    request = case.request if hasattr(case, "request") else None
    line = Line(
        case=case,
        list_name=request.list_name if request else "",
        code=request.code if request else case.subject,
        move=request.get_move_display() if request else "",
        ground=request.ground if request else "",
        cause_day=request.cause_day if request else None,
        is_open=any(o.is_open for o in owed),
        outcome=outcome,
        steps=[[] for _ in STEPS],
    )
    for o in owed:
        if o.row in OF_ROW:
            line.steps[OF_ROW[o.row]].append(entry(o, case, office_names, today))
    line.steps = [_named(entries) for entries in line.steps]
    return line


def _named(entries: list[Entry]) -> list[Entry]:
    return [replace(e, named=True) for e in entries] if len({e.office for e in entries}) > 1 else entries


def entry(o: Obligation, case: Case, office_names: dict[str, str], today: date) -> Entry:
    """One duty as the 台账 shows it."""
    calendar = in_force()
    released = o.how == "released"
    kind, mark = _mark(o, case, today)
    return Entry(
        office=office_names.get(o.office_code, o.office_code),
        done=None if released else o.closed_on,
        due=None if released else o.due,
        used=calendar.count(o.since, max(o.since, o.closed_on or today)),
        limit=calendar.count(o.since, o.due) if o.due and o.due >= o.since else None,
        kind=kind,
        mark=mark,
        duty=o.place,
    )


def _mark(o: Obligation, case: Case, today: date) -> tuple[str, str]:
    if o.how == "released":
        return "plain", "不再需要"
    if o.how == "deemed":
        rest = cast(Must, law_of(case.law, case.edition)[o.row]).otherwise
        return "late", label(rest.act) if rest else "视为"
    if o.born_late:
        return "plain", "施行前" if o.since < law_of(case.law, case.edition).began else "不可归责"
    if o.late_on(today):
        over = in_force().count(cast(date, o.due), o.closed_on or today)
        choice = o.source == Source.CHOICE.name
        return ("choice", f"超目标 {over} 日") if choice else ("late", f"逾期 {over} 日")
    if o.how == "done":
        return "", ""
    if o.held:
        return "plain", "待前项完成"
    return ("provisional", "日期暂定") if o.provisional else ("plain", "在办")
