"""Saying that one is away and who stands in; for somebody who cannot say it any more two 安全管理员 do. Each is an act of the ledger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from qingdan.engine.refusals import Refused, spell
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note, repeated
from qingdan.kernel.offices.actions import check_texts
from qingdan.kernel.offices.models import Account, Person, Post
from qingdan.kernel.offices.queries import may_act_for, posts_of

from .models import VALID, Absence
from .queries import chain

SET, ASK, CONFIRM, END = "set_leave", "ask_leave", "confirm_leave", "end_leave"
LONGEST = 366  # days: who is away for longer has another post, not a substitute


def announce(*, post: Post, substitute: Person, first: date, last: date, by: Person, key: str | None = None) -> Absence:
    """The person of the post says from which day to which somebody else of the office fills it."""
    what = "不能登记代办"
    with acting(SET):
        if repeated(key, SET):
            return Absence.objects.filter(post=post, asked_by=by).latest("pk")
        if post.person_id != by.pk:
            raise Refused(what, f"这是{post.person.name}的职务", "只能登记自己的职务；本人已经不在岗的，请两名安全管理员办理")
        row = Absence(post=post, person=post.person, substitute=substitute, first=first, last=last, asked_by=by, asked_at=clock.now())
        _ensure_sensible(what, row)
        return _noted(SET, row, by, key)


def ask(*, post: Post, substitute: Person, first: date, last: date, reason: str, by: Person, key: str | None = None) -> Absence:
    """For somebody who is away already: one 安全管理员 asks, nothing holds yet."""
    what = f"不能提出代办（{post.person.name}）"
    _ensure_security(what, by)
    check_texts(what, Absence, reason=reason)
    with acting(ASK):
        row = Absence(
            post=post, person=post.person, substitute=substitute, first=first, last=last, reason=reason.strip(), asked_by=by, asked_at=clock.now()
        )
        _ensure_sensible(what, row)
        return _noted(ASK, row, by, key)


def confirm(row: Absence, *, by: Person, key: str | None = None) -> Absence:
    """Another 安全管理员 confirms: from now on it holds."""
    with acting(CONFIRM):
        row = _locked(row)
        what = f"不能确认代办（{row.person.name}）"
        _ensure_security(what, by)
        if not row.waits:
            raise Refused(what, "已经办理", "请刷新页面")
        if row.asked_by_id == by.pk:
            raise Refused(what, "提出和确认不能是同一个人", "请另一名安全管理员登录后办理")
        row.confirmed_by, row.confirmed_at = by, clock.now()
        _ensure_sensible(what, row)
        return _noted(CONFIRM, row, by, key)


def end(row: Absence, *, by: Person, key: str | None = None) -> Absence:
    """Before its last day, by the absent person or by whoever granted it; what waits is thereby withdrawn. It is over with the next request."""
    with acting(END):
        row = _locked(row)
        what = "不能结束代办"
        if by.pk not in ends(row):
            raise Refused(what, "只有不在岗的本人和登记、确认的人可以结束", "请联系本人；本人联系不上的，请联系安全管理员")
        if row.over_on(clock.today()):
            raise Refused(what, "已经结束", "请刷新页面")
        row.ended_by, row.ended_at = by, clock.now()
        return _noted(END, row, by, key)


def ends(row: Absence) -> set[int | None]:
    """Keys of those who may end it: the person, and who said or granted it."""
    return {row.person_id, row.asked_by_id, *([row.confirmed_by_id] if row.confirmed_by_id else [])}


def may_stand_in(post: Post, day: date) -> list[Person]:
    """Who may fill this post: the others of the same office, so that nobody sees a case whom its office has not chosen. None of the 三员."""
    colleagues = Post.objects.filter(office=post.office).exclude(person=post.person_id).select_related("person__account", "office")
    people = {p.person_id: p.person for p in colleagues if p.holds_on(day) and p.person.active and not p.person.duty}
    return sorted(people.values(), key=lambda p: p.username)


def _locked(row: Absence) -> Absence:
    return Absence.objects.select_related("post__office", "person", "substitute").get(pk=row.pk)


def _ensure_security(what: str, by: Person) -> None:
    if by.duty != Account.SECURITY or not by.active:
        raise Refused(what, "这是安全管理员的职责", "请由安全管理员办理；本人在岗的，请本人登记")


def _ensure_sensible(what: str, row: Absence) -> None:
    """Asked when it is said, and again when it is confirmed."""
    _ensure_days(what, row)
    today, office = clock.today(), row.post.office
    if not posts_of(row.person, today).filter(pk=row.post_id).exists():
        raise Refused(what, f"{row.person.name}今天没有这项职务", "请核对任职")
    if row.substitute_id == row.person_id:
        raise Refused(what, "代办人就是本人", "请选择另一名同志")
    if row.substitute.duty:
        raise Refused(what, f"{row.substitute.name}是三员之一，三员不办理业务", "请选择本单位的另一名同志")
    if not may_act_for(row.substitute, office, today):
        raise Refused(what, f"{row.substitute.name}今天在{office.short}没有任职", f"请选择{office.short}的同志；没有别人的，请先由安全管理员任命一人")
    _ensure_alone(what, row)
    _ensure_no_circle(what, row)


def _ensure_days(what: str, row: Absence) -> None:
    today = clock.today()
    if row.last < row.first:
        raise Refused(what, f"最后一天（{spell(row.last)}）早于第一天（{spell(row.first)}）", "请核对日期")
    if row.first < today and row.confirmed_by is None:
        raise Refused(what, f"第一天（{spell(row.first)}）已经过去，代办不能追溯", "请从今天或者以后的一天起")
    if row.last < today:
        raise Refused(what, f"最后一天（{spell(row.last)}）已经过去", "请退回后重新提出")
    if row.last - row.first >= timedelta(days=LONGEST):
        raise Refused(what, "超过一年", "请分次登记；长期不在岗的，请调整任职")


def _ensure_alone(what: str, row: Absence) -> None:
    others = Absence.objects.filter(VALID, post=row.post, first__lte=row.last, last__gte=row.first).exclude(pk=row.pk)
    same = others.select_related("substitute").first()
    if same is not None:
        why = f"{spell(same.first)}至{spell(same.last)}已登记由{same.substitute.name}代办，一个职务同一天只由一人代办"
        raise Refused(what, why, "请先结束原来的登记，或者改变日期")


def _ensure_no_circle(what: str, row: Absence) -> None:
    """On each day on which the answer can change: does it lead back to the absent one?"""
    others = list(
        Absence.objects.filter(VALID, post__office=row.post.office, first__lte=row.last, last__gte=row.first)
        .exclude(pk=row.pk).select_related("person", "substitute")
    )  # fmt: skip
    for day in sorted({row.first, *(a.first for a in others if a.first > row.first)}):
        there = {a.person_id: a for a in others if a.first <= day <= a.last}
        away = {key: a.substitute_id for key, a in there.items()} | {row.person_id: row.substitute_id}
        if not chain(row.person_id, away, lambda key: True):
            back = there[row.substitute_id]
            why = f"{row.substitute.name}自{spell(back.first)}至{spell(back.last)}也不在岗，由{back.substitute.name}代办"
            why += f"，转了一圈又回到{row.person.name}"
            raise Refused(what, why, "请选择这几天在岗的同志，或者改变日期")


def _noted(act: str, row: Absence, by: Person, key: str | None) -> Absence:
    facts: dict[str, Any] = {
        "person": row.person.username, "office": row.post.office.code, "title": row.post.title, "substitute": row.substitute.username,
        "first": row.first, "last": row.last,
    } | ({"reason": row.reason} if row.reason else {})  # fmt: skip
    event = note(act, by=by, office=row.post.office, rows=[row], facts=facts, key=key)
    return Absence.objects.select_related("post__office", "person", "substitute").get(pk=event.told["rows"][0][1])
