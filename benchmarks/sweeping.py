"""Sweeps: 10,000 duties that fell due among 1,000,000 open ones, at once and one by one; and a sweep with nothing to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import connection

from qingdan.kernel import clock
from qingdan.kernel.ledger.ticking import lapse_cases, tick

from . import filling
from .measuring import ROUNDS, Line, limit, seconds, times_as_fast

OPEN, DUE, ONE_BY_ONE = 1_000_000, 10_000, 200
REFERRED = [date(2016, 7, d) for d in (4, 5, 6, 7, 8)]
SWEPT = ["2016-07-12", "2016-07-13", "2016-07-14", "2016-07-15", "2016-07-16"]


def lines(engine: str) -> Iterator[Line]:
    d = filling.district()
    filling.open_duties(d, OPEN, date(2030, 1, 7))
    batches, single = [], []
    for day in REFERRED:
        path = [("cause_arose", date(2016, 6, 29)), ("apply", date(2016, 6, 30)), ("refer", day)]
        batches.append(filling.cases(d, DUE, path))
        single.append(filling.cases(d, ONE_BY_ONE, path))
    _analyze()
    before = [0.0] * ROUNDS

    def ours(n: int) -> float:  # the single ones first, as the sweep would take them along
        before[n] = _each(single[n], n)
        return _all(n)

    what = f"a sweep of {DUE:,} due among {OPEN:,} open, each"
    yield times_as_fast(what, "the same in a transaction each", ours, lambda n: before[n], 10, engine)
    with clock.frozen(f"{SWEPT[-1]}T12:00"):
        yield limit(f"a sweep with nothing due among {OPEN:,} open", "s", [seconds(tick) for _ in range(ROUNDS)], 0.010, engine)


def _all(n: int) -> float:
    with clock.frozen(f"{SWEPT[n]}T00:05"):
        written = 0

        def job() -> None:
            nonlocal written
            written = tick()

        taken = seconds(job)
        assert written == DUE
        return taken / written


def _each(keys: list[int], n: int) -> float:
    with clock.frozen(f"{SWEPT[n]}T00:04"):
        return seconds(lambda: [lapse_cases([key]) for key in keys], len(keys))


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
