"""T6: which numbers of a table of complaints may be shown, so that nobody works out one below five. Pure; knows no database.

A table says of each complaint of one quarter to which of its classes it belongs: each is counted once, so that the classes add up to the total,
which is shown. The rule, in full:

    Fewer than five complaints: no number at all, the total neither.
    Else the classes are put in order of size, and the smallest are left out, equal ones together, until all below five are
    among them, they are not all equal, and they are five complaints or more. If that leaves out every class, there is no table.

Why it is safe, also from whoever knows the rule. What is left out hangs on the sizes alone and not on whose they are: exchange the numbers of
any two classes that are left out, and exactly the same is shown. So every class left out may have every number left out, and these are not all equal:
no number below five has one possible value only. (Left with no table: where all classes were equal, all complaints in one of
them would show the same nothing.) Tables of one quarter have nothing but the total in common, any numbers that add up to it go together, and it is
shown: one table tells nothing of another. A complaint belongs to one quarter, and a quarter is shown once: quarters tell nothing of each other.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 5
"""The smallest number that is shown (T6); those below it, 0 included, never are."""

Shown = tuple[int | None, ...]
"""The classes of a table, None for one that is left out."""


def total_shown(total: int) -> int | None:
    """The number of all complaints of the quarter, None where it is too small to be shown."""
    return total if total >= LEAST else None


def suppress(counts: Sequence[int]) -> Shown | None:
    """What of this table is shown; None: no table. `counts`: all classes there are, at least one, those with nothing in them, too."""
    if min(counts) >= LEAST:
        return tuple(counts)
    bound = _bound(sorted(counts))
    return None if bound is None else tuple(n if n > bound else None for n in counts)


def _bound(ordered: Sequence[int]) -> int | None:
    """All up to this number are left out; None where that would be everything, and so where there are fewer than five complaints."""
    for i in range(1, len(ordered)):
        held, following = ordered[:i], ordered[i]
        if following != held[-1] and following >= LEAST and held[0] != held[-1] and sum(held) >= LEAST:
            return held[-1]
    return None
