"""What units of the demonstration hand in beside their applications: a change of an internal list (第九条), a rule of their own (第十一条)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from qingdan.kernel.files.store import keep
from qingdan.measures.adjustment.filings import actions
from qingdan.measures.adjustment.models import OwnListChange, UnitRule

if TYPE_CHECKING:
    from .filling import World

RULE = "第一条　本办法适用于本单位清单的日常管理。\n第二条　各业务科室指定专人，情形发生的当日报办公室。\n第三条　办公室每周五核对一次清单与网站。\n"
PAPERS = (
    (40, "城管局", "办法", "城管局“五单一网”运行管理实施办法", "金城管〔2026〕31号", 42),
    (25, "花园路街道", "机制", "花园路街道清单运行内部监督机制和职责分工", "金花办〔2026〕17号", 27),
)


def steps(world: World, back: Callable[[int], date]) -> list[tuple[date, Callable[[], object]]]:
    """(day, what is done on it)."""
    papers = [
        (back(days), partial(_rule, world, short, kind, title, number, back(adopted)))
        for days, short, kind, title, number, adopted in PAPERS
    ]  # fmt: skip
    return [*papers, (back(0), partial(_own_lists, world, back(3)))]


def _who(world: World, short: str) -> dict[str, Any]:
    return {"by": world.clerks[short], "office": world.office(short)}


def _rule(world: World, short: str, kind: str, title: str, number: str, adopted_on: date) -> None:
    paper = keep(ContentFile(f"{title}\n{number}\n\n{RULE}".encode(), f"{title}.txt"))
    rule = UnitRule(kind=kind, title=title, number=number, adopted_on=adopted_on, file=paper)
    actions.file_rule(rule, **_who(world, short))


def _own_lists(world: World, done_on: date) -> None:
    """One change that is to be filed, one that is only logged."""
    filed = OwnListChange(list_title="执法文书内部流转清单", what="立案审批由两级改为一级，减少一个环节。", kinds="程序", done_on=done_on)
    logged = OwnListChange(list_title="窗口值班安排清单", what="调整值班顺序，不涉及事项。", kinds="其他", done_on=done_on)
    actions.register_own_change(filed, **_who(world, "城管局"))
    actions.register_own_change(logged, **_who(world, "花园路街道"))
