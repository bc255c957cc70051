"""P-E2, T8: asked with a reason, decided by a custodian of the handling office outside the case, for a day at most; a leader is nobody special."""

from datetime import date, timedelta

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.actions import entrust
from qingdan.kernel.offices.models import Custody, Post
from qingdan.kernel.vault import unlocking
from qingdan.kernel.vault.models import Unlock

from .conftest import SUBJECT

pytestmark = pytest.mark.django_db


def ask(room, by="inv_1", office=None, reason="需要当面核实"):
    return unlocking.ask(SUBJECT, reason, by=getattr(room, by), office=office or room.office)


def grant(room, row, by="keeper_1", **more):
    unlocking.grant(row, by=getattr(room, by), until=clock.now() + timedelta(**(more or {"hours": 2})))
    row.refresh_from_db()


def end(post_or_custody):
    post_or_custody.valid_to = clock.today() - timedelta(days=1)
    note("end", by=None, rows=[post_or_custody])


def test_each_step_is_an_event_of_who_takes_it(room):
    row = ask(room)
    grant(room, row)
    unlocking.end(row, by=room.inv_1)
    again = ask(room)
    unlocking.deny(again, by=room.keeper_1, reason="已经核实过")
    acts = ["ask_unlock", "grant_unlock", "end_unlock", "ask_unlock", "deny_unlock"]
    events = Event.objects.filter(act__endswith="unlock").order_by("seq")
    assert [(e.act, e.person) for e in events] == list(zip(acts, [room.inv_1, room.keeper_1, room.inv_1, room.inv_1, room.keeper_1], strict=True))
    assert all(e.told["facts"]["subject"] == SUBJECT for e in events)


def test_the_reason_typed_by_a_person_stands_in_its_row_and_not_in_the_event(room):
    ask(room, reason="张三的手机打不通")
    assert "张三" not in Event.objects.get(act="ask_unlock").body


def test_T8_a_leader_asks_like_everybody_and_the_asking_is_an_event(room):
    row = ask(room, "leader_1", room.leaders)
    assert Event.objects.get(act="ask_unlock").person == room.leader_1
    with pytest.raises(Refused):
        grant(room, row, "leader_1")


@pytest.mark.parametrize("reason", ["", " ", "长" * 201, "一\x07"])
def test_a_reason_is_needed(room, reason):
    with pytest.raises(Refused, match="理由"):
        ask(room, reason=reason)


def test_who_may_not_know_of_it_is_told_the_same_as_of_one_that_never_was(room):
    with pytest.raises(Refused) as real:
        unlocking.ask(SUBJECT, "想看", by=room.keeper_2, office=room.other.office)
    with pytest.raises(Refused) as never:
        unlocking.ask("never0never0never", "想看", by=room.keeper_2, office=room.other.office)
    assert str(real.value) == str(never.value)
    with pytest.raises(Refused, match="无权查看"):
        ask(room, "inv_1", room.other.office)


def test_one_request_at_a_time(room):
    row = ask(room)
    with pytest.raises(Refused, match="已经申请过"):
        ask(room)
    grant(room, row)
    with pytest.raises(Refused, match="已经申请过"):
        ask(room)
    clock.set_fixed(clock.now() + timedelta(hours=3))
    ask(room)


def test_the_key_of_a_form_asks_once(room):
    for _ in range(2):
        try:
            unlocking.ask(SUBJECT, "核实", by=room.inv_1, office=room.office, key="k")
        except Refused:
            continue
    assert Unlock.objects.count() == 1


def test_代_nobody_asks_decides_or_sees_in_the_place_of_another(room):
    row = ask(room)
    room.keeper_1.stands_for = room.inv_1.stands_for = (room.inv_2,)
    for do in (lambda: grant(room, row), lambda: unlocking.deny(row, by=room.keeper_1, reason="不"), lambda: ask(room)):
        with pytest.raises(Refused, match="只能以本人名义"):
            do()
    room.keeper_1.stands_for = ()
    grant(room, row)
    with pytest.raises(Refused, match="只能以本人名义"):
        unlocking.ensure_unlocked(SUBJECT, room.inv_1, room.office)
    room.inv_1.stands_for = ()
    unlocking.ensure_unlocked(SUBJECT, room.inv_1, room.office)


# ---- who decides ---------------------------------------------------------------------------------------


