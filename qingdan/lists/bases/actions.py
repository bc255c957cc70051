"""What acts of the ledger put into the records of 依据. `check` is an act of its own; `effects` are rows of `enter_law_change`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import roles_of
from qingdan.statute.roles import OFFICE

from .models import BasisArticle, BasisDocument, Holding, LawChange
from .queries import editions_of, parts_of

CHECK = "check_basis"
BEGINNING = ("kind", "title", "issuer", "number", "published_on", "in_force_from", "url")
ONE = timedelta(days=1)


def check(document: BasisDocument, *, by: Person | None, office: Office, key: str | None = None) -> Event:
    """第五条 核对依据：补齐种类、机关、文号和日期，标明已核；日期此后决定事项的生效日（第十条（一））。"""
    if ("调", OFFICE) not in roles_of(office, clock.today()):
        raise Refused("不能核对依据", f"{office.short}今天不是政务办", "请把需要更正的内容告知政务办")
    if document.in_force_from and document.in_force_to and document.in_force_to < document.in_force_from:
        raise Refused("不能保存", "施行日晚于停止施行的日期", "请核对施行日")
    document.checked = True
    followers = [a for a in document.articles.all() if a.in_force_from != document.in_force_from]
    for article in followers:
        article.in_force_from = document.in_force_from
    facts = {name: getattr(document, name) for name in BEGINNING} | {"document": document.pk}
    return note(CHECK, by=by, office=office, rows=[document, *followers], facts=facts, key=key)


def effects(change: LawChange, places: Sequence[str]) -> list[BasisDocument | BasisArticle]:
    """第五条: what a change does to the days of documents and articles; a new edition is a new document."""
    if change.sort == LawChange.NEW:
        return _new(change)
    if change.sort == LawChange.AMENDED:
        return [] if places else _next_edition(change)
    affected = _affected(change.document, places)
    for row in affected:
        if change.sort == LawChange.REPEALED:
            row.in_force_to, row.restored_on = change.takes_effect - ONE, None
        else:
            row.restored_on = change.takes_effect
    return affected


def _new(change: LawChange) -> list[BasisDocument | BasisArticle]:
    """A document that nobody knew, or that items had named before anybody knew its days."""
    document = change.document
    document.published_on, document.in_force_from, document.checked = change.announced_on, change.takes_effect, True
    known = list(document.articles.all()) if document.pk else []
    for article in known:
        article.in_force_from = change.takes_effect
    return [document, *known]


def _next_edition(change: LawChange) -> list[BasisDocument | BasisArticle]:
    """The edition that was ends the day before; its articles keep their days, since items rest on the same law (X5a)."""
    old = change.document
    old.in_force_to = change.takes_effect - ONE
    new = BasisDocument(
        key=old.key, kind=old.kind, title=old.title, issuer=old.issuer, number=change.number or old.number, url=old.url,
        published_on=change.announced_on, in_force_from=change.takes_effect, replaces=old, checked=True,
    )  # fmt: skip
    return [old, new]


def _affected(document: BasisDocument, places: Sequence[str]) -> list[BasisDocument | BasisArticle]:
    """Some articles of this edition; or, where no article is named, the law in this and every earlier edition."""
    if places:
        return list(parts_of(document, places))
    editions = [d for d in editions_of(document) if d.pk <= document.pk]
    articles = BasisArticle.objects.filter(document__in=editions).order_by("pk")
    return [*(d for d in editions if not _replaced(d)), *articles]


def _replaced(document: BasisDocument) -> bool:
    return BasisDocument.objects.filter(replaces=document).exists()


def last_day(row: Holding) -> date | None:
    """The last day on which it holds, where it has ended and was not restored."""
    return row.in_force_to if row.in_force_to and not row.restored_on else None
