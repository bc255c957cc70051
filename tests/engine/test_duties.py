"""The engine itself, on small laws: what a duty is, how it ends, what an office is offered and what a refusal says."""

from datetime import date

import pytest

from qingdan.engine.duties import Event, Refused, Standing, lapse, options, stand, step
from qingdan.statute.limits import AsOrdered, Promptly, SameDay
from qingdan.statute.terms import Law, MonthDay, Otherwise, Source, Workdays, may, must, opens
from tests.engine.play import BB, CAL, CGJ, DZZX, FZB, ZWB, Play, applied, confirmed, d, referred

A, B = ("甲",), ("乙一", "乙二")
GIVES = {"甲": A, "乙": B}


def law(*rows):
    return Law("试", date(2016, 5, 6), (opens("O", "第一条", "甲", "begin"), *rows))


def begun(*rows, **kw):
    return stand(law(*rows), [Event("begin", d("09-12"), "甲", gives=GIVES, **kw)], CAL)


# --- limits -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "ordered", "due"),
    [
        (Workdays(5), None, "09-20"),
        (Workdays(5), "09-14", "09-20"),
        (SameDay(), None, "09-12"),
        (MonthDay(28), None, "09-28"),
        (AsOrdered(), "09-14", "09-14"),
        (AsOrdered(), None, ""),
        (AsOrdered(Workdays(10)), None, "09-27"),
        (AsOrdered(Workdays(10)), "09-14", "09-14"),
        (Promptly(), "09-14", ""),
    ],
)
def test_the_due_day_of_each_limit(limit, ordered, due):
    """From 2016-09-12; only a limit that a paper sets takes its day from the paper."""
    o = begun(must("M", "第一条", "甲", "go", after="begin", within=limit), ordered=d(ordered) if ordered else None).owed[0]
    assert o.due == (d(due) if due else None)
    assert not o.provisional


@pytest.mark.parametrize(
    ("limit", "ordered", "provisional"),
    [
        (Workdays(5), None, True),
        (MonthDay(28), None, True),
        (AsOrdered(Workdays(10)), None, True),
        (SameDay(), None, False),
        (AsOrdered(), "2027-03-01", False),
        (Promptly(), None, False),
    ],
)
def test_past_the_last_announced_year_only_what_is_counted_is_provisional(limit, ordered, provisional):
    """A day that a paper names stands, whatever the holidays will be."""
    start = Event("begin", date(2027, 1, 4), "甲", gives=GIVES, ordered=d(ordered) if ordered else None)
    o = stand(law(must("M", "第一条", "甲", "go", after="begin", within=limit)), [start], CAL).owed[0]
    assert o.provisional is provisional
    assert o.late(date(2028, 1, 1)) is (o.due is not None and not provisional)


def test_a_provisional_date_has_an_earliest_and_a_latest_day():
    start = Event("begin", date(2026, 12, 30), "甲", gives=GIVES)
    o = stand(law(must("M", "第一条", "甲", "go", after="begin", within=Workdays(30))), [start], CAL).owed[0]
    assert o.earliest < o.due < o.latest


def test_a_limit_that_is_our_choice_says_so():
    """The source stands at the row: regulation, order or choice; the engine only dates it."""
    o = begun(must("M", "第一条", "甲", "go", after="begin", within=Workdays(5), source=Source.CHOICE)).owed[0]
    assert o.row.source is Source.CHOICE and o.late(d("09-21"))


# --- duties -------------------------------------------------------------------------------------------------------


def test_each_holder_of_the_role_owes_alone():
    s = begun(must("M", "第一条", "乙", "go", after="begin", within=Workdays(5)))
    step(s, Event("go", d("09-13"), "乙二"))
    assert [(o.office, o.how) for o in s.owed] == [("乙一", ""), ("乙二", "done")]


def test_an_office_named_twice_owes_once():
    s = stand(law(must("M", "第一条", "乙", "go", after="begin")), [Event("begin", d("09-12"), "甲", gives={"甲": A, "乙": ("乙一", "乙一")})], CAL)
    assert [o.office for o in s.open] == ["乙一"]


