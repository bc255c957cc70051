"""诉 第十三条 回避, without seeing the name (T9): what staff declare of themselves and their relatives is compared with the sealed identity here, and
only here; the answer is yes or no.

Of what is declared only an HMAC is kept, under a key derived from the vault's ring, and bound to the person: two colleagues with one telephone
have no mark in common. A mark whose key has left the ring can be compared no more: then the check is refused, and never answered with no.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for

from . import keys, spelling
from .comparing import look
from .models import Interest, Sealed

DECLARE, END, BLIND = "declare_interest", "end_interest", "blind_check"
WHAT, PURPOSE = "不能核对回避", "核对回避：只答有无，未显示"
CHECKS_A_DAY, IN_FORCE, A_DAY = 3, 40, 20
"""Ours: enough for a family, too few to try out numbers by declaring them as one's own."""
ASKED = {
    Interest.PHONE: "请填写一个电话号码，座机可以带区号",
    Interest.ID_TAIL: "请只填写证件号码的最后四位",
    Interest.ADDRESS: "请填写到门牌或者村组，例如花园路88号院3号楼2单元5号",
}


@sensitive_variables()
def declare(kind: str, whose: str, value: str, *, by: Person, office: Office, key: str | None = None) -> None:
    """申报 one telephone, ID tail or household address, of oneself or a relative. Raises Refused; the value stands in no message."""
    what = "不能申报"
    with acting(DECLARE):
        _ensure_own(what, by, office)
        if kind not in dict(Interest.KINDS) or whose not in dict(Interest.WHOSE):
            raise Refused(what, "种类或者关系不在列出的各项中", "请从列出的各项中选择")
        spelled = _spelled(kind, value)
        if not spelled:
            raise Refused(what, "填写的内容不能用来核对", ASKED[kind])
        mine = of(by).filter(ended_on=None)
        if mine.count() >= IN_FORCE or of(by).filter(declared_on=clock.today()).count() >= A_DAY:
            raise Refused(what, f"有效的申报以 {IN_FORCE} 项为限，一天以 {A_DAY} 项为限", "请先结束不再需要的申报，或者明天再申报")
        row = Interest(person=by, kind=kind, whose=whose, declared_on=clock.today(), mark=mark(keys.ring().current, by, kind, spelled))
        if mine.filter(mark=row.mark).exists():
            raise Refused(what, "这一项您已经申报过", "不必重复申报")
        note(DECLARE, by=by, office=office, rows=[row], facts={"kind": kind, "whose": whose}, key=key)


def end(interest: Interest, *, by: Person, office: Office, key: str | None = None) -> None:
    """结束 what one declared oneself. Raises Refused."""
    what = "不能结束申报"
    with acting(END):
        _ensure_own(what, by, office)
        row = of(by).filter(pk=interest.pk, ended_on=None).first()
        if row is None:
            raise Refused(what, "不是您的申报，或者已经结束", "请刷新页面")
        row.ended_on = clock.today()
        note(END, by=by, office=office, rows=[row], facts={"kind": row.kind, "whose": row.whose}, key=key)


def of(person: Person) -> QuerySet[Interest]:
    """All that this person declared, the newest first."""
    return Interest.objects.filter(person=person)


@sensitive_variables()
def conflict(sealed: Sealed | None, person: Person, *, by: Person, office: Office) -> bool:
    """Has this person declared a telephone, an ID tail or an address of whoever complained? Asked by somebody who knows of the case.

    Written down before it is answered, three times a day at most for each person checked. Who left no identity, or one that is destroyed,
    is in conflict with nobody. Raises Refused; RuntimeError inside an act.
    """
    if sealed is None:
        return False
    declared, ring = list(of(person).filter(ended_on=None)), keys.ring()
    usable = {key.id: key for key in ring.keys}
    if stale := sum(row.key_id not in usable for row in declared):
        raise Refused(WHAT, f"{person.name}有 {stale} 项申报所用的密钥已经移除", "请其结束这些申报并重新申报，再核对")
    fields = look(sealed, BLIND, WHAT, PURPOSE, by=by, office=office, most=CHECKS_A_DAY, about=person)
    pairs = [(row, value) for row in declared for kind, value in _told(fields) if kind == row.kind]
    return any(hmac.compare_digest(row.mark, mark(usable[row.key_id], person, row.kind, value)) for row, value in pairs)


@sensitive_variables()
def _told(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """What of an identity can be compared; of the representatives their telephones."""
    numbers = spelling.phones(fields.get("phone", "")) + spelling.phones(fields.get("representatives", ""))
    told = [(Interest.PHONE, number) for number in numbers]
    told.append((Interest.ID_TAIL, spelling.tail(fields.get("id_tail", ""))))
    told.append((Interest.ADDRESS, spelling.address(fields.get("address", ""))))
    return [(kind, value) for kind, value in told if value]


@sensitive_variables()
def _spelled(kind: str, value: str) -> str:
    """The one spelling of what is declared, "" where it is not what it should be."""
    if kind == Interest.PHONE:
        numbers = spelling.phones(value)
        return numbers[0] if len(numbers) == 1 else ""
    if kind == Interest.ID_TAIL:
        return spelling.tail(value)
    found = spelling.address(value)
    exact = len(found) >= 4 and (any(c.isdigit() for c in found) or any(c in found for c in "村组号楼"))
    return found if exact else ""


@sensitive_variables()
def mark(key: keys.Key, person: Person, kind: str, value: str) -> str:
    derived = hmac.digest(key.secret, b"qingdan vault interests 1", hashlib.sha256)
    told = "\0".join((str(person.pk), kind, value)).encode()
    return f"{key.id}:{hmac.digest(derived, told, hashlib.sha256).hex()}"


def _ensure_own(what: str, by: Person, office: Office) -> None:
    if by.stands_for:
        raise Refused(what, f"您正在代{by.stands_for[0].name}办理", "利害关系只能以本人名义申报，请先结束代办")
    if not may_act_for(by, office, clock.today()):
        raise Refused(what, f"{by.name}今天在该单位没有任职", "请用本单位的账号登录后办理")
