"""From 登记 to 受理 or 不予受理 (第六条, 第九条, 第十条): each act, whose turn comes next, and what is refused."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import OfficeChange
from qingdan.kernel.vault.reading import read_content
from qingdan.measures.complaints import accepting, assigning, complaining
from qingdan.measures.complaints.access import handling_of, passages_of, reads_content, visible_to
from qingdan.measures.complaints.actions import pass_to_district
from qingdan.measures.complaints.models import Passage
from qingdan.statute.complaints_grounds import REFUSALS

from .room import owed

pytestmark = pytest.mark.django_db


def sees(room, *codes):
    return [code for code in codes if visible_to(room.office(code), clock.today()).exists()]


# ---- 第十条 批转 -------------------------------------------------------------------------------------------


def test_第十条_批转给建议的机关_不用写理由(room):
    c = room.file("09-12")
    room.assign("09-13", c)
    assert owed(c) == [("D16", "fzb", "09-18")] and room.fresh(c).handler == room.office("fzb") and not room.fresh(c).overridden


def test_第九条_不按建议批转的写明理由_理由封存(room):
    c = room.file("09-12")
    with pytest.raises(Refused, match="建议批转法制办"):
        room.assign("09-13", c, "czj")
    assert owed(c) == [("D15", "zwb", "09-14")]
    event = room.assign("09-13", c, "czj", reason="实质是收费问题")
    (passage,) = passages_of(c)
    assert room.fresh(c).overridden and passage.kind == Passage.OVERRIDE and not passage.visible and "收费" not in event.body
    assert read_content(passage.sealed, **room.who("czj"), purpose="办理") == {"text": "实质是收费问题"}


def test_第九条_没有建议的由政务办指定_不用写理由(room):
    c = room.file("09-12", grounds=["12"])
    room.assign("09-13", c, "bb")
    assert owed(c) == [("D16", "bb", "09-18")] and not room.fresh(c).overridden


def test_第三条_只能批转给四家_不能批转给被投诉的那一家(room):
    c = room.file("09-12", respondent_office=room.office("fzb"))
    for body, said in (("cg", "不是投诉处理机关"), ("fzb", "投诉的就是法制办")):
        with pytest.raises(Refused, match=said):
            room.assign("09-13", c, body)
    room.assign("09-13", c, "bb")
    assert sees(room, "fzb", "bb", "zwb") == ["bb", "zwb"]


def test_第十条_批转时核明被投诉单位_它就什么也看不到(room):
    c = room.file("09-12", respondent_office=None, respondent="某个机关", grounds=["9"])
    with pytest.raises(Refused, match="投诉的是政务办"):
        room.assign("09-13", c, "bb", respondent=room.office("zwb"))
    with pytest.raises(Refused, match="投诉的就是财政局"):
        room.assign("09-13", c, "czj", respondent=room.office("czj"))
    room.assign("09-13", c, "bb", respondent=room.office("czj"), reason="被投诉的是财政局")
    assert room.fresh(c).respondent_office == room.office("czj") and sees(room, "czj", "bb") == ["bb"]


def test_第三条_登记后发现投诉政务办的_移送区政府(room):
    c = room.file("09-12", respondent_office=None)
    room.on("09-13")
    pass_to_district(c.case, **room.who("zwb"))
    assert owed(c) == [("S14", "qz", "09-18")] and sees(room, "zwb", "qz") == ["qz"]
    room.do("09-14", "qz", assigning.assign_by_district, c, room.office("czj"))
    assert owed(c) == [("D16a", "czj", "09-19")] and sees(room, "zwb", "qz", "czj", "fzb") == ["qz", "czj"]


# ---- 第十条 受理，补正 -----------------------------------------------------------------------------------------


def test_第十四条_受理以后二十个工作日_跨国庆(room):
    c = room.file("09-30", "fzb")
    room.accept("09-30", c)
    assert owed(c) == [("D18", "fzb", "11-02")]


def test_第十四条_期限进入没有公布放假安排的一年_暂定(room):
    c = room.file("2026-12-14", "fzb")
    room.accept("2026-12-14", c)
    duty = c.case.obligations.get(row="D18")
    assert duty.due.year == 2027 and duty.provisional and duty.earliest <= duty.due <= duty.latest


def test_第十条_补正一次_收到证据后重新计算(room):
    c = room.file("09-12", "fzb")
    room.ask("09-14", c)
    assert owed(c) == [("D34", "投诉人", "09-22"), ("D16c", "fzb", "09-26")]
    room.evidence("09-20", c)
    assert owed(c) == [("D16e", "fzb", "09-22")]
    assert [(p.kind, p.visible) for p in passages_of(c)] == [("asked", True), ("evidence", True)]
    room.accept("09-21", c)


def test_第十条_补正期满没有证据_说明理由不予受理_还可以再投诉(room):
    c = room.file("09-12", "fzb")
    room.ask("09-14", c)
    with pytest.raises(Refused):
        room.unproven("09-22", c)
    room.unproven("09-23", c)
    assert owed(c) == [] and room.fresh(c).refusal == "10-2"
    assert room.file("09-24", "fzb").pk


def test_第十条_补正通知写明要什么(room):
    with pytest.raises(Refused, match="没有写明需要补充什么"):
        room.ask("09-14", room.file("09-12", "fzb"), words=" ")


# ---- 第六条 不予受理 -------------------------------------------------------------------------------------------

PLAIN = [key for key, refusal in REFUSALS.items() if refusal.act == "decline" and not refusal.earlier]


@pytest.mark.parametrize("ground", PLAIN)
def test_第六条_每一项都可以_理由封存_投诉人看得到(room, ground):
    c = room.file("09-12", "fzb")
    event = room.decline("09-13", c, ground)
    assert owed(c) == [] and room.fresh(c).refusal == ground and event.facts["ground"] == ground and "复议" not in event.body
    (passage,) = passages_of(c, for_complainant=True)
    assert passage.kind == Passage.REFUSED


@pytest.mark.parametrize(("changes", "said"), [({"ground": ""}, "依据哪一项"), ({"reasons": " "}, "理由"), ({"way": ""}, "怎样告知"), ({"ground": "10-2"}, "补正通知")])
def test_第六条_依据理由告知方式缺一不可(room, changes, said):
    """X6."""
    c = room.file("09-12", "fzb")
    with pytest.raises(Refused, match=said):
        room.decline("09-13", c, **changes)
    assert owed(c) == [("D16", "fzb", "09-14")]


def test_第十条_无初步证据的同样写明理由和告知方式(room):
    c = room.file("09-12", "fzb")
    room.ask("09-14", c)
    for changes in ({"reasons": ""}, {"way": "x"}):
        with pytest.raises(Refused):
            room.unproven("09-23", c, **changes)


def test_第六条_没有留联系方式的_凭查询码告知(room):
    """E24."""
    c = room.file("09-12", None, identity={}, to=room.office("fzb"))
    with pytest.raises(Refused, match="没有留下联系方式"):
        room.decline("09-13", c, way="letter")
    room.decline("09-13", c, way="query")


def test_第六条五_重复投诉须指明此前的一件_附上答复(room):
    first, again = room.file("09-12", "fzb"), room.file("09-13", "fzb")
    for more in ({}, {"earlier": first}, {"earlier": again, "answer": "见此"}, {"answer": "见此"}):
        with pytest.raises(Refused):
            room.decline("09-13", again, "6-5", **more)
    room.decline("09-13", again, "6-5", earlier=first, answer="9 月 12 日已答复")
    assert room.fresh(again).earlier == first and [p.kind for p in passages_of(again)] == ["refused", "answer"]


@pytest.mark.parametrize("when", ["at filing", "later"])
def test_第六条五_有新的事实的不能以重复投诉不予受理(room, when):
    """S16: new facts always admit."""
    first, again = room.file("09-12", "fzb"), room.file("09-13", "fzb", new_facts="又收了一次" if when == "at filing" else "")
    if when == "later":
        room.facts("09-13", again)
    with pytest.raises(Refused, match="新的事实"):
        room.decline("09-13", again, "6-5", earlier=first, answer="已答复")
    room.accept("09-13", again)


# ---- 第九条 收错的 ---------------------------------------------------------------------------------------------


def test_第九条_转一次_再有争议由政务办指定(room):
    c = room.file("09-12", "fzb")
    room.transfer("09-13", c)
    assert owed(c) == [("S12", "bb", "09-18")] and room.fresh(c).handler == room.office("bb")
    with pytest.raises(Refused):
        room.transfer("09-14", c, "czj", who="bb")
    room.do("09-14", "bb", assigning.dispute, c, "也不归我办")
    assert owed(c) == [("S12d", "zwb", "09-19")] and reads_content(room.fresh(c), room.office("zwb"))
    room.do("09-18", "zwb", assigning.assign_disputed, c, room.office("fzb"))
    assert owed(c) == [("D16f", "fzb", "09-20")] and room.fresh(c).handler == room.office("fzb")


@pytest.mark.parametrize(("to", "reason", "said"), [("bb", " ", "理由"), ("fzb", "不归我", "就是本机关"), ("cg", "归它", "不是投诉处理机关")])
def test_第九条_转给四家中的另一家_写明理由(room, to, reason, said):
    with pytest.raises(Refused, match=said):
        room.transfer("09-13", room.file("09-12", "fzb"), to, reason=reason)


def test_第九条_不归本机关的写明理由(room):
    c = room.file("09-12", "fzb")
    room.transfer("09-13", c)
    with pytest.raises(Refused, match="理由"):
        room.do("09-14", "bb", assigning.dispute, c, "")


def test_第三条_有争议的不能指定给被投诉的那一家(room):
    c = room.file("09-12", "fzb", respondent_office=room.office("czj"))
    room.transfer("09-13", c)
    room.do("09-14", "bb", assigning.dispute, c, "也不归我办")
    with pytest.raises(Refused, match="投诉的就是财政局"):
        room.do("09-18", "zwb", assigning.assign_disputed, c, room.office("czj"))


# ---- 第八条 投诉人 ---------------------------------------------------------------------------------------------


def test_第八条_补充和撤回_凭查询码的没有姓名(room):
    c = room.file("09-12", None)
    event = room.facts("09-13", c)
    assert (event.person, event.office_code, event.facts.get("hand")) == (None, "投诉人", None)
    with pytest.raises(Refused, match="没有写内容"):
        room.facts("09-13", c, " ")
    room.do("09-13", None, complaining.withdraw_complaint, c)
    assert owed(c) == []


def test_第八条_来信来电补充的_由收到的人登记_台账写明谁登记(room):
    c = room.file("09-12", "fzb")
    side = room.who("fzb")
    event = room.facts("09-13", c, by=side["by"], through=side["office"])
    assert event.facts["through"] == "fzb" and event.facts["hand"] == "fzb_1"
    with pytest.raises(Refused, match="没有任职"):
        room.facts("09-13", c, by=room.who("bb")["by"], through=side["office"])


@pytest.mark.parametrize("act", ["accept", "ask", "decline", "transfer"])
def test_两万零一字的不收_说明多长(room, act):
    c = room.file("09-12", "fzb")
    long = "长" * 20_001
    do = {
        "accept": lambda: room.accept("09-13", c, note=long), "ask": lambda: room.ask("09-13", c, words=long),
        "decline": lambda: room.decline("09-13", c, reasons=long), "transfer": lambda: room.transfer("09-13", c, reason=long),
    }  # fmt: skip
    with pytest.raises(Refused, match="20000 字"):
        do[act]()


def test_提交两次_只办一次(room):
    c = room.file("09-12", "fzb")
    first = room.accept("09-13", c, key="k1")
    assert room.accept("09-13", c, key="k1") == first and Event.objects.filter(act="accept").count() == 1


def test_有人先办了_后来的人看得到是谁办的(room):
    c = room.file("09-12", "fzb")
    room.accept("09-13", c)
    with pytest.raises(Refused, match="法制办"):
        room.do("09-13", "fzb", accepting.decline, c, "6-1", "不属于", "query", seen=1)


# ---- S46, S18 ---------------------------------------------------------------------------------------------------


def test_第四条_内容由处理机关看_政务办只在批转以前看(room):
    c = room.file("09-12")
    assert reads_content(c, room.office("zwb"))
    room.assign("09-13", c)
    c = room.fresh(c)
    assert not reads_content(c, room.office("zwb")) and reads_content(c, room.office("fzb")) and not reads_content(c, room.office("bb"))
    assert sees(room, "zwb", "fzb", "bb", "cg", "qz") == ["zwb", "fzb"]


def test_第四条_转出以后只看得到进度(room):
    c = room.file("09-12", "fzb")
    room.transfer("09-13", c)
    assert sees(room, "fzb", "bb") == ["fzb", "bb"] and not reads_content(room.fresh(c), room.office("fzb"))


def test_第三条_后来才知道投诉的是经手过的机关_它从此看不到(room):
    """S14: whatever it had to do with it before."""
    c = room.file("09-12", "fzb", respondent_office=None)
    room.transfer("09-13", c)
    assert sees(room, "fzb", "bb") == ["fzb", "bb"]
    known = room.fresh(c)
    known.respondent_office = room.office("fzb")
    note("found_out", by=None, rows=[known])
    assert sees(room, "fzb", "bb", "zwb") == ["bb", "zwb"]


def test_第三条_写的是别的单位_其实投诉政务办的_移送以后政务办也看不到(room):
    c = room.file("09-12", respondent_office=room.office("cg"))
    room.on("09-13")
    pass_to_district(c.case, **room.who("zwb"))
    assert sees(room, "zwb", "cg", "qz") == ["qz"]


def test_第三条_处理机关撤并以后_由继受的机关看和解锁(room):
    """S10, S45."""
    c = room.file("09-12", "fzb")
    old, heir = room.office("fzb"), room.office("hyl")
    assert handling_of(c.reference).office == old
    room.on("10-10")
    old.valid_to = date(2016, 10, 9)
    change = OfficeChange(kind="合并", old=old, heir=heir, on=date(2016, 10, 10), document="文件", document_day=date(2016, 10, 1))
    note("change_office", by=None, rows=[old, change])
    assert handling_of(c.reference).office == heir and sees(room, "hyl", "bb") == ["hyl"]


def test_第四条_提醒不告诉被投诉的机关和政务办自己的投诉(room):
    """T4: who may not see the case is not told of it; the complainant, who is no office, stops no reminder."""
    from qingdan.kernel.notices.models import Notice
    from qingdan.kernel.notices.reminders import remind

    about, asked = room.file("09-12", None, respondent_office=room.office("zwb")), room.file("09-12", "fzb")
    room.ask("09-13", asked)
    room.on("10-14")
    remind()
    told = set(Notice.objects.values_list("case", "office__code"))
    assert (asked.case_id, "zwb") in told and (about.case_id, "zwb") not in told