def test_after_all_waits_for_the_last_of_several_rows():
    rows = (
        must("M", "第一条", "乙", "go", after="begin"),
        must("N", "第二条", "甲", "come", after="begin"),
        must("L", "第三条", "甲", "leave", after_all="M|N", within=Workdays(2)),
    )
    s = begun(*rows)
    for act, office in (("go", "乙一"), ("come", "甲"), ("go", "乙二")):
        assert not s.is_open(["L"])
        step(s, Event(act, d("09-13"), office))
    assert [(o.row.id, o.due) for o in s.open] == [("L", d("09-18"))]


def test_what_is_released_starts_nothing_that_waits_for_all():
    """Released is not done: 核准 does not begin because a case was withdrawn."""
    rows = (
        must("M", "第一条", "乙", "go", after="begin"),
        must("L", "第三条", "甲", "leave", after_all="M"),
        may("P", "第四条", "甲", "stop", while_owed="M", releases="*"),
    )
    s = begun(*rows)
    step(s, Event("stop", d("09-13"), "甲"))
    assert [(o.row.id, o.how) for o in s.owed] == [("M", "released"), ("M", "released")]


def test_an_act_that_would_leave_a_duty_with_nobody_is_refused_and_changes_nothing():
    rows = (must("M", "第一条", "甲", "go", after="begin"), must("N", "第二条", "丙", "come", after="go"))
    s = begun(*rows)
    with pytest.raises(Refused, match="没有指定丙（第二条）"):
        step(s, Event("go", d("09-13"), "甲"))
    assert [o.row.id for o in s.open] == ["M"] and (s.length, s.last) == (1, d("09-12"))


def test_several_lapses_are_written_in_the_order_of_their_days():
    """And each starts what follows from its own day."""
    rows = (
        must("M", "第一条", "乙", "go", after="begin", within=Workdays(5), otherwise=Otherwise("gone", "第八条")),
        must("N", "第二条", "甲", "come", after="begin", within=Workdays(2), otherwise=Otherwise("came", "第八条")),
        must("L", "第三条", "甲", "leave", after="came", within=Workdays(1), otherwise=Otherwise("left", "第八条")),
    )
    s = begun(*rows)
    told = lapse(s, d("10-31"))
    assert [(e.act, e.on, e.office) for e in told] == [
        ("came", d("09-14"), "甲"), ("left", d("09-18"), "甲"), ("gone", d("09-20"), "乙一"), ("gone", d("09-20"), "乙二"),
    ]  # fmt: skip
    assert all(e.by_law and e.noted == d("10-31") for e in told)
    assert s.open == []


def test_nothing_lapses_on_the_due_day_itself():
    s = begun(must("M", "第一条", "甲", "go", after="begin", within=Workdays(5), otherwise=Otherwise("gone", "第八条")))
    assert lapse(s, d("09-20")) == []
    assert [e.on for e in lapse(s, d("09-21"))] == [d("09-20")]


def test_a_sweep_cut_short_at_any_event_and_run_again_leads_to_the_same_standing():
    """第八条: the sweep killed at any moment and run again changes nothing."""
    whole = referred(FZB, BB).s
    lapse(whole, d("07-20"))
    base = referred(FZB, BB)
    told = lapse(base.s.copy(), d("07-20"))
    for n in range(len(told) + 1):
        s = base.s.copy()
        for event in told[:n]:
            step(s, event)
        lapse(s, d("07-20"))
        assert s.owed == whole.owed


# --- what is offered ----------------------------------------------------------------------------------------------


def offered(c, office, day):
    return [(o.act, o.held) for o in options(c.s, office, d(day))]


def test_an_office_is_offered_its_duties_then_its_powers():
    c = referred(FZB, BB)
    assert offered(c, BB, "06-13") == [("agree", False), ("agree_amended", False), ("disagree", False)]
    assert offered(c, FZB, "06-13") == [("agree", False), ("agree_amended", False), ("disagree", False), ("announce_joint", False)]
    assert offered(c, ZWB, "06-13") == [("add_lead", False)]
    assert offered(c, CGJ, "06-13") == [("withdraw", False)]
    assert offered(c, DZZX, "06-13") == offered(c, "路人", "06-13") == []


def test_what_is_held_is_offered_as_held():
    """本部门更新 waits for 公布: the page can say why."""
    assert offered(confirmed(), CGJ, "06-17") == [("update_own_site", True), ("update_own_site_to_file", True)]


