"""Two roles on PostgreSQL: the owner migrates; the application's can add to the ledger, and neither change nor empty it, nor drop its triggers.

What each table allows follows from the models, so that a new table cannot be forgotten: what a migration protects may be read and added to;
business rows (`Recorded`) are also changed, by acts, and never deleted; what is no business row may be all three.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Model

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.immutable import immutable_tables
from qingdan.kernel.ledger.models import Head
from qingdan.kernel.rows import Recorded

READ, ADD, CHANGE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"
FRAMEWORK = ("contenttypes", "auth")  # filled by migrations alone
WHAT = "不能授权"


def rights() -> dict[str, tuple[str, ...]]:
    """Table → what the application's role may do with its rows."""
    protected = immutable_tables()
    found: dict[str, tuple[str, ...]] = {"django_migrations": (READ,)}
    for model in apps.get_models(include_auto_created=True):
        found[model._meta.db_table] = _rights(model, protected)
    return found


def _rights(model: type[Model], protected: set[str]) -> tuple[str, ...]:
    if model._meta.app_label in FRAMEWORK:
        return (READ,)
    if model._meta.db_table in protected:
        return (READ, ADD)
    if issubclass(model, (Recorded, Head)):
        return (READ, ADD, CHANGE)
    return (READ, ADD, CHANGE, DELETE)


def grant(role: str, connection: Any) -> int:
    """Give the role these rights and no others; returns on how many tables. Refused where the role could take more for itself."""
    ensure_lesser(role, connection)
    name, lying = connection.ops.quote_name(role), set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        cursor.execute(f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC, {name}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {name}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {name}")
        granted = {table: verbs for table, verbs in rights().items() if table in lying}
        for table, verbs in granted.items():
            cursor.execute(f"GRANT {', '.join(verbs)} ON {connection.ops.quote_name(table)} TO {name}")
    return len(granted)


def ensure_lesser(role: str, connection: Any) -> None:
    """The role exists, is nobody's superior, and is not (a member of) the one that owns the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, pg_has_role(rolname, current_user, 'MEMBER'), rolcreaterole FROM pg_roles WHERE rolname = %s", [role]
        )
        found = cursor.fetchone()
    if found is None:
        raise Refused(WHAT, f"没有角色“{role}”", "请由数据库管理员先建立（createuser --pwprompt 角色名），再授权")
    superuser, owner, creator = found
    if superuser or creator:
        raise Refused(WHAT, f"角色“{role}”是超级用户，或者可以建立角色，数据库不会限制它", "请另建一个普通角色供系统运行使用")
    if owner:
        raise Refused(WHAT, f"角色“{role}”就是数据表的所有者或者其成员，可以撤去台账的保护", "请另建一个普通角色供系统运行使用")


def granted(connection: Any) -> list[str]:
    """The roles that may already add to the ledger, the owner apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT r.rolname FROM pg_class c CROSS JOIN aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee "
            "WHERE c.oid = to_regclass('ledger_event') AND a.privilege_type = 'INSERT' AND a.grantee <> c.relowner ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]
