"""P-E6 到期销毁: due by the table, proposed by one, approved by two others, destroyed at once, and everything else still stands."""

import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit import verify_ledger as second
from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import append
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.heads import day_heads
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.notices.models import Notice
from qingdan.kernel.offices.models import Person, Post
from qingdan.kernel.vault.filing import seal_file
from qingdan.kernel.vault.models import Sealed
from qingdan.kernel.vault.reading import read_content
from qingdan.kernel.vault.sealing import seal
from qingdan.measures.complaints import codes, complaining, disposing
from qingdan.measures.complaints.access import passages_of
from qingdan.measures.complaints.actions import file_complaint
from qingdan.measures.complaints.disposing import approve, due, propose, reject
from qingdan.measures.complaints.likeness import like
from qingdan.measures.complaints.models import Decision, Disposal, Liability, Likeness
from qingdan.measures.complaints.papers.issuing import issue
from qingdan.measures.complaints.papers.words import OF_ACT
from tests.kernel.files.samples import PNG
from tests.telling import take_out

from .room import IDENTITY, TEXT

pytestmark = pytest.mark.django_db
THREE, TEN = "2019-09-13", "2026-09-13"  # 2016-09-13 and three, ten years


@pytest.fixture
def people(room):
    """Two more clerks of 法制办, and one of 编办."""
    clock.set_fixed("2016-05-08T09:00")
    made = {name: Person(username=name, name=f"{name}某") for name in ("fzb_2", "fzb_3", "bb_2")}
    posts = [Post(person=p, office=room.office(name.partition("_")[0])) for name, p in made.items()]
    note("people", by=None, rows=[*made.values(), *posts])
    return made | {"fzb_1": room.who("fzb")["by"], "bb_1": room.who("bb")["by"]}


@pytest.fixture
def ended(room, people):
    """A complaint through the portal with a file, declined by 法制办 on 2016-09-13 with a paper; its query code."""
    code = codes.new_code()
    filing = room.filing(channel="web", query_hash=codes.hash_of(code), to=room.office("fzb"))
    room.on("09-12")
    filing.files = [seal_file(filing.reference, PNG)]
    complaint = file_complaint(filing, by=None, key="ended")
    event = room.decline("09-13", complaint)
    for template in OF_ACT["decline"]:
        issue(room.fresh(complaint), event, template, **room.who("fzb"))
    return room.fresh(complaint), code


def kinds(room, on, office="fzb"):
    room.on(on)
    return [d.rule.key for d in due(room.office(office))]


def proposed(room, people, on=THREE, by="fzb_1", key=None):
    room.on(on)
    return propose([d.pick for d in due(room.office("fzb"))], by=people[by], office=room.office("fzb"), key=key)


def approved(room, people, disposal, *names, office="fzb"):
    for name in names:
        disposal = approve(disposal, by=people[name], office=room.office(office))
    return disposal


def alive(complaint):
    return sorted(Sealed.objects.filter(subject=complaint.reference, destroyed_on=None).values_list("kind", flat=True))


# ---- what is due


def test_P_E6_身份信息三年_内容和文书十年_一天也不早(room, ended):
    assert kinds(room, "2019-09-12") == [] and kinds(room, THREE) == ["identity"]
    assert kinds(room, "2026-09-12") == ["identity"] and kinds(room, TEN) == ["identity", "content", "papers"]
    (one, *_) = due(room.office("fzb"))
    assert (one.ended_on.isoformat(), one.due_on.isoformat(), one.complaint) == ("2016-09-13", "2019-09-13", ended[0])


def test_P_E6_只有办理它的机关看得到到期(room, ended):
    assert [kinds(room, TEN, office) for office in ("zwb", "bb", "czj", "qz")] == [[]] * 4


def test_P_E6_没有结束的_不到期(room):
    c = room.file("09-12", "fzb")
    room.accept("09-13", c)
    assert kinds(room, TEN) == []


def test_P_E6_没有批转就撤回的_由登记的机关保管(room):
    c = room.file("09-12")
    room.do("09-13", None, complaining.withdraw_complaint, c, "不投诉了")
    assert kinds(room, THREE, "zwb") == ["identity"] and kinds(room, THREE) == []


