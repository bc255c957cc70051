"""P-E6 到期销毁: what is due by the retention table, proposed by one person, approved by two others of the same body; the second approval destroys.

Destroying takes the keys of the sealed rows (`vault.destroying`): the case, its events and its commitments stay, and every verifier still holds.
Nobody types anything here, so that a list or a certificate cannot name anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import hands
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.notices.telling import tell
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import lineage, may_act_for
from qingdan.kernel.vault.destroying import shred
from qingdan.kernel.vault.models import Sealed
from qingdan.statute.complaints_retention import CONTENT, DECISION, DECISION_PAPERS, DESTROYED, IDENTITY, LEAST_YEARS, PAPERS, RETENTION, Retention

from .access import own_of, sealed_papers_in, taking_up_another
from .likeness import forgotten
from .models import Complaint, Disposal, Disposed

PROPOSE, APPROVE, DISPOSE, REJECT = "propose_disposal", "approve_disposal", "dispose", "reject_disposal"
MOST = 500
"""Lines of one 销毁清单: as many as two persons can look through."""
KEEPS: list[Callable[[Case], bool]] = []
"""Whoever needs a case longer says so here, in its `apps.ready`; a case for which one of them says yes is not due."""


@dataclass(frozen=True)
class Due:
    """Of one complaint what one rule names: ended on that day, due since that day; the sealed rows that are left."""

    complaint: Complaint
    rule: Retention
    ended_on: date
    due_on: date
    sealed: tuple[str, ...]

    @property
    def pick(self) -> str:
        """How a form names it."""
        return f"{self.complaint.case.number}:{self.rule.key}"


def due(office: Office, *, but: Disposal | None = None) -> list[Due]:
    """What of this body's complaints is due today, the longest due first. What waits in another 销毁清单 (than `but`) is left out.

    Not due: where something is still owed, in the case or in what came of it; while a later complaint takes it up; what KEEPS names. A fixed
    number of queries, however many there are, and one for each that KEEPS is asked about.
    """
    today = clock.today()
    before = _years_before(today, LEAST_YEARS)
    ended = own_of(office, today).filter(case__opened_on__lte=before, last_0__lte=before, is_open=False)
    ended = ended.filter(reference__in=Sealed.objects.filter(destroyed_on=None).values("subject"))
    left, ends, waiting = _left(ended), _ends(), _waiting(but)
    found = []
    for complaint in ended:
        day = _end(complaint, ends, frozenset())
        if day is None or any(keeps(complaint.case) for keeps in KEEPS):
            continue
        for key in DESTROYED:
            rule, sealed = RETENTION[key], left.get((complaint.reference, key), ())
            since = rule.due_on(day)
            if sealed and since is not None and since <= today and (complaint.case_id, key) not in waiting:
                found.append(Due(complaint, rule, day, since, tuple(sorted(sealed))))
    return sorted(found, key=lambda d: (d.due_on, d.complaint.case.number, DESTROYED.index(d.rule.key)))


def _years_before(day: date, years: int) -> date:
    """Nothing that ended later can be due."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def _left(ended: Any) -> dict[tuple[str, str], list[str]]:
    """(受理编号, kind of record) -> what is still sealed."""
    papers, decided = sealed_papers_in(ended, DECISION_PAPERS)
    found: dict[tuple[str, str], list[str]] = {}
    rows = Sealed.objects.filter(destroyed_on=None, subject__in=ended.order_by().values("reference")).values_list("subject", "kind", "pk")
    for subject, kind, pk in rows:
        key = IDENTITY if kind == Sealed.IDENTITY else DECISION if pk in decided else PAPERS if pk in papers else CONTENT
        found.setdefault((subject, key), []).append(pk)
    return found


def _ends() -> dict[int, list[Complaint]]:
    """Complaint -> those that take it up."""
    found: dict[int, list[Complaint]] = {}
    for later in taking_up_another():
        found.setdefault(later.earlier_id, []).append(later)
    return found


