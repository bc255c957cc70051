"""Running lines and mutants, and the verdicts."""

from __future__ import annotations

import importlib
import pkgutil
import re
import shutil
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path

from . import engines, lines
from .line import LINES, Line, Mutant, NotRun, Run

PASS, FAIL, NOT_RUN, CAUGHT, SURVIVED = "PASS", "FAIL", "NOT RUN", "CAUGHT", "SURVIVED"


@dataclass
class Verdict:
    id: str
    title: str
    engine: str
    seed: int
    counts: dict[str, int]
    word: str
    why: list[str]

    @property
    def good(self) -> bool:
        return self.word in (PASS, CAUGHT)

    @property
    def counted(self) -> str:
        return " ".join(f"{name}={n}" for name, n in self.counts.items())

    def __str__(self) -> str:
        told = f"{self.id} {self.engine} seed={self.seed} {self.counted} {self.word}".replace("  ", " ")
        return "\n".join([told, *(f"    {why if 'Traceback' in why else why[:400]}" for why in self.why[:8])])


def load() -> dict[str, Line]:
    """Every line, in the order of ids: a2 before a11."""
    for module in pkgutil.iter_modules(lines.__path__):
        importlib.import_module(f"{lines.__name__}.{module.name}")
    return dict(sorted(LINES.items(), key=lambda kv: in_order(kv[0])))


def in_order(id: str) -> list[object]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", id)]


def run_line(line: Line, engine: str, seed: int, scale: float = 1.0, *, mutant: str = "", keep: bool = False) -> Verdict:
    """One line on one engine. Whatever it raises is a fault: a line that broke has not checked."""
    folder = Path(tempfile.mkdtemp(prefix=f"battery-{line.id}-"))
    try:
        with engines.database(engine, folder) as database:
            run = Run(engine, seed, folder, database, scale, mutant)
            return _verdict(line, run)
    except NotRun as reason:
        return Verdict(line.id, line.title, engine, seed, {}, NOT_RUN, [str(reason)])
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _verdict(line: Line, run: Run) -> Verdict:
    broke = False
    try:
        line.do(run)
    except NotRun:
        raise
    except Exception:
        broke = True
        run.fault(traceback.format_exc().strip())
    why = run.faults + line.too_little(run)
    if not run.mutant:
        word = FAIL if why else PASS
    else:  # caught is what the oracle finds, not a line that broke or did too little
        word = CAUGHT if run.faults and not broke else SURVIVED
    return Verdict(line.id, line.title, run.engine, run.seed, run.counts, word, why)


def run_mutant(mutant: Mutant, line: Line, engine: str, seed: int, scale: float = 1.0, *, keep: bool = False) -> Verdict:
    """The line that must catch it, with the mutant in the product's processes."""
    found = run_line(line, engine, seed, scale, mutant=mutant.name, keep=keep)
    found.id, found.title = f"a13 {mutant.name}", f"mutant: {mutant.title}; looked for by {line.id}"
    return found
