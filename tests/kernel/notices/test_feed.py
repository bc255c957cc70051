"""P-C9: the feed as a calendar program reads it: parsed, never compared as text."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.notices.actions import make_feed, revoke_feed
from qingdan.kernel.offices.models import Office, Post
from tests.kernel.ledger.worlds import approved, begin, do, referred

pytestmark = pytest.mark.django_db


def made(side, personal=False, at="2016-06-07T08:00"):
    with clock.frozen(at):
        return f"/feeds/{make_feed(by=side.person, office=side.office, personal=personal)}.ics"


def entries(client, address, at="2016-06-14T09:30"):
    with clock.frozen(at):
        response = client.get(address)
    assert response.status_code == 200, response.status_code
    return {str(e["summary"]): e for e in Calendar.from_ical(response.content).walk("VEVENT")}


def test_一项期限一条_全天在到期日_前一个工作日提醒(district, client):
    """第七条（三）: due on Friday 06-17; the alarm goes off on Thursday at nine. Due on Monday it goes off on Friday."""
    address = made(district.fzb)
    referred(district, "fzb")
    (title, entry), = entries(client, address).items()
    assert title == "反馈审核意见（第七条（三））调2016-0001"
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(2016, 6, 17), date(2016, 6, 18))
    (alarm,) = entry.walk("VALARM")
    assert str(alarm["action"]) == "DISPLAY" and alarm.decoded("trigger") == timedelta(days=-1, hours=9)
    referred_later = begin(district, day="2016-06-14T09:00")
    do(referred_later, district.cg, "apply", "2016-06-14T10:00")
    do(referred_later, district.zwb, "refer", "2016-06-14T11:00", gives={"牵头部门": [district.fzb.office]})
    second = entries(client, address)["反馈审核意见（第七条（三））调2016-0002"]
    assert second.decoded("dtstart") == date(2016, 6, 21)
    monday = begin(district, day="2016-06-20T08:00")
    do(monday, district.cg, "apply", "2016-06-20T08:30")
    do(monday, district.zwb, "refer", "2016-06-20T09:00", gives={"牵头部门": [district.fzb.office]})
    third = entries(client, address, "2016-06-20T10:00")["反馈审核意见（第七条（三））调2016-0003"]
    (alarm,) = third.walk("VALARM")
    assert third.decoded("dtstart") == date(2016, 6, 27) and alarm.decoded("trigger") == timedelta(days=-3, hours=9)


def test_标题写事项_条款_编号(district, client):
    address = made(district.cg)
    approved(district)
    assert "确认核准意见（第七条（四））调2016-0001" in entries(client, address)


def test_办结的从日历里消失(district, client):
    address = made(district.fzb)
    case = referred(district, "fzb")
    assert len(entries(client, address)) == 1
    do(case, district.fzb, "agree", "2016-06-14T10:00")
    assert entries(client, address) == {}


def test_改了日期的_同一个标识_序号增大(district, client):
    """第七条（一）: the extension moves the day; UID stays, SEQUENCE grows, DTSTAMP is the moment of the act that moved it."""
    address, case = made(district.cg), begin(district)
    (before,) = entries(client, address).values()
    do(case, district.cg, "ask_extension", "2016-06-20T10:00")
    do(case, district.zwb, "grant_extension", "2016-06-21T10:00", ordered=date(2016, 7, 20))
    (after,) = entries(client, address, "2016-06-21T11:00").values()
    assert before["uid"] == after["uid"] and before.decoded("dtstart") == date(2016, 6, 22) and after.decoded("dtstart") == date(2016, 7, 20)
    assert after["sequence"] > before["sequence"] == 0
    assert after.decoded("dtstamp") == datetime(2016, 6, 21, 2, 0, tzinfo=UTC) == after.decoded("last-modified")


def test_没有变化的_每次读到的完全一样(district, client):
    """A calendar program that reads every hour sees a change only where there is one."""
    address = made(district.cg)
    begin(district)
    seen = []
    for moment in ("2016-06-14T09:00", "2016-06-20T18:00"):
        with clock.frozen(moment):
            seen.append(client.get(address).content)
    assert seen[0] == seen[1]


def test_每一条的标识都不同(district, client):
    address = made(district.zwb)
    for _ in range(3):
        do(begin(district), district.cg, "apply", "2016-06-07T10:00")
    with clock.frozen("2016-06-08T09:00"):
        found = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    assert len({str(e["uid"]) for e in found}) == len(found) == 3


def test_暂定的_注明(district, client):
    address = made(district.cg)
    begin(district, day="2026-12-28T09:00")
    (title, entry), = entries(client, address, "2026-12-28T10:00").items()
    assert title.endswith("【暂定】") and str(entry["status"]) == "TENTATIVE"


def test_待前项完成的和目标日_注明(district, client):
    address, case = made(district.cg), approved(district)
    do(case, district.cg, "confirm", "2016-06-15")
    assert list(entries(client, address)) == ["更新本部门网站和办公场所（第七条（五））调2016-0001【待前项完成】"]
    do(begin(district, day="2016-06-15T10:00"), district.cg, "apply", "2016-06-15T10:00")
    returned = begin(district, day="2016-06-15T11:00")
    do(returned, district.cg, "apply", "2016-06-15T11:00")
    do(returned, district.zwb, "return_once", "2016-06-15T12:00")
    assert "补正调整申请（第七条（二））调2016-0003【目标日】" in entries(client, address, "2016-06-15T13:00")


def test_没有人名和意见内容(district, client):
    """P-C9: nobody's name, no words of any opinion, not even the title of a case."""
    addresses = [made(side) for side in (district.cg, district.zwb, district.fzb, district.dzzw)]
    case = referred(district, "fzb")
    do(case, district.fzb, "disagree", "2016-06-13", facts={"opinion": "这是法制办的意见"})
    with clock.frozen("2016-06-14T09:00"):
        text = "".join(str(Calendar.from_ical(client.get(a).content).to_ical().decode()) for a in addresses).replace("\r\n ", "")
    people = [side.person.name for side in vars(district).values()]
    assert "出具核准意见" in text
    assert not [word for word in [*people, "这是法制办的意见", case.title] if word in text]


