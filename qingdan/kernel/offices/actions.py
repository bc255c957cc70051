"""Setting up a district: offices, people, their posts and the roles that offices hold. Each is one act of the ledger."""

from __future__ import annotations

import re
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.statute import roles
from qingdan.statute.laws import NAMES

from .models import Account, Custody, Office, OfficeRole, Person, Post
from .queries import may_act_for, on

ROLES = frozenset(roles.DESCRIPTIONS) - {roles.CLOCK}
CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")


def create_office(
    *, code: str, name: str, short: str, by: Person | None, kind: str = "部门", since: date | None = None
) -> Office:
    """调4: a department, a subdistrict or another body of the district."""
    what = f"不能新增单位“{short or name or code}”"
    check_code(what, "单位代码", code)
    check_texts(what, Office, name=name, short=short, kind=kind)
    if Office.objects.filter(code=code).exists():
        raise Refused(what, f"单位代码“{code}”已经有单位使用", "请换一个代码，代码不得重复使用")
    office = Office(code=code, name=name.strip(), short=short.strip(), kind=kind.strip(), valid_from=since or clock.today())
    note("create_office", by=by, rows=[office], facts={"code": code, "name": office.name})
    return Office.objects.get(code=code)


def create_person(
    *, username: str, name: str, by: Person | None, password: str | None = None, must_change: bool = False, key: str | None = None,
) -> Person:  # fmt: skip
    """An account. What the person may do follows from their posts; without a password they cannot log in yet.

    `must_change`: somebody else has chosen the password, so the first log-in asks for another one.
    """
    what = f"不能新增人员“{name or username}”"
    check_code(what, "用户名", username)
    check_texts(what, Person, name=name)
    if Person.objects.filter(username=username).exists():
        raise Refused(what, f"用户名“{username}”已经有人使用", "请换一个用户名")
    person = Person(username=username, name=name.strip())
    if password is not None:
        check_good(what, password, person)
    person.password = make_password(password)
    rows = [person, Account(person=person, must_change=True)] if must_change else [person]
    note("create_person", by=by, rows=rows, facts={"username": username, "name": person.name}, key=key)
    return Person.objects.get(username=username)


def appoint(
    *, person: Person, office: Office, by: Person | None, title: str = "经办人", rank: str = Post.CLERK,
    since: date | None = None,
) -> Post:  # fmt: skip
    """A person takes a post in an office, from a day (today unless said) on."""
    what, day = f"不能任命{person.name}", since or clock.today()
    if rank not in dict(Post.RANKS):
        raise Refused(what, f"没有层级“{rank}”", "层级请写 clerk（经办人）或者 head（负责人）")
    if person.duty:
        raise Refused(what, f"{person.name}是三员之一", "三员不在任何单位任职；确需任职的，请先解除三员")
    check_texts(what, Post, title=title)
    if Post.objects.filter(on(day), person=person, office=office).exists():
        raise Refused(what, f"{person.name}在{office.short}已经有职务", "不需要再任命")
    _check_exists(what, office, day)
    post = Post(person=person, office=office, title=title.strip(), rank=rank, valid_from=day)
    note("appoint", by=by, rows=[post], facts={"person": person.username, "office": office.code, "rank": rank})
    return post


def give_role(
    *, office: Office, role: str, by: Person | None, measure: str = "调", scope: str = "", since: date | None = None,
) -> OfficeRole:  # fmt: skip
    """An office holds a role in a measure from a day on; a lead body may hold it for one list only (`scope`)."""
    what, day = f"不能授予{office.short}角色“{role}”", since or clock.today()
    if measure not in NAMES:
        raise Refused(what, f"没有机制“{measure}”", f"机制请写{'、'.join(NAMES)}之一")
    if role not in ROLES:
        raise Refused(what, f"没有角色“{role}”", f"角色请写{'、'.join(sorted(ROLES))}之一")
    check_texts(what, OfficeRole, scope=scope or "-")
    if OfficeRole.objects.filter(on(day), office=office, measure=measure, role=role, scope__in=("", scope)).exists():
        raise Refused(what, f"{office.short}已经有这个角色", "不需要再授予")
    _check_exists(what, office, day)
    held = OfficeRole(office=office, measure=measure, role=role, scope=scope, valid_from=day)
    note("give_role", by=by, rows=[held], facts={"office": office.code, "measure": measure, "role": role, "scope": scope})
    return held


def entrust(*, person: Person, office: Office, by: Person | None, since: date | None = None) -> Custody:
    """身份保管员 of an office, one of its own people. On the pages two 安全管理员 do it (kernel.accounts)."""
    what, day = f"不能设立{person.name}为身份保管员", since or clock.today()
    if not may_act_for(person, office, day):
        raise Refused(what, f"{person.name}在{office.short}没有任职", "请先任命职务")
    if Custody.objects.filter(on(day), person=person, office=office).exists():
        raise Refused(what, "已经是", "不需要再设立")
    row = Custody(person=person, office=office, valid_from=day)
    note("entrust", by=by, rows=[row], facts={"person": person.username, "office": office.code})
    return row


def check_good(what: str, password: str, person: Person) -> None:
    """Refuses a password that the rules (AUTH_PASSWORD_VALIDATORS) do not allow."""
    try:
        validate_password(password, person)
    except ValidationError as bad:
        raise Refused(what, "；".join(m.rstrip("。") for m in bad.messages), "请换一个至少 12 个字符、不常见的密码") from bad


def check_code(what: str, label: str, code: str) -> None:
    """Refuses what cannot be a code."""
    if not CODE.fullmatch(code):
        raise Refused(what, f"{label}“{code}”不能用", "请用不超过 40 个字母、数字、点、短横线或者下划线")


def check_texts(what: str, model: type[models.Model], **texts: str) -> None:
    """Refuses texts that are empty, too long for their column, or hold what cannot be seen."""
    for name, text in texts.items():
        field = model._meta.get_field(name)
        label, most = str(field.verbose_name), field.max_length or 0  # type: ignore[union-attr]
        if not text.strip():
            raise Refused(what, f"没有填写{label}", f"请填写{label}")
        if len(text.strip()) > most:
            raise Refused(what, f"{label}有 {len(text.strip())} 个字，多于 {most} 个字", f"请把{label}改短")
        if not text.isprintable():
            raise Refused(what, f"{label}含有不可显示的字符", f"请重新填写{label}")


def _check_exists(what: str, office: Office, day: date) -> None:
    if not office.holds_on(day):
        raise Refused(what, f"{office.short}在{day.isoformat()}不存在（自{office.valid_from.isoformat()}起）", "请核对日期")
