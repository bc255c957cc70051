"""The rules as people read them: each article with its gist, who owes what within how long, and how we read it.

Nothing is decided here: the gists, rows and readings of the statute are put into sentences. A reading or a limit that is
our choice is named as such beside the article.
"""

from __future__ import annotations

from dataclasses import dataclass

from qingdan.statute.gists import ALL, Gist
from qingdan.statute.labels import label
from qingdan.statute.laws import EDITIONS, NAMES
from qingdan.statute.terms import Law, May, Must, Opens, Reading, Row, Source, Workdays

SINCE = {"cause_day": "情形发生日"}
VERBS: dict[type, str] = {Must: "应当", May: "可以", Opens: "启动"}
TARGET = "目标期限，超过不算法规上的逾期"


@dataclass(frozen=True)
class Line:
    """One row of the statute in words."""

    row: Row
    begins: str
    limit: str
    otherwise: str

    @property
    def verb(self) -> str:
        return VERBS[type(self.row)]

    @property
    def what(self) -> str:
        return "、".join(label(act) for act in self.row.acts)

    @property
    def source(self) -> str:
        """法规, 所定期限 or 法规未定期限; nothing for a row that sets no limit."""
        if isinstance(self.row, Must):
            return self.row.source.value
        return Source.REGULATION.value if isinstance(self.row, May) and self.row.within else ""

    @property
    def chosen(self) -> bool:
        """Is the limit ours, because the text sets none?"""
        return self.source == Source.CHOICE.value

    @property
    def source_kind(self) -> str:
        """The badge of the source."""
        return "choice" if self.chosen else "plain"

    @property
    def workdays(self) -> int:
        """For the calculator; 0 where the limit is not a number of working days."""
        within = getattr(self.row, "within", None)
        return within.n if isinstance(within, Workdays) else 0


@dataclass(frozen=True)
class Part:
    """An article or one of its 项: number, gist, rows, readings."""

    number: str
    text: str
    lines: tuple[Line, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Article:
    """One article as a page shows it. `waits`: something in it is still to be built."""

    gist: Gist
    whole: Part
    parts: tuple[Part, ...]
    waits: bool


@dataclass(frozen=True)
class Measure:
    """One of the five measures."""

    code: str
    name: str
    title: str
    gists: tuple[Gist, ...]
    editions: tuple[Law, ...]

    @property
    def built(self) -> bool:
        return bool(self.editions)


def measures() -> tuple[Measure, ...]:
    """The five, in the order in which the notice prints them."""
    return tuple(Measure(code, NAMES[code], m.TITLE, m.GISTS, EDITIONS.get(code, ())) for code, m in ALL.items())


def measure(code: str) -> Measure | None:
    return next((m for m in measures() if m.code == code), None)


def articles(of: Measure, law: Law | None, readings: tuple[Reading, ...] = ()) -> tuple[Article, ...]:
    """Every article with its rows and readings; each row and each reading stands in exactly one place."""
    return tuple(_article(gist, law, readings) for gist in of.gists)


def _article(gist: Gist, law: Law | None, readings: tuple[Reading, ...]) -> Article:
    named = {number for number, _ in gist.parts}
    mine = [r for r in readings if r.article == gist.number or r.article.startswith(gist.number + "（")]
    rows = [r for r in law.rows if r.article == gist.number or r.article.startswith(gist.number + "（")] if law else []

    def part(number: str, text: str) -> Part:
        here = (lambda a: a == number) if number in named else (lambda a: a not in named)
        return Part(
            number,
            text,
            tuple(_line(r, law) for r in rows if law and here(r.article)),
            tuple(r for r in mine if here(r.article)),
        )

    waits = bool(gist.reserve) or (law is None and not gist.needs)
    return Article(gist, part(gist.number, gist.text), tuple(part(n, t) for n, t in gist.parts), waits)


# ---- one row in words --------------------------------------------------


def _line(row: Row, law: Law) -> Line:
    if isinstance(row, Must):
        return Line(row, _begins(row, law), row.within.text, _otherwise(row))
    if isinstance(row, May):
        return Line(row, _while(row, law), row.within.text if row.within else "", "")
    return Line(row, "", "", "")


def _begins(row: Must, law: Law) -> str:
    """From what on time runs: 自转办之日起."""
    if row.since:
        return f"自{SINCE.get(row.since, row.since)}起"
    if row.after_all:
        return f"自{_acts_of(row.after_all, law)}全部办结之日起"
    return f"自{_or(label(act) for act in row.after)}之日起"


def _while(row: May, law: Law) -> str:
    """While which duties are open a power can be used, or from when on its own limit runs."""
    owed = _acts_of(row.while_owed, law)
    if row.within:
        return f"自{owed}的期限起算之日起"
    return f"{owed}{'逾期之后' if row.past_due else '尚未办结时'}"


def _acts_of(rows: tuple[str, ...], law: Law) -> str:
    """Duties named by the first of their acts: 审核同意 stands for the whole of D4."""
    return "、".join(dict.fromkeys(f"“{label(law[r].acts[0])}”" for r in rows))


def _or(words: object) -> str:
    return "或者".join(dict.fromkeys(words))  # type: ignore[call-overload]


def _otherwise(row: Must) -> str:
    """What follows if the day passes (第八条, 第十条（四）), and what may move it."""
    said = []
    if row.otherwise:
        said.append(f"{label(row.otherwise.act)}（{row.otherwise.article}）")
    elif row.source is Source.CHOICE:
        said.append(TARGET if isinstance(row.within, Workdays) else "不计逾期")
    else:
        said.append("逾期，没有视为效果")
    if row.extension:
        said.append(f"经{row.extension.by}批准可以延长，总计不超过 {row.extension.cap.text}（{row.extension.article}）")
    if row.follows:
        said.append(f"“{label(row.follows[0])}”迟于这一天的，改为其后 {row.follows[1].text}")
    return "；".join(said)
