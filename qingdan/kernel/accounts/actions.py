"""三员: the 系统管理员 creates accounts and switches them off; of two 安全管理员 one asks for a grant or a reset and the other confirms it.

Nobody does either for themselves. Each is an act of the ledger; the person is told, and all their sessions end.
A reset of a password gives nobody the password: of its code the one who asks sees the first half, the one who confirms the second.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.offices.actions import appoint, check_good, check_texts, create_person, entrust
from qingdan.kernel.offices.models import Account, Office, Person, Post
from qingdan.kernel.offices.queries import custodies_of, posts_of

from . import factors, locking
from .entering import tell
from .models import Request
from .passwords import next_round, with_password

ASK, CONFIRM, REJECT, DEACTIVATE, RENEW = "ask_account", "confirm_account", "reject_account", "deactivate", "renew_password"
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that is taken for another
HALF = 10
CODE_FOR = timedelta(hours=24)
DUTIES = dict(Account.DUTIES)


def create(*, username: str, name: str, by: Person, key: str | None = None) -> Person:
    """An account without a password and without any right; both come from two 安全管理员."""
    _ensure_duty("不能建立账号", by, Account.SYSTEM)
    return create_person(username=username, name=name, by=by, key=key)


def deactivate(person: Person, reason: str, *, by: Person, key: str | None = None) -> None:
    """T29: a leaver is out with the next request. One person is enough to take access away; to give it back takes two."""
    what = f"不能停用{person.name}的账号"
    _ensure_duty(what, by, Account.SYSTEM, Account.SECURITY)
    check_texts(what, Request, reason=reason)
    with acting(DEACTIVATE):
        person = Person.objects.get(pk=person.pk)
        if person.pk == by.pk:
            raise Refused(what, "这是您自己的账号", "请由另一名管理员停用")
        if not person.active:
            raise Refused(what, "已经停用", "不需要再停用")
        person.active = False
        note(DEACTIVATE, by=by, rows=[person, next_round(person)], facts={"person": person.username, "reason": reason.strip()}, key=key)


def ask(
    kind: str, person: Person, reason: str, *, by: Person, office: Office | None = None, title: str = "", rank: str = "", duty: str = "",
    key: str | None = None,
) -> tuple[Request, str]:  # fmt: skip
    """What another 安全管理员 shall confirm, and for a reset of the password the first half of its code."""
    what = f"不能提出{dict(Request.KINDS)[kind]}（{person.name}）"
    _ensure_duty(what, by, Account.SECURITY)
    check_texts(what, Request, reason=reason)
    with acting(ASK):
        _ensure_another(what, person, by)
        if Request.objects.filter(kind=kind, person=person, outcome="").exists():
            raise Refused(what, "同样的事项已经提出，还没有确认", "请先办理前一项")
        _ensure_sensible(what, kind, person, office, duty)
        half = _half() if kind == Request.PASSWORD else ""
        row = Request(
            kind=kind, person=person, office=office, title=title.strip(), rank=rank, duty=duty, reason=reason.strip(), asked_by=by,
            asked_at=clock.now(), first_half=make_password(half) if half else "",
        )  # fmt: skip
        event = note(ASK, by=by, rows=[row], facts=_facts(row), key=key)
        return Request.objects.get(pk=event.told["rows"][0][1]), half


def confirm(row: Request, *, by: Person, key: str | None = None) -> str:
    """By a second person: it is done, the person's sessions end, they are told. For a password: returns the second half of the code."""
    with acting(CONFIRM):
        row, what = _open(row, by, "确认")
        person = Person.objects.select_related("account").get(pk=row.person_id)
        _ensure_sensible(what, row.kind, person, row.office, row.duty)
        half = _half() if row.kind == Request.PASSWORD else ""
        row.outcome, row.decided_by, row.decided_at = Request.CONFIRMED, by, clock.now()
        row.second_half = make_password(half) if half else ""
        note(CONFIRM, by=by, rows=[row, *_effect(row, person, by)], facts=_facts(row) | {"asked_by": row.asked_by.username}, key=key)
        tell(person, f"{_told(row)}：{row.asked_by.name}提出，{by.name}确认，理由是“{row.reason}”。不知情的，请向审计管理员反映。")
        return half


def reject(row: Request, remark: str, *, by: Person, key: str | None = None) -> None:
    """Not done; it stays on file."""
    with acting(REJECT):
        row, what = _open(row, by, "退回")
        check_texts(what, Request, remark=remark)
        row.outcome, row.decided_by, row.decided_at, row.remark = Request.REJECTED, by, clock.now(), remark.strip()
        note(REJECT, by=by, rows=[row], facts=_facts(row) | {"remark": row.remark}, key=key)


def renew(username: str, first: str, second: str, new: str) -> Person:
    """A person sets their own password with both halves of the code, within a day. Failures count as at the log-in."""
    what = "不能设置密码"
    if until := locking.closed_until(username):
        raise Refused(what, locking.said(until).rstrip("。"), "请稍后再试")
    row = _code_of(username)
    if row is None:  # the same work as for somebody who has a code
        make_password(first), make_password(second)
    if row is None or not _both(row, first, second):
        locking.failed(username)
        raise Refused(what, "用户名或者重设码不对，或者重设码已经用过、超过 24 小时", "请向两名安全管理员核对前后两半")
    with acting(RENEW):
        row = Request.objects.get(pk=row.pk)
        person = Person.objects.select_related("account").get(pk=row.person_id)
        if row.used:
            raise Refused(what, "重设码已经用过", "请重新申请重设")
        check_good(what, new, person)
        row.used = True
        note(RENEW, by=person, rows=[row, *with_password(person, new)], facts={"person": person.username})
    locking.succeeded(username)
    return person


