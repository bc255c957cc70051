"""第十条（一）, X5: on the day of a repeal the calendar marks 待核 what has no other valid 依据; a person decides; the text stays."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger import closing
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.notices.models import Notice
from qingdan.kernel.offices.succession import new_heir
from qingdan.lists.bases.models import Hold
from qingdan.lists.bases.queries import hold_of, holds, open_holds
from qingdan.lists.queries import current, in_force
from qingdan.measures.adjustment import actions, holding
from qingdan.measures.adjustment.succession.actions import change_office

from .laws import case_of, enter, flagged, law, put_all, repeal, sweep
from .room import owed


@pytest.fixture
def items(room):
    return put_all(room)


def state(item, on, known=None):
    on = date.fromisoformat(f"2016-{on}")
    hold = hold_of(current(item), on, date.fromisoformat(f"2016-{known}") if known else on)
    return hold.state_on(on, date.fromisoformat(f"2016-{known}") if known else on) if hold else ""


def suspend(room, item, on="09-12"):
    return room.do(on, "zwb", holding.suspend_item, case_of(item), "甲条例已废止")


# ---- the calendar -----------------------------------------------------------------------------------


def test_第十条一_废止之日_没有其他有效依据的事项待核_政务办当日确认(room, items):
    """1 and 3 rest on the repealed 甲条例 alone; 2 has 乙法 besides; 4 never rested on it."""
    repeal(room)
    assert sweep(room, "09-11") == 0
    assert sweep(room, "09-12") == 2
    assert flagged() == [("001", "2016-09-12", False), ("003", "2016-09-12", False)]
    assert owed(case_of(items["1"])) == [("X5", "zwb", "09-12")]
    assert case_of(items["1"]).office == room.d.cg.office
    assert verify().fault is None


def test_第十条一_巡检重复多少次都一样(room, items):
    repeal(room)
    assert sweep(room, "09-12", "09-12", "09-13", "10-08") == 2
    assert Event.objects.filter(act="sweep_repeal").count() == 1


@pytest.mark.parametrize("days", [("10-12",), ("09-12", "09-13", "10-12"), ("09-10", "09-12", "10-12")])
def test_沉默三十天之后_案件和法定日期与逐日巡检时相同(room, items, days):
    """The legal day is that of the repeal; what nobody could see in time is to nobody's account (S51)."""
    repeal(room)
    sweep(room, *days)
    late = "09-12" not in days
    assert flagged() == [("001", "2016-09-12", late), ("003", "2016-09-12", late)]
    assert Hold.objects.first().flagged_on == date(2016, 9, 12)


def test_沉默期间换了依据的_与逐日巡检时一样待核过(room, items):
    """Item 1 got another 依据 after the repeal took effect: on its day it had none, whenever the sweep looked."""
    repeal(room)
    case = room.apply("09-12", items["1"], basis="《乙法》第二条")
    room.refer("09-13", case)
    room.say("09-14", "fzb", case, "agree")
    room.approve("09-18", case)
    room.say("09-19", "cg", case, "confirm")
    room.say("09-20", "zwb", case, "forward")
    room.publish("09-21", case)
    assert sweep(room, "10-12") == 2
    assert state(items["1"], "10-12") == "" and state(items["3"], "10-12") == "待核"


def test_废止以前已经公布新依据的_不待核(room, items):
    repeal(room)
    case = room.forwarded(items["1"], basis="《乙法》第二条")
    room.publish("06-20", case)
    assert sweep(room, "09-12") == 1 and flagged() == [("003", "2016-09-12", False)]


def test_登记晚于废止之日的_自登记之日起待核(room, items):
    repeal(room, on="09-20", announced="06-06", takes_effect="09-12")
    assert sweep(room, "09-20", hour="10:00") == 2
    assert flagged()[0] == ("001", "2016-09-20", False)


def test_只废止一条的_只有依据它的事项待核(room, items):
    repeal(room, places=["第三条"])
    assert sweep(room, "09-12") == 1 and flagged() == [("001", "2016-09-12", False)]


def test_修改不是废止_不待核_X5a(room, items):
    enter(room, "06-07", "amended", "甲条例", "06-06", "09-12")
    assert sweep(room, "09-12", "10-12") == 0
    assert [d.title for d in law("甲条例").__class__.objects.filter(key="甲条例")] == ["甲条例", "甲条例"]


