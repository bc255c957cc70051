"""P-E2, P-E4, T1, T8 on the pages: asking, deciding, seeing, ending, and who has seen; each showing is a reading, and nobody is answered more than they may know."""

from datetime import timedelta

import pytest
from django.test import Client

from qingdan.kernel import clock
from qingdan.kernel.leave import actions as leave
from qingdan.kernel.leave.models import Absence
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.notices.letters import _addressed
from qingdan.kernel.notices.models import Notice
from qingdan.kernel.notices.queries import notices_of
from qingdan.kernel.offices.models import Post
from qingdan.kernel.vault import crypto, registry, unlocking
from qingdan.kernel.vault.filing import seal_file
from qingdan.kernel.vault.forms import PURPOSES
from qingdan.kernel.vault.models import Reading, Unlock
from qingdan.kernel.vault.reading import read_file
from qingdan.kernel.vault.sealing import seal

from .conftest import IDENTITY, SUBJECT

pytestmark = pytest.mark.django_db
ASK, IDENTITY_PAGE, SEEN, PRINT = f"/vault/ask/{SUBJECT}/", f"/vault/identity/{SUBJECT}/", f"/vault/seen/{SUBJECT}/", f"/vault/seen/{SUBJECT}/print/"
REASON = "需要当面核实情况"


