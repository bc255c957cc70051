"""c5: files from outside."""

from __future__ import annotations

from battery import pytests
from battery.line import Run, line


@line("c5", "more than 120 files from outside (bombs, links, macros, polyglots, what tells of its maker): refused with a sentence or made harmless",
      least={"tests": 200})  # fmt: skip
def files(run: Run) -> None:
    pytests.collect(run, "-n", "2", "tests/kernel/files/harmless")
