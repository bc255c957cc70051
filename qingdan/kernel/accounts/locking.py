"""Five failures in a row close a name for fifteen minutes: kept in the database, for every process and over every restart.

A name that nobody bears is counted and closed alike, so that the answer does not tell whether there is such an account.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from qingdan.kernel import clock

from .models import Failure

TRIES = 5
CLOSED_FOR = timedelta(minutes=15)
KEPT_FOR = timedelta(days=1)


def closed_until(name: str) -> datetime | None:
    """Until when this name is closed; None where it is open. A lock set while the clock was ahead holds no longer than any other."""
    now, row = clock.now(), Failure.objects.filter(key=_key(name)).first()
    if row is None or row.until is None or not now < row.until <= now + CLOSED_FOR:
        return None
    return row.until


def failed(name: str) -> datetime | None:
    """One more failure; returns until when the name is closed now, if it is."""
    now = clock.now()
    with transaction.atomic():
        Failure.objects.filter(at__lt=now - KEPT_FOR).delete()
        row, _ = Failure.objects.select_for_update().get_or_create(key=_key(name), defaults={"at": now})
        in_a_row = timedelta(0) <= now - row.at < CLOSED_FOR and row.until is None
        row.count, row.at = (row.count if in_a_row else 0) + 1, now
        row.until = now + CLOSED_FOR if row.count >= TRIES else None
        row.save()
    return row.until


def succeeded(name: str) -> None:
    """Nothing is held against this name any more."""
    Failure.objects.filter(key=_key(name)).delete()


def said(until: datetime) -> str:
    """The sentence about it."""
    there = until.astimezone(clock.SHANGHAI)
    return f"这个用户名连续 {TRIES} 次没有登录成功，{there:%H:%M} 以前不再受理，密码正确也不受理。请稍后再试；忘记密码的，请联系安全管理员。"


def _key(name: str) -> str:
    return salted_hmac("qingdan.kernel.accounts.locking", name, algorithm="sha256").hexdigest()
