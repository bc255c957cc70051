"""诉11–20 as data: who may not investigate, the seven measures, what a decision can conclude, and for whose default who answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST_INVESTIGATORS = 2  # 第十三条 (Q3)
HANDOVER_MARGIN = 3
"""Working days between the day set for a hand-over and the end of the handling body's own limit (D17)."""

# ---- 第十三条 回避 -------------------------------------------------------------------------------------------

RECUSAL_GROUNDS: Mapping[str, str] = {
    "party": "本人是投诉人、被投诉人，或者是他们的近亲属",
    "interest": "本人或者近亲属与投诉事项有直接利害关系",
    "role": "经办、审批过所投诉的事项，或者在本件中当过证人",
    "other": "有其他关系，可能影响公正处理",
}
"""After 《河南省行政执法条例》第二十三条 (S21), in our own words."""

SELF, COMPLAINANT_ASKS, RESPONDENT_ASKS, CHECK = "self", "complainant", "respondent", "check"
RECUSAL_ASKED: Mapping[str, str] = {
    SELF: "本人自行回避", COMPLAINANT_ASKS: "投诉人申请", RESPONDENT_ASKS: "被投诉人申请", CHECK: "利害关系核对",
}  # fmt: skip
OUT_AT_ONCE = (SELF, CHECK)
"""Where the interest is admitted or found, the person takes no further part at once; a mere request does not stop the investigation (S21)."""

BY_HEAD, COLLECTIVE, BY_DISTRICT = "head", "collective", "district"
RECUSAL_BASES: Mapping[str, str] = {BY_HEAD: "机关负责人决定", COLLECTIVE: "负责人集体讨论决定", BY_DISTRICT: "区政府决定"}
"""S21: of the head's own recusal the second or the third."""

# ---- 第十二条 听取意见 ---------------------------------------------------------------------------------------

SIDES: Mapping[str, str] = {"complainant": "投诉人", "respondent": "被投诉人"}
HEARING_WAYS: Mapping[str, str] = {"talk": "当面谈话，作笔录", "writing": "书面陈述", "phone": "电话，作记录", "query": "凭查询码在网上补充"}

# ---- 第十一条、第十五条、第十六条 发给单位的 --------------------------------------------------------------------


@dataclass(frozen=True)
class Errand:
    """What a unit is handed or ordered, a case of its own.

    opens: the act that begins that case · report, accept, back: what the unit reports, and how that is received · needs_day: must a day be named? ·
    row: the unit's duty · ends: the act by which the handling body ends it without a report.
    """

    key: str
    name: str
    article: str
    opens: str
    report: str
    accept: str
    back: str
    row: str
    needs_day: bool = True
    ends: str = "cancel_order"


HANDOVER, EXECUTION, OFFENCE = "handover", "execution", "offence"

ERRANDS: Mapping[str, Errand] = {
    e.key: e
    for e in (
        Errand(HANDOVER, "移交调查处理", "第十一条", "hand_over", "report_findings", "accept_findings", "return_findings", "D17", ends="take_back"),
        Errand("assistance", "要求协助调查", "第十五条（一）", "order_assistance", "answer_request", "accept_answer", "return_answer", "M12"),
        Errand("materials", "要求提供文件资料并作出说明", "第十五条（二）", "order_materials",
               "answer_request", "accept_answer", "return_answer", "M12"),
        Errand("performance", "要求限期履行或者正确履行", "第十五条（三）", "order_performance", "report_performance", "accept_performance",
               "return_performance", "D20"),
        Errand("stop", "责令停止违法行为并采取补救措施", "第十五条（四）", "order_stop", "report_performance", "accept_performance",
               "return_performance", "D20"),
        Errand("liability", "追究行政执法责任的意见和建议", "第十五条（五）", "propose_liability",
               "report_action", "accept_action", "return_action", "M56", needs_day=False),
        Errand("accountability", "行政问责的意见和建议", "第十五条（六）", "propose_accountability",
               "report_action", "accept_action", "return_action", "M56", needs_day=False),
        Errand(OFFENCE, "移送立案查处", "第十五条（七）", "refer_offence", "report_action", "accept_action", "return_action", "M56", needs_day=False),
        Errand(EXECUTION, "执行调查处理决定", "第十六条", "order_execution", "report_execution", "accept_execution", "return_execution", "D21",
               needs_day=False, ends="cancel_execution"),
    )
}  # fmt: skip
MEASURES = tuple(e.key for e in ERRANDS.values() if e.article.startswith("第十五条"))
"""The seven of 第十五条."""
OUTSIDE_OWNERS = ("liability", "accountability", OFFENCE)
"""What can go to an organ that is not an office of this system; the handling body then writes down its answer (A12)."""

# ---- 第十六条 决定 -------------------------------------------------------------------------------------------

CONCLUSIONS: Mapping[str, str] = {"true": "属实", "partly": "部分属实", "untrue": "不属实", "unclear": "无法查实"}  # S23
FOUND = ("true", "partly")
"""S26: 受理 and one of these: 有效投诉."""
ESCALATES = 2
"""P-D9: from this reopening on 政务办 hands it on anew."""
RATINGS: Mapping[str, str] = {"good": "满意", "fair": "一般", "bad": "不满意"}


@dataclass(frozen=True)
class Remedy:
    """S24: a way that is open by another law. This regulation has none of its own against the result."""

    name: str
    law: str
    words: str


REMEDIES = (
    Remedy("行政复议", "《行政复议法》", "认为被投诉的行政行为侵犯您自己的合法权益的，一般自知道该行为之日起 60 日内，可以向行政复议机关申请"),
    Remedy("行政诉讼", "《行政诉讼法》", "认为被投诉的行政行为侵犯您自己的合法权益的，一般自知道该行为之日起 6 个月内，可以向人民法院起诉"),
    Remedy("信访", "《信访工作条例》", "不属于行政复议、诉讼范围的，可以向有权处理的机关提出信访事项"),
)
REMEDIES_NOTE = "复议、诉讼的期限从您知道被投诉的行为那一天算起，不从这次答复算起，请不要错过。"

# ---- 第十八条至第二十条 责任 ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Liability:
    """O11: who registers it, with which act, and what is answered for."""

    key: str
    article: str
    name: str
    opens: str


LIABILITIES: Mapping[str, Liability] = {
    x.key: x
    for x in (
        Liability("obstruction", "第十八条", "干扰、阻碍办理或者打击报复投诉人", "register_obstruction"),
        Liability("default", "第十九条", "无正当理由逾期不办结、不执行决定", "open_default"),
        Liability("misconduct", "第二十条", "投诉处理机关及其工作人员违法", "register_misconduct"),
        Liability("office", "第二十条", "政务办及其工作人员在投诉处理中违法", "register_office_misconduct"),
    )
}
