"""Which column of a file is which field: our own labels, and the headers that real files bear."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from qingdan.lists.importing.tables import Line, Table, Unreadable
from qingdan.lists.schema import LISTS

OFFICE, OFFICE_CODE = "office", "office_code"
SEARCHED = 10  # a title and remarks may stand above the header

ALIASES: dict[str, tuple[str, ...]] = {
    OFFICE: (
        "department", "部门", "部门名称", "实施部门", "实施主体", "行使主体", "行权部门", "权责部门", "责任主体", "所属部门",
        "实施单位", "单位", "单位名称",
    ),
    OFFICE_CODE: ("dept_code", "部门编码", "部门代码", "实施主体编码", "统一社会信用代码", "单位代码"),
    "name": (
        "name", "task_name", "名称", "事项名称", "职权名称", "权力名称", "权责事项名称", "审批事项名称", "项目名称", "收费项目",
        "基金名称", "条目",
    ),
    "code": ("item_code", "code", "编码", "编号", "事项编码", "事项编号", "职权编码", "权力编码", "项目编码", "项目序号"),
    "category": ("task_type", "分类", "类别", "类型", "事项类型", "事项类别", "权力类型", "权力类别", "职权类型", "职权类别", "种类"),
    "basis": ("法律依据", "依据", "设定依据", "实施依据", "政策依据", "收费依据", "征收依据", "设立依据"),
    "procedure": ("运行流程", "流程", "办理流程", "征收程序"),
    "discretion": ("裁量标准", "裁量基准", "自由裁量标准", "裁量规则"),
    "promised": ("承诺时限", "承诺办结时限", "承诺期限", "承诺办理时限", "承诺时限（工作日）"),
    "statutory": ("法定时限", "法定办结时限", "法定期限", "法定时限（工作日）"),
    "extension": ("延长办结条件", "延期条件", "延长条件", "特别程序"),
    "duties": ("责任事项", "对应责任事项", "责任"),
    "list_office": ("清单运行工作机构", "清单工作机构"),
    "handling_office": ("承办部门（或委托部门）", "承办部门", "承办机构", "承办科室", "委托部门", "执收部门", "收费部门"),
    "person_in_charge": ("负责人", "承办负责人", "部门负责人"),
    "posts": ("岗位设置", "岗位"),
    "qualification": ("经办人执法资格", "执法资格", "执法证号"),
    "phone": ("联系电话", "电话", "咨询电话"),
    "main_item": ("main_item", "主项", "主项名称"),
    "basic_code": ("catalog_code", "基本编码", "国家基本编码"),
    "task_code": ("task_code", "实施编码", "国家实施编码"),
    "materials": ("办理材料", "申请材料", "材料目录"),
    "conditions": ("受理条件", "申请条件", "办理条件"),
    "payers": ("征收对象", "收费对象", "缴费对象"),
    "amount": ("征收额度", "征收标准", "收费标准"),
    "scope": ("征收范围", "收费范围"),
    "period": ("征收期限", "收费期限"),
}  # fmt: skip
"""Field (or OFFICE, OFFICE_CODE) → headers by which files call it, beside the labels of the schema."""

SKIPPED = ("序号", "行号", "备注", "area_code", "行政区划", "行政区划代码")
"""Columns that a list does not hold; they are left out without asking."""


@dataclass(frozen=True)
class Columns:
    """The header of a table: its line, field key → column, and the headers for which there is no field."""

    line: int
    places: dict[str, int]
    unknown: tuple[str, ...]
    width: int

    def value(self, line: Line, key: str) -> str:
        place = self.places.get(key)
        return line.cells[place] if place is not None and place < len(line.cells) else ""

    def faults(self, line: Line, labels: dict[str, str]) -> list[str]:
        """Reasons not to trust this line, for cells that would be used."""
        used = {place: key for key, place in self.places.items()}
        return [f"“{labels[used[place]]}”列：{reason}" for place, reason in line.faults if place in used]


def header_text(cell: str) -> str:
    """A header as it is compared: half-width, without blanks, stars and remarks that it must be filled in."""
    text = unicodedata.normalize("NFKC", cell)
    text = re.sub(r"\((?:必填|选填|必填项)\)", "", text)
    return re.sub(r"[\s*:﹡]", "", text).lower()


def labels(kind: str) -> dict[str, str]:
    """Field key → label, the office among them."""
    return {OFFICE: "部门", OFFICE_CODE: "部门编码", **{f.key: f.label for f in LISTS[kind].fields}}


def _known(kind: str) -> dict[str, str]:
    """Compared header → field key, for this list: aliases first, and the schema's own labels over them."""
    own = labels(kind)
    known = {header_text(alias): key for key, aliases in ALIASES.items() if key in own for alias in aliases}
    for f in LISTS[kind].fields:  # “征收额度” in a file is the field that stands for it, whatever its own key
        for alias in ALIASES.get(f.six, ()) if f.six else ():
            known.setdefault(header_text(alias), f.key)
    known.update({header_text(label): key for key, label in own.items()})
    return known


def find(kind: str, table: Table) -> Columns:
    """The header of this table. Refuses a table that has none, or in which two columns claim one field."""
    known = _known(kind)
    best: tuple[int, Line] | None = None
    for line in table.lines[:SEARCHED]:
        hits = sum(1 for cell in line.cells if header_text(cell) in known)
        if hits and (best is None or hits > best[0]):
            best = hits, line
    if best is None:
        raise _missing(kind, [labels(kind)[key] for key in (OFFICE, "name", "code")])
    return _placed(kind, known, best[1])


def _placed(kind: str, known: dict[str, str], header: Line) -> Columns:
    names = labels(kind)
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, cell in enumerate(header.cells):
        key = known.get(header_text(cell))
        if key is None:
            if cell and header_text(cell) not in {header_text(s) for s in SKIPPED}:
                unknown.append(cell)
        elif key in places:
            raise Unreadable(
                f"表头有两列都是“{names[key]}”：“{header.cells[places[key]]}”和“{cell}”", "说不清该用哪一列", "请删去或者改名其中一列后再上传"
            )  # fmt: skip
        else:
            places[key] = place
    if OFFICE not in places and "handling_office" in places:  # 收费, 基金 and 负面 files often have the 执收部门 or 主管部门 alone
        places[OFFICE] = places["handling_office"]
    absent = [names[key] for key in (OFFICE, "name", "code") if key not in places]
    if absent:
        raise _missing(kind, absent)
    width = max(i for i, cell in enumerate(header.cells) if cell) + 1
    return Columns(header.number, places, tuple(unknown), width)


def _missing(kind: str, absent: list[str]) -> Unreadable:
    return Unreadable(
        "表头缺少“" + "”“".join(absent) + "”列", f"{LISTS[kind].name}的每一行至少要有部门、名称和编码，别的列可以后补",
        "请在前十行内给出表头，列名用本系统的字段名（可下载模板对照）",
    )  # fmt: skip
