"""Stored files: on the disk before their row, known by content, given out as attachments, watched by verify (trust 2.5, g3)."""

import hashlib
import os
import struct
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from qingdan.engine.refusals import Refused
from qingdan.kernel.files import access, kinds, store
from qingdan.kernel.files.forms import Upload
from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.rows import NotRecorded

from .samples import PNG, TAKEN, archive


def kept(data="公布页面", name="页面.txt"):
    row = keep(ContentFile(data.encode(), name))
    note("keep_file", by=None, rows=[row])
    return row


# ---- by content


@pytest.mark.parametrize("kind", TAKEN)
def test_a_file_is_known_by_its_content_whatever_it_is_called(kind):
    assert kinds.find(TAKEN[kind]) == kind


REFUSED = {
    "nothing": (b"", "文件是空的"),
    "a program": (b"MZ\x90\x00\x03\x00\x00\x00\xff\xff", "不是允许的类型"),
    "a script picture": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "不是允许的类型"),
    "a bare picture": (b"<svg onload=alert(1)>", "不是允许的类型"),
    "an archive of anything": (archive("a.exe"), "不是允许的类型"),
    "two documents in one": (archive("word/document.xml", "xl/workbook.xml"), "不是允许的类型"),
    "macros": (archive("word/document.xml", "word/vbaProject.bin"), "带有宏"),
    "a broken archive": (b"PK\x03\x04" + b"\0" * 50, "已经损坏"),
    "too many parts": (archive("word/document.xml", *(f"p{i}" for i in range(2001))), "大得不合理"),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "不是允许的类型"),
    "text with a NUL": (b"a\0b", "不是允许的类型"),
    "more than the limit": (b"%PDF-" + b"x" * (20 * 1024 * 1024), "超过 20 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_on_the_list_is_refused_in_chinese(name):
    data, why = REFUSED[name]
    with pytest.raises(Refused, match=why):
        kinds.find(data)


def test_an_archive_that_would_swell_is_refused_before_it_is_opened():
    with pytest.raises(Refused, match="大得不合理"):
        kinds.find(archive("word/document.xml", *(f"p{i}" for i in range(3)), fill=b"0" * (60 * 1024 * 1024)))


def test_a_locked_archive_is_refused():
    locked = bytearray(archive("word/document.xml"))
    at = locked.rindex(b"PK\x01\x02") + 8
    locked[at : at + 2] = struct.pack("<H", 1)
    with pytest.raises(Refused, match="加了密码"):
        kinds.find(bytes(locked))


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("C:\\公示\\截图.png", "截图.png"), ("../../etc/passwd", "passwd"), ("a\0b\r\n.png", "ab.png"), ("报\u202egnp.exe", "报gnp.exe"),
        ("长" * 300 + ".png", "长" * 146 + ".png"), ("", "未命名"), ("...", "未命名"),
    ],
)  # fmt: skip
def test_the_original_name_is_kept_as_harmless_text(name, cleaned):
    assert kinds.cleaned_name(name) == cleaned


def test_a_field_refuses_at_the_field_and_asks_for_the_kinds_that_will_do():
    field = Upload(label="照片", only=kinds.PICTURES)
    assert field.clean(SimpleUploadedFile("照片.png", PNG)).name == "照片.png"
    assert field.widget.attrs["accept"] == ".png,.jpg,.jpeg"
    for data, said in ((TAKEN["pdf"], "这里要的是PNG 图片、JPEG 图片，收到的是PDF"), (b"\0", "不是允许的类型"), (b"", "文件是空的")):
        with pytest.raises(Exception, match=said):
            field.clean(SimpleUploadedFile("照片.png", data))
    with pytest.raises(Exception, match="请选择照片"):
        field.clean(None)


# ---- on the disk


def test_the_file_lies_under_a_neutral_name_with_length_and_digest_before_its_row(db):
    row = keep(ContentFile(PNG, "截图.png"), name="公布页面截图.png")
    assert row.pk is None and row.path.read_bytes() == PNG and "截图" not in row.stored
    assert (row.name, row.media, row.length, row.sha256) == ("公布页面截图.png", "png", len(PNG), hashlib.sha256(PNG).hexdigest())
    assert row.path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotRecorded):
        row.save()


