"""`qingdan backup` and `restore` as an operator meets them (e1)."""

import hashlib
import io
import json
import os
import sqlite3
import stat
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from audit import verify_ledger as second
from battery import loading
from qingdan.kernel.backup import restoring
from qingdan.kernel.backup.management.commands import backup, restore

pytestmark = [
    pytest.mark.django_db(transaction=True),  # outside any transaction, so that this process can turn to another file
    pytest.mark.skipif(connection.vendor != "sqlite", reason="begins with a copied file; for PostgreSQL see test_on_postgresql.py"),
]


def test_what_was_backed_up_is_put_back_verified_with_its_files_and_its_head(installed, operator, tmp_path):
    code, out, err = operator(installed, backup, tmp_path / "backups")
    archive = Path(out.splitlines()[0])
    assert (code, err, [archive.name]) == (0, "", os.listdir(tmp_path / "backups"))
    code, out, err = operator(tmp_path / "new", restore, archive)
    assert (code, err) == (0, "") and out.endswith("\n已恢复，核对一致\n")
    for name, mode in (("backups", 0o700), ("new/files", 0o700), (archive, 0o600), ("new/qingdan.sqlite3", 0o600)):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode
    assert sorted(os.listdir(tmp_path / "new")) == ["files", "qingdan.sqlite3"]
    manifest = told(archive)
    head = f"{manifest['head']['seq']}:{manifest['head']['head']}"
    assert head in out and manifest["counts"]["files"] == 2 and manifest["version"] == "0.1.0"
    assert second.main([str(tmp_path / "new/qingdan.sqlite3"), "--head", head]) == 0
    assert dump(tmp_path / "new") == dump(installed)


def dump(var):
    return list(sqlite3.connect(var / "qingdan.sqlite3").iterdump())


def told(archive):
    with tarfile.open(archive) as tar:
        return json.load(tar.extractfile("manifest.json"))


def test_a_place_that_is_not_empty_is_left_as_it_is(installed, archive, operator, tmp_path):
    before = (installed / "qingdan.sqlite3").read_bytes()
    code, _, err = operator(installed, restore, archive)
    assert code == 2 and "目标数据库不是空的" in err
    assert (installed / "qingdan.sqlite3").read_bytes() == before
    (tmp_path / "half/files").mkdir(parents=True)
    (tmp_path / "half/files/something").touch()
    code, _, err = operator(tmp_path / "half", restore, archive)
    assert code == 2 and "不是空的" in err
    assert os.listdir(tmp_path / "half") == ["files"]


