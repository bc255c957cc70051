"""From published versions to the records on which they rest. What an act of publishing writes besides the versions.

`link` is pure in the text: the same versions give the same links. Missing documents and articles are made, 待核.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model

from qingdan.lists.models import ItemVersion

from .models import BasisArticle, BasisDocument, BasisLink
from .parsing import Citation, Parsed, parse

CHUNK = 500
LAWS = (("条例", "法规"), ("规定", "规章"), ("办法", "规章"), ("细则", "规章"), ("法", "法律"), ("法典", "法律"))
"""How the name of a document ends → its kind, until somebody has looked (待核)."""


@dataclass
class Linked:
    """Rows to be saved: documents and articles before the versions, links after them."""

    documents: list[BasisDocument] = field(default_factory=list)
    articles: list[BasisArticle] = field(default_factory=list)
    links: list[BasisLink] = field(default_factory=list)

    @property
    def before(self) -> list[Model]:
        return [*self.documents, *self.articles]


def parsed_of(version: ItemVersion) -> Parsed:
    """The citations in the text of 依据 of a version."""
    return parse(version.content_dict.get("basis", ""))


def link(versions: Sequence[ItemVersion], day: date) -> Linked:
    """The links of versions that are published on `day`, and the records that were lacking; a fixed number of queries."""
    read = [(version, parsed_of(version)) for version in versions if not version.cancelled]
    keys = {c.key for _, parsed in read for c in parsed.citations}
    editions = _editions(keys)
    articles = _articles([d for chain in editions.values() for d in chain])
    out = Linked()
    for version, parsed in read:
        linked: set[int] = set()
        for citation in parsed.citations:
            article = _article(citation, day, editions, articles, out)
            if id(article) not in linked:  # two spellings of one place
                linked.add(id(article))
                out.links.append(BasisLink(version=version, article=article, text=citation.text))
        out.links += [BasisLink(version=version, article=None, text=text) for text in parsed.unread]
    return out


def in_force_from(links: Iterable[BasisLink]) -> dict[int, date]:
    """第十条（一）: for each version (by identity) the latest 施行日 of what it rests on, where one is known."""
    found: dict[int, date] = {}
    for one in links:
        if one.article is not None and one.article.in_force_from:
            found[id(one.version)] = max(found.get(id(one.version), date.min), one.article.in_force_from)
    return found


def edition_on(chain: Sequence[BasisDocument], day: date, year: int | None = None) -> BasisDocument | None:
    """Of successive editions the one that the text names by its year; else the newest that holds on the day; else the newest."""
    named = [d for d in chain if year and d.published_on and d.published_on.year == year]
    holding = [d for d in chain if d.holds_on(day)]
    found = named or holding or list(chain)
    return found[-1] if found else None


def kind_of(title: str) -> str:
    """The kind that the name of a document suggests."""
    return next((kind for ending, kind in LAWS if title.endswith(ending)), "规范性文件")


def _article(
    citation: Citation, day: date, editions: dict[str, list[BasisDocument]], articles: dict[tuple[int, str], BasisArticle], out: Linked
) -> BasisArticle:
    chain = editions.setdefault(citation.key, [])
    document = edition_on(chain, day, citation.year)
    if document is None:
        document = BasisDocument(key=citation.key, kind=kind_of(citation.title), title=citation.title, number=citation.number)
        chain.append(document)
        out.documents.append(document)
    place = (id(document), citation.place)
    if place not in articles:
        articles[place] = article_of(document, citation.place)
        out.articles.append(articles[place])
    return articles[place]


def article_of(document: BasisDocument, place: str) -> BasisArticle:
    """A new record of an article: it holds as its document does, until somebody says otherwise."""
    days = {name: getattr(document, name) for name in ("in_force_from", "in_force_to", "restored_on")}
    return BasisArticle(document=document, place=place, **days)


def _editions(keys: set[str]) -> dict[str, list[BasisDocument]]:
    """Key → its editions, oldest first."""
    found: dict[str, list[BasisDocument]] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), CHUNK):
        for document in BasisDocument.objects.filter(key__in=wanted[start : start + CHUNK]).order_by("pk"):
            found.setdefault(document.key, []).append(document)
    return found


def _articles(documents: list[BasisDocument]) -> dict[tuple[int, str], BasisArticle]:
    by_key = {d.pk: d for d in documents}
    found: dict[tuple[int, str], BasisArticle] = {}
    keys = sorted(by_key)
    for start in range(0, len(keys), CHUNK):
        for article in BasisArticle.objects.filter(document__in=keys[start : start + CHUNK]):
            article.document = by_key[article.document_id]
            found[id(article.document), article.place] = article
    return found