def _end(complaint: Any, ends: dict[int, list[Complaint]], seen: frozenset[int]) -> date | None:
    """The last day of a complaint and of all that take it up; None while one of them lives."""
    if complaint.is_open:
        return None
    days = [day for day in (complaint.last_0, complaint.last_1, complaint.last_2, complaint.last_3) if day]
    for later in ends.get(complaint.pk, ()):
        if later.pk not in seen:
            day = _end(later, ends, seen | {complaint.pk})
            if day is None:
                return None
            days.append(day)
    return max(days)


def _waiting(but: Disposal | None) -> set[tuple[int, str]]:
    found = Disposed.objects.filter(disposal__second_by=None, disposal__rejected_by=None)
    return set((found.exclude(disposal=but) if but else found).values_list("case", "rule"))


def of(office: Office) -> QuerySet[Disposal]:
    """The 销毁清单 of this body, the newest first."""
    return Disposal.objects.filter(office__in=lineage(office)).select_related("office", "proposed_by", "first_by", "second_by", "rejected_by")


def propose(picks: Collection[str], *, by: Person, office: Office, key: str | None = None) -> Disposal:
    """提出销毁清单 of these (`Due.pick`). Repeated with the same key it returns the same. Raises Refused: none, too many, no longer due."""
    what = "不能提出销毁清单"
    with acting(PROPOSE):
        _ensure_here(what, by, office)
        if (before := _written(key, PROPOSE)) is not None:
            return before
        found, wanted = due(office), dict.fromkeys(picks)
        if not wanted or len(wanted) > MOST:
            raise Refused(what, f"一份清单应有 1 到 {MOST} 项，现有 {len(wanted)} 项", "请勾选要销毁的各项")
        if set(wanted) - {d.pick for d in found}:
            raise Refused(what, "勾选的项目中有的没有到期，或者已经在别的清单中", "请刷新页面，重新勾选")
        made = Disposal(office=office, proposed_by=by, proposed_at=clock.now())
        chosen = [d for d in found if d.pick in wanted]
        lines = [Disposed(disposal=made, case=d.complaint.case, rule=d.rule.key, ended_on=d.ended_on, rows=len(d.sealed)) for d in chosen]
        note(PROPOSE, by=by, office=office, rows=[made, *lines], facts={"lines": len(lines)}, key=key)
        _tell(made, "有一份到期销毁清单等待两个人批准。", "proposed")
    return made


def approve(disposal: Disposal, *, by: Person, office: Office, key: str | None = None) -> Disposal:
    """批准: the first approval, or the second, which destroys. Repeated with the same key it changes nothing.

    Raises Refused: not this body's, decided already, by a hand that proposed or approved it, or something in it is no longer due.
    """
    with acting(APPROVE):
        if _written(key, APPROVE) or _written(key, DISPOSE):
            return of(office).get(pk=disposal.pk)
        what = "不能批准销毁清单"
        row = _pending(what, disposal, by, office)
        _ensure_other_hands(what, row, by)
        if row.first_by is None:
            row.first_by, row.first_at = by, clock.now()
            note(APPROVE, by=by, office=office, rows=[row], facts={"disposal": row.pk}, key=key)
            _tell(row, "有一份到期销毁清单还须再由一个人批准。", "approved")
        else:
            _destroy(what, row, by, office, key)
    return row


def reject(disposal: Disposal, *, by: Person, office: Office, key: str | None = None) -> Disposal:
    """退回, also by who proposed it: nothing is destroyed, and what it held can be proposed again. Raises Refused."""
    with acting(REJECT):
        if _written(key, REJECT):
            return of(office).get(pk=disposal.pk)
        row = _pending("不能退回销毁清单", disposal, by, office)
        row.rejected_by, row.rejected_at = by, clock.now()
        note(REJECT, by=by, office=office, rows=[row], facts={"disposal": row.pk}, key=key)
    return row


