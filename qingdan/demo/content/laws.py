"""What happens to laws in the demonstration: documents that 政务办 has completed, one amendment, one repeal. Pure data.

The days of the documents are those of the real ones; the amendment and the repeal are made up, and say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .story import LAW, OFFICE

MADE_UP = "演示用的假设，并非真实的公布"


@dataclass(frozen=True)
class Checked:
    """A document that items had named, completed `back` 工作日 before TODAY."""

    back: int
    key: str
    kind: str
    title: str
    issuer: str
    number: str
    published_on: date
    in_force_from: date


@dataclass(frozen=True)
class Happened:
    """A change, announced and entered so many 工作日 before TODAY; takes effect `effect` days after that day (negative: before TODAY)."""

    back: int
    announced: int
    effect: int
    sort: str
    key: str
    places: tuple[str, ...]
    by: str
    number: str
    summary: str


@dataclass(frozen=True)
class Decided:
    """What 政务办 decided of an item that a repeal had marked 待核."""

    back: int
    act: str
    code: str
    opinion: str


CHECKED = (
    Checked(60, "优化营商环境条例", "法规", "优化营商环境条例", "国务院", "国务院令第722号", date(2019, 10, 22), date(2020, 1, 1)),
    Checked(60, "政府信息公开条例", "法规", "中华人民共和国政府信息公开条例", "国务院", "国务院令第711号", date(2019, 4, 3), date(2019, 5, 15)),
    Checked(60, "城乡规划法", "法律", "中华人民共和国城乡规划法", "全国人大常委会", "主席令第七十四号", date(2007, 10, 28), date(2008, 1, 1)),
    Checked(59, "成品油市场管理办法", "规章", "成品油市场管理办法", "商务部", "商务部令2006年第23号", date(2006, 12, 4), date(2007, 1, 1)),
)
HAPPENED = (
    Happened(4, 5, 37, "amended", "优化营商环境条例", ("第三十六条", "第三十七条"), LAW, "演示第1号",
             "政务服务大厅和政务服务网的要求有修改，请核对本单位事项的运行流程和承诺时限"),
    Happened(9, 10, -5, "repealed", "成品油市场管理办法", (), OFFICE, "演示第2号", "整部废止，请核对本单位事项是否取消"),
)  # fmt: skip
DECIDED = (
    Decided(3, "suspend_item", "410105-029-01-101-00", "所依据的《成品油市场管理办法》已经废止，商务局提出调整之前暂停行使"),
    Decided(3, "keep_in_force", "410105-032-99-004-00", "另有省安全生产的规定可作依据，请安监局在调整时补上"),
)
