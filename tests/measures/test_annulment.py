"""序言、第八条: a lapse whose condition never existed is set aside by two persons; what rests on it falls, a published version is followed by a new one."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.ticking import tick
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.adjustment.annulment import actions
from qingdan.measures.adjustment.annulment.models import LapseDoubt
from tests.kernel.ledger.worlds import second_clerk

from .room import day, owed, told, versions

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.4\n%\xe2\xe3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def scan():
    return SimpleUploadedFile("意见.pdf", SCAN, "application/pdf")


@pytest.fixture
def second(district):
    return second_clerk(district.zwb, "zwb_2")


@pytest.fixture
def lapsed(second, room, item):
    """06-07 申请, 06-12 转办法制办, silent until 06-17: 视为同意."""
    case = room.apply("06-07", item, promised="3")
    room.refer("06-12", case)
    with clock.frozen("2016-06-18T00:30"):
        tick()
    return case


def doubted(room, case, on="06-20", fact_day="06-16", **more):
    target = case.events.get(act="deemed_agreed").n
    return room.do(
        on, "zwb", actions.doubt, case, more.pop("target", target), ground="paper", fact_day=clock.datetime.fromisoformat(day(fact_day)).date(),
        reason="6月16日书面意见已送达收发室", upload=scan(),
    )  # fmt: skip


def confirmed(room, row, second, on="06-20"):
    room.on(on, "10:00")
    return actions.confirm(row, "经核对，属实", by=second, office=room.d.zwb.office)


def test_第八条_一人提出_尚未认定时视为同意不变(room, lapsed):
    doubted(room, lapsed)
    assert [row for row, *_ in owed(lapsed)] == ["D7"]
    assert verify().fault is None


def test_第八条_另一人认定后_审核重新进行_自认定之日起算(room, lapsed, second):
    confirmed(room, doubted(room, lapsed), second)
    assert owed(lapsed)[0] == ("D4", "fzb", "06-27")
    assert "D7" not in {row for row, *_ in owed(lapsed)}
    assert told(lapsed)[-1] == ("annul_lapse", "06-20", False)
    assert verify().fault is None
    room.say("06-21", "fzb", lapsed, "disagree", "依据不足")
    assert ("D7", "zwb", "06-23") in owed(lapsed)


def test_第八条_提出人不能自己认定(room, lapsed, district):
    row = doubted(room, lapsed)
    with pytest.raises(Refused, match="不能是同一个人"):
        confirmed(room, row, district.zwb.person)
    assert [r for r, *_ in owed(lapsed)] == ["D7"]


def test_第八条_到期之后的事实不能作为理由(room, lapsed):
    with pytest.raises(Refused, match="晚于到期日"):
        doubted(room, lapsed, fact_day="06-18")


def test_第八条_只针对视为的效果(room, lapsed):
    with pytest.raises(Refused, match="不是视为同意"):
        doubted(room, lapsed, target=1)


def test_第八条_牵头部门不能提出(room, lapsed):
    with pytest.raises(Refused, match="只有政务办"):
        room.do("06-20", "fzb", actions.doubt, lapsed, 4, ground="paper", fact_day=lapsed.opened_on, reason="x", upload=scan())


def test_第八条_认定成立的_结果不变_可以再次提出(room, lapsed, second):
    row = doubted(room, lapsed)
    room.on("06-20", "10:00")
    actions.reject(row, "送达时间为6月18日", by=second, office=room.d.zwb.office)
    assert [r for r, *_ in owed(lapsed)] == ["D7"]
    assert doubted(room, lapsed, on="06-21").pk != row.pk


def test_第八条_已公布的_另发新版本_旧版本不变(room, lapsed, second, item):
    row = None
    room.approve("06-20", lapsed)
    room.say("06-21", "cg", lapsed, "confirm")
    room.say("06-22", "zwb", lapsed, "forward")
    room.publish("06-23", lapsed)
    row = doubted(room, lapsed, on="06-24")
    confirmed(room, row, second, on="06-24")
    room.say("06-27", "fzb", lapsed, "disagree", "三日办不完")
    room.do("06-28", "zwb", _approve_amended, lapsed)
    room.say("06-29", "cg", lapsed, "confirm")
    room.say("06-30", "zwb", lapsed, "forward")
    room.publish("07-01", lapsed)
    assert [(v.number, v.content_dict["promised"]) for v in versions(item)][-2:] == [(2, "3"), (3, "4")]
    assert verify().fault is None


def _approve_amended(case, **who):
    from qingdan.measures.adjustment.actions import approve_amended

    return approve_amended(case, {**case.request.asked, "promised": "4"}, "改为四日", **who)


def test_第八条_页面_两人_扫描件必须有(room, lapsed, second, client_as):
    room.on("06-20")
    target = lapsed.events.get(act="deemed_agreed").n
    where = f"/adjustment/lapses/{lapsed.number}/{target}/"
    first, other = client_as("zwb_1"), client_as("zwb_2")
    assert quote(where) in first.get(f"/desk/cases/{lapsed.number}/").content.decode()
    assert quote(where) not in client_as("fzb_1").get(f"/desk/cases/{lapsed.number}/").content.decode()
    typed = {"ground": "paper", "fact_day": "2016-06-16", "reason": "书面意见已送达"}
    bad = first.post(where, typed)
    assert bad.status_code == 422 and "书面意见已送达" in bad.content.decode()
    assert first.post(where, {**typed, "file": scan()}).status_code == 302
    assert "已提出不成立，待另一人认定" in other.get(f"/desk/cases/{lapsed.number}/").content.decode()
    own = first.get(where).content.decode()
    assert "您是提出人" in own and "认定成立" not in own
    assert quote(where) in other.get("/desk/").content.decode() and quote(where) not in first.get("/desk/").content.decode()
    assert first.post(where, {"remark": "属实", "confirm": "1"}).status_code == 422
    assert other.post(where, {"remark": "属实", "confirm": "1"}).status_code == 302
    page = other.get(f"/desk/cases/{lapsed.number}/").content.decode()
    assert "撤销2016年6月17日（周五）的“视为同意”及其后以它为前提的步骤" in page and quote(where) not in other.get("/desk/").content.decode()
    assert "已撤销" in page and LapseDoubt.objects.get().outcome == "confirmed"
    assert client_as("fzb_1").get(where).status_code == 403