def test_P_E6_匿名的_没有身份可以销毁(room):
    room.decline("09-13", room.file("09-12", "fzb", identity={}))
    assert kinds(room, "2026-09-12") == [] and kinds(room, TEN) == ["content"]


def test_P_E6_再次提出的_前一件等后一件(room):
    first = room.file("09-12", "fzb")
    room.decline("09-13", first)
    again = room.file("2018-09-12", "fzb", earlier=room.fresh(first), new_facts="有了票据")
    room.decline("2018-09-13", again)
    third = room.file("2018-09-13", "zwb", earlier=room.fresh(again), new_facts="又有了票据")
    room.assign("2018-09-13", third, to="bb", reason="重新批转")
    assert kinds(room, THREE) == [] and kinds(room, TEN) == [], "the third is not decided"
    room.decline("2018-09-14", third, who="bb")
    assert kinds(room, "2021-09-13") == [] and kinds(room, "2021-09-14") == ["identity", "identity"] and kinds(room, "2021-09-14", "bb") == ["identity"]


def test_P_E6_追究责任没有定的_不到期_定了就到期(room, ended, people):
    complaint, other = ended[0], room.file("09-14", "bb")
    room.decline("09-14", other, who="bb")
    words = seal("content", complaint.reference, {"text": "逾期"})
    row = Liability(complaint=complaint, case=other.case, kind="default", office=room.office("cg"), words=words, registered_by=people["fzb_2"])
    note("fill", by=None, rows=[words, row])
    assert kinds(room, TEN) == []
    row.outcome, row.decided_by, row.decided_on = "dropped", people["fzb_1"], clock.today()
    note("fill", by=None, rows=[row])
    assert kinds(room, "2026-09-14") == ["identity", "content", "papers"] and words.pk in due(room.office("fzb"))[2].sealed


def test_P_E6_由它生出的案件还有没办的_不到期(room, ended, people):
    complaint, other = ended[0], room.file("09-14", "bb")
    words = seal("content", complaint.reference, {"text": "逾期"})
    told = {"kind": "default", "office": room.office("cg"), "words": words, "registered_by": people["fzb_2"], "outcome": "dropped", "decided_by": people["fzb_1"]}
    note("fill", by=None, rows=[words, Liability(complaint=complaint, case=other.case, **told)])
    assert kinds(room, TEN) == []
    room.decline("2026-09-13", other, who="bb")
    assert kinds(room, TEN) == [] and kinds(room, "2029-09-13") == ["identity"], "it counts from the last of them"


def test_P_E6_有人说明还要保存的_不到期(room, ended, monkeypatch):
    monkeypatch.setattr(disposing, "KEEPS", [lambda case: case == ended[0].case])
    assert kinds(room, TEN) == []


def test_P_E6_已签发的决定书_永远保留(room, ended, people):
    complaint = ended[0]
    signed, draft = (seal("content", complaint.reference, {"facts": word}) for word in ("经查", "草稿"))
    told = {"complaint": complaint, "conclusion": next(iter(dict(Decision._meta.get_field("conclusion").choices))), "drafted_by": people["fzb_2"]}
    rows = [
        Decision(content=signed, drafted_on=clock.today(), signed_by=people["fzb_1"], signed_on=clock.today(), **told),
        Decision(content=draft, drafted_on=clock.today(), returned_on=clock.today(), **told),
    ]
    note("fill", by=None, rows=[signed, draft, *rows])
    room.on(TEN)
    left = {pk for d in due(room.office("fzb")) for pk in d.sealed}
    assert draft.pk in left and signed.pk not in left
    approved(room, people, proposed(room, people, TEN), "fzb_2", "fzb_3")
    assert read_content(signed, **room.who("fzb"), purpose="查考") == {"facts": "经查"} and kinds(room, "2066-09-13") == []


# ---- one proposes, two approve


