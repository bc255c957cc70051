"""Which database holds everything: the one file of SQLite, or the PostgreSQL that QINGDAN_DATABASE_URL names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WAIT = 10  # seconds that one writer waits for another before it is told to try again


def database(url: str, var: Path) -> dict[str, Any]:
    """Django's settings of the database. An unusable URL stops the start with a Chinese sentence; its password is not repeated."""
    return on_postgresql(url) if url else on_sqlite(var / "qingdan.sqlite3")


def on_sqlite(file: Path) -> dict[str, Any]:
    """One file with one writer at a time, which loses no acknowledged act in a power cut."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": WAIT, "init_command": pragmas},
    }


def on_postgresql(url: str) -> dict[str, Any]:
    """postgresql://user:password@host:port/name?sslmode=…; what libpq knows may stand behind the question mark."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise SystemExit("QINGDAN_DATABASE_URL 不是 PostgreSQL 的地址，拒绝启动。请写成 postgresql://用户:口令@主机:5432/数据库，或者去掉这一项（使用内置数据库）。")
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        told = conninfo_to_dict(url)
    except ProgrammingError:
        raise SystemExit("QINGDAN_DATABASE_URL 不能解读，拒绝启动。口令中的 @ : / ? # 等字符须写成百分号编码（例如 @ 写成 %40）。") from None
    named = {key.upper(): str(told.pop(key, "")) for key in ("user", "password", "host", "port")}
    if not told.get("dbname"):
        raise SystemExit("QINGDAN_DATABASE_URL 没有写明数据库的名称，拒绝启动。请写成 postgresql://用户:口令@主机:5432/数据库。")
    own = {"options": f"-c lock_timeout={WAIT}s", "connect_timeout": "5"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": told.pop("dbname"),
        **named,
        "OPTIONS": own | told,
        "CONN_MAX_AGE": None,  # a connection is kept; one that the server dropped is found out by the health check
        "CONN_HEALTH_CHECKS": True,
    }
