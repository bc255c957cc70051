"""第五条, S1, P-A7: what happens to a law is entered once; each unit gets one task with its items, due 10 working days from the event."""

import json
from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.notices.models import Notice
from qingdan.lists.bases.models import BasisArticle, BasisDocument, LawChange
from qingdan.measures.adjustment import actions
from qingdan.measures.adjustment.models import Application
from qingdan.measures.adjustment.registers import faults
from qingdan.measures.adjustment.watching import actions as watching
from qingdan.measures.adjustment.watching import queries
from tests.measures.laws import enter, law, put_all, repeal
from tests.measures.room import owed


@pytest.fixture
def items(room):
    return put_all(room)


def tasks():
    """{unit: [(code, move, ground, due day)]} of the tasks of the newest change."""
    found = {}
    for task in queries.tasks_of(LawChange.objects.first()):
        rows = [(c.subject[-6:-3], c.request.move, c.request.ground, owed(c)[0][2] if owed(c) else "") for c in task.cases]
        found.setdefault(task.application.office.code, []).append(rows)
    return found


def test_第五条二_修改一次登记_每个单位一项任务_列出依据它的事项(room, items):
    """Announced 2016-06-01, so due 06-16 (06-09 and 06-10 are holidays, 06-12 is worked)."""
    event = enter(room, "06-02", "amended", "甲条例", "06-01", "09-01", summary="第三条提高处罚幅度")
    assert tasks() == {
        "cg": [[("001", "变更", "第五条（二）", "06-16"), ("002", "变更", "第五条（二）", "06-16")]],
        "hyl": [[("003", "变更", "第五条（二）", "06-16")]],
    }
    assert event.person == room.d.zwb.person and event.facts["units"] == {"cg": [items["1"].code, items["2"].code], "hyl": [items["3"].code]}
    assert Application.objects.get(office=room.d.cg.office).title == "《甲条例》修改：影响核查"
    assert verify().fault is None


def test_每个单位收到一次提醒_写明几项和到期日(room, items):
    enter(room, "06-02", "amended", "甲条例", "06-01", "09-01")
    said = {n.office.code: n.text for n in Notice.objects.filter(key__startswith="law:")}
    assert set(said) == {"cg", "hyl"} and "《甲条例》修改：影响核查，本单位 2 项；应在2016年6月16日" in said["cg"]


def test_第七条一_期限自公布日起算_不自登记之日(room, items):
    enter(room, "06-13", "amended", "甲条例", "06-01", "09-01")
    assert tasks()["hyl"][0][0][3] == "06-16"
    assert Case.objects.get(request__item=items["3"]).request.cause_day == date(2016, 6, 1)


def test_只修改一条的_只涉及依据它的事项(room, items):
    enter(room, "06-02", "amended", "甲条例", "06-01", "09-01", places=["第五条"])
    assert list(tasks()) == ["hyl"]
    assert BasisDocument.objects.filter(key="甲条例").count() == 1


def test_修改一条的_也涉及依据其款项的事项(room):
    put_all(room, {"1": ("cg", "《甲条例》第三条第一款第（二）项"), "2": ("cg", "《甲条例》第三十条")})
    enter(room, "06-02", "amended", "甲条例", "06-01", places=["第三条"])
    assert [row[0] for row in tasks()["cg"][0]] == ["001"]


def test_整部修订的_新版是另一份文件_旧版止于前一日(room, items):
    enter(room, "06-02", "amended", "甲条例", "06-01", "09-01", number="省人大公告第9号")
    old, new = BasisDocument.objects.filter(key="甲条例").order_by("pk")
    assert (old.in_force_to, new.in_force_from, new.published_on) == (date(2016, 8, 31), date(2016, 9, 1), date(2016, 6, 1))
    assert new.replaces == old and new.checked and new.number == "省人大公告第9号"
    assert not BasisArticle.objects.filter(in_force_to__isnull=False).exists()