def test_what_a_duty_needs_holds_it_back_and_excuses_no_delay():
    """not_while waits for others and is not late meanwhile; needs are steps of one's own."""
    first = must("F", "第一条", "甲", "come", after="begin")
    for word, excused in (("not_while", True), ("needs", False)):
        s = begun(first, must("M", "第二条", "甲", "go", after="begin", within=Workdays(5), **{word: "F"}))
        with pytest.raises(Refused, match="须先完成：甲应办理：come（第一条）"):
            step(s, Event("go", d("09-13"), "甲"))
        assert [(o.act, o.held) for o in options(s, "甲", d("09-13"))] == [("come", False), ("go", True)]
        assert s.is_held(s.owed[1]) is excused and s.must_wait(s.owed[1])
        step(s, Event("come", d("09-13"), "甲"))
        assert not s.must_wait(s.owed[1])
        step(s, Event("go", d("09-13"), "甲"))


def test_a_power_is_offered_only_while_it_can_be_used():
    """退回 after the target of 补正 has passed; 延期 until day 10."""
    c = applied().office("return_once", "06-08")
    assert ("return_unfiled", False) not in offered(c, ZWB, "06-16")
    assert ("return_unfiled", False) in offered(c, ZWB, "06-17")
    c = Play().cause("09-12")
    assert offered(c, CGJ, "09-27") == [("apply", False), ("ask_extension", False)]
    assert offered(c, CGJ, "09-28") == [("apply", False)]


def test_looking_at_the_options_changes_nothing():
    c = referred(FZB, BB)
    before = (list(c.s.owed), list(c.s.flags), dict(c.s.parties), c.s.length)
    for office in (FZB, BB, ZWB, CGJ):
        options(c.s, office, d("06-14"))
    assert (c.s.owed, c.s.flags, c.s.parties, c.s.length) == before


# --- what a refusal says ------------------------------------------------------------------------------------------


def refusal(c, act, on, office):
    with pytest.raises(Refused) as caught:
        c.do(act, on, office)
    return caught.value


def test_a_refusal_says_what_why_and_what_to_do():
    """第七条（四）: 核准 before the opinions are there."""
    r = refusal(referred(FZB, BB).lead(FZB, "agree", "06-13"), "approve", "06-14", ZWB)
    assert r.what == "政务办现在不能“核准”"
    assert r.why == "还没有到这一步（第七条（四））"
    assert r.todo == "现在应办：编办应在2016年6月17日（周五）前反馈审核意见（第七条（三））"
    assert str(r) == f"{r.what}：{r.why}。{r.todo}。"


def test_a_refusal_speaks_the_names_of_the_offices():
    """Codes in the ledger, names in the sentence."""
    s = Standing(law(must("M", "第一条", "乙", "go", after="begin")), CAL, names={"乙一": "区一局", "乙二": "区二局", "甲": "区甲办"})
    step(s, Event("begin", d("09-12"), "甲", gives=GIVES))
    with pytest.raises(Refused, match="区甲办现在不能“go”：此项应由区一局、区二局办理"):
        step(s, Event("go", d("09-13"), "甲"))


@pytest.mark.parametrize(
    ("play", "act", "office", "why"),
    [
        (applied, "agree", FZB, "法制办在本案中不是牵头部门"),
        (applied, "frobnicate", ZWB, "没有这个动作"),
        (applied, "refer", CGJ, "此项应由政务办办理"),
        (applied, "apply", CGJ, "此项已经办理（2016年6月7日（周二），第七条（一））"),
        (applied, "publish", DZZX, "还没有到这一步（第七条（五））"),
        (applied, "month_began", ZWB, "本案已经立案"),
        (Play, "apply", CGJ, "本案还没有立案"),
        (Play, "cause_arose", CGJ, "只有申请单位可以提出"),
    ],
)
def test_the_nearest_reason_is_given(play, act, office, why):
    assert why in refusal(play(), act, "06-09", office).why


def test_before_a_case_is_begun_the_refusal_says_how_to_begin():
    assert refusal(Play(), "apply", "06-09", CGJ).todo == (
        "请先由有权的单位立案：首次入库公布（政务办）、单位变动，事项划转（政务办）、登记调整情形（申请单位）、登记本单位清单调整、登记本单位清单其他变动（申请单位）、恢复行使（政务办）"
    )


def test_after_a_case_is_over_the_refusal_says_so():
    c = Play().cause("06-01").office("close_without_change", "06-03")
    assert refusal(c, "apply", "06-06", CGJ).todo == "本案已经办结，如有新的情形请另行提出申请"
