"""诉13 (T9): what staff declare is compared with the sealed identity without anybody seeing it; the answer is yes or no, written down before it is given."""

from datetime import timedelta

import pytest
from django.test import Client

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.vault import crypto, interests, keys
from qingdan.kernel.vault.destroying import shred
from qingdan.kernel.vault.interests import conflict, declare
from qingdan.kernel.vault.models import Comparison, Interest, Reading
from qingdan.kernel.vault.reading import read_content, who_has_seen
from qingdan.kernel.vault.sealing import seal

from .conftest import CONTENT, IDENTITY, SUBJECT

pytestmark = pytest.mark.django_db
PAGE = "/vault/interests/"
SAME = {
    "phone": ("13800138000", "+86 138-0013-8000", "１３８ ００１３ ８０００"),
    "address": ("花园路88号院3号楼", "金水区花园路 88 号院三号楼", "河南省郑州市金水区花园路街道花园路88号3幢"),
}


def put(room, kind, value, whose="self", by="inv_1"):
    declare(kind, whose, value, by=getattr(room, by), office=room.office)


def asked(room, person="inv_1", by="inv_2"):
    return conflict(room.identity, getattr(room, person), by=getattr(room, by), office=room.office)


def sealed(subject=SUBJECT, **fields):
    row = seal("identity", subject, fields)
    note("fill", by=None, rows=[row])
    return row


# ---- the answer


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in SAME.items() for value in values])
def test_诉13_what_was_declared_is_found_however_it_was_typed(room, kind, value):
    assert asked(room) is False
    put(room, kind, value)
    assert asked(room) is True


@pytest.mark.parametrize("value", ["13800138001", "0371-63800138"])
def test_诉13_another_telephone_is_no_conflict(room, value):
    put(room, "phone", value)
    assert asked(room) is False


def test_诉13_a_number_without_area_code_an_ID_tail_and_one_of_several_telephones_are_found(room):
    room.identity = sealed(phone="63801234 或者 0371-6555 1234", id_tail="123x", representatives="张三 13900139000")
    for kind, value in (("phone", "0371-65551234"), ("id_tail", "123Ｘ"), ("phone", "139 0013 9000")):
        declare(kind, "relative", value, by=room.inv_1, office=room.office)
        assert asked(room) is True
        interests.end(interests.of(room.inv_1).get(ended_on=None), by=room.inv_1, office=room.office)
        clock.set_fixed(clock.now() + timedelta(days=1))


def test_诉13_a_conflict_is_that_of_the_person_who_declared_and_of_nobody_else(room):
    put(room, "phone", IDENTITY["phone"])
    assert asked(room, "inv_2") is False and asked(room, "inv_1") is True


def test_诉13_what_was_ended_is_compared_no_more(room):
    put(room, "phone", IDENTITY["phone"])
    interests.end(Interest.objects.get(), by=room.inv_1, office=room.office)
    assert asked(room) is False


def test_诉13_an_ID_tail_does_not_meet_a_telephone(room):
    room.identity = sealed(phone="8000")
    put(room, "id_tail", "8000")
    assert asked(room) is False


def test_诉13_without_an_identity_or_after_it_was_destroyed_there_is_no_conflict(room):
    put(room, "phone", IDENTITY["phone"])
    assert conflict(None, room.inv_1, by=room.inv_2, office=room.office) is False and not Comparison.objects.exists()
    shred(SUBJECT, by=None)
    before = crypto.opened()
    assert asked(room) is False and crypto.opened() == before and Comparison.objects.count() == 1 and not Reading.objects.exists()


# ---- written down, and limited


def test_诉13_a_check_is_an_event_that_says_whom_and_not_what_came_of_it(room):
    put(room, "phone", IDENTITY["phone"])
    asked(room)
    put(room, "address", "文化路1号")
    asked(room, "inv_2")
    first, second = Event.objects.filter(act="blind_check").order_by("seq")
    assert (first.person, first.office_code) == (room.inv_2, "zwb")
    assert first.told["facts"] == {"subject": SUBJECT, "sealed": room.identity.pk, "about": "inv_1"}
    assert {**second.told["facts"], "about": "inv_1"} == first.told["facts"], "the answer is in neither"
    assert [(s.who, s.what, s.purpose) for s in who_has_seen(SUBJECT)] == [("inv_2某", "身份信息", interests.PURPOSE)] * 2
    assert verify().fault is None


