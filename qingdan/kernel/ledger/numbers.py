"""The numbers of cases: one after another, except where a gap would tell somebody that others have complained (T6)."""

from __future__ import annotations

import secrets

from .models import Case

UNCOUNTED = frozenset({"诉"})
"""Measures whose cases bear drawn numbers. Their serial stays in the table, for the ledger alone, and is shown nowhere."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without I, L, O, U
DRAWN = 8  # of them: 2 to the power of 40


def number_of(code: str, year: int, serial: int) -> str:
    """调2016-0007, or 诉2016-K7QF9M2D, which no other case bears."""
    if code not in UNCOUNTED:
        return f"{code}{year}-{serial:04d}"
    while True:
        number = f"{code}{year}-{''.join(secrets.choice(ALPHABET) for _ in range(DRAWN))}"
        if not Case.objects.filter(number=number).exists():
            return number
