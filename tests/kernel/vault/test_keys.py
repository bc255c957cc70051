"""The ring of keys: for its owner alone, rotated without reading anything, and refused where an installation would lose or leak it."""

import json
import os
from datetime import timedelta

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.database import deployment
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.vault import crypto, keys, rotating
from qingdan.kernel.vault.destroying import shred
from qingdan.kernel.vault.management.commands import vault_keys
from qingdan.kernel.vault.models import Sealed
from qingdan.kernel.vault.reading import read_content
from qingdan.kernel.vault.sealing import seal
from tests.kernel.ledger.worlds import said

from .conftest import CONTENT, SUBJECT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own(settings, tmp_path):
    """A ring of this test's own, as an installation has one."""
    settings.VAULT_KEYS, settings.VAULT_MAKES_KEYS, settings.VAR = str(tmp_path / "keys" / "vault.keys"), False, tmp_path / "var"
    keys.make()
    return tmp_path / "keys" / "vault.keys"


def test_the_file_is_for_its_owner_alone_and_holds_random_keys(own, settings, tmp_path):
    assert own.stat().st_mode & 0o777 == 0o600 and [p.name for p in own.parent.iterdir()] == ["vault.keys"]
    first = keys.ring()
    settings.VAULT_KEYS = str(tmp_path / "other")
    assert first.current.secret != keys.make().current.secret and len(first.current.secret) == 32


def test_a_ring_that_is_there_is_never_written_over(own):
    before = own.read_bytes()
    with pytest.raises(Refused, match="绝不要删除"):
        keys.make()
    assert own.read_bytes() == before


def test_a_ring_that_others_can_open_is_not_used(own):
    for mode in (0o640, 0o604, 0o620, 0o601):
        os.chmod(own, mode)
        with pytest.raises(Refused, match="对本机的其他用户开放"):
            keys.ring()
    os.chmod(own, 0o600)
    assert keys.ring()


@pytest.mark.parametrize("spoil", [lambda t: "{}", lambda t: "", lambda t: json.dumps(t | {"keys": []}), lambda t: json.dumps(t | {"format": 2}),
                                   lambda t: json.dumps(t | {"keys": t["keys"] * 2}), lambda t: json.dumps(t | {"keys": [t["keys"][0] | {"secret": "QUJD"}]})])  # fmt: skip
def test_a_spoiled_ring_is_named_and_its_content_is_not_told(own, spoil):
    told = json.loads(own.read_text())
    own.write_text(spoil(told))
    with pytest.raises(Refused, match="读不出来") as refused:
        keys.ring()
    assert told["keys"][0]["secret"] not in str(refused.value) and refused.value.__suppress_context__


# ---- rotation --------------------------------------------------------------------------------------------


def texts(room):
    return [read_content(row, by=room.inv_1, office=room.office, purpose="核对") for row in Sealed.objects.filter(kind="content")]


def test_rotation_keeps_everything_readable_by_one_event_a_batch_and_opens_no_body(room, monkeypatch):
    monkeypatch.setattr(rotating, "AT_ONCE", 1)
    old, opened, bodies = keys.ring().current.id, crypto.opened(), set(Sealed.objects.values_list("body", "commitment"))
    current, done = rotating.rotate()
    assert (done, current != old, crypto.opened()) == (2, True, opened)
    assert set(Sealed.objects.values_list("key_id", flat=True)) == {current} and set(Sealed.objects.values_list("body", "commitment")) == bodies
    events = Event.objects.filter(act="wrap_anew")
    assert [len(e.told["rows"]) for e in events] == [1, 1] and events[0].told["facts"] == {"key": current, "rows": 1}
    assert texts(room) == [CONTENT] and verify().fault is None


def test_after_rotation_and_a_day_the_old_key_can_go_and_all_is_read_without_it(room):
    old = keys.ring().current.id
    with pytest.raises(Refused, match="还有 2 项"):
        rotating.retire(old)
    current, _ = rotating.rotate()
    with pytest.raises(Refused, match="不到一天"):
        rotating.retire(old)
    clock.set_fixed(clock.now() + timedelta(days=1))
    rotating.retire(old)
    assert [key.id for key in keys.ring().keys] == [current] and texts(room) == [CONTENT]
    with pytest.raises(Refused, match="没有密钥"):
        rotating.retire(old)
    with pytest.raises(Refused, match="还有 2 项"):
        rotating.retire(current)


