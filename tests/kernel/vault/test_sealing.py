"""T10: what is sealed opens at its own place and under its own key only, and tells nothing of itself anywhere else."""

import base64
import io
import json
import sys
import traceback

import pytest
from django.db import connection
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.vault import crypto, keys, sealing
from qingdan.kernel.vault.models import Sealed
from qingdan.kernel.vault.reading import read_content
from qingdan.kernel.vault.sealing import commitment, seal

from .conftest import CONTENT, IDENTITY, SUBJECT

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("alg", ["AES-256-GCM", "SM4-GCM"])


def forged(row, **columns):
    """The row changed past the product, as whoever has the database can do it."""
    told = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE vault_sealed SET {told} WHERE id = %s", [*columns.values(), row.pk])


def read(room, row):
    return read_content(row, by=room.inv_1, office=room.office, purpose="办理")


def kept(kind, subject, fields):
    row = seal(kind, subject, fields)
    note("fill", by=None, rows=[row])
    return row


@BOTH
def test_what_was_sealed_is_read_again_and_the_row_says_how_it_was_sealed(room, settings, alg):
    settings.VAULT_ALG = alg
    told = {"text": "生僻字𠮷，e\u0301 不合并", "nothing": ""}
    row = kept("content", SUBJECT, told)
    assert (row.alg, read(room, row)) == (alg, told)
    assert verify().fault is None


def test_after_a_change_of_the_setting_older_rows_open_in_their_own_way(room, settings):
    settings.VAULT_ALG = "SM4-GCM"
    newer = kept("content", SUBJECT, CONTENT)
    assert (room.content.alg, newer.alg) == ("AES-256-GCM", "SM4-GCM")
    assert read(room, room.content) == read(room, newer) == CONTENT


def test_sm4_is_the_standards_own_cipher():
    """GB/T 32907-2016, example 1: the block cipher under the mode is SM4 and no other."""
    from cryptography.hazmat.primitives.ciphers import Cipher, modes

    text = bytes.fromhex("0123456789abcdeffedcba9876543210")
    sm4 = Cipher(crypto.PROVIDERS["SM4-GCM"].cipher(text), modes.ECB()).encryptor()
    assert sm4.update(text).hex() == "681edf34d206965e86b3e94f536e4246"


def test_an_unknown_setting_is_named(settings):
    settings.VAULT_ALG = "ROT13"
    with pytest.raises(Exception, match="QINGDAN_VAULT_ALG 请写 AES-256-GCM、SM4-GCM"):
        seal("content", SUBJECT, CONTENT)


@BOTH
@pytest.mark.parametrize("columns", [("body",), ("body", "wrapped"), ("body", "wrapped", "key_id", "alg", "commitment")])
def test_T10_a_ciphertext_put_in_the_place_of_another_does_not_open(room, settings, alg, columns):
    settings.VAULT_ALG = alg
    one, other = kept("content", SUBJECT, CONTENT), kept("content", SUBJECT, {"text": "别的"})
    forged(one, **{name: getattr(other, name) for name in columns})
    with pytest.raises(Refused, match="可能被改动"):
        read(room, one)
    assert verify().fault.table == "vault_sealed"
    assert read(room, other) == {"text": "别的"}


@pytest.mark.parametrize(("column", "value"), [("subject", "another0subject0"), ("kind", "identity"), ("alg", "SM4-GCM"), ("body", "####"), ("body", ""), ("wrapped", "AAAA"), ("alg", "none")])
def test_T10_a_row_moved_to_another_subject_kind_or_algorithm_does_not_open(room, column, value):
    forged(room.content, **{column: value})
    with pytest.raises((Refused, ValueError)) as refused:
        read(room, room.content)
    assert "甲乙丙丁" not in str(refused.value)


def test_T10_one_bit_of_the_body_makes_it_unreadable(room):
    raw = bytearray(base64.b64decode(room.content.body))
    for at in (0, 20, len(raw) - 1):
        wrong = raw.copy()
        wrong[at] ^= 1
        forged(room.content, body=base64.b64encode(wrong).decode())
        with pytest.raises(Refused):
            read(room, room.content)


def test_every_row_has_a_data_key_of_its_own_and_the_key_of_the_content_does_not_open_the_identity(room):
    ring = keys.ring()
    of_content, of_identity = (sealing.unwrap(row, ring) for row in (room.content, room.identity))
    assert of_content != of_identity
    with pytest.raises(crypto.Broken):
        crypto.current().unseal(of_content, base64.b64decode(room.identity.body), room.identity.aad)


