"""h3, a3b: what is unsafe is refused at the start. Each check is made to fail."""

import os
import re
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.checks import run_checks
from django.db import connection

from qingdan.kernel.database import checks, deployment
from qingdan.kernel.database.engines import database
from qingdan.kernel.ledger import signing
from qingdan.kernel.papers.checks import fonts_are_named
from qingdan.kernel.vault import keys
from tests.postgres import QUICK

ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite; this run is on PostgreSQL")
KEY = "k3yW1thMany_Different-Characters+" * 2


def ids(found):
    return [message.id for message in found]


# ---- SQLite ------------------------------------------------------------------------------------------


@pytest.fixture
def pragmas(transactional_db):
    """The connection of an installation: the tests' own runs with synchronous OFF."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = FULL")
        yield cursor.execute
        for back in ("synchronous = OFF", "foreign_keys = ON"):
            cursor.execute(f"PRAGMA {back}")


@ON_SQLITE
def test_sqlite_as_the_product_sets_it_is_safe(pragmas):
    assert checks.faults(connection) == []


@ON_SQLITE
@pytest.mark.parametrize(("pragma", "number"), [("synchronous = NORMAL", 12), ("synchronous = OFF", 12), ("foreign_keys = OFF", 13)])
def test_sqlite_that_could_lose_or_tear_is_a_fault(pragmas, pragma, number):
    pragmas(f"PRAGMA {pragma}")
    assert ids(checks.faults(connection)) == [f"qingdan.E{number:03}"]


@ON_SQLITE
def test_sqlite_without_its_log_is_a_fault(pragmas, monkeypatch):
    """Leaving WAL needs the file for oneself, which other connections of the run may hold: the answer is given for the database."""
    asked = checks._asked
    monkeypatch.setattr(checks, "_asked", lambda cursor, question: "memory" if question == "PRAGMA journal_mode" else asked(cursor, question))
    assert ids(checks.faults(connection)) == ["qingdan.E011"]


@ON_SQLITE
def test_sqlite_whose_writers_do_not_queue_is_a_fault(pragmas, monkeypatch):
    monkeypatch.setattr(connection, "transaction_mode", None)
    assert ids(checks.faults(connection)) == ["qingdan.E014"]


@ON_SQLITE
def test_sqlite_without_a_trigger_is_a_fault(pragmas):
    ((sql,),) = connection.cursor().execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_event_no_delete'").fetchall()
    pragmas("DROP TRIGGER ledger_event_no_delete")
    try:
        (found,) = checks.faults(connection)
        assert found.id == "qingdan.E042" and "ledger_event_no_delete" in found.msg
    finally:
        pragmas(sql)


# ---- PostgreSQL --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def durable(cluster):
    """The cluster of the tests is quick; an installation's is as PostgreSQL ships."""
    for name in QUICK:
        cluster.sql(f"ALTER SYSTEM SET {name} = on")
    cluster.reload()


def found_by(connected, url):
    with connected(url) as there:
        return ids(checks.faults(there))


def test_postgresql_as_the_readme_sets_it_up_is_safe(connected, durable, installation):
    assert found_by(connected, installation[1]) == []


@pytest.mark.parametrize(("name", "number"), [("fsync", 22), ("synchronous_commit", 23), ("full_page_writes", 24)])
def test_a3b_postgresql_that_could_lose_an_act_is_a_fault(connected, durable, cluster, installation, name, number):
    cluster.sql(f"ALTER SYSTEM SET {name} = off")
    try:
        cluster.reload()
        assert found_by(connected, installation[1]) == [f"qingdan.E{number:03}"]
    finally:
        cluster.sql(f"ALTER SYSTEM SET {name} = on")
        cluster.reload()
    assert found_by(connected, installation[1]) == []


def test_a3b_postgresql_without_checksums_is_a_fault(connected, durable, cluster, installation):
    cluster.checksums("disable")
    try:
        assert found_by(connected, installation[1]) == ["qingdan.E025"]
    finally:
        cluster.checksums("enable")


