"""P-L2 代办: within its days only, by whom it may be, ended by whom, and the chain to whoever is there."""

import types
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import verify_ledger as second
from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.leave import actions
from qingdan.kernel.leave.models import Absence
from qingdan.kernel.leave.queries import chain, ensure_standing, present_for, standings
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Account, OfficeRole, Person, Post
from qingdan.statute.roles import LEAD
from tests.kernel.ledger.by_hand import sql
from tests.kernel.ledger.rewriting import rewrite
from tests.kernel.policy.walking import keepers
from tests.world import untriggered

from .conftest import day, post_of, standing_in

pytestmark = pytest.mark.django_db


def fills(username, on):
    """Whose posts this person fills on a day: [(absent, …, whoever stood in for them and is away, too)]"""
    return [tuple(p.username for p in s.whom) for s in standings(Person.objects.get(username=username), day(on))]


def test_只在登记的日子里代办_期满自己结束(away):
    away("fzb_head", "fzb_2", "06-08", "06-17")
    assert [fills("fzb_2", on) for on in ("06-07", "06-08", "06-17", "06-18")] == [[], [("fzb_head",)], [("fzb_head",)], []]
    assert fills("fzb_3", "06-10") == [] and verify().fault is None


def test_登记和结束都记入台账(away):
    row = away("fzb_head", "fzb_2", "06-08", "06-17")
    actions.end(row, by=row.person)
    told = [(e.act, e.person.username, e.office_code, e.facts["substitute"], e.facts["last"]) for e in Event.objects.filter(act__endswith="_leave")]
    assert told == [("set_leave", "fzb_head", "fzb", "fzb_2", "2016-06-17"), ("end_leave", "fzb_head", "fzb", "fzb_2", "2016-06-17")]
    assert verify().fault is None


def test_本人提前结束_下一刻就不能再代(away):
    row = away("fzb_head", "fzb_2", "06-06", "06-17")
    assert fills("fzb_2", "06-06")
    actions.end(row, by=row.person)
    assert fills("fzb_2", "06-06") == [] and fills("fzb_2", "06-10") == []
    with pytest.raises(Refused, match="已经结束"):
        actions.end(row, by=row.person)


def test_代办人和旁人不能结束(away, people):
    row = away("fzb_head", "fzb_2", "06-06", "06-17")
    for other in ("fzb_2", "fzb_3", "zwb_head"):
        with pytest.raises(Refused, match="只有不在岗的本人"):
            actions.end(row, by=people[other])
    assert fills("fzb_2", "06-06")


@pytest.mark.parametrize(("substitute", "why"), [
    ("fzb_head", "代办人就是本人"), ("zwb_2", "在法制办没有任职"), ("sec_1", "三员之一"), ("cg_1", "在法制办没有任职"),
])  # fmt: skip
def test_代办人须是本单位的另一人_三员不得代办(people, substitute, why):
    keepers()
    head = people["fzb_head"]
    with pytest.raises(Refused, match=why) as refused:
        actions.announce(post=post_of(head), substitute=Person.objects.get(username=substitute), first=day("06-07"), last=day("06-08"), by=head)
    assert refused.value.todo and not Absence.objects.exists()


def test_代办人后来成了三员_或者账号停用_或者任职终止_就不再代(away, people):
    away("fzb_head", "fzb_2", "06-06", "06-17")
    with transaction.atomic():
        note("commission", by=None, rows=[Account(person=people["fzb_2"], duty=Account.SECURITY)])
        assert fills("fzb_2", "06-08") == []
        transaction.set_rollback(True)
    with transaction.atomic():
        person = Person.objects.get(username="fzb_2")
        person.active = False
        note("deactivate", by=None, rows=[person])
        assert fills("fzb_2", "06-08") == []
        transaction.set_rollback(True)
    post = post_of(people["fzb_2"])
    post.valid_to = day("06-07")
    note("end_post", by=None, rows=[post])
    assert fills("fzb_2", "06-07") and fills("fzb_2", "06-08") == []


def test_被代的任职终止_账号停用_单位撤销_代办随之结束(away, people):
    row = away("fzb_head", "fzb_2", "06-06", "06-17")
    for end in ("post", "person", "office"):
        with transaction.atomic():
            if end == "person":
                ended = Person.objects.get(username="fzb_head")
                ended.active = False
            else:
                ended = Post.objects.get(pk=row.post_id) if end == "post" else Post.objects.select_related("office").get(pk=row.post_id).office
                ended.valid_to = day("06-07")
            note("end", by=None, rows=[ended])
            assert fills("fzb_2", "06-08") == [], end
            transaction.set_rollback(True)
    assert fills("fzb_2", "06-08")


