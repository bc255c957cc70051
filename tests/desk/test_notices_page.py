"""提醒: the bell on every page of the staff, the list, marking as read; the banner before the calendar ends (P-C6)."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel import clock
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.notices.models import Notice
from qingdan.kernel.notices.telling import tell
from tests.kernel.notices.people import lies_before, make_head, post_of
from tests.measures.browsing import Page, Reader

PAGE = "/desk/notices/"


@pytest.fixture
def reader(client_as):
    return lambda username: Reader(client_as(username if "_" in username else f"{username}_1"))


def post(person, **data):
    return Page(person.client.post(f"{PAGE}read/", data))


def queries(person, path):
    with CaptureQueriesContext(connection) as found:
        assert person.get(path).status == 200
    return len(found)


def late_case(room, item):
    """Cause on 06-01: due 06-15. The sweeps of 06-14 to 06-16."""
    case = room.register("06-02", item, cause_day="06-01", promised="3")
    for day in ("06-15", "06-16", "06-17"):
        room.on(day, "00:30")
        sweep()
    room.on("06-17")
    return case


def test_没有提醒的_说明以后从哪里来(room, reader):
    room.on("06-07")
    page = reader("hyl").get(PAGE)
    assert "没有提醒" in page.text and "现在应办的事项见“待办”" in page.text and "<table" not in page.html
    assert "条未读" not in page.text


def test_每一页上都有未读的条数(room, item, reader):
    case = late_case(room, item)
    for path in ("/desk/", "/desk/cases/", f"/desk/cases/{case.number}/", PAGE, "/desk/notices/feeds/"):
        assert "1 条未读" in reader("zwb").get(path).text, path
    assert "条未读" not in reader("fzb").get("/desk/").text


def test_列表说明事项_条款_案件_可以去办(room, item, reader):
    case = late_case(room, item)
    page = reader("zwb").get(PAGE)
    assert f"{case.number}：城管局未在2016年6月16日（周四）前办结“提交调整申请”（第七条（一）），已经逾期，请督办。" in page.text
    assert case.title in page.text and f"/desk/cases/{quote(case.number)}/" in page.links


def test_标为已读_一条或者全部_只对本人(room, district, reader):
    room.on("06-07")
    head = make_head_before(district)
    room.on("06-07", "10:00")
    for n in range(3):
        tell(district.cg.office, f"第{n}件", key=str(n))
    clerk = reader("cg")
    first = Notice.objects.get(key="1")
    assert post(clerk, notice=first.name).location == PAGE
    assert lies_before(post_of(district.cg)) == ["第0件", "第2件"] and len(lies_before(head)) == 3
    text = clerk.get(PAGE).text
    assert text.index("第2件") < text.index("第0件") < text.index("第1件"), "unread first, then the newest"
    post(clerk, all="1")
    assert lies_before(post_of(district.cg)) == [] and "全部标为已读" not in clerk.get(PAGE).text


def make_head_before(district):
    clock.set_fixed(None)
    return make_head(district.cg, "cg_head")


def test_别的单位的和只给负责人的_看不到也标不了(room, district, reader):
    make_head_before(district)
    room.on("06-07")
    tell(district.zwb.office, "政务办的", key="a")
    tell(district.cg.office, "负责人的", key="b", heads_only=True)
    clerk = reader("cg")
    assert "政务办的" not in clerk.get(PAGE).text and "负责人的" not in clerk.get(PAGE).text
    for notice in Notice.objects.all():
        post(clerk, notice=notice.name)
    post(clerk, all="1")
    assert "1 条未读" in reader("zwb").get(PAGE).text
    assert "负责人的" in reader("cg_head").get(PAGE).text and "1 条未读" in reader("cg_head").get(PAGE).text


@pytest.mark.parametrize("odd", ["", "0", "-1", "九", "9" * 40, "1;2", "\0", "٣"])
def test_标为已读的编号不对_什么也不变(room, district, reader, odd):
    room.on("06-07")
    tell(district.cg.office, "一件", key="a")
    assert post(reader("cg"), notice=odd).status == 302 and len(lies_before(post_of(district.cg))) == 1


def test_按状态和编号查找(room, item, reader, district):
    case = late_case(room, item)
    tell(district.zwb.office, "另一件", key="x")
    person = reader("zwb")
    post(person, notice=Notice.objects.get(key="x").name)

    def found(**query):
        text = person.get(PAGE, **query).text
        return [word for word in ("已经逾期", "另一件") if word in text]

    assert found() == ["已经逾期", "另一件"] and found(state="unread") == ["已经逾期"] and found(state="read") == ["另一件"]
    assert found(q=case.number) == ["已经逾期"] and found(state="settled") == []
    room.say("06-17", "zwb", case, "close_without_change", "无需调整")
    assert found(state="settled") == ["已经逾期"] and found(state="unread") == []
    assert "没有符合条件的提醒" in person.get(PAGE, state="unread").text
    for odd in ("%", "'; drop table", "\0", "长" * 5000, "👍"):
        assert person.get(PAGE, q=odd, state=odd, page=odd).status == 200


def test_没有权限看的案件_只有编号(room, item, reader, district):
    """S46: an office that is told of a case it may not open reads the text and no title."""
    case = room.register("06-02", item, promised="3")
    room.on("06-03")
    tell(district.hyl.office, f"请知悉 {case.number}", key="a", case=case)
    page = reader("hyl").get(PAGE)
    assert case.number in page.text and case.title not in page.text and f"/desk/cases/{quote(case.number)}/" not in page.links


def test_提醒里的文字不会成为网页(room, district, reader):
    room.on("06-07")
    tell(district.cg.office, "<script>alert(1)</script>", key="a")
    assert "<script>alert" not in reader("cg").get(PAGE).html


def test_查询次数不随提醒多少而变(room, item, reader, district):
    person, paths = reader("zwb"), (PAGE, f"{PAGE}?state=unread&q=调", "/desk/")
    late_case(room, item)
    few = [queries(person, path) for path in paths]
    for n in range(40):
        case = room.register("06-17", item, promised="3")
        tell(district.zwb.office, "一件", key=str(n), case=case)
    assert [queries(person, path) for path in paths] == few and max(few) <= 15


def test_多于五十条的分页(room, district, reader):
    room.on("06-07")
    for n in range(51):
        tell(district.cg.office, "一件", key=str(n))
    person = reader("cg")
    assert person.get(PAGE).html.count("<tr") - person.get(PAGE, page="2").html.count("<tr") == 49


def test_放假安排将用完_政务办的待办上有提示(room, reader):
    clock.set_fixed("2026-11-24T09:00")
    assert "请在国务院办公厅公布下一年的放假安排后尽快录入" in reader("zwb").get("/desk/").text
    assert "请在国务院办公厅公布" not in reader("cg").get("/desk/").text
    clock.set_fixed("2026-06-24T09:00")
    assert "请在国务院办公厅公布" not in reader("zwb").get("/desk/").text
