"""What is asked of the lists. What is in force on a day, as known on a day, is one query whatever the number of items."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.offices.models import Office
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.schema import LISTS


def standing_on(day: date, known: date | None = None) -> QuerySet[ItemVersion]:
    """The last version of each item that had been published by `known` and holds from `day` or before, cancelled ones included."""
    bounds = {"effective_from__lte": day, "published_on__lte": known or clock.today()}
    later = ItemVersion.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"), **bounds)
    found: QuerySet[ItemVersion] = ItemVersion.objects.filter(~Exists(later), **bounds)
    return found


def in_force_on(day: date, known: date | None = None) -> QuerySet[ItemVersion]:
    """All items in force on a day, of all lists."""
    return standing_on(day, known).filter(status=ItemVersion.IN_FORCE)


def in_force(
    kind: str, on: date | None = None, known: date | None = None, office: Office | str | None = None, q: str = ""
) -> QuerySet[ItemVersion]:
    """第十条（一）: what of a list may be acted upon on a day (today unless said), as known on a day; by office (or its code), by text."""
    found = in_force_on(on or clock.today(), known).filter(item__kind=kind)
    if office:
        found = found.filter(office__code=office if isinstance(office, str) else office.code)
    for word in (q or "").split():
        found = found.filter(Q(name__icontains=word) | Q(item__code__icontains=word))
    return found.select_related("item", "office").order_by("office__code", "item__code")


def version_on(item: Item, on: date, known: date | None = None) -> ItemVersion | None:
    """The version of this item that stood on a day: None before the first; a cancelled one says 已取消."""
    return standing_on(on, known).filter(item=item).select_related("item", "office", "case").first()


def current(item: Item) -> ItemVersion | None:
    """The newest version, whether it holds already or from a later day."""
    return newest().filter(item=item).select_related("item", "office", "case").first()


def newest() -> QuerySet[ItemVersion]:
    """The newest version of every item."""
    later = ItemVersion.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    found: QuerySet[ItemVersion] = ItemVersion.objects.filter(~Exists(later))
    return found


def newest_of(codes: Iterable[str]) -> dict[str, ItemVersion]:
    """Code of each of these items → its newest version; one query."""
    found = newest().filter(item__code__in=list(codes)).select_related("item", "office", "case")
    return {version.item.code: version for version in found}


def history(item: Item) -> QuerySet[ItemVersion]:
    """All versions of an item, newest first, each with its case."""
    return item.versions.select_related("item", "office", "case").order_by("-number")


def counts(on: date | None = None, known: date | None = None) -> dict[str, int]:
    """How many items of each list are in force on a day; one query, and nought for an empty list."""
    found = in_force_on(on or clock.today(), known)
    per_list = dict(found.values_list("item__kind").annotate(n=Count("pk")).order_by())
    return {kind: per_list.get(kind, 0) for kind in LISTS}


def offices_in(kind: str, on: date | None = None, known: date | None = None) -> list[tuple[str, str, int]]:
    """(code, short name, number of items) of every office that has items of a list in force; one query."""
    found = in_force_on(on or clock.today(), known).filter(item__kind=kind)
    per_office = found.values_list("office__code", "office__short").annotate(n=Count("pk")).order_by("office__code")
    return [(code, short, n) for code, short, n in per_office]


def find(code: str) -> Item | None:
    """The item with this code, whatever became of it."""
    found: Item | None = Item.objects.filter(code=code).select_related("office", "case").first()
    return found


def open_cases(codes: list[str] | None = None) -> dict[str, str]:
    """Code of each item about which a case is open → the number of that case. `Case.subject` of a change is the item's code."""
    busy = Obligation.objects.filter(case=OuterRef("pk"), how="")
    cases = Case.objects.filter(Exists(busy)).exclude(subject="")
    if codes is not None:
        cases = cases.filter(subject__in=codes)
    return dict(cases.order_by("-pk").values_list("subject", "number"))