def rewritten(archive, change):
    """The archive with its members changed: {name: bytes}, in the same order."""
    with tarfile.open(archive) as tar:
        members = {member.name: tar.extractfile(member).read() for member in tar}
    change(members)
    with tarfile.open(archive, "w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def flip(members, name):
    members[name] = members[name][:-1] + bytes([members[name][-1] ^ 1])


def as_listed(members, **changes):
    """The manifest brought into line, as somebody would who knows the format."""
    manifest = json.loads(members["manifest.json"]) | changes
    manifest["members"] = {n: {"length": len(d), "sha256": hashlib.sha256(d).hexdigest()} for n, d in members.items() if n != "manifest.json"}
    members["manifest.json"] = json.dumps(manifest).encode()


def spoil_a_row(members, tmp_path):
    (tmp_path / "spoilt").write_bytes(members["database"])
    with sqlite3.connect(tmp_path / "spoilt") as db:
        db.execute("UPDATE offices_office SET name = '假的' WHERE code = 'cg'")
    db.close()
    members["database"] = (tmp_path / "spoilt").read_bytes()
    as_listed(members)


def first_file(members):
    return next(name for name in members if name.startswith("files/"))


SPOILT = {
    "a byte of the database": (lambda m, tmp: flip(m, "database"), 1, "database 与清单记载的摘要不一致"),
    "a byte of a file": (lambda m, tmp: flip(m, first_file(m)), 1, "与清单记载的摘要不一致"),
    "a member is gone": (lambda m, tmp: m.pop(first_file(m)), 1, "不是完整的备份"),
    "a member too many": (lambda m, tmp: m.update({"files/" + "0" * 32: b""}), 1, "不是完整的备份"),
    "a way out of the folder": (lambda m, tmp: (m.update({"../out": b""}), as_listed(m)), 1, "不是完整的备份"),
    "a row, and the manifest with it": (spoil_a_row, 1, "恢复出的数据核对不一致：offices_office"),
    "a file of which a row speaks, and the manifest with it": (lambda m, tmp: (m.pop(first_file(m)), as_listed(m)), 1, "恢复出的数据核对不一致：files_storedfile"),
    "another head in the manifest": (lambda m, tmp: as_listed(m, head={"seq": 1, "head": "00"}), 1, "第 1 号事件的链首与公布的不同"),
    "another engine": (lambda m, tmp: as_listed(m, engine="postgresql"), 2, "这是 postgresql 数据库的备份"),
    "another schema": (lambda m, tmp: as_listed(m, migrations=[]), 2, "备份的数据结构与本程序的版本不同"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_nothing_is_put_back_from_an_archive_in_which_is_changed(archive, operator, tmp_path, what):
    change, expected, why = SPOILT[what]
    rewritten(archive, lambda members: change(members, tmp_path))
    code, out, err = operator(tmp_path / "new", restore, archive)
    assert (code, out) == (expected, "") and why in err
    assert not (tmp_path / "new").exists() or os.listdir(tmp_path / "new") == [], "nothing half-done"
    assert not (tmp_path / "out").exists()


def test_half_an_archive_is_refused(archive, operator, tmp_path):
    whole = Path(archive).read_bytes()
    Path(archive).write_bytes(whole[: len(whole) // 2])
    code, _, err = operator(tmp_path / "new", restore, archive)
    assert code == 1 and "不是完整的备份" in err
    assert not (tmp_path / "new").exists()


def test_a_failure_at_the_last_step_undoes_the_steps_before_it(archive, operator, tmp_path, monkeypatch):
    """The files are in their place already when the database cannot follow."""
    rename = os.rename

    def failing(source, target):
        if str(target).endswith("qingdan.sqlite3"):
            raise OSError("disk gone")
        rename(source, target)

    monkeypatch.setattr(restoring.os, "rename", failing)
    with pytest.raises(OSError, match="disk gone"):
        operator(tmp_path / "new", restore, archive)
    assert os.listdir(tmp_path / "new") == []


def test_no_archive_is_made_while_a_stored_file_is_missing_and_nothing_half_written_is_left(installed, operator, tmp_path):
    gone = sorted((installed / "files").iterdir())[0]
    gone.unlink()
    code, _, err = operator(installed, backup, tmp_path / "backups")
    assert code == 2 and gone.name in err and "不在存放处" in err
    assert os.listdir(tmp_path / "backups") == []


def test_e1_a_backup_made_under_load_holds_every_act_acknowledged_before_it_began(installed, operator, tmp_path):
    """Two writers in processes of their own; the battery's line e1 has more of them, and both engines."""
    (tmp_path / "acks").mkdir()
    with loading.writing(loading.demonstration(installed), tmp_path / "acks", 2) as load:
        load.wait_for(12, 60)
        before = load.acks()
        code, out, err = operator(installed, backup, tmp_path / "backups")
        load.wait_for(len(load.acks()) + 6, 60)
    assert code == 0, err
    code, _, err = operator(tmp_path / "new", restore, out.splitlines()[0])
    assert code == 0, err
    kept = {key for (key,) in sqlite3.connect(tmp_path / "new/qingdan.sqlite3").execute("SELECT key FROM ledger_event")}
    assert {key for _, key in before} - kept == set()
    assert len(before) >= 12 and {key for _, key in load.acks()} - kept, "the writers went on after the copy was made"
