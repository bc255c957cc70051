"""第十一条, 第十五条, 第十六条, 第十九条 the words of what goes to a unit, and of what the unit reports.

Every field is one of `words_common.FOR_UNIT`: the letter that a second person approved, the unit's own numbers and days. Nothing says who complained,
when, by which channel or about what else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qingdan.kernel.papers.content import LETTER, NOTICE, Block, Content, Paragraph, paragraphs
from qingdan.kernel.papers.templates import Template, Values

from .words_common import (
    BACK,
    DUE,
    FILES,
    LIMIT,
    MAYBE_DUE,
    ORIGIN,
    ORIGIN_NUMBER,
    PHONE,
    REPORTED,
    RULES,
    TEXT,
    TO,
    by_day,
    unit_letter,
    unit_notice,
)  # fmt: skip

SECRECY = "办理中应当保密，不得打听、推测反映问题的人，不得打击报复。"
DEFAULT = "无正当理由未按规定期限办结的，依照该办法第十九条追究有关负责人和直接责任人的责任。"
FIELDS = (TO, TEXT, DUE, PHONE)
SUGGESTED = (TO, TEXT, MAYBE_DUE, PHONE)

Compose = Callable[[Values, str, date], Content]
Shape = Callable[[str, Values, str, date, list[Block]], Content]


def _paper(shape: Shape, title: str, opening: str, closing: Callable[[Values], list[str]]) -> Compose:
    """An opening that names the article, the letter as it was approved, what follows from it, whom to ask."""

    def compose(values: Values, body: str, day: date) -> Content:
        *first, last = closing(values)
        last += f"联系电话：{values['phone']}。" if values["phone"] else ""
        blocks: list[Block] = [Paragraph(opening), *paragraphs(str(values["letter"])), *map(Paragraph, [*first, last])]
        return shape(title, values, body, day, blocks)

    return compose


HANDED_OVER = Template(
    "complaint_handover", 1, "转办函", "第十一条", LETTER, FIELDS,
    _paper(
        unit_letter, "关于移交有关事项调查处理的函", f"依据{RULES}第十一条，现将下列事项移交你单位调查处理：",
        lambda v: [f"请按规定组织查处，并{by_day(v)}将调查处理结果书面报告本机关。"
                   "本机关对查处情况进行监督；查处不力的，退回重新调查或者收回自行调查。",
                   SECRECY + DEFAULT],
    ),
)  # fmt: skip

ASSISTANCE = Template(
    "complaint_assistance", 1, "协助调查通知书", "第十五条（一）", NOTICE, FIELDS,
    _paper(
        unit_notice, "协助调查通知书", f"因调查处理行政权责运行投诉事项的需要，依据{RULES}第十五条（一），请你单位协助调查下列事项：",
        lambda v: [f"请{by_day(v)}予以协助，并将有关情况书面答复本机关。不能协助的，请书面说明理由。", SECRECY],
    ),
)  # fmt: skip

MATERIALS = Template(
    "complaint_materials", 1, "提供资料通知书", "第十五条（二）", NOTICE, FIELDS,
    _paper(
        unit_notice, "提供资料通知书", f"依据{RULES}第十五条（二），请你单位提供有关的文件、资料，并作出说明：",
        lambda v: [f"请{by_day(v)}提供。提供复制件的，注明与原件一致并加盖公章；没有或者不能提供的，请书面说明理由。", SECRECY],
    ),
)  # fmt: skip

PERFORMANCE = Template(
    "complaint_performance", 1, "限期履行通知书", "第十五条（三）", NOTICE, FIELDS,
    _paper(
        unit_notice, "限期履行通知书", f"依据{RULES}第十五条（三），要求你单位在规定时间内履行或者正确履行下列法定职责、义务：",
        lambda v: [f"请{by_day(v)}履行完毕，并将履行情况书面报告本机关。{DEFAULT}", SECRECY],
    ),
)  # fmt: skip

STOP = Template(
    "complaint_stop", 1, "责令停止违法行为通知书", "第十五条（四）", NOTICE, FIELDS,
    _paper(
        unit_notice, "责令停止违法行为通知书", f"依据{RULES}第十五条（四），责令你单位停止下列违法行为，并对所造成的危害采取必要补救措施：",
        lambda v: [f"请自收到本通知书之日起立即停止，{by_day(v)}完成补救，并将停止和补救情况书面报告本机关。{DEFAULT}", SECRECY],
    ),
)  # fmt: skip

LIABILITY_ADVICE = Template(
    "complaint_liability_advice", 1, "追究行政执法责任的意见和建议", "第十五条（五）", LETTER, SUGGESTED,
    _paper(
        unit_letter, "关于追究行政执法责任的意见和建议",
        f"本机关在处理行政权责运行投诉中，认为需要追究行政执法责任。依据{RULES}第十五条（五），提出如下意见和建议：",
        lambda v: [f"请依法研究处理，并{by_day(v)}将处理情况函告本机关。", SECRECY],
    ),
)  # fmt: skip

ACCOUNTABILITY_ADVICE = Template(
    "complaint_accountability_advice", 1, "行政问责的意见和建议", "第十五条（六）", LETTER, SUGGESTED,
    _paper(
        unit_letter, "关于行政问责的意见和建议",
        f"本机关在处理行政权责运行投诉中，认为需要进行行政问责。依据{RULES}第十五条（六），提出如下意见和建议：",
        lambda v: [f"请依法研究处理，并{by_day(v)}将处理情况函告本机关。", SECRECY],
    ),
)  # fmt: skip

OFFENCE = Template(
    "complaint_offence", 1, "移送函", "第十五条（七）", LETTER, SUGGESTED,
    _paper(
        unit_letter, "关于移送涉嫌违法违纪问题的函",
        f"本机关在处理行政权责运行投诉中，发现下列涉嫌违法违纪问题。依据{RULES}第十五条（七），现移送你单位依法立案查处：",
        lambda v: [f"请{by_day(v)}将是否立案和查处结果函告本机关。不属于你单位管辖的，请及时退回。", SECRECY],
    ),
)  # fmt: skip

EXECUTION = Template(
    "complaint_execution", 1, "执行通知书", "第十六条", NOTICE, FIELDS,
    _paper(
        unit_notice, "执行通知书",
        f"本机关已经作出行政权责运行投诉案件调查处理决定。依据{RULES}第十六条，你单位应当执行下列事项：",
        lambda v: [f"请依法处理，并{by_day(v)}将处理情况书面报告本机关。"
                   "不执行调查处理决定的，依照该办法第十九条追究有关负责人和直接责任人的责任。", SECRECY],
    ),
)  # fmt: skip


def _asked(values: Values, body: str, day: date) -> Content:
    blocks: list[Block] = [
        Paragraph(f"《{values['origin']}》（编号：{values['origin_number']}）限定你单位于{values['due']}前报告，本机关至今没有收到报告。"),
        Paragraph(f"依据{RULES}第十九条，请你单位说明有无正当理由，并附有关证明材料，于{values['limit']}前书面答复本机关。"),
        Paragraph("经审查有正当理由的，不追究逾期的责任；没有正当理由或者逾期不答复的，登记为不按规定办理交办事项、不执行调查处理决定，依照该条处理。"),
        Paragraph("说明理由不免除你单位继续办理的责任。"),
    ]  # fmt: skip
    return unit_notice("逾期理由询问书", values, body, day, blocks)


REASON_ASKED = Template("complaint_reason_asked", 1, "逾期理由询问书", "第十九条", NOTICE, (TO, ORIGIN, ORIGIN_NUMBER, DUE, LIMIT), _asked)


def _returned(values: Values, body: str, day: date) -> Content:
    blocks: list[Block] = [
        Paragraph(f"你单位根据本机关《{values['origin']}》（编号：{values['origin_number']}）报告的情况，经审查，存在下列问题，现予退回："),
        *paragraphs(str(values["back"])),
        Paragraph(f"请你单位重新办理或者补充，并{by_day(values)}再次书面报告本机关。{SECRECY}"),
    ]  # fmt: skip
    return unit_notice("退回重新办理通知书", values, body, day, blocks)


RETURNED = Template("complaint_returned", 1, "退回重新办理通知书", "第十一条", NOTICE, (TO, ORIGIN, ORIGIN_NUMBER, BACK, MAYBE_DUE), _returned)


def _called(values: Values, body: str, day: date) -> Content:
    blocks: list[Block] = [
        Paragraph(f"依据{RULES}第十二条，本机关决定就有关事项组织质证，请你单位派了解情况的人员参加，并携带有关的证据材料。"),
        Paragraph("质证的时间、地点和需要说明的问题，以本机关发出的协助调查通知书或者调查人员的当面告知为准。不能按时参加的，请事先说明理由；不参加的，不影响本机关依法处理。"),
        Paragraph(f"质证情况由调查人员制作笔录，由参加人员核对后签名。{SECRECY}"),
    ]  # fmt: skip
    return unit_notice("质证通知书", values, body, day, blocks)


CALLED_UNIT = Template("complaint_called_unit", 1, "质证通知书（被投诉人）", "第十二条", NOTICE, (TO,), _called)
"""Handed over by the investigators: the respondent has no way to the complaint's own case. Time, place and questions go by an approved letter."""


