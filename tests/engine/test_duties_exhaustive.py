"""Every act of every office at every reachable standing of 动态调整: allowed if and only if the rows say so.

Breadth first over the acts of 第二条 to 第十条, so that 第八条, 逾期 and 放弃 are all reached (`walking`). Standings that differ only in
dates without consequence are one.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.roles import CHIEF, EGOV, LEAD, OFFICE, REVIEWER, UNIT
from tests.engine.oracle import Act
from tests.engine.walking import Ground, Pair, walked

UNITS = {UNIT: ("城管局",), OFFICE: ("政务办",), EGOV: ("电子政务中心",)}
LEADS, NEWCOMER, REVIEWERS = ("法制办", "编办"), "财政局", ("审计局",)
FEW, MOST = 650, 1500
"""Standings visited in every run, and with --long."""


def act(pair: Pair, name: str, office: str) -> Act:
    """The act as an office would do it: the first act and 转办 name offices, 补充转办 adds one."""
    a = Act(name, office, pair.on)
    if not pair.book.acts:
        a.names = UNITS
    elif name == "refer":
        a.names = {LEAD: LEADS, CHIEF: LEADS[:1]}
    elif name == "refer_review":
        a.names = {REVIEWER: REVIEWERS}
    elif name == "add_lead":
        a.adds = {LEAD: (NEWCOMER,)}
    return a


def key(pair: Pair) -> object:
    """What an answer can depend on."""
    duties, on = pair.book.duties, pair.on
    standing = sorted((x.row, x.office, bool(x.due and x.due < on), bool(x.asked), x.stretched) for x in duties if x.state == "open")
    filed = sorted({(x.row, x.office) for x in duties if x.state == "deemed"})
    d1 = [(x.state, bool(x.asked), x.stretched, on > x.due) for x in [x for x in duties if x.row == "D1"][-1:]]
    return tuple(standing), tuple(filed), tuple(d1), tuple(pair.book.roles.get(LEAD, ()))


GROUND = Ground(LAW_2016, date(2016, 6, 1), tuple(o for offices in UNITS.values() for o in offices), act, key)


@pytest.fixture(scope="module", params=[FEW, pytest.param(MOST, marks=pytest.mark.long)])
def tally(request: pytest.FixtureRequest) -> Counter[str]:
    """Once; the tests below ask what was found."""
    return walked([Pair(GROUND)], request.param)


def test_every_act_of_every_office_at_every_standing_is_allowed_if_and_only_if_the_rows_say_so(tally):
    """And every refusal says what, why and what to do; and what follows is what the second reading foretold."""
    assert tally["standings"] == FEW or tally["standings"] > 1000
    assert tally["allowed"] + tally["refused"] >= tally["standings"] * len(GROUND.acts) * 4


def test_the_walk_reaches_every_act(tally):
    """An act never allowed anywhere would prove nothing; and every act was refused somewhere."""
    by_law = {r.otherwise.act for r in LAW_2016.duties if r.otherwise}
    far = {"conclude_review", "conclude_review_refused", "send_review_up"} if tally["standings"] == FEW else set()
    assert {a for a in GROUND.acts if not tally[f"allowed {a}"]} == {*by_law, "frobnicate", *far}
    assert {a for a in GROUND.acts if not tally[f"refused {a}"]} == set()


def test_the_walk_reaches_every_ground(tally):
    assert all(tally[f"as {ground}"] for ground in ("opens", "duty", "power", "extension", "filed"))
