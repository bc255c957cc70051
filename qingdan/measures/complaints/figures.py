"""What the public may be told of complaints in numbers (S46, T6): four tables of one dimension, of a finished quarter; none by unit complained of.

Counted are the complaints of which it was decided in the quarter whether they are taken up, each once and in that quarter alone; their outcome as
it stands on the day of publication. Those about 政务办 are not among them: 政务办, which decides on publication, knows of all the others, and would
learn their number from the difference (S14). Each table is one question to the database; no two features are ever asked for together.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office, OfficeRole
from qingdan.statute.complaints_grounds import CHANNELS, GROUNDS, ground_numbers
from qingdan.statute.complaints_inquiry import CONCLUSIONS
from qingdan.statute.roles import HANDLER

from .access import CODE, visible_to
from .models import PublishedFigures, ScopedQuerySet
from .quarters import Quarter, finished, read
from .suppressing import suppress, total_shown

TAKEN = ("accept", "decline", "decline_unproven")
"""Acts that decide whether a complaint is taken up; each complaint has one of them, once."""
DECLINED, OPEN = "declined", "open"
RESULTS = {
    **{key: f"受理，{name}" for key, name in CONCLUSIONS.items()}, OPEN: "受理，没有结论（还在办理、投诉人撤回等）", DECLINED: "不予受理",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """One table as it is shown. `rows`: each class with its number, None where it is left out; no rows: no table."""

    key: str
    title: str
    rows: tuple[tuple[str, int | None], ...]

    @property
    def left_out(self) -> bool:
        return any(n is None for _, n in self.rows)


@dataclass(frozen=True)
class Figures:
    """What is shown of one quarter. `total` None: too few, and then no table has rows."""

    quarter: Quarter
    total: int | None
    tables: tuple[Table, ...]

    def rest(self, table: Table) -> int:
        """How many complaints are in the classes that are left out, all together."""
        return (self.total or 0) - sum(n or 0 for _, n in table.rows)

    @property
    def told(self) -> list[tuple[Table, int]]:
        """Each table with its rest."""
        return [(table, self.rest(table)) for table in self.tables]

    @property
    def accepted(self) -> int | None:
        """How many were taken up, where it can be read from the table of results."""
        declined = dict(self.tables[-1].rows).get(RESULTS[DECLINED])
        return None if self.total is None or declined is None else self.total - declined

    def as_json(self) -> str:
        tables = [{"key": t.key, "title": t.title, "rows": [list(row) for row in t.rows]} for t in self.tables]
        return json.dumps({"quarter": self.quarter.key, "total": self.total, "tables": tables}, ensure_ascii=False)


def from_json(text: str) -> Figures:
    """As they were published."""
    told = json.loads(text)
    quarter = read(told["quarter"])
    assert quarter is not None  # noqa: S101 - as_json wrote it
    tables = tuple(Table(t["key"], t["title"], tuple((name, n) for name, n in t["rows"])) for t in told["tables"])
    return Figures(quarter, told["total"], tables)


def figures_of(office: Office, quarter: Quarter) -> Figures:
    """What would be shown of this quarter today. `office`: 政务办. Six queries, however many complaints.

    Raises ValueError before the quarter is over.
    """
    if not quarter.is_over(clock.today()):
        raise ValueError("the running quarter is not counted")
    counted = cohort(office, quarter)
    tables = (
        ("body", "由哪个机关处理", _bodies(quarter), _by(counted, "handler_id")),
        ("ground", "反映的是哪一类情形（第五条）", {n: f"（{g.article.partition('（')[2]}{g.name}" for n, g in GROUNDS.items()}, _by_ground(counted)),
        ("channel", "怎样提出", {c.key: c.name for c in CHANNELS.values()}, _by(counted, "channel")),
        ("result", "处理的结果", RESULTS, _by_result(counted)),
    )
    total = total_shown(tables[-1][3].total())
    return Figures(quarter, total, tuple(_table(key, title, classes, found) for key, title, classes, found in tables))


def cohort(office: Office, quarter: Quarter) -> ScopedQuerySet:
    """The complaints of which it was decided in this quarter whether they are taken up, as far as this office may know of them."""
    first = Event.objects.filter(case=OuterRef("case"), act__in=TAKEN).order_by("n").values("on")[:1]
    seen = visible_to(office, clock.today()).annotate(taken_on=Subquery(first)).order_by()
    found: ScopedQuerySet = seen.filter(taken_on__range=(quarter.since, quarter.until))
    return found


def _by(counted: ScopedQuerySet, field: str) -> Counter[Any]:
    return Counter({row[field]: row["count"] for row in counted.values(field).annotate(count=Count("pk"))})


def _by_ground(counted: ScopedQuerySet) -> Counter[Any]:
    """A complaint with several grounds under the first of them."""
    found: Counter[Any] = Counter()
    for keys, count in _by(counted, "grounds").items():
        found[next(iter(ground_numbers(keys.split(","))), None)] += count
    return found


def _by_result(counted: ScopedQuerySet) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for row in counted.values("refusal", "conclusion").annotate(count=Count("pk")):
        found[DECLINED if row["refusal"] else row["conclusion"] or OPEN] += row["count"]
    return found


def _bodies(quarter: Quarter) -> dict[int, str]:
    """第三条: the handling bodies of the quarter, also those without a complaint."""
    held = OfficeRole.objects.filter(Q(valid_to=None) | Q(valid_to__gte=quarter.since), measure=CODE, role=HANDLER, valid_from__lte=quarter.until)
    return {role.office_id: role.office.name for role in held.select_related("office").order_by("office__code")}


def _table(key: str, title: str, classes: dict[Any, str], found: Counter[Any]) -> Table:
    """No table where something was counted that belongs to none of its classes."""
    shown = suppress([found[one] for one in classes]) if classes and not set(found) - set(classes) else None
    return Table(key, title, tuple(zip(classes.values(), shown, strict=True)) if shown else ())


# ---- what stands published -------------------------------------------------------------------------------


def published() -> list[PublishedFigures]:
    """What the public is shown, the newest quarter first; one query."""
    return list(PublishedFigures.objects.filter(taken_back_on=None).order_by("-quarter"))


def decisions(quarter: Quarter) -> list[PublishedFigures]:
    """Every publication of this quarter, the last one first."""
    return list(PublishedFigures.objects.filter(quarter=quarter.key).select_related("by", "taken_back_by").order_by("-pk"))


def to_show(office: Office, quarter: Quarter, before: Iterable[PublishedFigures]) -> Figures:
    """What the public sees, or would see: what was published once is never counted anew, since two counts of one quarter could be compared."""
    first = next(iter(before), None)
    return from_json(first.tables) if first is not None else figures_of(office, quarter)


def quarters(office: Office, today: date) -> list[tuple[Quarter, PublishedFigures | None]]:
    """The finished quarters since the first complaint, the newest first, each with its last publication; two queries."""
    last = {row.quarter: row for row in PublishedFigures.objects.order_by("pk")}
    first = visible_to(office, today).order_by("case__opened_on").values_list("case__opened_on", flat=True).first()
    return [(q, last.get(q.key)) for q in reversed(list(finished(first, today)))] if first is not None else []
