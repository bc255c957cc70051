"""The daily head, as it is given to the public: whoever keeps it can see later whether the ledger was cut, forked or rewritten (T18).

It stands in the ledger itself, in the event that closes the day, and says nothing of what was done.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date

from qingdan.engine.refusals import Refused

from . import signing
from .closing import ACT
from .models import Event

COLUMNS = ("day", "seq", "head", "root", "algorithm", "receipt_keys")


@dataclass(frozen=True)
class DayHead:
    """The last event of a day, the head of the chain after it, the root over all events of the day;
    the keys under which receipts were signed until then."""

    day: date
    seq: int
    head: str
    root: str
    algorithm: str
    receipt_keys: str = ""


def day_heads(since: date | None = None, newest: int | None = None) -> list[DayHead]:
    """The closed days, newest first: all, those from a day on, or so many of them. Two queries."""
    found, keys = [], signing.published()
    for event in Event.objects.filter(act=ACT).order_by("-seq")[:newest]:
        facts = event.facts
        day = date.fromisoformat(facts["day"])
        if since is not None and day < since:
            break
        if "head" not in facts:  # closed before the closings told the head
            continue
        told = " ".join(public for seq, public in keys if seq <= facts["seq"])
        found.append(DayHead(day, facts["seq"], facts["head"], facts["root"], facts["alg"], told))
    return found


def as_csv(heads: Iterable[DayHead]) -> str:
    """One line a day, oldest first; `audit/verify_ledger.py --heads` reads it."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows(astuple(head) for head in sorted(heads, key=lambda head: head.day))
    return out.getvalue()


def read_published(words: Iterable[str]) -> dict[int, str]:
    """{seq: head} out of SEQ:HASH, as they were published. Raises Refused."""
    found: dict[int, str] = {}
    for word in words:
        seq, _, head = word.strip().partition(":")
        number = int(seq) if seq.isdecimal() else 0
        if number < 1 or not head.isalnum() or found.setdefault(number, head.lower()) != head.lower():
            why = f"“{word[:80]}”不是“号:链首”，或者同一号有两个链首"
            raise Refused("不能与公布的链首核对", why, "请照台账摘要页上的写法，例如 254:6de5…（64 位）")
    return found