def test_the_custodian_of_the_handling_office_outside_the_case_decides(room):
    row = ask(room)
    grant(room, row)
    assert (row.outcome, row.decided_by, row.until) == (Unlock.GRANTED, room.keeper_1, clock.now() + timedelta(hours=2))


@pytest.mark.parametrize(("by", "why"), [("inv_2", "您参与办理"), ("keeper_2", "不是政务办的身份保管员"), ("leader_1", "不是政务办的身份保管员"), ("inv_1", "同一个人")])
@pytest.mark.parametrize("verb", ["grant", "deny"])
def test_nobody_else_does(room, by, why, verb):
    row = ask(room)
    with pytest.raises(Refused, match=why):
        grant(room, row, by) if verb == "grant" else unlocking.deny(row, by=getattr(room, by), reason="不")
    row.refresh_from_db()
    assert row.is_open


def test_a_custodian_does_not_decide_on_their_own_request(room):
    room.involved = {room.inv_1, room.keeper_1}
    row = ask(room, "keeper_1")
    room.involved = {room.inv_1}
    with pytest.raises(Refused, match="同一个人"):
        grant(room, row)


def test_a_custodian_of_yesterday_and_one_whose_post_has_ended_decide_nothing(room):
    row = ask(room)
    end(Custody.objects.get(person=room.keeper_1))
    with pytest.raises(Refused, match="不是政务办的身份保管员"):
        grant(room, row)
    entrust(person=room.keeper_1, office=room.office, by=None)
    end(Post.objects.get(person=room.keeper_1))
    with pytest.raises(Refused, match="不是政务办的身份保管员"):
        grant(room, row)


def test_when_another_office_handles_it_the_old_ones_custodian_decides_no_more(room):
    row = ask(room)
    room.office = room.other.office
    for keeper in ("keeper_1", "keeper_2"):
        with pytest.raises(Refused, match="已经不由原单位办理"):
            grant(room, row, keeper)


def test_a_decision_stands(room):
    row = ask(room)
    unlocking.deny(row, by=room.keeper_1, reason="没有必要")
    for again in (lambda: grant(room, row), lambda: unlocking.deny(row, by=room.keeper_1, reason="再次")):
        with pytest.raises(Refused, match="已由keeper_1某决定（未同意）"):
            again()


def test_a_denial_needs_a_reason_and_who_asked_can_read_it(room):
    row = ask(room)
    with pytest.raises(Refused, match="没有填写不同意的理由"):
        unlocking.deny(row, by=room.keeper_1, reason=" ")
    unlocking.deny(row, by=room.keeper_1, reason="材料已经足够")
    assert unlocking.visible_to(room.inv_1).get().remark == "材料已经足够"


@pytest.mark.parametrize("more", [{"hours": 24, "seconds": 1}, {"days": 30}, {"seconds": 0}, {"seconds": -1}])
def test_a_grant_is_for_24_hours_at_most_and_for_the_future(room, more):
    row = ask(room)
    with pytest.raises(Refused, match="24 小时以内"):
        grant(room, row, **more)
    grant(room, row, hours=24)


def test_who_ends_a_grant(room):
    row = ask(room)
    with pytest.raises(Refused, match="没有生效"):
        unlocking.end(row, by=room.inv_1)
    grant(room, row)
    for other in (room.inv_2 if not Custody.objects.filter(person=room.inv_2) else room.keeper_2, room.leader_1):
        with pytest.raises(Refused, match="只有申请人本人"):
            unlocking.end(row, by=other)
    unlocking.end(row, by=room.keeper_1)
    with pytest.raises(Refused, match="没有生效，或者已经结束"):
        unlocking.end(row, by=room.inv_1)


def test_requests_are_seen_by_who_asked_and_by_the_custodians_of_the_handling_office(room):
    row = ask(room)
    seen = {name: row in unlocking.visible_to(getattr(room, name)) for name in ("inv_1", "keeper_1", "inv_2", "keeper_2", "leader_1")}
    assert seen == {"inv_1": True, "keeper_1": True, "inv_2": True, "keeper_2": False, "leader_1": False}


# ---- custodians ------------------------------------------------------------------------------------------


def test_a_custodian_is_one_of_the_offices_own_people_and_is_made_once(room):
    with pytest.raises(Refused, match="没有任职"):
        entrust(person=room.keeper_2, office=room.office, by=None)
    with pytest.raises(Refused, match="已经是"):
        entrust(person=room.keeper_1, office=room.office, by=None)
    assert Custody.objects.get(person=room.keeper_1).valid_from == date(2016, 6, 13)
