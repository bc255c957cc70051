"""Plain SQL for the few statements of every act: Django takes several times longer to compose one of them than the database to answer it.

They mean the same on both engines. Whatever is asked once a page goes through the models.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

Row = tuple[Any, ...]


def rows(statement: str, values: Sequence[Any] = ()) -> list[Row]:
    """What it finds; `%s` stands for a value. Days come as dates and yes/no as booleans where a column itself is asked for."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Row] = cursor.fetchall()
        return found


def row(statement: str, values: Sequence[Any] = ()) -> Row | None:
    """The first that it finds."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: Row | None = cursor.fetchone()
        return found


def write(statement: str, each: Sequence[Sequence[Any]]) -> None:
    """Once for each of these lists of values."""
    if not each:
        return
    with connection.cursor() as cursor:
        if len(each) == 1:
            cursor.execute(statement, each[0])
        else:
            cursor.executemany(statement, each)


def marks(values: Sequence[Any]) -> str:
    """`%s, %s, %s`: one for each value, to stand in brackets after IN."""
    return ", ".join(["%s"] * len(values))


def quoted(columns: Sequence[str]) -> list[str]:
    """Some are words of SQL, too: `row`, `on`."""
    return [f'"{column}"' for column in columns]


def names(columns: Sequence[str]) -> str:
    """`"id", "case_id", …`: the columns as a statement lists them."""
    return ", ".join(quoted(columns))


def into(table: str, columns: Sequence[str]) -> str:
    """The statement that adds a row: for `write`."""
    return f"INSERT INTO {table} ({names(columns)}) VALUES ({marks(columns)})"  # noqa: S608 - names of our own tables