def test_诉13_it_is_written_before_it_is_answered(room, monkeypatch):
    seen = []
    monkeypatch.setattr(interests, "mark", lambda *_: seen.append(Event.objects.filter(act="blind_check").count()) or "x:x")
    note("fill", by=None, rows=[Interest(person=room.inv_1, kind="phone", whose="self", mark=f"{keys.ring().current.id}:0", declared_on=clock.today())])
    asked(room)
    assert seen == [1]


def test_诉13_a_check_inside_an_act_could_be_undone_with_it_and_is_refused(room):
    with pytest.raises(RuntimeError, match="compare before or after"), acting("other"):
        asked(room)
    assert not Comparison.objects.exists()


def test_诉13_three_checks_a_day_for_each_person_checked(room):
    for _ in range(3):
        asked(room)
    with pytest.raises(Refused, match="今天已经核对过 3 次") as refused:
        conflict(room.identity, room.inv_1, by=room.inv_1, office=room.office)
    assert "请明天再核对" in str(refused.value)
    assert asked(room, "inv_2") is False, "another one's checks are their own"
    clock.set_fixed("2016-06-14T00:00")
    assert asked(room) is False


def test_诉13_only_who_knows_of_the_case_asks(room):
    for by, office in (("keeper_2", room.other.office), ("inv_1", room.other.office), ("keeper_1", room.office)):
        with pytest.raises(Refused, match="无权查看"):
            conflict(room.identity, room.inv_1, by=getattr(room, by), office=office)
    assert not Comparison.objects.exists()


def test_诉13_content_is_not_compared(room):
    with pytest.raises(ValueError):
        conflict(room.content, room.inv_1, by=room.inv_2, office=room.office)


def test_f4_with_checks_among_them_as_many_openings_as_readings_and_as_events_that_wrote_one(room):
    put(room, "phone", IDENTITY["phone"])
    before = crypto.opened()
    for do in (asked, asked, asked, asked, lambda r: asked(r, "inv_2"), lambda r: asked(r, by="keeper_1")):
        try:
            do(room)
        except Refused:
            continue
    assert read_content(room.content, by=room.inv_1, office=room.office, purpose="办理") == CONTENT
    wrote = [e for e in Event.objects.all() if "vault_reading" in {table for table, _, _ in e.told["rows"]}]
    assert crypto.opened() - before == Reading.objects.count() == len(wrote) == 5


def test_f4_only_reading_and_comparing_open_rows():
    from pathlib import Path

    import qingdan

    root = Path(qingdan.__file__).parent / "kernel" / "vault"
    users = {word: {p.name for p in root.rglob("*.py") if word in p.read_text(encoding="utf-8")} for word in ("fields_of(", "opened(row", "look(")}
    assert users == {"fields_of(": {"reading.py", "comparing.py", "carrying.py"}, "opened(row": {"reading.py"}, "look(": {"comparing.py", "interests.py", "marking.py"}}


# ---- what is kept


def test_诉13_of_what_was_declared_only_a_mark_is_kept(room):
    for kind, value in (("phone", "13912340002"), ("id_tail", "7731"), ("address", "文化路乙字7单元")):
        put(room, kind, value, "relative")
    rows = Interest.objects.all()
    assert {row.key_id for row in rows} == {keys.ring().current.id} and len({row.mark for row in rows}) == 3
    kept = "".join(f"{row.mark}{row}" for row in rows) + "".join(e.body for e in Event.objects.all())
    assert not [word for word in ("13912340002", "文化路", "乙字") if word in kept]


def test_诉13_two_colleagues_with_one_telephone_have_no_mark_in_common(room):
    for by in ("inv_1", "inv_2"):
        put(room, "phone", IDENTITY["phone"], by=by)
    assert len({row.mark for row in Interest.objects.all()}) == 2 and asked(room, "inv_1", "inv_2") and asked(room, "inv_2", "inv_1")


