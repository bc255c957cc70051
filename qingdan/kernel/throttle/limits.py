"""So many tries an hour from one address, then one for each delay, which doubles (T12, T36). No puzzle, no script: whoever waits gets through.

An address is never written down: what is kept is a digest under the product's key and a salt of the day, and both go with the day. Those behind
one address (an office, a village) share it; an IPv6 address counts with its whole /64, which one person can have for the asking.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from qingdan.kernel import clock

from .models import Salt, Tries

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """`tries` within an hour are free; after them one for each delay, twice as long each time up to `longest`."""

    name: str
    tries: int
    delay: timedelta
    longest: timedelta

    def wait(self, count: int) -> timedelta | None:
        """How long to wait after so many tries; None: not at all."""
        beyond = count - self.tries
        return None if beyond < 0 else min(self.delay * 2 ** min(beyond, 20), self.longest)


def closed_until(limit: Limit, address: str) -> datetime | None:
    """Until when this address has to wait; None where it need not. Asking counts for nothing."""
    now, row = clock.now(), Tries.objects.filter(key=_key(limit, address)).first()
    return row.until if row is not None and _holds(row, limit, now) else None


def tried(limit: Limit, address: str) -> datetime | None:
    """Count one try. Returns until when this address has to wait, where it had to already: then the try was none, and is not looked at."""
    now = clock.now()
    with transaction.atomic():
        row, _ = Tries.objects.select_for_update().get_or_create(key=_key(limit, address), defaults={"since": now})
        if _holds(row, limit, now):
            return row.until
        recent = timedelta(0) <= now - max(row.since, row.until or row.since) < HOUR
        row.count = row.count + 1 if recent else 1
        row.since = row.since if recent and row.since <= now else now
        wait = limit.wait(row.count)
        row.until = now + wait if wait else None
        row.save()
    return None


def forgiven(limit: Limit, address: str) -> None:
    """The try that was counted last was a right one. Earlier ones stay: who holds one right code guesses no other by it."""
    with transaction.atomic():
        row = Tries.objects.select_for_update().filter(key=_key(limit, address)).first()
        if row is not None and row.count:
            row.count, row.until = row.count - 1, None
            row.save()


def _holds(row: Tries, limit: Limit, now: datetime) -> bool:
    """A wait that was set while the clock was ahead lasts no longer than any other."""
    return row.until is not None and now < row.until <= now + limit.longest


def forget() -> None:
    """What is of another day goes, first of all its salt; asked for by each sweep."""
    today = clock.today()
    if not Salt.objects.exclude(day=today).exists():
        return
    with transaction.atomic():
        Salt.objects.exclude(day=today).delete()
        Tries.objects.filter(since__lt=datetime.combine(today, time(), clock.SHANGHAI)).delete()


def _key(limit: Limit, address: str) -> str:
    salt, _ = Salt.objects.get_or_create(day=clock.today())
    told = f"{salt.salt}\0{limit.name}\0{_network(address)}".encode()
    return hmac.new(hashlib.sha256(f"qingdan throttle {settings.SECRET_KEY}".encode()).digest(), told, hashlib.sha256).hexdigest()


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)
