"""Everything that somebody can reach: every declared page that needs no name, every link and search from there on, and addresses that are tried.

What two crawls say differently by chance (tokens of forms, names of opaque rows, hashes) is masked by its shape; a line more or less is not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import NoReverseMatch, reverse

from qingdan.kernel.policy.declared import DECLARED, LOOK

MOST = 400
LINK = re.compile(r'<(?:a|link)\b[^>]*?\bhref="([^"]*)"')
SEARCH = re.compile(r'<form\b(?![^>]*method="post")[^>]*>(.*?)</form>', re.S)
MASKS = [
    (re.compile(r'(name="(?:csrfmiddlewaretoken|key|token|group)" value=")[^"]*'), r"\1·"),
    (re.compile(r"\b[0-9a-f]{32,128}\b"), "·"),
    (re.compile(r"<code>[0-9a-f]{16}</code>"), "<code>·</code>"),
    (re.compile(r"(papers/issued/|verify/)[0-9A-HJKMNP-TV-Z]{16}"), r"\1·"),
    (re.compile(r"\b([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b"), "·"),
    (re.compile(r"(feeds/)[^.\"/]{20,}"), r"\1·"),
    (re.compile(r'("challenge": ")[^"]*'), r"\1·"),  # of a passkey
    (re.compile(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+"), "·"),  # the square code of an authenticator app
    (re.compile(r"\b([A-Z2-7]{4} ){7}[A-Z2-7]{4}\b"), "·"),  # and its secret
    (re.compile(r"\b\d+(\.\d+)?\xa0?(KB|字节)"), "·"),  # of a paper whose square code is another one
    (re.compile(r"(<dcterms:\w+[^>]*>)[^<]*"), r"\1·"),  # when a table was packed
]
HEADERS = ("Content-Type", "Location", "Content-Disposition", "Cache-Control", "Allow", "ETag", "Last-Modified", "Set-Cookie")


@dataclass
class Heard:
    """One answer: what is compared, and its bytes as they came."""

    status: int
    headers: dict[str, str]
    text: str
    raw: bytes = field(repr=False, default=b"")

    @property
    def told(self) -> tuple[int, dict[str, str], str]:
        return self.status, self.headers, self.text


def masked(text: str) -> str:
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


def heard(client: Client, where: str, method: str = "get", **sent: str) -> Heard:
    """The answer, read to its end; archives are read inside."""
    response = getattr(client, method)(where, sent)
    raw = response.getvalue() if not response.streaming else b"".join(response.streaming_content)
    headers = {name: masked(response.headers[name]) for name in HEADERS if name in response.headers and name != "Set-Cookie"}
    if "Set-Cookie" not in HEADERS or response.cookies:
        headers["Set-Cookie"] = " ".join(sorted(response.cookies))
    return Heard(response.status_code, headers, masked("\n".join(unescape(part.decode("utf-8", "replace")) for part in opened(raw))), raw)


def opened(raw: bytes) -> Iterator[bytes]:
    """The bytes; of an archive (XLSX, DOCX, ZIP) what lies in it, without the moments at which it was packed."""
    if not raw.startswith(b"PK"):
        yield raw if not raw.startswith(b"%PDF") else b"(PDF)"
        return
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in sorted(archive.namelist()):
            yield name.encode()
            if name.endswith((".xml", ".rels", ".txt")):
                yield archive.read(name)


def starts() -> list[str]:
    """Every declared page that is looked at and has no variable part."""
    found = []
    for name, page in DECLARED.items():
        if "GET" in page.methods or page.methods == LOOK:
            try:
                found.append(reverse(name))
            except NoReverseMatch:
                continue
    return found


def crawl(client: Client, tried: Iterable[str] = (), words: Iterable[str] = (), only: Iterable[str] | None = None) -> dict[str, Heard]:
    """{address: answer}. `tried`: addresses that nobody leads to; `words`: what is looked for in every search; `only`: these pages, and no links."""
    waiting: list[str] = list(only) if only is not None else [*starts(), *tried]
    found: dict[str, Heard] = {}
    words = list(words)
    while waiting and len(found) < MOST:
        where = waiting.pop(0)
        if where in found:
            continue
        found[where] = answer = heard(client, where)
        if only is None and answer.status == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
            html = answer.raw.decode()
            waiting += [address for address in links(html, where) if address not in found]
            if "?" not in where and 'name="q"' in "".join(SEARCH.findall(html)):
                waiting += [f"{where}?q={quote(word)}" for word in words]
    return found


def links(html: str, where: str) -> list[str]:
    """Addresses of our own that a page leads to, each once; those of long lists of days only as far as they are pages."""
    out = []
    for href in LINK.findall(html):
        parts = urlsplit(urldefrag(urljoin(f"http://localhost{where}", unescape(href)))[0])
        if parts.netloc in ("localhost", "testserver") and not parts.path.startswith("/static/"):
            out.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return list(dict.fromkeys(out))