def test_P_E6_一人提出_两人先后批准_第二人批准时销毁(room, ended, people):
    complaint = ended[0]
    before = {row.pk: row.commitment for row in Sealed.objects.all()}
    disposal = proposed(room, people)
    assert kinds(room, THREE) == [], "it waits in a list"
    first = approved(room, people, disposal, "fzb_2")
    assert not first.is_done and "identity" in alive(complaint)
    done = approved(room, people, disposal, "fzb_3")
    assert done.is_done and (done.proposed_by, done.first_by, done.second_by) == (people["fzb_1"], people["fzb_2"], people["fzb_3"])
    assert "identity" not in alive(complaint) and {"content", "file"} == set(alive(complaint))
    assert {row.pk: row.commitment for row in Sealed.objects.all()} == before
    event = disposing.entry_of(done)
    assert event.person == people["fzb_3"] and event.told["facts"] == {"disposal": done.pk, "sealed": 1}
    assert not [w for w in (TEXT, *IDENTITY.values()) if w in event.body]
    assert verify().fault is None


def test_P_E6_T4_等待批准的_提醒本机关_不含案件(room, ended, people):
    disposal = proposed(room, people)
    approved(room, people, disposal, "fzb_2", "fzb_3")
    told = Notice.objects.filter(link=f"/complaints/disposal/{disposal.pk}/")
    assert [(n.office, n.case) for n in told] == [(room.office("fzb"), None)] * 2
    assert not [n for n in told if ended[0].case.number in n.text + n.key or ended[0].reference in n.text + n.key]


def test_P_E6_提出人_批准过的人_和别的机关的人都不能批准(room, ended, people):
    disposal = proposed(room, people)
    with pytest.raises(Refused, match="清单是您提出的"):
        approved(room, people, disposal, "fzb_1")
    approved(room, people, disposal, "fzb_2")
    for name, said in (("fzb_2", "您已经批准过"), ("fzb_1", "清单是您提出的")):
        with pytest.raises(Refused, match=said):
            approved(room, people, disposal, name)
    with pytest.raises(Refused, match="不是本单位的"):
        approved(room, people, disposal, "bb_2", office="bb")
    with pytest.raises(Refused, match="没有任职"):
        approved(room, people, disposal, "bb_2")
    assert "identity" in alive(ended[0])


def test_P_E6_代办的人和被代的人_按同一个人计算(room, ended, people):
    disposal = proposed(room, people)
    row = Disposal.objects.get()
    people["fzb_3"].stands_for = (people["fzb_1"],)
    with pytest.raises(Refused, match="按同一个人计算"):
        disposing._ensure_other_hands("不能批准", row, people["fzb_3"])
    assert disposal == row


def test_P_E6_三个人_数据库也守着(room, ended, people):
    proposed(room, people)
    for wrong in ("first_by_id = proposed_by_id", "second_by_id = first_by_id, first_by_id = proposed_by_id", f"second_by_id = {people['fzb_2'].pk}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE complaints_disposal SET {wrong}")


def test_P_E6_退回的_什么也不销毁_可以重新提出(room, ended, people):
    disposal = proposed(room, people)
    approved(room, people, disposal, "fzb_2")
    reject(disposal, by=people["fzb_1"], office=room.office("fzb"))
    with pytest.raises(Refused, match="已经退回"):
        approved(room, people, disposal, "fzb_3")
    assert kinds(room, THREE) == ["identity"]
    approved(room, people, proposed(room, people, by="fzb_2"), "fzb_1", "fzb_3")
    with pytest.raises(Refused, match="已经执行"):
        reject(Disposal.objects.first(), by=people["fzb_1"], office=room.office("fzb"))
    assert kinds(room, THREE) == []


def test_P_E6_重复提交_什么也不多做(room, ended, people):
    disposal = proposed(room, people, key="k1")
    assert proposed(room, people, key="k1") == disposal and Disposal.objects.count() == 1
    who = {"by": people["fzb_2"], "office": room.office("fzb"), "key": "k2"}
    assert not approve(disposal, **who).is_done and not approve(disposal, **who).is_done
    who = {"by": people["fzb_3"], "office": room.office("fzb"), "key": "k3"}
    assert approve(disposal, **who).is_done and approve(disposal, **who).is_done
    assert Event.objects.filter(act="shred_sealed").count() == Event.objects.filter(act="dispose").count() == 1


