"""Rows that nothing may change: a migration operation that makes the database itself refuse it."""

from __future__ import annotations

from django.db import migrations

SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table}: rows are immutable'); END"""

POSTGRESQL = """CREATE OR REPLACE FUNCTION {table}_no_{verb}() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{table}: rows are immutable'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_no_{verb}()"""


def refuse_changes(table: str) -> migrations.RunPython:
    """Operation: UPDATE and DELETE on this table fail from now on, also by raw SQL."""

    def forward(apps, schema_editor):
        template = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
        for verb in ("update", "delete"):
            schema_editor.execute(template.format(table=table, verb=verb, VERB=verb.upper()))

    def backward(apps, schema_editor):
        suffix = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{suffix}")

    return migrations.RunPython(forward, backward)
