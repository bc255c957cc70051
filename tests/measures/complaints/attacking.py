"""f6: somebody who has every table that was published, knows the rule by heart, and goes through all districts that would have shown the same.

Knows nothing of why the rule should be safe: it only asks the rule, of table after table, what it would have shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from math import comb

Rule = Callable[[Sequence[int]], tuple[int | None, ...] | None]
CAP = 60  # complaints of one quarter, where the total is not shown
MOST = 12_000  # tables that are gone through one by one


@dataclass(frozen=True)
class Publisher:
    """How a district publishes: what is shown of a table, and of the total."""

    rule: Rule
    total: Callable[[int], int | None]


@dataclass(frozen=True)
class Seen:
    """One publication: over which quarters it counts, the total, and for each table what is shown and how many classes it has."""

    quarters: frozenset[int]
    total: int | None
    tables: tuple[tuple[tuple[int | None, ...] | None, int], ...]


def published(by: Publisher, tables: Sequence[Sequence[int]], quarters: Sequence[int]) -> Seen:
    return Seen(frozenset(quarters), by.total(sum(tables[0])), tuple((by.rule(t), len(t)) for t in tables))


def spread(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many complaints fall into so many classes."""
    for bars in combinations(range(total + cells - 1), cells - 1):
        places = (-1, *bars, total + cells - 1)
        yield tuple(b - a - 1 for a, b in pairwise(places))


@cache
def possible(rule: Rule, shown: tuple[int | None, ...] | None, cells: int, total: int) -> tuple[frozenset[int], ...] | None:
    """For each class the numbers that it may have in a table of this total that would have been shown so; None: there is no such table."""
    hidden = [i for i in range(cells) if shown is None or shown[i] is None]
    rest = total - sum(n or 0 for n in shown or ())
    found: list[set[int]] = [set() for _ in range(cells)]
    if rest < 0 or (not hidden and rest):
        return None
    for guess in spread(rest, len(hidden)) if hidden else [()]:
        table = list(shown or [0] * cells)
        for i, n in zip(hidden, guess, strict=True):
            table[i] = n
        if rule(table) == shown:
            for values, n in zip(found, table, strict=True):
                values.add(n)
    return tuple(map(frozenset, found)) if found[0] else None


def attack(by: Publisher, seen: Seen) -> dict[tuple[int, int], set[int]]:
    """(table, class) → every number that it may have, as far as one publication tells. All tables of it have one total."""
    totals = [n for n in range(CAP) if by.total(n) is None] if seen.total is None else [seen.total]
    found: dict[tuple[int, int], set[int]] = {}
    for total in totals:
        told = [possible(by.rule, shown, cells, total) for shown, cells in seen.tables]
        if any(one is None for one in told):
            continue
        for t, table in enumerate(told):
            for c, values in enumerate(table or ()):
                found.setdefault((t, c), set()).update(values)
    return found


def fits(seen: Seen) -> bool:
    """Can all tables be gone through one by one?"""
    top = seen.total if seen.total is not None else 4
    return all(comb(top - sum(n or 0 for n in shown or ()) + cells - 1, cells - 1) <= MOST for shown, cells in seen.tables)


def differences(all_seen: Sequence[Seen]) -> Iterator[tuple[frozenset[int], int, int, int]]:
    """(quarters, table, class, number): what two publications tell of which one counts over more quarters than the other."""
    for more in all_seen:
        for less in all_seen:
            if not less.quarters < more.quarters:
                continue
            for t, ((wide, cells), (narrow, _)) in enumerate(zip(more.tables, less.tables, strict=True)):
                for c in range(cells):
                    if wide and narrow and wide[c] is not None and narrow[c] is not None:
                        yield more.quarters - less.quarters, t, c, wide[c] - narrow[c]


def worked_out(by: Publisher, all_seen: Sequence[Seen]) -> list[str]:
    """The numbers below five that are known for certain."""
    found = [
        f"{sorted(seen.quarters)} table {t} class {c}: {min(values)}"
        for seen in all_seen for (t, c), values in attack(by, seen).items() if len(values) == 1 and min(values) < 5
    ]  # fmt: skip
    return found + [f"{sorted(q)} table {t} class {c}: {n}, by difference" for q, t, c, n in differences(all_seen) if n < 5]


def another(rule: Rule, table: Sequence[int], i: int) -> tuple[int, ...] | None:
    """A table that would have been shown alike, with another number in class i; looked for among those in which two classes differ from this one."""
    shown = rule(table)
    for j in range(len(table)):
        for n in range(table[i] + table[j] + 1) if j != i else ():
            other = list(table)
            other[i], other[j] = n, table[i] + table[j] - n
            if n != table[i] and rule(other) == shown:
                return tuple(other)
    return None