def test_一个职务同一天只由一人代办(away):
    away("fzb_head", "fzb_2", "06-08", "06-17")
    with pytest.raises(Refused, match="已登记由经办乙代办"):
        away("fzb_head", "fzb_3", "06-17", "06-20")
    away("fzb_head", "fzb_3", "06-18", "06-20")
    assert fills("fzb_3", "06-18") == [("fzb_head",)]


@pytest.mark.parametrize(("first", "last", "why"), [("06-05", "06-08", "已经过去"), ("06-09", "06-08", "早于第一天"), ("06-08", "12-31", None)])
def test_日期不能倒填_不能颠倒(away, first, last, why):
    if why is None:
        return away("fzb_head", "fzb_2", first, last) and None
    with pytest.raises(Refused, match=why):
        away("fzb_head", "fzb_2", first, last)


def test_超过一年的不叫代办(people):
    head = people["fzb_head"]
    with pytest.raises(Refused, match="超过一年"):
        actions.announce(post=post_of(head), substitute=people["fzb_2"], first=day("06-08"), last=day("06-09").replace(year=2017), by=head)


def test_只能登记自己的职务(people):
    with pytest.raises(Refused, match="这是负责人甲的职务"):
        actions.announce(post=post_of(people["fzb_head"]), substitute=people["fzb_2"], first=day("06-07"), last=day("06-08"), by=people["fzb_3"])


# ---- the chain


def test_代办人也不在岗_由在岗的最后一人代(away):
    first = away("fzb_head", "fzb_2", "06-08", "06-17")
    away("fzb_2", "fzb_3", "06-10", "06-13")
    assert [fills("fzb_2", on) for on in ("06-09", "06-10", "06-14")] == [[("fzb_head",)], [], [("fzb_head",)]]
    assert fills("fzb_3", "06-10") == [("fzb_2",), ("fzb_head", "fzb_2")]
    assert fills("fzb_3", "06-14") == []
    until = {s.person.username: s.until for s in standings(Person.objects.get(username="fzb_3"), day("06-10"))}
    assert until == {"fzb_head": day("06-13"), "fzb_2": day("06-13")}
    assert [present_for(first, day(on)).username for on in ("06-09", "06-11")] == ["fzb_2", "fzb_3"]


def test_转圈的登记被拒绝_并说明转到哪里(away):
    away("fzb_head", "fzb_2", "06-08", "06-17")
    away("fzb_2", "fzb_3", "06-15", "06-20")
    with pytest.raises(Refused, match="又回到经办丙") as refused:
        away("fzb_3", "fzb_head", "06-12", "06-18")
    assert "负责人甲自2016年6月8日（周三）至2016年6月17日" in str(refused.value)
    away("fzb_3", "fzb_head", "06-18", "06-19")


def test_日子不重叠的来回代办不是转圈(away):
    away("fzb_head", "fzb_2", "06-08", "06-10")
    away("fzb_2", "fzb_head", "06-11", "06-13")
    assert fills("fzb_head", "06-12") == [("fzb_2",)]


@given(st.dictionaries(st.integers(0, 6), st.integers(0, 6), max_size=7), st.integers(0, 6), st.sets(st.integers(0, 6)))
@settings(max_examples=300, deadline=None)
def test_链条止于在岗的人_或者没有人_决不止于不在岗的人(away, whom, fit):
    found = chain(whom, away, lambda person: person in fit)
    if found:
        assert found[0] == whom and found[-1] not in away and found[-1] in fit and len(set(found)) == len(found) > 1
        assert all(away[a] == b for a, b in pairwise(found))
        return
    seen, at = [], whom  # nobody: not away, a circle, or the last one is not fit
    while at in away and at not in seen:
        seen.append(at)
        at = away[at]
    assert not seen or at in seen or at not in fit


# ---- for somebody who is away already


@pytest.fixture
def security(people):
    keepers()
    return [Person.objects.select_related("account").get(username=n) for n in ("sec_1", "sec_2", "sec_3")]


def asked(people, by, **more):
    told = {"post": post_of(people["fzb_head"]), "substitute": people["fzb_2"], "first": day("06-06"), "last": day("06-17"), "reason": "单位通知"}
    return actions.ask(**told | more, by=by)


def test_已不在岗的_两名安全管理员分别经手_确认之前不生效(people, security):
    row = asked(people, security[0])
    assert fills("fzb_2", "06-06") == []
    with pytest.raises(Refused, match="不能是同一个人"):
        actions.confirm(row, by=security[0])
    with transaction.atomic(), pytest.raises(IntegrityError):
        row.confirmed_by = security[0]
        note("confirm_leave", by=None, rows=[row])
    actions.confirm(Absence.objects.get(pk=row.pk), by=security[1])
    assert fills("fzb_2", "06-06") == [("fzb_head",)] and verify().fault is None


