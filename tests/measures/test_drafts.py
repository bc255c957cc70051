"""P-B8: what is typed is put aside as it is; many drafts, many people; whoever comes second is told and loses nothing."""

import threading
from urllib.parse import unquote

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Person, Post
from qingdan.measures.adjustment import actions, drafting
from qingdan.measures.adjustment.drafting import LARGEST, Typed, save, use_up
from qingdan.measures.adjustment.models import ChangeRequest, Draft

from .browsing import Reader
from .room import CODE, owed
from .test_application_pages import CAUSE, address


@pytest.fixture
def reader(client_as):
    return lambda code: Reader(client_as(f"{code}_1" if "_" not in code else code))


@pytest.fixture
def today(room, item):
    room.on("06-07", "10:20")


@pytest.fixture
def colleague(room):
    """A second clerk of 城管局: cg_2."""
    room.on("05-06")
    person = Person(username="cg_2", name="同事乙", password="!")
    note("create_person", by=None, rows=[person, Post(person=person, office=room.d.cg.office)])
    room.on("06-07", "10:20")
    return person


def put_aside(person, path=None, **typed):
    """暂存, and the page to which it leads."""
    answer = person.fill(path or address(), **typed, save="1")
    assert answer.status == 302, answer.text
    return answer.location


# ---- one person


def test_暂存不检查_不立案_不计时(today, reader):
    """Nothing of it is a business row: no event, no case, nothing owed; the typed text stands in the form again, wrong or not."""
    before = Event.objects.count()
    person = reader("cg")
    path = put_aside(person, cause="写到一半", cause_day="上周", f_promised="三天", f_basis="")
    page = person.load(path)
    assert "已暂存" in page.text and "没有提交" in page.text
    assert (page.value("cause"), page.value("cause_day"), page.value("f-promised"), page.value("f-basis")) == ("写到一半", "上周", "三天", "")
    assert (Event.objects.count(), Case.objects.filter(request__isnull=False).count()) == (before, 0)
    assert verify().fault is None


def test_继续填写后提交_草稿不再列出(today, reader):
    person = reader("cg")
    path = put_aside(person, **CAUSE, f_promised="3")
    listed = person.get("/adjustment/drafts/")
    assert "变更：甲事项" in listed.text and path in map(unquote, listed.links)
    answer = person.send(person.load(path), path)
    assert answer.status == 302 and not Draft.objects.exists()
    assert ChangeRequest.objects.get().asked["promised"] == "3"
    assert "没有草稿" in person.get("/adjustment/drafts/").text
    assert person.get(path).location == "/adjustment/drafts/"


def test_按钮按了两次_只有一份草稿(today, reader):
    person = reader("cg")
    page = person.load(address())
    places = [person.send(page, address(), **CAUSE, save="1").location for _ in range(2)]
    assert len(set(places)) == 1 and Draft.objects.count() == 1


def test_先登记情形的_草稿也用去(today, reader):
    person = reader("cg")
    path = put_aside(person, **CAUSE, f_promised="3")
    assert person.send(person.load(path), path, register="1").status == 302
    assert not Draft.objects.exists() and owed(Case.objects.get(request__isnull=False)) == [("D1", "cg", "06-16")]


def test_提交被拒绝_草稿还在(today, room, item, reader):
    """S3: another case is changing the item; the draft is not lost with the refusal."""
    person = reader("cg")
    path = put_aside(person, **CAUSE, f_promised="3")
    room.apply("06-07", item, promised="2")
    answer = person.send(person.load(path), path)
    assert answer.status == 422 and "正在案件" in answer.text and Draft.objects.count() == 1


