"""b5: a role removed, a post ended, an office ended, an account switched off: refused with the very next request, the session still open."""

from datetime import date

import pytest

from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import OfficeRole, Post
from tests.measures.room import Room

from .walking import as_

pytestmark = pytest.mark.django_db
LOGIN = "/desk/login/?next="


@pytest.fixture
def room(district):
    room = Room(district)
    case = room.apply("06-07", room.put(), promised="3")
    room.refer("06-07", case)
    room.case = case
    room.on("06-08")
    return room


def end(row, act, **changes):
    """The row as it holds until yesterday, by an act."""
    for name, value in (changes or {"valid_to": date(2016, 6, 7)}).items():
        setattr(row, name, value)
    note(act, by=None, rows=[row])


def answers(client, path, **sent):
    return [client.get(path), client.post(path, sent or {"opinion": "同意"})]


def test_b5_任职终止_下一次请求就不能办_也不能看(room):
    client, path = as_("fzb_1"), f"/adjustment/{room.case.number}/agree/"
    assert client.get(path).status_code == 200
    end(Post.objects.get(person__username="fzb_1"), "end_post")
    before = Event.objects.count()
    assert [r.status_code for r in answers(client, path)] == [403, 403] and client.get("/desk/").status_code == 403
    assert Event.objects.count() == before and "今天在某个单位有任职" in client.get("/desk/").content.decode()


def test_b5_账号停用_下一次请求就要重新登录(room):
    client, path = as_("fzb_1"), f"/adjustment/{room.case.number}/agree/"
    assert client.get(path).status_code == 200
    end(room.d.fzb.person, "deactivate", active=False)
    before = Event.objects.count()
    assert [(r.status_code, r["Location"].startswith(LOGIN)) for r in answers(client, path)] == [(302, True), (302, True)]
    assert Event.objects.count() == before
    refused = client.post("/desk/login/", {"username": "fzb_1", "password": "p"})
    assert refused.status_code == 200 and client.get("/desk/").status_code == 302


def test_b5_单位的职能取消_下一次请求就按新的职能(room):
    """政务办 hands its role on: its pages close at once, and those of the staff stay open."""
    client = as_("zwb_1")
    assert client.get("/lists/import/").status_code == 200 and client.get(f"/desk/cases/{room.case.number}/").status_code == 200
    end(OfficeRole.objects.get(office__code="zwb"), "end_role")
    assert [r.status_code for r in answers(client, "/lists/import/")] == [403, 403]
    assert client.get("/adjustment/registers/months/").status_code == 403
    assert client.get("/desk/").status_code == 200, "a member of the staff they stay"


def test_b5_单位撤销_下一次请求就没有任职(room):
    client = as_("fzb_1")
    assert client.get("/desk/").status_code == 200
    end(room.d.fzb.office, "end_office")
    assert client.get("/desk/").status_code == 403


def test_b5_案件办结_下一次提交就不能办(room):
    """The page of an act was open; the case was withdrawn meanwhile: refused with what is the case now, nothing written."""
    client, path = as_("fzb_1"), f"/adjustment/{room.case.number}/agree/"
    assert client.get(path).status_code == 200
    room.say("06-08", "cg", room.case, "withdraw", "重报")
    before = Event.objects.count()
    assert client.post(path, {"opinion": "同意", "seen": "3"}).status_code == 422 and Event.objects.count() == before


def test_b5_另有任职的人_失去一个只剩另一个(room):
    """A person of two offices who acts for the one that is taken away stands in the other one with the next request."""
    second = Post(person=room.d.cg.person, office=room.d.zwb.office, valid_from=date(2016, 5, 6))
    note("appoint", by=None, rows=[second])
    client = as_("cg_1")
    session = client.session
    session["office"] = "zwb"
    session.save()
    assert client.get("/lists/import/").status_code == 200
    end(second, "end_post")
    assert client.get("/lists/import/").status_code == 403 and client.get("/desk/").status_code == 200
