"""Lines → plan: for each line, what an import would do and why. A pure function of the file and of what stands in the lists.

Choices: a code of an unknown shape is a warning; an item without the fields of 第六条 is kept and marked 待补全; an item that is
already in the list may be changed by an import only while it is as an import left it: what came through the five steps of 第七条
is changed by the five steps alone.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from qingdan.lists import schema
from qingdan.lists.bases.parsing import parse
from qingdan.lists.codes import LOCAL, NATIONAL, UNFIT, shape_of
from qingdan.lists.fields import LONGEST, has_control
from qingdan.lists.importing import columns
from qingdan.lists.importing.columns import OFFICE, OFFICE_CODE, Columns
from qingdan.lists.importing.tables import Line, Table, Unreadable

CREATE, CHANGE, NONE, REFUSE = "create", "change", "none", "refuse"
LONGEST_KEYS = {"name": LONGEST["text"], "code": 100, OFFICE: 100}
RESULTS = {CREATE: "新增", CHANGE: "变更", NONE: "不变", REFUSE: "拒绝"}


@dataclass(frozen=True)
class Standing:
    """An item as it stands: its newest version, and whether that came from an import."""

    kind: str
    code: str
    office_code: str
    office_name: str
    number: int
    content: dict[str, str]
    cancelled: bool = False
    founded: bool = True
    open_case: str = ""


@dataclass(frozen=True)
class State:
    """What the plan is made against. `offices`: every name by which an office of today is known → (code, name)."""

    items: Mapping[str, Standing] = field(default_factory=dict)
    offices: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line of the plan."""

    line: int
    result: str
    code: str
    name: str
    office: str
    office_code: str  # "" where the office is new
    number: int  # of the version that would be written; 0 where none would be
    content: dict[str, str]
    before: dict[str, str]
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()  # labels of what 第六条 asks for and the line lacks

    @property
    def result_label(self) -> str:
        return RESULTS[self.result]


@dataclass(frozen=True)
class Plan:
    """What an import would do, line by line. `digest` binds the file, the state of the lists and all results."""

    kind: str
    file: str
    form: str
    sha256: str
    rows: tuple[Row, ...]
    new_offices: tuple[tuple[str, str], ...]  # (name, code that the file gives)
    notes: tuple[str, ...]
    untouched: int
    digest: str = ""

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.result for row in self.rows)
        return {result: found.get(result, 0) for result in RESULTS}

    @property
    def written(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.result in (CREATE, CHANGE))

    @property
    def refused(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.result == REFUSE)

    @property
    def incomplete(self) -> int:
        return sum(1 for row in self.written if row.lacking)

    @property
    def warned(self) -> int:
        return sum(1 for row in self.rows if row.warnings)


def changes(kind: str, row: Row) -> list[tuple[str, str, str]]:
    """(label, before, after) of every field in which this row differs from what stands."""
    found = schema.touched(kind, row.before, row.content)
    return [(f.label, f.label_of(row.before.get(key, "")), f.label_of(row.content.get(key, ""))) for key, f in found.items()]


