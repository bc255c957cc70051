"""Numbers and codes that are drawn by lot: in 32 signs that nobody takes for one another (Crockford's: without I, L, O, U)."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans("ILO", "110")  # what is taken for another sign when it was written down by hand
GROUP = 4


def drawn(length: int) -> str:
    """So many signs, five bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def derived(raw: bytes, length: int) -> str:
    """So many signs out of these bytes, always the same ones."""
    number = int.from_bytes(raw, "big")
    return "".join(ALPHABET[number >> 5 * n & 31] for n in range(length))


def is_drawn(text: str) -> bool:
    """Are these our signs only?"""
    return set(text) <= set(ALPHABET)


def grouped(text: str) -> str:
    """7K2M-9X4C-…: as it is printed and read out."""
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))