@pytest.mark.parametrize("picks", [[], ["没有:identity"], ["{}:content"], ["{}:decision"], ["x"] * 501])
def test_P_E6_没有到期的_不能列入清单(room, ended, people, picks):
    room.on(THREE)
    with pytest.raises(Refused):
        propose([p.format(ended[0].case.number) for p in picks] if len(picks) < 9 else map(str, range(501)), by=people["fzb_1"], office=room.office("fzb"))
    assert not Disposal.objects.exists()


def test_P_E6_批准前又有了新的办理_不销毁(room, ended, people):
    disposal = proposed(room, people)
    approved(room, people, disposal, "fzb_2")
    room.file(THREE, "fzb", earlier=ended[0], new_facts="有了票据")
    with pytest.raises(Refused, match="现在不再到期"):
        approved(room, people, disposal, "fzb_3")
    assert "identity" in alive(ended[0]) and Disposal.objects.get().is_pending


def test_P_E6_写不下来的_什么也没有销毁(room, ended, people, monkeypatch):
    disposal, before = proposed(room, people), alive(ended[0])
    approved(room, people, disposal, "fzb_2")
    put, calls = append._put, []

    def full(*args):
        calls.append(1)
        if len(calls) == 2:  # the event that destroys the rows is written, the one of the list is not
            raise DatabaseError("disk is full")
        return put(*args)

    monkeypatch.setattr(append, "_put", full)
    with pytest.raises(DatabaseError):
        approved(room, people, disposal, "fzb_3")
    assert alive(ended[0]) == before and not Disposal.objects.get().is_done and verify().fault is None


# ---- afterwards


def test_P_E6_比对的标记随身份一起抹去_不再认得是谁(room, ended, people):
    again = room.file("2018-09-12", "fzb")
    assert like(again, room.office("fzb")) == [ended[0]]
    approved(room, people, proposed(room, people), "fzb_2", "fzb_3")
    assert like(again, room.office("fzb")) == [] and not Likeness.objects.filter(case=ended[0].case).exclude(mark__startswith="destroyed:").exists()
    assert verify().fault is None


def test_P_E6_销毁以后_案件的页面照样打开_并说明(room, ended, people, reader):
    complaint = ended[0]
    approved(room, people, proposed(room, people, TEN), "fzb_2", "fzb_3")
    fzb = reader("fzb")
    where = f"/complaints/{complaint.case.number}/"
    page = fzb.get(where)
    assert page.status == 200 and all(word in page.text for word in ("保存期满", "身份信息", "投诉内容和材料", "制成的文书", "不予受理"))
    stored = passages_of(complaint).get(kind="file").sealed_id
    paper = OF_ACT["decline"][0].key
    n = complaint.case.events.get(act="decline").n
    for then in (f"{where}content/", f"{where}files/{stored}/", f"{where}papers/{n}/{paper}/docx/"):
        answer = fzb.client.post(then)
        assert answer.status_code == 302 and "按程序销毁" in fzb.get(answer["Location"]).text, then
    assert fzb.get("/complaints/register/").status == fzb.get("/complaints/").status == 200


def test_P_E6_销毁以后_投诉人凭查询码照样看得到进展(room, ended, people, client):
    complaint, code = ended
    form = {"reference": complaint.spelled, "code": code}
    before = client.post("/write/status/", form).content.decode()
    assert "保存期满" not in before and "查看告知的内容" in before
    approved(room, people, proposed(room, people, TEN), "fzb_2", "fzb_3")
    page = client.post("/write/status/", form)
    text = page.content.decode()
    assert page.status_code == 200 and "保存期满" in text and "不予受理" in text and "查看告知的内容" not in text and ".docx" not in text
    assert client.post("/write/status/", form | {"do": "read"}).status_code == 200
    stored = passages_of(complaint).get(kind="file").sealed_id
    assert client.post("/write/status/", form | {"do": f"file:{stored}"}).status_code == 404


