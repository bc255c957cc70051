"""What a line of the battery is, what it is given, and what comes of it."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .engines import Database, NotRun

__all__ = ["BOTH", "LINES", "POSTGRESQL", "SQLITE", "Line", "Mutant", "NotRun", "Run", "line"]

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = (SQLITE, POSTGRESQL)


@dataclass
class Run:
    """One run of one line: its means, and what it found."""

    engine: str
    seed: int
    dir: Path
    database: Database
    scale: float = 1.0
    mutant: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def times(self, wanted: int) -> int:
        """How many, after the scale of this run."""
        return max(1, round(wanted * self.scale))

    def count(self, name: str, n: int = 1) -> None:
        """Something that was done."""
        self.counts[name] = self.counts.get(name, 0) + n

    def none(self, name: str, found: Iterable[object]) -> None:
        """Something that must not be: counted, and each is a fault."""
        told = [str(one) for one in found]
        self.count(name, len(told))
        self.faults += [f"{name}: {one}" for one in told]

    def fault(self, what: str) -> None:
        self.faults.append(what)

    def say(self, what: str) -> None:
        """A word of progress, beside the verdicts."""
        sys.stderr.write(f"    {what}\n")
        sys.stderr.flush()

    def environment(self) -> dict[str, str]:
        """For the product's processes: the battery's settings, this run's folder and database, the mutant if there is one."""
        return self.database.environment(self.dir) | {"BATTERY_MUTANT": self.mutant}


@dataclass(frozen=True)
class Line:
    """`least`: the counts under which the run did too little to say anything."""

    id: str
    title: str
    do: Callable[[Run], None]
    engines: tuple[str, ...]
    least: Mapping[str, int]

    def too_little(self, run: Run) -> list[str]:
        wanted = {name: run.times(n) for name, n in self.least.items()}
        return [f"{name}={run.counts.get(name, 0)}, at least {n}" for name, n in wanted.items() if run.counts.get(name, 0) < n]


@dataclass(frozen=True)
class Mutant:
    """A way to break the product on purpose; `by`: the lines that must catch it, each on its engines. `why_not`: where it is not of
    `engines`, or cannot be applied at all, the proof that it changes nothing there."""

    name: str
    title: str
    by: tuple[str, ...]
    apply: Callable[[], None] | None = None
    engines: tuple[str, ...] = BOTH
    why_not: str = ""


LINES: dict[str, Line] = {}


def line(
    id: str, title: str, *, engines: tuple[str, ...] = (SQLITE,), least: Mapping[str, int] | None = None
) -> Callable[[Callable[[Run], None]], Callable[[Run], None]]:
    """Register a line of the battery."""

    def register(do: Callable[[Run], None]) -> Callable[[Run], None]:
        if id in LINES:
            raise ValueError(f"two lines are called {id}")
        LINES[id] = Line(id, title, do, engines, dict(least or {}))
        return do

    return register
