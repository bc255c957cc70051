"""Timing two things in turn, five times, and what is said of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 5
Job = Callable[[int], float]
"""Given the number of the round, does the work and returns the seconds that one unit of it took."""


@dataclass(frozen=True)
class Line:
    """One row of the table. `ratio` is ours ÷ the peer's where less is better; `faster` turns it round."""

    what: str
    peer: str
    engine: str
    ours: float
    theirs: float
    ratio: float
    low: float
    high: float
    goal: str
    met: bool


def seconds(job: Callable[[], object], units: int = 1) -> float:
    """Seconds a unit."""
    began = time.perf_counter()
    job()
    return (time.perf_counter() - began) / units


def times_as_fast(what: str, peer: str, ours: Job, theirs: Job, least: float, engine: str = "") -> Line:
    """The peer's time ÷ ours: at least so many times as fast."""
    a, b, ratios = _in_turn(ours, theirs)
    ratios = [1 / r for r in ratios]
    return Line(what, peer, engine, a, b, median(ratios), min(ratios), max(ratios), f"≥ {least:g} times as fast", median(ratios) >= least)


def at_most(what: str, peer: str, ours: Job, theirs: Job, most: float, engine: str = "") -> Line:
    """Our time ÷ the peer's: at most so many times as long."""
    a, b, ratios = _in_turn(ours, theirs)
    return Line(what, peer, engine, a, b, median(ratios), min(ratios), max(ratios), f"≤ {most:g} times as long", median(ratios) <= most)


def limit(what: str, unit: str, got: list[float], most: float, engine: str = "") -> Line:
    """A limit in seconds or bytes that the issue itself names; there is no peer."""
    return Line(what, "", engine, median(got), most, median(got) / most, min(got) / most, max(got) / most, f"≤ {most:g} {unit}", median(got) <= most)


def _in_turn(ours: Job, theirs: Job) -> tuple[float, float, list[float]]:
    pairs = [(ours(n), theirs(n)) for n in range(ROUNDS)]
    return median(a for a, _ in pairs), median(b for _, b in pairs), [a / b for a, b in pairs]


def table(lines: list[Line]) -> str:
    """Markdown."""
    head = "| what | engine | this product | peer | ratio (lowest to highest) | goal | |\n|---|---|---|---|---|---|---|\n"
    return head + "".join(_row(line) for line in lines)


def _row(line: Line) -> str:
    theirs = f"{_time(line.theirs)}, {line.peer}" if line.peer else ""
    ratio = f"{line.ratio:.2g} ({line.low:.2g} to {line.high:.2g})" if line.ratio < 10 else f"{line.ratio:.0f} ({line.low:.0f} to {line.high:.0f})"
    ours = f"{line.ours:.0f} MB" if line.goal.endswith(" MB") else _time(line.ours)
    return f"| {line.what} | {line.engine or '-'} | {ours} | {theirs} | {ratio} | {line.goal} | {'met' if line.met else 'short'} |\n"


def _time(value: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"