def as_(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def asked(room):
    """The page of a request by inv_1, through the page itself."""
    return as_(room.inv_1).post(ASK, {"reason": REASON})["Location"]


@pytest.fixture
def granted(room, asked):
    as_(room.keeper_1).post(asked, {"grant": "1", "hours": "4"})
    return asked


def text(client, where):
    answer = client.get(where)
    assert answer.status_code == 200, where
    return answer.content.decode()


# ---- the whole way


def test_P_E2_asked_decided_seen_and_logged_all_on_the_pages(room):
    asker, custodian = as_(room.inv_1), as_(room.keeper_1)
    assert "投诉 8X2" in text(asker, ASK) and "没有可以决定" not in text(asker, ASK)
    where = asker.post(ASK, {"reason": REASON})["Location"]
    assert "正在等待" in text(asker, where) and 'name="grant"' not in text(asker, where)
    assert "有 1 件查看身份信息的申请等您决定" in text(custodian, "/desk/") and REASON in text(custodian, "/vault/")
    assert "4 小时" in text(custodian, where)
    assert custodian.post(where, {"grant": "1", "hours": "4"})["Location"] == where
    row = Unlock.objects.get()
    assert (row.decided_by, row.until) == (room.keeper_1, clock.now() + timedelta(hours=4))
    assert "查看身份信息" in text(asker, where) and "生效中" in text(asker, "/vault/")
    before = text(asker, IDENTITY_PAGE)
    assert not [word for word in IDENTITY.values() if word in before] and not Reading.objects.exists()
    shown = asker.post(IDENTITY_PAGE, {"purpose": PURPOSES[0]})
    assert all(word in shown.content.decode() for word in (*IDENTITY.values(), "姓名", "电话")) and shown["Cache-Control"] == "no-store"
    assert [(r.person, r.purpose, r.kind) for r in Reading.objects.all()] == [(room.inv_1, PURPOSES[0], "identity")]
    assert asker.post(where, {"end": "1"}).status_code == 302 and "已提前结束" in text(asker, where)
    assert asker.post(IDENTITY_PAGE, {"purpose": PURPOSES[0]})["Location"] == ASK and Reading.objects.count() == 1
    assert verify().fault is None


def test_P_E2_a_denial_reaches_who_asked_with_its_reason(room, asked):
    assert as_(room.keeper_1).post(asked, {"deny": "1", "remark": "电话联系即可"}).status_code == 302
    page = text(as_(room.inv_1), asked)
    assert "电话联系即可" in page and "重新申请" in page and "未同意" in page
    assert as_(room.inv_1).get(IDENTITY_PAGE)["Location"] == ASK


def test_a_custodian_ends_it_and_who_asked_is_told(room, granted):
    assert as_(room.keeper_1).post(granted, {"end": "1"}).status_code == 302
    assert "提前结束" in notices_of(Post.objects.get(person=room.inv_1)).order_by("-pk").first().text


@pytest.mark.parametrize("form", [{"grant": "1", "hours": "25"}, {"grant": "1"}, {"deny": "1", "remark": ""}, {"deny": "1", "remark": "长" * 201}, {}])
def test_what_cannot_be_decided_so_is_refused_and_what_was_typed_stays(room, asked, form):
    answer = as_(room.keeper_1).post(asked, form)
    assert answer.status_code == 422 and Unlock.objects.get().outcome == ""
    assert form.get("remark", "") in answer.content.decode()


def test_an_empty_reason_and_a_second_request_are_refused_on_the_form(room, asked):
    client = as_(room.inv_1)
    assert client.post(ASK, {"reason": " "}).status_code == 422
    again = client.post(ASK, {"reason": "再申请一次"})
    assert again.status_code == 422 and "您已经申请过" in again.content.decode() and "再申请一次" in again.content.decode()


# ---- who may not


def test_T8_a_leader_asks_like_everybody_and_sees_nothing_without_a_grant(room):
    leader = as_(room.leader_1)
    assert leader.get(IDENTITY_PAGE)["Location"] == ASK
    assert leader.post(IDENTITY_PAGE, {"purpose": PURPOSES[0]})["Location"] == ASK and not Reading.objects.exists()
    where = leader.post(ASK, {"reason": REASON})["Location"]
    assert Event.objects.get(act="ask_unlock").person == room.leader_1
    answer = leader.post(where, {"grant": "1", "hours": "4"})
    assert answer.status_code == 422 and "申请和决定不能是同一个人" in answer.content.decode() and not Reading.objects.exists()


def test_P_E2_who_is_at_work_on_it_does_not_decide_even_as_a_custodian(room, asked):
    assert "等您决定" not in text(as_(room.inv_2), "/desk/") and REASON in text(as_(room.inv_2), "/vault/")
    page = text(as_(room.inv_2), asked)
    assert "您参与办理这件投诉" in page and 'name="grant"' not in page
    assert as_(room.inv_2).post(asked, {"grant": "1", "hours": "4"}).status_code == 422 and Unlock.objects.get().outcome == ""


def test_a_grant_opens_for_nobody_else(room, granted):
    assert as_(room.inv_2).get(IDENTITY_PAGE)["Location"] == ASK
    assert as_(room.keeper_1).post(IDENTITY_PAGE, {"purpose": PURPOSES[0]}).status_code == 404, "who granted it does not know of the case"


def test_T8_who_no_longer_works_on_it_sees_no_more(room, granted):
    room.involved.discard(room.inv_1)
    assert as_(room.inv_1).get(IDENTITY_PAGE).status_code == 404
    assert "投诉 8X2" not in text(as_(room.inv_1), granted)


def test_T1_absent_and_forbidden_are_answered_alike(room, asked):
    stranger = as_(room.other.person)
    for mine, never in ((ASK, "/vault/ask/n0such00n0such00/"), (IDENTITY_PAGE, "/vault/identity/n0such00n0such00/"), (SEEN, "/vault/seen/n0such00n0such00/"),
                        (PRINT, "/vault/seen/n0such00n0such00/print/"), (asked, f"/vault/unlocks/{'0' * 32}/")):  # fmt: skip
        for method in ("get", "post") if "seen" not in mine else ("get",):
            one, other = (getattr(stranger, method)(where, {"reason": "x", "purpose": PURPOSES[0], "grant": "1", "hours": "4"}) for where in (mine, never))
            assert one.status_code == other.status_code == 404
            assert one.content.replace(mine.encode(), b"") == other.content.replace(never.encode(), b""), mine
    assert "没有等待决定的申请" in text(stranger, "/vault/") and REASON not in text(stranger, "/vault/")
    assert not Reading.objects.exists() and Unlock.objects.get().outcome == ""


def test_custodians_of_another_office_see_no_request_of_this_one(room, asked):
    assert as_(room.keeper_2).get(asked).status_code == 404 and REASON not in text(as_(room.keeper_2), "/vault/")


def test_a_purpose_is_chosen_and_never_typed(room, granted):
    answer = as_(room.inv_1).post(IDENTITY_PAGE, {"purpose": "张三丰要的"})
    assert answer.status_code == 422 and not Reading.objects.exists() and IDENTITY["name"] not in answer.content.decode()


def test_in_the_place_of_another_nothing_is_asked_decided_or_seen(room, granted):
    leave.announce(post=Post.objects.get(person=room.inv_2), substitute=room.inv_1, first=clock.today(), last=clock.today(), by=room.inv_2)
    client = as_(room.inv_1)
    assert IDENTITY["name"] in client.post(IDENTITY_PAGE, {"purpose": PURPOSES[0]}).content.decode()
    assert client.post("/desk/leave/stand/", {"absence": Absence.objects.get().pk})["Location"] == "/desk/"
    assert client.post(IDENTITY_PAGE, {"purpose": PURPOSES[0]})["Location"] == ASK
    answer = client.post(ASK, {"reason": REASON})
    assert answer.status_code == 422 and "本人名义" in answer.content.decode() and Reading.objects.count() == 1
    assert "等您决定" not in text(client, "/desk/")


# ---- notices


def test_T4_notices_go_to_one_person_and_name_nothing_of_the_case(room, asked):
    as_(room.keeper_1).post(asked, {"deny": "1", "remark": "理由甲"})
    to_custodian, to_asker = Notice.objects.order_by("pk")
    assert (to_custodian.person, to_asker.person) == (room.keeper_1, room.inv_1) and to_asker.link == asked
    for word in ("8X2", "理由甲", REASON, "inv_1", "keeper_1", SUBJECT, *IDENTITY.values()):
        assert word not in to_custodian.text + to_asker.text + to_custodian.link
    for person, count in ((room.keeper_1, 1), (room.inv_1, 1), (room.inv_2, 0)):
        assert notices_of(Post.objects.get(person=person)).count() == count
    readers = {to_asker.office_id: [(Post.objects.get(person=p), a) for p, a in ((room.inv_1, Mail("a")), (room.inv_2, Mail("b")))]}
    assert [a.name for a in _addressed(to_asker, readers, set())] == ["a"], "no letter about it goes to a colleague"


class Mail:
    def __init__(self, name):
        self.name, self.since = name, clock.today()


def test_who_is_at_work_on_it_is_not_asked_to_decide(room):
    as_(room.inv_2).post(ASK, {"reason": REASON})
    assert {n.person for n in Notice.objects.all()} == {room.keeper_1}


def test_where_nobody_can_decide_the_page_says_so(room):
    room.involved.add(room.keeper_1)
    assert "没有可以决定的身份保管员" in text(as_(room.inv_1), ASK)


# ---- who has seen


def test_P_E4_who_has_seen_is_a_page_and_a_print_for_the_office_that_handles_it(room, granted):
    stored, sealed = seal_file(SUBJECT, b"a")
    note("fill", by=None, rows=[stored, sealed])
    assert "还没有人看过" in text(as_(room.inv_2), SEEN) and "还没有人看过" in text(as_(room.inv_2), PRINT)
    as_(room.inv_1).post(IDENTITY_PAGE, {"purpose": PURPOSES[1]})
    read_file(sealed, by=None, office=None, purpose="凭查询码查看")
    for person in (room.inv_2, room.keeper_1):
        for where in (SEEN, PRINT):
            page = text(as_(person), where)
            assert all(word in page for word in ("inv_1某", PURPOSES[1], "身份信息", "投诉人本人", "材料1.txt")) and IDENTITY["name"] not in page
    assert [as_(p).get(SEEN).status_code for p in (room.leader_1, room.keeper_2, room.other.person)] == [404] * 3
    assert Reading.objects.count() == 2, "to look at the list is no reading"


def test_the_lists_take_as_many_queries_for_one_as_for_thirty(room, granted, django_assert_max_num_queries):
    custodian = as_(room.keeper_1)

    def queries(where):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            text(custodian, where)
        return len(found)

    pages = ("/vault/", SEEN, PRINT)
    as_(room.inv_1).post(IDENTITY_PAGE, {"purpose": PURPOSES[0]})
    few = [queries(where) for where in pages]
    at = {"asked_by": room.inv_2, "office": room.office, "keeper_office": room.office, "asked_at": clock.now(), "reason": REASON}
    note("fill", by=None, rows=[Unlock(subject=SUBJECT, **at) for _ in range(30)])
    for _ in range(5):
        as_(room.inv_1).post(IDENTITY_PAGE, {"purpose": PURPOSES[0]})
    assert [queries(where) for where in pages] == few


# ---- f4


def test_f4_over_all_pages_as_many_openings_as_readings(room, granted):
    """Every page, with GET and POST, by everybody: what was decrypted in this process and what was logged are equal in number."""
    note("fill", by=None, rows=[seal("identity", SUBJECT, {"name": "代表人二"})])
    before = crypto.opened()
    for person in (room.inv_1, room.inv_2, room.keeper_1, room.keeper_2, room.leader_1, room.other.person):
        for where in ("/vault/", ASK, granted, IDENTITY_PAGE, SEEN, PRINT):
            as_(person).get(where)
            as_(person).post(where, {"purpose": PURPOSES[0], "reason": REASON})
    assert crypto.opened() - before == Reading.objects.count() == Event.objects.filter(act="read_sealed").count() == 2


def test_a_destroyed_identity_says_so_and_an_anonymous_complaint_too(room, granted, monkeypatch):
    from qingdan.kernel.vault import destroying

    destroying.shred(SUBJECT, by=None)
    answer = as_(room.inv_1).post(IDENTITY_PAGE, {"purpose": PURPOSES[0]})
    assert answer.status_code == 422 and "按程序销毁" in answer.content.decode()
    other = "an0nymous0000000"
    monkeypatch.setattr(registry, "WHO_HANDLES", [lambda s: registry.Handling(room.office, {room.inv_1.pk}.intersection, "投诉 9", link="/desk/") if s == other else None])
    unlocking.grant(unlocking.ask(other, REASON, by=room.inv_1, office=room.office), by=room.keeper_1, until=clock.now() + timedelta(hours=1))
    assert "匿名投诉" in text(as_(room.inv_1), f"/vault/identity/{other}/")


def test_the_page_of_a_complaint_leads_to_asking_and_to_who_has_seen(district):
    from qingdan.kernel.ledger.models import Case
    from qingdan.measures.complaints.access import of_case
    from tests.kernel.policy.walking import lived_in

    lived_in(district)
    case = Case.objects.get(law="诉")
    reference = of_case(case).reference
    page = text(as_(district.zwb.person), f"/complaints/{case.number}/")
    assert f'href="/vault/ask/{reference}/"' in page and f'href="/vault/seen/{reference}/"' in page
    assert case.number in text(as_(district.zwb.person), f"/vault/ask/{reference}/")
    assert as_(district.cg.person).get(f"/vault/ask/{reference}/").status_code == 404, "the unit complained of"


def test_f4_an_opening_past_the_log_is_caught(room):
    """Planted: somebody opens a body without a reading; then the two numbers differ."""
    from qingdan.kernel.vault import reading

    before = crypto.opened()
    reading.opened(room.content, room.content.body)
    assert crypto.opened() - before == 1 and Reading.objects.count() == 0
