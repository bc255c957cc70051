"""What comes over a case from outside its own rows: holidays change, an office is succeeded, a lapse turns out never to have been.

`redate`   a new calendar: open duties are counted anew, closed ones keep the day they had (R6, T21);
`succeed`  an office takes over from another: open duties and roles go with it (S10);
`annul`    the condition of 第八条 never existed: the lapse and the steps that rest on it are set aside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from .refusals import Refused, refuse
from .standing import Event, Owed, Standing

REDATE, SUCCEED, ANNUL = "redate", "succeed", "annul_lapse"
OUTSIDE = frozenset({REDATE, SUCCEED, ANNUL})
SET_ASIDE = "set_aside"  # the flag of an event that fell with an annulled lapse


def redate(s: Standing, e: Event) -> None:
    """Count every open duty anew with the calendar now in force. What has lapsed by law stays lapsed, written down or not.

    A duty that was in time stays so: its new day is not before the day of the change.
    """
    for i, o in enumerate(s.owed):
        if o.is_open and o.basis and o.due and not o.ripe(e.on):
            s.owed[i] = _recounted(s, o, e.on)


def _recounted(s: Standing, o: Owed, today: date) -> Owed:
    if o.basis is None or o.due is None:
        return o
    until = s.dated(*o.basis, o.ordered) | {"basis": o.basis}
    due = until["due"] = max(until["due"], min(o.due, today))
    moved_from = o.due if due != o.due else o.moved_from
    return replace(o, extended=due if o.extended else None, moved_from=moved_from, **until)


def succeed(s: Standing, e: Event, n: int) -> None:
    """Open duties and roles of the old office pass to its successor; a duty that both owed ends once, with the successor's."""
    old, new = e.heir or ("", "")
    if not any(old in offices for offices in s.parties.values()) and not any(o.office == old for o in s.open):
        raise refuse(s, e.act, old, f"{s.name(old)}在本案没有在办的事项")
    owing = {o.row.id for o in s.open if o.office == new}
    for i, o in enumerate(s.owed):
        if o.is_open and o.office == old:
            both = o.row.id in owing
            s.owed[i] = replace(o, closed=n, how="released", closed_on=e.on) if both else replace(o, office=new)
    for role, offices in s.parties.items():
        s.parties[role] = tuple(dict.fromkeys(new if office == old else office for office in offices))


def annul(s: Standing, e: Event, step: Callable[[Standing, Event], None]) -> None:
    """As if the lapse had not come: its duty is open again, counted from today; later acts that hold without it hold."""
    target = e.target or 0
    lapse = s.past[target - 1] if 0 < target <= len(s.past) else None
    if lapse is None or not lapse.by_law or (SET_ASIDE, target) in s.flags:
        raise refuse(s, e.act, e.office, "指定的不是一次视为的效果，或者已经认定不成立", "请在案件经过中选择视为同意或者视为无异议的那一条")
    without = Standing(s.law, s.past[0].calendar or s.calendar, names=s.names)
    for event in s.past[: target - 1]:
        step(without, event)
    _reopen(without, lapse, e)
    without.flags.append((SET_ASIDE, target))
    without.length, without.past = target, [*without.past, lapse]
    for event in s.past[target:]:
        _again(s, without, event, step)
    s.parties, s.owed, s.flags, s.calendar = without.parties, without.owed, without.flags, e.calendar or s.calendar


def _reopen(s: Standing, lapse: Event, e: Event) -> None:
    s.calendar = e.calendar or s.calendar
    for i, o in enumerate(s.owed):
        if o.is_open and o.row.otherwise and o.row.otherwise.act == lapse.act and o.office == lapse.office and o.due == lapse.on:
            s.owed[i] = replace(o, since=e.on, moved_from=o.due, born_late=False, **s.dated(o.row.within, e.on))


def _again(s: Standing, without: Standing, event: Event, step: Callable[[Standing, Event], None]) -> None:
    """A later event once more: what had no effect still has none; what no longer rests on a duty is set aside."""
    n = without.length + 1
    late = ("late", n) in s.flags
    try:
        if not late and (SET_ASIDE, n) not in s.flags:
            step(without, event)
            return
        without.flags.append(("late" if late else SET_ASIDE, n))
    except Refused:
        without.flags.append((SET_ASIDE, n))
    without.length, without.last = n, event.on
    without.past.append(event)