def test_P_E6_销毁以后_两个核验都没有异议(room, ended, people, tmp_path, capsys):
    approved(room, people, proposed(room, people, TEN), "fzb_2", "fzb_3")
    assert verify({head.seq: head.head for head in day_heads()}).fault is None
    if connection.vendor == "sqlite":
        copy = tmp_path / "copy.sqlite3"
        copy.write_bytes(connection.connection.serialize())
        with closing(sqlite3.connect(copy)) as its:
            take_out(its)  # with --g7 the witness stands in the copy too
        assert second.main([str(copy), "--files", str(settings.MEDIA_ROOT)]) == 0, capsys.readouterr().out


# ---- the pages


def test_P_E6_页面_从到期到证明(room, ended, people, client_as):
    room.on(TEN)
    one, two, three = (client_as(name) for name in ("fzb_1", "fzb_2", "fzb_3"))
    number = ended[0].case.number
    text = one.get("/complaints/disposal/").content.decode()
    assert all(word in text for word in (number, "身份信息", "制成的文书", "长期保存", "2026-09-13"))
    picks = [d.pick for d in due(room.office("fzb"))]
    where = one.post("/complaints/disposal/propose/", {"pick": picks})["Location"]
    assert one.get(f"{where}certificate/").status_code == 404 and "批准" in two.get(where).content.decode()
    for client, said in ((one, "清单是您提出的"), (two, "还须再由一个人批准"), (two, "您已经批准过"), (three, "并已销毁")):
        assert client.post(f"{where}decide/", {"approve": "1"})["Location"] == where
        assert said in client.get(where).content.decode()
    page = three.get(f"{where}certificate/").content.decode()
    assert len(picks) == 3 and all(word in page for word in ("销毁证明", number, "fzb_2某", "fzb_3某", "结束以后满 3 年", "台账第"))
    assert not [w for w in (TEXT, *IDENTITY.values(), "城市管理局") if w in page + text]
    assert "已销毁" in one.get("/complaints/disposal/").content.decode() and number not in one.get("/complaints/disposal/").content.decode()


def test_P_E6_页面_没有勾选和退回(room, ended, people, client_as):
    room.on(THREE)
    one = client_as("fzb_1")
    assert one.post("/complaints/disposal/propose/", {})["Location"] == "/complaints/disposal/" and "请勾选" in one.get("/complaints/disposal/").content.decode()
    where = one.post("/complaints/disposal/propose/", {"pick": [d.pick for d in due(room.office("fzb"))]})["Location"]
    assert one.post(f"{where}decide/", {})["Location"] == where and "没有收到按了哪个按钮" in one.get(where).content.decode()
    assert one.post(f"{where}decide/", {"reject": "1"})["Location"] == where and "已退回" in one.get(where).content.decode()


def test_P_E6_T1_别的机关的清单_和没有的一样(room, ended, people, client_as):
    disposal = proposed(room, people)
    other = client_as("bb_2")
    for end in ("", "certificate/"):
        mine, never = (other.get(f"/complaints/disposal/{pk}/{end}") for pk in (disposal.pk, 987654))
        assert mine.status_code == never.status_code == 404 and mine.content.replace(str(disposal.pk).encode(), b"") == never.content.replace(b"987654", b"").replace(str(disposal.pk).encode(), b"")
    assert other.post(f"/complaints/disposal/{disposal.pk}/decide/", {"approve": "1"}).status_code == 404
    assert ended[0].case.number not in other.get("/complaints/disposal/").content.decode()


def test_P_E6_页面的查询_一件和许多件一样多(room, ended, people, client_as):
    from django.test.utils import CaptureQueriesContext

    def queries():
        client.get("/complaints/disposal/")
        with CaptureQueriesContext(connection) as found:
            client.get("/complaints/disposal/")
        return len(found)

    client = client_as("fzb_1")
    room.on(TEN)
    few = queries()
    for _ in range(4):
        first = room.file("09-13", "fzb")
        room.decline("09-13", first)
    later = room.file("09-14", "fzb", earlier=room.fresh(first), new_facts="新")
    room.decline("09-14", later)
    room.on("2026-09-14")
    assert len(due(room.office("fzb"))) == 3 + 5 * 2 and queries() == few
