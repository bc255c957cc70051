"""Words and fields that several papers share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from qingdan.kernel.papers.content import LETTER, RED, Attached, Block, Content, Facts, Heading, Imprint, Signature, Table
from qingdan.kernel.papers.templates import Field, Values

RULES = "《金水区“五单一网”运行清单动态调整暂行办法》"

TO = Field("to", "主送单位")
MATTER = Field("matter", "事项")
NUMBER = Field("number", "案件编号")
LIST = Field("list", "清单")
UNIT = Field("unit", "申请单位")
MAYBE_OPINION = Field("opinion", "意见", required=False)
CHANGES = Field("changes", "调整内容", required=False)
LIMIT = Field("limit", "期限")
COPIES = Field("copies", "抄送", required=False, typed=True, help="几个单位用顿号或者逗号分开；没有的留空")
NOTHING = "（无）"
CASE = (NUMBER, LIST, UNIT, MATTER)


def addressed(values: Values) -> str:
    return f"{values['to']}："


def facts_of(pairs: Iterable[tuple[str, Any]]) -> Facts:
    """The rows of a form; none for what is not said."""
    return Facts(tuple((label, str(text)) for label, text in pairs if text))


def rows_of(values: Values, key: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table among the values; none where nothing was said."""
    return tuple(tuple(str(cell) for cell in row) for row in values[key] or ())


def changes_of(values: Values, title: str = "附：调整内容") -> list[Block]:
    """The table of what changes, if anything does field by field."""
    rows = rows_of(values, "changes")
    if not rows:
        return []
    if all(row[1] == NOTHING for row in rows):  # a new item: nothing stood before
        return [Heading(title), Table(("内容", "新增的内容"), tuple((row[0], row[2]) for row in rows), (2, 8))]
    return [Heading(title), Table(("内容", "调整前", "调整后"), rows, (2, 4, 4))]


def signed(body: str, day: date) -> Signature:
    return Signature(body, day)


def printed(values: Values, body: str, day: date) -> Imprint:
    return Imprint(str(values.get("copies") or "").rstrip("。"), body, day)


def case_line(values: Values) -> str:
    """（案件编号：调2016-0001；清单：行政权责清单）"""
    return f"（案件编号：{values['number']}；清单：{values['list']}）"


def letter(title: str, values: Values, body: str, day: date, blocks: Sequence[Block], attached: tuple[str, ...] = ()) -> Content:
    """A 信函 to one or more offices."""
    more: list[Block] = [Attached(attached)] if attached else []
    return Content(LETTER, title, body, addressed(values), blocks=(*blocks, *more, signed(body, day)))


def red(title: str, values: Values, body: str, day: date, blocks: Sequence[Block]) -> Content:
    """A 红头公文, with 版记."""
    return Content(RED, title, f"{body}文件", addressed(values), blocks=(*blocks, signed(body, day)), imprint=printed(values, body, day))