def office_key(name: str) -> str:
    """A name of an office as it is compared."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def make(kind: str, table: Table, state: State) -> Plan:
    """The plan of importing this table into this list. Raises tables.Unreadable where the table has no usable header."""
    head = columns.find(kind, table)
    lines = [line for line in table.lines if line.number > head.line and not line.empty]
    if not lines:
        raise Unreadable("表头下面没有内容", "没有一行可以导入", "请核对文件后重新选择")
    draft = _Draft(kind, head, state)
    rows = tuple(draft.row(line) for line in lines)
    written = [row for row in rows if row.result in (CREATE, CHANGE)]
    used = {row.office for row in written if not row.office_code}
    new = tuple((name, code) for name, code in draft.new_offices.items() if name in used)
    in_file = {row.code for row in rows}
    untouched = sum(1 for item in state.items.values() if item.kind == kind and not item.cancelled and item.code not in in_file)
    notes = (*table.notes, *_notes(kind, head, rows, untouched))
    plan = Plan(kind, table.name, table.form, table.sha256, rows, new, notes, untouched)
    return replace(plan, digest=_digest(plan, state))


def _digest(plan: Plan, state: State) -> str:
    """Binds the file, the list as it stands, and all that would be done."""
    stands = sorted((i.code, i.number, i.open_case, i.office_code) for i in state.items.values() if i.kind == plan.kind)
    said = [plan.kind, plan.sha256, stands, plan.new_offices, [vars(row) for row in plan.rows]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _notes(kind: str, head: Columns, rows: Iterable[Row], untouched: int) -> list[str]:
    notes = []
    if head.unknown:
        notes.append("没有对应字段、不导入的列：" + "、".join(head.unknown) + "。")
    national = sum(1 for row in rows if row.result != REFUSE and shape_of(row.code) is NATIONAL)
    if national and kind in ("权责", "审批"):
        notes.append(f"{national} 行的编码是国家业务办理项编码的样子，不是本区编码，照原样保留。")
    if untouched:
        notes.append(f"清单中另有 {untouched} 项不在文件里，不受影响。")
    return notes


class _Draft:
    """Planning one table: remembers which codes and names have been seen, and on which line."""

    def __init__(self, kind: str, head: Columns, state: State) -> None:
        self.kind, self.head, self.state = kind, head, state
        self.labels = columns.labels(kind)
        self.offices = {office_key(name): ref for name, ref in state.offices.items()}
        self.new_offices: dict[str, str] = {}
        self.codes: dict[str, int] = {}
        self.names: dict[tuple[str, str], int] = {}

    def row(self, line: Line) -> Row:
        raw = {key: self.head.value(line, key) for key in self.head.places}
        content = schema.clean(self.kind, raw)
        code, name = content.get("code", ""), content.get("name", "")
        office, office_code = self._office(raw)
        standing = self.state.items.get(code)
        reasons = [*self._unusable(line, raw, code, name), *self._clashes(line, code, office, office_code, standing)]
        if reasons:
            return Row(line.number, REFUSE, code, name, office, office_code, 0, content, standing.content if standing else {}, tuple(reasons))
        self.codes[code] = line.number
        return self._usable(line, content, office, office_code, standing)

    def _usable(self, line: Line, content: dict[str, str], office: str, office_code: str, standing: Standing | None) -> Row:
        before = standing.content if standing else {}
        if standing:  # what the file has no column for stays as it is
            content = {**{k: v for k, v in before.items() if k not in self.head.places}, **content}
            content = schema.clean(self.kind, content)
        result = CREATE if standing is None else CHANGE if content != before else NONE
        problems = schema.check(self.kind, content)
        warnings = [*self._warnings(line, content, office), *(str(p) for p in problems if not p.missing)]
        number = 0 if result == NONE else (standing.number if standing else 0) + 1
        return Row(
            line.number, result, content["code"], content["name"], office, office_code, number, content, before,
            warnings=tuple(warnings), lacking=tuple(p.field.label for p in problems),
        )  # fmt: skip

    def _office(self, raw: Mapping[str, str]) -> tuple[str, str]:
        """(name, code) of the office of a line; the code is "" where the office is new."""
        said = raw.get(OFFICE, "")
        known = self.offices.get(office_key(said))
        if known:
            return known[1], known[0]
        if said:
            self.new_offices.setdefault(said, raw.get(OFFICE_CODE, ""))
        return said, ""

    def _unusable(self, line: Line, raw: Mapping[str, str], code: str, name: str) -> list[str]:
        """Why a line cannot be an item at all."""
        reasons = [f"缺少{label}" for label, value in (("部门", raw.get(OFFICE)), ("名称", name), ("编码", code)) if not value]
        reasons += self.head.faults(line, self.labels)
        reasons += [f"“{self.labels[key]}”含有不可见的控制字符" for key, value in raw.items() if has_control(value)]
        too_long = [key for key, most in LONGEST_KEYS.items() if len(raw.get(key, "")) > most]
        reasons += [f"“{self.labels[key]}”太长（{len(raw[key])} 字）" for key in too_long]
        if UNFIT.search(code):
            reasons.append("编码含有空格或者 / \\ ? # @ %，不能用作永久网址")
        beyond = sum(1 for cell in line.cells[self.head.width :] if cell)
        if beyond:
            reasons.append(f"比表头多 {beyond} 格，各列可能错位")
        return reasons

    def _clashes(self, line: Line, code: str, office: str, office_code: str, standing: Standing | None) -> list[str]:
        """Why a line that could be an item cannot go in beside what is there."""
        if code in self.codes:
            return [f"编码与第 {self.codes[code]} 行重复"]
        if standing is None:
            return []
        if standing.kind != self.kind:
            return [f"编码已用于{schema.LISTS[standing.kind].name}的“{standing.content.get('name', '')}”"]
        if standing.cancelled:
            return ["编码属于已取消的事项，编码不得重复使用"]
        if office_code != standing.office_code:
            return [f"编码已属于{standing.office_name}，不能由导入改到{office or '别的部门'}"]
        if standing.open_case:
            return [f"事项正在调整中（{standing.open_case}），办结后再导入"]
        if not standing.founded and self._differs(line, standing):
            return ["事项已按第七条调整过，只能再按第七条的五个环节调整"]
        return []

    def _differs(self, line: Line, standing: Standing) -> bool:
        own = {key: self.head.value(line, key) for key in self.head.places}
        return schema.clean(self.kind, {**standing.content, **own}) != standing.content

    def _warnings(self, line: Line, content: dict[str, str], office: str) -> list[str]:
        warnings = []
        code, name = content["code"], content["name"]
        if self.kind in ("权责", "审批") and shape_of(code) is None:
            warnings.append(f"编码“{code}”既不是{LOCAL.short}，也不是国家业务办理项编码的样子，照原样保留，请核对")
        earlier = self.names.setdefault((office, name), line.number)
        if earlier != line.number:
            warnings.append(f"与第 {earlier} 行同部门同名称")
        if unread := parse(content.get("basis", "")).unread:
            warnings.append(f"依据中有未能识别的文字“{unread[0][:40]}”，照原样保留；请写成《…》第…条，或者文号")
        return warnings
