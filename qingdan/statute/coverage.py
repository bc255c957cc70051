"""What each of the 71 articles is covered by: rows, readings, code and tests; or why nothing is needed; or what still waits.

`survey` compares the gists with everything that cites them, both ways: an article that nobody answers for is an orphan,
and so is a row, a reading, a page or a test that cites an article which does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from .citing import Cite, root_of
from .gists.gist import Gist
from .labels import label
from .roles import CLOCK
from .terms import Law, Must, Opens, Reading, Row

COVERED, PARTLY, NOT_NEEDED, NOT_BUILT, ORPHAN = "已覆盖", "部分建成", "无需数据", "尚未建成", "无着落"
STATES = (COVERED, PARTLY, NOT_NEEDED, NOT_BUILT, ORPHAN)


@dataclass
class Line:
    """One article. `waiting`: what of it is not built yet, in words."""

    measure: str
    gist: Gist
    rows: list[str] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    state: str = ORPHAN


@dataclass
class Report:
    lines: list[Line]
    orphans: list[str]

    def of(self, measure: str) -> list[Line]:
        return [line for line in self.lines if line.measure == measure]

    def counts(self, measure: str) -> dict[str, int]:
        return {state: sum(line.state == state for line in self.of(measure)) for state in STATES}


def survey(
    gists: Mapping[str, ModuleType],
    editions: Mapping[str, Sequence[Law]],
    readings: Mapping[str, Sequence[Reading]],
    code: Sequence[Cite],
    tests: Sequence[Cite] | None,
    built: Iterable[str],
) -> Report:
    """All articles in order. `built`: the acts that something does; `tests` None: the tests are not at hand."""
    lines: list[Line] = []
    orphans: list[str] = []
    known = {(measure, number) for measure, m in gists.items() for g in m.GISTS for number in (g.number, *(n for n, _ in g.parts))}
    for measure, module in gists.items():
        laws, read = editions.get(measure, ()), readings.get(measure, ())
        orphans += _orphan_rows(measure, laws, read, known)
        lines += [_line(measure, g, laws, read, code, tests, set(built)) for g in module.GISTS]
    orphans += [f"{c.path} 引用了不存在的{c.measure} {c.article}" for c in (*code, *(tests or ())) if (c.measure, c.article) not in known]
    for line in lines:
        line.state, fault = _judge(line, tests is not None)
        if fault:
            orphans.append(f"{line.measure} {line.gist.number}（{line.gist.title}）{fault}")
    return Report(lines, orphans)


def _line(
    measure: str, g: Gist, laws: Sequence[Law], read: Sequence[Reading], code: Sequence[Cite], tests: Sequence[Cite] | None, built: set[str]
) -> Line:
    rows = [r for r in (laws[-1].rows if laws else ()) if g.number in {root_of(a) for a in cites_of(r)}]
    mine = [r for r in read if g.number in (root_of(r.article), *r.also)]
    waiting = [f"{r.id}（{r.question}）" for r in mine if not r.built]
    waiting += [f"动作“{label(act)}”（{act}）" for act in _undone(rows, built)]
    waiting += [f"规则 {i}" for i in g.reserve if i not in {r.id for r in mine}]

    def paths(cites: Sequence[Cite] | None) -> list[str]:
        return sorted({c.path for c in cites or () if (c.measure, c.root) == (measure, g.number)})

    return Line(measure, g, [r.id for r in rows], [r.id for r in mine if r.built], paths(code), paths(tests), waiting)


def cites_of(row: Row) -> list[str]:
    """The articles on which a row rests: its own, and that of what the law adds or allows."""
    if not isinstance(row, Must):
        return [row.article]
    return [row.article, *(x.article for x in (row.otherwise, row.extension) if x)]


def _undone(rows: Sequence[Row], built: set[str]) -> Iterator[str]:
    """Acts of people or the calendar that nothing does; what the law adds by itself (调8) the ledger does."""
    seen: set[str] = set()
    for row in rows:
        for act in row.acts:
            if act not in built and act not in seen:
                seen.add(act)
                yield act


def by_calendar(law: Law) -> set[str]:
    """Acts that no person does: the calendar begins these cases."""
    return {act for row in law.rows if isinstance(row, Opens) and row.who == CLOCK for act in row.acts}


def _judge(line: Line, tests_at_hand: bool) -> tuple[str, str]:
    """The state of an article, and what is wrong with it if anything is."""
    if line.gist.needs and not line.rows:
        return NOT_NEEDED, ""
    if line.rows or (line.code and not line.waiting):
        if tests_at_hand and not line.tests:
            return ORPHAN, "有规则或代码，没有任何测试引用"
        return (PARTLY if line.waiting else COVERED), ""
    if line.waiting:
        return (PARTLY if line.code and line.tests else NOT_BUILT), ""
    if line.readings and line.tests:
        return COVERED, ""
    return ORPHAN, "没有规则、代码、测试，也没有说明为何不需要或者何时建成"


def _orphan_rows(measure: str, laws: Sequence[Law], read: Sequence[Reading], known: set[tuple[str, str]]) -> Iterator[str]:
    rows = {r.id: r for law in laws for r in law.rows}
    for row in rows.values():
        for article in cites_of(row):
            if (measure, article) not in known:
                yield f"规则 {row.id} 引用了不存在的{measure} {article}"
    ids = [r.id for r in read]
    for reading in read:
        for article in (reading.article, *reading.also):
            if (measure, article) not in known:
                yield f"读法 {reading.id} 引用了不存在的{measure} {article}"
        for row_id in reading.rows:
            if row_id not in rows:
                yield f"读法 {reading.id} 所指的规则 {row_id} 不存在"
        if ids.count(reading.id) > 1:
            yield f"读法 {reading.id} 写了不止一次"
