"""One root for the events of a day (hashing of RFC 6962): one event is proved with few hashes, showing no other.

The leaves are the events' own hashes, in the order of the ledger. Leaf and node hashes differ by a first byte,
so that a node can never be passed off as an event.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from qingdan.kernel.clock import SHANGHAI

from . import canonical
from .models import Event


def _leaf(alg: str, leaf: str) -> bytes:
    return hashlib.new(alg, b"\x00" + leaf.encode()).digest()


def _node(alg: str, left: bytes, right: bytes) -> bytes:
    return hashlib.new(alg, b"\x01" + left + right).digest()


def _split(n: int) -> int:
    """The largest power of two below n."""
    return 1 << (n - 1).bit_length() - 1


def root(alg: str, leaves: Sequence[str]) -> str:
    """Hex root over the leaves, in order; that of no leaves is the hash of nothing."""
    return _root(alg, leaves).hex()


def _root(alg: str, leaves: Sequence[str]) -> bytes:
    if not leaves:
        return hashlib.new(alg).digest()
    if len(leaves) == 1:
        return _leaf(alg, leaves[0])
    k = _split(len(leaves))
    return _node(alg, _root(alg, leaves[:k]), _root(alg, leaves[k:]))


def proof(alg: str, leaves: Sequence[str], place: int) -> list[str]:
    """The hashes that, with the leaf at `place`, give the root: at most 17 for 100,000 leaves."""
    if len(leaves) <= 1:
        return []
    k = _split(len(leaves))
    if place < k:
        return [*proof(alg, leaves[:k], place), _root(alg, leaves[k:]).hex()]
    return [*proof(alg, leaves[k:], place - k), _root(alg, leaves[:k]).hex()]


def proves(alg: str, leaf: str, place: int, size: int, hashes: Sequence[str], expected: str) -> bool:
    """Does this proof lead from the leaf, at this place among `size`, to the expected root?"""
    if not 0 <= place < size:
        return False
    turns = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        turns.append(place < middle)
        low, high = (low, middle) if place < middle else (middle, high)
    if len(turns) != len(hashes):
        return False
    found = _leaf(alg, leaf)
    for left, other in zip(reversed(turns), hashes, strict=True):
        found = _node(alg, found, bytes.fromhex(other)) if left else _node(alg, bytes.fromhex(other), found)
    return found.hex() == expected


def events_of(day: date) -> QuerySet[Event]:
    """The events recorded on this day (Asia/Shanghai), in the order of the ledger."""
    start = datetime.combine(day, time(0), SHANGHAI)
    return Event.objects.filter(recorded_at__gte=start, recorded_at__lt=start + timedelta(days=1)).order_by("seq")


def leaves_of(day: date) -> list[str]:
    """Their hashes."""
    events = events_of(day).values_list("alg", "seq", "salt", "body")
    return [canonical.leaf(alg, seq, salt, body) for alg, seq, salt, body in events]
