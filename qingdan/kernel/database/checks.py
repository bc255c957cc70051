"""Is this database one to which an act may be entrusted? Asked by `qingdan run` before it serves, and by `check --deploy`.

SQLite: WAL, synchronous FULL, foreign keys, IMMEDIATE. PostgreSQL: version, fsync, synchronous_commit, full_page_writes, checksums (a3b),
UTF-8 in the order of code points, and a role that cannot touch the ledger. Both: the triggers stand. Each fault is a Chinese sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections

from qingdan.kernel.ledger.immutable import VERBS, immutable_tables

from . import roles

TAG = "qingdan"
LEAST = 15
ORDERS = ("C", "POSIX", "C.UTF-8", "C.utf8")
LOSES = "断电可能丢失已经答复办结的事项"


def unsafe_database(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """The faults of the database that the settings name."""
    return faults(connections["default"])


def faults(connection: Any) -> list[CheckMessage]:
    """Every fault of this connection's database; one that cannot be asked is a fault (a check that could not check must fail)."""
    try:
        with connection.cursor() as cursor:
            found: list[CheckMessage] = [*(_postgresql(cursor) if connection.vendor == "postgresql" else _sqlite(cursor, connection))]
            lying = set(connection.introspection.table_names(cursor))
            found += _triggers(cursor, connection.vendor, lying)
            if connection.vendor == "postgresql":
                found += _role(cursor, lying)
            return found
    except DatabaseError as error:
        return [_fault(1, f"数据库不能使用（{str(error).strip()}）", "请核对 QINGDAN_DATABASE_URL 和数据库服务")]


def _fault(number: int, why: str, todo: str) -> Error:
    return Error(f"{why}。{todo}。", id=f"qingdan.E{number:03}")


def _sqlite(cursor: Any, connection: Any) -> Iterator[Error]:
    todo = "请去掉对内置数据库设置的改动"
    if _asked(cursor, "PRAGMA journal_mode") != "wal":
        yield _fault(11, "内置数据库没有使用 WAL 日志", todo)
    if _asked(cursor, "PRAGMA synchronous") not in (2, 3):
        yield _fault(12, f"内置数据库的 synchronous 不是 FULL，{LOSES}", todo)
    if _asked(cursor, "PRAGMA foreign_keys") != 1:
        yield _fault(13, "内置数据库没有检查外键", todo)
    if connection.transaction_mode != "IMMEDIATE":
        yield _fault(14, "内置数据库的事务不是 IMMEDIATE，两人同时办理会互相妨碍", todo)


def _postgresql(cursor: Any) -> Iterator[Error]:
    if (version := int(_asked(cursor, "SHOW server_version_num")) // 10000) < LEAST:
        yield _fault(21, f"PostgreSQL 的版本是 {version}", f"请使用 {LEAST} 或者更新的版本")
    for number, name in ((22, "fsync"), (23, "synchronous_commit"), (24, "full_page_writes")):
        if _asked(cursor, f"SHOW {name}") == "off":
            yield _fault(number, f"PostgreSQL 的 {name} 是 off，{LOSES}", f"请在 postgresql.conf 中改为 {name} = on")
    if _asked(cursor, "SHOW data_checksums") != "on":
        yield _fault(25, "PostgreSQL 没有启用数据校验和，磁盘损坏不会被发现", "请停止数据库，运行 pg_checksums --enable")
    cursor.execute("SELECT pg_encoding_to_char(encoding), datcollate, datlocprovider FROM pg_database WHERE datname = current_database()")
    encoding, order, provider = cursor.fetchone()
    if encoding != "UTF8":
        yield _fault(26, f"数据库的编码是 {encoding}", "请以 UTF8 编码重新建立数据库")
    if provider == "i" or order not in ORDERS:
        todo = "请以 --locale-provider=libc --locale=C.UTF-8 重新建立数据库"
        yield _fault(27, f"数据库的排序规则是 {'ICU' if provider == 'i' else order}，与内置数据库的次序不同", todo)


def _role(cursor: Any, lying: set[str]) -> Iterator[Error]:
    """What the role that the product runs as could do to the ledger, whatever it was granted and by whatever way."""
    again = "请以所有者运行 qingdan grant-role，并以被授权的角色运行系统"
    cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    if cursor.fetchone()[0]:
        yield _fault(31, "系统以数据库的超级用户（或者可以建立角色的用户）运行，台账不受数据库保护", again)
        return
    cursor.execute("SELECT DISTINCT relname FROM pg_class WHERE relname = ANY(%s) AND pg_has_role(relowner, 'MEMBER') ORDER BY 1", [sorted(lying)])
    if owned := [name for (name,) in cursor.fetchall()]:
        yield _fault(32, f"系统以数据表（{_some(owned)}）的所有者运行，可以撤去台账的保护", again)
        return
    too_much: list[str] = []
    too_little: list[str] = []
    cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
    if cursor.fetchone()[0]:
        too_much.append("session_replication_role SET")
    for table, verbs in sorted(roles.rights().items()):
        if table not in lying:
            continue
        for verb in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER"):
            cursor.execute(f"SELECT {_ask_for(verb, verb in verbs)}", [f'"{table}"', verb])
            if cursor.fetchone()[0] != (verb in verbs):
                (too_little if verb in verbs else too_much).append(f"{table} {verb}")
    if too_much:
        yield _fault(33, f"系统的数据库角色权限过大（{_some(too_much)}）", again)
    if too_little:
        yield _fault(34, f"系统的数据库角色缺少权限（{_some(too_little)}）", again)


def _ask_for(verb: str, granted: bool) -> str:
    """What is needed must hold for the table; what must not be there, must not for a single column either."""
    by_column = verb in ("SELECT", "INSERT", "UPDATE") and not granted
    return "has_any_column_privilege(%s, %s)" if by_column else "has_table_privilege(%s, %s)"


def _triggers(cursor: Any, vendor: str, lying: set[str]) -> Iterator[Error]:
    """Each protected table has its triggers, and they are in force."""
    if vendor == "postgresql":
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    standing = {name for (name,) in cursor.fetchall()}
    lacking = [f"{t}_no_{verb}" for t in sorted(immutable_tables()) for verb in VERBS[vendor] if f"{t}_no_{verb}" not in standing]
    if not lying & immutable_tables():
        yield _fault(41, "数据库还没有建立", "请先运行 qingdan migrate")
    elif lacking:
        yield _fault(42, f"保护台账的触发器缺失或者被停用（{_some(lacking)}）", "请查明是谁、何时撤去的，运行 qingdan verify 核对台账，再恢复触发器")


def _asked(cursor: Any, statement: str) -> Any:
    cursor.execute(statement)
    return cursor.fetchone()[0]


def _some(names: list[str]) -> str:
    return "、".join(names[:3]) + (f"等 {len(names)} 项" if len(names) > 3 else "")