def _destroy(what: str, row: Disposal, by: Person, office: Office, key: str | None) -> None:
    """All lines or none, in the act's one transaction; asked anew whether each is due."""
    there, lines = {(d.complaint.case_id, d.rule.key): d for d in due(office, but=row)}, list(row.lines.select_related("case"))
    if gone := [line.case.number for line in lines if (line.case_id, line.rule) not in there]:
        raise Refused(what, f"{'、'.join(gone[:3])}等 {len(gone)} 项现在不再到期（有了新的办理，或者需要继续保存）", "请退回这份清单，重新提出")
    marks: list[Any] = []
    for line in lines:
        found = there[line.case_id, line.rule]
        line.rows = shred(found.complaint.reference, by=by, office=office, only=found.sealed)
        marks += forgotten(line.case) if line.rule == IDENTITY else []
    row.second_by, row.second_at = by, clock.now()
    facts = {"disposal": row.pk, "sealed": sum(line.rows for line in lines)}
    note(DISPOSE, by=by, office=office, rows=[row, *lines, *marks], facts=facts, key=key)


def _tell(row: Disposal, text: str, step: str) -> None:
    tell(row.office, text, key=f"disposal:{row.pk}:{step}", link=reverse("complaints:disposal", args=[row.pk]))


def _ensure_here(what: str, by: Person, office: Office) -> None:
    if not may_act_for(by, office, clock.today()):
        raise Refused(what, f"{by.name}今天在{office.short}没有任职", "请用本单位的账号登录后办理")


def _pending(what: str, disposal: Disposal, by: Person, office: Office) -> Disposal:
    _ensure_here(what, by, office)
    row = of(office).filter(pk=disposal.pk).first()
    if row is None:
        raise Refused(what, "没有这份清单，或者不是本单位的", "请从清单的页面进入")
    if not row.is_pending:
        raise Refused(what, "已经执行" if row.is_done else "已经退回", "请刷新页面")
    return row


def _ensure_other_hands(what: str, row: Disposal, by: Person) -> None:
    """Three persons; who stands in for one of them is the same hand."""
    for act, why in ((PROPOSE, "清单是您提出的"), (APPROVE, "您已经批准过")):
        hands.ensure_another(what, hands.of_events(hands.that_did(act, row)), by, why, "请由本单位的另一个人批准")


def _written(key: str | None, act: str) -> Disposal | None:
    """The 销毁清单 that an act with this key wrote already."""
    event = Event.objects.filter(key=key, act=act).first() if key else None
    found = [pk for table, pk, _ in event.told["rows"] if table == Disposal._meta.db_table] if event else []
    return Disposal.objects.filter(pk__in=found).first()


# ---- what is told ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sum:
    """Of one rule: how many cases, how many sealed rows."""

    rule: Retention
    cases: int
    rows: int


def sums(lines: Iterable[Disposed]) -> list[Sum]:
    """By rule, in the order of the table."""
    found = list(lines)
    of_rule = {key: [line for line in found if line.rule == key] for key in DESTROYED}
    return [Sum(RETENTION[key], len(some), sum(line.rows for line in some)) for key, some in of_rule.items() if some]


def entry_of(disposal: Disposal) -> Event | None:
    """The event of the ledger that destroyed."""
    return next(iter(hands.that_did(DISPOSE, disposal)), None)


def destroyed_in(case: Case) -> list[tuple[str, date]]:
    """What of a case was destroyed, and on which day; for its pages."""
    return list(_destroyed(Disposed.objects.filter(case=case).exclude(disposal__second_by=None).select_related("disposal")))


def _destroyed(lines: Iterable[Disposed]) -> Iterator[tuple[str, date]]:
    for line in lines:
        if line.disposal.second_at is not None:
            yield line.get_rule_display(), clock.legal_day(line.disposal.second_at)
