"""Words and fields that several papers of 投诉处理 share; and what a paper that a unit reads may be made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from qingdan.kernel.papers.content import LETTER, NOTICE, Block, Content, Facts, Signature
from qingdan.kernel.papers.templates import Field, Values

RULES = "《金水区“五单一网”运行投诉处理暂行办法》"
OFFICE_NAME = "金水区政务服务改革管理办公室"

REFERENCE = Field("reference", "受理编号")
NUMBER = Field("number", "案件编号")
RECEIVED = Field("received", "收到日期")
CHANNEL = Field("channel", "途径")
GROUNDS = Field("grounds", "情形")
COMMON = (REFERENCE, RECEIVED, NUMBER, CHANNEL, GROUNDS)
LIMIT = Field("limit", "期限")

TO = Field("to", "主送单位")
TEXT = Field("letter", "经审核的内容")
DUE = Field("due", "限定日期")
MAYBE_DUE = Field("due", "限定日期", required=False)
PHONE = Field("phone", "联系电话", required=False)
ORIGIN = Field("origin", "所据的文书")
ORIGIN_NUMBER = Field("origin_number", "所据文书的编号")
BACK = Field("back", "退回的理由")
REPORTED = Field("reported", "办理情况")
FILES = Field("files", "随附材料", required=False)

FOR_UNIT = (TO, TEXT, DUE, PHONE, ORIGIN, ORIGIN_NUMBER, BACK, REPORTED, FILES, LIMIT)
"""第四条, 第十一条: a paper that a unit reads is made of these and nothing else. Nothing in them comes from the complaint: `letter` is what a second
person approved, `origin` and its number are the unit's own, `back` was said in the unit's own case and compared with the identity, `limit` is a day
that the unit owes, `phone` is published under 第七条."""


def facts_of(pairs: Iterable[tuple[str, object]]) -> Facts:
    """The rows of a form; none for what is not said."""
    return Facts(tuple((label, str(text)) for label, text in pairs if text))


def notice(title: str, values: Values, body: str, day: date, blocks: Sequence[Block]) -> Content:
    """告知书 to the complainant, who is addressed by 受理编号 alone."""
    return Content(NOTICE, title, body, f"投诉人（受理编号：{values['reference']}）：", blocks=(*blocks, Signature(body, day)))


def unit_notice(title: str, values: Values, body: str, day: date, blocks: Sequence[Block]) -> Content:
    """通知书 to a unit."""
    return Content(NOTICE, title, body, f"{values['to']}：", blocks=(*blocks, Signature(body, day)))


def unit_letter(title: str, values: Values, body: str, day: date, blocks: Sequence[Block]) -> Content:
    """函 to a unit or another organ."""
    return Content(LETTER, title, body, f"{values['to']}：", blocks=(*blocks, Signature(body, day)))


def by_day(values: Values, otherwise: str = "及时") -> str:
    """于2016年9月26日前; where no day was set, 及时."""
    return f"于{values['due']}前" if values.get("due") else otherwise
