"""What a demonstration story is. Pure data: the story is lived through the product's own acts by whoever fills the demonstration."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

OFFICE, CENTRE, LAW, POSTS, MONEY, EGOV = "政务办", "政务服务中心", "法制办", "编办", "财政局", "电子政务中心"
"""The offices with a part in 第七条, by their short names."""

TODAY = date(2026, 11, 24)
"""The day on which the demonstration opens. Days of a story are counted back from it in 工作日."""


def lines(*parts: str) -> str:
    """A text of several lines, as the fields of 第六条 hold it."""
    return "\n".join(parts)


@dataclass(frozen=True)
class Step:
    """One act of a story.

    back     工作日 before TODAY on which it was done (0 = TODAY)
    act      name of the act in the rows of 动态调整
    by       short name of the office that acts
    text     what that office wrote: the opinion, the reason, the remark
    changes  field key → value, where an opinion or an approval is 修改后同意 (S5, S6) or a 补正 changes the paper
    """

    back: int
    act: str
    by: str
    text: str = ""
    changes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """One adjustment of one item (S2 of 第七条（一）) and how far it has come.

    stands   where the case stands on TODAY, in plain words
    open     ids of the rows whose duties are open on TODAY; () where nothing is owed any more
    list     key of the list; item: code, of an item of the CSV files or (action 新增) of a new one
    action   变更 | 新增 | 取消
    ground   the case of 第五条; event: what happened, cause_back 工作日 before TODAY; document: the paper that shows it
    changes  field key → new value; all fields of a new item; {} for 取消
    leads    short names of the 牵头部门, the 主办 first
    lapsed   what the law added by itself on the way (第八条)
    """

    key: str
    stands: str
    open: tuple[str, ...]
    unit: str
    list: str
    item: str
    action: str
    ground: str
    cause_back: int
    event: str
    document: str
    reason: str
    changes: dict[str, str]
    leads: tuple[str, ...]
    steps: tuple[Step, ...]
    lapsed: tuple[str, ...] = ()
    successor: str = ""