def test_太长的不暂存_说明原因_所填还在(today, reader):
    answer = reader("cg").fill(address(), cause="长" * (LARGEST // 6 + 1), save="1")
    assert answer.status == 422 and "请精简" in answer.text and answer.value("cause").startswith("长长") and not Draft.objects.exists()


def test_草稿只有本单位看得到(today, reader):
    """S46: an office sees its own typing only: no list, no form, no preview, no deleting by another."""
    path = put_aside(reader("cg"), **CAUSE)
    draft, stranger = Draft.objects.get(), reader("zwb")
    assert "没有草稿" in stranger.get("/adjustment/drafts/").text
    assert stranger.get(path).location == "/adjustment/drafts/"
    assert stranger.get(f"/preview/draft/{draft.pk}/").status == 404
    stranger.client.post(f"/adjustment/drafts/{draft.pk}/discard/", {"count": 1})
    assert Draft.objects.count() == 1


def test_删除草稿_同事又保存过的不删(today, reader, colleague):
    person, other = reader("cg"), reader("cg_2")
    path = put_aside(person, **CAUSE)
    draft = Draft.objects.get()
    put_aside(other, path, **CAUSE, f_promised="4")
    person.client.post(f"/adjustment/drafts/{draft.pk}/discard/", {"count": draft.count})
    assert "同事乙于06月07日 10:20又保存了这份草稿" in person.get("/adjustment/drafts/").text and Draft.objects.count() == 1
    person.client.post(f"/adjustment/drafts/{draft.pk}/discard/", {"count": 2})
    assert not Draft.objects.exists()


def test_草稿列表的查询数不随份数增加(today, reader):
    person = reader("cg")
    counts = []
    for n in (1, 3):
        while Draft.objects.count() < n:
            put_aside(person, cause=f"第 {Draft.objects.count()} 份")
        with CaptureQueriesContext(connection) as found:
            person.get("/adjustment/drafts/")
        counts.append(len(found))
    assert counts[0] == counts[1]


# ---- two people


def test_两人同时改一份草稿_后存的得知是谁何时_两份都在(today, room, reader, colleague):
    """The second one's text becomes a draft of its own, beside the first one's, and both are shown field by field."""
    one, two = reader("cg"), reader("cg_2")
    path = put_aside(one, **CAUSE)
    mine, theirs = one.load(path), two.load(path)
    room.on("06-07", "10:32")
    assert two.send(theirs, path, f_promised="4", reason="同事的意见", save="1").location == path
    answer = one.send(mine, path, f_promised="3", reason="我的意见", save="1")
    page = one.load(answer.location)
    assert "同事乙于06月07日 10:32又保存了这份草稿" in page.text and "双方改得不同，请核对" in page.text
    assert (page.value("reason"), page.value("f-promised")) == ("我的意见", "3")
    assert sorted(d.cause["reason"] for d in Draft.objects.all()) == ["同事的意见", "我的意见"]


def test_提交时同事刚保存过_先告知再提交_所填还在(today, room, reader, colleague):
    one, two = reader("cg"), reader("cg_2")
    path = put_aside(one, **CAUSE, f_promised="3")
    mine = one.load(path)
    put_aside(two, path, **CAUSE, f_promised="4")
    answer = one.send(mine, path)
    assert answer.status == 422 and "同事乙于06月07日 10:20又保存了这份草稿" in answer.text and answer.value("f-promised") == "3"
    assert not ChangeRequest.objects.exists() and Draft.objects.get().content["promised"] == "4"
    assert one.send(answer, path).status == 302, "having seen it"
    assert ChangeRequest.objects.get().asked["promised"] == "3" and not Draft.objects.exists()


def test_打开期间草稿被删去_再暂存成为新的一份(today, reader, colleague):
    one = reader("cg")
    path = put_aside(one, **CAUSE)
    page = one.load(path)
    one.client.post(f"/adjustment/drafts/{Draft.objects.get().pk}/discard/", {"count": 1})
    answer = one.send(page, path, reason="还要", save="1")
    assert answer.status == 302 and one.load(answer.location).value("reason") == "还要"


# ---- the item got a newer version meanwhile


def test_打开草稿时清单已有新版_列出三方_只有对方改的已换成现行(today, room, item, reader):
    """P-B8, at edit: version on which it was begun, newest version, what was typed; the form goes on from the newest one."""
    person = reader("cg")
    path = put_aside(person, **CAUSE, f_phone="0371-63520009", f_discretion="新裁量")
    other = room.forwarded(item, promised="3", discretion="对方的裁量")
    room.publish("06-20", other)
    page = person.load(path)
    assert "第 2 版已经公布，请核对" in page.text
    assert "承诺时限 5 个工作日 3 个工作日 5 个工作日 已换成现行内容" in page.text
    assert "双方改得不同，请核对" in page.text and "只有一方改动，保留" in page.text
    typed = (page.value("base"), page.value("f-promised"), page.value("f-phone"), page.value("f-discretion"))
    assert typed == ("2", "3", "0371-63520009", "新裁量")
    assert person.send(page, path).status == 302
    request = ChangeRequest.objects.exclude(case=other).get()
    assert (request.base_number, sorted(request.touched())) == (2, ["discretion", "phone"])


def test_打开草稿时事项已取消_说明原因_所填还在(today, room, item, reader):
    person = reader("cg")
    path = put_aside(person, **CAUSE, f_phone="0371-63520009")
    room.publish("06-20", room.forwarded(item, move="取消"))
    page = person.load(path)
    assert "这一事项已经取消" in page.text and page.value("f-phone") == "0371-63520009"
    answer = person.send(page, path)
    assert answer.status == 422 and "这一事项已经取消" in answer.text


def test_取消事项的草稿_只有情形(today, room, item, reader):
    person = reader("cg")
    path = put_aside(person, address(move="取消"), **CAUSE)
    page = person.load(path)
    assert page.value("reason") == CAUSE["reason"] and "f-promised" not in page.fields
    assert person.send(page, path).status == 302


@pytest.mark.parametrize("query", ["draft=0", "draft=9999999999", "draft=%00", "draft=x&list_kind=甲"])
def test_没有的草稿_回到草稿列表(query, today, reader):
    assert reader("cg").get(f"/adjustment/apply/?{query}").location == "/adjustment/drafts/"


# ---- the race


@pytest.mark.django_db(transaction=True)
def test_同一事项的两份草稿同时提交_恰有一份成功_另一份还在(room):
    """P-B8: one submitted case an item (S3); the loser is told, and its draft is still there."""
    item = room.put()
    room.on("06-07")
    office, person = room.d.cg.office, room.d.cg.person
    asked = [room.ask(item, promised=n) for n in ("2", "3")]
    drafts = [save(Typed("权责", "变更", CODE, 1, {}, request.asked), by=person, office=office).draft for request in asked]
    together, results = threading.Barrier(2), {}

    def hand_in(n):
        together.wait()
        try:
            with drafting.writing():
                use_up(office, {drafts[n].pk: drafts[n].count})
                results[n] = actions.apply_new(asked[n], by=person, office=office, key=f"race{n}")
        except Refused as refused:
            results[n] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand_in, args=(n,)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [n for n in (0, 1) if isinstance(results[n], Case)]
    assert len(won) == 1 and "正在案件" in results[1 - won[0]].why
    assert [d.pk for d in Draft.objects.all()] == [drafts[1 - won[0]].pk]
    assert ChangeRequest.objects.count() == 1 and verify().fault is None
