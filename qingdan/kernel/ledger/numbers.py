"""The numbers of cases: one after another, except where a gap would tell somebody that others have complained (T6)."""

from __future__ import annotations

from qingdan.kernel.drawn import drawn

from .models import Case

UNCOUNTED = frozenset({"诉"})
"""Measures whose cases bear drawn numbers. Their serial stays in the table, for the ledger alone, and is shown nowhere."""
DRAWN = 8  # signs: 2 to the power of 40


def number_of(code: str, year: int, serial: int) -> str:
    """调2016-0007, or 诉2016-K7QF9M2D, which no other case bears."""
    if code not in UNCOUNTED:
        return f"{code}{year}-{serial:04d}"
    while True:
        number = f"{code}{year}-{drawn(DRAWN)}"
        if not Case.objects.filter(number=number).exists():
            return number
