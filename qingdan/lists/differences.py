"""What one text, one content, one list says otherwise than another, told so that people can read it (P-A5). Pure Python.

Three levels: `listed` (which items of a list were added, cancelled, changed), `fields` (which fields of an item), `mark`
(which characters of a text). Numbers, Latin words and 第几 are compared whole, all other writing character by character; what
stayed between two changes but is shorter than they are is counted as changed, so that nobody reads confetti.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from qingdan.lists.schema import touched

TOKEN = re.compile(r"第[〇零一二三四五六七八九十百千]+|\d+(?:[.,]\d+)*[%％‰]?|[A-Za-z]+|\s+|.", re.S)
LARGEST = 1_000_000  # tokens times tokens: beyond it a passage is told as replaced whole, so that no text can hold up a page
ALIKE = 0.3  # what has less in common is told as replaced whole
Codes = list[tuple[str, int, int, int, int]]


class Piece(NamedTuple):
    """A run of text; `changed`: gone on the old side, new on the new side."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Marked:
    """Both sides of a difference, each whole, in pieces."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """One line of a 调整对照: a field with what it said and what it says; "" where it says nothing."""

    label: str
    old: str
    new: str
    article: str = ""

    @property
    def marked(self) -> Marked:
        return mark(self.old, self.new)

    @property
    def brief(self) -> Marked:
        """With long stretches that did not change left out, for a table of many items."""
        both = self.marked
        return Marked(shorten(both.old), shorten(both.new))


@dataclass(frozen=True)
class Listed:
    """How a list differs between two snapshots, by the codes of its items."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


# ---- which items, which fields --------------------------------------------------


def listed(old: Mapping[str, object], new: Mapping[str, object]) -> Listed:
    """Codes → anything that is equal where nothing changed; in the order of the codes."""
    return Listed(
        added=tuple(sorted(new.keys() - old.keys())),
        gone=tuple(sorted(old.keys() - new.keys())),
        changed=tuple(sorted(code for code in old.keys() & new.keys() if old[code] != new[code])),
    )


def fields(kind: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[Row]:
    """The fields in which two contents of a list differ, in the order of the schema, as people read them."""
    return [Row(f.label, f.label_of(old.get(key, "")), f.label_of(new.get(key, "")), f.article) for key, f in touched(kind, old, new).items()]


# ---- which characters ------------------------------------------------------------


@lru_cache(maxsize=1024)
def mark(old: str, new: str) -> Marked:
    """Line by line first, then what stands in the lines that differ."""
    a, b = _lines(old), _lines(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i, j, k, n in _codes(a, b):
        gone, come = "".join(a[i:j]), "".join(b[k:n])
        if kind == "equal":
            left.append(Piece(gone, False))
            right.append(Piece(come, False))
        else:
            for was, now, same in _within(gone, come):
                left.append(Piece(was, not same))
                right.append(Piece(now, not same))
    return Marked(_joined(left), _joined(right))


def _lines(text: str) -> list[str]:
    """Each line with its end, the last one too: that nothing follows a line is no difference of that line."""
    return [line + "\n" for line in text.split("\n")] if text else []


def _within(old: str, new: str) -> Iterator[tuple[str, str, bool]]:
    """(old, new, same?) runs of a passage."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    codes = _calm(_codes(a, b), a, b)
    kept = sum(len("".join(a[i:j])) for kind, i, j, _, _ in codes if kind == "equal")
    if kept < ALIKE * min(len(old), len(new)):
        yield old, new, False
        return
    for kind, i, j, k, n in codes:
        yield "".join(a[i:j]), "".join(b[k:n]), kind == "equal"


def _codes(a: Sequence[str], b: Sequence[str]) -> Codes:
    """What difflib says of two sequences, with what both begin and end with set aside first."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    i, k = len(a) - tail, len(b) - tail
    found: Codes = [("equal", 0, head, 0, head)] if head else []
    if (i - head) * (k - head) > LARGEST:
        found.append(("replace", head, i, head, k))
    else:
        for kind, p, q, r, s in SequenceMatcher(None, a[head:i], b[head:k], autojunk=False).get_opcodes():
            found.append((kind, p + head, q + head, r + head, s + head))
    if tail:
        found.append(("equal", i, len(a), k, len(b)))
    return found


def _calm(codes: Codes, a: Sequence[str], b: Sequence[str]) -> Codes:
    """No confetti: what stayed between two changes goes with them where it is no longer than the larger side of either."""
    found: Codes = []
    for n, code in enumerate(codes):
        kind, i, j, k, m = code
        inner = kind == "equal" and found and n + 1 < len(codes)
        if inner and len("".join(a[i:j])) <= min(_size(found[-1], a, b), _size(codes[n + 1], a, b)):
            code = ("replace", i, j, k, m)
        if found and code[0] != "equal" and found[-1][0] != "equal":
            last = found.pop()
            code = ("replace", last[1], j, last[3], m)
        found.append(code)
    return found


def _size(code: tuple[str, int, int, int, int], a: Sequence[str], b: Sequence[str]) -> int:
    """Characters of the larger side of a change."""
    _, i, j, k, m = code
    return max(len("".join(a[i:j])), len("".join(b[k:m])))


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one sort as one piece, none empty, without the end of the last line."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].changed == piece.changed:
            found[-1] = Piece(found[-1].text + piece.text, piece.changed)
        elif piece.text:
            found.append(piece)
    if found:
        found[-1] = Piece(found[-1].text.removesuffix("\n"), found[-1].changed)
    return tuple(piece for piece in found if piece.text)


# ---- long texts in a table -----------------------------------------------------------


def shorten(pieces: Sequence[Piece], around: int = 20, longest: int = 300) -> tuple[Piece, ...]:
    """Leave out the middle of what did not change, and the end of what is still too long; what is left out is said as ……."""
    found: list[Piece] = []
    last, left = len(pieces) - 1, longest
    for n, piece in enumerate(pieces):
        cut = piece if piece.changed else _cut(piece, around, n == 0, n == last)
        if len(cut.text) > left:
            whole = sum(len(p.text) for p in pieces)
            return (*found, Piece(f"{cut.text[:left]}……", cut.changed), Piece(f"（共 {whole} 字）", False))
        found.append(cut)
        left -= len(cut.text)
    return tuple(found)


def _cut(piece: Piece, around: int, first: bool, last: bool) -> Piece:
    """What did not change, without its middle."""
    text, head, tail = piece.text, 0 if first else around, 0 if last else around
    if len(text) <= head + tail + around:
        return piece
    return Piece(text[:head] + "……" + text[len(text) - tail :], False)
