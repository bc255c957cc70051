"""What a paper says, as one value: typed blocks, and `as_data`, the plain form that is kept, digested and read by both writers.

So the text of PDF and DOCX is the same by construction: neither writer has words of its own but the page numbers and the watermark.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from qingdan.engine.refusals import spell_day

from .layout import signature_indents

RED, LETTER, NOTICE, FORM, BULLETIN, BOOK = "red", "letter", "notice", "form", "bulletin", "book"
LAYOUTS = {RED: "红头公文", LETTER: "信函", NOTICE: "告知书", FORM: "表单", BULLETIN: "简报", BOOK: "台账"}
LINE, GOOD, BAD = 19, "于的、，及和与》）：", "、，。；：》）”"
BREAK = "\x1f"  # in a title: a good place for the end of a line


@dataclass(frozen=True)
class Heading:
    """一、 (level 1, 黑体) or （一） (level 2, 楷体)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of body text, two characters indented."""

    text: str


@dataclass(frozen=True)
class Table:
    """`widths`: of the columns, relative to each other."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Facts:
    """The rows of a form: what, and what is entered there."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Attached:
    """附件 by their names."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """署名 and 成文日期; the seal is put over them."""

    office: str
    day: date


@dataclass(frozen=True)
class Imprint:
    """版记, at the foot of the last page."""

    copies: str
    printer: str
    day: date


Block = Heading | Paragraph | Table | Facts | Attached | Signature


@dataclass(frozen=True)
class Content:
    """One paper without its number. `mark`: 发文机关标志; `to`: 主送; `foreword`: what stands left above the red line of a 简报."""

    layout: str
    title: str
    mark: str = ""
    to: str = ""
    foreword: tuple[str, str] = ("", "")
    blocks: tuple[Block, ...] = ()
    imprint: Imprint | None = None


@dataclass(frozen=True)
class Check:
    """The code by which anybody can look the paper up, and where."""

    code: str
    address: str


@dataclass(frozen=True)
class Marks:
    """What issuing adds: the number, the check, the number of the paper that it corrects; or that it is a draft."""

    number: str = ""
    issue: str = ""
    check: Check | None = None
    draft: bool = False
    corrects: str = ""


def spell_digest(digest: str) -> str:
    """In groups of eight, so that it can be read, compared and broken over lines."""
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))


def clean(text: str) -> str:
    """As it is set: NFC, one kind of line end, no control characters."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn", "Co")).strip()


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """What somebody typed, a paragraph for each line that holds something."""
    return tuple(Paragraph(line.strip()) for line in clean(text).split("\n") if line.strip())


def title_lines(title: str) -> list[str]:
    """第2号 is set 19 characters a line: about equal lines, broken at a BREAK, else outside of quotes, where a word ends, near the middle."""
    parts = [clean(part).replace("\n", "") for part in title.split(BREAK)]
    whole, wished = "".join(parts), set(accumulate(len(part) for part in parts[:-1]))
    if not whole:
        return []
    lines, start = [], 0
    for left in range(math.ceil(sum(map(_cells, whole)) / LINE), 1, -1):
        end = _break(whole, start, left, wished)
        lines.append(whole[start:end])
        start = end
    return [*lines, whole[start:]]


def _cells(character: str) -> float:
    """A digit or a Latin letter is half as wide as a character."""
    return 0.5 if character.isascii() else 1.0


def _break(text: str, start: int, left: int, wished: set[int]) -> int:
    """The best place for the end of this line, so that what is left fits on the lines that are left."""
    reached = [0.0, *accumulate(map(_cells, text))]
    ideal = (reached[-1] - reached[start]) / left

    def off(p: int) -> float:
        return abs(reached[p] - reached[start] - ideal)

    def worth(p: int) -> tuple[bool, bool, bool, bool, float]:
        quoted = text[:p].count("“") > text[:p].count("”") or text[:p].count("《") > text[:p].count("》")
        return text[p] in BAD or (text[p - 1] + text[p]).isascii(), p not in wished, quoted, text[p - 1] not in GOOD, off(p)

    fits = [p for p in range(start + 2, len(text)) if reached[p] - reached[start] <= LINE and reached[-1] - reached[p] <= LINE * (left - 1)]
    return min([p for p in fits if off(p) < 8] or [min(range(start + 1, len(text)), key=off)], key=worth)


