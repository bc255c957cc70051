"""f2, f5, f7: of thirty markers in a complaint none lies anywhere but with those who are entitled: no page, search, table, paper, calendar, letter,
log, error, row, file. It is alive: who is entitled does see them.
"""

from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, unquote

from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import Http404
from django.urls import Resolver404, URLPattern, get_resolver, resolve
from django.utils.log import AdminEmailHandler

from qingdan.kernel import clock
from qingdan.kernel.notices.models import Letter, Notice
from qingdan.kernel.vault.models import Sealed

from .crawling import crawl, heard, opened, starts
from .markers import MARKERS, found, in_folder
from .twins import addresses
from .world import KNOWING, UNENTITLED, World, live

WORDS = (MARKERS[0], MARKERS[6], "投诉")
OF_COMPLAINTS = ("complaints:", "vault:", "portal:complaint", "portal:receipt")
SENT_TO = (
    "/write/receipt/", "/write/leave/", "/complaints/register/table.xlsx", "/complaints/figures/2016-1/", "/vault/interests/1/end/",
    "/complaints/disposal/propose/", *(f"/complaints/disposal/1/{end}" for end in ("", "decide/", "certificate/")),
)  # fmt: skip
"""Addresses that no page of this world leads to."""
Say = Callable[[str], None]


