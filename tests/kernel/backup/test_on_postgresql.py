"""PostgreSQL: backup and restore through its own programs, the second verifier through psql; on a private server."""

import pytest

from audit import verify_ledger as second
from battery import loading
from battery.engines import Database
from tests import postgres

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def server():
    with postgres.or_skip() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def lived(server, tmp_path_factory):
    """A district with three items in a database of its own; its folder, environment and address."""
    folder = tmp_path_factory.mktemp("lived")
    environment = Database(server.url("lived"), server).environment(folder)
    loading.run(environment, "battery.world", "items", "3", check=True)
    return folder, environment, server.url("lived")


@pytest.fixture(scope="module")
def archive(lived):
    folder, environment, _ = lived
    return loading.archive_of(loading.product(environment, "backup", str(folder / "backups")))


def elsewhere(server, folder, name):
    return Database(server.url(name), server).environment(folder)


def test_e1_what_was_dumped_is_put_back_and_both_verifiers_agree(server, lived, archive, tmp_path, capsys):
    done = loading.product(elsewhere(server, tmp_path / "new", "put_back"), "restore", archive)
    assert done.returncode == 0 and "已恢复，核对一致" in done.stdout, done.stderr
    head = next(line for line in done.stdout.splitlines() if line.startswith("链首 "))[3:]
    assert second.main([server.url("put_back"), "--files", str(tmp_path / "new/files"), "--head", head]) == 0, capsys.readouterr()
    assert second.main([lived[2], "--no-files", "--head", head]) == 0


def test_a_database_that_is_not_empty_is_left_as_it_is(lived, archive):
    done = loading.product(lived[1], "restore", archive)
    assert done.returncode == 2 and "目标数据库不是空的" in done.stderr


def test_a_dump_in_which_a_row_is_wrong_is_taken_out_again(server, lived, tmp_path):
    _, environment, _ = lived
    server.sql("UPDATE offices_office SET name = '假的' WHERE code = 'cg'", "lived")
    try:
        wrong = loading.archive_of(loading.product(environment, "backup", str(tmp_path / "backups")))
    finally:
        server.sql("UPDATE offices_office SET name = '金水区城市管理局' WHERE code = 'cg'", "lived")
    done = loading.product(elsewhere(server, tmp_path / "new", "taken_out"), "restore", wrong)
    assert done.returncode == 1 and "恢复出的数据核对不一致：offices_office" in done.stderr
    assert server.sql("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace", "taken_out") == [(0,)]
    assert not (tmp_path / "new/files").exists()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE offices_office SET name = '假的' WHERE code = 'bb'", "offices_office"),
        ("UPDATE ledger_case SET opened_on = opened_on + 1 WHERE id = 1", "ledger_case"),
        ("DELETE FROM offices_post WHERE id = 3", "offices_post 第 3 行：台账有记载，表中却没有这一行"),
        ("ALTER TABLE ledger_event DISABLE TRIGGER ALL; UPDATE ledger_event SET recorded_at = recorded_at + '1 second' WHERE seq = 2", "列 recorded_at 与正文不一致"),
    ],
)  # fmt: skip
def test_the_second_verifier_names_what_was_changed_on_the_server(server, lived, capsys, statement, said):
    name = f"copy{abs(hash(statement)) % 10**6}"
    server.sql(f'CREATE DATABASE "{name}" TEMPLATE lived')
    for one in statement.split("; "):
        server.sql(one, name)
    assert second.main([server.url(name), "--no-files"]) == 1
    assert said in capsys.readouterr().out
