"""Random walks through 动态调整: whatever offices do in whatever order, these things hold."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan.engine.duties import Event, Owed, Refused, Standing, lapse, options, stand, step
from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.roles import CHIEF, EGOV, LEAD, OFFICE, REVIEWER, UNIT
from tests.engine.play import CAL

GIVES = {UNIT: ("城管局",), OFFICE: ("政务办",), EGOV: ("电子政务中心",)}
NAMES = {"refer": {LEAD: ("法制办", "编办"), CHIEF: ("法制办",)}, "refer_review": {REVIEWER: ("审计局",)}}
OFFICES = ["城管局", "政务办", "电子政务中心", "法制办", "编办", "财政局", "审计局", "路人"]
ACTS = sorted(LAW_2016.acts)
STARTS = st.dates(date(2016, 5, 2), date(2016, 12, 31)) | st.dates(date(2026, 11, 2), date(2027, 2, 1))
ENDING = {"close_without_change", "withdraw"}
"""Offered at nearly every step; taken each time, no walk would get far."""
MOVES = st.tuples(st.integers(0, 9), st.sampled_from([0, 0, 0, 1, 2, 6, 30]), st.integers(0, 200), st.booleans())


def event(act: str, office: str, on: date) -> Event:
    joins = {LEAD: ("财政局",)} if act == "add_lead" else {}
    return Event(act, on, office, gives=NAMES.get(act, {}), joins=joins, noted=on)


def may_do(s: Standing, today: date) -> list[tuple[str, str]]:
    return sorted({(o.act, office) for office in OFFICES for o in options(s, office, today) if not o.held})


def walk(start: date, moves: list[tuple[int, int, int, bool]]) -> tuple[Standing, list[Event], list[list[Owed]]]:
    """A case: mostly what the options offer, now and then anything at all. The duties after each event are kept."""
    s, told, seen = Standing(LAW_2016, CAL), [], []
    first = Event("cause_arose", start, "城管局", gives=GIVES, dates={"cause_day": start - timedelta(days=moves[0][0])}, noted=start)
    step(s, first)
    told.append(first)
    today = start
    for kind, days, pick, _ in moves:
        today += timedelta(days=days)
        told += lapse(s, today)
        offered = [o for o in may_do(s, today) if pick % 9 == 0 or o[0] not in ENDING] or may_do(s, today)
        wild = kind == 0 or not offered
        act, office = (ACTS[pick % len(ACTS)], OFFICES[pick % len(OFFICES)]) if wild else offered[pick % len(offered)]
        try:
            step(s, e := event(act, office, today))
        except Refused:
            continue
        told.append(e)
        seen.append(list(s.owed))
    return s, told, seen


cases = st.builds(walk, STARTS, st.lists(MOVES, min_size=1, max_size=25))


@settings(max_examples=150, deadline=None)
@given(cases)
def test_a_replay_leads_to_the_same_standing(case):
    s, told, _ = case
    again = stand(LAW_2016, told, CAL)
    assert (again.owed, again.parties, again.flags, again.length, again.last) == (s.owed, s.parties, s.flags, s.length, s.last)


@settings(max_examples=100, deadline=None)
@given(cases)
def test_a_duty_is_closed_once_and_keeps_how_it_ended(case):
    """Only the day of a spoilt application (S48) and the reach of a late extension may still change."""
    _, _, seen = case
    for before, after in pairwise(seen):
        for old, new in zip(before, after, strict=False):
            if not old.is_open:
                assert (new.closed, new.how, new.row, new.office, new.opened) == (old.closed, old.how, old.row, old.office, old.opened)
                assert new.closed_on == old.closed_on or old.row.id == "D1"
        assert len(after) >= len(before)


@settings(max_examples=100, deadline=None)
@given(cases)
def test_released_is_neither_done_nor_late_and_only_the_law_deems(case):
    s, told, _ = case
    for o in s.owed:
        assert (o.closed is None) == (o.how == "") == (o.closed_on is None)
        if o.how == "released":
            assert not o.late(date(2030, 1, 1))
        if o.closed is not None:
            act = told[o.closed - 1]
            assert (o.how == "deemed") == act.by_law or o.how == "released"
            assert o.how != "done" or act.act in o.row.acts or o.row.id == "D2"
            assert o.how != "deemed" or (o.due == act.on and not o.provisional and o.row.otherwise.act == act.act)


@settings(max_examples=100, deadline=None)
@given(cases)
def test_nobody_owes_one_thing_twice_at_once_and_every_duty_has_its_own_key(case):
    s, _, seen = case
    for owed in seen:
        assert max(Counter((o.row.id, o.office) for o in owed if o.is_open).values(), default=0) <= 1
    assert max(Counter((o.opened, o.row.id, o.office) for o in s.owed).values()) == 1


@settings(max_examples=100, deadline=None)
@given(cases)
def test_days_that_pass_change_nothing_the_second_time(case):
    """Thirty days of silence at once, or day by day: the same events with the same dates but for the day of noting."""
    s, _, _ = case
    at_once, daily = s.copy(), s.copy()
    end = s.last + timedelta(days=30)
    once = lapse(at_once, end)
    day_by_day = [e for n in range(31) for e in lapse(daily, s.last + timedelta(days=n))]
    assert [(e.act, e.on, e.office) for e in once] == [(e.act, e.on, e.office) for e in day_by_day]
    assert [(o.row.id, o.office, o.since, o.due, o.how, o.closed_on) for o in at_once.owed] == [
        (o.row.id, o.office, o.since, o.due, o.how, o.closed_on) for o in daily.owed
    ]
    assert lapse(at_once, end) == []


@settings(max_examples=100, deadline=None)
@given(cases)
def test_what_is_offered_can_be_done_and_what_is_held_is_refused_with_its_reason(case):
    s, _, _ = case
    for office in OFFICES:
        for option in options(s, office, s.last):
            trial = s.copy()
            try:
                step(trial, event(option.act, office, s.last))
            except Refused as refused:
                extends = option.act == "grant_extension" and "不能再延长" in str(refused)
                assert (option.held and "须先完成" in refused.why) or extends or "财政局" in refused.why
            else:
                assert not option.held


@settings(max_examples=60, deadline=None)
@given(cases)
def test_a_case_with_nothing_open_stays_closed(case):
    """What is over is over: nothing but a late act without effect is accepted."""
    s, _, _ = case
    if s.open:
        return
    for act in ACTS:
        for office in OFFICES:
            trial = s.copy()
            try:
                step(trial, event(act, office, s.last))
            except Refused as refused:
                assert "本案已经办结" in refused.todo or "由法律直接产生" in refused.why
            else:
                assert trial.owed == s.owed and trial.flags[-1] == ("late", trial.length)
