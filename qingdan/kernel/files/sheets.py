"""Tables that leave as CSV: no cell of them runs as a formula when a spreadsheet opens the file (T34)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

BOM = "\ufeff"  # without it spreadsheets take the Chinese for something else
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet might run. Our own tables put ' before it; read again, the ' is no part of the text."""


def written(rows: Iterable[Iterable[str]]) -> str:
    """The file; a cell that a spreadsheet would run as a formula begins with '."""
    out = io.StringIO()
    csv.writer(out).writerows([safe(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()


def safe(cell: str) -> str:
    return "'" + cell if cell.startswith(RUNS) else cell