def test_换版以后再废止_依据旧版的事项同样待核(room, items):
    enter(room, "06-07", "amended", "甲条例", "06-06", "07-01")
    repeal(room, on="07-04", announced="07-01")
    assert sweep(room, "09-12") == 2


def test_未能识别的依据不算有效依据(room):
    items = put_all(room, {"1": ("cg", "《甲条例》第三条\n省里有文件")})
    repeal(room)
    assert sweep(room, "09-12") == 1 and case_of(items["1"])


def test_巡检由产品的定时任务执行(room, items):
    assert holding.open_repeals in closing.ON_SWEEP
    repeal(room)
    room.on("09-12", "00:05")
    closing.sweep()
    assert len(flagged()) == 2


# ---- 恢复施行 ----------------------------------------------------------------------------------------


def test_废止在施行前撤回的_什么也不发生(room, items):
    repeal(room)
    enter(room, "09-01", "restored", "甲条例", "09-01", "09-01")
    assert sweep(room, "09-12", "10-12") == 0


def test_依据恢复施行_以后不再待核_已暂停的由政务办恢复行使(room, items):
    repeal(room)
    sweep(room, "09-12")
    suspend(room, items["1"])
    enter(room, "10-10", "restored", "甲条例", "10-10", "10-10")
    assert state(items["1"], "10-10") == "暂停行使"
    room.on("10-10")
    resumed = holding.resume_item(Hold.objects.get(case=case_of(items["1"])), "甲条例恢复施行", key="r", **room.who("zwb"))
    assert (state(items["1"], "10-09"), state(items["1"], "10-10")) == ("暂停行使", "")
    assert resumed.parent == case_of(items["1"]) and owed(resumed) == []
    assert law("甲条例").holds_on(date(2016, 10, 10)) and not law("甲条例").holds_on(date(2016, 10, 9))
    assert verify().fault is None


def test_恢复以后再次废止_再次待核(room, items):
    repeal(room)
    sweep(room, "09-12")
    enter(room, "10-10", "restored", "甲条例", "10-10", "10-10")
    repeal(room, on="10-11", announced="10-11", takes_effect="11-01")
    assert sweep(room, "11-01") == 2 and len(flagged()) == 4


def test_沉默期间废止又恢复的_与逐日巡检时相同(room, items):
    repeal(room)
    enter(room, "10-10", "restored", "甲条例", "10-10", "10-10")
    assert [day for _, day, _ in flagged()] == ["2016-09-12"] * 2  # written before the change is entered, with their legal day
    assert sweep(room, "10-12") == 0


# ---- what people decide -------------------------------------------------------------------------------


def test_第十条一_暂停行使_注明之日起_清单文字不变(room, items):
    repeal(room)
    sweep(room, "09-12")
    assert state(items["1"], "09-12") == "待核"
    suspend(room, items["1"])
    assert state(items["1"], "09-12") == "暂停行使" and state(items["1"], "09-11", known="09-12") == ""
    assert items["1"].versions.count() == 1
    assert [v.item for v in in_force("权责") if v.item == items["1"]] == [items["1"]]
    assert owed(case_of(items["1"])) == []


def test_第十条一_继续行使的写明理由_不再注明(room, items):
    repeal(room)
    sweep(room, "09-12")
    room.do("09-13", "zwb", holding.keep_in_force, case_of(items["3"]), "另有省政府规章")
    assert (state(items["3"], "09-12"), state(items["3"], "09-13")) == ("待核", "")
    assert Hold.objects.get(case=case_of(items["3"])).reason == "另有省政府规章"


def test_两条时间轴_当时知道的和后来知道的(room, items):
    """After 30 days of silence: on 09-12 it was 待核 by law, but as known on 09-12 nobody had written it."""
    repeal(room)
    sweep(room, "10-12")
    suspend(room, items["1"], on="10-12")
    assert state(items["1"], "09-12", known="10-12") == "待核"
    assert state(items["1"], "09-12", known="09-12") == ""
    assert state(items["1"], "10-12", known="10-11") == ""
    assert state(items["1"], "10-20", known="10-12") == "暂停行使"


