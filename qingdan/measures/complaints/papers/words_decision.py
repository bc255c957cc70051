"""第十六条 the words of 决定书, of its copy for 政务办 (抄报, E28), and of 结果告知书. No party is named; the complainant is the 受理编号 (S23)."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.papers.content import NOTICE, Block, Content, Heading, Imprint, Paragraph, Signature, Table, paragraphs
from qingdan.kernel.papers.templates import Field, Template, Values
from qingdan.measures.complaints.access import DECISION_COPY

from .words_common import CHANNEL, GROUNDS, NUMBER, OFFICE_NAME, RECEIVED, REFERENCE, RULES, notice

IN_FORCE = "本决定自签发之日起生效。"
TITLE = "行政权责运行投诉案件调查处理决定书"
RIGHTS = (
    "认为行政机关的行政行为侵犯您合法权益的，可以依照《中华人民共和国行政复议法》，自知道该行政行为之日起六十日内申请行政复议，"
    "或者依照《中华人民共和国行政诉讼法》，自知道或者应当知道该行政行为之日起六个月内向人民法院提起行政诉讼；法律另有规定的，从其规定。"
)
ONLINE = "您也可以凭受理编号和查询码在网上查看本告知书。"
PETITION = "属于信访、监察等途径的，可以依照有关规定向有权的机关提出。"
"""S24: the regulation gives no review of the decision; what other laws give is told."""


def _duties(values: Values) -> list[Block]:
    rows = tuple(tuple(str(cell) for cell in row) for row in values["duties"] or ())
    if not rows:
        return [Heading("六、有关单位的责任"), Paragraph(f"没有需要有关单位执行的事项。{IN_FORCE}")]
    return [
        Heading("六、有关单位的责任和期限"), Table(("单位", "应当执行的事项", "期限"), rows, (4, 6, 4)),
        Paragraph(f"有关单位应当按照本决定依法处理，并在期限内报告处理情况；不执行的，依照该办法第十九条追究责任。{IN_FORCE}"),
    ]  # fmt: skip


def _parts(values: Values) -> list[Block]:
    return [
        Paragraph(f"投诉人：受理编号{values['reference']}（身份依法保密）。"),
        Paragraph(f"被投诉人：{values['respondent']}。"),
        Paragraph(f"案由：{values['grounds']}。"),
        Paragraph(f"上列投诉，本机关于{values['accepted']}受理。依据{RULES}第十二条、第十三条，由两名以上调查人员进行了调查，听取了投诉人和被投诉人的意见，"
                  "或者通知其陈述意见。现已调查终结，依据该办法第十六条作出决定。"),
        Heading("一、投诉的事项"), *paragraphs(str(values["claims"])),
        Heading("二、查明的事实和证据"), *paragraphs(str(values["facts"])),
        Heading("三、依据"), *paragraphs(str(values["basis"])),
        Heading("四、结论"), Paragraph(f"经调查，投诉事项{values['conclusion']}。"),
        Heading("五、处理决定"), *paragraphs(str(values["handling"])),
        *_duties(values),
    ]  # fmt: skip


def _decided(values: Values, body: str, day: date) -> Content:
    return Content(NOTICE, TITLE, body, blocks=(*_parts(values), Signature(body, day)))


def _copied(values: Values, body: str, day: date) -> Content:
    return Content(NOTICE, TITLE, body, blocks=(*_parts(values), Signature(body, day)), imprint=Imprint(f"抄报：{OFFICE_NAME}", body, day))


FIELDS = (
    REFERENCE, NUMBER, GROUNDS, Field("respondent", "被投诉人"), Field("accepted", "受理日期"), Field("claims", "投诉的事项"),
    Field("facts", "查明的事实和证据"), Field("basis", "依据"), Field("conclusion", "结论"), Field("handling", "处理决定"),
    Field("duties", "有关单位的责任和期限", required=False),
)  # fmt: skip
DECIDED = Template("complaint_decision", 1, TITLE, "第十六条", NOTICE, FIELDS, _decided)
COPIED = Template(DECISION_COPY, 1, "调查处理决定书（抄报）", "第十六条", NOTICE, FIELDS, _copied)


def _told(values: Values, body: str, day: date) -> Content:
    outcome = f"经调查，您反映的问题{values['conclusion']}。" if values["conclusion"] else "依据该办法第八条，本件按恶意投诉结案。"
    above = "金水区人民政府" if values["about_office"] else OFFICE_NAME
    blocks: list[Block] = [
        Paragraph(f"您以{values['channel']}方式提出的投诉，本机关已于{values['received']}收到，于{values['accepted']}受理，现已调查处理完毕。"
                  f"依据{RULES}第十六条，将结果告知如下："),
        Heading("一、处理结果"), Paragraph(outcome), *paragraphs(str(values["said"])),
        Heading("二、您可以怎样做"),
        Paragraph(f"对处理结果有意见的，可以向{above}反映；有新的事实和理由的，可以再次投诉。"),
        Paragraph(RIGHTS), Paragraph(PETITION),
        Paragraph(f"告知方式：{values['way']}。{'' if '查询码' in values['way'] else ONLINE}"),
    ]  # fmt: skip
    return notice("投诉处理结果告知书", values, body, day, blocks)


TOLD = Template(
    "complaint_result", 1, "结果告知书", "第十六条", NOTICE,
    (REFERENCE, RECEIVED, CHANNEL, Field("accepted", "受理日期"), Field("conclusion", "结论", required=False), Field("said", "告知的内容"),
     Field("way", "告知方式"), Field("about_office", "投诉政务办", required=False)), _told,
)  # fmt: skip