def test_an_older_postgresql_is_a_fault(connected, durable, installation, monkeypatch):
    monkeypatch.setattr(checks, "LEAST", 999)
    assert found_by(connected, installation[1]) == ["qingdan.E021"]


def test_another_encoding_or_order_is_a_fault(connected, cluster):
    cluster.sql("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    found = found_by(connected, cluster.url("latin"))
    assert "qingdan.E026" in found and "qingdan.E027" not in found and "qingdan.E041" in found
    cluster.sql("CREATE DATABASE ordered TEMPLATE template0 ICU_LOCALE 'zh-Hans' LOCALE_PROVIDER icu LOCALE 'C.UTF-8'")
    assert "qingdan.E027" in found_by(connected, cluster.url("ordered"))


def test_running_as_the_superuser_or_the_owner_is_a_fault(connected, durable, cluster, installation):
    assert found_by(connected, cluster.url("product")) == ["qingdan.E031"]
    assert found_by(connected, installation[0]) == ["qingdan.E032"]


@pytest.mark.parametrize(
    ("change", "back", "number"),
    [
        ("GRANT UPDATE ON ledger_event TO product_app", "REVOKE UPDATE ON ledger_event FROM product_app", 33),
        ("GRANT UPDATE (act) ON ledger_event TO product_app", "REVOKE UPDATE (act) ON ledger_event FROM product_app", 33),
        ("GRANT DELETE ON lists_itemversion TO PUBLIC", "REVOKE DELETE ON lists_itemversion FROM PUBLIC", 33),
        ("GRANT TRUNCATE ON ledger_head TO product_app", "REVOKE TRUNCATE ON ledger_head FROM product_app", 33),
        ("GRANT TRIGGER ON ledger_event TO product_app", "REVOKE TRIGGER ON ledger_event FROM product_app", 33),
        ("GRANT SET ON PARAMETER session_replication_role TO product_app", "REVOKE SET ON PARAMETER session_replication_role FROM product_app", 33),
        ("REVOKE INSERT ON notices_notice FROM product_app", "GRANT INSERT ON notices_notice TO product_app", 34),
        ("ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_no_update", "ALTER TABLE ledger_event ENABLE TRIGGER ledger_event_no_update", 42),
        ("ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_no_truncate", "ALTER TABLE ledger_event ENABLE TRIGGER ledger_event_no_truncate", 42),
    ],
)
def test_a_right_too_many_or_a_trigger_too_few_is_a_fault(connected, durable, cluster, installation, change, back, number):
    cluster.sql(change, "product")
    try:
        assert found_by(connected, installation[1]) == [f"qingdan.E{number:03}"]
    finally:
        cluster.sql(back, "product")


def test_a_database_that_cannot_be_asked_is_a_fault(connected, durable, installation):
    """A check that could not check must fail."""
    assert found_by(connected, installation[1].replace("@127.0.0.1:", "@127.0.0.1:1")[:-8] + "/nowhere") == ["qingdan.E001"]


# ---- settings and files -----------------------------------------------------------------------------


@pytest.fixture
def safe(settings, tmp_path):
    """Settings as an installation should have them, its folder with a file in it."""
    settings.DEBUG, settings.DEMONSTRATION, settings.ALLOWED_HOSTS, settings.SECRET_KEY = False, False, ["qingdan.example"], KEY
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    settings.DATABASES = {"default": database("", tmp_path)}
    settings.MEDIA_ROOT.mkdir(mode=0o750)
    (tmp_path / "qingdan.sqlite3").touch(0o640)
    os.chmod(tmp_path, 0o755)
    settings.VAULT_KEYS, settings.VAULT_MAKES_KEYS = str(tmp_path.parent / f"{tmp_path.name}.keys"), False
    keys.make()
    signing._write(Ed25519PrivateKey.generate(), renew=False)
    return SimpleNamespace(settings=settings, folder=tmp_path)


def test_settings_as_the_readme_asks_are_safe(safe):
    assert deployment.unsafe_settings() == []


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("DEBUG", True, 51), ("DEMONSTRATION", True, 52), ("ALLOWED_HOSTS", [], 53), ("ALLOWED_HOSTS", ["a.example", "*"], 53), ("ALLOWED_HOSTS", [".*"], 53),
        ("SECRET_KEY", "demonstration-only", 54), ("SECRET_KEY", KEY[:49], 54), ("SECRET_KEY", "abc" * 30, 54), ("SECRET_KEY_FALLBACKS", ["short"], 54),
    ],
)  # fmt: skip
def test_an_unsafe_setting_is_a_fault(safe, name, value, number):
    setattr(safe.settings, name, value)
    assert ids(deployment.unsafe_settings()) == [f"qingdan.E{number:03}"]


