"""S10, P-N1: an office is renamed, merged or split; items, open cases, people and roles go with it, old cases keep the old name."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.notices.models import Notice
from qingdan.kernel.offices.models import Office, OfficeChange, Post
from qingdan.kernel.offices.queries import current_post, holders
from qingdan.kernel.offices.succession import new_heir
from qingdan.lists.queries import current, in_force, version_on
from qingdan.measures.adjustment.access import visible_to
from qingdan.measures.adjustment.succession.actions import change_office, plan

from .room import owed, told, versions

pytestmark = pytest.mark.django_db
PAPER = {"document": "金编〔2016〕9号", "document_day": date(2016, 6, 1)}


def heir(code="sfj", name="金水区司法局", short="司法局"):
    return new_heir(code=code, name=name, short=short, kind="部门")


def changed(room, kind, old, heirs, on="06-14", **more):
    room.on(on)
    return change_office(kind, getattr(room.d, old).office, heirs, **room.who("zwb"), **PAPER, **more)


def test_S10_更名_在办案件由新单位承接_到期日不变(room, item):
    case = room.apply("06-07", item, promised="3")
    room.refer("06-12", case)
    room.on("06-14")
    new = heir()
    changed(room, "更名", "fzb", [new])
    assert owed(case)[0] == ("D4", "sfj", "06-17")
    assert told(case)[-1] == ("succeed", "06-14", False)
    with pytest.raises(Refused, match="今天在法制办没有任职"):
        room.say("06-15", "fzb", case, "agree")
    from qingdan.measures.adjustment.actions import say

    say(case, "agree", "同意", by=room.d.fzb.person, office=new)
    assert verify().fault is None


def test_S10_人员和角色跟着走_原单位到昨天为止(room, district):
    room.on("06-14")
    new = heir()
    changed(room, "更名", "fzb", [new])
    today = date(2016, 6, 14)
    assert current_post(district.fzb.person, today).office == new
    assert new in holders("调", "牵头部门", today, scope="权责") and district.fzb.office not in holders("调", "牵头部门", today)
    old = Office.objects.get(code="fzb")
    assert old.valid_to == date(2016, 6, 13) and not old.holds_on(today)
    assert district.fzb.office in holders("调", "牵头部门", date(2016, 6, 13))


def test_S10_事项另发新版本_内容不变_原来的日子仍显示原单位(room, item, district):
    before = current(item)
    room.on("06-14")
    new = heir("cgzf", "金水区城市管理综合执法局", "执法局")
    changed(room, "更名", "cg", [new])
    after = current(item)
    assert (after.number, after.office, after.act, after.content) == (before.number + 1, new, "move_items", before.content)
    assert version_on(item, date(2016, 6, 13)).office == district.cg.office
    assert [v.office.code for v in in_force("权责")] == ["cgzf"]
    assert verify().fault is None


def test_S10_在办的申请由新单位确认和更新_公布的版本属于新单位(room, item):
    case = room.approved(item, promised="3")
    room.on("06-16")
    new = heir("cgzf", "金水区城市管理综合执法局", "执法局")
    changed(room, "更名", "cg", [new], on="06-16")
    from qingdan.measures.adjustment.actions import say

    say(case, "confirm", by=room.d.cg.person, office=new)
    room.say("06-17", "zwb", case, "forward")
    room.publish("06-20", case)
    assert [(v.number, v.office.code, v.content_dict["promised"]) for v in versions(item)][-1] == (3, "cgzf", "3")
    assert ("D12", "cgzf", "06-21") in owed(case)
    assert verify().fault is None


def test_S10_已办结的案件仍记原单位_继受单位看得到(room, item):
    case = room.apply("06-07", item, promised="3")
    room.say("06-08", "cg", case, "withdraw")
    room.say("06-09", "zwb", case, "close_without_change", "不需要调整")
    room.on("06-14")
    new = heir("cgzf", "金水区城市管理综合执法局", "执法局")
    changed(room, "更名", "cg", [new])
    case.refresh_from_db()
    assert case.office.code == "cg" and told(case)[-1][0] != "succeed"
    assert case in visible_to(new, date(2016, 6, 14))


def test_S10_并入已有单位_不重复任职_不重复角色(room, district):
    changed(room, "合并", "bb", [district.fzb.office])
    assert Post.objects.filter(office=district.fzb.office, valid_to=None).count() == 2
    assert [o.code for o in holders("调", "牵头部门", date(2016, 6, 14), scope="权责")] == ["fzb"]
    assert verify().fault is None


def test_S10_分设_指定的事项和它的案件归另一个单位(room, item, district):
    other = room.put("权责", "410105-027-01-002-00")
    case = room.apply("06-07", other, promised="3")
    room.on("06-14")
    new = heir("hbj", "金水区环境保护局", "环保局")
    changed(room, "分设", "cg", [new, district.hyl.office], placed={other.code: district.hyl.office})
    assert (current(item).office.code, current(other).office.code) == ("hbj", "hyl")
    case.refresh_from_db()
    assert case.office.code == "hyl"
    assert verify().fault is None


@pytest.mark.parametrize(
    ("kind", "heirs", "placed", "said"),
    [("更名", ["fzb"], {}, "继受单位就是原单位"), ("分设", ["hyl"], {}, "分设须有两个以上"), ("更名", ["hyl", "cg"], {}, "分设须有两个以上"),
     ("分设", ["hyl", "cg"], {"没有这个码": "cg"}, "不是法制办的在用事项")],
)  # fmt: skip
def test_S10_不合情理的变动不登记_什么也不写(room, district, kind, heirs, placed, said):
    offices = [getattr(district, code).office for code in heirs]
    with pytest.raises(Refused, match=said):
        changed(room, kind, "fzb", offices, placed={code: getattr(district, o).office for code, o in placed.items()})
    assert not OfficeChange.objects.exists()


def test_S10_同一变动不登记两次_只有政务办可以登记(room, district):
    changed(room, "合并", "bb", [district.fzb.office])
    with pytest.raises(Refused, match="已经不存在"):
        room.on("06-15")
        change_office("合并", Office.objects.get(code="bb"), [district.fzb.office], **room.who("zwb"), **PAPER)
    with pytest.raises(Refused, match="只有政务办"):
        change_office("合并", district.hyl.office, [district.fzb.office], **room.who("cg"), **PAPER)


def test_S10_政务办自己更名_照样办理(room, item):
    case = room.apply("06-07", item, promised="3")
    room.on("06-08")
    new = heir("xsj", "金水区行政审批局", "审批局")
    changed(room, "更名", "zwb", [new], on="06-08")
    assert owed(case) == [("D3", "xsj", "06-12")]
    assert case in visible_to(new, date(2016, 6, 8))
    assert verify().fault is None


def test_S10_页面_先看会带走什么_再确认(room, item, client_as):
    room.apply("06-07", item, promised="3")
    room.on("06-14")
    client, typed = client_as("zwb_1"), {"kind": "更名", "document": "金编〔2016〕9号", "document_day": "2016-06-01"}
    typed |= {"old": str(room.d.cg.office.pk), "code": "cgzf", "name": "金水区城市管理综合执法局", "short": "执法局"}
    page = client.post("/adjustment/offices/", {**typed, "preview": "1"}).content.decode()
    assert "1 个在用事项、1 件在办案件、1 个任职" in page and not OfficeChange.objects.exists()
    bad = client.post("/adjustment/offices/", {**typed, "code": "fzb", "confirm": "1"})
    assert bad.status_code == 422 and "已经有单位使用" in bad.content.decode() and "金水区城市管理综合执法局" in bad.content.decode()
    assert client.post("/adjustment/offices/", {**typed, "confirm": "1"}).status_code == 302
    assert "执法局" in client.get("/adjustment/offices/").content.decode()
    assert plan(Office.objects.get(code="cg")).items == []


def test_S10_继受单位得到通知_写明承接了什么(room, item, reader):
    """S10: each heir is told what it has got, with the days unchanged; nobody finds it only when it is late."""
    other = room.put(code="410105-027-01-002-00")
    case = room.apply("06-07", item, promised="3")
    new = heir("zfj", "金水区综合执法局", "综合执法局")
    changed(room, "分设", "cg", [new, room.d.hyl.office], placed={other.code: room.d.hyl.office})
    told_to = {n.office.short: n.text for n in Notice.objects.filter(key__startswith="succeed:")}
    assert "其 1 个在用事项、1 件在办案件自今天起由综合执法局承接，到期日不变" in told_to["综合执法局"]
    assert "其 1 个在用事项、0 件在办案件自今天起由" in told_to[room.d.hyl.office.short] and len(told_to) == 2
    assert told_to["综合执法局"] in reader("cg").get("/desk/notices/").text and case.obligations.exists()
