"""Finding items in plain words. Stands on `lists.queries`; narrows what that gives, one query each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When

from qingdan.kernel.ledger.canonical import text as canonical
from qingdan.lists import queries
from qingdan.lists.fields import tidy
from qingdan.lists.models import ItemVersion
from qingdan.lists.schema import ListKind

LONGEST, WORDS = 100, 8  # characters and words of a search; what is beyond is left out


def words_of(q: str) -> list[str]:
    """The words of a search, without what nobody can have meant to type."""
    return [w for w in "".join(c if c.isprintable() else " " for c in tidy(q)[:LONGEST]).split() if w][:WORDS]


def everywhere(words: Iterable[str], on: date) -> QuerySet[ItemVersion]:
    """Items in force in all five lists that hold every word: those with the words in their name come first, 审批 before others."""
    found = queries.standing_on(on).filter(status=ItemVersion.IN_FORCE).select_related("item", "office")
    return _ranked(_holding(found, words), words)


def in_list(kind: ListKind, on: date, words: Iterable[str], office: str = "", category: str = "", known: date | None = None) -> QuerySet[ItemVersion]:
    """One list on a day, as known on a day, narrowed by office, 分类 and words."""
    found = _holding(queries.in_force(kind.key, on=on, known=known, office=office or None), words)
    if category:
        found = found.filter(content__contains=canonical({"category": category})[1:-1])
    return found


def _holding(found: QuerySet[ItemVersion], words: Iterable[str]) -> QuerySet[ItemVersion]:
    """Every word in the name, the code or the office; a word that is not a plain ASCII one also anywhere in the content (依据)."""
    for word in words:
        places = Q(name__icontains=word) | Q(item__code__icontains=word) | Q(office__name__icontains=word) | Q(office__short__icontains=word)
        if not word.isascii():  # the content is JSON with ASCII keys, which are no words of the item
            places |= Q(content__icontains=word)
        found = found.filter(places)
    return found


def _ranked(found: QuerySet[ItemVersion], words: Iterable[str]) -> QuerySet[ItemVersion]:
    named = Q()
    for word in words:
        named &= Q(name__icontains=word) | Q(item__code__icontains=word)
    return found.annotate(elsewhere=_unless(named), other=_unless(Q(item__kind="审批"))).order_by("elsewhere", "other", "name", "item__code")


def _unless(condition: Q) -> Case:
    """0 where the condition holds, else 1: to sort by."""
    return Case(When(condition, then=Value(0)), default=Value(1), output_field=IntegerField())


def last_published() -> dict[str, date]:
    """List → the day on which something was last published in it."""
    return dict(queries.newest().order_by().values_list("item__kind").annotate(Max("published_on")))


def categories(kind: ListKind, on: date, known: date | None = None) -> list[tuple[str, str]]:
    """(stored value, label) to choose from: those of the schema, or those met where 分类 is free text (基金)."""
    field = kind.by_key["category"]
    if field.kind == "choice":
        return list(field.choices)
    met = {v.content_dict.get("category", "") for v in queries.in_force(kind.key, on=on, known=known)}
    return [(name, name) for name in sorted(met - {""})]