@pytest.mark.parametrize("name", ["qingdan.sqlite3", "files"])
def test_what_anybody_on_the_machine_could_open_is_a_fault(safe, name):
    os.chmod(safe.folder / name, 0o755)
    (found,) = deployment.unsafe_settings()
    assert found.id == "qingdan.E055" and f"chmod o-rwx {safe.folder / name}" in found.msg
    os.chmod(safe.folder, 0o750)  # nobody else comes that far
    assert deployment.unsafe_settings() == []


# ---- who asks ----------------------------------------------------------------------------------------


def test_check_deploy_asks_them_and_an_ordinary_check_does_not(settings, transactional_db):
    """`migrate` runs the ordinary checks, as the owner, before there is a table."""
    asked = ids(run_checks(include_deployment_checks=True, tags=[checks.TAG]))
    assert "qingdan.E053" in asked  # the tests allow every host
    assert ids(run_checks(tags=[checks.TAG])) == []


def test_an_unsafe_installation_is_not_served(durable, cluster, own, tmp_path):
    words = {"DJANGO_SETTINGS_MODULE": "qingdan.config.settings.prod", "QINGDAN_SECRET_KEY": KEY, "QINGDAN_HOSTS": "*", "QINGDAN_VAR": str(tmp_path / "var"), "QINGDAN_VAULT_KEYS": str(tmp_path / "vault.keys")}
    cluster.product(own[1], "vault-keys", "new", **words)
    cluster.product(own[1], "receipt-key", "new", **words)
    done = cluster.product(own[0], "run", "--port", "1", check=False, **words)
    assert done.returncode == 2 and "不能运行系统：设置不安全" in done.stderr and "所有者" in done.stderr and "QINGDAN_HOSTS" in done.stderr
    safe = cluster.product(own[1], "run", "--port", "0", check=False, **(words | {"QINGDAN_HOSTS": "qingdan.example"}))
    assert "没有端口 0" in safe.stderr and "设置不安全" not in safe.stderr


def test_check_deploy_of_an_installation_warns_of_nothing(durable, cluster, own, tmp_path):
    words = {"DJANGO_SETTINGS_MODULE": "qingdan.config.settings.prod", "QINGDAN_SECRET_KEY": KEY, "QINGDAN_HOSTS": "qingdan.example", "QINGDAN_VAR": str(tmp_path / "var"), "QINGDAN_VAULT_KEYS": str(tmp_path / "vault.keys")}
    (tmp_path / "var" / "static").mkdir(parents=True)
    cluster.product(own[1], "vault-keys", "new", **words)
    cluster.product(own[1], "receipt-key", "new", **words)
    done = cluster.product(own[1], "check", "--deploy", "--fail-level", "WARNING", **words)
    named = {message.id for message in fonts_are_named()}  # the fonts of papers, which are told and not warned of
    assert set(re.findall(r"\((\w+\.\w+)\)", done.stdout + done.stderr)) == named
    assert "papers.W001" in named or done.returncode == 0


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://a@b/c", "不是 PostgreSQL 的地址"), ("hello", "不是 PostgreSQL 的地址"), ("postgresql://a:b@c", "没有写明数据库的名称"),
        ("postgresql://a:p@ss/w@rd#@h/db?nonsense=1", "不能解读"),
    ],
)  # fmt: skip
def test_a_wrong_address_stops_the_start_and_does_not_tell_the_password(tmp_path, url, why):
    with pytest.raises(SystemExit) as stopped:
        database(url, tmp_path)
    assert why in str(stopped.value) and "ss/w" not in str(stopped.value)
