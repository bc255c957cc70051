"""P-B1: the list as it would be, with the public templates and a clear mark; looking, and taking back, leave no trace in the live list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.measures.adjustment.grouping import apply_group
from tests.kernel.ledger.worlds import everything
from tests.lists.samples import complete
from tests.measures.room import CODE, Room
from tests.measures.test_application_pages import CAUSE, address

FEE, NEW = "410105-027-02-001-00", "410105-027-03-001-00"
MARK = "预览，不是公布的清单"


@pytest.fixture
def room(district):
    return Room(district)


@pytest.fixture
def item(room):
    return room.put()


@pytest.fixture
def application(room, item):
    """变更 of a power, 取消 of a charge, 新增 of an approval item, handed in on 06-07."""
    fee = room.put(kind="收费", code=FEE)
    room.on("06-07")
    asked = [room.ask(item, name="改了名"), room.ask(fee, move="取消"), room.ask(kind="审批", move="新增", **complete("审批", NEW, "新事项"))]
    return apply_group(room.d.cg.office, asked, by=room.d.cg.person, title="一并", key="g", seen={})


BASE = "/preview/application/申2016-0001/"


def test_各张清单的增减改和将有的项数(application, reader):
    page = reader("cg").get(BASE)
    assert MARK in page.text
    rows = ["行政权责清单 0 项 0 项 1 项 1 项 1 项", "行政审批事项清单 1 项 0 项 0 项 0 项 1 项", "行政事业性收费清单 0 项 1 项 0 项 1 项 0 项"]
    assert all(row in page.text for row in rows) and "?item=3" in page.links


def test_事项用公开页面的样子_标明预览(application, reader):
    """The item as the citizen would read it: answers, groups, what differs from the version in force."""
    page = reader("cg").get(BASE, item="1")
    assert MARK in page.text and "改了名" in page.text and "要点" in page.text and "与现行的第 1 版相比" in page.text
    assert "全部版本" not in page.text and "引用这一版" not in page.text
    gone = reader("cg").get(BASE, item="2")
    assert "将要取消" in gone.text and MARK in gone.text
    assert "新事项" in reader("cg").get(BASE, item="3").text


def test_清单用公开页面的样子_改的增的标出_减的不在(application, room, reader):
    room.on("06-07", "10:00")
    powers = reader("cg").get(BASE, list="quanze")
    assert MARK in powers.text and "改了名 改" in powers.text and "公布以后将有的事项 1 项" in powers.text and "下载表格" not in powers.text
    assert "新事项 增" in reader("cg").get(BASE, list="shenpi").text
    assert "这张清单还没有公布事项" in reader("cg").get(BASE, list="shoufei").text


def test_只有能看到案件的能预览_各看各的(application, room, reader):
    assert reader("fzb").get(BASE).status == 404 and reader("hyl").get(BASE).status == 404
    room.refer("06-12", application[0])
    page = reader("fzb").get(BASE)
    assert page.status == 200 and "改了名" in page.text and "新事项" not in page.text
    assert reader("fzb").get(f"/preview/case/{application[1].number}/").status == 404


@pytest.mark.parametrize("path", ["/preview/case/没有/", "/preview/draft/x/", "/preview/draft/1/", "/preview/gather/没有/", "/preview/别的/1/",
                                  f"{BASE}?item=9", f"{BASE}?item=x", f"{BASE}?list=x"])  # fmt: skip
def test_没有的_没有这一页(path, application, reader):
    assert reader("cg").get(path).status == 404


def test_公众看不到预览(application, client):
    assert client.get(BASE).status_code == 302


def test_预览和撤回_清单不留痕迹(application, room, client, reader):
    """Looking writes nothing; after the withdrawal the live pages are what they were before the application."""
    before = everything()
    reader("cg").get(BASE), reader("cg").get(BASE, item="1"), reader("cg").get(BASE, list="quanze")
    assert {k: v for k, v in everything().items() if k != "django_session"} == {k: v for k, v in before.items() if k != "django_session"}
    for case in application:
        room.say("06-08", "cg", case, "withdraw", "不改了")
    live = [client.get(path).content.decode() for path in ("/list/quanze/", "/list/shenpi/", "/list/shoufei/", f"/item/{CODE}")]
    assert all(MARK not in page and "改了名" not in page and "新事项" not in page for page in live)
    assert "甲事项" in live[0] and "甲事项" in live[2]


def test_草稿也能预览_没有名称没有编码也能看(room, item, reader):
    room.on("06-07")
    person = reader("cg")
    person.fill(address(move="新增", code=""), **CAUSE, save="1")
    person.fill(address(), **CAUSE, f_promised="乱写", save="1")
    from qingdan.measures.adjustment.models import Draft

    one, two = Draft.objects.order_by("pk")
    assert "（名称待定）" in person.get(f"/preview/draft/{one.pk}/").text
    assert person.get(f"/preview/draft/{one.pk}/", item="1").status == 200
    assert "乱写" in person.get(f"/preview/draft/{two.pk}/", item="1").text


def test_已公布的案件_没有可以预览的(room, item, reader):
    case = room.forwarded(item, promised="3")
    room.publish("06-20", case)
    assert "没有将要公布的内容" in reader("cg").get(f"/preview/case/{case.number}/").text


def test_案件页申请页都能走到预览(application, reader):
    person = reader("cg")
    assert any("/preview/case/" in link for link in person.get(f"/desk/cases/{application[0].number}/").links)
    assert any("/preview/application/" in link for link in person.get("/adjustment/group/申2016-0001/").links)


def test_预览的查询数不随事项数增加(application, room, reader):
    person, counts = reader("cg"), []
    for path in (f"/preview/case/{application[0].number}/", BASE):
        with CaptureQueriesContext(connection) as found:
            person.get(path)
        counts.append(len(found))
    assert counts[0] == counts[1]
