"""The open duties of a case are its state: one pure replay of its events under the rows of its law.

`stand` replays; `step` is one event; `lapse` is what the law adds by itself as days pass (调8); `options`
is what an office may do now. Nothing here knows of a database: a case is a list of `Event`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from qingdan.statute.terms import Extension, Law, May, Must, Opens, Row, Workdays

from .refusals import Refused, explain, held, refuse, spell
from .workdays import Calendar

__all__ = ["Event", "Option", "Owed", "Refused", "Standing", "lapse", "options", "stand", "step"]


@dataclass(frozen=True)
class Event:
    """One act. `on` is its legal day; `noted` the day on which it was written down (later after an outage).

    gives: role -> offices that now hold it · joins: role -> offices added, who alone get new duties ·
    dates: dated facts (cause_day) · ordered: the day that the paper itself sets · by_law: added by the law.
    """

    act: str
    on: date
    office: str
    gives: dict[str, tuple[str, ...]] = field(default_factory=dict)
    joins: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    ordered: date | None = None
    noted: date | None = None
    by_law: bool = False


@dataclass(frozen=True)
class Owed:
    """One duty of one office: since when, until when, and how it ended (done, deemed, released)."""

    row: Must
    office: str
    since: date
    due: date | None
    opened: int
    earliest: date | None = None
    latest: date | None = None
    ordered: date | None = None
    extended: date | None = None
    asked_on: date | None = None
    born_late: bool = False
    closed: int | None = None
    how: str = ""
    closed_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def provisional(self) -> bool:
        """The date reaches past the last announced year: nothing lapses on it, nobody is late."""
        return self.earliest is not None

    def late(self, today: date) -> bool:
        """Past due, whether still open or done late; never on a provisional date or when born late (S51)."""
        if self.due is None or self.provisional or self.born_late or self.how in ("released",):
            return False
        return (self.closed_on or today) > self.due


@dataclass
class Standing:
    """Where a case stands after its events."""

    law: Law
    calendar: Calendar
    parties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    owed: list[Owed] = field(default_factory=list)
    flags: list[tuple[str, int]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    length: int = 0
    last: date | None = None

    @property
    def open(self) -> list[Owed]:
        return [o for o in self.owed if o.is_open]

    def is_open(self, ids: Iterable[str]) -> bool:
        wanted = set(ids)
        return any(o.row.id in wanted for o in self.open)

    def is_held(self, owed: Owed) -> bool:
        """A duty that waits for others cannot be late yet (本部门更新 waits for 公布)."""
        return bool(owed.row.not_while) and self.is_open(owed.row.not_while)

    def name(self, office: str) -> str:
        return self.names.get(office, office)

    def copy(self) -> Standing:
        return replace(self, parties=dict(self.parties), owed=list(self.owed), flags=list(self.flags))


@dataclass(frozen=True)
class Option:
    """Something that an office may do now: an act, the row it rests on and, for a duty, the duty."""

    act: str
    row: Row
    owed: Owed | None
    held: bool = False


def stand(law: Law, events: Iterable[Event], calendar: Calendar, names: dict[str, str] | None = None) -> Standing:
    """Replay a case from its first event. Raises Refused where an event was not allowed."""
    standing = Standing(law, calendar, names=names or {})
    for event in events:
        step(standing, event)
    return standing


def step(s: Standing, e: Event) -> None:
    """One event: find the row it rests on, close and release, hand out roles, raise what follows."""
    n = s.length + 1
    effect = _allow(s, e, n)
    s.length, s.last = n, e.on
    if effect is None:
        return  # an act on a duty that was deemed: kept on file as 逾期, changes nothing
    _release(s, e, n, effect)
    s.parties.update(e.gives)
    for role, offices in e.joins.items():
        s.parties[role] = tuple(dict.fromkeys((*s.parties.get(role, ()), *offices)))
    _follow(s, e)
    for row in s.law.duties:
        if e.act in row.after:
            _raise(s, row, e, n)
        if e.act in row.revived_by:
            _revive(s, row, n)
    for row in s.law.duties:
        if row.after_all and _wave_over(s, row, n):
            _raise(s, row, e, n)


def _allow(s: Standing, e: Event, n: int) -> tuple[str, ...] | None:
    """Close what this event fulfils; returns the rows that it releases, or None for a late act without effect."""
    if e.by_law:
        return _allow_lapse(s, e, n)
    for attempt in (_allow_extension, _allow_duty, _allow_power, _allow_opening):
        releases = attempt(s, e, n)
        if releases is not None:
            return releases
    if any(o.how == "deemed" and o.office == e.office and e.act in o.row.acts for o in s.owed):
        s.flags.append(("late", n))
        return None
    raise explain(s, e.act, e.office)


def _allow_lapse(s: Standing, e: Event, n: int) -> tuple[str, ...]:
    for i, o in enumerate(s.owed):
        rest = o.row.otherwise
        if o.is_open and rest and rest.act == e.act and o.office == e.office and o.due == e.on and not o.provisional:
            s.owed[i] = replace(o, closed=n, how="deemed", closed_on=e.on)
            return o.row.releases
    raise refuse(s, e.act, e.office, "没有在这一天到期而未答复的事项，不产生视为的效果（第八条）")


def _allow_extension(s: Standing, e: Event, n: int) -> tuple[str, ...] | None:
    for i, o in enumerate(s.owed):
        ext = o.row.extension
        if not ext or ext.act != e.act or e.office not in s.parties.get(ext.by, ()) or o.how == "released":
            continue
        if not o.is_open and o.asked_on is None:
            continue
        s.owed[i] = _extended(s, o, ext, e)
        for j, other in enumerate(s.owed):  # the duty to decide on the request ends with the decision
            if other.is_open and e.act in other.row.acts and other.office == e.office:
                s.owed[j] = replace(other, closed=n, how="done", closed_on=e.on)
        return ()
    return None


def _extended(s: Standing, o: Owed, ext: Extension, e: Event) -> Owed:
    if o.extended:
        raise refuse(s, e.act, e.office, f"期限已经延长到{spell(o.extended)}，不能再延长（{ext.article}）")
    if o.due and max(o.asked_on or e.on, o.since) > o.due:
        raise refuse(s, e.act, e.office, f"延期须在{spell(o.due)}前提出（{ext.article}），期限已过")
    if ext.asked and o.asked_on is None:
        raise refuse(s, e.act, e.office, f"没有收到延期申请（{ext.article}）")
    cap = ext.cap.due(o.since, s.calendar, None)
    day = e.ordered or cap
    if o.due and not o.due < day <= cap:
        why = f"延长后的日期须在{spell(o.due)}之后、{spell(cap)}之前（总共不超过{ext.cap.text}，{ext.article}）"
        raise refuse(s, e.act, e.office, why, f"请把日期改到{spell(cap)}或者更早")
    earliest, latest = _bounds(s, ext.cap if day == cap else None, o.since, day)
    return replace(o, due=day, extended=day, earliest=earliest, latest=latest)


def _allow_duty(s: Standing, e: Event, n: int) -> tuple[str, ...] | None:
    for i, o in enumerate(s.owed):
        if o.is_open and e.act in o.row.acts and o.office == e.office:
            if s.is_held(o):
                raise held(s, e.act, e.office, o.row.not_while)
            s.owed[i] = replace(o, closed=n, how="done", closed_on=e.on)
            if o.row.spoils and o.due and e.on > o.due:
                _spoil(s, o.row.spoils, e.on)
            return o.row.releases
    return None


def _spoil(s: Standing, row_id: str, day: date) -> None:
    for i, o in enumerate(s.owed):
        if o.row.id == row_id and o.how == "done":
            s.owed[i] = replace(o, closed_on=day)


def _allow_power(s: Standing, e: Event, n: int) -> tuple[str, ...] | None:
    for row in s.law.powers:
        if e.act not in row.acts or e.office not in s.parties.get(row.who, ()) or not s.is_open(row.while_owed):
            continue
        if s.is_open(row.not_while):
            raise held(s, e.act, e.office, row.not_while)
        resting = [o for o in s.open if o.row.id in row.while_owed]
        own = [o for o in resting if o.office == e.office] or resting
        if row.past_due and not any(o.due and e.on > o.due for o in own):
            due = own[0].due
            raise refuse(s, e.act, e.office, f"期限{spell(due) if due else ''}还没有过（{row.article}）")
        if row.within and (cap := row.within.due(min(o.since for o in own), s.calendar, None)) and e.on > cap:
            if row.strict:
                raise refuse(s, e.act, e.office, f"须在{spell(cap)}前提出（{row.article}），期限已过")
            s.flags.append((row.id, n))
        _note_request(s, row, e)
        return row.releases
    return None


def _note_request(s: Standing, row: May, e: Event) -> None:
    for i, o in enumerate(s.owed):
        if o.is_open and o.row.id in row.while_owed and o.row.extension and o.row.extension.asked == e.act:
            s.owed[i] = replace(o, asked_on=e.on)


def _allow_opening(s: Standing, e: Event, n: int) -> tuple[str, ...] | None:
    opening = any(isinstance(r, Opens) and e.act in r.acts for r in s.law.rows)
    if not opening or n != 1:
        return None
    holders = next(r.who for r in s.law.rows if isinstance(r, Opens) and e.act in r.acts)
    given = e.gives.get(holders, ())
    if given and e.office and e.office not in given:
        raise refuse(s, e.act, e.office, f"只有{holders}可以提出")
    return ()


def _release(s: Standing, e: Event, n: int, ids: tuple[str, ...]) -> None:
    if not ids:
        return
    for i, o in enumerate(s.owed):
        if o.is_open and ("*" in ids or o.row.id in ids):
            s.owed[i] = replace(o, closed=n, how="released", closed_on=e.on)


def _follow(s: Standing, e: Event) -> None:
    for i, o in enumerate(s.owed):
        if o.is_open and o.row.follows and o.row.follows[0] == e.act and o.due and e.on > o.due:
            limit = o.row.follows[1]
            due = limit.due(e.on, s.calendar, None)
            earliest, latest = _bounds(s, limit, e.on, due)
            s.owed[i] = replace(o, due=due, earliest=earliest, latest=latest)


def _raise(s: Standing, row: Must, e: Event, n: int) -> None:
    who = e.joins.get(row.who) or e.gives.get(row.who) or s.parties.get(row.who, ())
    since = e.dates.get(row.since, e.on) if row.since else e.on
    due = row.within.due(since, s.calendar, e.ordered)
    before_force = since < s.law.in_force
    born_late = bool(due and (e.noted or e.on) > due and (e.noted or e.on) > e.on) or bool(due and before_force)
    earliest, latest = _bounds(s, row.within, since, due)
    s.owed += [Owed(row, office, since, due, n, earliest, latest, e.ordered, born_late=born_late) for office in who]


def _bounds(s: Standing, limit: object, since: date, due: date | None) -> tuple[date | None, date | None]:
    """Earliest and latest day where the date is 暂定; (None, None) where it is firm."""
    if due is None or due <= s.calendar.known_until:
        return None, None
    if isinstance(limit, Workdays):
        d = s.calendar.due(since, limit.n)
        return d.earliest, d.latest
    return due, due


def _revive(s: Standing, row: Must, n: int) -> None:
    """The same duty again, with the due day it had: what ended it did not fulfil it."""
    old = [o for o in s.owed if o.row.id == row.id]
    if old and not any(o.is_open for o in old):
        s.owed.append(replace(old[-1], opened=n, closed=None, how="", closed_on=None))


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
            if o.is_open and o.row.otherwise and o.due and o.due < today and not o.provisional
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
            out += [Option(act, o.row, o, s.is_held(o)) for act in o.row.acts]
    for row in s.law.powers:
        if office in s.parties.get(row.who, ()) and s.is_open(row.while_owed):
            out += [Option(act, row, None) for act in row.acts if _would_allow(s, act, office, today)]
    return out


def _would_allow(s: Standing, act: str, office: str, today: date) -> bool:
    try:
        step(s.copy(), Event(act, today, office))
    except Refused:
        return False
    return True


