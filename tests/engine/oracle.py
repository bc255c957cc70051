"""A second reading of the rows, written apart from the engine: what may be done, and what is then owed.

It knows only the rows and its own small notebook (`Book`): which row stands open for whom since when until when. The
exhaustive tests hold the engine against it, standing by standing, act by act, office by office. Dates it takes from the
calendar; words of refusal it does not know.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from qingdan.engine.workdays import Calendar
from qingdan.statute.roles import CLOCK
from qingdan.statute.terms import Law, May, Must, Opens


@dataclass
class Duty:
    """One line of the notebook. state: open, done, deemed, released."""

    row: str
    office: str
    since: date
    due: date | None
    state: str = "open"
    asked: date | None = None
    stretched: bool = False


@dataclass
class Act:
    """What is done: by whom, when, which offices it names for which role (`adds`: only the newcomers), which dated facts, until when."""

    name: str
    office: str
    on: date
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    adds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    until: date | None = None


@dataclass
class Book:
    """The notebook of one case."""

    law: Law
    cal: Calendar
    duties: list[Duty] = field(default_factory=list)
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    acts: int = 0

    def __post_init__(self) -> None:
        """Which rows name which act: looked up often."""
        self.duties_of, self.stretched_by = defaultdict(set), defaultdict(list)
        self.powers_of = defaultdict(list)
        for row in self.law.rows:
            for act in row.acts:
                (self.powers_of[act].append(row) if isinstance(row, May) else self.duties_of[act].add(row.id))
            if isinstance(row, Must) and row.extension:
                self.stretched_by[row.extension.act].append(row)

    def standing(self, rows: tuple[str, ...]) -> list[Duty]:
        return [x for x in self.duties if x.state == "open" and x.row in rows]

    # may it be done?

    def may(self, a: Act) -> str:
        """"" (no), or on what it rests: opens, duty, power, extension, filed (kept without effect)."""
        if self.acts == 0:
            return "opens" if self._may_open(a) else ""
        ground = self._ground(a)
        return ground if ground in ("", "filed") or self._names_enough(a) else ""

    def _ground(self, a: Act) -> str:
        if a.name in self.stretched_by:
            return "extension" if any(self._may_stretch(r, a) for r in self.stretched_by[a.name]) else ""
        mine = [x for x in self.duties if x.office == a.office and x.row in self.duties_of[a.name]]
        for x in mine:
            if x.state == "open":
                return "" if self.standing((*self.law[x.row].not_while, *self.law[x.row].needs)) else "duty"
        if any(self._may_by_power(p, a) for p in self.powers_of[a.name]):
            return "power"
        return "filed" if any(x.state == "deemed" for x in mine) else ""

    def _may_open(self, a: Act) -> bool:
        for row in self.law.rows:
            if isinstance(row, Opens) and a.name in row.acts:
                named = {o for offices in a.names.values() for o in offices} if row.who == CLOCK else set(a.names.get(row.who, ()))
                return a.office in named or (row.who == CLOCK and not a.office)
        return False

    def _may_stretch(self, row: Must, a: Act) -> bool:
        """In time, to a later day up to the cap; once, unless it says more often; where it is asked for, an answer to a request."""
        ext, line = row.extension, self._line(row)
        if not line or a.office not in self.roles.get(ext.by, ()):
            return False
        x = line[-1]
        if x.due is None or (x.stretched and not ext.repeats):
            return False
        if ext.asked and not [w for w in self.duties if w.state == "open" and w.office == a.office and a.name in self.law[w.row].acts]:
            return False
        cap = ext.cap.due(x.since, self.cal, None)
        return (x.asked or a.on) <= x.due < (a.until or cap) <= cap

    def _line(self, row: Must) -> list[Duty]:
        """The duties that can still be stretched: those that stand, and those for which it was asked before they were done."""
        return [x for x in self.duties if x.row == row.id and x.state != "released" and (x.state == "open" or x.asked)]

    def _may_by_power(self, p: May, a: Act) -> bool:
        resting = self.standing(p.while_owed)
        if a.office not in self.roles.get(p.who, ()) or not resting or self.standing(p.not_while):
            return False
        own = [x for x in resting if x.office == a.office] or resting
        if p.past_due and not any(x.due and x.due < a.on for x in own):
            return False
        if p.strict and p.within and a.on > p.within.due(min(x.since for x in own), self.cal, None):
            return False
        asks_again = any(x.stretched and (e := self.law[x.row].extension) and e.asked == a.name and not e.repeats for x in resting)
        return not asks_again

    def _names_enough(self, a: Act) -> bool:
        """Newcomers are new; and nothing falls to a role that nobody holds."""
        for p in self.law.powers:
            if a.name in p.acts and p.joins:
                added = a.adds.get(p.joins, ())
                if not added or set(added) & set(self.roles.get(p.joins, ())):
                    return False
        return all(self._whose(r, a) for r in self.law.duties if a.name in r.after)

    def _whose(self, row: Must, a: Act) -> tuple[str, ...]:
        return a.adds.get(row.who) or a.names.get(row.who) or self.roles.get(row.who, ())

    # what follows?

    def write(self, a: Act, ground: str) -> None:
        """Enter an act that may be done. After it `duties` says what is owed."""
        self.acts += 1
        if ground == "filed":
            return
        closed = self._close(a, ground)
        freed = {"duty": lambda: self.law[closed[0].row].releases if closed else (), "power": lambda: self._power(a).releases}
        ids = freed.get(ground, tuple)()
        for x in self.duties:
            if x.state == "open" and ("*" in ids or x.row in ids):
                x.state = "released"
        self._follow(a, closed)

    def deem(self, x: Duty) -> None:
        """The law answers for this duty at the end of its day."""
        self.acts += 1
        x.state = "deemed"
        rest = self.law[x.row].otherwise
        self._follow(Act(rest.act, x.office, x.due), [x])

    def _power(self, a: Act) -> May:
        return next(p for p in self.law.powers if a.name in p.acts)

    def _close(self, a: Act, ground: str) -> list[Duty]:
        if ground == "power":
            for x in self.standing(self._power(a).while_owed):
                ext = self.law[x.row].extension
                if ext and ext.asked == a.name:
                    x.asked = a.on
            return []
        mine = [x for x in self.duties if x.state == "open" and x.office == a.office and a.name in self.law[x.row].acts]
        if ground == "extension":
            row = next(row for row in self.stretched_by[a.name] if self._line(row))
            x = self._line(row)[-1]
            x.due, x.stretched = a.until or row.extension.cap.due(x.since, self.cal, None), True
        for x in mine[:1]:
            x.state = "done"
        return mine[:1]

    def _follow(self, a: Act, closed: list[Duty]) -> None:
        self.roles.update(a.names)
        for role, offices in a.adds.items():
            self.roles[role] = (*self.roles.get(role, ()), *offices)
        for x in self.duties:
            row = self.law[x.row]
            if x.state == "open" and row.follows and row.follows[0] == a.name and x.due < a.on:
                x.due = row.follows[1].due(a.on, self.cal, None)
        for row in self.law.duties:
            if a.name in row.after:
                since = a.dates.get(row.since, a.on)
                self.duties += [Duty(row.id, o, since, row.within.due(since, self.cal, a.until)) for o in self._whose(row, a)]
            if a.name in row.revived_by and not self.standing((row.id,)):
                old = [x for x in self.duties if x.row == row.id][-1:]
                self.duties += [Duty(x.row, x.office, x.since, x.due, "open", x.asked, x.stretched) for x in old]
        for row in self.law.duties:
            if any(x.row in row.after_all for x in closed) and not self.standing(row.after_all):
                self.duties += [Duty(row.id, o, a.on, row.within.due(a.on, self.cal, a.until)) for o in self._whose(row, a)]
