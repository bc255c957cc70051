"""第十二条至第十四条 the words of the papers of an inquiry: hearing, 质证, 回避, 延期.

They lie in the file of the body that handles it; only 质证通知书 goes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from qingdan.kernel.papers.content import FORM, NOTICE, Block, Content, Facts, Heading, Paragraph, Signature, Table, paragraphs
from qingdan.kernel.papers.templates import Field, Template, Values

from .words_common import NUMBER, REFERENCE, RULES, facts_of, notice

PRESENT = Field("present", "参加的调查人员")
SAID = Field("said", "陈述的内容")
HEARD_ON = Field("heard", "日期")
CASE = (REFERENCE, NUMBER)
SIGNED_BY = "（签名）　　　　　　　　　　　年　　月　　日"


def _case(values: Values) -> list[tuple[str, object]]:
    return [("受理编号", values["reference"]), ("案件编号", values["number"])]


def _record(title: str, values: Values, rows: list[tuple[str, object]], signers: tuple[str, ...], body: str, day: date) -> Content:
    """A 笔录: what stands in it, then who signs."""
    signed = Facts(tuple((who, SIGNED_BY) for who in signers))
    return Content(FORM, title, blocks=(facts_of([*_case(values), *rows]), Paragraph("以上笔录经核对无误。"), signed, Signature(body, day)))


# ---- 第十二条 -----------------------------------------------------------------------------------------------


def _heard(values: Values, body: str, day: date) -> Content:
    rows: list[tuple[str, object]] = [
        ("陈述人", values["side"]), ("方式", values["way"]), ("日期", values["heard"]), ("调查人员", values["present"]),
        ("陈述的内容", values["said"]),
        ("提交的材料", f"{values['files']}份" if values["files"] else "无"),
    ]  # fmt: skip
    return _record("听取意见笔录", values, rows, (str(values["side"]), "调查人员", "记录人"), body, day)


HEARD = Template(
    "complaint_heard", 1, "听取意见笔录", "第十二条", FORM,
    (*CASE, Field("side", "陈述人"), Field("way", "方式"), HEARD_ON, PRESENT, SAID, Field("files", "提交的材料", required=False)), _heard,
)  # fmt: skip


def _unheard(values: Values, body: str, day: date) -> Content:
    rows: list[tuple[str, object]] = [
        ("通知的对象", values["side"]), ("通知日期", values["heard"]), ("调查人员", values["present"]), ("通知的方式和结果", values["said"]),
    ]  # fmt: skip
    return _record("通知陈述意见情况记录", values, rows, ("调查人员", "记录人"), body, day)


UNHEARD = Template(
    "complaint_unheard", 1, "通知陈述意见情况记录", "第十二条", FORM, (*CASE, Field("side", "通知的对象"), HEARD_ON, PRESENT, SAID), _unheard
)


def _called(values: Values, body: str, day: date) -> Content:
    blocks: list[Block] = [
        Paragraph(f"依据{RULES}第十二条，本机关决定就您的投诉组织质证，通知您参加："), *paragraphs(str(values["said"])),
        Paragraph("请携带有关的证据。不能参加的，请事先告知；不参加的，不影响本机关依法处理。您可以凭查询码补充事实和材料。"),
        Paragraph(f"您要求对身份保密的，没有您的同意，本机关不安排当面质证（{RULES}第四条）。"),
    ]  # fmt: skip
    return notice("质证通知书", values, body, day, blocks)


CALLED = Template("complaint_called", 1, "质证通知书（投诉人）", "第十二条", NOTICE, (REFERENCE, SAID), _called)


def _confronted(values: Values, body: str, day: date) -> Content:
    rows: list[tuple[str, object]] = [
        ("质证日期", values["heard"]), ("调查人员", values["present"]), ("被投诉人", values["respondent"]), ("质证的情况", values["said"]),
        ("提交的材料", f"{values['files']}份" if values["files"] else "无"),
    ]  # fmt: skip
    return _record("质证笔录", values, rows, ("投诉人", "被投诉人", "调查人员", "记录人"), body, day)


CONFRONTED = Template(
    "complaint_confronted", 1, "质证笔录", "第十二条", FORM,
    (*CASE, HEARD_ON, PRESENT, Field("respondent", "被投诉人"), SAID, Field("files", "提交的材料", required=False)), _confronted,
)  # fmt: skip

# ---- 第十三条 -----------------------------------------------------------------------------------------------


def _application(n: int, asked: Mapping[str, Any]) -> list[Block]:
    told = f"{n}. {asked['on']}，{asked['asked']}，涉及调查人员{asked['person']}。情形：{asked['ground']}。"
    return [Paragraph(told), *paragraphs(f"理由：{asked['reason']}" if asked["reason"] else "")]


def _recused(values: Values, body: str, day: date) -> Content:
    asked = list(values["asked"])
    blocks: list[Block] = [
        facts_of(_case(values)),
        Heading("一、提出的回避"),
        *[block for n, one in enumerate(asked, 1) for block in _application(n, one)],
        Heading("二、决定"),
        Paragraph(f"依据{RULES}第十三条，经{values['basis']}如下："),
        Table(("调查人员", "决定"), tuple((str(one["person"]), str(one["outcome"])) for one in asked), (1, 1)),
        Heading("三、理由"),
        *paragraphs(str(values["reasons"])),
        Paragraph(f"决定登记人：{values['decider']}；决定日期：{values['decided']}。回避的人员自决定之日起不再参加本件的调查。"),
    ]  # fmt: skip
    return Content(FORM, "回避决定书", blocks=(*blocks, Signature(body, day)))


RECUSED = Template(
    "complaint_recused", 1, "回避决定书", "第十三条", FORM,
    (*CASE, Field("asked", "提出的回避"), Field("basis", "决定方式"), Field("reasons", "决定的理由"), Field("decider", "决定人"),
     Field("decided", "决定日期")), _recused,
)  # fmt: skip

# ---- 第十四条 -----------------------------------------------------------------------------------------------


def _extended(values: Values, body: str, day: date) -> Content:
    rows: list[tuple[str, object]] = [
        *_case(values), ("受理日期", values["accepted"]), ("原办理期限", values["before"]), ("延长至", values["until"]),
        ("延长的理由", values["reasons"]), ("告知投诉人的内容", values["told"]),
        ("批准人", f"{values['head']}（受理机关负责人）"), ("批准日期", values["approved"]),
        ("批准意见", f"依据{RULES}第十四条，同意延长，累计不超过该条规定的期限。"), ("批准人签名", SIGNED_BY),
    ]  # fmt: skip
    return Content(FORM, "行政权责运行投诉办理期限延长审批表", blocks=(facts_of(rows), Signature(body, day)))


EXTENDED = Template(
    "complaint_extended", 1, "延期审批表", "第十四条", FORM,
    (*CASE, Field("accepted", "受理日期"), Field("before", "原办理期限"), Field("until", "延长至"), Field("reasons", "延长的理由"),
     Field("told", "告知投诉人的内容"), Field("head", "批准人"), Field("approved", "批准日期")), _extended,
)  # fmt: skip

OF_INQUIRY: dict[str, tuple[Template, ...]] = {
    "hear_complainant": (HEARD,), "hear_respondent": (HEARD,), "note_complainant_unheard": (UNHEARD,), "note_respondent_unheard": (UNHEARD,),
    "confront": (CONFRONTED,), "decide_recusal": (RECUSED,), "extend_handling": (EXTENDED,),
}  # fmt: skip
