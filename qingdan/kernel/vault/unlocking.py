"""Unlocking an identity (P-E2, T8): asked with a reason, decided by a custodian of the handling office who is outside the case,
for one person and one subject, for a day at most.

Nobody is spared: a leader asks like everybody, and the asking is an event. The pages ask for and give a grant only after 再次确认.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.offices.actions import check_texts
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import custodians_of, custodies_of, is_custodian, may_act_for

from .models import Unlock
from .registry import Handling, looked_at, who_handles
from .telling import tell

ASK, GRANT, DENY, END = "ask_unlock", "grant_unlock", "deny_unlock", "end_unlock"
LONGEST = timedelta(hours=24)
NONE = "没有这件投诉，或者您无权查看"


def ask(subject: str, reason: str, *, by: Person, office: Office, key: str | None = None) -> Unlock:
    """申请查看身份信息. Raises Refused: unknown to this person, no reason, or asked already."""
    what = "不能申请查看身份信息"
    with acting(ASK):
        handling = _known(what, subject, by, office)
        check_texts(what, Unlock, reason=reason)
        if mine(subject, by).filter(Q(outcome="") | _in_force(clock.now())).exists():
            raise Refused(what, "您已经申请过，正等待决定或者仍然有效", "请在解锁申请中查看")
        row = Unlock(subject=subject, reason=reason.strip(), asked_by=by, office=office, keeper_office=handling.office, asked_at=clock.now())
        note(ASK, by=by, office=office, rows=[row], facts={"subject": subject, "unlock": row.pk}, key=key)
        for custodian in deciders(handling, by):
            _tell(row, custodian, row.keeper_office, "有一件查看身份信息的申请等您决定。", "ask")
    return row


def grant(unlock: Unlock, *, by: Person, until: datetime, key: str | None = None) -> None:
    """同意, until a moment within 24 hours. Raises Refused, see `_decided`."""
    with acting(GRANT):
        row, what = _decided(unlock, by, "同意")
        if not clock.now() < until <= clock.now() + LONGEST:
            raise Refused(what, "有效期应在现在以后、24 小时以内", "请改短有效期；不够的，到期后重新申请")
        row.outcome, row.decided_by, row.decided_at, row.until = Unlock.GRANTED, by, clock.now(), until
        note(GRANT, by=by, office=row.keeper_office, rows=[row], facts=_facts(row), key=key)
        _tell(row, row.asked_by, row.office, f"您申请查看身份信息，已同意，有效至{until.astimezone(clock.SHANGHAI):%m月%d日 %H:%M}。", "decided")


def deny(unlock: Unlock, *, by: Person, reason: str, key: str | None = None) -> None:
    """不同意; the reason reaches who asked. Raises Refused, see `_decided`."""
    with acting(DENY):
        row, what = _decided(unlock, by, "不同意")
        check_texts(what, Unlock, remark=reason)
        row.outcome, row.decided_by, row.decided_at, row.remark = Unlock.DENIED, by, clock.now(), reason.strip()
        note(DENY, by=by, office=row.keeper_office, rows=[row], facts=_facts(row), key=key)
        _tell(row, row.asked_by, row.office, "您申请查看身份信息，未获同意，理由见申请。", "decided")


def end(unlock: Unlock, *, by: Person, key: str | None = None) -> None:
    """Before its time: by who asked, or by a custodian of the handling office."""
    what = "不能提前结束"
    with acting(END):
        row = _fresh(unlock)
        if by.pk != row.asked_by_id and not is_custodian(by, row.keeper_office, clock.today()):
            raise Refused(what, "只有申请人本人和办理单位的身份保管员可以结束", "请由他们办理")
        if not Unlock.objects.filter(_in_force(clock.now()), pk=row.pk).exists():
            raise Refused(what, "没有生效，或者已经结束", "请刷新页面")
        row.ended_by, row.ended_at = by, clock.now()
        office = row.office if by.pk == row.asked_by_id else row.keeper_office
        note(END, by=by, office=office, rows=[row], facts=_facts(row), key=key)
        if by.pk != row.asked_by_id:
            _tell(row, row.asked_by, row.office, "对您查看身份信息的同意已提前结束。", "ended")


def ensure_unlocked(subject: str, by: Person, office: Office) -> None:
    """Refused unless a grant for this person, acting for this office, and this subject is in force and the person may still know of the case."""
    what = "不能查看身份信息"
    _known(what, subject, by, office)
    if not mine(subject, by).filter(_in_force(clock.now()), office=office).exists():
        raise Refused(what, "没有对您本人、对这件投诉有效的同意", "请写明理由申请查看，由办理单位的身份保管员决定")


def known(subject: str, by: Person, office: Office) -> Handling | None:
    """What this subject stands for, where this person, acting for this office, may know of it; None for what is not there or not theirs."""
    handling, acts = looked_at(subject), may_act_for(by, office, clock.today())  # all asked in any case: as long for what is not there (f8)
    knows = handling is not None and handling.knows(by, office)
    return handling if handling is not None and handling.real and acts and knows else None


def sees_readers(subject: str, by: Person, office: Office) -> Handling | None:
    """谁看过 is for the office that handles it: those who know of it there, and its custodians."""
    handling = who_handles(subject)
    if handling is None or handling.office.pk != office.pk or not may_act_for(by, office, clock.today()):
        return None
    return handling if handling.knows(by, office) or is_custodian(by, office, clock.today()) else None


def deciders(handling: Handling, asked_by: Person) -> list[Person]:
    """The custodians who can decide on what this person asks."""
    found = custodians_of(handling.office, clock.today())
    busy = handling.involved([person.pk for person in found])
    return [person for person in found if person.pk != asked_by.pk and person.pk not in busy]


def in_force(unlock: Unlock) -> bool:
    now = clock.now()
    return unlock.outcome == Unlock.GRANTED and unlock.ended_at is None and unlock.until is not None and now < unlock.until


def mine(subject: str, person: Person) -> QuerySet[Unlock]:
    return Unlock.objects.filter(subject=subject, asked_by=person)


def visible_to(person: Person) -> QuerySet[Unlock]:
    """One's own, and those of the offices for which one keeps identities."""
    kept = custodies_of(person, clock.today()).values("office")
    found = Unlock.objects.filter(Q(asked_by=person) | Q(keeper_office__in=kept))
    return found.select_related("asked_by", "office", "keeper_office", "decided_by", "ended_by")


