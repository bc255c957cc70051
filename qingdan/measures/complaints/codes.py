"""The query code: what a complainant holds in the place of an account. 100 bits, shown once, kept as a hash.

It opens one complaint together with its 受理编号: the number finds the row, the code proves the right. Whatever is wrong, the answer and
the work are the same (T12). Five tries an hour from one address; then one for each delay.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.drawn import READ_AS, derived, drawn, grouped
from qingdan.kernel.throttle.limits import Limit, closed_until, forgiven, tried

from .access import by_reference, code_hash
from .models import Complaint

LENGTH = 20  # of 32 signs: 100 bits
GUESSES = Limit("code", 5, timedelta(minutes=1), timedelta(minutes=16))
FILINGS = Limit("file", 10, timedelta(minutes=1), timedelta(minutes=16))
WRONG = "受理编号或者查询码不对"
NOBODY = "argon2$argon2id$v=19$m={1},t={0},p={2}$bm9ib2R5IG5vYm9keQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""Fits no code: what is checked where there is no such complaint."""


class Hasher(Argon2PasswordHasher):
    """Django's Argon2 at a cost of its own: the code is random, so the hash need not make up for a weak one."""

    @property
    def time_cost(self) -> int:  # type: ignore[override]
        return settings.QUERY_CODE_COST[0]

    @property
    def memory_cost(self) -> int:  # type: ignore[override]
        return settings.QUERY_CODE_COST[1]

    @property
    def parallelism(self) -> int:  # type: ignore[override]
        return settings.QUERY_CODE_COST[2]


def new_code() -> str:
    """7K2M-9X4C-… in five groups, as it is shown, once."""
    return grouped(drawn(LENGTH))


@sensitive_variables()
def code_of(token: str) -> str:
    """The code of a form that a clerk fills in: it follows from the form's token under the product's own key, so that sent twice it is one."""
    key = hashlib.sha256(f"qingdan complaint at the desk {settings.SECRET_KEY}".encode()).digest()
    return grouped(derived(hmac.digest(key, token.encode(), "sha256"), LENGTH))


@sensitive_variables()
def plain(typed: str) -> str:
    """Without what people put between the signs, O and I read as 0 and 1, full-width signs as usual ones."""
    narrow = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in typed[:200])
    return re.sub(r"[\s\-–—_.·]+", "", narrow).upper().translate(READ_AS)


@sensitive_variables()
def hash_of(code: str) -> str:
    """What is kept of it."""
    hasher = Hasher()
    return hasher.encode(plain(code), hasher.salt())


@sensitive_variables()
def fits(kept: str, typed: str) -> bool:
    """Is this the code? As much work where there is none to compare with."""
    found = Hasher().verify(plain(typed), kept or NOBODY.format(*settings.QUERY_CODE_COST))
    return found and bool(kept)


@sensitive_variables()
def opened(reference: str, typed: str, address: str) -> Complaint:
    """The complaint of this number, for whoever shows its code. Raises Refused, always in the same words; or says until when to wait."""
    ensure_open(GUESSES, address, "不能查询")
    if until := tried(GUESSES, address):
        raise _too_often("不能查询", GUESSES, until)
    wanted = plain(reference)[:16]
    complaint = by_reference(wanted) if fits(code_hash(wanted), typed) else None
    if complaint is None:
        raise Refused("不能查询", WRONG, "请照回执核对两项；字母不分大小写，横线和空格可以不写")
    forgiven(GUESSES, address)
    return complaint


def ensure_open(limit: Limit, address: str, what: str) -> None:
    """Raises Refused where this address has to wait."""
    if until := closed_until(limit, address):
        raise _too_often(what, limit, until)


class TooOften(Refused):
    """Wait: answered with 429."""


def _too_often(what: str, limit: Limit, until: datetime) -> TooOften:
    there = until.astimezone(clock.SHANGHAI)
    why = f"从您所在的网络一小时内已经试了 {limit.tries} 次，为防有人猜测或者刷屏，现在要等一等"
    return TooOften(what, why, f"请在 {there:%H:%M:%S} 以后再试，填写的内容不会丢失；也可以换一个网络，或者拨打公布的电话")
