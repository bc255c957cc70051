"""待办, 案件页 and 内容页: who reads what, and how they are reached."""


import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.vault.models import Reading
from qingdan.measures.complaints.access import of_case

from .paging import TYPED, opened
from .room import IDENTITY, TEXT

pytestmark = pytest.mark.django_db


def test_第十条_三个期限分开列(room, reader):
    room.file("09-12")
    room.file("09-12", "fzb")
    room.accept("09-13", room.file("09-12", "fzb"))
    page = reader("zwb").get("/complaints/")
    assert "批转1件，受理1件，办理1件" in page.tight and page.status == 200
    assert "批转0件，受理1件，办理1件" in reader("fzb").get("/complaints/").tight
    assert "批转0件，受理0件，办理0件" in reader("bb").get("/complaints/").tight


def test_第十条_一个期限的全部_逾期的数出来(room, reader):
    c = room.file("09-12", "fzb")
    room.on("09-26")
    page = reader("fzb").get("/complaints/", clock="accept")
    assert c.case.number in page.text and "逾期1件" in page.tight
    assert reader("fzb").get("/complaints/", clock="没有").status == 200


@pytest.mark.parametrize("path", ["/complaints/", "/complaints/?clock=accept", "/complaints/register/", "/desk/"])
def test_第十条_再多的投诉_查询次数不变(room, client_as, path):
    client = client_as("fzb_1")

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    room.file("09-12", "fzb")
    first = cost()
    for _ in range(4):
        room.file("09-12", "fzb")
    assert cost() <= first


def test_第四条_案件页没有内容_内容页每看一次记一次(room, reader):
    c = room.file("09-12", "fzb", respondent="王某", evidence="照片", receipt="来电")
    fzb, path = reader("fzb"), f"/complaints/{c.case.number}/"
    page = fzb.get(path)
    assert page.status == 200 and not [w for w in (TEXT, "王某", *IDENTITY.values()) if w in page.text] and Reading.objects.count() == 0
    read = opened(fzb, c)
    assert TEXT in read.text and "王某" in read.text and not [w for w in IDENTITY.values() if w in read.text]
    assert Reading.objects.get().person == room.who("fzb")["by"]


def test_第四条_后来说的也在内容页上(room, reader):
    c = room.file("09-12", "fzb")
    room.ask("09-13", c)
    room.evidence("09-14", c)
    text = opened(reader("fzb"), c).text
    assert "请提供收费票据" in text and "票据在此" in text


def test_第四条_政务办批转以后看得到进度_看不到内容(room, reader):
    c = room.file("09-12")
    zwb, path = reader("zwb"), f"/complaints/{c.case.number}/"
    assert opened(zwb, c).status == 200
    room.assign("09-13", c)
    page = zwb.get(path)
    assert page.status == 200 and "查看内容" not in page.text and "城市管理局" not in page.text
    assert opened(zwb, c).status == 404


def test_第六条五_可能重复的_只告诉看得到两件的机关(room, reader):
    """S16, T39."""
    first, again, other = room.file("09-12", "fzb"), room.file("09-13", "fzb"), room.file("09-13", "fzb", identity={"name": "别人", "phone": "139"})
    elsewhere = room.file("09-13", "bb")
    path = "/complaints/{}/"
    assert first.case.number in reader("fzb").get(path.format(again.case.number)).text
    assert "可能与此前" not in reader("fzb").get(path.format(other.case.number)).text
    assert "可能与此前" not in reader("bb").get(path.format(elsewhere.case.number)).text


def test_第六条五_登记完就提示_不予受理时再提示(room, reader):
    """P-D5, S16: at intake, and where the earlier one has to be named."""
    first = room.file("09-12", "fzb", identity={"phone": "138 1234 0001"})
    room.on("09-13")
    page = reader("fzb").fill("/complaints/new/", **TYPED | {"received_on": "2016-09-13"}, respondent_office=str(room.office("cg").pk))
    again = of_case(Case.objects.filter(law="诉").latest("pk"))
    assert first.case.number in page.text
    assert first.case.number in reader("fzb").get(f"/complaints/{again.case.number}/do/decline/").text
    assert first.case.number not in reader("fzb").get(f"/complaints/{again.case.number}/do/accept/").text


def test_第六条五_换了事项或者单位的不算(room, reader):
    room.file("09-12", "fzb")
    other = room.file("09-13", "fzb", respondent_office=room.office("hyl"))
    assert "可能与此前" not in reader("fzb").get(f"/complaints/{other.case.number}/").text


def test_待办和为什么是这一天都通到投诉的页面(room, reader):
    c = room.file("09-12", "fzb")
    fzb = reader("fzb")
    links = [link for link in fzb.get("/desk/").links if c.case.number in link or "cases" in link]
    assert links and fzb.get(f"/desk/cases/{c.case.number}/").location == f"/complaints/{c.case.number}/"
    why = next(link for link in links if "/why/" in link)
    assert fzb.get(why).status == 200 and reader("bb").get(why).status == 404
