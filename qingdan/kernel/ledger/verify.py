"""`verify`: does every row still say what the ledger says was written? Compared in both directions.

Order: the chain and the columns beside it; every business row against the event that last wrote it (changed,
missing, extra); the shadow of duties against a replay. The first fault is named by table and row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from qingdan.engine.refusals import Refused
from qingdan.kernel.offices.queries import names
from qingdan.kernel.rows import Recorded

from . import canonical
from .models import Case, Event, Head, Obligation
from .standing import shadow, standing_of


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


Written = dict[tuple[str, str], tuple[int, str, str, str]]


def verify() -> Report:
    """Check everything; stops at the first fault."""
    report = Report()
    written: Written = {}
    for fault in _faults(report, written):
        report.fault = fault
        break
    return report


def _faults(report: Report, written: Written) -> Iterator[Fault]:
    yield from _chain(report, written)
    yield from _business_rows(report, written)
    yield from _shadows(report)


def _chain(report: Report, written: Written) -> Iterator[Fault]:
    prev, expected = "", 1
    for event in Event.objects.select_related("case", "person").order_by("seq").iterator(2000):
        if event.seq != expected:
            yield Fault("ledger_event", str(expected), "缺少这一号事件")
        tip = canonical.chain(event.alg, prev, canonical.leaf(event.alg, event.seq, event.salt, event.body))
        if tip != event.head:
            yield Fault("ledger_event", str(event.seq), "正文、盐或链值被改动，与前一号事件接不上")
        if (column := _differs(event)) is not None:
            yield Fault("ledger_event", str(event.seq), f"列 {column} 与正文不一致")
        for table, key, digest in event.told["rows"]:
            written[(table, str(key))] = (event.seq, event.alg, event.salt, digest)
        prev, expected, report.events = event.head, expected + 1, report.events + 1
    report.head = prev
    yield from _tip(prev, expected - 1)


def _tip(head: str, seq: int) -> Iterator[Fault]:
    heads = list(Head.objects.order_by("pk"))
    if seq and not heads:
        yield Fault("ledger_head", "1", "缺少链首记录")
    for tip in heads:
        if tip.pk != 1 or tip.seq != seq or tip.head != head:
            yield Fault("ledger_head", str(tip.pk), "链首与最后一号事件不一致：事件可能被截去")


def _differs(event: Event) -> str | None:
    told = event.told
    pairs = (
        ("seq", event.seq, told["seq"]),
        ("case_id", event.case.number if event.case else "", told["case"]),
        ("n", event.n or 0, told["n"]),
        ("act", event.act, told["act"]),
        ("office_code", event.office_code, told["office"]),
        ("person_id", event.person.username if event.person else "", told["person"]),
        ("on", event.on.isoformat(), told["on"]),
        ("recorded_at", canonical.moment(event.recorded_at), told["at"]),
        ("key", event.key or "", told["key"]),
    )
    return next((name for name, column, text in pairs if column != text), None)


def business_models() -> list[type[models.Model]]:
    """Every table whose rows are business rows."""
    return sorted((m for m in apps.get_models() if issubclass(m, Recorded)), key=lambda m: m._meta.db_table)


def _business_rows(report: Report, written: Written) -> Iterator[Fault]:
    for model in business_models():
        table, columns = model._meta.db_table, [f.attname for f in model._meta.concrete_fields]
        pk_at, seen = columns.index(model._meta.pk.attname), set()
        for values in model._base_manager.order_by("pk").values_list(*columns).iterator(2000):
            key = (table, str(values[pk_at]))
            seen.add(key)
            report.rows += 1
            if (fault := _row_fault(key, dict(zip(columns, values, strict=True)), written)) is not None:
                yield fault
        for key in sorted(k for k in written if k[0] == table and k not in seen):
            yield Fault(table, key[1], "台账有记载，表中却没有这一行", written[key][0])


def _row_fault(key: tuple[str, str], values: dict[str, Any], written: Written) -> Fault | None:
    if key not in written:
        return Fault(*key, "没有任何事件写过这一行")
    seq, alg, salt, digest = written[key]
    try:
        found = canonical.row_digest(alg, salt, key[0], values)
    except (TypeError, ValueError, AttributeError):
        found = "unreadable"
    return None if found == digest else Fault(*key, "内容与台账记载的摘要不一致", seq)


def _shadows(report: Report) -> Iterator[Fault]:
    office_names, expected_ids = names(), set()
    events: dict[int, list[Event]] = {}
    for event in Event.objects.filter(case__isnull=False).order_by("case_id", "n"):
        events.setdefault(event.case_id or 0, []).append(event)
    lying = {o.pk: o for o in Obligation.objects.all()}
    for case in Case.objects.order_by("pk"):
        report.cases += 1
        try:
            standing = standing_of(case, events.get(case.pk, ()), office_names)
        except Refused as refused:
            yield Fault("ledger_case", str(case.pk), f"按规则重放时不被允许：{refused}")
            return
        for duty in shadow(case, standing):
            expected_ids.add(duty.pk)
            yield from _duty_fault(duty, lying.get(duty.pk))
    for key in sorted(set(lying) - expected_ids):
        yield Fault("ledger_obligation", key, "按台账重放没有这一项期限")


def _duty_fault(duty: Obligation, found: Obligation | None) -> Iterator[Fault]:
    if found is None:
        yield Fault("ledger_obligation", duty.pk, "按台账重放应有这一项期限")
        return
    for field in Obligation._meta.concrete_fields:
        if getattr(duty, field.attname) != getattr(found, field.attname):
            yield Fault("ledger_obligation", duty.pk, f"列 {field.attname} 与台账重放的结果不一致")