def test_诉13_marks_of_an_older_key_are_found_and_one_whose_key_is_gone_is_never_answered_with_no(room):
    from qingdan.kernel.vault import rotating

    put(room, "phone", IDENTITY["phone"])
    old = keys.ring().current.id
    rotating.rotate()
    assert asked(room) is True
    clock.set_fixed(clock.now() + timedelta(days=2))
    rotating.retire(old)
    with pytest.raises(Refused, match="密钥已经移除"):
        asked(room)
    interests.end(Interest.objects.get(), by=room.inv_1, office=room.office)
    put(room, "phone", IDENTITY["phone"])
    assert asked(room) is True


@pytest.mark.parametrize(
    ("kind", "value"),
    [("phone", "12345"), ("phone", "13800138000、13900139000"), ("id_tail", "410105199001011234"), ("id_tail", "12"), ("address", "金水区"), ("address", "文化路")],
)
def test_诉13_what_could_not_be_compared_is_refused_without_being_repeated(room, kind, value):
    with pytest.raises(Refused, match="请") as refused:
        put(room, kind, value)
    assert value not in str(refused.value) and not Interest.objects.exists()


def test_诉13_declared_twice_in_anothers_name_or_without_a_post_is_refused(room):
    put(room, "phone", "13800138000")
    with pytest.raises(Refused, match="已经申报过"):
        put(room, "phone", "138 0013 8000", "relative")
    with pytest.raises(Refused, match="没有任职"):
        declare("phone", "self", "13800138000", by=room.keeper_2, office=room.office)
    for kind, whose in (("name", "self"), ("phone", "friend")):
        with pytest.raises(Refused, match="列出的各项"):
            put(room, kind, "13900139000", whose)
    room.inv_2.stands_for = (room.inv_1,)
    with pytest.raises(Refused, match="本人名义"):
        put(room, "phone", "13900139001", by="inv_2")


def test_诉13_numbers_cannot_be_tried_out_by_declaring_them_all(room):
    for n in range(interests.A_DAY):
        put(room, "id_tail", f"{n:04}")
    with pytest.raises(Refused, match="一天以 20 项为限"):
        put(room, "id_tail", "9999")
    clock.set_fixed("2016-06-14T09:00")
    for n in range(interests.IN_FORCE - interests.A_DAY):
        put(room, "id_tail", f"1{n:03}")
    clock.set_fixed("2016-06-15T09:00")
    with pytest.raises(Refused, match="有效的申报以 40 项为限"):
        put(room, "id_tail", "9999")


# ---- the page


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def test_诉13_the_page_lists_kind_whose_and_day_and_never_what_was_typed(room):
    client = as_(room.inv_1)
    assert "还没有申报" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"kind": "phone", "whose": "relative", "value": "13912340002"})["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert all(word in page for word in ("电话号码", "亲属", "2016-06-13", "有效")) and "13912340002" not in page
    end = f"{PAGE}{Interest.objects.get().pk}/end/"
    for person in (room.inv_2, room.keeper_2):
        assert "电话号码</th>" not in as_(person).get(PAGE).content.decode() and as_(person).post(end).status_code == 404
    assert client.post(end)["Location"] == PAGE and "已结束" in client.get(PAGE).content.decode()
    assert client.post(end)["Location"] == PAGE and Event.objects.filter(act="end_interest").count() == 1
    assert client.post(f"{PAGE}{10**20}/end/").status_code == 404
    assert verify().fault is None


def test_诉13_a_value_that_cannot_be_compared_is_refused_on_the_form(room):
    answer = as_(room.inv_1).post(PAGE, {"kind": "id_tail", "whose": "self", "value": "41010519900101"})
    assert answer.status_code == 422 and "最后四位" in answer.content.decode() and not Interest.objects.exists()


def test_the_account_leads_to_it_and_the_list_takes_as_many_queries_for_one_as_for_twenty(room):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_(room.inv_1)
    assert f'href="{PAGE}"' in client.get("/account/").content.decode()
    put(room, "id_tail", "0000")

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(PAGE)
        return len(found)

    few = queries()
    for n in range(1, interests.A_DAY):
        put(room, "id_tail", f"{n:04}")
    assert queries() == few