@dataclass
class Looked:
    """How much was looked through; where markers lay that must not; which of them the entitled saw; which pages were made to fail, and how many
    letters told the administrators so."""

    places: int = 0
    faults: set[str] = field(default_factory=set)
    letters: int = 0
    leaks: dict[str, set[str]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def take(self, where: str, data: bytes) -> None:
        self.places += 1
        if hits := found(data):
            self.leaks[where] = hits


def look(people: Sequence[str] = (*UNENTITLED, *KNOWING), faults: bool = True, say: Say = lambda line: None) -> Looked:
    """Live the complaint, with everything turned on that writes, and look through whatever came of it. Leaves nothing behind."""
    out, done = Looked(), io.StringIO()
    with tempfile.TemporaryDirectory() as folder, patch.object(settings, "MEDIA_ROOT", Path(folder, "files")), patch("tempfile.tempdir", folder):
        try:
            with transaction.atomic(), logged(done):
                world = live(complaint=True)
                for who in people:
                    _pages(out, world, who)
                    say(f"{who}：共 {out.places} 处，{len(out.leaks)} 处有标记")
                if faults:
                    _errors(out, world)
                _rest(out, Path(folder))
                out.seen = _entitled(world)
                transaction.set_rollback(True)
        finally:
            clock.set_fixed(None)
    out.take("日志", done.getvalue().encode("utf-8", "surrogateescape"))
    return out


@contextmanager
def logged(out: io.StringIO) -> Iterator[None]:
    """All that the product's loggers say at their most talkative. (Django's own of every statement to the database is no log of ours.)"""
    handler, root = logging.StreamHandler(out), logging.getLogger()
    handler.addFilter(lambda record: not record.name.startswith("django.db"))
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def _pages(out: Looked, world: World, who: str) -> None:
    client = world.as_(who)
    for where, answer in crawl(client, addresses(world), WORDS).items():
        asked = "".join(where.partition("?")[1:]).encode()  # what one looks for is shown again to oneself
        shown = b"\n".join(opened(answer.raw)).replace(asked, b"")
        out.take(f"{who} {where}", shown if "q=" not in where else _without(shown, where))
    if who in world.feeds:
        out.take(f"{who} 日历", heard(client, f"/feeds/{world.feeds[who]}.ics").raw)


def _without(shown: bytes, where: str) -> bytes:
    """A page of a search without the words that were asked, as it repeats them."""
    for word in WORDS:
        if quote(word) in where:
            shown = shown.replace(word.encode(), b"").replace(quote(word).encode(), b"")
    return shown


def _rest(out: Looked, folder: Path) -> None:
    """Letters, notices, every row of every table, and every file that was written."""
    for letter in Letter.objects.all():
        out.take(f"邮件 {letter.pk}", f"{letter.subject}\n{letter.body}".encode())
    for notice in Notice.objects.all():
        out.take(f"提醒 {notice.pk}", f"{notice.text}{notice.link}{notice.key}".encode())
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            out.take(f"数据库 {model._meta.db_table}", repr(row).encode() + "\0".join(map(str, row)).encode())
    out.places += sum(1 for _ in folder.rglob("*"))
    out.leaks |= {f"文件 {path}": hits for path, hits in in_folder(folder).items()}


# ---- f7 --------------------------------------------------------------------------------------------------


class Forced(Exception):
    """The fault that is put into every view."""


def _errors(out: Looked, world: World) -> None:
    """Every page of complaints, made to fail when it has everything in hand: the answer, the log, the letter to the administrators."""
    letters = AdminEmailHandler(include_html=True)
    loud = logging.getLogger("django.request")
    loud.addHandler(letters)
    try:
        with patch.object(settings, "ADMINS", [("管理员", "admin@example.gov.cn")]), broken():
            for name, where in pages(world).items():
                client = world.as_(_who_opens(name))
                for answer in (heard(client, where), heard(client, where, "post", **_sent())):
                    out.take(f"出错 {where}", answer.raw)
                    out.faults |= {name} if answer.status == 500 else set()
            name, data = "DSC_0420_lanxi.JPG", "；".join(MARKERS).encode()
            world.as_("anonymous").post("/write/", _sent() | {"materials": SimpleUploadedFile(name, data)})
    finally:
        loud.removeHandler(letters)
    for n, message in enumerate(getattr(mail, "outbox", [])):
        out.letters += 1
        out.take(f"出错的通知 {n}", str(message.message()).encode() + message.body.encode() + str(message.alternatives).encode())


def _who_opens(name: str) -> str:
    """Somebody who has the page of this name in hand."""
    if name.startswith("complaints:figures"):
        return "zwb_1"
    return "anonymous" if name.startswith("portal:") else "fzb_1"


def pages(world: World) -> dict[str, str]:
    """One address of every page of complaints that has one here."""
    found: dict[str, str] = {}
    for where in [*addresses(world), *starts(), *SENT_TO]:
        try:
            name = resolve(unquote(where)).view_name
        except Resolver404:
            continue
        if name.startswith(OF_COMPLAINTS):
            found.setdefault(name, where)
    return found


def _sent() -> dict[str, Any]:
    return {"text": "；".join(MARKERS), "words": MARKERS[0], "name": MARKERS[1], "code": "QueryCodeZX81LANXI", "reference": "x",
            "statement": MARKERS[2], "do": "read"}  # fmt: skip


@contextmanager
def broken() -> Iterator[None]:
    """Inside, the views of complaints do their work and then fail."""
    changed: list[tuple[URLPattern, Any]] = []
    for pattern in patterns(OF_COMPLAINTS):
        changed.append((pattern, pattern.callback))
        pattern.callback = _failing(pattern.callback)
    try:
        yield
    finally:
        for pattern, view in changed:
            pattern.callback = view


def patterns(prefixes: Sequence[str]) -> Iterator[URLPattern]:
    """The patterns whose names begin so."""
    for entry in get_resolver().url_patterns:
        for pattern in getattr(entry, "url_patterns", [entry]):
            if isinstance(pattern, URLPattern) and f"{getattr(entry, 'namespace', '')}:{pattern.name}".startswith(tuple(prefixes)):
                yield pattern


def _failing(view: Any) -> Any:
    def fail(request: Any, *args: Any, **kwargs: Any) -> Any:
        with suppress(Http404):
            view(request, *args, **kwargs)
        raise Forced("forced")

    fail.__dict__.update(getattr(view, "__dict__", {}))
    return fail


# ---- alive -----------------------------------------------------------------------------------------------


def _entitled(world: World) -> set[str]:
    """What 法制办 sees that handles it: the words, the files, and who complained, each by the page that is there for it."""
    if world.complaint is None:
        return set()
    client, seen = world.as_("fzb_1"), set[str]()
    number, reference = quote(world.complaint.case.number), world.complaint.reference
    seen |= found(heard(client, f"/complaints/{number}/content/", "post").raw)
    for sealed in Sealed.objects.filter(subject=reference, kind=Sealed.FILE):
        seen |= found(heard(client, f"/complaints/{number}/files/{sealed.pk}/", "post").raw)
    return seen | found(heard(client, f"/vault/identity/{reference}/", "post").raw)
