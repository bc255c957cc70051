"""Sealed files: harmless, encrypted before they lie on a disk, read only as an event; the ledger and the auditor compare them without any key."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from qingdan.engine.refusals import Refused
from qingdan.kernel.files import store as store_of_files
from qingdan.kernel.files.harmless import making
from qingdan.kernel.files.harmless.cleaning import clean
from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.vault import crypto, destroying, filing, keys, sealing
from qingdan.kernel.vault.filing import seal_file, seal_files
from qingdan.kernel.vault.giving import attachment
from qingdan.kernel.vault.models import Reading, Sealed
from qingdan.kernel.vault.reading import read_content, read_file
from tests.kernel.files.harmless import office, pictures

from .conftest import SUBJECT
from .test_sealing import forged

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("alg", ["AES-256-GCM", "SM4-GCM"])


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def kept(data, **how):
    found = seal_file(SUBJECT, data, **how)
    note("fill", by=None, rows=[*found])
    return found.sealed


def read(room, row):
    return read_file(row, by=room.inv_1, office=room.office, purpose="查看材料")


@BOTH
def test_what_is_read_is_the_clean_file_under_its_neutral_name(room, settings, alg):
    settings.VAULT_ALG = alg
    row = kept(pictures.photo())
    file = read(room, row)
    assert (row.alg, file.name, file.kind, file.data) == (alg, "材料1.jpg", "jpeg", clean(pictures.photo()).data)
    assert verify().fault is None and "b'" not in repr(file)


def test_names_go_on_where_they_were(room):
    first = kept(b"one")
    note("fill", by=None, rows=[row for found in seal_files(SUBJECT, [b"two", office.word()]) for row in found])
    assert (first.name, *sorted(Sealed.objects.filter(kind="file").values_list("name", flat=True))) == ("材料1.txt", "材料1.txt", "材料2.txt", "材料3.docx")
    assert kept(b"x", number=9).name == "材料9.txt"


def test_c5_of_several_files_all_are_kept_or_none_and_the_refusal_says_which(room, store):
    with pytest.raises(Refused, match="不能接受第 2 个文件：这是程序"):
        seal_files(SUBJECT, [b"one", b"MZ\x90\0"])
    assert not store.exists() and not StoredFile.objects.exists()


def test_T10_what_lies_in_the_store_is_ciphertext_whose_length_tells_little(room, store):
    short, longer = kept(b"a"), kept("窗口拒不受理".encode() * 100)
    one, other = (row.file.path.read_bytes() for row in (short, longer))
    assert len(one) == len(other) and b"\0" * 16 not in one and "窗口".encode() not in other
    assert kept(b"a").file.sha256 != short.file.sha256, "the same file twice is nowhere the same"
    assert {p.name for p in store.iterdir()} == set(StoredFile.objects.values_list("stored", flat=True))


def test_T8_f4_each_reading_of_a_file_is_an_event_before_it_is_given_out(room):
    row, before = kept(b"a"), crypto.opened()
    for _ in range(2):
        read(room, row)
    (found, _) = Reading.objects.filter(sealed=row)
    assert crypto.opened() - before == 2 and (found.kind, found.person, found.purpose) == ("file", room.inv_1, "查看材料")
    assert Event.objects.filter(act="read_sealed").count() == 2


def test_who_has_no_post_in_the_office_reads_no_file(room):
    row = kept(b"a")
    with pytest.raises(Refused, match="没有任职"):
        read_file(row, by=room.inv_1, office=room.leaders, purpose="查看")
    assert read_file(row, by=None, office=None, purpose="凭查询码查看").data == b"a"


def test_a_file_is_no_text_and_a_text_no_file(room):
    row = kept(b"a")
    with pytest.raises(ValueError):
        read_content(row, by=room.inv_1, office=room.office, purpose="查看")
    with pytest.raises(ValueError):
        read(room, room.content)
    assert not Reading.objects.exists()


@BOTH
def test_T10_the_file_of_another_row_does_not_open_in_its_place(room, settings, alg):
    settings.VAULT_ALG = alg
    one, other = kept(b"one"), kept(b"other")
    forged(one, file_id=other.file_id)
    with pytest.raises(Refused, match="可能被改动"):
        read(room, one)
    assert verify().fault.table == "vault_sealed"


@pytest.mark.parametrize("how", [lambda p: p.write_bytes(p.read_bytes()[:-1] + b"\0"), lambda p: p.write_bytes(b""), lambda p: p.unlink()])
def test_a_changed_or_missing_file_is_not_given_out_and_verify_names_it(room, how):
    row = kept(b"a")
    how(row.file.path)
    with pytest.raises(Refused, match="verify"):
        read(room, row)
    assert verify().fault.table == "files_storedfile"


def test_the_auditors_verifier_compares_sealed_files_without_any_key(room, store, transactional_db):
    row = kept(b"a")
    program = [sys.executable, str(Path(__file__).parents[3] / "audit" / "verify_ledger.py"), "--files", str(store)]
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("its way to a server has tests of its own")
    ask = [*program, str(connection.settings_dict["NAME"])]
    assert subprocess.run(ask, capture_output=True, text=True, check=False, env={}).returncode == 0
    row.file.path.write_bytes(row.file.path.read_bytes()[::-1])
    done = subprocess.run(ask, capture_output=True, text=True, check=False, env={})
    assert done.returncode != 0 and "材料1.txt" in done.stdout + done.stderr


@pytest.mark.parametrize("alg", ["sha256", "sm3"])
def test_the_commitment_binds_the_clean_file_and_is_salted_from_within_the_ciphertext(room, settings, alg):
    settings.LEDGER_HASH = alg
    row = kept(b"a")
    plain = crypto.current().unseal(sealing.unwrap(row, keys.ring()), row.file.path.read_bytes(), row.aad)
    salt = __import__("json").loads(plain.partition(b"\n")[0])["salt"]
    bound = [sealing.commitment(salt, {"kind": "txt", "digest": filing.digest(data)}) for data in (b"a", b"b")]
    assert row.commitment == bound[0] != bound[1] and row.commitment.startswith(alg)


def test_a_destroyed_file_opens_no_more(room):
    row = kept(b"a")
    destroying.shred(SUBJECT, by=None)
    with pytest.raises(Refused, match="销毁"):
        read(room, row)


def test_a_file_is_not_made_harmless_inside_an_act(room):
    with acting("fill"), pytest.raises(RuntimeError):
        seal_file(SUBJECT, b"a")


def test_T33_it_is_given_out_as_an_attachment_that_no_browser_shows_or_keeps(room):
    answer = attachment(read(room, kept(b"<b", number=3)))
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E6%9D%90%E6%96%993.txt"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("application/octet-stream", "nosniff", "no-store")
    assert answer["Content-Security-Policy"].startswith("sandbox") and answer.content == b"<b"


def test_T33_the_door_of_other_files_does_not_open_to_a_sealed_one(room, client):
    row = kept(b"a")
    client.force_login(room.inv_1)
    assert client.get(f"/files/{row.file.stored}/").status_code == client.get(f"/files/{'0' * 32}/").status_code == 404


def test_f7_the_report_of_an_error_while_a_file_is_sealed_shows_nothing_of_it(room, monkeypatch):
    def boom(*_, **__):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(store_of_files, "put", boom)
    try:
        seal_file(SUBJECT, "张三丰甲乙".encode())
    except RuntimeError:
        report = ExceptionReporter(RequestFactory().get("/"), *sys.exc_info())
    frames = {frame["function"]: str(frame["vars"]) for frame in report.get_traceback_frames()}
    assert {"seal_file", "seal_files", "_sealed"} <= set(frames), "the report has the frames, so the test is alive"
    shown = [str("张三丰甲乙".encode())[2:-1], "张三丰甲乙"]
    assert not [name for name in ("seal_file", "seal_files", "_sealed") if any(word in frames[name] for word in shown)]


@pytest.mark.parametrize("function", [making.harmless, making.scan, making._asked, making._apart, filing._clean, filing._packed, filing.unpacked, attachment, read_file])
def test_f7_what_holds_a_file_hides_its_variables(function):
    """Django's own mark of `sensitive_variables`: a wrapper around the function."""
    assert function.__wrapped__.__name__ == function.__name__


def test_a_full_disk_is_a_refusal(room, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refused, match="磁盘不能写入"):
        seal_file(SUBJECT, b"a")
