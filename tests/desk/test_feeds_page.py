"""日历订阅: made, shown once, revoked; each an act of the ledger."""

import pytest

from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.notices.models import Feed
from tests.kernel.ledger.worlds import second_clerk
from tests.measures.browsing import Page, Reader

PAGE = "/desk/notices/feeds/"


@pytest.fixture
def reader(client_as):
    return lambda username: Reader(client_as(username if "_" in username else f"{username}_1"))


def send(person, what, kind):
    return Page(person.client.post(f"{PAGE}{what}/", {"kind": kind}))


def address_on(page):
    start = page.html.index("http://testserver/feeds/")
    return page.html[start : page.html.index(".ics", start) + 4].removeprefix("http://testserver")


def test_没有订阅的_说明是什么_可以生成(room, reader):
    room.on("06-07")
    page = reader("cg").get(PAGE)
    assert "个人订阅" in page.text and "单位订阅" in page.text and page.text.count("生成地址") == 2


@pytest.mark.parametrize("kind", ["person", "unit"])
def test_生成_只显示一次_撤销_各记一笔(room, reader, client, kind):
    room.on("06-07")
    person = reader("cg")
    made = send(person, "make", kind)
    address = address_on(made)
    assert made.status == 200 and "地址只显示这一次" in made.text and client.get(address).status_code == 200
    token = address.removeprefix("/feeds/").removesuffix(".ics")
    assert len(token) >= 40 and token not in person.get(PAGE).html, "the address is not shown again"
    assert not [e for e in Event.objects.all() if token in e.body] and token not in str(list(Feed.objects.values_list()))
    assert send(person, "revoke", kind).location == PAGE
    assert client.get(address).status_code == 404 and person.get(PAGE).text.count("生成地址") == 2
    assert list(Event.objects.filter(act__endswith="_feed").values_list("act", "office_code")) == [("make_feed", "cg"), ("revoke_feed", "cg")]
    assert verify().fault is None


def test_已有一个的_不另生成(room, reader):
    room.on("06-07")
    person = reader("cg")
    send(person, "make", "unit")
    again = send(person, "make", "unit")
    assert again.status == 422 and "请先撤销，再生成新的" in again.text and Feed.objects.count() == 1


def test_没有的_撤销不改变什么(room, reader):
    room.on("06-07")
    assert send(reader("cg"), "revoke", "unit").status == 302
    assert not Event.objects.filter(act="revoke_feed").exists()


def test_个人的只有本人能撤销_单位的同事也能(room, district, reader, client):
    second_clerk(district.cg, "cg_2")
    room.on("06-07")
    mine, units = (address_on(send(reader("cg"), "make", kind)) for kind in ("person", "unit"))
    colleague, other = reader("cg_2"), reader("zwb")
    for kind in ("person", "unit"):
        send(other, "revoke", kind)
    assert [client.get(a).status_code for a in (mine, units)] == [200, 200]
    for kind in ("person", "unit"):
        send(colleague, "revoke", kind)
    assert [client.get(a).status_code for a in (mine, units)] == [200, 404]