def test_第五条二_废止_没有其他有效依据的建议取消_其余变更(room, items):
    repeal(room)
    assert tasks()["cg"] == [[("001", "取消", "第五条（二）", "06-21"), ("002", "变更", "第五条（二）", "06-21")]]
    assert set(BasisArticle.objects.filter(document__key="甲条例").values_list("in_force_to", flat=True)) == {date(2016, 9, 11)}


@pytest.mark.parametrize(
    ("kind", "ground"), [("法规", "第五条（一）"), ("“三定”规定", "第五条（三）"), ("取消下放文件", "第五条（四）")]
)  # fmt: skip
def test_新颁布的不涉及现有依据_由登记的人指明单位和事项(kind, ground, room, items):
    """S1: a new law, 三定 or 下放 document hits no 依据; a unit without an item gets a case to say what is new."""
    new = BasisDocument(key="丙规定", title="丙规定", kind=kind)
    enter(room, "06-02", "new", new, "06-01", "07-01", units=("hyl",), items=[items["1"].versions.get()])
    assert tasks() == {"cg": [[("001", "变更", ground, "06-16")]], "hyl": [[("", "新增", ground, "06-16")]]}
    assert law("丙规定").in_force_from == date(2016, 7, 1) and law("丙规定").checked


def test_新颁布的已有事项先行引用_记录补上日期_事项列入任务(room):
    put_all(room, {"1": ("cg", "《丙法》第二条")})
    enter(room, "06-02", "new", "丙法", "06-01", "07-01")
    assert BasisArticle.objects.get().in_force_from == date(2016, 7, 1)
    assert list(tasks()) == ["cg"]


def test_恢复施行_不生成任务(room, items):
    repeal(room)
    enter(room, "06-08", "restored", "甲条例", "06-08")
    assert tasks() == {} and Application.objects.count() == 2


def test_没有事项依据的_只记变动(room, items):
    enter(room, "06-02", "amended", "甲条例", "06-01", places=["第九条"])
    assert tasks() == {} and json.loads(LawChange.objects.get().places) == ["第九条"]


def test_重复提交同一张表单_只登记一次(room, items):
    days = {"announced_on": date(2016, 6, 1), "takes_effect": date(2016, 6, 1)}
    one, two = (LawChange(sort="amended", document=law("甲条例"), evidence="公报", **days) for _ in range(2))
    room.on("06-02")
    first = watching.enter(one, ["第三条"], key="same", **room.who("zwb"))
    assert watching.enter(two, ["第三条"], key="same", **room.who("zwb")) == first
    assert LawChange.objects.count() == 1 and Application.objects.count() == 1


def test_第十条四_任务到期未办_列为逾期不报线索(room, items):
    enter(room, "06-02", "amended", "甲条例", "06-01", "09-01")
    assert not faults.candidates(date(2016, 6, 16)).exists()
    found = faults.candidates(date(2016, 6, 17))
    assert {(o.row, o.office_code) for o in found} == {("D1", "cg"), ("D1", "hyl")} and len(found) == 3


def test_逐项答复_一项申请_一项经核实无需调整(room, items):
    enter(room, "06-02", "amended", "甲条例", "06-01", "09-01")
    one, two = queries.tasks_of(LawChange.objects.get())[0].cases
    request = one.request
    request.content = request.content.replace("事项1", "新事项1")
    request.reason, request.contact = "依新条例", "甲"
    room.do("06-06", "cg", actions.apply, one, request)
    room.say("06-06", "zwb", two, "close_without_change", "不涉及修改的条款")
    task = queries.tasks_of(LawChange.objects.get())[0]
    assert (len(task.cases), task.waiting) == (2, 0) and owed(one)[0][0] == "D3"


def test_只有政务办和牵头部门能够登记(room, items):
    assert enter(room, "06-02", "amended", "甲条例", "06-01", who="fzb").act == "enter_law_change"
    with pytest.raises(Refused, match="不是政务办，也不是牵头部门"):
        enter(room, "06-02", "amended", "甲条例", "06-01", who="cg")


