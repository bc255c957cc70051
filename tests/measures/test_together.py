"""S49、E30: one act in several cases in one go: one opinion, each case its own event and trace, all or none."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.adjustment.acting import DOINGS, LANE, TOGETHER
from qingdan.measures.adjustment.grouping import apply_group
from qingdan.measures.adjustment.models import Application

from .room import CODE, owed, told
from .stages import STAGES

CODES = (CODE, "410105-027-01-002-00", "410105-027-01-003-00")


@pytest.fixture
def cases(room):
    """One application of three items: two of the 权责清单 and one of the 收费清单, handed in on 06-07."""
    items = [room.put(kind=kind, code=code) for kind, code in zip(("权责", "权责", "收费"), CODES, strict=True)]
    room.on("06-07")
    requests = [room.ask(item, duties=f"新的责任{n}") for n, item in enumerate(items)]
    cg = room.d.cg
    found = apply_group(cg.office, requests, by=cg.person, title="一并调整", key="g", seen={})
    room.on("06-12")
    return found


def path_of(act="refer", query="?group=申2016-0001"):
    return f"/adjustment/together/{act}/{query}"


# ---- the application's page


def test_申请页_谁应办什么到何时_能一并办的(cases, reader):
    page = reader("zwb").get("/adjustment/group/申2016-0001/")
    assert page.text.count("政务办：转办调整申请，6月12日") == 3 and "转办（3 件）" in page.text
    assert "申2016-0001 之三" in page.text and "一并调整" in page.text
    assert "可以一并办理" not in reader("cg").get("/adjustment/group/申2016-0001/").text


def test_申请页_只列本单位能看到的_一件也看不到的没有这一页(cases, room, reader):
    """S46: what `visible_to` says of its cases, item by item."""
    assert reader("fzb").get("/adjustment/group/申2016-0001/").status == 404
    room.refer("06-12", cases[0])
    page = reader("fzb").get("/adjustment/group/申2016-0001/")
    assert cases[0].number in page.text and cases[1].number not in page.text and "另有 2 项没有转到本单位" in page.text
    assert reader("hyl").get("/adjustment/group/申2016-0001/").status == 404
    assert reader("zwb").get("/adjustment/group/申2016-0009/").status == 404


def test_案件页写明属于哪份申请(cases, reader):
    page = reader("cg").get(f"/desk/cases/{cases[1].number}/")
    assert "申2016-0001 之二" in page.text and "/adjustment/group/%E7%94%B32016-0001/" in page.links


def test_申请页的查询数不随事项数增加(room, reader):
    counts = []
    items = [room.put(code=f"410105-027-01-02{n}-00") for n in range(6)]
    room.on("06-07")
    for n, some in ((1, items[:1]), (2, items[1:])):
        requests = [room.ask(item, promised="3") for item in some]
        apply_group(room.d.cg.office, requests, by=room.d.cg.person, title="一并", key=f"q{n}", seen={})
        person = reader("zwb")
        with CaptureQueriesContext(connection) as found:
            assert person.get(f"/adjustment/group/申2016-000{n}/").status == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


# ---- one act in all


def test_第七条二_一次转办三件_各按清单转给牵头部门(cases, reader):
    """All ticked at first; what will happen stands beside each; each case has its own event under its own key."""
    person = reader("zwb")
    page = person.load(path_of())
    assert page.fields["case"] == [case.number for case in cases]
    assert "转给编办、法制办；各牵头部门须在" in page.tight and "转给财政局；" in page.tight
    answer = person.send(page, path_of(), opinion="请审核")
    assert answer.location == "/adjustment/group/申2016-0001/"
    assert [told(case)[-1][0] for case in cases] == ["refer"] * 3
    assert [{office for _, office, _ in owed(case)} for case in cases] == [{"bb", "fzb"}, {"bb", "fzb"}, {"czj"}]
    assert len({case.events.last().key for case in cases}) == 3
    assert {case.events.last().facts["opinion"] for case in cases} == {"请审核"} and verify().fault is None


def test_第七条二_勾选牵头部门的_都转给所选部门(cases, room, reader):
    person = reader("zwb")
    person.fill(path_of(), leads=[room.d.fzb.office.pk])
    assert {office for case in cases for _, office, _ in owed(case)} == {"fzb"}


def test_双击_每件只有一次(cases, reader):
    person = reader("zwb")
    page = person.load(path_of())
    for _ in range(2):
        assert person.send(page, path_of()).status == 302
    assert Event.objects.filter(act="refer").count() == 3


def test_去掉勾选的一件_留待分别办理(cases, reader):
    person = reader("zwb")
    page = person.load(path_of())
    person.send(page, path_of(), case=[cases[0].number, cases[2].number])
    assert [told(case)[-1][0] for case in cases] == ["refer", "apply", "refer"]


def test_有一件已由别人办理_一件也不办_说明是哪一件(cases, room, reader):
    """T25 per case: whoever was quicker is named; nothing is written in any; the words stay; without that case it goes through."""
    person = reader("zwb")
    page = person.load(path_of())
    room.say("06-12", "cg", cases[1], "withdraw", "再议")
    before = Event.objects.count()
    answer = person.send(page, path_of(), opinion="请审核")
    assert answer.status == 422 and "一件也没有办理：其中 1 件不能办理" in answer.text and cases[1].number in answer.text
    assert Event.objects.count() == before and answer.value("opinion") == "请审核"
    assert person.send(answer, path_of(), case=[cases[0].number, cases[2].number]).status == 302
    assert [told(case)[-1][0] for case in cases] == ["refer", "withdraw", "refer"]


def test_同一动作已由同事办过的_也算没有看到(cases, room, reader):
    """`seen` per case: the colleague's own 转办 came between."""
    person = reader("zwb")
    page = person.load(path_of("return_once"))
    room.refer("06-12", cases[0])
    answer = person.send(page, path_of("return_once"), opinion="缺依据文本")
    assert answer.status == 422 and "一件也没有办理" in answer.text
    assert [told(case)[-1][0] for case in cases] == ["refer", "apply", "apply"]