def waiting_for(person: Person) -> QuerySet[Unlock]:
    """What this person, as a custodian, has to decide on (or to leave to another custodian, being at work on it)."""
    return visible_to(person).filter(outcome="").exclude(asked_by=person)


def why_not(unlock: Unlock, by: Person) -> tuple[str, str] | None:
    """Why this person cannot decide on it, and what to do; None where they can."""
    handling = who_handles(unlock.subject)
    if handling is None or handling.office.pk != unlock.keeper_office_id:
        return "这件投诉已经不由原单位办理", "请申请人重新申请"
    if by.pk == unlock.asked_by_id:
        return "申请和决定不能是同一个人", "请由另一名身份保管员决定"
    if not is_custodian(by, handling.office, clock.today()):
        return f"您不是{handling.office.short}的身份保管员", "请由身份保管员决定"
    if handling.involved([by.pk]):
        return "您参与办理这件投诉", "请由没有参与办理的身份保管员决定"
    return None


def _decided(unlock: Unlock, by: Person, verb: str) -> tuple[Unlock, str]:
    """The row as it lies, if it waits for a decision and this person may give it."""
    row, what = _fresh(unlock), f"不能{verb}"
    _ensure_own_name(what, by)
    if not row.is_open:
        raise Refused(what, f"已由{row.decided_by}决定（{row.get_outcome_display()}）", "请刷新页面")
    if trouble := why_not(row, by):
        raise Refused(what, *trouble)
    return row, what


def _ensure_own_name(what: str, by: Person) -> None:
    """A grant is for one person: nobody asks, decides or sees for somebody whose post they fill (代)."""
    if by.stands_for:
        raise Refused(what, f"您正在代{by.stands_for[0].name}办理", "身份信息只能以本人名义申请、决定和查看，请先结束代办")


def _tell(row: Unlock, person: Person, office: Office, text: str, step: str) -> None:
    """To one person; with no word of the case, of its title or of anybody in it."""
    tell(person, office, text, key=f"unlock:{row.pk}:{step}:{person.pk}", link=reverse("vault:unlock", args=[row.pk]))


def _known(what: str, subject: str, by: Person, office: Office) -> Handling:
    _ensure_own_name(what, by)
    handling = known(subject, by, office)
    if handling is None:
        raise Refused(what, NONE, "请从投诉的页面进入")
    return handling


def _fresh(unlock: Unlock) -> Unlock:
    return Unlock.objects.select_related("asked_by", "office", "keeper_office", "decided_by").get(pk=unlock.pk)


def _in_force(now: datetime) -> Q:
    return Q(outcome=Unlock.GRANTED, decided_at__lte=now, until__gt=now, ended_at=None)


def _facts(row: Unlock) -> dict[str, str]:
    return {"subject": row.subject, "unlock": row.pk, "person": row.asked_by.username}