def as_data(content: Content, marks: Marks) -> dict[str, Any]:
    """The plain form: maps, lists and text only."""
    imprint, check = content.imprint, marks.check
    where = [f"核验码 {check.code}", f"扫码或者在 {check.address} 核对本件"] if check else []
    return {
        "layout": content.layout, "mark": clean(content.mark), "number": marks.number, "issue": marks.issue,
        "title": title_lines(content.title), "to": clean(content.to), "foreword": [clean(t) for t in content.foreword],
        "blocks": [_block(block) for block in _blocks(content.blocks, marks.corrects)],
        "imprint": {"copies": clean(imprint.copies), "printer": imprint.printer, "day": spell_day(imprint.day) + "印发"} if imprint else None,
        "check": {"code": check.code, "address": check.address, "lines": where} if check else None,
        "draft": marks.draft,
    }  # fmt: skip


def _blocks(blocks: tuple[Block, ...], corrects: str) -> tuple[Block, ...]:
    """Before the signature stands which paper this one corrects, if it does."""
    if not corrects:
        return blocks
    at = next((n for n, block in enumerate(blocks) if isinstance(block, Signature)), len(blocks))
    return (*blocks[:at], Paragraph(f"本件更正{corrects}，该件自本件签发之日起作废。"), *blocks[at:])


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"is": f"h{level}", "text": clean(text)}
        case Paragraph(text):
            return {"is": "p", "text": clean(text).replace("\n", "")}
        case Table(head, rows, widths):
            return {"is": "table", "head": [clean(t) for t in head], "rows": [[clean(t) for t in row] for row in rows], "widths": list(widths)}
        case Facts(rows):
            return {"is": "facts", "rows": [[clean(label), clean(text)] for label, text in rows]}
        case Attached(names):
            return {"is": "attached", "names": [clean(n) for n in names]}
        case Signature(office, day):
            lines = [office, spell_day(day)]
            return {"is": "sign", "lines": lines, "right": [str(r) for r in signature_indents(*lines)]}


def texts(data: dict[str, Any]) -> Iterator[str]:
    """Every text of the plain form in the order in which it is read: what PDF and DOCX must both say (not the check: it is a footer)."""
    yield from (t for t in _head(data) if t)
    for block in data["blocks"]:
        if block["is"] in ("table", "facts"):
            yield from block.get("head", ())
            yield from (cell for row in block["rows"] for cell in row)
        elif block["is"] == "attached":
            yield from attached_lines(block["names"])
        else:
            yield from block.get("lines", (block.get("text", ""),))
    if data["imprint"]:
        yield from (t for t in (copies_line(data["imprint"]), data["imprint"]["printer"], data["imprint"]["day"]) if t)


def _head(data: dict[str, Any]) -> tuple[str, ...]:
    before, number, title = (data["mark"],), (data["number"],), tuple(data["title"])
    if data["layout"] == BULLETIN:
        return (*before, data["issue"], *data["foreword"], *title, data["to"])
    if data["layout"] in (RED, LETTER):
        return (*before, *number, *title, data["to"])
    return (*before, *title, *number, data["to"])


def attached_indent(names: list[str]) -> int:
    """How many characters the second line of a name stands in from where 附件： begins: under the first character of the name."""
    return 3 if len(names) == 1 else 4


def attached_lines(names: list[str]) -> list[str]:
    """附件：1. … as they are printed; one alone bears no number."""
    if len(names) == 1:
        return [f"附件：{names[0]}"]
    return [f"{'附件：' if n == 1 else ''}{n}. {name}" for n, name in enumerate(names, 1)]


def copies_line(imprint: dict[str, str]) -> str:
    """抄送：…。 Where the law says 抄报, the copies begin with that word."""
    copies = imprint["copies"]
    return "" if not copies else f"{copies}。" if copies.startswith("抄报：") else f"抄送：{copies}。"
