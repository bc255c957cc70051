"""Reading a table that somebody may have spoiled: a value that cannot be read, or is spelled otherwise, is a fault of its row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db import DatabaseError, connection, models

Values = dict[str, Any]
BROKEN = (ValueError, TypeError, ArithmeticError, AttributeError, LookupError, DatabaseError)
KINDS = (  # the first that fits says what Python type a value of the column has
    (models.IntegerField, int), (models.BooleanField, bool), (models.DateTimeField, datetime), (models.DateField, date),
    ((models.CharField, models.TextField), str),
)  # fmt: skip
SPELLED = (models.BooleanField, models.DateField)  # DateTimeField is a DateField


class Unreadable(Exception):
    """A row holds what no column of its kind can hold. `column` is empty where it is not known."""

    def __init__(self, table: str, row: str, column: str = "") -> None:
        self.table, self.row, self.column = table, row, column
        super().__init__(f"{table} {row} {column}")


def rows_of(model: type[models.Model], part: models.QuerySet[Any] | None = None) -> Iterator[Values]:
    """Every row in order of its key, by columns; raises Unreadable at the first one that cannot be trusted to mean what it says.

    `part`: some of the rows only; then how they are spelled is not looked at (`check_spelling`).
    """
    columns = [f.attname for f in model._meta.concrete_fields]
    kinds = [_kind(f) for f in model._meta.concrete_fields]
    rows = (model._base_manager if part is None else part).order_by("pk").values_list(*columns).iterator(2000)
    while True:
        try:
            values = next(rows, None)
        except BROKEN:
            raise _find_unreadable(model, columns) from None
        if values is None:
            break
        named = dict(zip(columns, values, strict=True))
        for name, value, kind in zip(columns, values, kinds, strict=True):
            if value is not None and kind is not None and type(value) is not kind:
                raise Unreadable(model._meta.db_table, str(named[model._meta.pk.attname]), name)
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
    fields = [f for f in model._meta.concrete_fields if isinstance(f, SPELLED)]
    if not fields:
        return
    names = ", ".join(f'"{f.column}", CAST("{f.column}" AS TEXT)' for f in fields)
    pk = model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{pk.column}", {names} FROM "{model._meta.db_table}" ORDER BY 1')  # noqa: S608 - names of our own columns
        for key, *values in cursor:
            for field, value, spelled in zip(fields, values[::2], values[1::2], strict=True):
                if spelled is not None and spelled != _spell(value):
                    raise Unreadable(model._meta.db_table, str(pk.to_python(key)), field.attname)


def _spell(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value)
    return str(value)
