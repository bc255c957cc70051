"""Every act of every office at every reachable standing of 动态调整: allowed if and only if the rows say so.

Breadth first over the acts of 第二条 to 第十条. From every standing a case goes on by every act that the rows allow, on the
same day or on the day after the next day that passes unanswered (so that 第八条, 逾期 and 放弃 are all reached). Standings
that differ only in dates without consequence are one. `oracle.Book` says what the rows allow, on its own reading.
"""

from __future__ import annotations

import copy
import re
from collections import Counter, deque
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from qingdan.engine.duties import Event, Refused, Standing, lapse, step
from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.roles import CHIEF, EGOV, LEAD, OFFICE, REVIEWER, UNIT
from tests.engine.oracle import Act, Book
from tests.engine.play import CAL

UNITS = {UNIT: ("城管局",), OFFICE: ("政务办",), EGOV: ("电子政务中心",)}
LEADS, NEWCOMER, REVIEWERS, STRANGER = ("法制办", "编办"), "财政局", ("审计局",), "路人"
ACTS = (*sorted(LAW_2016.acts), "frobnicate")
HAN = re.compile("[\u4e00-\u9fff]")
START = date(2016, 6, 1)
FEW, MOST = 650, 1500
"""Standings visited in every run, and with --long; the walk is breadth first and in order, so that these are always the same ones."""


class Pair:
    """The engine's standing and the oracle's notebook of the same case."""

    def __init__(self) -> None:
        self.s, self.book, self.on, self.round = Standing(LAW_2016, CAL), Book(LAW_2016, CAL), START, 0

    def copy(self) -> Pair:
        new = copy.copy(self)
        new.s, new.book = self.s.copy(), copy.copy(self.book)  # what the notebook looks up in the law is shared
        new.book.duties = [copy.copy(x) for x in self.book.duties]
        new.book.roles = dict(self.book.roles)
        return new

    def offices(self) -> list[str]:
        """Every office that ever held a role in this case, and one that holds none."""
        held = {o for offices in (*UNITS.values(), *self.book.roles.values()) for o in offices}
        return [*sorted(held | {x.office for x in self.book.duties}), STRANGER]

    def act(self, name: str, office: str) -> Act:
        """The act as an office would do it: the first act and 转办 name offices, 补充转办 adds one."""
        a = Act(name, office, self.on)
        if not self.book.acts:
            a.names = UNITS
        elif name == "refer":
            a.names = {LEAD: LEADS, CHIEF: LEADS[:1]}
        elif name == "refer_review":
            a.names = {REVIEWER: REVIEWERS}
        elif name == "add_lead":
            a.adds = {LEAD: (NEWCOMER,)}
        return a

    def to(self, day: date) -> None:
        """Days pass: the law answers for the silent, in the engine and in the notebook."""
        self.on = day
        lapse(self.s, day)
        while ripe := [x for x in self.book.standing(tuple(r.id for r in LAW_2016.duties if r.otherwise)) if x.due < day]:
            self.book.deem(min(ripe, key=lambda x: x.due))

    def next_day(self) -> date | None:
        """The day after the next open duty passes its day: where an answer may change."""
        due = [x.due for x in self.book.duties if x.state == "open" and x.due and x.due >= self.on]
        return min(due) + timedelta(days=1) if due else None

    def key(self) -> tuple[object, ...]:
        """What an answer can depend on."""
        standing = sorted((x.row, x.office, bool(x.due and x.due < self.on), bool(x.asked), x.stretched) for x in self.book.duties if x.state == "open")
        filed = sorted({(x.row, x.office) for x in self.book.duties if x.state == "deemed"})
        asked = [x for x in self.book.duties if x.row == "D1"][-1:]
        d1 = [(x.state, bool(x.asked), x.stretched, self.on > x.due) for x in asked]
        return tuple(standing), tuple(filed), tuple(d1), tuple(self.book.roles.get(LEAD, ()))


def engine_event(a: Act) -> Event:
    return Event(a.name, a.on, a.office, gives=a.names, joins=a.adds, ordered=a.until)


