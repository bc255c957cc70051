"""为什么是这一天 (P-C4): the statement behind a due day, as data; pages, the feed and tests read the same one.

The duty keeps the limit and the day from which its date was counted (`Obligation.counted`), and the calendar it was
counted with. `reckon` counts again, day by day; its last line is the due day, so that text and date cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from qingdan.engine.duties import Option, Standing
from qingdan.engine.refusals import spell
from qingdan.engine.workdays import Calendar
from qingdan.kernel.calendar.current import named
from qingdan.kernel.ledger.acts import name_of_date
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.ledger.standing import shadow
from qingdan.statute.gists import gist
from qingdan.statute.labels import label
from qingdan.statute.laws import law_of
from qingdan.statute.limits import MonthDay, SameDay, Workdays
from qingdan.statute.terms import Must, Source

from .dates import WEEKDAYS
from .strips import DAY_0, said_of

ONE = timedelta(days=1)
Opening = tuple[str, date]
"""The act that raised a duty, and its legal day."""


@dataclass(frozen=True)
class Reason:
    """One calendar day: does it count, and why."""

    day: date
    counts: bool
    why: str

    @property
    def named(self) -> str:
        return f"{self.day.isoformat()}（周{WEEKDAYS[self.day.weekday()]}）"


@dataclass(frozen=True)
class Why:
    """The whole statement. `start` is None where a paper names the day itself."""

    measure: str
    article: str
    limit: str
    source: str
    start: date | None
    begins: str
    reasons: list[Reason]
    due: date
    closed: date | None
    ended: str
    notes: list[str]
    calendar: Calendar

    @property
    def gist(self) -> str:
        return gist_of(self.measure, self.article)

    @property
    def said(self) -> str:
        """One sentence: from where, how long, until when."""
        if self.start is None:
            return f"{self.limit}，到期日 {spell(self.due)}"
        return f"{self.begins} {spell(self.start)}起，{self.limit}，到期日 {spell(self.due)}"

    @property
    def version(self) -> str:
        return f"放假安排版本 {self.calendar.version}，收录至{spell(self.calendar.known_until)}"

    def lines(self) -> list[str]:
        """The statement as plain text, one line each."""
        told = [f"{self.article}：{self.gist}" if self.gist else self.article, f"期限：{self.limit}（{self.source}）"]
        if self.start is not None:
            told.append(f"起算：{self.begins}，{spell(self.start)}")
        told += [f"{r.named} {r.why}" for r in self.reasons]
        return [*told, f"到期：{spell(self.due)} 24 时", *self.notes, self.version]


def reckon(counted: str, calendar: Calendar) -> tuple[date, list[Reason]]:
    """Workdays:5:2016-06-12 counted again with this calendar: the due day, and every day on the way with its reason."""
    kind, number, start = counted.split(":")
    return WALKS[kind](date.fromisoformat(start), int(number or 0), calendar)


def _workdays(start: date, n: int, calendar: Calendar) -> tuple[date, list[Reason]]:
    told = [Reason(start, False, DAY_0), *(Reason(d.day, d.counts, said_of(d)) for d in calendar.days(start, n))]
    return told[-1].day, told


def _month_day(start: date, n: int, calendar: Calendar) -> tuple[date, list[Reason]]:
    """第十条（三）: that day of the month; where it is a rest day, the last 工作日 before it."""
    latest, due = _last_of(start, n), MonthDay(n).due(start, calendar, None)
    told = [Reason(day, False, f"{calendar.why(day)}，不上班，往前推") for day in _back(latest, due)]
    return due, [*told, Reason(due, True, f"{calendar.why(due)}，最后一日")]


def _last_of(start: date, n: int) -> date:
    """The n-th of the month, or its last day where it is shorter."""
    following = (start.replace(day=1) + 32 * ONE).replace(day=1)
    return min(start.replace(day=1) + (n - 1) * ONE, following - ONE)


def _back(latest: date, due: date) -> Iterator[date]:
    while latest > due:
        yield latest
        latest -= ONE


def _same_day(start: date, n: int, calendar: Calendar) -> tuple[date, list[Reason]]:
    return start, [Reason(start, True, "当日办结")]


WALKS = {"Workdays": _workdays, "MonthDay": _month_day, "SameDay": _same_day}
LIMITS = {"Workdays": lambda n: Workdays(n).text, "MonthDay": lambda n: MonthDay(n).text, "SameDay": lambda n: SameDay().text}


def why_of(o: Obligation, begun: Mapping[int, Opening]) -> Why | None:
    """The statement of a duty's date; None where it has none. `begun`: the events of the case, by their place in it."""
    if o.due is None:
        return None
    law = law_of(o.case.law, o.case.edition)
    row = cast(Must, law[o.row])
    start, due, calendar = None, o.due, named(o.calendar)
    limit = "批准延长时写明的日期" if o.extended else "文书写明的日期"
    reasons: list[Reason] = []
    if o.counted:
        kind, number, day = o.counted.split(":")
        start, limit = date.fromisoformat(day), LIMITS[kind](int(number or 0))
        due, reasons = reckon(o.counted, calendar)
    return Why(
        measure=o.case.law, article=o.article, limit=limit, source=Source[o.source].value, start=start,
        begins=_begins(o, row, start, begun[o.opened_n]), reasons=reasons, due=o.due, closed=o.closed_on, ended=_ended(o, row),
        notes=list(_notes(o, row, due, before_force=o.since < law.began)), calendar=calendar,
    )  # fmt: skip


