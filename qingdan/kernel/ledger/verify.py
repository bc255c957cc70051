"""`verify`: does every row still say what the ledger says was written? Compared in both directions.

Order: the chain, and heads of it that were published; the roots of the days; every business row against the event
that last wrote it (changed, missing, extra); the columns beside the text of each event; the shadow of duties against
a replay; the stored files. The first fault is named by table and row.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from qingdan.engine.refusals import Refused
from qingdan.kernel.calendar.current import holding
from qingdan.kernel.clock import legal_day
from qingdan.kernel.files import store as stored_files
from qingdan.kernel.leave.models import Absence
from qingdan.kernel.offices.models import Person
from qingdan.kernel.offices.queries import names
from qingdan.kernel.rows import Recorded

from . import canonical
from .closing import Days
from .models import Case, Event, Head, Obligation
from .reading import BROKEN, Unreadable, Values, check_spelling, one_moment, rows_of
from .standing import shadow_values, stand_all


@dataclass(frozen=True)
class Fault:
    """One thing that does not fit: which table, which row, what is wrong, the last event that wrote it."""

    table: str
    row: str
    what: str
    event: int | None = None

    def __str__(self) -> str:
        where = f"（最后写入：第 {self.event} 号事件）" if self.event else ""
        return f"{self.table} 第 {self.row} 行：{self.what}{where}"


@dataclass
class Report:
    """What was looked at, and the first fault or none."""

    events: int = 0
    rows: int = 0
    cases: int = 0
    head: str = ""
    fault: Fault | None = None


AT_ONCE = 500  # cases looked at together
Written = dict[tuple[str, str], tuple[int, str, str, str]]


def verify(published: Mapping[int, str] | None = None) -> Report:
    """Check everything, as it stands at one moment, while others go on; stops at the first fault.

    `published`: heads as they were given out, by the number of their event (T18).
    """
    report = Report()
    try:
        with one_moment(), holding(), closing(_faults(report, published or {})) as faults:
            report.fault = next(faults, None)
    except Unreadable as bad:
        column = f"列 {bad.column} " if bad.column else ""
        report.fault = Fault(bad.table, bad.row, f"{column}的内容不是系统写入的样子，不能读取")
    return report


def _faults(report: Report, published: Mapping[int, str]) -> Generator[Fault]:
    written: Written = {}
    days, columns = Days(), Columns()
    yield from _chain(report, written, days, columns)
    yield from _published(report, published)
    yield from (Fault("ledger_event", seq, what) for seq, what in days.faults())
    yield from _business_rows(report, written)
    yield from columns.faults()
    yield from _shadows(report)
    yield from (Fault(*found) for found in stored_files.faults())


def _chain(report: Report, written: Written, days: Days, columns: Columns) -> Iterator[Fault]:
    """Each event is read and hashed once; what is held against it later is taken down."""
    prev, expected = "", 1
    for e in rows_of(Event):
        if e["seq"] != expected:
            what = "缺少这一号事件" if e["seq"] > expected else "多出这一号事件"
            yield Fault("ledger_event", str(min(e["seq"], expected)), what)
        leaf = _leaf(e)
        if leaf is None or canonical.chain(e["alg"], prev, leaf) != e["head"]:
            yield Fault("ledger_event", str(e["seq"]), "正文、盐或链值被改动，与前一号事件接不上")
            return
        told = json.loads(e["body"])
        days.take(e, told, leaf)
        columns.take(e, told)
        for table, key, digest in told["rows"]:
            written[(table, str(key))] = (e["seq"], e["alg"], e["salt"], digest)
        prev, expected, report.events = e["head"], expected + 1, report.events + 1
    report.head = prev
    yield from _tip(prev, expected - 1)


def _leaf(e: Values) -> str | None:
    try:
        return canonical.leaf(e["alg"], e["seq"], e["salt"], e["body"])
    except BROKEN:  # an unknown algorithm, bytes where text was
        return None


def _tip(head: str, seq: int) -> Iterator[Fault]:
    heads = list(rows_of(Head))
    if seq and not heads:
        yield Fault("ledger_head", "1", "缺少链首记录")
    if len(heads) == 1 and heads[0]["seq"] > seq and heads[0]["head"] != head:
        yield Fault("ledger_event", str(seq + 1), "缺少这一号事件：链首记载到后面的事件")
    for tip in heads:
        if (tip["id"], tip["seq"], tip["head"]) != (1, seq, head):
            yield Fault("ledger_head", str(tip["id"]), "链首与最后一号事件不一致：事件可能被截去")


def _published(report: Report, published: Mapping[int, str]) -> Iterator[Fault]:
    """A cut tail, a fork, a past written anew with the right algorithm: none of them can give the old heads."""
    good = 0
    for seq, head in sorted(published.items()):
        if seq > report.events:
            yield Fault("ledger_event", str(report.events + 1), f"公布过第 {seq} 号事件的链首，台账却只到第 {report.events} 号：末尾被截去", good)
        elif not Event.objects.filter(seq=seq, head=head).exists():
            what = f"第 {seq} 号事件的链首与公布的不同：第 {good + 1} 号起的历史被改写，或者另起了一支"
            yield Fault("ledger_event", str(seq), what, good)
        good = seq


class Columns:
    """The columns beside the text of an event repeat it. Taken down with the chain, told after the cases and people that two of them point to."""

    def __init__(self) -> None:
        self._first: list[tuple[int, str]] = []
        self._named: dict[tuple[str, int | None, str | None], int] = {}
        self._stood_in: list[tuple[int, list[str], datetime]] = []

    def take(self, e: Values, told: dict[str, Any]) -> None:
        """One more event: the columns that say what the text says, and whom the other two name."""
        self._named.setdefault(("case_id", e["case_id"], told["case"] or None), e["seq"])
        self._named.setdefault(("person_id", e["person_id"], told["person"] or None), e["seq"])
        if "for" in told:
            self._stood_in.append((e["seq"], [*told["for"], told["person"]], e["recorded_at"]))
        pairs = (
            ("seq", e["seq"], told["seq"]),
            ("n", e["n"], told["n"] or None),
            ("act", e["act"], told["act"]),
            ("office_code", e["office_code"], told["office"]),
            ("on", str(e["on"]), told["on"]),
            ("recorded_at", e["recorded_at"] and canonical.moment(e["recorded_at"]), told["at"]),
            ("key", e["key"], told["key"] or None),
        )
        if not self._first:
            self._first = [(e["seq"], name) for name, column, text in pairs if column != text]

    def faults(self) -> Iterator[Fault]:
        """The first event that says beside its text something else."""
        known = {
            "case_id": dict(Case.objects.values_list("pk", "number")),
            "person_id": dict(Person.objects.values_list("pk", "username")),
        }
        found = [(seq, name) for (name, key, text), seq in self._named.items() if known[name].get(key, key) != text]
        for seq, name in sorted([*self._first, *found])[:1]:
            yield Fault("ledger_event", str(seq), f"列 {name} 与正文不一致")
        for seq, people, at in self._stood_in:
            if not _stood_in(people, at):
                yield Fault("ledger_event", str(seq), "写明是代办，当时却没有生效的代办登记")


def _stood_in(people: list[str], at: datetime) -> bool:
    """代: each of them was away on that day, and the next one, in the end who acted, stood in."""
    valid = Q(asked_by=F("person"), asked_at__lte=at) | Q(confirmed_at__lte=at)
    then = Absence.objects.filter(valid, Q(ended_at=None) | Q(ended_at__gte=at), first__lte=legal_day(at), last__gte=legal_day(at))
    pairs = list(pairwise(people))
    return bool(pairs) and all(then.filter(person__username=absent, substitute__username=other).exists() for absent, other in pairs)


def business_models() -> list[type[models.Model]]:
    """Every table whose rows are business rows."""
    return sorted((m for m in apps.get_models() if issubclass(m, Recorded)), key=lambda m: m._meta.db_table)


def _business_rows(report: Report, written: Written) -> Iterator[Fault]:
    for model in business_models():
        table, key_of, seen = model._meta.db_table, model._meta.pk.attname, set()
        for values in rows_of(model):
            key = (table, str(values[key_of]))
            seen.add(key)
            report.rows += 1
            if (fault := _row_fault(key, values, written)) is not None:
                yield fault
        for key in sorted(k for k in written if k[0] == table and k not in seen):
            yield Fault(table, key[1], "台账有记载，表中却没有这一行", written[key][0])


def _row_fault(key: tuple[str, str], values: Values, written: Written) -> Fault | None:
    if key not in written:
        return Fault(*key, "没有任何事件写过这一行")
    seq, alg, salt, digest = written[key]
    try:
        found = canonical.row_digest(alg, salt, key[0], values)
    except BROKEN:
        found = "unreadable"
    return None if found == digest else Fault(*key, "内容与台账记载的摘要不一致", seq)


def _shadows(report: Report) -> Iterator[Fault]:
    """Case by case, some at a time, so that a ledger of a million events needs no more memory than a small one."""
    office_names, compared = names(), 0
    keys = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        lying = {values["id"]: values for values in rows_of(Obligation, Obligation.objects.filter(case__in=some))}
        compared += len(lying)
        try:
            for case, standing in stand_all(some, office_names):
                report.cases += 1
                for duty in shadow_values(case.pk, standing):
                    if (found := lying.pop(duty["id"], None)) != duty:
                        yield _duty_fault(duty, found)
        except Refused as refused:
            yield Fault("ledger_case", str(some[report.cases - start]), f"按规则重放时不被允许：{refused}")
            return
        yield from _extra(lying)
    if compared != Obligation.objects.count():
        known = set(keys)
        yield from _extra({values["id"]: values for values in rows_of(Obligation) if values["case_id"] not in known})
    check_spelling(Obligation)


def _extra(lying: Mapping[str, Values]) -> Iterator[Fault]:
    for key in sorted(lying):
        yield Fault("ledger_obligation", key, "按台账重放没有这一项期限")


def _duty_fault(duty: Values, found: Values | None) -> Fault:
    if found is None:
        return Fault("ledger_obligation", duty["id"], "按台账重放应有这一项期限")
    column = next(name for name, value in duty.items() if found[name] != value)
    return Fault("ledger_obligation", duty["id"], f"列 {column} 与台账重放的结果不一致")
