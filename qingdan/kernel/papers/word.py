"""From the plain form of a paper to the bytes of its DOCX. It names the office fonts, so that any office PC shows it as GB/T 9704 wants it.

The same paper gives the same bytes: no date of making, no random ids.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from . import layout as m
from . import wordparts as parts
from .content import BOOK, BULLETIN, LETTER, RED, attached_indent, attached_lines, copies_line
from .running import running
from .wordparts import Line, add, rule

EARLIEST = (1980, 1, 1, 0, 0, 0)
GREY_FIRST = ("title", "subject", "author", "comments", "keywords", "category", "last_modified_by")


def docx(data: dict[str, Any], day: str) -> bytes:
    """The DOCX; `day` is the only date that the file bears."""
    document = Document()
    body, section = document.element.body, document.sections[0]
    parts.normal(document)
    _page(section, data)
    for child in [c for c in body if not c.tag.endswith("}sectPr")]:
        body.remove(child)
    _head(body, data)
    for block, after in pairwise([*data["blocks"], {"is": ""}]):
        BLOCKS[block["is"]](body, block | {"keep": after["is"] == "sign"})
    if data["imprint"]:
        _imprint(body, data["imprint"])
    running(document, section, data)
    _properties(document, data, day)
    return _same_bytes(document)


def _page(section: Any, data: dict[str, Any]) -> None:
    wide = data["layout"] == BOOK
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
    sides = (m.LEFT_MM, m.RIGHT_MM, m.BOTTOM_MM, m.TOP_MM) if wide else (m.TOP_MM, m.BOTTOM_MM, m.LEFT_MM, m.RIGHT_MM)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (Mm(side) for side in sides)
    parts.line_grid(section)


def _head(body: Any, data: dict[str, Any]) -> None:
    title = [Line(text, "小标宋", m.TITLE, m.TITLE_PITCH, align="center") for text in data["title"]]
    kind = data["layout"]
    if kind in (RED, BULLETIN):
        down = m.MARK_DOWN if kind == RED else m.PITCH
        size = m.mark_size(data["mark"])
        add(body, Line("", pitch=down), Line(data["mark"], "小标宋", size, size, align="center", color=m.RED, tracking=0))
    if kind == RED:
        add(body, Line(), Line(), rule(Line(data["number"], align="center"), "bottom", m.RED_GAP), Line(), Line(), *title, Line())
    elif kind == BULLETIN:
        left, right = data["foreword"]
        add(body, Line(), Line(data["issue"], align="center"), rule(Line(left, after=right), "bottom", m.RED_GAP), Line(), Line(), *title, Line())
    elif kind == LETTER:
        parts.put(body, parts.letter_head(data["mark"]))
        add(body, Line(data["number"], align="right"), Line(), Line(), *title, Line())
    else:
        if data["mark"]:
            add(body, Line(data["mark"], "小标宋", m.TITLE, m.TITLE_PITCH, align="center"))
        add(body, *title, Line(data["number"], align="right"))
        if kind not in (BOOK, "form"):
            add(body, Line())
    if data["to"]:
        add(body, Line(data["to"]))


def _heading(face: str) -> Any:
    return lambda body, block: add(body, Line(block["text"], face, indent=2, align="both", keep=True))


def _attached(body: Any, block: dict[str, Any]) -> None:
    """They go with the signature; a name's second line stands under its first character."""
    hanging = attached_indent(block["names"])
    add(body, Line(keep=True))
    for n, text in enumerate(attached_lines(block["names"])):
        indent = hanging - 3 if n else hanging
        add(body, Line(text, left=m.CHARACTER * ((5 if n else 2) + indent), hanging=m.CHARACTER * indent, keep=True))


def _signature(body: Any, block: dict[str, Any]) -> None:
    add(body, Line(keep=True), Line(keep=True))
    for n, (text, right) in enumerate(zip(block["lines"], block["right"], strict=True)):
        add(body, Line(text, align="right", right=float(right), keep=n == 0))


def _talk(body: Any, block: dict[str, Any]) -> None:
    add(body, Line(block["text"], indent=2, align="both", keep=block["keep"]))


BLOCKS: dict[str, Any] = {
    "h1": _heading("黑体"), "h2": _heading("楷体"), "p": _talk, "table": parts.table, "facts": parts.facts, "attached": _attached, "sign": _signature,
}  # fmt: skip


def _imprint(body: Any, imprint: dict[str, str]) -> None:
    """版记: at the foot of the page on which the text ends."""
    lines = []
    if copies := copies_line(imprint):
        lines.append(Line(copies, size=m.FOURTH, pitch=m.FOURTH_PITCH, left=3 * m.FOURTH, hanging=3 * m.FOURTH))
    lines.append(Line(imprint["printer"], size=m.FOURTH, pitch=m.FOURTH_PITCH, after=imprint["day"], width=m.WIDTH - 2 * m.FOURTH))
    parts.at_foot(body, lines)


def _properties(document: Any, data: dict[str, Any], day: str) -> None:
    told, moment = document.core_properties, datetime.fromisoformat(f"{day}T04:00:00").replace(tzinfo=UTC)
    for name in GREY_FIRST:
        setattr(told, name, "")
    told.title = f"{''.join(data['title'])} {data['number']}".strip()
    told.created = told.modified = moment.replace(tzinfo=None)
    told.revision = 1


def _same_bytes(document: Any) -> bytes:
    """The package again, every part dated alike."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EARLIEST), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
