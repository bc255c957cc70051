"""A complaint comes in (第八条 to 第十条): who registers it, what is kept of it and where, and what is not taken in."""

import json

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.vault.reading import read_content
from qingdan.measures.complaints.access import passages_of, visible_to
from qingdan.measures.complaints.models import Complaint, Passage, Unscoped

from .room import IDENTITY, TEXT, moment, owed

pytestmark = pytest.mark.django_db


def test_第九条_政务办登记的_二个工作日内批转(room):
    c = room.file("09-12", "zwb")
    assert owed(c) == [("D15", "zwb", "09-14")] and c.handler is None and c.registered_by == room.office("zwb")
    assert (c.suggested, c.flagged) == ("权力", False)


def test_第九条_直接向处理机关提出的_由它登记(room):
    c = room.file("09-12", "fzb")
    assert owed(c) == [("D16", "fzb", "09-14")] and c.handler == room.office("fzb")


def test_第九条_网上提出的_投诉人选处理机关或者政务办(room):
    direct, office = room.file("09-12", None, to=room.office("fzb")), room.file("09-12", None)
    assert [x.case.events.get().act for x in (direct, office)] == ["receive_directly", "receive_at_office"]
    assert direct.registered_by is None and direct.case.events.get().person is None


def test_第九条_网上选了不是处理机关的_由政务办登记(room):
    assert room.file("09-12", None, to=room.office("hyl")).case.events.get().act == "receive_at_office"


def test_第九条_别的单位不能登记(room):
    with pytest.raises(Refused, match="不是投诉处理机关"):
        room.file("09-12", "hyl")


# ---- S14 --------------------------------------------------------------------------------------------------


def test_第三条_网上投诉政务办的_由区政府指定_政务办没有职责(room):
    c = room.file("09-12", None, respondent_office=room.office("zwb"))
    assert owed(c) == [("S14", "qz", "09-14")] and c.about_office


def test_第三条_向政务办投诉政务办的_登记后即移送区政府(room):
    c = room.file("09-12", "zwb", respondent_office=room.office("zwb"))
    assert [e.act for e in c.case.events.order_by("n")] == ["receive_at_office", "pass_to_district"]
    assert owed(c) == [("S14", "qz", "09-14")] and c.about_office
    assert not visible_to(room.office("zwb"), clock.today()).exists()
    assert visible_to(room.office("qz"), clock.today()).count() == 1


def test_第三条_投诉处理机关之一的_不建议给它_由政务办指定(room):
    c = room.file("09-12", None, respondent_office=room.office("fzb"), to=room.office("fzb"))
    assert owed(c) == [("D15", "zwb", "09-14")] and (c.suggested, c.flagged) == ("", True)
    assert not visible_to(room.office("fzb"), clock.today()).exists()


def test_第三条_处理机关不登记对自己的和对政务办的投诉(room):
    for accused in ("fzb", "zwb"):
        with pytest.raises(Refused):
            room.file("09-12", "fzb", respondent_office=room.office(accused))
    assert not Complaint.rows.exists()


# ---- 第八条 -----------------------------------------------------------------------------------------------


def visit(room, **changes):
    return room.file("09-12", "zwb", **{"channel": "visit", "id_shown": True, "place": "政务大厅五号窗口"} | changes)


def test_第八条_当面投诉出示证件_到指定的场所(room):
    assert visit(room).id_shown
    for changes, said in (({"id_shown": False}, "出示居民身份证"), ({"place": " "}, "场所")):
        with pytest.raises(Refused, match=said):
            visit(room, **changes)


def test_第八条_代表五人可以_第六人不予登记(room):
    assert visit(room, representatives=5).representatives == 5
    with pytest.raises(Refused, match="不得超过5人"):
        visit(room, representatives=6)


def test_第八条_可以匿名_没有身份可以保存(room):
    c = room.file("09-12", None, identity={})
    assert c.anonymous and c.identity is None


