"""第七条（一）、S49: an application of several items over several lists is put together, looked at, and handed in: all or nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.adjustment.models import Application, Draft
from tests.lists.samples import complete

from .room import CODE, owed, told
from .test_application_pages import CAUSE

GROUP = "a1b2"
OTHER = "410105-027-02-001-00"


@pytest.fixture
def today(room, item):
    room.put(kind="收费", code=OTHER)
    room.on("06-07", "10:20")


def address(kind="权责", move="变更", code=CODE, group=GROUP):
    return f"/adjustment/apply/?list_kind={kind}&move={move}&code={code}&group={group}"


def added(person, path, **typed):
    answer = person.fill(path, **typed, save="1")
    assert answer.location == f"/adjustment/gather/{GROUP}/", answer.text


def three(person):
    """变更 in the 权责清单, 取消 in the 收费清单, 新增 in the 审批清单."""
    added(person, address(), **CAUSE, f_promised="3")
    added(person, address("收费", "取消", OTHER), **CAUSE)
    content = {f"f_{k}": v for k, v in complete("审批", "410105-027-03-001-00", "新事项").items()}
    added(person, address("审批", "新增", ""), **CAUSE, **content)


def hand_in(person, **typed):
    page = person.load(f"/adjustment/gather/{GROUP}/")
    return person.send(page, f"/adjustment/gather/{GROUP}/", **typed)


def test_第七条_三张清单三个事项_一次提交_各为一案(today, reader):
    person = reader("cg")
    three(person)
    page = person.load(f"/adjustment/gather/{GROUP}/")
    assert page.text.count("可以提交") == 3 and page.value("title") == "变更：甲事项等 3 项"
    assert "政务办须在 2 个工作日内转办" in page.text
    answer = person.send(page, f"/adjustment/gather/{GROUP}/", title="依新条例一并调整")
    application = Application.objects.get()
    assert answer.location == f"/adjustment/group/{application.number}/" and application.title == "依新条例一并调整"
    cases = list(Case.objects.filter(place__application=application).order_by("place__n"))
    assert [case.title for case in cases] == ["变更：甲事项", "取消：甲事项", "新增：新事项"]
    assert all(owed(case) == [("D3", "zwb", "06-12")] for case in cases)
    assert not Draft.objects.exists() and verify().fault is None
    shown = person.get(answer.location)
    assert "申2016-0001 之二" in shown.text and shown.text.count("政务办：转办调整申请") == 3


def test_第七条_双击只有一份(today, reader):
    person = reader("cg")
    three(person)
    page = person.load(f"/adjustment/gather/{GROUP}/")
    places = {person.send(page, f"/adjustment/gather/{GROUP}/").location for _ in range(2)}
    assert places == {"/adjustment/group/申2016-0001/"} and Application.objects.count() == 1


def test_下一项带上同一情形(today, reader):
    """The cause of the item before stands in the form of the next one, so that nobody types it three times."""
    person = reader("cg")
    added(person, address(), **CAUSE, f_promised="3")
    page = person.load(address("收费", "取消", OTHER))
    assert {name: page.value(name) for name in CAUSE} == CAUSE and "提交并开始计时" not in page.text


def test_有一项填得不全_整份不提交_说明是哪一项(today, reader):
    person = reader("cg")
    added(person, address(), **CAUSE, f_promised="3")
    added(person, address("收费", "取消", OTHER), **{**CAUSE, "reason": ""})
    assert "取消：甲事项" in person.get("/adjustment/drafts/").text
    before = Event.objects.count()
    page = person.load(f"/adjustment/gather/{GROUP}/")
    assert page.text.count("还不能提交") == 1 and "请填写调整意见" in page.text
    answer = person.send(page, f"/adjustment/gather/{GROUP}/", title="一并调整")
    assert answer.status == 422 and "整份申请没有提交。“甲事项”还不能提交：请填写调整意见" in answer.text and answer.value("title") == "一并调整"
    assert Event.objects.count() == before and Draft.objects.count() == 2


def test_没有改动的一项_也说明(today, reader):
    person = reader("cg")
    added(person, address(), **CAUSE)
    assert "没有任何字段变化" in person.get(f"/adjustment/gather/{GROUP}/").text


def test_有一项正在调整_整份不提交_说明第几项(today, room, item, reader):
    """S3: refused inside the transaction: nothing is handed in, all drafts are still there."""
    person = reader("cg")
    three(person)
    first = room.apply("06-07", item, promised="2")
    before = Event.objects.count()
    answer = hand_in(person)
    assert answer.status == 422 and "整份申请没有提交。第一项：不能提交“甲事项”的申请" in answer.text and first.number in answer.text
    assert (Event.objects.count(), Draft.objects.count(), Application.objects.count()) == (before, 3, 0)


def test_同一事项出现两次_说明(today, reader):
    person = reader("cg")
    added(person, address(), **CAUSE, f_promised="3")
    added(person, address(), **CAUSE, f_promised="2")
    answer = hand_in(person)
    assert answer.status == 422 and "在申请中出现两次" in answer.text and Draft.objects.count() == 2


def test_打开之后有人加了一项_先看再提交(today, reader):
    person = reader("cg")
    added(person, address(), **CAUSE, f_promised="3")
    page = person.load(f"/adjustment/gather/{GROUP}/")
    added(person, address("收费", "取消", OTHER), **CAUSE)
    answer = person.send(page, f"/adjustment/gather/{GROUP}/")
    assert answer.status == 422 and "有人加入或者删去了事项" in answer.text and not Application.objects.exists()
    assert person.send(answer, f"/adjustment/gather/{GROUP}/").status == 302


def test_打开之后有人改了一项_先看再提交(today, room, reader):
    person = reader("cg")
    added(person, address(), **CAUSE, f_promised="3")
    page = person.load(f"/adjustment/gather/{GROUP}/")
    room.on("06-07", "10:40")
    added(person, f"/adjustment/apply/?draft={Draft.objects.get().pk}", **CAUSE, f_promised="2")
    answer = person.send(page, f"/adjustment/gather/{GROUP}/")
    assert answer.status == 422 and "城管局经办甲于06月07日 10:40又保存了这份草稿" in answer.text and Draft.objects.count() == 1


def test_清单有新版的一项_先核对(today, room, item, reader):
    person = reader("cg")
    added(person, address(), **CAUSE, f_phone="0371-63520009")
    room.publish("06-20", room.forwarded(item, promised="3"))
    page = person.load(f"/adjustment/gather/{GROUP}/")
    assert "第 2 版已经公布：请打开核对三方对照" in page.text
    assert person.send(page, f"/adjustment/gather/{GROUP}/").status == 422
    added(person, f"/adjustment/apply/?draft={Draft.objects.get().pk}")
    assert hand_in(person).status == 302


def test_删去一项_回到这份申请(today, reader):
    person = reader("cg")
    three(person)
    draft = Draft.objects.first()
    answer = person.client.post(f"/adjustment/drafts/{draft.pk}/discard/", {"count": draft.count, "group": GROUP})
    assert answer.headers["Location"] == f"/adjustment/gather/{GROUP}/" and Draft.objects.count() == 2


def test_新的一份从空开始_别的单位看不到(today, reader):
    person = reader("cg")
    path = person.get("/adjustment/gather/new/").location
    assert "还没有事项" in person.get(path).text and f"/adjustment/new/?group={path.split('/')[-2]}" in person.get(path).links
    three(person)
    assert "还没有事项" in reader("zwb").get(f"/adjustment/gather/{GROUP}/").text
    assert reader("cg").client.post(f"/adjustment/gather/{GROUP}x/", {"title": "空"}).status_code == 422


def test_第一页带着这份申请走(today, reader):
    person = reader("cg")
    answer = person.get("/adjustment/new/", list_kind="权责", move="变更", code=CODE, group=GROUP)
    assert answer.location.endswith(f"group={GROUP}") and "再加一个事项" in person.get("/adjustment/new/", group=GROUP).text


def test_查询数不随事项数增加(today, room, reader):
    person, counts = reader("cg"), []
    for n in (1, 3):
        while Draft.objects.count() < n:
            code = f"410105-027-01-01{Draft.objects.count()}-00"
            room.put(code=code)
            room.on("06-07")
            added(person, address(code=code), **CAUSE, f_promised="3")
        with CaptureQueriesContext(connection) as found:
            person.get(f"/adjustment/gather/{GROUP}/")
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_各事项分道而行(today, room, reader):
    """S49: withdrawn, sent back, referred: each case has a course of its own."""
    person = reader("cg")
    three(person)
    hand_in(person)
    one, two, three_ = Case.objects.filter(place__isnull=False).order_by("place__n")
    room.say("06-08", "cg", one, "withdraw", "再议")
    room.refer("06-12", two, "czj")
    assert [told(case)[-1][0] for case in (one, two, three_)] == ["withdraw", "refer", "apply"]
    assert (owed(one), owed(two), owed(three_)) == ([("D1", "cg", "06-16")], [("D4", "czj", "06-17")], [("D3", "zwb", "06-12")])