def test_单位的人不能替别人提出_也不能确认(people, security):
    with pytest.raises(Refused, match="安全管理员的职责"):
        asked(people, people["fzb_3"])
    row = asked(people, security[0])
    with pytest.raises(Refused, match="安全管理员的职责"):
        actions.confirm(row, by=people["fzb_3"])


def test_经手的两人和本人都可以结束_别的安全管理员不可以(people, security):
    row = actions.confirm(asked(people, security[0]), by=security[1])
    with pytest.raises(Refused, match="只有不在岗的本人"):
        actions.end(row, by=security[2])
    for who in (security[0], security[1], people["fzb_head"]):
        with transaction.atomic():
            actions.end(row, by=who)
            assert fills("fzb_2", "06-06") == []
            transaction.set_rollback(True)


def test_确认时再核对一次(people, security, away):
    row = asked(people, security[0])
    away("fzb_head", "fzb_3", "06-10", "06-12")
    with pytest.raises(Refused, match="已登记由经办丙代办"):
        actions.confirm(row, by=security[1])
    clock.set_fixed("2016-06-20T09:00")
    with pytest.raises(Refused, match="已经过去"):
        actions.confirm(row, by=security[1])


# ---- what is recorded


def test_不在期限内的代办_任何办理都写不进台账(district, away):
    away("fzb_head", "fzb_2", "06-08", "06-10")
    before = Event.objects.count()
    for on, who in (("06-07", standing_in("fzb_2", "fzb_head")), ("06-11", standing_in("fzb_2", "fzb_head")), ("06-09", standing_in("fzb_3", "fzb_head"))):
        clock.set_fixed(f"2016-{on}T09:00")
        with pytest.raises(Refused, match="不能代负责人甲办理"):
            note("register_check", by=who, office=district.fzb.office)
    clock.set_fixed("2016-06-09T09:00")
    with pytest.raises(Refused, match="不能代负责人甲办理"):  # in another office
        ensure_standing(standing_in("fzb_2", "fzb_head"), "zwb", day("06-09"))
    assert Event.objects.count() == before
    note("register_check", by=standing_in("fzb_2", "fzb_head"), office=district.fzb.office)
    assert Event.objects.last().whom == ["fzb_head"]


def test_没有代办的事件_正文与从前一样(district, people):
    event = note("give_role", by=people["zwb_1"], office=district.zwb.office, rows=[OfficeRole(office=district.cg.office, measure="会", role=LEAD)])
    assert "for" not in event.told and event.told["v"] == 1 and event.whom == []


@pytest.mark.writes_past
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the second verifier is handed SQLite's own rows; PostgreSQL: tests/kernel/backup/test_on_postgresql.py")
@pytest.mark.parametrize("change", [
    lambda told: told.update({"for": ["zwb_head"]}), lambda told: told.update({"for": ["fzb_3"]}), lambda told: told.update({"for": []}),
    lambda told: told.update({"for": ["fzb_head", "fzb_3"]}), lambda told: told.update({"at": "2016-06-12T01:00:00.000000Z"}),
])  # fmt: skip
def test_两个核对程序都不认没有登记的代办(district, away, change):
    """Somebody who can write the chain anew still cannot make one person act in the name of another."""
    away("fzb_head", "fzb_2", "06-08", "06-10")
    clock.set_fixed("2016-06-09T09:00")
    event = note("register_check", by=standing_in("fzb_2", "fzb_head"), office=district.fzb.office)
    assert verify().fault is None and absent_from(event) == []
    with untriggered():
        rewrite(sql, event.seq, change)
    assert verify().fault is not None and "写明是代办，当时却没有生效的代办登记" in absent_from(event)


def absent_from(event):
    """What the second verifier says of the columns of this event."""
    source = types.SimpleNamespace(MOMENT=second.Sqlite.MOMENT, rows=rows, columns=columns)
    return [what for _, key, what, _ in second.columns(source) if key == str(event.seq)]


def columns(table):
    with connection.cursor() as cursor:
        found = cursor.execute(f'PRAGMA table_info("{table}")').fetchall()
    return {row[1]: row[2] for row in found}, next(row[1] for row in found if row[5])


def rows(table, order):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{order}"')
        names = [c[0] for c in cursor.description]
        return [dict(zip(names, map(as_kept, values), strict=True)) for values in cursor.fetchall()]


def as_kept(value):
    """Days and moments as the file has them; Django's connection has read them."""
    return str(value.replace(tzinfo=None)) if hasattr(value, "hour") else str(value) if hasattr(value, "year") else value
