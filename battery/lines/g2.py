"""g2, g4: the second verifier beside `verify`, on copies that were tampered with."""

from __future__ import annotations

from battery import pytests
from battery.line import Run, line


@line("g2", "the second verifier agrees with verify on 200 tampered copies (cut, forked, rewritten, and all of g1) and contradicts a broken one",
      least={"tests": 30, "copies": 200})  # fmt: skip
def agreement(run: Run) -> None:
    pytests.collect(run, "tests/audit", long=run.scale >= 1)