def _code_of(username: str) -> Request | None:
    found = Request.objects.filter(kind=Request.PASSWORD, person__username=username, person__active=True, outcome=Request.CONFIRMED).first()
    now = clock.now()
    good = found is not None and not found.used and found.decided_at is not None and found.decided_at <= now < found.decided_at + CODE_FOR
    return found if good else None


def _both(row: Request, first: str, second: str) -> bool:
    return all(check_password(_typed(half), kept) for half, kept in ((first, row.first_half), (second, row.second_half)))


def _typed(half: str) -> str:
    return "".join(c for c in half.upper() if c in LETTERS)


def _half() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(HALF))


def _ensure_duty(what: str, by: Person, *duties: str) -> None:
    if by.duty not in duties or not by.active:
        raise Refused(what, f"这是{'或者'.join(DUTIES[d] for d in duties)}的职责", "请由承担该职责的人办理")


def _ensure_another(what: str, person: Person, by: Person) -> None:
    if person.pk == by.pk:
        raise Refused(what, "这是您自己的账号", "请由另外两名安全管理员办理")


def _open(row: Request, by: Person, verb: str) -> tuple[Request, str]:
    row = Request.objects.select_related("person", "office", "asked_by", "decided_by").get(pk=row.pk)
    what = f"不能{verb}{row.get_kind_display()}（{row.person.name}）"
    _ensure_duty(what, by, Account.SECURITY)
    if not row.is_open:
        raise Refused(what, f"已由{row.decided_by}办理（{row.get_outcome_display()}）", "请刷新页面")
    if row.asked_by_id == by.pk:
        raise Refused(what, "提出和确认不能是同一个人", "请另一名安全管理员登录后办理")
    _ensure_another(what, row.person, by)
    return row, what


def _ensure_sensible(what: str, kind: str, person: Person, office: Office | None, duty: str) -> None:
    """Asked when it is put forward and again when it is confirmed."""
    posts = posts_of(person, clock.today())
    if kind == Request.APPOINT and (person.duty or office is None):
        raise Refused(what, "三员不在任何单位任职" if person.duty else "没有选择单位", "请先解除三员" if person.duty else "请选择单位")
    if kind == Request.END_POST and not posts.filter(office=office).exists():
        raise Refused(what, "今天没有这项任职", "请核对单位")
    if kind == Request.ENTRUST and not posts.filter(office=office).exists():
        raise Refused(what, "身份保管员须在该单位任职，今天没有这项任职", "请先任命职务，或者核对单位")
    if kind in (Request.ENTRUST, Request.END_CUSTODY):
        _ensure_change(what, custodies_of(person, clock.today()).filter(office=office).exists(), kind == Request.ENTRUST)
    if kind == Request.COMMISSION and (duty not in DUTIES or person.duty):
        raise Refused(what, f"已经是{DUTIES[person.duty]}，三员不得兼任" if person.duty else "没有选择哪一员", "请核对")
    if kind == Request.COMMISSION and Post.objects.filter(person=person).exclude(valid_to__lt=clock.today()).exists():
        raise Refused(what, "还在单位任职，三员不得兼任业务", "请先终止任职")
    if kind == Request.DISCHARGE and not person.duty:
        raise Refused(what, "不是三员", "请核对")
    if kind == Request.FACTORS and not factors.has(person):
        raise Refused(what, "没有启用二次验证", "不需要重设")
    if kind == Request.ACTIVATE and person.active:
        raise Refused(what, "账号在用", "不需要恢复")


def _ensure_change(what: str, is_custodian: bool, wanted: bool) -> None:
    if is_custodian == wanted:
        raise Refused(what, "已经是身份保管员" if wanted else "今天不是该单位的身份保管员", "请核对单位")


def _effect(row: Request, person: Person, by: Person) -> list[Any]:
    """The rows besides the request itself; what has an act of its own is done by it. In every case a new round begins."""
    today = clock.today()
    if row.kind == Request.PASSWORD:
        return with_password(person, None)
    if row.kind == Request.APPOINT and row.office is not None:
        appoint(person=person, office=row.office, by=by, title=row.title or "经办人", rank=row.rank or Post.CLERK)
    if row.kind == Request.ENTRUST and row.office is not None:
        entrust(person=person, office=row.office, by=by)
    rows: list[Any] = [account := next_round(person)]
    if row.kind in (Request.END_POST, Request.END_CUSTODY):
        rows += _ended_custodies(row, person)
    if row.kind == Request.END_POST:
        for post in posts_of(person, today).filter(office=row.office):
            post.valid_to = max(post.valid_from, today - timedelta(days=1))
            rows.append(post)
    elif row.kind in (Request.COMMISSION, Request.DISCHARGE):
        account.duty = row.duty if row.kind == Request.COMMISSION else ""
    elif row.kind == Request.FACTORS:
        factors.forget_all(person)
    elif row.kind == Request.ACTIVATE:
        person.active = True
        rows.append(person)
    return rows


def _ended_custodies(row: Request, person: Person) -> list[Any]:
    """At once, even one granted today; and with the post, so that a later post does not bring it back."""
    found = list(custodies_of(person, clock.today()).filter(office=row.office))
    for custody in found:
        custody.valid_to = clock.today() - timedelta(days=1)
    return found


def _told(row: Request) -> str:
    about = f"（{row.office or ''}{row.title}{row.get_duty_display() if row.duty else ''}）"
    return f"已对您的账号{row.get_kind_display()}{about if about != '（）' else ''}"


def _facts(row: Request) -> dict[str, Any]:
    told = {"person": row.person.username, "kind": row.kind, "office": row.office.code if row.office else "", "title": row.title,
            "rank": row.rank, "duty": row.duty, "reason": row.reason}  # fmt: skip
    return {name: value for name, value in told.items() if value}
