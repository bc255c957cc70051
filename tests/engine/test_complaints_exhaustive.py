"""Every act of every office in a complaint and in the cases that follow from it: allowed if and only if the rows say so.

Breadth first from several beginnings (`walking`): nothing yet; taken up; ready to be decided; each kind of errand, in time and past its day.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from qingdan.statute.complaints import LAW_2016
from qingdan.statute.roles import COMPLAINANT, DISTRICT, HANDLER, OBLIGED, OFFICE
from qingdan.statute.terms import Opens
from tests.engine.oracle import Act
from tests.engine.walking import Ground, Pair, walked

ROLES = {OFFICE: ("政务办",), HANDLER: ("法制办",), DISTRICT: ("区政府办",), COMPLAINANT: ("投诉人",), OBLIGED: ("城管局",)}
OTHER = ("编办",)
OPENS = {act: row for row in LAW_2016.rows if isinstance(row, Opens) for act in row.acts}
RECEIVED = ("receive_at_office", "receive_directly", "receive_about_office")
TO_UNITS = [act for row in LAW_2016.duties if row.who == OBLIGED for act in row.after if act in OPENS]
HANDING_ON = ("assign", "assign_by_district", "transfer", "assign_disputed")
TEN, THREE = timedelta(days=10), timedelta(days=3)
FEW, MOST = 200, 2000
"""Standings visited in every run, and with --long."""


def act(pair: Pair, name: str, office: str) -> Act:
    """The act as an office would do it. An extension goes three days further each time, to the cap where that is nearer."""
    a = Act(name, office, pair.on)
    if name in OPENS and not pair.book.acts:
        roles = (OPENS[name].who, OFFICE, COMPLAINANT) if name in RECEIVED else (OPENS[name].who, OBLIGED)
        a.names = {role: ROLES[role] for role in roles}
    if name in RECEIVED:
        a.dates = {"received_day": pair.on}
    elif name in HANDING_ON:
        a.names = {HANDLER: OTHER if name == "transfer" else ROLES[HANDLER]}
    elif name == "pass_to_district":
        a.names = {DISTRICT: ROLES[DISTRICT]}
    elif name in TO_UNITS or name.startswith("return_"):
        a.until = pair.on + TEN
    elif name == "extend_handling":
        a.until = further(pair)
    return a


def further(pair: Pair) -> date | None:
    for x in pair.book.standing(("D18",)):
        cap = LAW_2016["D18"].extension.cap.due(x.since, pair.book.cal, None)
        return min(x.due + THREE, cap)
    return None


def key(pair: Pair) -> object:
    """What an answer can depend on."""
    standing = sorted((x.row, x.office, bool(x.due and x.due < pair.on), x.stretched and (x.due - x.since).days) for x in pair.book.duties if x.state == "open")
    return not pair.book.acts, tuple(standing), tuple(pair.book.roles.get(HANDLER, ()))


GROUND = Ground(LAW_2016, date(2016, 9, 12), tuple(o for offices in ROLES.values() for o in offices), act, key)
READY = ("name_investigators", "hear_complainant", "hear_respondent")
BODY = "法制办"


def after(*acts: str, late: bool = False) -> Pair:
    """The case after these acts of 法制办; `late`: on the day after the day that it then has."""
    pair = Pair(GROUND)
    for name in acts:
        pair.does(pair.act(name, BODY))
    if late:
        pair.to(pair.next_day())
    return pair


def beginnings() -> list[Pair]:
    taken_up = ("receive_directly", "accept")
    done = [after(*taken_up, *READY, *more) for more in ((), ("draft_decision",), ("decide",), ("extend_handling",), ("propose_malicious",))]
    errands = [after(name, late=late) for name in TO_UNITS for late in (False, True)]
    return [Pair(GROUND), *done, *errands, after(*taken_up)]


@pytest.fixture(scope="module", params=[FEW, pytest.param(MOST, marks=pytest.mark.long)])
def tally(request: pytest.FixtureRequest) -> Counter[str]:
    """Once; the tests below ask what was found."""
    return walked(beginnings(), request.param)


def test_every_act_of_every_office_at_every_standing_is_allowed_if_and_only_if_the_rows_say_so(tally):
    """Every refusal says what, why and what to do; what follows is what the second reading foretold."""
    assert tally["standings"] in (FEW, MOST)
    assert tally["allowed"] + tally["refused"] >= tally["standings"] * len(GROUND.acts) * 5


def test_the_walk_reaches_every_act(tally):
    """An act never allowed anywhere would prove nothing; and every act was refused somewhere."""
    assert [a for a in GROUND.acts if not tally[f"allowed {a}"]] == ["frobnicate"]
    assert [a for a in GROUND.acts if not tally[f"refused {a}"]] == []


def test_the_walk_reaches_every_ground(tally):
    """Nothing is deemed in 诉, so nothing is filed without effect."""
    assert all(tally[f"as {ground}"] for ground in ("opens", "duty", "power", "extension")) and not tally["as filed"]
