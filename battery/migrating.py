"""What a sweeper's process can be told about migrations: `migrate` to the newest state; `rounds`: each migration back and forward again."""

from __future__ import annotations

import sys
from typing import Any

Schema = dict[str, Any]
Rows = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]


def migrate(more: str = "") -> None:
    from django.core.management import call_command

    call_command("migrate", *more.split(), verbosity=0)


def rounds(more: str) -> None:
    """For each migration of the product, the newest first: to the one before it and forward again. Says in a line what is not as it was."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = [key for key in loader.graph.nodes if loader.graph.nodes[key].__module__.startswith("qingdan.")]
    plan = [key for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), True) if key in ours]
    schema, rows = schema_now(), rows_now()
    for app, name in reversed(plan):
        parents = [parent for parent in loader.graph.node_map[(app, name)].parents if parent.key[0] == app]
        migrate(f"{app} {parents[0].key[1] if parents else 'zero'}")
        kept = rows_now()
        migrate()
        faults = _differences(schema, rows, kept)
        rows = rows_now()
        sys.stdout.write(f"{app}.{name}: {'; '.join(faults) or 'as it was'}\n")
        sys.stdout.flush()
    sys.stdout.write("end\n")
    sys.stdout.flush()


def _differences(schema: Schema, rows: Rows, kept: Rows) -> list[str]:
    """The schema is what it was; so are the rows of each table that was there in between with all its columns."""
    now, lying = schema_now(), rows_now()
    faults = [f"schema of {name}" for name in sorted({*schema, *now}) if schema.get(name) != now.get(name)]
    through = [name for name in rows if name in kept and kept[name][0] == rows[name][0]]
    return faults + [f"rows of {name}" for name in through if not rows[name] == kept[name] == lying.get(name)]


def schema_now() -> Schema:
    """Columns, constraints and triggers of every table."""
    from django.db import connection

    told: Schema = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = sorted(str(tuple(c)[:7]) for c in connection.introspection.get_table_description(cursor, table))
            bonds = sorted(_bond(bond) for bond in connection.introspection.get_constraints(cursor, table).values())
            told[table] = (columns, bonds)
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        else:
            cursor.execute("SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname")
        told["triggers"] = cursor.fetchall()
    return told


def _bond(bond: dict[str, Any]) -> str:
    return str([(name, bond[name]) for name in ("columns", "primary_key", "unique", "foreign_key", "check", "index")])


def rows_now() -> Rows:
    """Every row of every table but Django's own record of the schema."""
    from django.db import connection

    told: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("django_", "auth_")):
                continue
            columns = sorted(c.name for c in connection.introspection.get_table_description(cursor, table))
            cursor.execute(f"SELECT {', '.join(connection.ops.quote_name(c) for c in columns)} FROM {connection.ops.quote_name(table)}")
            told[table] = (tuple(columns), sorted(cursor.fetchall(), key=repr))
    return told
