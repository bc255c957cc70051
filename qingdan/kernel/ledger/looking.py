"""T20, S52: which two persons look at a clock in doubt and at a batch on hold: one 系统管理员 and one 安全管理员.

Where there is not one of each with an account in use, nobody could go on: there it is two of 政务办, as before the 三员 were appointed.
"""

from __future__ import annotations

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Account, Office, Person
from qingdan.kernel.offices.queries import roles_of
from qingdan.statute.laws import EDITIONS
from qingdan.statute.roles import OFFICE

from . import hands

KEEPERS = {Account.SYSTEM, Account.SECURITY}


def by_keepers() -> bool:
    """Is there one of each?"""
    return set(Account.objects.filter(duty__in=KEEPERS, person__active=True).values_list("duty", flat=True)) == KEEPERS


def who() -> str:
    """Whom the pages and the refusals name."""
    return "系统管理员和安全管理员各一人在“时钟核对”中" if by_keepers() else "政务办两人在“时钟与日历”中"


def completes(what: str, why: str, first: Person | None, first_names: frozenset[str], *, by: Person, office: Office | None) -> bool:
    """Is this the second look? False: it is the first one that counts. Refuses who may not look, and who is no second person beside the first.

    `first`: who has looked; `first_names`: who counts as having looked (`hands`). A look of somebody who could not look today does not count.
    """
    if by_keepers():
        return _of_keepers(what, why, first, by)
    if by.duty or office is None or not any((code, OFFICE) in roles_of(office, clock.today()) for code in EDITIONS):
        raise Refused(what, "由政务办两人分别核对", "请联系政务办")
    if first is None or first.duty:
        return False
    hands.ensure_another(what, first_names, by, why, "请政务办另一名同志登录后确认")
    return True


def _of_keepers(what: str, why: str, first: Person | None, by: Person) -> bool:
    if by.duty not in KEEPERS or not by.active:
        raise Refused(what, "由系统管理员和安全管理员各一人核对", "请联系他们；政务办发现的情况请一并告知")
    if first is None or first.duty not in KEEPERS or not first.active:
        return False
    if first.pk == by.pk:
        raise Refused(what, why, f"请{dict(Account.DUTIES)[(KEEPERS - {by.duty}).pop()]}登录后确认")
    if first.duty == by.duty:
        other = dict(Account.DUTIES)[(KEEPERS - {by.duty}).pop()]
        raise Refused(what, f"{first.name}已核对，还需要的是{other}", f"请{other}登录后确认")
    return True
