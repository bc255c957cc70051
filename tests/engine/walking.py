"""The engine and the oracle side by side: every act of every office, tried at one standing after the other, breadth first.

A `Ground` says which law is walked, how its acts are done, and which standings are one. From every standing a case goes on by every act
that the rows allow, on the same day or on the day after the next day that passes unanswered. `oracle.Book` says what the rows allow.
"""

from __future__ import annotations

import copy
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qingdan.engine.duties import Event, Refused, Standing, lapse, step
from qingdan.statute.terms import Law
from tests.engine.oracle import Act, Book
from tests.engine.play import CAL

STRANGER = "路人"
HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Ground:
    """A law, its first day, the offices that try at every standing, how an act is done there, and what an answer can depend on."""

    law: Law
    start: date
    offices: tuple[str, ...]
    act: Callable[[Pair, str, str], Act]
    key: Callable[[Pair], object]

    @property
    def acts(self) -> tuple[str, ...]:
        return (*sorted(self.law.acts), "frobnicate")


class Pair:
    """The engine's standing and the oracle's notebook of the same case."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.on = ground, ground.start
        self.s, self.book = Standing(ground.law, CAL), Book(ground.law, CAL)

    def copy(self) -> Pair:
        new = copy.copy(self)
        new.s, new.book = self.s.copy(), copy.copy(self.book)  # what the notebook looks up in the law is shared
        new.book.duties = [copy.copy(x) for x in self.book.duties]
        new.book.roles = dict(self.book.roles)
        return new

    def offices(self) -> list[str]:
        """Every office that ever held a role in this case, and one that holds none."""
        held = {o for offices in (self.ground.offices, *self.book.roles.values()) for o in offices}
        return [*sorted(held | {x.office for x in self.book.duties}), STRANGER]

    def act(self, name: str, office: str) -> Act:
        return self.ground.act(self, name, office)

    def does(self, a: Act) -> Pair:
        """Both write it down."""
        self.book.write(a, self.book.may(a))
        step(self.s, engine_event(a))
        return self

    def to(self, day: date) -> None:
        """Days pass: the law answers for the silent, in the engine and in the notebook."""
        self.on = day
        lapse(self.s, day)
        while ripe := [x for x in self.book.standing(tuple(r.id for r in self.ground.law.duties if r.otherwise)) if x.due < day]:
            self.book.deem(min(ripe, key=lambda x: x.due))

    def next_day(self) -> date | None:
        """The day after the next open duty passes its day: where an answer may change."""
        due = [x.due for x in self.book.duties if x.state == "open" and x.due and x.due >= self.on]
        return min(due) + timedelta(days=1) if due else None


def engine_event(a: Act) -> Event:
    return Event(a.name, a.on, a.office, gives=a.names, joins=a.adds, dates=a.dates, ordered=a.until)


def owed(pair: Pair) -> tuple[Counter[tuple[object, ...]], Counter[tuple[object, ...]]]:
    """What is owed, and how the rest ended, by the engine and by the notebook."""
    engine = Counter((o.row.id, o.office, o.due, o.how or "open") for o in pair.s.owed)
    book = Counter((x.row, x.office, x.due, x.state) for x in pair.book.duties)
    return engine, book


def onward(pair: Pair, allowed: list[Act]) -> Iterator[Pair]:
    """Where the case may stand next: after one more act of this day, or after the next day that matters."""
    for a in allowed:
        yield pair.copy().does(a)
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
        for name in pair.ground.acts:
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
            standing = pair.ground.key(pair)
            assert not expected, f"refused, though the rows allow it as {expected}: {where} at {standing}: {refused}"
            assert says_enough(refused), f"says too little: {where}: {refused}"
            assert trial.owed == self.owed and before == (len(trial.flags), trial.length), f"left a trace: {where}"
            self.n[f"refused {a.name}"] += 1
        else:
            assert expected, f"allowed: {where} at {pair.ground.key(pair)}"
            self.n[f"allowed {a.name}"] += 1
            self.n[f"as {expected}"] += 1


def walked(starts: Iterable[Pair], most: int) -> Counter[str]:
    """Visit the standings once, breadth first and in order, so that the first `most` are always the same ones."""
    found, seen, queue = Tally(), set(), deque(starts)
    while queue and len(seen) < most:
        pair = queue.popleft()
        if (key := pair.ground.key(pair)) in seen:
            continue
        seen.add(key)
        allowed = found.visit(pair)
        if not pair.book.acts or pair.s.open:
            queue.extend(onward(pair, allowed))
    for word in ("refused", "allowed"):
        found.n[word] = sum(n for key, n in found.n.items() if key.startswith(word + " "))
    return found.n
