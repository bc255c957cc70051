"""Rows that nothing may change: a migration operation that makes the database itself refuse it."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.migrations.loader import MigrationLoader

SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table}: rows are immutable'); END"""

POSTGRESQL = """CREATE OR REPLACE FUNCTION {table}_no_{verb}() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{table}: rows are immutable'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
FOR EACH {each} EXECUTE FUNCTION {table}_no_{verb}()"""

VERBS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}


class RefuseChanges(migrations.RunPython):
    """The operation; knows its table, so that what is protected can be asked of the migrations themselves."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(self._put, self._take)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {}

    def _put(self, apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        template = POSTGRESQL if vendor == "postgresql" else SQLITE
        for verb in VERBS[vendor]:
            each = "STATEMENT" if verb == "truncate" else "ROW"
            schema_editor.execute(template.format(table=self.table, verb=verb, VERB=verb.upper(), each=each))

    def _take(self, apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for verb in VERBS[vendor]:
            name = f"{self.table}_no_{verb}"
            if vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {name} ON {self.table}; DROP FUNCTION {name}()")
            else:
                schema_editor.execute(f"DROP TRIGGER {name}")


def refuse_changes(table: str) -> RefuseChanges:
    """Operation: UPDATE and DELETE on this table, and TRUNCATE where there is such a thing, fail from now on, also by raw SQL."""
    return RefuseChanges(table)


def immutable_tables() -> set[str]:
    """Every table that a migration protects; asked of the code, not of a database that somebody may have changed."""
    loader = MigrationLoader(None)
    return {op.table for migration in loader.disk_migrations.values() for op in migration.operations if isinstance(op, RefuseChanges)}
