"""The open duties of a case are its state: one pure replay of its events under the rows of its law.

`stand` replays; `step` is one event; `lapse` is what the law adds by itself as days pass (调8); `options`
is what an office may do now. Nothing here knows of a database: a case is a list of `Event`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qingdan.statute.terms import Law, May, Must, Row

from .allowing import allow
from .outside import OUTSIDE, REDATE, SUCCEED, annul, redate, succeed
from .refusals import Refused, refuse
from .standing import Event, Owed, Standing
from .workdays import Calendar

__all__ = ["Event", "Option", "Owed", "Refused", "Standing", "lapse", "options", "stand", "step"]


@dataclass(frozen=True)
class Option:
    """Something that an office may do now: an act, the row it rests on and, for a duty, the duty."""

    act: str
    row: Row
    owed: Owed | None
    held: bool = False


def stand(law: Law, events: Iterable[Event], calendar: Calendar, names: Mapping[str, str] | None = None) -> Standing:
    """Replay a case from its first event. Raises Refused where an event was not allowed."""
    standing = Standing(law, calendar, names={} if names is None else names)
    for event in events:
        step(standing, event)
    return standing


def step(s: Standing, e: Event) -> None:
    """One event: find the row it rests on, close and release, hand out roles, raise what follows.

    Refused leaves the standing as it was.
    """
    before = dict(s.parties), list(s.owed), list(s.flags), s.length, s.last, s.calendar
    told = len(s.past)
    try:
        _step(s, e)
    except Refused:
        s.parties, s.owed, s.flags, s.length, s.last, s.calendar = before
        del s.past[told:]
        raise


def _step(s: Standing, e: Event) -> None:
    s.calendar = e.calendar or s.calendar
    n = s.length + 1
    if e.act in OUTSIDE:
        return _from_outside(s, e, n)
    effect = allow(s, e, n)
    s.length, s.last = n, e.on
    s.past.append(e)
    if effect is None:
        return  # an act on a duty that was deemed: kept on file as 逾期, changes nothing
    _release(s, e, n, effect)
    s.parties.update(e.gives)
    for role, offices in e.joins.items():
        s.parties[role] = tuple(dict.fromkeys((*s.parties.get(role, ()), *offices)))
    _follow(s, e)
    for row in s.law.following.get(e.act, ()):
        if e.act in row.after:
            _raise(s, row, e, n)
        if e.act in row.revived_by:
            _revive(s, row, n)
    for row in s.law.waves:
        if _wave_over(s, row, n):
            _raise(s, row, e, n)


def _from_outside(s: Standing, e: Event, n: int) -> None:
    if e.act == REDATE:
        redate(s, e)
    elif e.act == SUCCEED:
        succeed(s, e, n)
    else:
        annul(s, e, step)
    s.length, s.last = n, e.on
    s.past.append(e)


def _release(s: Standing, e: Event, n: int, ids: tuple[str, ...]) -> None:
    if not ids:
        return
    for i, o in enumerate(s.owed):
        if o.is_open and ("*" in ids or o.row.id in ids):
            s.owed[i] = replace(o, closed=n, how="released", closed_on=e.on)


def _follow(s: Standing, e: Event) -> None:
    for i, o in enumerate(s.owed):
        if o.is_open and o.row.follows and o.row.follows[0] == e.act and o.due and e.on > o.due:
            until = s.dated(o.row.follows[1], e.on)
            born_late = o.born_late and (e.noted or e.on) > until["due"]
            s.owed[i] = replace(o, born_late=born_late, **until)


def _raise(s: Standing, row: Must, e: Event, n: int) -> None:
    who = e.joins.get(row.who) or e.gives.get(row.who) or s.parties.get(row.who, ())
    if not who and not e.by_law:  # a duty that nobody owes would leave the case looking closed
        raise refuse(s, e.act, e.office, f"没有指定{row.who}（{row.article}）", f"请先写明由哪个单位担任{row.who}")
    since = e.dates.get(row.since, e.on) if row.since else e.on
    until = s.dated(row.within, since, e.ordered)
    due = until["due"]
    noted, before_force = e.noted or e.on, since < s.law.began
    born_late = due is not None and (before_force or (noted > due and noted > e.on))
    for office in dict.fromkeys(who):
        s.owed.append(Owed(row, office, since, opened=n, ordered=e.ordered, born_late=born_late, **until))


def _revive(s: Standing, row: Must, n: int) -> None:
    """The same duty again, with the due day it had: what ended it did not fulfil it."""
    old = [o for o in s.owed if o.row.id == row.id]
    if old and not any(o.is_open for o in old):
        newest = {o.office: o for o in old}
        s.owed += [replace(o, opened=n, closed=None, how="", closed_on=None) for o in newest.values()]


def _wave_over(s: Standing, row: Must, n: int) -> bool:
    """Did this event close the last open duty of these rows?"""
    closed_now = any(o.closed == n and o.how != "released" for o in s.owed if o.row.id in row.after_all)
    return closed_now and not s.is_open(row.after_all)


def lapse(s: Standing, today: date) -> list[Event]:
    """What the law did before `today`: applied to `s` in order of due day, and returned to be written down."""
    written: list[Event] = []
    while True:
        ripe = [
            (o.due, i, o.office, o.row.otherwise.act)
            for i, o in enumerate(s.owed)
            if o.ripe(today) and o.due and o.row.otherwise
        ]
        if not ripe:
            return written
        due, _, office, act = min(ripe)
        event = Event(act, due, office, noted=today, by_law=True)
        step(s, event)
        written.append(event)


def options(s: Standing, office: str, today: date) -> Sequence[Option]:
    """What this office may do now, duties first; a held act is listed as such so that the page can say why."""
    out: list[Option] = []
    for o in s.open:
        if o.office == office:
            out += [Option(act, o.row, o, s.must_wait(o)) for act in o.row.acts]
    for row in s.law.powers:
        if office in s.parties.get(row.who, ()) and s.is_open(row.while_owed):
            out += [Option(act, row, None) for act in row.acts if _would_allow(s, row, act, office, today)]
    return out


def _would_allow(s: Standing, row: May, act: str, office: str, today: date) -> bool:
    newcomers: dict[str, tuple[str, ...]] = {row.joins: ("",)} if row.joins else {}
    try:
        step(s.copy(), Event(act, today, office, joins=newcomers))
    except Refused:
        return False
    return True


