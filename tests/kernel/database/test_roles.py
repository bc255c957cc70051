"""The application's role on PostgreSQL: it adds to the ledger, and can neither change it nor take its protection away."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from qingdan.engine.refusals import Refused
from qingdan.kernel.database import roles
from qingdan.kernel.ledger.immutable import immutable_tables
from qingdan.kernel.rows import NOT_BUSINESS

PROTECTED = sorted(immutable_tables())


def test_what_the_migrations_protect_is_known():
    assert {"ledger_event", "lists_item", "lists_itemversion", "bases_basislink"} <= set(PROTECTED)


@pytest.mark.parametrize("table", PROTECTED)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE", "ALTER TABLE {0} DISABLE TRIGGER ALL",
        "ALTER TABLE {0} DISABLE TRIGGER {0}_no_update", "DROP TRIGGER {0}_no_delete ON {0}", "DROP TABLE {0} CASCADE",
        "ALTER TABLE {0} ADD COLUMN more text", "CREATE TRIGGER t AFTER INSERT ON {0} EXECUTE FUNCTION {0}_no_update()",
        "CREATE OR REPLACE FUNCTION {0}_no_update() RETURNS trigger AS 'BEGIN RETURN NEW; END' LANGUAGE plpgsql",
        "SET session_replication_role = replica",
    ],
)  # fmt: skip
def test_the_application_can_neither_change_what_is_protected_nor_unprotect_it(as_app, table, statement):
    column = {"ledger_event": "act"}.get(table, "id")
    with pytest.raises(InsufficientPrivilege):
        as_app(statement.format(table, column))


@pytest.mark.parametrize("table", PROTECTED)
def test_the_application_has_no_right_to_pass_on(installation, table):
    """PostgreSQL only warns where somebody has nothing to give; nobody has more afterwards."""
    with psycopg.connect(installation[1]) as connection:
        acl = f"SELECT relacl::text FROM pg_class WHERE relname = '{table}'"
        before = connection.execute(acl).fetchall()
        connection.execute(f"GRANT ALL ON {table} TO PUBLIC")
        assert connection.execute(acl).fetchall() == before
        connection.rollback()


@pytest.mark.parametrize("table", PROTECTED)
def test_the_application_reads_what_is_protected(as_app, table):
    assert as_app(f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.parametrize("table", PROTECTED)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_owner_meets_a_trigger(installation, as_app, table, verb):
    """A row is put in without asking its foreign keys; then the owner, who has every right, tries to change it."""
    column = {"ledger_event": "act"}.get(table, "id")
    words = {"UPDATE": f"UPDATE {table} SET {column} = {column}", "DELETE": f"DELETE FROM {table}", "TRUNCATE": f"TRUNCATE {table} CASCADE"}[verb]
    with psycopg.connect(installation[0]) as connection:
        if verb != "TRUNCATE":
            _one_row(connection, table)
        with pytest.raises(psycopg.errors.RaiseException, match="immutable"):
            connection.execute(words)
        connection.rollback()


def _one_row(connection, table):
    found = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND is_identity = 'NO' AND is_nullable = 'NO'", [table]
    ).fetchall()
    made = {"bigint": "1", "integer": "1", "smallint": "1", "boolean": "true", "date": "'2016-06-07'", "timestamp with time zone": "now()"}
    named = {"kind": "'审批'", "status": "'in_force'"}
    columns, values = ", ".join(f'"{name}"' for name, _ in found), ", ".join(named.get(name) or made.get(kind, "'x'") for name, kind in found)
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})")


def test_rows_of_acts_are_never_deleted_by_the_application(as_app):
    """Whatever is no business row may be; the ledger's head may be moved on, not taken away."""
    deletable = {table for table, verbs in roles.rights().items() if roles.DELETE in verbs}
    assert deletable <= set(NOT_BUSINESS) and not deletable & {"ledger_event", "ledger_head"}
    with pytest.raises(InsufficientPrivilege):
        as_app("DELETE FROM offices_person")
    with pytest.raises(InsufficientPrivilege):
        as_app("DELETE FROM ledger_head")
    assert as_app("DELETE FROM django_session") == 0


def test_every_table_of_the_database_is_granted_as_the_models_say(cluster, installation):
    lying = {name for (name,) in cluster.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", "product")}
    assert lying == set(roles.rights())
    for table, verbs in roles.rights().items():
        found = cluster.sql(f"SELECT privilege_type FROM information_schema.role_table_grants WHERE grantee = 'product_app' AND table_name = '{table}'", "product")
        assert {verb for (verb,) in found} == set(verbs), table


def test_a_table_that_a_migration_brings_is_granted_by_it(cluster, installation):
    cluster.sql("REVOKE ALL ON notices_notice FROM product_app", "product")
    cluster.product(installation[0], "migrate", "-v0")
    found = cluster.sql("SELECT count(*) FROM information_schema.role_table_grants WHERE grantee = 'product_app' AND table_name = 'notices_notice'", "product")
    assert found == [(4,)]


@pytest.mark.parametrize(
    ("make", "why"),
    [
        ("SELECT 1", "没有角色“odd”"),
        ("CREATE ROLE odd SUPERUSER", "超级用户"),
        ("CREATE ROLE odd CREATEROLE", "可以建立角色"),
        ("CREATE ROLE odd; GRANT product_owner TO odd", "所有者或者其成员"),
    ],
)
def test_a_role_that_could_help_itself_is_not_granted(cluster, connected, installation, make, why):
    for statement in make.split("; "):
        cluster.sql(statement)
    try:
        with connected(installation[0]) as owner, pytest.raises(Refused, match=why):
            roles.grant("odd", owner)
    finally:
        cluster.sql("DROP ROLE IF EXISTS odd")