def test_a_row_under_a_key_that_the_ring_has_not_says_so(room):
    forged(room.content, key_id="k00000000")
    with pytest.raises(Refused, match="没有密钥 k00000000"):
        read(room, room.content)


def test_the_same_text_sealed_twice_is_nowhere_the_same():
    one, other = seal("identity", SUBJECT, IDENTITY), seal("identity", SUBJECT, IDENTITY)
    assert not {one.body, one.wrapped, one.commitment, one.pk} & {other.body, other.wrapped, other.commitment, other.pk}


def test_lengths_do_not_tell_a_short_name_from_a_long_one():
    assert len(seal("identity", SUBJECT, {"name": "王五"}).body) == len(seal("identity", SUBJECT, {"name": "欧阳娜娜子"}).body)


@pytest.mark.parametrize("alg", ["sha256", "sm3"])
def test_the_commitment_binds_the_text_and_is_salted_from_within_the_ciphertext(room, settings, alg):
    settings.LEDGER_HASH = alg
    row = kept("content", SUBJECT, CONTENT)
    salt = json.loads(crypto.current().unseal(sealing.unwrap(row, keys.ring()), base64.b64decode(row.body), row.aad))["salt"]
    assert row.commitment == commitment(salt, CONTENT) and row.commitment.startswith(f"{alg}:")
    assert commitment(salt, {"text": CONTENT["text"] + "。"}) != row.commitment and commitment("0" * 32, CONTENT) != row.commitment


def test_the_events_of_the_ledger_hold_nothing_of_the_text(room):
    read(room, room.content)
    bodies = "".join(Event.objects.values_list("body", flat=True))
    assert room.content.pk in bodies and SUBJECT in bodies
    assert not [word for word in (*IDENTITY.values(), *CONTENT.values()) if word in bodies]


# ---- no word of it in what is printed, raised or reported ------------------------------------------------


def test_nothing_that_is_printed_of_a_row_or_a_ring_shows_what_it_hides(room):
    secret = base64.b64encode(keys.ring().current.secret).decode()
    shown = f"{room.identity!r} {room.identity} {keys.ring()!r} {keys.ring().current!r} {crypto.current()!r}"
    assert not [word for word in (secret, str(keys.ring().current.secret), *IDENTITY.values()) if word in shown]


@pytest.mark.parametrize("fields", [{"text": "甲乙丙丁\ud800", "n": 5}, {"text": object()}, {"text": 1.5}])
def test_f7_fields_that_cannot_be_sealed_raise_an_error_without_them(fields):
    with pytest.raises(ValueError, match="fields are texts by name") as error:
        seal("content", SUBJECT, fields)
    assert "甲乙丙丁" not in "".join(traceback.format_exception(error.value))


def test_f7_the_report_of_an_error_while_sealing_shows_no_text(monkeypatch):
    def boom(*_):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(crypto.Provider, "seal", boom)
    request = RequestFactory().get("/")
    try:
        seal("identity", SUBJECT, {"name": "张三丰甲乙"})
    except RuntimeError:
        report = ExceptionReporter(request, *sys.exc_info())
    frames = {frame["function"]: str(frame["vars"]) for frame in report.get_traceback_frames()}
    assert {"seal", "new_row", "wrap"} <= set(frames), "the report has the frames, so the test is alive"
    assert not [name for name in ("seal", "new_row", "wrap") if "张三丰甲乙" in frames[name] or "bytes" in frames[name]]
    out = io.StringIO(report.get_traceback_text())
    assert "张三丰甲乙" not in out.getvalue().partition("vault/sealing.py")[2]


# ---- what is no kind, no subject, no ring -----------------------------------------------------------------


@pytest.mark.parametrize(("kind", "subject"), [("file", SUBJECT), ("name", SUBJECT), ("content", "short"), ("content", "投诉编号一二三四五"), ("content", "a" * 41)])
def test_what_is_no_kind_or_no_subject_is_refused(kind, subject):
    with pytest.raises(ValueError):
        seal(kind, subject, CONTENT)


def test_without_a_ring_nothing_is_sealed_and_nothing_is_read(room, settings, tmp_path):
    settings.VAULT_MAKES_KEYS, settings.VAULT_KEYS = False, str(tmp_path / "none")
    for use in (lambda: seal("content", SUBJECT, CONTENT), lambda: read(room, room.content)):
        with pytest.raises(Refused, match="密钥文件不在，或者读不出来"):
            use()
    assert not (tmp_path / "none").exists() and Sealed.objects.count() == 2