def test_没有勾选_没有意见_说明(cases, reader):
    person = reader("zwb")
    page = person.load(path_of("return_once"))
    assert "请至少勾选一件" in person.send(page, path_of("return_once"), opinion="缺依据", case=[]).text
    answer = person.send(page, path_of("return_once"), opinion="")
    assert answer.status == 422 and "请填写需要补正的全部内容" in answer.text


def test_看不到的案件_勾选了也不办(cases, room, reader):
    """visible_to narrows what was sent: a stranger's tick reaches nothing."""
    answer = reader("hyl").client.post("/adjustment/together/refer/", {"case": [cases[0].number], "key": "k"})
    assert answer.status_code == 422 and told(cases[0])[-1][0] == "apply"
    person = reader("cg")  # it sees the case, and 转办 is not its part
    answer = person.client.post("/adjustment/together/refer/", {"case": [cases[0].number], "key": "k"})
    assert answer.status_code == 422 and "一件也没有办理" in answer.content.decode() and told(cases[0])[-1][0] == "apply"


@pytest.mark.parametrize("act", ["publish", "update_own_site", "file_own", "apply", "no_such_act", "approve_amended"])
def test_须逐件证明或者逐件填写的_不一并办理(act, cases, reader):
    assert reader("zwb").get(f"/adjustment/together/{act}/").status == 404


def test_能一并办理的动作都在动作表中():
    assert set(DOINGS) > TOGETHER > set(LANE)


# ---- 待办 of several cases, and the fast lane


def test_待办中几件同一动作_默认一件也不勾(cases, reader):
    person = reader("zwb")
    page = person.get("/adjustment/together/")
    assert "转办（3 件）" in page.text and "快捷办理" not in page.text
    assert "/adjustment/together/" in person.get("/desk/").links
    form = person.load("/adjustment/together/refer/")
    assert "case" not in form.fields
    assert person.send(form, "/adjustment/together/refer/", case=[cases[0].number, cases[1].number]).location == "/adjustment/together/"
    assert [told(case)[-1][0] for case in cases] == ["refer", "refer", "apply"]
    assert "没有可以一并办理的事项" in reader("hyl").get("/adjustment/together/").text


@pytest.fixture
def calls(room):
    """Two applications that change the phone alone, one that changes the phone and the promised days, one the days alone."""
    items = [room.put(code=f"410105-027-01-03{n}-00") for n in range(4)]
    asked = [{"phone": "0371-63520001"}, {"phone": "0371-63520002", "place": "花园路1号"}, {"phone": "0371-63520003", "promised": "3"}, {"promised": "3"}]
    found = [room.apply("06-07", item, **changes) for item, changes in zip(items, asked, strict=True)]
    assert [case.request.only_contact for case in found] == [True, True, False, False]
    return found


