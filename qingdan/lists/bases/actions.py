"""What acts of the ledger put into the records of 依据. `check` is an act of its own; `effects` are rows of `enter_law_change`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
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
    with acting(CHECK):
        if ("调", OFFICE) not in roles_of(office, clock.today()):
            raise Refused("不能核对依据", f"{office.short}今天不是政务办", "请把需要更正的内容告知政务办")
        fresh = BasisDocument.objects.get(pk=document.pk)  # what ends it may have been entered meanwhile
        for name in BEGINNING:
            setattr(fresh, name, getattr(document, name))
        if fresh.in_force_from and fresh.in_force_to and fresh.in_force_to < fresh.in_force_from:
            raise Refused("不能保存", "施行日晚于停止施行的日期", "请核对施行日")
        fresh.checked = True
        followers = [a for a in fresh.articles.all() if a.in_force_from != fresh.in_force_from]
        for article in followers:
            article.in_force_from = fresh.in_force_from
        facts = {name: getattr(fresh, name) for name in BEGINNING} | {"document": fresh.pk}
        return note(CHECK, by=by, office=office, rows=[fresh, *followers], facts=facts, key=key)


def effects(change: LawChange, places: Sequence[str]) -> list[BasisDocument | BasisArticle]:
    """第五条: what a change does to the days of documents and articles; a new edition is a new document. Refuses what cannot have happened."""
    if change.sort == LawChange.NEW:
        return _new(change)
    _ensure_newest(change, places)
    if change.sort == LawChange.AMENDED:
        return [] if places else _next_edition(change)
    if change.sort == LawChange.REPEALED:
        return _repealed(change, places)
    return _restored(change, places)


def _ensure_newest(change: LawChange, places: Sequence[str]) -> None:
    what, document = f"不能登记{change.document}{change.get_sort_display()}", change.document
    if not places and _replaced(document):
        raise Refused(what, "这一版已经由新的一版代替", "请打开最新的一版再登记")
    if change.sort == LawChange.AMENDED and not document.holds_on(max(change.takes_effect, clock.today())):
        raise Refused(what, "它到施行日已经停止施行", "请核对文件和日期；恢复施行的请先登记恢复")


def _repealed(change: LawChange, places: Sequence[str]) -> list[BasisDocument | BasisArticle]:
    """What has ended before stays ended from its own day; a repeal that lies ahead can be dated anew."""
    affected = [row for row in _affected(change.document, places) if not _ended(row)]
    if not affected:
        raise Refused(f"不能登记{change.document}废止", "它已经停止施行", "不必再登记；日期有误的请先登记恢复施行")
    for row in affected:
        row.in_force_to, row.restored_on = change.takes_effect - ONE, None
    return affected


def _ended(row: Holding) -> bool:
    return row.in_force_to is not None and row.in_force_to < clock.today() and row.restored_on is None


def _restored(change: LawChange, places: Sequence[str]) -> list[BasisDocument | BasisArticle]:
    """What a repeal had ended holds again; of a whole law that which had ended with it."""
    end = None if places else change.document.in_force_to
    affected = [row for row in _affected(change.document, places) if row.in_force_to and not row.restored_on and end in (None, row.in_force_to)]
    if not affected:
        raise Refused(f"不能登记{change.document}恢复施行", "它没有停止施行", "请核对文件和条款")
    for row in affected:
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