def test_每行不超过七十五字节_特殊字符转义(district, client):
    """RFC 5545 3.1: lines folded by the library, however long the office's name; commas and semicolons escaped."""
    office = district.cg.office
    office.short = "城管局，;,\\" + "很长" * 10
    with clock.frozen("2016-06-01T09:00"):
        note("rename", by=None, rows=[office])
    address = made(district.cg)
    begin(district)
    with clock.frozen("2016-06-08T09:00"):
        content = client.get(address).content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75 and b"\n" not in content.replace(b"\r\n", b"")
    assert str(Calendar.from_ical(content)["x-wr-calname"]) == office.short + "待办到期日"


def test_说明里写明为什么是这一天(district, client):
    """P-C4: the description is the statement; the due day of the entry is the one that its text leads to."""
    address = made(district.fzb)
    referred(district, "fzb")
    (entry,) = entries(client, address).values()
    said = str(entry["description"]).split("\n")
    assert said[0] == "调2016-0001" and said[1].startswith("第七条（三）：") and "起算：“转办”之日，2016年6月12日（周日）" in said
    assert "2016-06-17（周五） 工作日，第 5 个工作日" in said and "到期：2016年6月17日（周五） 24 时" in said


def test_链接到案件页(district, client):
    address, case = made(district.cg), begin(district)
    (entry,) = entries(client, address).values()
    assert str(entry["url"]).startswith("http://testserver/desk/cases/") and client.get(str(entry["url"])).status_code == 302
    assert case.number in str(entry["description"])


def test_不留存_不要求登录(district, client):
    with clock.frozen("2016-06-08T09:00"):
        response = client.get(made(district.cg))
    assert response["Content-Type"] == "text/calendar; charset=utf-8" and response["Cache-Control"] == "no-store"
    assert response.cookies == {}


def test_不存在的_撤销的_答复一样(district, client):
    """The address of a revoked feed cannot be told from one that never was."""
    address = made(district.cg)
    with clock.frozen("2016-06-08T09:00"):
        revoke_feed(by=district.cg.person, office=district.cg.office, personal=False)
    answers = []
    for path in (address, f"/feeds/{'A' * 43}.ics", "/feeds/长👍.ics"):
        with clock.frozen("2016-06-08T10:00"):
            response = client.get(path)
        answers.append((response.status_code, response.content, sorted(response.headers.items())))
    assert answers[0] == answers[1] == answers[2] and answers[0][0] == 404


def test_不再任职的_个人地址失效_单位的仍在(district, client):
    mine, units = made(district.cg, personal=True), made(district.cg)
    begin(district)
    assert len(entries(client, mine)) == len(entries(client, units)) == 1
    post = Post.objects.get(person=district.cg.person)
    post.valid_to = date(2016, 6, 13)
    with clock.frozen("2016-06-13T09:00"):
        note("end_post", by=None, rows=[post])
    with clock.frozen("2016-06-14T09:00"):
        assert [client.get(a).status_code for a in (mine, units)] == [404, 200]


def test_单位撤销后_地址失效(district, client):
    address = made(district.cg)
    office = Office.objects.get(code="cg")
    office.valid_to = date(2016, 6, 13)
    with clock.frozen("2016-06-13T09:00"):
        note("end_office", by=None, rows=[office])
    with clock.frozen("2016-06-14T09:00"):
        assert client.get(address).status_code == 404


def test_读取不写任何东西_查询次数固定(district, client):
    address = made(district.cg)
    counts = []
    for _ in range(2):
        for _ in range(5):
            begin(district)
        before = Event.objects.count()
        with clock.frozen("2016-06-08T09:00"), CaptureQueriesContext(connection) as found:
            client.get(address)
        counts.append(len(found))
        assert Event.objects.count() == before and not [q for q in found if not q["sql"].startswith("SELECT")]
    assert counts[0] == counts[1] <= 6