def test_the_current_key_stays_even_where_nothing_is_wrapped_by_it():
    with pytest.raises(Refused, match="正在使用"):
        rotating.retire(keys.ring().current.id)


def test_a_rotation_that_was_interrupted_is_finished_and_makes_no_further_key(room, monkeypatch):
    monkeypatch.setattr(rotating, "AT_ONCE", 1)
    batch, calls = rotating._batch, []

    def cut(ring):
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return batch(ring)

    monkeypatch.setattr(rotating, "_batch", cut)
    with pytest.raises(KeyboardInterrupt):
        rotating.rotate()
    half, current = keys.ring(), keys.ring().current.id
    assert sorted(rotating.using().values()) == [1, 1] and texts(room) == [CONTENT], "readable in between"
    monkeypatch.setattr(rotating, "_batch", batch)
    assert rotating.rotate() == (current, 1) and len(keys.ring().keys) == len(half.keys)


def test_after_a_change_to_sm4_rotation_leaves_every_row_its_own_algorithm(room, settings):
    settings.VAULT_ALG = "SM4-GCM"
    rotating.rotate()
    assert texts(room) == [CONTENT] and room.content.alg == "AES-256-GCM"


def test_what_is_destroyed_is_not_wrapped_again(room):
    shred(SUBJECT, by=None)
    assert rotating.rotate()[1] == 0


def test_a_row_whose_key_was_changed_stops_the_rotation_and_is_named(room):
    from .test_sealing import forged

    forged(room.content, wrapped=room.identity.wrapped)
    with pytest.raises(Refused, match=f"第 {room.content.pk} 行"):
        rotating.rotate()


def test_the_command_makes_checks_rotates_and_retires(own, room_of, capsys):
    assert said(capsys, vault_keys, "new")[0] == 2
    own.unlink()
    code, out, _ = said(capsys, vault_keys, "new")
    assert code == 0 and "另存一份" in out and own.exists()
    first = keys.ring().current.id
    row = room_of()
    assert f"{first} 正在使用" in said(capsys, vault_keys, "check")[1]
    assert "重新包裹了 1 项" in said(capsys, vault_keys, "rotate")[1]
    clock.set_fixed(clock.now() + timedelta(days=2))
    assert f"{first} 旧" in (told := said(capsys, vault_keys, "check")[1]) and "包裹 1 项" in told
    assert said(capsys, vault_keys, "retire", first)[0] == 0 and len(keys.ring().keys) == 1
    assert said(capsys, vault_keys, "retire", "k0")[0] == 2 and said(capsys, vault_keys, "drop")[0] == 2
    own.unlink()
    keys.make()
    code, _, told = said(capsys, vault_keys, "check")
    assert code == 2 and "1 项内容的密钥" in told and row.pk not in told


@pytest.fixture
def room_of(db):
    from qingdan.kernel.ledger.acts import note

    def do():
        clock.set_fixed("2016-06-13T09:00")
        row = seal("content", SUBJECT, CONTENT)
        note("fill", by=None, rows=[row])
        return row

    return do


# ---- an installation ---------------------------------------------------------------------------------------


def numbers():
    return [message.id for message in deployment.unsafe_settings() if "qingdan.E056" <= message.id <= "qingdan.E061"]


def test_h3_a_ring_as_it_should_be_is_no_fault(own):
    assert numbers() == []


def test_h3_what_is_wrong_with_the_ring_stops_the_start(own, settings):
    os.chmod(own, 0o640)
    assert numbers() == ["qingdan.E059"]
    os.chmod(own, 0o600)
    settings.VAR = own.parent
    assert numbers() == ["qingdan.E060"]
    settings.VAR = own.parent / "elsewhere"
    settings.VAULT_MAKES_KEYS = True
    assert numbers() == ["qingdan.E057"]
    settings.VAULT_MAKES_KEYS = False
    own.write_text("{}")
    assert numbers() == ["qingdan.E061"]
    own.unlink()
    assert numbers() == ["qingdan.E058"]
    settings.VAULT_KEYS = ""
    assert numbers() == ["qingdan.E056"]
    with pytest.raises(Refused, match="没有设置 QINGDAN_VAULT_KEYS"):
        keys.ring()
