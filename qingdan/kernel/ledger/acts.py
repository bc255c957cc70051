"""The one door: `open_case`, `record`, `note`; `ticking` and `outside` go through `acting`, too. Nothing else changes the state of anything.

Each is one transaction: first what the law did before today, then the act; its rows, its duties, its event.
Errors: `Refused` with what, why and what to do. Safe to repeat with the same key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from qingdan.engine import duties
from qingdan.engine.refusals import Refused, refuse, spell
from qingdan.kernel import clock, sql
from qingdan.kernel.calendar.current import holding
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for
from qingdan.kernel.rows import recording
from qingdan.statute.labels import label
from qingdan.statute.laws import law_on

from . import guard, looking
from .append import Draft, append, append_all, writing
from .hands import signatures
from .models import Case, Event, LapseHold
from .numbers import number_of
from .standing import rewrite_shadow, standing_of

Rows = Sequence[models.Model] | Callable[[Case], Sequence[models.Model]]
Roles = Mapping[str, Sequence[Office]]
LAPSE = "登记到期的视为效果"  # what a tick does, in a refusal's words


def record(
    case: Case,
    act: str,
    *,
    by: Person | None,
    office: Office,
    facts: Mapping[str, Any] | None = None,
    gives: Roles | None = None,
    joins: Roles | None = None,
    dates: Mapping[str, date] | None = None,
    ordered: date | None = None,
    rows: Rows = (),
    key: str | None = None,
    seen: int | None = None,
) -> Event:
    """One act in a case. `seen`: how many events the person had before their eyes (two people at once, T25)."""
    with acting(act):
        if (before := repeated(key, act, case)) is not None:
            return before
        _check_person(by, office)
        standing = standing_of(case)
        length_before = standing.length
        write_lapses(case, standing)
        draft = _draft(act, by, office, facts, gives, joins, dates, ordered, key)
        _check_seen(standing, case, act, office, seen, length_before)
        _step(standing, draft)
        return _write(draft, case, standing, rows)


def open_case(
    code: str,
    act: str,
    *,
    by: Person | None,
    office: Office,
    title: str,
    subject: str = "",
    parent: Case | None = None,
    facts: Mapping[str, Any] | None = None,
    gives: Roles | None = None,
    dates: Mapping[str, date] | None = None,
    ordered: date | None = None,
    rows: Rows = (),
    key: str | None = None,
) -> Case:
    """Begin a case with its first act. The edition of the law in force today is the one it keeps."""
    with acting(act):
        before = repeated(key, act)
        if before is not None and before.case is not None:
            return before.case
        _check_person(by, office)
        today = clock.today()
        law = law_on(code, today)
        with recording() as written:
            case = new_case(law.code, law.in_force, office, title, subject, parent, today)
        standing = standing_of(case, events=())
        draft = _draft(act, by, office, facts, gives, None, dates, ordered, key)
        _step(standing, draft)
        _write(draft, case, standing, rows, [*written])
        return case


def note(
    act: str,
    *,
    by: Person | None,
    office: Office | None = None,
    rows: Sequence[models.Model] = (),
    facts: Mapping[str, Any] | None = None,
    key: str | None = None,
) -> Event:
    """An act of the kernel outside any case: an office, a person, a post, a role."""
    with acting(act):
        if (before := repeated(key, act)) is not None:
            return before
        with recording() as written:
            for row in rows:
                row.save()
        draft = Draft(act, clock.today(), office.code if office else "", by, facts=dict(facts or {}), key=key)
        return append(draft, written)


@contextmanager
def acting(act: str) -> Iterator[None]:
    """One transaction, one writer, one moment: the clock is read once, after the wait for the lock."""
    with writing():
        guard.ensure_trusted(act)
        with clock.held(_moment(act)), holding():
            yield


def _moment(act: str) -> datetime:
    """Now; but recorded times never decrease, and on a day before the last recorded one nothing is written."""
    now = clock.now()
    found = sql.row("SELECT recorded_at FROM ledger_event ORDER BY seq DESC LIMIT 1")
    last = None if found is None else clock.aware(found[0])
    if last is None or last <= now:
        return now
    today, recorded = clock.legal_day(now), clock.legal_day(last)
    if today < recorded:
        why = f"今天（{spell(today)}）早于台账最近一次记录的日期（{spell(recorded)}）"
        raise Refused(f"不能“{label(act)}”", why, "请核对服务器的时钟，改正后再办理")
    return last


def repeated(key: str | None, act: str, case: Case | None = None) -> Event | None:
    """The event that this key already wrote; refuses a key that was used for something else."""
    before = Event.objects.select_related("case").filter(key=key).first() if key else None
    if before is not None and (before.act != act or (case is not None and before.case_id != case.pk)):
        raise Refused(f"不能“{label(act)}”", "这张表单已经用于办理另一件事", "请回到案件页，重新打开表单后再提交")
    return before


def _check_person(by: Person | None, office: Office) -> None:
    if by is not None and not may_act_for(by, office, clock.today()):
        raise Refused(f"不能以{office.short}的名义办理", f"{by.name}今天在{office.short}没有任职", "请用本单位的账号登录后办理")


def _draft(
    act: str, by: Person | None, office: Office, facts: Mapping[str, Any] | None, gives: Roles | None,
    joins: Roles | None, dates: Mapping[str, date] | None, ordered: date | None, key: str | None,
) -> Draft:  # fmt: skip
    return Draft(
        act, clock.today(), office.code, by, facts=dict(facts or {}), gives=_codes(gives), joins=_codes(joins),
        dates=dict(dates or {}), ordered=ordered, key=key,
    )  # fmt: skip


def _codes(roles: Roles | None) -> dict[str, list[str]]:
    return {role: list(dict.fromkeys(o.code for o in offices)) for role, offices in (roles or {}).items()}


def _engine(draft: Draft) -> duties.Event:
    return duties.Event(
        draft.act,
        draft.on,
        draft.office,
        gives={r: tuple(c) for r, c in draft.gives.items()},
        joins={r: tuple(c) for r, c in draft.joins.items()},
        dates=draft.dates,
        ordered=draft.ordered,
        noted=draft.on,
        by_law=draft.by_law,
    )


def _step(standing: duties.Standing, draft: Draft) -> None:
    for name, day in draft.dates.items():
        if day > draft.on:
            why = f"填写的日期{spell(day)}晚于今天（{spell(draft.on)}）"
            raise Refused(f"不能“{label(draft.act)}”", why, f"请把{name_of_date(name)}改为今天或者更早的一天")
    if standing.last is not None and draft.on < standing.last:
        raise Refused(
            f"不能“{label(draft.act)}”", f"今天（{spell(draft.on)}）早于本案最近一次办理的日期（{spell(standing.last)}）",
            "请核对服务器的时钟，改正后再办理",
        )  # fmt: skip
    try:
        duties.step(standing, _engine(draft))
    except ValueError as beyond:  # a day that no calendar reaches
        raise Refused(f"不能“{label(draft.act)}”", str(beyond).rstrip("。"), "请核对填写的日期") from beyond


def name_of_date(name: str) -> str:
    """The Chinese name of a dated fact."""
    return {"cause_day": "情形发生日", "receipt_day": "回执日期", "received_day": "收到日", "done_day": "调整完毕日",
            "heard_day": "听取的日期", "invited_day": "通知的日期", "found_day": "取证的日期"}.get(name, name)


def _check_seen(
    standing: duties.Standing, case: Case, act: str, office: Office, seen: int | None, length: int
) -> None:
    """The duty acted on must have stood on the page that the person saw; else somebody was quicker."""
    if seen is None or seen >= length:
        return
    mine = [o for o in standing.owed if o.office == office.code and act in o.row.acts]
    fresh = bool(mine) and mine[-1].is_open and mine[-1].opened <= seen
    if fresh or not mine:
        return
    for event in case.events.filter(n__gt=seen).select_related("person"):
        if event.office_code == office.code or event.n in (mine[-1].opened, mine[-1].closed):
            who = signatures([event]).get(event.seq, "法律")
            when = event.recorded_at.astimezone(clock.SHANGHAI).strftime("%m月%d日 %H:%M")
            raise refuse(standing, act, office.code, f"本案已由{who}于{when}办理“{label(event.act)}”",
                         "您填写的内容仍保留在下面，请先看最新的情况再决定是否提交")  # fmt: skip


def _write(draft: Draft, case: Case, standing: duties.Standing, rows: Rows, written: list[Any] | None = None) -> Event:
    with recording() as more:
        for row in rows(case) if callable(rows) else rows:
            row.save()
    draft.case, draft.n = case, standing.length
    event = append(draft, [*(written or []), *more])
    rewrite_shadow(case, standing)
    return event


def write_lapses(case: Case, standing: duties.Standing) -> int:
    """The events only; whoever calls it writes the shadow, once, when all events of the transaction stand."""
    return len(append_all(drafts)) if (drafts := lapses(case, standing)) else 0


def lapses(case: Case, standing: duties.Standing, waiting: Iterable[LapseHold] | None = None) -> list[Draft]:
    """What the law did in this case before today, as the standing now says, still to be appended. Refused while two persons have to look at it (S52).

    `waiting`: the open holds, where they were read already.
    """
    n = standing.length
    _ensure_not_held(case, standing, waiting)
    events = duties.lapse(standing, clock.today())
    return [Draft(e.act, e.on, e.office, case=case, n=n + i, by_law=True) for i, e in enumerate(events, 1)]


def _ensure_not_held(case: Case, standing: duties.Standing, waiting: Iterable[LapseHold] | None) -> None:
    """S52: what waits for two persons is not written by an act that comes by."""
    if any(o.ripe(clock.today()) for o in standing.owed) and (held := holds_on(case, waiting)):
        why = f"本案有视为的效果待核对（{held.reason}）"
        raise Refused("现在不能在本案办理", why, f"请{looking.who()}核对后再办理；法定日期不受影响")


def open_holds() -> QuerySet[LapseHold]:
    """Those that two persons have not yet released."""
    return LapseHold.objects.filter(released_on=None)


def holds_on(case: Case, waiting: Iterable[LapseHold] | None = None) -> LapseHold | None:
    """The open hold in which a duty of this case waits."""
    prefix = f"{case.pk}:"
    return next((hold for hold in (open_holds() if waiting is None else waiting) if any(i.startswith(prefix) for i in hold.ids)), None)


def new_case(
    code: str, edition: date, office: Office, title: str, subject: str, parent: Case | None, today: date
) -> Case:
    """With the next serial of the measure and year, and the number that follows from it or is drawn; written by the event that opens the case."""
    last = Case.objects.filter(law=code, year=today.year).aggregate(models.Max("serial"))["serial__max"] or 0
    case = Case(
        law=code, edition=edition, year=today.year, serial=last + 1, number=number_of(code, today.year, last + 1),
        title=title[:200], office=office, parent=parent, subject=subject, opened_on=today,
    )  # fmt: skip
    case.save()
    return case


__all__ = ["LAPSE", "Refused", "acting", "lapses", "new_case", "note", "open_case", "open_holds", "record", "repeated"]