def owed(pair: Pair) -> tuple[Counter[tuple[object, ...]], Counter[tuple[object, ...]]]:
    """What is owed, and how the rest ended, by the engine and by the notebook."""
    engine = Counter((o.row.id, o.office, o.due, o.how or "open") for o in pair.s.owed)
    book = Counter((x.row, x.office, x.due, x.state) for x in pair.book.duties)
    return engine, book


def onward(pair: Pair, allowed: list[Act]) -> Iterator[Pair]:
    """Where the case may stand next: after one more act of this day, or after the next day that matters."""
    for a in allowed:
        new = pair.copy()
        new.book.write(a, new.book.may(a))
        step(new.s, engine_event(a))
        yield new
    if day := pair.next_day():
        new = pair.copy()
        new.to(day)
        yield new


def says_enough(refused: Refused) -> bool:
    """What, why and what to do: each a sentence in Chinese."""
    return all(text.strip() and HAN.search(text) for text in (refused.what, refused.why, refused.todo))


class Tally:
    """What was tried and what came of it; the first fault ends the walk."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()

    def visit(self, pair: Pair) -> list[Act]:
        """Try every act of every office here; returns those that carry the case on."""
        self.n["standings"] += 1
        engine, book = owed(pair)
        assert engine == book, f"owed by the engine only: {engine - book}; by the rows only: {book - engine}"
        carry, self.owed = [], list(pair.s.owed)
        for name in ACTS:
            for office in pair.offices():
                a = pair.act(name, office)
                expected = pair.book.may(a)
                self.try_one(pair, a, expected)
                if expected not in ("", "filed"):
                    carry.append(a)
        return carry

    def try_one(self, pair: Pair, a: Act, expected: str) -> None:
        trial = pair.s.copy() if expected else pair.s
        where = f"{a.name} by {a.office}"
        before = len(trial.flags), trial.length
        try:
            step(trial, engine_event(a))
        except Refused as refused:
            assert not expected, f"refused, though the rows allow it as {expected}: {a.name} by {a.office} at {pair.key()[0]}: {refused}"
            assert says_enough(refused), f"says too little: {where}: {refused}"
            assert trial.owed == self.owed and before == (len(trial.flags), trial.length), f"left a trace: {where}"
            self.n[f"refused {a.name}"] += 1
        else:
            assert expected, f"allowed: {where} at {pair.key()[0]}"
            self.n[f"allowed {a.name}"] += 1
            self.n[f"as {expected}"] += 1


@pytest.fixture(scope="module", params=[FEW, pytest.param(MOST, marks=pytest.mark.long)])
def tally(request: pytest.FixtureRequest) -> Counter[str]:
    """Visit the standings once, breadth first from the empty case; the tests below ask what was found."""
    found, seen, queue = Tally(), set(), deque([Pair()])
    while queue and len(seen) < request.param:
        pair = queue.popleft()
        if pair.key() in seen:
            continue
        seen.add(pair.key())
        allowed = found.visit(pair)
        if not pair.book.acts or pair.s.open:
            queue.extend(onward(pair, allowed))
    for word in ("refused", "allowed"):
        found.n[word] = sum(n for key, n in found.n.items() if key.startswith(word + " "))
    return found.n


def test_every_act_of_every_office_at_every_standing_is_allowed_if_and_only_if_the_rows_say_so(tally):
    """And every refusal says what, why and what to do; and what follows is what the second reading foretold."""
    assert tally["standings"] == FEW or tally["standings"] > 1000
    assert tally["allowed"] + tally["refused"] >= tally["standings"] * len(ACTS) * 4


def test_the_walk_reaches_every_act(tally):
    """An act never allowed anywhere would prove nothing; and every act was refused somewhere."""
    by_law = {r.otherwise.act for r in LAW_2016.duties if r.otherwise}
    far = {"conclude_review", "conclude_review_refused", "send_review_up"} if tally["standings"] == FEW else set()
    assert {a for a in ACTS if not tally[f"allowed {a}"]} == {*by_law, "frobnicate", *far}
    assert {a for a in ACTS if not tally[f"refused {a}"]} == set()


def test_the_walk_reaches_every_ground(tally):
    assert all(tally[f"as {ground}"] for ground in ("opens", "duty", "power", "extension", "filed"))
