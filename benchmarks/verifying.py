"""`verify` over a million events: within five minutes and one gigabyte."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from datetime import date, timedelta

from qingdan.kernel.ledger.verify import verify

from . import filling
from .measuring import Line, limit, seconds

EVENTS, EACH = 1_000_000, 11


def lines(engine: str) -> Iterator[Line]:
    d, first = filling.district(), date(2016, 6, 13)
    path = [(act, first + timedelta(days=n)) for n, act in enumerate(("cause_arose", *("apply", "withdraw") * (EACH // 2)))]
    filling.cases(d, EVENTS // EACH + 1, path)
    report = None

    def job() -> None:
        nonlocal report
        report = verify()

    taken = seconds(job)
    assert report is not None and report.fault is None and report.events >= EVENTS, report
    yield limit(f"`verify` of {EVENTS:,} events", "s", [taken], 300, engine)
    yield limit(f"`verify` of {EVENTS:,} events, memory", "MB", [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], 1000, engine)
