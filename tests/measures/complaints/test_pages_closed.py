"""Whoever may not know of a complaint is told the same as if there were none (第三条, 第四条)."""


import pytest

from qingdan.kernel.calendar.models import CalendarProposal
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.models import Person, Post
from qingdan.measures.complaints import assigning
from tests.desk.test_calendars import NOTICE, year_2016

from .room import owed

pytestmark = pytest.mark.django_db


PATHS = ("/complaints/{}/", "POST /complaints/{}/content/", "/complaints/{}/do/accept/", "/desk/cases/{}/")


@pytest.mark.parametrize("path", PATHS)
def test_第四条_没有的和不许看的一个样(room, client_as, path):
    """T1: status, headers and body of a complaint that one may not see are those of one that never was."""
    c = room.file("09-12", "fzb")
    client = client_as("bb_1")

    def told(number):
        ask = client.post if path.startswith("POST") else client.get
        response = ask(path.removeprefix("POST ").format(number))
        return response.status_code, dict(response.headers), response.content.decode().replace(number, "X")

    forbidden, absent = told(c.case.number), told("诉2016-ZZZZZZZZ")
    assert forbidden[0] == 404 and forbidden[0] == absent[0] and forbidden[2] == absent[2]
    assert {k: v for k, v in forbidden[1].items() if k != "Content-Length"} == {k: v for k, v in absent[1].items() if k != "Content-Length"}


EVERY_PAGE = ("/desk/", "/desk/cases/", "/desk/notices/", "/desk/feeds/", "/complaints/", "/complaints/register/", "/complaints/new/", "/adjustment/registers/",
              "/adjustment/registers/counts/", "/list/quanze/")  # fmt: skip


def pages_of(client):
    """What every page says to this person, but for what is drawn anew for each form."""
    found = {}
    for path in EVERY_PAGE:
        response = client.get(path)
        lines = response.content.decode().splitlines()
        found[path] = response.status_code, [line for line in lines if "csrf" not in line and 'name="key"' not in line]
    return found


@pytest.mark.parametrize("who", ["cg_1", "czj_1"])
def test_第四条_被投诉的单位_有没有投诉每一页都一样(room, client_as, who):
    """f1: as an office of its own, and as one of the four bodies."""
    client, accused = client_as(who), room.office(who[:-2])
    room.on("09-13")
    before = pages_of(client)
    c = room.file("09-12", "zwb", respondent_office=accused)
    room.assign("09-13", c, "fzb", reason="指定")
    room.ask("09-13", c)
    assert pages_of(client) == before


def test_第三条_投诉政务办的_政务办每一页都一样(room, client_as):
    """f1, S14: through the portal to 区政府, named, taken up."""
    client = client_as("zwb_1")
    room.on("09-13")
    before = pages_of(client)
    c = room.file("09-13", None, respondent_office=room.office("zwb"))
    room.do("09-13", "qz", assigning.assign_by_district, c, room.office("bb"))
    room.accept("09-13", c, who="bb")
    assert pages_of(client) == before


def test_第三条_改放假安排时_政务办看不到投诉自己的那一件_件数也不算(room, client_as, reader):
    """S14: the preview of moved dates and the number told after adopting; who owes it is told as always."""
    about, other = room.file("09-12", None, respondent_office=room.office("zwb")), room.file("09-12", "fzb")
    second = Person(username="zwb_2", name="政务办经办乙")
    note("create_person", by=None, rows=[second, Post(person=second, office=room.office("zwb"))])
    assert client_as("zwb_1").post("/desk/calendar/", {"year": "2016", "days": year_2016("2016-09-13,放假,临时放假"), **NOTICE}).status_code == 302
    path = f"/desk/calendar/{CalendarProposal.objects.get().pk}/"
    page = reader("zwb").get(path)
    assert other.case.number in page.text and about.case.number not in page.text and "共1项" in page.tight
    client = client_as("zwb_2")
    assert client.post(path, {"adopt": "1", "key": "a1"}).status_code == 302
    assert "1 项在办期限已重新计算" in client.get("/desk/calendar/").content.decode()
    assert [owed(c)[0][2] for c in (about, other)] == ["09-18", "09-18"]


def test_第四条_别的单位没有投诉这一项(room, reader, client_as):
    room.file("09-12", "fzb")
    assert client_as("cg_1").get("/complaints/").status_code == 403 and "/complaints/" not in reader("cg").get("/desk/").links
    assert "/complaints/" in reader("fzb").get("/desk/").links