def test_trust_25_5_temp_fsync_rename_fsync_of_the_folder_in_this_order(db, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT, done = tmp_path / "new" / "files", []
    real_fsync, real_rename = os.fsync, os.rename
    monkeypatch.setattr(os, "fsync", lambda fd: (done.append(Path(f"/proc/self/fd/{fd}").resolve().name), real_fsync(fd)))
    monkeypatch.setattr(os, "rename", lambda a, b: (done.append("rename"), real_rename(a, b)))
    row = keep(ContentFile(PNG, "a.png"))
    assert done == ["new", f"{row.stored}.tmp", "rename", "files"]


def test_a_full_disk_is_said_in_chinese_and_leaves_nothing(db, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def full(fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="文件没有保存"):
        keep(ContentFile(PNG, "a.png"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_a_row_is_swept_after_a_day_and_one_with_a_row_never(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    stays, young, goes = kept(), keep(ContentFile(b"a", "a.txt")), keep(ContentFile(b"b", "b.txt"))
    for row in (stays, goes):
        os.utime(row.path, (time.time() - store.KEPT - 60,) * 2)
    sweep()
    assert {p.name for p in tmp_path.iterdir()} == {stays.stored, young.stored}


def test_the_store_is_looked_through_once_a_day_not_on_every_tick(db, settings, tmp_path, at):
    settings.MEDIA_ROOT = tmp_path
    with at("2016-06-07T09:00"):
        sweep()
        left = keep(ContentFile(b"b", "b.txt"))
        os.utime(left.path, (time.time() - store.KEPT - 60,) * 2)
        assert store.sweep() == 0 and left.path.exists()
    with at("2016-06-08T00:10"):
        assert store.sweep() == 1 and not left.path.exists()


# ---- verify (g3)


def test_g3_a_sound_store_has_no_fault(db):
    kept()
    assert verify().fault is None


SPOILED = {
    "changed": (lambda path: path.write_bytes(b"x" * path.stat().st_size), "内容与登记的摘要不一致"),
    "one byte": (lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\x85"), "内容与登记的摘要不一致"),
    "truncated": (lambda path: path.write_bytes(path.read_bytes()[:-1]), "长度为 11，登记的是 12"),
    "missing": (lambda path: path.unlink(), "不在存放处"),
    "a folder in its place": (lambda path: (path.unlink(), path.mkdir()), "不在存放处"),
}


@pytest.mark.parametrize("how", SPOILED)
def test_g3_a_spoiled_file_is_named(how, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kept(name="另一份.txt")
    row = kept()
    SPOILED[how][0](row.path)
    fault = verify().fault
    assert (fault.table, fault.row) == ("files_storedfile", str(row.pk))
    assert SPOILED[how][1] in fault.what and "页面.txt" in fault.what


def test_g3_a_file_and_its_row_changed_together_are_found_by_the_row(db):
    row = kept()
    row.path.write_bytes(b"forged")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE files_storedfile SET length = 6, sha256 = %s WHERE id = %s", [hashlib.sha256(b"forged").hexdigest(), row.pk])
    assert "内容与台账记载的摘要不一致" in verify().fault.what


def test_g3_an_old_file_that_no_row_names_is_named(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kept()
    (tmp_path / "stray").write_bytes(b"x")
    assert verify().fault is None  # an act may be under way
    os.utime(tmp_path / "stray", (time.time() - store.KEPT - 60,) * 2)
    assert verify().fault.row == "stray"


# ---- the way out


@pytest.fixture
def open_to(monkeypatch):
    """`open_to("cg")`: the store as a room would open it to one office."""

    def to(*codes):
        monkeypatch.setattr(access, "MAY_SEE", [lambda file, office, day: office.code in codes])

    return to


def test_a_file_is_given_as_an_attachment_that_no_browser_opens(district, client_as, open_to):
    row = kept("<html><script>alert(1)</script>", "公布\u202e页.png")
    open_to("cg")
    answer = client_as("cg_1").get(f"/files/{row.stored}/")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"<html><script>alert(1)</script>")
    assert answer["Content-Disposition"].startswith("attachment;") and ".html" in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox") and answer["Cache-Control"] == "no-store"


def test_who_may_not_see_what_it_belongs_to_gets_the_answer_of_a_file_that_is_not_there(district, client_as, client, open_to):
    row = kept()
    open_to("cg")
    stranger = client_as("hyl_1")
    answers = [stranger.get(f"/files/{name}/") for name in (row.stored, "0" * 32)]
    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].content.replace(row.stored.encode(), b"") == answers[1].content.replace(b"0" * 32, b"")
    assert client.get(f"/files/{row.stored}/").status_code == 302
    assert client_as("cg_1").post(f"/files/{row.stored}/").status_code == 405


def test_no_room_speaks_for_it_nobody_gets_it(district, client_as, monkeypatch):
    monkeypatch.setattr(access, "MAY_SEE", [])
    row = kept()
    assert client_as("zwb_1").get(f"/files/{row.stored}/").status_code == 404


def test_a_file_gone_from_the_store_is_not_found(district, client_as, open_to):
    row = kept()
    open_to("cg")
    row.path.unlink()
    assert client_as("cg_1").get(f"/files/{row.stored}/").status_code == 404


def test_the_store_is_outside_of_what_the_web_server_gives_out():
    assert not str(settings.MEDIA_ROOT).startswith(str(settings.STATIC_ROOT)) and not settings.MEDIA_URL.strip("/")
    assert StoredFile._meta.db_table == store.TABLE
