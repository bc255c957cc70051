"""Does this act rest on a row? An open duty of this office names it, or a power does, or it begins the case.

`allow` closes what the act fulfils and returns the rows that it releases; it returns None for an act on a duty that
the law has answered already (调8: kept on file as 逾期, without effect), and raises Refused for everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qingdan.statute.roles import CLOCK
from qingdan.statute.terms import Extension, May, Opens

from .refusals import explain, held, refuse, spell
from .standing import Event, Owed, Standing


def allow(s: Standing, e: Event, n: int) -> tuple[str, ...] | None:
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
    """The newest duty that this act extends: open, or done after the extension had been asked for."""
    if e.act not in s.law.extending:
        return None
    found = [
        i for i, o in enumerate(s.owed)
        if (ext := o.row.extension) and ext.act == e.act and e.office in s.parties.get(ext.by, ())
        and o.how != "released" and (o.is_open or o.asked_on)
    ]  # fmt: skip
    if not found:
        return None
    asked = [j for j, o in enumerate(s.owed) if o.is_open and e.act in o.row.acts and o.office == e.office]
    newest = s.owed[found[-1]]
    if newest.row.extension:
        s.owed[found[-1]] = _extended(s, newest, newest.row.extension, e, bool(asked))
    for j in asked:  # the duty to decide on the request ends with the decision
        s.owed[j] = replace(s.owed[j], closed=n, how="done", closed_on=e.on)
    return ()


def _extended(s: Standing, o: Owed, ext: Extension, e: Event, asked: bool) -> Owed:
    _not_twice(s, o, e)
    if ext.asked and not asked:
        why = "延期申请已经答复，没有新的申请" if o.asked_on else "没有收到延期申请"
        raise refuse(s, e.act, e.office, f"{why}（{ext.article}）")
    if o.due and max(o.asked_on or e.on, o.since) > (o.latest or o.due):
        raise refuse(s, e.act, e.office, f"延期须在{spell(o.due)}前提出（{ext.article}），期限已过")
    cap = ext.cap.due(o.since, s.calendar, None)
    day = e.ordered or cap
    if o.due and not o.due < day <= cap:
        why = f"延长后的日期须在{spell(o.due)}之后、不晚于{spell(cap)}（总共不超过 {ext.cap.text}，{ext.article}）"
        raise refuse(s, e.act, e.office, why, f"请把日期改到{spell(cap)}或者更早")
    earliest, latest = s.bounds(ext.cap, o.since, day) if day == cap else (None, None)
    basis = (ext.cap, o.since) if day == cap and not e.ordered else None
    return replace(o, due=day, extended=day, earliest=earliest, latest=latest, basis=basis, dated_by=s.calendar.version)


def _not_twice(s: Standing, o: Owed, e: Event) -> None:
    if o.extended and o.row.extension and not o.row.extension.repeats:
        why = f"期限已经延长到{spell(o.extended)}，不能再延长（{o.row.extension.article}）"
        raise refuse(s, e.act, e.office, why)


def _allow_duty(s: Standing, e: Event, n: int) -> tuple[str, ...] | None:
    for i, o in enumerate(s.owed):
        if o.is_open and e.act in o.row.acts and o.office == e.office:
            if s.must_wait(o):
                raise held(s, e.act, e.office, (*o.row.not_while, *o.row.needs))
            s.owed[i] = replace(o, closed=n, how="done", closed_on=e.on)
            if o.row.spoils and o.due and e.on > (o.latest or o.due):
                _spoil(s, o.row.spoils, e.on)
            return o.row.releases
    return None


def _spoil(s: Standing, row_id: str, day: date) -> None:
    """The newest of these duties counts as done on this day only; earlier rounds (撤回后重新申请) keep theirs."""
    for i in [i for i, o in enumerate(s.owed) if o.row.id == row_id and o.how == "done"][-1:]:
        s.owed[i] = replace(s.owed[i], closed_on=day)


def _allow_power(s: Standing, e: Event, n: int) -> tuple[str, ...] | None:
    for row in s.law.powers:
        if e.act not in row.acts or e.office not in s.parties.get(row.who, ()) or not s.is_open(row.while_owed):
            continue
        if s.is_open(row.not_while):
            raise held(s, e.act, e.office, row.not_while)
        resting = [o for o in s.open if o.row.id in row.while_owed]
        _in_time(s, row, [o for o in resting if o.office == e.office] or resting, e, n)
        _names_newcomers(s, row, e)
        _note_request(s, row, e)
        return row.releases
    return None


def _in_time(s: Standing, row: May, own: Sequence[Owed], e: Event, n: int) -> None:
    """A 暂定 day counts at its latest: on it nothing is past due and nothing is too late."""
    if row.past_due and not any(o.due and e.on > (o.latest or o.due) for o in own):
        due = own[0].due
        why = f"期限{spell(due)}还没有过（{row.article}）" if due else f"此项没有期限（{row.article}）"
        raise refuse(s, e.act, e.office, why)
    if row.within is None:
        return
    since = min(o.since for o in own)
    cap = row.within.due(since, s.calendar, None)
    if cap is None or e.on <= (s.bounds(row.within, since, cap)[1] or cap):
        return
    if row.strict:
        raise refuse(s, e.act, e.office, f"须在{spell(cap)}前提出（{row.article}），期限已过")
    s.flags.append((row.id, n))


def _names_newcomers(s: Standing, row: May, e: Event) -> None:
    if not row.joins:
        return
    named, old = e.joins.get(row.joins, ()), s.parties.get(row.joins, ())
    if not named:
        raise refuse(s, e.act, e.office, f"没有写明补充的{row.joins}（{row.article}）", f"请至少选择一个{row.joins}")
    if already := [o for o in named if o in old]:
        who = "、".join(s.name(o) for o in already)
        raise refuse(s, e.act, e.office, f"{who}已经是本案的{row.joins}（{row.article}）", f"请选择其他{row.joins}")


def _note_request(s: Standing, row: May, e: Event) -> None:
    for i, o in enumerate(s.owed):
        if o.is_open and o.row.id in row.while_owed and o.row.extension and o.row.extension.asked == e.act:
            _not_twice(s, o, e)
            s.owed[i] = replace(o, asked_on=e.on)


def _allow_opening(s: Standing, e: Event, n: int) -> tuple[str, ...] | None:
    """The first act of a case: of an office that holds the role; what the calendar does bears a party's name or none."""
    if n != 1:
        return None
    row = next((r for r in s.law.rows if isinstance(r, Opens) and e.act in r.acts), None)
    if row is None:
        return None
    if row.who == CLOCK:
        if not e.office or any(e.office in offices for offices in e.gives.values()):
            return ()
        raise refuse(s, e.act, e.office, f"此项由系统按日历记录（{row.article}）")
    if e.office not in e.gives.get(row.who, ()):
        raise refuse(s, e.act, e.office, f"只有{row.who}可以提出（{row.article}）", f"请由{row.who}办理")
    return ()