def test_第六条三_只改联系方式的_快捷办理_环节和记载一样不少(calls, room, reader):
    """E30: 转办, 审核, 核准, 确认, 转告 of both in one go each; then 公布 case by case; every step is in the ledger of each case."""
    lane = "?lane=contact"
    for day, office, act in (("06-12", "zwb", "refer"), ("06-13", "fzb", "agree"), ("06-13", "bb", "agree"), ("06-14", "zwb", "approve"),
                             ("06-15", "cg", "confirm"), ("06-16", "zwb", "forward")):  # fmt: skip
        room.on(day)
        person = reader(office)
        assert "快捷办理：只改联系方式的申请" in person.get("/adjustment/together/").text
        page = person.load(path_of(act, lane))
        assert page.fields["case"] == [case.number for case in calls[:2]]
        assert person.send(page, path_of(act, lane)).status == 302
    for case in calls[:2]:
        assert [act for act, _, _ in told(case)] == ["cause_arose", "apply", "refer", "agree", "agree", "approve", "confirm", "forward"]
        assert ("D11", "dzzw", "06-17") in owed(case)
    assert [told(case)[-1][0] for case in calls[2:]] == ["apply", "apply"] and verify().fault is None


def test_第六条三_取消事项不是只改联系方式(room, item):
    assert room.apply("06-07", item, move="取消").request.only_contact is False


def test_第七条四_一并核准_每件写明牵头部门的意见_还在审核的不写(calls, room, reader):
    """Nobody approves several in one go without having read what the leads said of each; each lead gives its own alone before that."""
    for case in calls[:2]:
        room.refer("06-12", case, "fzb", "bb")
    room.say("06-13", "fzb", calls[0], "agree_amended", "电话应写总机。" + "长" * 80)
    room.say("06-13", "bb", calls[0], "agree")
    room.say("06-13", "fzb", calls[1], "disagree", "先不改")
    text = reader("zwb").get("/adjustment/together/approve/").text
    assert "法制办 修改后同意：电话应写总机。" in text and "长" * 60 not in text and "编办 审核同意" in text
    assert "先不改" not in text
    room.say("06-13", "bb", calls[1], "agree")
    assert "法制办 审核不同意：先不改" in reader("zwb").get("/adjustment/together/approve/").text


@pytest.mark.parametrize("group", ["a/b", "申\x1f", "申\u2028", "申" * 41])
def test_地址里的编号不成编号的_没有这一页(group, room, reader):
    """Not all cases of the office instead of those of one application, and no fault of the product."""
    room.apply("06-07", room.put(), promised="3")
    assert reader("zwb").get(path_of(query=f"?group={quote(group)}")).status == 404


def test_一并核准页的查询数不随件数增加(calls, room, reader):
    person, counts = reader("zwb"), []
    for case in calls:
        room.refer("06-12", case)
    for case in calls:
        room.say("06-13", "fzb", case, "agree", "同意")
        with CaptureQueriesContext(connection) as found:
            assert person.get("/adjustment/together/approve/").text.count("法制办 审核同意：同意") == len(counts) + 1
        counts.append(len(found))
    assert len(set(counts)) == 1


def test_一并办理页的查询数不随件数增加(calls, room, reader):
    person, counts = reader("zwb"), []
    room.on("06-12")
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            person.get("/adjustment/together/refer/")
            person.get("/adjustment/together/")
        counts.append(len(found))
        room.refer("06-12", calls[len(counts)])
    assert counts[0] == counts[1]


def test_一并办理的每个动作_都走得通(room, item, reader):
    """Every act of TOGETHER that fulfils a duty, done from the page of several cases as from the case's own page."""
    for act in sorted(TOGETHER & set(STAGES) - {"refer"}):
        stage = STAGES[act]
        assert stage.typed.keys() <= {"opinion"}, act
    case = STAGES["approve"].ready(room, item)
    room.on("06-15")
    assert reader("zwb").fill("/adjustment/together/approve/", case=[case.number]).status == 302
    assert told(case)[-1][0] == "approve" and not Application.objects.exists()


@pytest.mark.long
def test_第七条二_三百件一次转办_先看各会怎样(room, reader):
    items = [room.put(code=f"410105-027-09-{n:03}-00", name=f"事项{n}") for n in range(300)]
    cases = [room.apply("06-07", item, promised="3") for item in items]
    room.on("06-08")
    person, path = reader("zwb"), path_of(query="")
    page = person.load(path)
    assert page.text.count("转给编办、法制办") >= 300 and "共 300 件" in page.text
    answer = person.send(page, path, opinion="请审核", case=[case.number for case in cases])
    assert answer.status == 302
    assert Event.objects.filter(act="refer", case__in=cases).count() == 300
    assert {office for case in cases for _, office, _ in owed(case)} == {"bb", "fzb"} and verify().fault is None