def _reported(values: Values, body: str, day: date) -> Content:
    files = [Paragraph(f"随本报告提交材料{values['files']}份。")] if values["files"] else []
    blocks: list[Block] = [
        Paragraph(f"根据你机关《{values['origin']}》（编号：{values['origin_number']}），现将处理情况报告如下："),
        *paragraphs(str(values["reported"])), *files,
        Paragraph("以上报告，请审查。"),
    ]  # fmt: skip
    return unit_letter("关于有关事项处理情况的报告", values, body, day, blocks)


REPORT = Template("complaint_report", 1, "处理情况报告", "第十六条", LETTER, (TO, ORIGIN, ORIGIN_NUMBER, REPORTED, FILES), _reported)

OF_OPENING: dict[str, Template] = {
    "hand_over": HANDED_OVER, "order_assistance": ASSISTANCE, "order_materials": MATERIALS, "order_performance": PERFORMANCE, "order_stop": STOP,
    "propose_liability": LIABILITY_ADVICE, "propose_accountability": ACCOUNTABILITY_ADVICE, "refer_offence": OFFENCE, "order_execution": EXECUTION,
}  # fmt: skip
"""The act that opens an errand -> its paper."""
OF_REPORT = dict.fromkeys(("report_findings", "answer_request", "report_performance", "report_action", "report_execution"), REPORT)
OF_RETURN = dict.fromkeys(("return_findings", "return_answer", "return_performance", "return_action", "return_execution"), RETURNED)
FOR_UNITS = (*OF_OPENING.values(), RETURNED, REASON_ASKED, CALLED_UNIT)
"""What a unit or another organ reads."""
