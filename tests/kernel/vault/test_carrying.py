"""P-D9, f4: an identity sealed once more under another subject; a reading like any other, and nobody is shown anything."""

import pytest

from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.vault import crypto
from qingdan.kernel.vault.carrying import PURPOSE, carry
from qingdan.kernel.vault.destroying import shred
from qingdan.kernel.vault.models import Reading, Sealed
from qingdan.kernel.vault.reading import COMPLAINANT, read_identity, who_has_seen

from .conftest import IDENTITY, SUBJECT

pytestmark = pytest.mark.django_db
NEXT = "5ubj3ct0bbbbbbbb"


def test_f4_one_opening_one_reading_one_event(room):
    before = crypto.opened()
    row = carry(room.identity, NEXT)
    assert crypto.opened() - before == Reading.objects.count() == Event.objects.filter(act="carry_identity").count() == 1
    assert (row.kind, row.subject) == (Sealed.IDENTITY, NEXT) and not Sealed.objects.filter(pk=row.pk).exists()
    assert [(s.who, s.what, s.purpose) for s in who_has_seen(SUBJECT)] == [(COMPLAINANT, "身份信息", PURPOSE)] and verify().fault is None


def test_what_is_carried_over_opens_at_its_new_place_alone(room, unlocked, monkeypatch):
    row = carry(room.identity, NEXT)
    note("fill", by=None, rows=[row])
    assert row.body != room.identity.body and row.commitment != room.identity.commitment and row.wrapped != room.identity.wrapped
    assert "张三丰" not in "".join(Event.objects.values_list("body", flat=True)) + "".join(map(str, Sealed.objects.values_list()))
    monkeypatch.setattr("qingdan.kernel.vault.reading.ensure_unlocked", lambda *_: None)
    assert read_identity(row, by=room.inv_1, office=room.office, purpose="核对") == IDENTITY
    assert verify().fault is None


def test_f4_inside_an_act_it_could_be_undone_and_is_refused(room):
    with acting("fill"), pytest.raises(RuntimeError):
        carry(room.identity, NEXT)
    assert not Reading.objects.exists()


def test_only_an_identity(room):
    with pytest.raises(ValueError, match="no identity"):
        carry(room.content, NEXT)
    assert not Reading.objects.exists()


def test_what_is_destroyed_is_not_carried_over(room):
    shred(SUBJECT, by=None)
    before = crypto.opened()
    assert carry(room.identity, NEXT) is None and crypto.opened() == before and not Reading.objects.exists()
