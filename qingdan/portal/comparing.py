"""What a list says on one day otherwise than on another, item by item (P-A5). A fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qingdan.lists import queries
from qingdan.lists.differences import Row, listed
from qingdan.lists.models import ItemVersion
from qingdan.lists.schema import ListKind

from . import showing

ADDED, GONE, CHANGED = "增", "减", "改"


class Stands(NamedTuple):
    """What stands in a list under a code: a version, and the office that holds it."""

    version: int
    office: str
    short: str


@dataclass(frozen=True)
class Step:
    """One item between two days: 增, 减 or 改."""

    sort: str
    code: str
    old: int | None
    new: int | None


@dataclass(frozen=True)
class Entry:
    """A step with what people read: the name, the unit, the changed fields."""

    sort: str
    version: ItemVersion
    previous: ItemVersion | None
    rows: list[Row]


def standing(kind: ListKind, day: date) -> dict[str, Stands]:
    """Code → what stood on that day, as it is known today."""
    found = queries.in_force(kind.key, on=day).values_list("item__code", "pk", "office__code", "office__short")
    return {code: Stands(pk, office, short) for code, pk, office, short in found}


def offices(*sides: dict[str, Stands]) -> list[tuple[str, str]]:
    """(code, short name) of every unit with an item on either side."""
    return sorted({(stands.office, stands.short) for side in sides for stands in side.values()})


def steps(old: dict[str, Stands], new: dict[str, Stands], office: str = "") -> list[Step]:
    """增, 减, 改, each in the order of the codes; with an office, what it held on either day."""
    if office:
        held = {code for side in (old, new) for code, stands in side.items() if stands.office == office}
        old, new = ({code: side[code] for code in held & side.keys()} for side in (old, new))
    found = listed(old, new)
    same = _said_the_same((old[code].version, new[code].version) for code in found.changed)
    return [
        *(Step(ADDED, code, None, new[code].version) for code in found.added),
        *(Step(GONE, code, old[code].version, None) for code in found.gone),
        *(Step(CHANGED, code, old[code].version, new[code].version) for code in found.changed if old[code].version not in same),
    ]


def _said_the_same(pairs: Iterable[tuple[int, int]]) -> set[int]:
    """Old versions that were published anew without a change."""
    pairs = list(pairs)
    every = [pk for pair in pairs for pk in pair]
    said = {pk: rest for pk, *rest in ItemVersion.objects.filter(pk__in=every).values_list("pk", "office", "content")}
    return {a for a, b in pairs if said[a] == said[b]}


def entries(page: Iterable[Step]) -> list[Entry]:
    """The steps of one page with their texts; one query."""
    page = list(page)
    wanted = {pk for step in page for pk in (step.old, step.new) if pk}
    versions = {v.pk: v for v in ItemVersion.objects.filter(pk__in=wanted).select_related("item", "office")}
    return [_entry(step, versions.get(step.old or 0), versions.get(step.new or 0)) for step in page]


def _entry(step: Step, old: ItemVersion | None, new: ItemVersion | None) -> Entry:
    shown = new or old
    if shown is None:
        raise LookupError(step.code)
    return Entry(step.sort, shown, old, showing.changes(new, old) if new and old else [])
