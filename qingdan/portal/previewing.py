"""The list as it would be (P-B1): what a case, an application or a draft would publish, as versions that are never saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.offices.models import Office
from qingdan.lists.actions import version as unsaved
from qingdan.lists.merging import meet, merged
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.queries import counts, in_force, newest_of
from qingdan.lists.schema import LISTS, ListKind
from qingdan.measures.adjustment.models import NEW, ChangeRequest, Draft
from qingdan.measures.adjustment.requesting import of_draft

from .comparing import ADDED, CHANGED, GONE


@dataclass(frozen=True)
class Coming:
    """One item as it would be: 增, 减 or 改; the version that would stand, and the one that stands now."""

    n: int
    sort: str
    version: ItemVersion
    previous: ItemVersion | None


@dataclass(frozen=True)
class Balance:
    """One list: how many items are in force now, how many would be added, taken out, changed, and how many there would be."""

    kind: ListKind
    now: int
    added: int
    gone: int
    changed: int

    @property
    def then(self) -> int:
        return self.now + self.added - self.gone


def of_cases(cases: QuerySet[Case]) -> list[Coming]:
    """What these cases would publish: those that are still under way and have not published."""
    open_ones = Obligation.objects.filter(case=OuterRef("pk"), how="")
    found = cases.filter(Exists(open_ones), request__isnull=False, versions__isnull=True).select_related("request__item", "office").order_by("pk")
    return _coming([(case.request, case.office) for case in found])


def of_drafts(drafts: Iterable[Draft]) -> list[Coming]:
    """What these drafts would publish, right or not; the newest version of each item in one query."""
    drafts = list(drafts)
    versions = newest_of(d.code for d in drafts if d.code)
    pairs = []
    for draft in drafts:
        version = versions.get(draft.code)
        pairs.append((of_draft(draft, version.item if version else None, version), draft.office))
    return _coming(pairs)


def balances(coming: Iterable[Coming]) -> list[Balance]:
    """Per list that would change: 增, 减, 改."""
    coming, now = list(coming), counts()
    found = []
    for kind in LISTS.values():
        sorts = [c.sort for c in coming if c.version.item.kind == kind.key]
        if sorts:
            found.append(Balance(kind, now[kind.key], sorts.count(ADDED), sorts.count(GONE), sorts.count(CHANGED)))
    return found


def list_as_it_would_be(kind: ListKind, coming: Iterable[Coming]) -> list[tuple[ItemVersion, Coming | None]]:
    """第十条（一）: what is in force today, with what would change put in its place."""
    by_code = {c.version.item.code: c for c in coming if c.version.item.kind == kind.key}
    rows: list[tuple[ItemVersion, Coming | None]] = []
    for version in in_force(kind.key):
        c = by_code.pop(version.item.code, None)
        if c is None or c.sort != GONE:
            rows.append((c.version if c else version, c))
    rows += [(c.version, c) for c in by_code.values() if c.sort != GONE]
    return sorted(rows, key=lambda row: (row[0].office.code, row[0].item.code))


def _coming(pairs: list[tuple[ChangeRequest, Office]]) -> list[Coming]:
    versions = newest_of(change.item.code for change, _ in pairs if change.item)
    return [_one(n, change, office, versions.get(change.code)) for n, (change, office) in enumerate(pairs, 1)]


def _one(n: int, change: ChangeRequest, office: Office, previous: ItemVersion | None) -> Coming:
    """With what a version published since the application changed, as 公布 would have it."""
    sort = GONE if change.ends else ADDED if change.move in NEW else CHANGED
    if sort == ADDED or previous is None:
        content, item = change.new, Item(kind=change.list_kind, code=change.code or "（编码待定）", office=office)
        return Coming(n, sort, _version(item, 1, content, office), None)
    content = merged(change.new, meet(change.list_kind, change.old, previous.content_dict, change.new))
    shown = _version(previous.item, previous.number + 1, previous.content_dict if sort == GONE else content, office)
    shown.status = ItemVersion.CANCELLED if sort == GONE else ItemVersion.IN_FORCE
    return Coming(n, sort, shown, previous)


def _version(item: Item, number: int, content: dict[str, str], office: Office) -> ItemVersion:
    named = content | {"name": content.get("name") or "（名称待定）"}
    nowhere = Case(number="（未公布）", office=office)
    return unsaved(item, number, named, office=office, case=nowhere, act="publish", approver="", now=clock.now(), incomplete=False)
