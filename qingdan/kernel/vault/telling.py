"""Telling one person something about an unlock. The notices stand above this package; they put in how (`notices.apps`)."""

from __future__ import annotations

from collections.abc import Callable

from qingdan.kernel.offices.models import Office, Person

TELL: list[Callable[[Person, Office, str, str, str], None]] = []
"""(person, the office in which they are told, text, key, link)."""


def tell(person: Person, office: Office, text: str, *, key: str, link: str) -> None:
    """Once per key."""
    for way in TELL:
        way(person, office, text, key, link)
