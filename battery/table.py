"""docs/battery.md: one table of the last run of each line and mutant."""

from __future__ import annotations

from pathlib import Path

from .line import POSTGRESQL, SQLITE, Mutant
from .running import Verdict, in_order

PAGE = Path(__file__).resolve().parents[1] / "docs" / "battery.md"
HEAD = """# The battery

Written by `./run battery --table`: the last full run of each line. The ids are those of the acceptance battery.
What each line does stands in `battery/lines/`; it fails when it finds a fault and when it did too little.
`a13` are mutants: the product broken on purpose, and whether the line that must notice it did.

| id | engine | what | seed | counts | verdict |
|---|---|---|---|---|---|
"""


def write(found: list[Verdict], mutants: list[Mutant], page: Path = PAGE) -> None:
    """Put these verdicts into the page; lines that were not run keep what stands there."""
    rows = _read(page) if page.exists() else {}
    for v in found:
        rows[(v.id, v.engine)] = f"| {v.id} | {v.engine} | {v.title} | {v.seed} | {v.counted} | {v.word} |"
    for m in mutants:
        for engine in (SQLITE, POSTGRESQL):
            if m.why_not and (engine not in m.engines or m.apply is None):
                rows[(f"a13 {m.name}", engine)] = f"| a13 {m.name} | {engine} | mutant: {m.title} | | | not applicable: {m.why_not} |"
    page.write_text(HEAD + "\n".join(rows[key] for key in sorted(rows, key=lambda k: (in_order(k[0]), k[1]))) + "\n", encoding="utf-8")


def _read(page: Path) -> dict[tuple[str, str], str]:
    rows = {}
    for text in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in text.strip("|").split("|")]
        if text.startswith("| ") and len(cells) == 6 and cells[0] != "id":
            rows[(cells[0], cells[1])] = text
    return rows
