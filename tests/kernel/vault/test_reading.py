"""P-E4, T8, f4: whoever reads is written down first; an identity opens for a person with a grant in force and for nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import append
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Post
from qingdan.kernel.vault import crypto, reading, registry, unlocking
from qingdan.kernel.vault.destroying import shred
from qingdan.kernel.vault.models import Reading, Sealed
from qingdan.kernel.vault.reading import read_content, read_identity, who_has_seen
from qingdan.kernel.vault.sealing import seal

from .conftest import CONTENT, IDENTITY, SUBJECT

pytestmark = pytest.mark.django_db


def content(room, by="inv_1", office=None, purpose="办理"):
    return read_content(room.content, by=getattr(room, by), office=office or room.office, purpose=purpose)


def identity(room, by="inv_1", office=None):
    return read_identity(room.identity, by=getattr(room, by), office=office or room.office, purpose="当面核实")


def test_a_reading_is_an_event_that_says_who_what_and_why_and_nothing_of_the_text(room):
    assert content(room) == CONTENT
    event = Event.objects.get(act="read_sealed")
    assert (event.person, event.office_code) == (room.inv_1, "zwb")
    assert event.told["facts"] == {"subject": SUBJECT, "kind": "content", "sealed": room.content.pk, "purpose": "办理"}
    assert [table for table, _, _ in event.told["rows"]] == ["vault_reading"]


def test_诉4_the_complainant_reads_by_the_query_code_and_that_is_written_too(room):
    assert read_content(room.content, by=None, office=None, purpose="凭查询码查看") == CONTENT
    (seen,) = who_has_seen(SUBJECT)
    assert (seen.who, seen.office, seen.purpose) == ("投诉人本人（凭查询码）", "", "凭查询码查看")


def test_谁看过_names_everybody_who_opened_something_of_this_subject_and_nobody_else(room, unlocked):
    content(room)
    unlocked(room.inv_2)
    identity(room, "inv_2")
    other = seal("content", "another0subject0", {"text": "别的"})
    note("fill", by=None, rows=[other])
    read_content(other, by=room.keeper_2, office=room.other.office, purpose="别的")
    assert [(s.who, s.office, s.what, s.purpose, s.at) for s in who_has_seen(SUBJECT)] == [
        ("inv_1某", "政务办", "投诉内容", "办理", clock.now()), ("inv_2某", "政务办", "身份信息", "当面核实", clock.now()),
    ]  # fmt: skip


def test_f4_as_many_openings_as_readings_whatever_happens(room, unlocked):
    before = crypto.opened()
    unlocked(room.inv_1)
    for do in (content, identity, content, lambda r: content(r, "keeper_2"), lambda r: identity(r, "inv_2"), lambda r: identity(r, "leader_1", r.leaders)):
        try:
            do(room)
        except Refused:
            continue
    assert crypto.opened() - before == Reading.objects.count() == Event.objects.filter(act="read_sealed").count() == 3
    assert verify().fault is None


def test_f4_what_cannot_be_written_down_is_not_given_out(room, monkeypatch):
    def full(*_, **__):
        raise DatabaseError("disk is full")

    monkeypatch.setattr(append, "_put", full)
    with pytest.raises(DatabaseError):
        content(room)


def test_f4_a_reading_inside_an_act_could_be_undone_with_it_and_is_refused(room):
    with pytest.raises(RuntimeError, match="read before or after"), acting("other"):
        content(room)
    assert not Reading.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE vault_reading SET purpose = ''", "DELETE FROM vault_reading"])
def test_no_reading_can_be_changed_or_taken_away_afterwards(room, statement):
    content(room)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("purpose", ["", "长" * 41, "一\n二"])
def test_every_reading_has_a_purpose(room, purpose):
    with pytest.raises(ValueError):
        content(room, purpose=purpose)


def test_who_has_no_post_there_reads_nothing(room):
    with pytest.raises(Refused, match="没有任职"):
        content(room, "keeper_2")
    with pytest.raises(Refused, match="没有任职"):
        read_content(room.content, by=room.inv_1, office=None, purpose="办理")


def test_content_is_not_read_as_identity_nor_identity_as_content(room, unlocked):
    unlocked(room.inv_1)
    with pytest.raises(ValueError):
        read_content(room.identity, by=room.inv_1, office=room.office, purpose="办理")
    with pytest.raises(ValueError):
        read_identity(room.content, by=room.inv_1, office=room.office, purpose="办理")


# ---- the identity ---------------------------------------------------------------------------------------


def test_PE2_with_a_grant_the_person_sees_the_identity(room, unlocked):
    unlocked(room.inv_1)
    assert identity(room) == IDENTITY


def test_PE2_without_a_grant_nobody_sees_it_not_the_custodian_and_not_the_leader(room):
    for who, office in (("inv_1", room.office), ("keeper_1", room.office), ("leader_1", room.leaders)):
        with pytest.raises(Refused):
            identity(room, who, office)
    assert not Reading.objects.exists()


def test_PE2_a_request_is_no_grant_and_a_denied_one_is_none(room):
    row = unlocking.ask(SUBJECT, "需要核实", by=room.inv_1, office=room.office)
    with pytest.raises(Refused, match="没有对您本人"):
        identity(room)
    unlocking.deny(row, by=room.keeper_1, reason="不必要")
    with pytest.raises(Refused, match="没有对您本人"):
        identity(room)


def test_PE2_a_grant_is_for_one_person(room, unlocked):
    unlocked(room.inv_1)
    with pytest.raises(Refused, match="没有对您本人"):
        identity(room, "inv_2")


def test_PE2_a_grant_is_for_one_subject(room, unlocked, monkeypatch):
    unlocked(room.inv_1)
    other = seal("identity", "another0subject0", {"name": "李四"})
    note("fill", by=None, rows=[other])
    monkeypatch.setattr(registry, "WHO_HANDLES", [lambda subject, ask=registry.WHO_HANDLES[0]: ask(SUBJECT)])
    with pytest.raises(Refused, match="没有对您本人"):
        read_identity(other, by=room.inv_1, office=room.office, purpose="核实")


def test_PE2_a_grant_is_for_the_office_in_which_it_was_asked_for(room, unlocked):
    note("appoint", by=None, rows=[Post(person=room.inv_1, office=room.other.office)])
    unlocked(room.inv_1)
    with pytest.raises(Refused, match="没有对您本人"):
        identity(room, office=room.other.office)


def test_PE2_a_grant_ends_at_its_moment(room, unlocked):
    row = unlocked(room.inv_1)
    row.refresh_from_db()
    clock.set_fixed(row.until - timedelta(seconds=1))
    assert identity(room) == IDENTITY
    clock.set_fixed(row.until)
    with pytest.raises(Refused, match="没有对您本人"):
        identity(room)


def test_PE2_a_grant_given_back_or_taken_back_is_over_at_once(room, unlocked):
    for by in (room.inv_1, room.keeper_1):
        unlocking.end(unlocked(room.inv_1), by=by)
        with pytest.raises(Refused, match="没有对您本人"):
            identity(room)


def test_b5_who_no_longer_works_on_the_case_sees_nothing_in_spite_of_the_grant(room, unlocked):
    unlocked(room.inv_1)
    room.involved.discard(room.inv_1)
    with pytest.raises(Refused, match="无权查看"):
        identity(room)


def test_b5_whose_post_has_ended_sees_nothing_in_spite_of_the_grant(room, unlocked):
    unlocked(room.inv_1)
    post = Post.objects.get(person=room.inv_1)
    post.valid_to = clock.today() - timedelta(days=1)
    note("end", by=None, rows=[post])
    with pytest.raises(Refused, match="没有任职"):
        identity(room)


def test_a_subject_that_no_room_handles_opens_for_nobody(room, unlocked, monkeypatch):
    unlocked(room.inv_1)
    monkeypatch.setattr(registry, "WHO_HANDLES", [])
    with pytest.raises(Refused, match="无权查看"):
        identity(room)


def test_f8_what_is_looked_at_in_place_of_what_is_not_there_opens_for_nobody(room, unlocked, monkeypatch):
    """Not even for those at work on it, whose grant is in force."""
    unlocked(room.inv_1)
    another = replace(registry.WHO_HANDLES[0](SUBJECT), real=False)
    monkeypatch.setattr(registry, "WHO_HANDLES", [lambda subject: another])
    assert registry.who_handles(SUBJECT) is None and unlocking.known(SUBJECT, room.inv_1, room.office) is None
    with pytest.raises(Refused, match="无权查看"):
        identity(room)


# ---- destroyed -------------------------------------------------------------------------------------------


def test_what_is_destroyed_opens_for_nobody_and_its_commitment_stays(room, unlocked):
    unlocked(room.inv_1)
    before = {row.pk: row.commitment for row in Sealed.objects.all()}
    assert shred(SUBJECT, by=room.inv_1, office=room.office) == 2 and shred(SUBJECT, by=room.inv_1, office=room.office) == 0
    assert {row.pk: (row.commitment, row.wrapped, row.destroyed_on) for row in Sealed.objects.all()} == {
        pk: (commitment, "", clock.today()) for pk, commitment in before.items()
    }
    for do in (content, identity):
        with pytest.raises(Refused, match="2016-06-13按程序销毁"):
            do(room)
    event = Event.objects.get(act="shred_sealed")
    assert event.told["facts"]["subject"] == SUBJECT and len(event.told["rows"]) == 2
    assert verify().fault is None


def test_destroying_one_subject_leaves_the_others(room):
    other = seal("content", "another0subject0", {"text": "别的"})
    note("fill", by=None, rows=[other])
    shred(SUBJECT, by=None)
    assert read_content(other, by=room.keeper_2, office=room.other.office, purpose="别的") == {"text": "别的"}


def test_P_E6_destroying_the_identity_leaves_the_content_and_one_row_the_others(room, unlocked):
    unlocked(room.inv_1)
    other = seal("content", SUBJECT, {"text": "别的"})
    strange = seal("content", "another0subject0", {"text": "别人的"})
    note("fill", by=None, rows=[other, strange])
    assert shred(SUBJECT, by=None, kinds=["identity"]) == 1 and content(room) == CONTENT
    with pytest.raises(Refused, match="按程序销毁"):
        identity(room)
    assert shred(SUBJECT, by=None, only=[other.pk, strange.pk, room.identity.pk]) == 1, "neither another subject's nor what is destroyed already"
    assert content(room) == CONTENT and read_content(strange, by=room.keeper_2, office=room.other.office, purpose="别的") == {"text": "别人的"}
    assert verify().fault is None


def test_only_the_reading_module_opens_bodies():
    """f4 counts what `open_body` opened: nothing else in the product may call it, nor open a body uncounted."""
    from pathlib import Path

    import qingdan

    root = Path(qingdan.__file__).parent
    users = {word: {p.name for p in root.rglob("*.py") if word in p.read_text(encoding="utf-8")} for word in (".open_body(", ".unseal(", "kernel.vault.crypto")}
    assert users == {".open_body(": {"reading.py"}, ".unseal(": {"crypto.py", "sealing.py"}, "kernel.vault.crypto": set()}
    assert reading.read_content.__wrapped__.__doc__