def test_公布新版本_暂停自行结束_旧版本仍注明(room, items):
    repeal(room)
    sweep(room, "09-12")
    suspend(room, items["1"])
    case = room.apply("09-13", items["1"], basis="《乙法》第二条")
    for on, who, act in (("09-18", "cg", "confirm"), ("09-19", "zwb", "forward")):
        if act == "confirm":
            room.refer("09-14", case)
            room.say("09-18", "fzb", case, "agree")
            room.approve("09-18", case)
        room.say(on, who, case, act)
    room.publish("09-20", case)
    assert state(items["1"], "09-20") == ""
    old = items["1"].versions.get(number=1)
    assert hold_of(old, date(2016, 9, 20), date(2016, 9, 20)).suspended
    room.on("09-20")
    assert {version.item for _, version in open_holds(date(2016, 9, 20))} == {items["3"]}


def test_只改电话的新版本_依据没有换_仍然暂停_X5r(room, items):
    repeal(room)
    sweep(room, "09-12")
    suspend(room, items["1"])
    case = room.apply("09-13", items["1"], phone="0371-63520009")
    room.refer("09-14", case)
    room.say("09-18", "fzb", case, "agree")
    room.approve("09-18", case)
    room.say("09-19", "cg", case, "confirm")
    room.say("09-19", "zwb", case, "forward")
    room.publish("09-20", case)
    assert current(items["1"]).number == 2 and state(items["1"], "09-20") == "暂停行使"
    assert {version.number for _, version in open_holds(date(2016, 9, 20))} == {1, 2}


def test_单位撤并后_事项由新单位承接_仍然暂停_X5r(room, items):
    repeal(room)
    sweep(room, "09-12")
    suspend(room, items["1"])
    room.on("09-14")
    heir = new_heir(code="cgj", name="金水区城市综合执法局", short="执法局", kind="部门")
    change_office("更名", room.d.cg.office, [heir], document="金编〔2016〕9号", document_day=date(2016, 9, 14), **room.who("zwb"))
    assert current(items["1"]).office.short == "执法局" and state(items["1"], "09-14") == "暂停行使"
    assert verify().fault is None


def test_单位得知待核和确认的结果_各一次(room, items):
    repeal(room)
    sweep(room, "09-12", "09-12")
    suspend(room, items["1"])
    said = [n.text for n in Notice.objects.filter(office=room.d.cg.office, key__startswith="hold:").order_by("pk")]
    assert len(said) == 2 and "待核" in said[0] and "确认暂停行使" in said[1]


def test_只有政务办能够确认_能够恢复(room, items):
    repeal(room)
    sweep(room, "09-12")
    for who in ("cg", "fzb"):
        with pytest.raises(Refused, match="现在应办"):
            room.do("09-12", who, holding.suspend_item, case_of(items["1"]), "甲")
    suspend(room, items["1"])
    hold = Hold.objects.get(case=case_of(items["1"]))
    with pytest.raises(Refused, match="政务办"):
        holding.resume_item(hold, "甲", key="r", **room.who("cg"))
    hold.refresh_from_db()
    assert hold.resumed_on is None and Case.objects.filter(title__startswith="恢复行使").count() == 0


def test_没有暂停的不能恢复_已经恢复的不能再恢复_重复提交是同一件(room, items):
    repeal(room)
    sweep(room, "09-12")
    with pytest.raises(Refused, match="没有暂停行使"):
        holding.resume_item(Hold.objects.get(case=case_of(items["3"])), "甲", key="q", **room.who("zwb"))
    suspend(room, items["1"])
    first = holding.resume_item(Hold.objects.get(case=case_of(items["1"])), "甲", key="r", **room.who("zwb"))
    assert holding.resume_item(Hold.objects.get(case=case_of(items["1"])), "甲", key="r", **room.who("zwb")) == first
    with pytest.raises(Refused, match="不必再办"):
        holding.resume_item(Hold.objects.get(case=case_of(items["1"])), "甲", key="s", **room.who("zwb"))


@pytest.mark.parametrize("n", [1, 6])
def test_查待核和暂停_一次查询(n, room, django_assert_num_queries):
    put_all(room, {str(i): ("cg", "《甲条例》第三条") for i in range(1, n + 1)})
    repeal(room)
    sweep(room, "09-12")
    versions = list(in_force("权责"))
    with django_assert_num_queries(1):
        assert len(holds(versions)) == n


def test_第七条_调整申请照样可以提出(room, items):
    """A suspended item is changed by the five steps as any other."""
    repeal(room)
    sweep(room, "09-12")
    suspend(room, items["1"])
    assert room.do("09-13", "cg", actions.register_cause, room.ask(items["1"], cause_day="09-12"))
