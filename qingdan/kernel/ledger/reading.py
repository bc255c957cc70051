"""Reading a table that somebody may have spoiled: a value that cannot be read, or is spelled otherwise, is a fault of its row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, connection, models

Values = dict[str, Any]
BROKEN = (ValueError, TypeError, ArithmeticError, AttributeError, LookupError, DatabaseError)
KINDS = (  # the first that fits says what Python type a value of the column has
    (models.IntegerField, int), (models.BooleanField, bool), (models.DateTimeField, datetime), (models.DateField, date),
    ((models.CharField, models.TextField), str),
)  # fmt: skip
ODD_MOMENT = """({0} IS NOT NULL AND NOT (
    typeof({0}) = 'text' AND datetime(substr({0}, 1, 19), '+0 days') IS substr({0}, 1, 19) AND (
        length({0}) = 19 OR length({0}) = 26 AND {0} NOT GLOB '*.000000' AND {0} GLOB '*.[0-9][0-9][0-9][0-9][0-9][0-9]')))"""
ODD_DAY = "({0} IS NOT date({0}, '+0 days') OR length({0}) <> 10)"
ODD = ((models.BooleanField, "{0} NOT IN (0, 1)"), (models.DateTimeField, ODD_MOMENT), (models.DateField, ODD_DAY))
"""Conditions of SQLite that a value is spelled otherwise than the product spells it. NULL is not odd. A DateTimeField is a DateField, too."""


class Unreadable(Exception):
    """A row holds what no column of its kind can hold. `column` is empty where it is not known."""

    def __init__(self, table: str, row: str, column: str = "") -> None:
        self.table, self.row, self.column = table, row, column
        super().__init__(f"{table} {row} {column}")


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read inside is of one moment, whatever others write meanwhile, and they do not wait for it. Within a transaction: that one's.

    Begun by hand, as Django's own would be IMMEDIATE on SQLite (it keeps writers out) and READ COMMITTED on PostgreSQL (each statement sees more).
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else "BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def rows_of(model: type[models.Model], part: models.QuerySet[Any] | None = None) -> Iterator[Values]:
    """Every row in order of its key, by columns; raises Unreadable at the first one that cannot be trusted to mean what it says.

    `part`: some of the rows only; then how they are spelled is not looked at (`check_spelling`).
    """
    columns = [f.attname for f in model._meta.concrete_fields]
    kinds, seen = [_kind(f) for f in model._meta.concrete_fields], set()
    rows = (model._base_manager if part is None else part).order_by("pk").values_list(*columns).iterator(2000)
    while True:
        try:
            values = next(rows, None)
        except BROKEN:
            raise _find_unreadable(model, columns) from None
        if values is None:
            break
        named = dict(zip(columns, values, strict=True))
        if (types := tuple(map(type, values))) not in seen:  # most rows are of the same types as one before
            for name, value, kind in zip(columns, values, kinds, strict=True):
                if value is not None and kind is not None and type(value) is not kind:
                    raise Unreadable(model._meta.db_table, str(named[model._meta.pk.attname]), name)
            seen.add(types)
        yield named
    if part is None:
        check_spelling(model)


def _kind(field: models.Field[Any, Any]) -> type | None:
    """The exact type of this column's values; a key into another table has the type of that table's key."""
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]
    return next((kind for fields, kind in KINDS if isinstance(field, fields)), None)


def _find_unreadable(model: type[models.Model], columns: list[str]) -> Unreadable:
    table, column = model._meta.db_table, ""
    try:
        for key in list(model._base_manager.order_by("pk").values_list("pk", flat=True)):
            for column in columns:
                try:
                    list(model._base_manager.filter(pk=key).values_list(column))
                except BROKEN:
                    return Unreadable(table, str(key), column)
    except BROKEN:
        pass
    return Unreadable(table, "?")


def check_spelling(model: type[models.Model]) -> None:
    """SQLite keeps days, moments and yes/no as it was given them: 2016-6-7 reads as the 7th, but sorts after December."""
    if connection.vendor != "sqlite":
        return
    odd = {f.attname: sql.format(f'"{f.column}"') for f in model._meta.concrete_fields if (sql := _odd(f))}
    if not odd:
        return
    pk, conditions = model._meta.pk, odd.values()
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT "{pk.column}", {", ".join(conditions)} FROM "{model._meta.db_table}" '  # noqa: S608 - names of our own columns
            f"WHERE {' OR '.join(conditions)} ORDER BY 1 LIMIT 1"
        )
        if found := cursor.fetchone():
            column = next(name for name, is_odd in zip(odd, found[1:], strict=True) if is_odd)
            raise Unreadable(model._meta.db_table, str(pk.to_python(found[0])), column)


def _odd(field: models.Field[Any, Any]) -> str:
    """The condition that a value of this column is not spelled as the product spells it; empty where there is one spelling only."""
    return next((sql for kind, sql in ODD if isinstance(field, kind)), "")
