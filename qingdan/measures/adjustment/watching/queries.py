"""What is asked of the watch: whose items a change touches, and what came of the tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.offices.models import Office
from qingdan.lists.bases.models import BasisDocument, LawChange
from qingdan.lists.bases.queries import editions_of, parts_of, resting_on
from qingdan.lists.models import ItemVersion
from qingdan.measures.adjustment.models import Application
from qingdan.measures.adjustment.queries import source_of


def touched_by(document: BasisDocument, places: Sequence[str], day: date) -> list[ItemVersion]:
    """The items in force that rest on these articles; where none is named, on the law in any edition up to this one."""
    if document._state.adding:  # nothing can rest on it yet
        return []
    if places:
        articles = parts_of(document, places)
    else:
        articles = [a for d in editions_of(document) if d.pk <= document.pk for a in parts_of(d)]
    return list(resting_on(articles, day))


def by_unit(versions: Sequence[ItemVersion]) -> dict[Office, list[ItemVersion]]:
    """One entry a unit, in the order of the items."""
    found: dict[Office, list[ItemVersion]] = {}
    for version in versions:
        found.setdefault(version.office, []).append(version)
    return found


@dataclass(frozen=True)
class Task:
    """The task of one unit: its application, and how many of its cases are still to be answered."""

    application: Application
    cases: list[Case]
    waiting: int


def tasks_of(change: LawChange) -> list[Task]:
    """第七条（一）: the task of each unit; three queries."""
    found = Application.objects.filter(source=source_of(change)).select_related("office").order_by("office__code")
    cases: dict[int, list[Case]] = {}
    placed = Case.objects.filter(place__application__in=found).select_related("place").order_by("place__n")
    for case in placed:
        cases.setdefault(case.place.application_id, []).append(case)
    waiting = set(Obligation.objects.filter(how="", row="D1", case__in=placed).values_list("case", flat=True))
    return [Task(a, cases.get(a.pk, []), sum(c.pk in waiting for c in cases.get(a.pk, []))) for a in found]
