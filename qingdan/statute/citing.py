"""Finding citations of the regulation in code, pages and tests: 第七条（三）, 调 第六条, 投诉处理办法第五条, 诉14, 考10(3).

An article named without its measure is one of the measure whose room the file belongs to, elsewhere of 动态调整, the
first of the five; of several in a row (第七条（三）、第八条) the measure is named once. Articles of other laws (《…》第三条,
行政许可法第八十二条) are no citations of ours.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOMS = {"adjustment": "调", "complaints": "诉", "supervision": "监", "reporting": "考", "meetings": "会"}
DIGITS = "零一二三四五六七八九"
NUMERAL = "[一二三四五六七八九十百]+"
LONG = re.compile(f"第({NUMERAL})条(?:（({NUMERAL})）|第({NUMERAL})款)?")
SHORT = re.compile(r"(?<![\w\u4e00-\u9fff])([调诉监考会])(\d{1,2})(?![\d-])(?:\((\d{1,2})\))?")
OWN = re.compile(r"(?:^|[^\u4e00-\u9fff])([调诉监考会]) ?$")
TITLE = re.compile("(动态调整|投诉处理|监督管理|考核|会商)(?:暂行)?办法》? ?$")
TITLES = {"动态调整": "调", "投诉处理": "诉", "监督管理": "监", "考核": "考", "会商": "会"}
FOREIGN = re.compile(r"(?:》|[^办]法|条例|规定|法典) ?$")
OF = re.compile(r'"\s+(?:measure=)?"([调诉监考会])"')
"""What follows an article in a tag of a page: {% field form.x article="第八条" measure="诉" %}."""
ALSO = re.compile(r"[、，,和与及至–\s]+(?:and )?")
NAME = re.compile(f"(调|投诉|诉|监督|监|考核|考|会商|会)?第({NUMERAL})条({NUMERAL})?_")
FIRST = "调"


@dataclass(frozen=True, order=True)
class Cite:
    """An article or part of it, as one file cites it."""

    measure: str
    article: str
    path: str

    @property
    def root(self) -> str:
        return root_of(self.article)


def root_of(article: str) -> str:
    """第七条（三） -> 第七条."""
    return article[: article.index("条") + 1]


def numeral(n: int) -> str:
    """1 -> 一, 10 -> 十, 12 -> 十二, 22 -> 二十二."""
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


def citations(text: str, measure: str = FIRST) -> Iterator[tuple[str, str]]:
    """(measure, article) of every citation in the text, in order."""
    end, current = -1, measure
    for m in LONG.finditer(text):
        if end < 0 or not ALSO.fullmatch(text[end : m.start()]):
            current = _measure_before(text[max(0, m.start() - 14) : m.start()], measure)
        if of := OF.match(text, m.end()):
            current = of[1]
        if current:
            yield current, m[0]
        end = m.end()
    for m in SHORT.finditer(text):
        yield m[1], f"第{numeral(int(m[2]))}条" + (f"（{numeral(int(m[3]))}）" if m[3] else "")


def _measure_before(before: str, otherwise: str) -> str:
    """The measure named just before an article; "" where another law is."""
    if own := OWN.search(before):
        return own[1]
    if title := TITLE.search(before):
        return TITLES[title[1]]
    return "" if FOREIGN.search(before) else otherwise


@lru_cache(maxsize=2048)
def strings(source: str) -> tuple[str, ...]:
    """All strings of a Python file, docstrings among them: what it says, not how it is written."""
    return tuple(n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def _named(measure: str, article: str, part: str) -> str:
    """test_投诉第五条九_… -> 诉 第五条（九）."""
    words = {"投诉": "诉 ", "监督": "监 ", "考核": "考 ", "会商": "会 ", "": ""}
    return words.get(measure, f"{measure} ") + f"第{article}条" + (f"（{part}）" if part else "")


@lru_cache(maxsize=2048)
def words_of_tests(source: str) -> str:
    """The names and docstrings of tests: what they claim to hold. Strings inside them may be made up."""
    tree = ast.parse(source)
    said = [ast.get_docstring(tree) or ""]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            named = [_named(*found) for found in NAME.findall(node.name + "_")]
            said += [*named, ast.get_docstring(node) or ""]
    return "\n".join(said)


def room_of(path: Path) -> str:
    """The measure of the room in which a file lies."""
    return next((ROOMS[part] for part in path.parts if part in ROOMS), FIRST)


def _files(root: Path, folder: str, suffixes: tuple[str, ...], leave_out: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    for path in sorted((root / folder).rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix in suffixes and not name.startswith(leave_out) and "/migrations/" not in name:
            yield path.relative_to(root), path.read_text(encoding="utf-8")


def cited_by_code(root: Path) -> list[Cite]:
    """What the product's own code and pages cite; not the statute, which is the thing cited, nor invented stories."""
    found = set()
    for path, text in _files(root, "qingdan", (".py", ".html"), ("qingdan/statute/", "qingdan/demo/content/")):
        words = "\n".join(strings(text)) if path.suffix == ".py" else text
        found |= {Cite(measure, article, path.as_posix()) for measure, article in citations(words, room_of(path))}
    return sorted(found)


def cited_by_tests(root: Path) -> list[Cite]:
    """What the tests cite; the tests of the gists themselves range over all articles and say nothing of any."""
    found = set()
    for path, text in _files(root, "tests", (".py",), ("tests/statute/test_gists.py", "tests/demo/")):
        found |= {Cite(measure, article, path.as_posix()) for measure, article in citations(words_of_tests(text), room_of(path))}
    return sorted(found)


def strings_of_code(root: Path) -> set[str]:
    """Every string of the code outside the statute and the demonstration: an act that nothing names, nothing does."""
    found: set[str] = set()
    for _, text in _files(root, "qingdan", (".py",), ("qingdan/statute/", "qingdan/demo/")):
        found |= set(strings(text))
    return found
