"""What is asked of 依据: what rests on this article, what rests on nothing, what is held back. One indexed query each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qingdan.kernel import clock
from qingdan.lists.models import ItemVersion
from qingdan.lists.queries import in_force_on

from .models import BasisArticle, BasisDocument, BasisLink, Hold, valid_on
from .parsing import sort_key, within

MANY = 500


# ---- what rests on it ------------------------------------------------------------------------------


def resting_on(articles: Iterable[BasisArticle], day: date | None = None, known: date | None = None) -> QuerySet[ItemVersion]:
    """The items in force on a day whose text rests on one of these articles; one query, whatever the number of items."""
    keys = [article.pk for article in articles]
    linked = BasisLink.objects.filter(article__in=keys).values("version")
    found = in_force_on(day or clock.today(), known).filter(pk__in=linked)
    return found.select_related("item", "office").order_by("office__code", "item__code")


def parts_of(document: BasisDocument, places: Iterable[str] = ()) -> list[BasisArticle]:
    """The recorded articles of a document that lie within these places (none: all), in the order of their numbers."""
    wanted = list(places)
    found = [a for a in document.articles.all() if not wanted or any(within(a.place, place) for place in wanted)]
    return sorted(found, key=lambda a: sort_key(a.place))


def counts_of(document: BasisDocument, day: date) -> list[tuple[BasisArticle, int]]:
    """Each article of a document with the number of items in force that rest on it; two queries."""
    standing = in_force_on(day).filter(pk=OuterRef("version"))
    resting = BasisLink.objects.filter(Exists(standing), article__document=document)
    per_article = dict(resting.values_list("article").annotate(n=Count("pk")).order_by())
    return [(article, per_article.get(article.pk, 0)) for article in parts_of(document)]


def editions_of(document: BasisDocument) -> list[BasisDocument]:
    """All editions of the same law, oldest first."""
    return list(BasisDocument.objects.filter(key=document.key).order_by("pk"))


def documents(words: str = "", state: str = "") -> QuerySet[BasisDocument]:
    """The register, with the number of articles; `state`: unchecked (待核), ended."""
    found = BasisDocument.objects.annotate(n=Count("articles", filter=~Q(articles__place="")))
    for word in words.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(number__icontains=word) | Q(issuer__icontains=word))
    if state == "unchecked":
        found = found.filter(checked=False)
    if state == "ended":
        found = found.exclude(valid_on(clock.today()))
    return found.order_by("title", "pk")


# ---- what a version rests on, and what rests on nothing -------------------------------------------------


def links_of(version: ItemVersion) -> list[BasisLink]:
    """The links of a version, in the order of its text; one query."""
    return list(version.bases.select_related("article__document").order_by("pk"))


def without_basis(day: date) -> QuerySet[ItemVersion]:
    """Items in force that rest on no recorded article at all."""
    return _plain(in_force_on(day).filter(~Exists(BasisLink.objects.filter(version=OuterRef("pk"), article__isnull=False))))


def without_valid_basis(day: date, known: date | None = None) -> QuerySet[ItemVersion]:
    """第十条（一）: items in force that rest on recorded articles, none of which holds on that day."""
    links = BasisLink.objects.filter(version=OuterRef("pk"), article__isnull=False)
    return _plain(in_force_on(day, known).filter(Exists(links), ~Exists(links.filter(valid_on(day, "article__")))))


def with_unread(day: date) -> QuerySet[ItemVersion]:
    """Items in force with text of 依据 that could not be recognised (未能识别的依据)."""
    return _plain(in_force_on(day).filter(Exists(BasisLink.objects.filter(version=OuterRef("pk"), article__isnull=True))))


def _plain(found: QuerySet[ItemVersion]) -> QuerySet[ItemVersion]:
    return found.select_related("item", "office").order_by("office__code", "item__code")


# ---- 第十条（一） 待核, 暂停行使 -----------------------------------------------------------------------------


def holds(versions: Iterable[ItemVersion], on: date | None = None, known: date | None = None) -> dict[int, Hold]:
    """Key of a version → what holds it back on a day, as known on a day; one query."""
    on = on or clock.today()
    known = known or clock.today()
    versions = list(versions)
    items = {v.item_id for v in versions}
    found = Hold.objects.filter(flagged_on__lte=on, noted_on__lte=known).select_related("version").order_by("pk")
    if len(items) <= MANY:  # of a whole list it is cheaper to look through the holds, which are few
        found = found.filter(version__item__in=items)
    of_item: dict[int, list[Hold]] = {}
    for hold in found:
        if hold.state_on(on, known):
            of_item.setdefault(hold.version.item_id, []).append(hold)
    return {v.pk: hold for v in versions for hold in of_item.get(v.item_id, ()) if hold.covers(v)}


def hold_of(version: ItemVersion, on: date | None = None, known: date | None = None) -> Hold | None:
    """What holds one version back on a day."""
    return holds([version], on, known).get(version.pk)


def open_holds(day: date) -> list[tuple[Hold, ItemVersion]]:
    """Everything that is 待核 or 暂停行使 on a day, each with the version that stands; undecided ones first. Two queries."""
    undecided_or_suspended = Q(decided_on__isnull=True) | Q(suspended=True, resumed_on__isnull=True)
    found = list(Hold.objects.filter(undecided_or_suspended).select_related("version", "case").order_by("decided_on", "flagged_on", "pk"))
    items = {hold.version.item_id for hold in found}
    standing = {v.item_id: v for v in in_force_on(day).filter(item__in=items).select_related("item", "office")}
    pairs = ((hold, standing.get(hold.version.item_id)) for hold in found)
    return [(hold, version) for hold, version in pairs if version and hold.covers(version) and hold.state_on(day, day)]
