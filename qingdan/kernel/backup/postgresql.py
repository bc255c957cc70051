"""PostgreSQL: dumped and put back by its own programs, in one snapshot and one transaction."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from qingdan.engine.refusals import Refused

from . import moment

NAME = "postgresql"
WHAT = "不能备份或者恢复 PostgreSQL"
TABLES = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"


def program(name: str) -> str:
    """The newest `pg_dump` or `pg_restore`: Debian's place, else the path. Raises Refused."""
    found = [path for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}") if re.fullmatch(r"\d+", path.parts[-3])]
    newest = max(found, key=lambda path: int(path.parts[-3]), default=None)
    if (where := str(newest) if newest else shutil.which(name)) is None:
        todo = "请安装与服务器同版本或者更新的 PostgreSQL 客户端（Debian：postgresql-client）"
        raise Refused(WHAT, f"本机没有 {name}", todo)
    return where


def _run(name: str, *words: str) -> None:
    told = connection.settings_dict
    from psycopg.conninfo import make_conninfo

    more = {key: value for key, value in told["OPTIONS"].items() if key != "options" and isinstance(value, str)}
    named = {"dbname": told["NAME"], "user": told["USER"], "host": told["HOST"], "port": told["PORT"]}
    address = make_conninfo(**{key: str(value) for key, value in named.items() if value}, **more)
    env = {**os.environ, **({"PGPASSWORD": str(told["PASSWORD"])} if told["PASSWORD"] else {})}  # not among the words, which all can see
    done = subprocess.run([program(name), *words, "-d", address], env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise Refused(WHAT, f"{name} 没有成功：{done.stderr.strip()[-600:]}", "请按它说的原因处理后重试")


def _ask(sql: str) -> Sequence[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: Sequence[Sequence[Any]] = cursor.fetchall()
        return rows


@contextmanager
def copied(to: Path) -> Iterator[moment.Moment]:
    """One snapshot, seen alike by pg_dump and by what the manifest says."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = _ask("SELECT pg_export_snapshot()")[0][0]
        found = moment.of(_ask)
        _run("pg_dump", "-Fc", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={to}")
    yield found


def is_empty() -> bool:
    return _ask(TABLES)[0][0] == 0


def put_back(dump: Path) -> None:
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(dump))


def empty_again() -> None:
    """What was put back into the empty database is taken out."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
