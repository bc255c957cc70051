"""From SQLite to PostgreSQL (e5): every row of every table in one transaction, then compared and verified there; on any doubt nothing stays.

Rows are only added: what refuses changes need not be switched off. The stored files stay where they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.verify import Report, verify

from .roles import FRAMEWORK

TARGET = "target"
WHAT = "不能迁移到 PostgreSQL"


@dataclass
class Moved:
    """What was moved: tables, rows, and the report of `verify` on the new database."""

    tables: int
    rows: int
    report: Report


def move(source: Any, target: Any) -> Moved:
    """Copy, compare, verify; raises Refused, and then the target is as it was. Both are connections, the source the default one."""
    _ensure_fit(source, target)
    with transaction.atomic(source.alias), transaction.atomic(target.alias):  # nobody writes here meanwhile
        before = verify()
        if before.fault is not None:
            raise Refused(WHAT, f"现有数据库核对不一致：{before.fault}", "请先查明原因")
        with target.cursor() as cursor:
            for model in _models():
                if model._meta.app_label in FRAMEWORK:
                    model._base_manager.using(target.alias)._raw_delete(target.alias)
                _copy(model, source, target, cursor)
            for statement in target.ops.sequence_reset_sql(no_style(), _models()):
                cursor.execute(statement)
        rows = sum(_compared(model, source, target) for model in _models())
        with instead(target, source.alias):
            after = verify()
        if after.fault is not None or (after.head, after.events) != (before.head, before.events):
            raise Refused(WHAT, f"迁移后的数据库核对不一致：{after.fault or '链首不同'}", "没有迁移任何数据；请把这句话告知开发单位")
        return Moved(len(_models()), rows, after)


def _models() -> list[type[Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]


def _ensure_fit(source: Any, target: Any) -> None:
    if source.vendor != "sqlite" or target.vendor != "postgresql":
        raise Refused(WHAT, "只能从内置数据库迁移到 PostgreSQL", "请去掉 QINGDAN_DATABASE_URL，并把新数据库的地址写在命令之后")
    for connection, name in ((source, "现有"), (target, "新")):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            todo = "请先对它运行 qingdan migrate（新数据库须以所有者登录，把地址写在 QINGDAN_DATABASE_URL 中）"
            raise Refused(WHAT, f"{name}数据库没有建立，或者不是本版本的结构", todo)
    full = [m._meta.db_table for m in _models() if m._meta.app_label not in FRAMEWORK and m._base_manager.using(target.alias).exists()]
    if full:
        raise Refused(WHAT, f"新数据库不是空的（{'、'.join(full[:3])}）", "请另建一个空的数据库")


def _copy(model: type[Model], source: Any, target: Any, cursor: Any) -> None:
    """By COPY, as the columns lie; foreign keys are looked at when all rows are there."""
    fields = model._meta.concrete_fields
    columns = ", ".join(target.ops.quote_name(f.column) for f in fields)
    with cursor.copy(f"COPY {target.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN") as copy:
        for values in _rows(model, source.alias):
            copy.write_row([f.get_db_prep_save(v, target) for f, v in zip(fields, values, strict=True)])


def _rows(model: type[Model], alias: str) -> Iterator[tuple[Any, ...]]:
    names = [f.attname for f in model._meta.concrete_fields]
    return model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(2000)


def _compared(model: type[Model], source: Any, target: Any) -> int:
    """The same rows on both sides, value by value; returns how many."""
    (there, count), (here, n) = _digest(model, target.alias), _digest(model, source.alias)
    if (there, count) != (here, n):
        raise Refused(WHAT, f"数据表 {model._meta.db_table} 迁移后内容不同（原 {n} 行，新 {count} 行）", "没有迁移任何数据；请把这句话告知开发单位")
    return n


def _digest(model: type[Model], alias: str) -> tuple[str, int]:
    rows = sorted(repr([_spelt(v) for v in values]) for values in _rows(model, alias))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest(), len(rows)


def _spelt(value: Any) -> Any:
    """PostgreSQL keeps the names of a JSON value in an order of its own."""
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else value


@contextmanager
def instead(target: Any, alias: str = "default") -> Iterator[None]:
    """Inside, the product's own questions go to this connection."""
    usual = connections[alias]
    connections[alias] = target
    try:
        yield
    finally:
        connections[alias] = usual
