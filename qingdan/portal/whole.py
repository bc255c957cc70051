"""A whole list on a day, kept in the process for as long as the ledger stands still: the page most asked for, and the same for everybody.

Versions and offices change by acts alone, and every act changes the head of the ledger; so the head says whether what is kept still holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from qingdan.kernel.ledger.models import Head
from qingdan.lists import queries
from qingdan.lists.models import ItemVersion

KEPT = 32  # lists and days; ten thousand items take about half a megabyte


def standing() -> str:
    """The head of the ledger: while it is the same, so is every list."""
    return Head.objects.values_list("head", flat=True).first() or ""


@lru_cache(maxsize=KEPT)
def keys(head: str, kind: str, on: date, known: date) -> tuple[int, ...]:
    """The versions in force of one list on a day, as known on a day, in the order of the page."""
    return tuple(queries.in_force(kind, on=on, known=known).values_list("pk", flat=True))


@lru_cache(maxsize=KEPT)
def offices(head: str, kind: str, on: date, known: date) -> tuple[tuple[str, str, int], ...]:
    """Code, short name and number of items of every office that has some."""
    return tuple(queries.offices_in(kind, on=on, known=known))


def versions(some: Sequence[int]) -> list[ItemVersion]:
    """These versions in this order, with item and office; one query."""
    found = ItemVersion.objects.select_related("item", "office").in_bulk(list(some))
    return [found[key] for key in some]
