"""From the free text of 依据 to citations: 《…》第…条第…款第（…）项, several, ranges, numbers of papers. Pure Python.

A line that names no document is `unread`, and is shown and counted as such; words beside a citation are left alone.
What a law says after a colon (《水法》第三条：国家……) is quotation: a law that is named inside it is no basis of the item.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from .numerals import CHARACTERS, chinese, value

LONGEST_RANGE = 100
N = rf"(?:[{CHARACTERS}]{{1,9}}|\d{{1,4}})"
ONE = rf"(?:第?（{N}）|第?{N})"
LIST = rf"{ONE}(?:[、，至—~-]{ONE})*"
LEVELS = "条款项目"
UNIT = re.compile(
    rf"(?P<list>第{LIST})(?P<unit>[条款项目章节编])(?:之(?P<after>{N}))?"
    rf"|(?P<points>（{N}）(?:[、，至—~-]?（{N}）)*项?)"
)  # fmt: skip
SPLIT = re.compile(rf"(?P<sep>[、，至—~-]?)第?（?(?P<n>{N})）?")
BETWEEN = re.compile(r"(?P<range>至|到|—+|~|-)|[、，和及与或]|以及|\s")
TITLE = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]*》)+)》")
PAPER = re.compile(r"(?P<who>[\u4e00-\u9fff]{1,20})〔(?P<year>\d{4})〕第?(?P<n>\d{1,5})号")
BARE = re.compile(rf"(?:根据|依据|依照|按照|以及|[和及与])?(?P<title>(?![本该其])[\u4e00-\u9fff]{{1,40}}?(?:法|条例|规定|办法|细则|规则))(?=第{N}条)")
"""A law without 《》, where a line has nothing else: 水法第三条; never 本法 or 该条例."""
REMARK = re.compile(r"（(?P<inside>[^（）]*)）")
EDITION = re.compile(r"(?P<year>\d{4})年?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:第.次)?(?:修订|修正|修改|版|本|公布|通过)")
STARTS = re.compile(r"(?:^|[。；;”]|(?:^|[。；;\s])(?:\d{1,2}[.、．)]|（\d{1,2}）|[①-⑳]))$")
"""What may stand before a title that begins a citation after a quotation has begun."""


@dataclass(frozen=True)
class Citation:
    """One place in one document.

    key     how the document is found again: its number where it has one (财税〔2015〕72号), else its title without 中华人民共和国
    place   of 《水法》第二十五条第一款: what follows the title; "" for the whole document
    year    of the edition, where the text names one
    text    the citation as it stands in the item
    """

    key: str
    title: str
    number: str
    place: str
    year: int | None
    text: str


@dataclass
class Parsed:
    """What was read, and the lines that were not."""

    citations: list[Citation] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def parse(text: str) -> Parsed:
    """Every citation once, in the order of the text."""
    parsed, quoting = Parsed(), False
    for line in text.split("\n"):
        flat = _flat(line)
        found, quotes = _of_line(flat)
        parsed.citations += found
        if not found and flat and not quoting:
            parsed.unread.append(line.strip()[:500])
        quoting = quotes or (quoting and not found)
    parsed.citations = list({(c.key, c.place, c.year): c for c in reversed(parsed.citations)}.values())[::-1]
    return parsed


def key_of(title: str, number: str = "") -> str:
    """How a document is known, however it is written."""
    paper = PAPER.search(_flat(number))
    if paper:
        return f"{paper['who']}〔{paper['year']}〕{int(paper['n'])}号"
    return re.sub(r"\s", "", _flat(title)).removeprefix("中华人民共和国")[:200]


def within(place: str, other: str) -> bool:
    """Is this place the other one or a part of it, as a 款 is of its article? All is a part of the whole document."""
    if not place.startswith(other):
        return False
    rest = place[len(other) :]
    return not other or not rest or rest.startswith("第")


def sort_key(place: str) -> tuple[tuple[int, int], ...]:
    """Articles in the order of their numbers, one numbered 之一 after all of the one before it; the whole document first."""
    steps = re.findall(rf"第（?({N})）?[条款项目章节编](?:之({N}))?", place)
    return tuple((value(n), value(after) if after else 0) for n, after in steps)


def _flat(text: str) -> str:
    """One spelling of brackets and digits, no blanks inside."""
    text = unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）").replace("[", "〔").replace("]", "〕")
    text = text.replace("【", "〔").replace("】", "〕").replace(",", "，").replace(":", "：")
    text = text.replace("〈", "《").replace("〉", "》").replace("<", "《").replace(">", "》")
    text = re.sub(r"（(\d{4})）(?=第?\s*\d+\s*号)", r"〔\1〕", text)
    return re.sub(r"\s+", " ", re.sub(r"(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])", "", text)).strip()


def _of_line(line: str) -> tuple[list[Citation], bool]:
    """The citations of one line, and whether it ends in a quotation."""
    found: list[Citation] = []
    at, quoting = 0, False
    while start := _next(line, at):
        if quoting and not STARTS.search(line, max(0, start.start() - 12), start.start()):
            at = start.end()
            continue
        cited, at = _from(line, start)
        found += cited
        quoting = line[at : at + 1] == "：" or line[at : at + 3] in ("规定：", "规定，")
    return found, quoting


def _next(line: str, at: int) -> re.Match[str] | None:
    """The next title in 《》 or number of a paper; in a line without either, the next law that is named bare."""
    both = [m for m in (TITLE.search(line, at), PAPER.search(line, at)) if m]
    if both:
        return min(both, key=lambda m: m.start())
    return None if "《" in line or "〔" in line else BARE.search(line, at)


def _from(line: str, start: re.Match[str]) -> tuple[list[Citation], int]:
    """The citations that begin here, and where their text ends."""
    title, number, year, at = "", "", None, start.end()
    if start.re is not PAPER:
        title, year = _edition(start["title"])
    else:
        number = key_of("", start[0])
    while remark := (REMARK.match(line, at) or PAPER.match(line, at)):
        if re.fullmatch(rf"{N}", remark.groupdict().get("inside") or ""):
            break  # （一） is a place, no remark
        paper = PAPER.search(remark[0])
        number, year, at = (key_of("", paper[0]) if paper else number), year or _edition(remark[0])[1], remark.end()
    places, end = _places(line, at)
    text = line[start.start() : end]
    key = key_of(title, number)
    return [Citation(key, title or number, number, place, year, text[:500]) for place in places or [""]], end


def _edition(title: str) -> tuple[str, int | None]:
    """《食品安全法（2015年修订）》: the title without the remark, and the year of it."""
    for remark in REMARK.finditer(title):
        if edition := EDITION.search(remark["inside"]):
            return (title[: remark.start()] + title[remark.end() :])[:200], int(edition["year"])
    return title[:200], None


Path = tuple[tuple[str, int, int], ...]
"""(unit, number, 之) from the article down."""


def _places(line: str, at: int) -> tuple[list[str], int]:
    """All places from here on, the deepest ones, and where they end."""
    paths: list[Path] = []
    end, joined, ranged = at, True, False
    while at < len(line):
        if between := BETWEEN.match(line, at):
            joined, ranged, at = False, bool(between["range"]), between.end()
            continue
        unit = UNIT.match(line, at)
        if unit is None or (unit["points"] and not paths):
            break
        _add(paths, unit, joined, ranged)
        at = end = unit.end()
        joined, ranged = True, False
    return list(dict.fromkeys(_place(path) for path in paths)), end


def _add(paths: list[Path], unit: re.Match[str], joined: bool, ranged: bool) -> None:
    name = unit["unit"] or "项"
    last = paths[-1] if paths else ()
    above = tuple(step for step in last if name in LEVELS and step[0] in LEVELS and LEVELS.index(step[0]) < LEVELS.index(name))
    numbers = _numbers(unit["list"] or unit["points"])
    if ranged and last and last[-1][0] == name and last[:-1] == above:
        numbers = [*_between(last[-1][1], numbers[0]), *numbers]
    elif joined and last and (last == above or last[-1][0] not in LEVELS):
        paths.pop()
    after = value(unit["after"]) if unit["after"] else 0
    paths += [(*above, (name, n, after if n == numbers[-1] else 0)) for n in numbers]


def _numbers(text: str) -> list[int]:
    """[1, 3] of （一）、（三）; [1, 2, 3] of 一至三."""
    found: list[int] = []
    for part in SPLIT.finditer(text):
        n = value(part["n"])
        if found and part["sep"] in ("至", "—", "~", "-"):
            found += _between(found[-1], n)
        found.append(n)
    return found


def _between(first: int, last: int) -> list[int]:
    """What lies between; nothing where the range is no range or beyond all measure."""
    return list(range(first + 1, last)) if last - first <= LONGEST_RANGE else []


def _place(path: Path) -> str:
    return "".join(
        (f"第（{chinese(n)}）项" if unit == "项" else f"第{chinese(n)}{unit}") + (f"之{chinese(after)}" if after else "")
        for unit, n, after in path
    )