def why_to_act(case: Case, standing: Standing, option: Option | None) -> Why | None:
    """P-C4: the statement of the day until which this act is owed; None where it is owed until no day."""
    if option is None or option.owed is None or option.owed.due is None:
        return None
    return why_of(shadow(case, standing)[standing.owed.index(option.owed)], openings([case.pk])[case.pk])


def _ended(o: Obligation, row: Must) -> str:
    """How the duty ended, to stand before the day: only what was done is 办结."""
    if o.how == "deemed" and row.otherwise:
        return f"到期未作答复，{label(row.otherwise.act)}于"
    return "办结于" if o.how == "done" else "不再需要，结束于"


def _begins(o: Obligation, row: Must, start: date | None, opening: Opening) -> str:
    """What happened on day 0."""
    act, on = opening
    if row.follows and start is not None and start != o.since:
        return f"“{label(row.follows[0])}”之日（迟于原到期日）"
    if row.since:
        return name_of_date(row.since)
    if isinstance(row.within, MonthDay):
        return "当月一日"
    if on != o.since and act not in row.revived_by:
        return "认定视为不成立之日"
    return f"“{label(act)}”之日"


def _notes(o: Obligation, row: Must, counted: date, before_force: bool) -> Iterator[str]:
    """What else made this day what it is."""
    if o.extended and row.extension:
        yield f"已批准延期（{row.extension.article}）：从起算日起总共不超过 {row.extension.cap.text}"
    if o.due is not None and counted != o.due:
        yield f"按现行放假安排为{spell(counted)}；安排变更当日期限未过，变更不使其提前到过去，到期日为{spell(o.due)}"
    if o.moved_from:
        yield f"放假安排变更：原到期日{spell(o.moved_from)}"
    if o.source == Source.CHOICE.name:
        yield f"法规未定期限，此为目标日：{row.choice}"
    if o.held:
        yield "待前项完成，此前不算逾期"
    if o.born_late:
        yield "情形发生在本办法施行之前，不计迟延" if before_force else "补记时已过期，不可归责"
    if o.earliest and o.latest:
        yield f"日期暂定：最早{spell(o.earliest)}，最晚{spell(o.latest)}；放假安排公布后重算，暂定期间不产生视为效果"


def counted_from(o: Obligation) -> date:
    """Day 0 of the date as it stands: of 本部门更新 after a late 公布 the day of 公布, else the day on which the duty arose."""
    return date.fromisoformat(o.counted.split(":")[2]) if o.counted else o.since


def openings(cases: Iterable[int]) -> dict[int, dict[int, Opening]]:
    """For each of these cases the act and the legal day of its events, by their place in it: one query."""
    found: dict[int, dict[int, Opening]] = {}
    for key, n, act, on in Event.objects.filter(case__in=set(cases)).values_list("case_id", "n", "act", "on"):
        found.setdefault(key or 0, {})[n or 0] = (act, on)
    return found


def gist_of(measure: str, number: str) -> str:
    """The gist of a paragraph, or of its article; nothing where there is none."""
    for key in (number, re.sub(r"（.*", "", number)):
        try:
            found = gist(measure, key)
        except KeyError:
            continue
        return found if isinstance(found, str) else found.text
    return ""