def test_公布日还没有到的不能登记(room, items):
    with pytest.raises(Refused, match="还没有到"):
        enter(room, "06-02", "amended", "甲条例", "06-03")
    assert LawChange.objects.count() == 0 and Event.objects.filter(act="enter_law_change").count() == 0


def test_登记不成的_什么也没有留下(room, items):
    """A day before every calendar: the task cannot be dated, so neither record nor change nor task is there."""
    with pytest.raises(Refused):
        enter(room, "06-02", "repealed", "甲条例", "1900-01-01", "2016-09-01")
    assert LawChange.objects.count() == 0 and Application.objects.count() == 0
    assert not BasisArticle.objects.filter(in_force_to__isnull=False).exists() and law("甲条例").in_force_to is None


@pytest.mark.parametrize("n", [1, 8])
def test_查任务的查询数与事项数无关(n, room, django_assert_num_queries):
    put_all(room, {str(i): ("cg", "《甲条例》第三条") for i in range(1, n + 1)})
    enter(room, "06-02", "amended", "甲条例", "06-01")
    change = LawChange.objects.get()
    with django_assert_num_queries(3):
        (task,) = queries.tasks_of(change)
    assert task.waiting == n


# ---- what cannot have happened --------------------------------------------------------------------------


def test_旧版不能再整部修改或者废止_请到新版登记(room, items):
    enter(room, "06-02", "amended", "甲条例", "06-01", "06-02")
    old = BasisDocument.objects.get(key="甲条例", replaces=None)
    for sort in ("amended", "repealed"):
        with pytest.raises(Refused, match="已经由新的一版代替"):
            enter(room, "06-03", sort, old, "06-01", "09-01")
    assert LawChange.objects.count() == 1


def test_已经停止施行的_不能再废止_也不能修改(room, items):
    repeal(room, on="06-02", announced="06-01", takes_effect="06-02")
    for sort in ("amended", "repealed"):
        with pytest.raises(Refused, match="停止施行"):
            enter(room, "06-03", sort, "甲条例", "06-01", "09-01")
    assert set(BasisArticle.objects.filter(document__key="甲条例").values_list("in_force_to", flat=True)) == {date(2016, 6, 1)}


def test_没有停止施行的_不能恢复(room, items):
    with pytest.raises(Refused, match="没有停止施行"):
        enter(room, "06-02", "restored", "甲条例", "06-01")


def test_还没有到的废止_可以改期(room, items):
    repeal(room, on="06-02", announced="06-01", takes_effect="09-12")
    repeal(room, on="06-03", announced="06-01", takes_effect="10-01")
    assert law("甲条例").in_force_to == date(2016, 9, 30)


def test_整部恢复的_先前单独废止的条款不跟着恢复(room, items):
    repeal(room, on="06-02", announced="06-01", takes_effect="06-02", places=["第五条"])
    repeal(room, on="06-03", announced="06-01", takes_effect="06-03")
    enter(room, "06-06", "restored", "甲条例", "06-06")
    held = {a.place: a.holds_on(date(2016, 6, 6)) for a in BasisArticle.objects.filter(document__key="甲条例")}
    assert held == {"第三条": True, "第五条": False}


def test_第十条一_任务带着施行日_公布的新版本不早于它生效(room, items):
    """X5: what is published in June on the ground of a law that holds from September holds from September."""
    enter(room, "06-02", "amended", "甲条例", "06-01", "09-01")
    assert [c.request.wished_on for c in queries.tasks_of(LawChange.objects.get())[0].cases] == [date(2016, 9, 1)] * 2
    enter(room, "06-03", "amended", "乙法", "06-01", "06-02")
    assert [c.request.wished_on for c in queries.tasks_of(LawChange.objects.first())[0].cases] == [None]