def test_第五条_至少选一类_可以多选(room):
    assert room.file("09-12", grounds=["9", "4a"]).ground_articles == ["第五条（四）", "第五条（九）"]
    for grounds in ([], ["13"]):
        with pytest.raises(Refused):
            room.file("09-12", grounds=grounds)


@pytest.mark.parametrize("changes", [{"text": " "}, {"text": "长" * 20_001}, {"channel": "x"}, {"respondent_kind": "x"}, {"item_kind": "x"}, {"representatives": 0}])
def test_第八条_缺了的和列不出的不予登记_不留下一行(room, changes):
    with pytest.raises(Refused):
        room.file("09-12", **changes)
    assert not Complaint.rows.exists()


def test_第八条_两万字一字不少(room):
    text = "甲乙丙丁🙂" * 4000
    c = room.file("09-12", "fzb", text=text)
    assert read_content(c.content, **room.who("fzb"), purpose="办理")["text"] == text


# ---- 第十条 收到 -------------------------------------------------------------------------------------------


def test_第十条_自收到之日起算_书信写明凭据(room):
    c = room.file("09-13", channel="letter", received_at=moment("2016-09-12T16:00"), receipt="邮戳 9 月 12 日")
    assert owed(c) == [("D15", "zwb", "09-14")]
    with pytest.raises(Refused, match="凭什么"):
        room.file("09-13", channel="letter", received_at=moment("2016-09-12T16:00"))


def test_第十条_收到时间不能晚于现在(room):
    with pytest.raises(Refused, match="晚于现在"):
        room.file("09-12", received_at=moment("2016-09-12T09:01"))


def test_第十条_跨国庆_直接收到的(room):
    """2016-09-30 to 10-10: the holiday, and two Sundays on which is worked."""
    assert owed(room.file("09-30", "fzb")) == [("D16", "fzb", "10-09")]


def test_第十条_到没有公布放假安排的一年_暂定(room):
    c = room.file("2026-12-31", "fzb")
    duty = c.case.obligations.get(row="D16")
    assert duty.due.year == 2027 and duty.provisional


# ---- what is kept, and where --------------------------------------------------------------------------------


def test_第四条_事件和标题里没有一个字(room):
    c = room.file("09-12", None, respondent="城管局王某", evidence="照片一张")
    told = [e.body for e in Event.objects.all()] + [c.case.title, c.case.subject]
    assert not [w for w in (*IDENTITY.values(), TEXT, "王某", "照片", "cg") for t in told[-3:] if w in t]
    assert json.loads(c.case.events.get().body)["facts"]["sealed"] == {s.pk: s.commitment for s in (c.identity, c.content)}


def test_提交两次_只登记一次(room):
    room.on("09-12")
    first = room.file("09-12", None)
    room.n -= 1
    assert room.file("09-12", None) == first and Complaint.rows.count() == 1


def test_受理编号是随机的_十六位(room):
    found = {room.file("09-12", None).reference for _ in range(5)}
    assert len(found) == 5 and all(len(r) == 16 and not set(r) & set("ILOU") for r in found)


# ---- access ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask", [list, lambda q: q.count(), lambda q: q.exists(), lambda q: q.first(), lambda q: list(q.iterator()), lambda q: q.values("pk")[0], lambda q: Passage.rows.filter(case__in=q)]
)
@pytest.mark.parametrize("model", [Complaint, Passage])
def test_第四条_不说给谁看的查询一律报错(room, model, ask):
    room.file("09-12", None)
    with pytest.raises(Unscoped):
        ask(model.objects.filter(pk__gt=0))


def test_第四条_谁看得到(room):
    """S46, S18."""
    c = room.file("09-12", "fzb")
    seen = {code: visible_to(room.office(code), clock.today()).filter(pk=c.pk).exists() for code in ("fzb", "zwb", "qz", "bb", "czj", "cg", "hyl")}
    assert [code for code, sees in seen.items() if sees] == ["fzb", "zwb"]
    assert not visible_to(None, clock.today()).exists() and not passages_of(c).exists()
