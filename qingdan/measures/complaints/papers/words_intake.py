"""第六条, 第十条 the words of the five papers. Those for the complainant are addressed by 受理编号; none of them bears a name of a person."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.papers.content import FORM, NOTICE, Block, Content, Heading, Paragraph, Signature, paragraphs
from qingdan.kernel.papers.templates import Field, Template, Values

from .words_common import COMMON, LIMIT, RULES, facts_of, notice

APPEAL = "对本决定不服的，可以向金水区政务服务改革管理办公室反映；认为行政行为侵犯自己合法权益的，可以依法申请行政复议或者提起行政诉讼。"


def _registered(values: Values, body: str, day: date) -> Content:
    facts = [
        ("受理编号", values["reference"]), ("案件编号", values["number"]), ("收到日期", values["received"]), ("途径", values["channel"]),
        ("投诉人", values["complainant"]), ("被投诉人", values["respondent"]), ("事项", values["item"]), ("情形（第五条）", values["grounds"]),
        ("投诉内容", values["text"]), ("初步证据", values["evidence"]), ("受理日期", values["accepted"]), ("办理期限", values["limit"]),
        ("受理机关", body),
    ]  # fmt: skip
    return Content(FORM, "行政权责运行投诉受理登记表", blocks=(facts_of(facts), Signature(body, day)))


REGISTERED = Template(
    "complaint_registered", 1, "行政权责运行投诉受理登记表", "第十条", FORM,
    (*COMMON, Field("complainant", "投诉人"), Field("respondent", "被投诉人"), Field("item", "事项", required=False), Field("text", "投诉内容"),
     Field("evidence", "初步证据", required=False), Field("accepted", "受理日期"), LIMIT), _registered,
)  # fmt: skip


def _accepted(values: Values, body: str, day: date) -> Content:
    blocks: list[Block] = [
        Paragraph(f"您以{values['channel']}方式提出的投诉，已于{values['received']}收到。经审查，属于投诉范围并有初步证据，依据{RULES}第十条，决定予以受理。"),
        Paragraph(f"依据{RULES}第十四条，本机关应当在{values['limit']}前调查、处理完毕；情况复杂确需延长的，经本机关负责人批准延长，并另行告知。"),
        Paragraph("您可以凭查询码查看办理进度，补充事实和材料。"),
    ]
    return notice("受理告知书", values, body, day, blocks)


ACCEPTED = Template("complaint_accepted", 1, "受理告知书", "第十条", NOTICE, (*COMMON, LIMIT), _accepted)


def _refused(values: Values, body: str, day: date) -> Content:
    before: list[Block] = [Heading("四、此前的答复"), *paragraphs(str(values["answer"]))] if values["answer"] else []
    blocks: list[Block] = [
        Paragraph(f"您以{values['channel']}方式提出的投诉，已于{values['received']}收到。经审查，决定不予受理。"),
        Heading("一、依据"),
        Paragraph(f"{RULES}{values['article']}：{values['ground']}。"),
        Heading("二、理由"),
        *paragraphs(str(values["reasons"])),
        Heading("三、您可以怎样做"),
        Paragraph(f"{values['pointer']}。有新的事实和理由的，可以再次投诉。"),
        Paragraph(APPEAL),
        *before,
        Paragraph(f"告知方式：{values['way']}。"),
    ]
    return notice("不予受理告知书", values, body, day, blocks)


REFUSED = Template(
    "complaint_refused", 1, "不予受理告知书", "第六条", NOTICE,
    (*COMMON, Field("article", "依据的条款"), Field("ground", "不予受理的情形"), Field("reasons", "理由"), Field("pointer", "正确的途径"),
     Field("answer", "此前的答复", required=False), Field("way", "告知方式")), _refused,
)  # fmt: skip


def _asked(values: Values, body: str, day: date) -> Content:
    blocks: list[Block] = [
        Paragraph(f"您以{values['channel']}方式提出的投诉，已于{values['received']}收到。依据{RULES}第十条，受理投诉需要初步证据，请补充："),
        *paragraphs(str(values["asked"])),
        Paragraph(f"请于{values['limit']}前提交，可以凭查询码在网上提交。受理期限自收到之日起重新计算；期满没有提交的，本机关将依法决定是否受理，您可以再次投诉。"),
    ]
    return notice("补正通知书", values, body, day, blocks)


ASKED = Template("complaint_asked", 1, "补正通知", "第十条", NOTICE, (*COMMON, Field("asked", "需要补充的证据"), LIMIT), _asked)


def _assigned(values: Values, body: str, day: date) -> Content:
    facts = [
        ("受理编号", values["reference"]), ("案件编号", values["number"]), ("收到日期", values["received"]), ("途径", values["channel"]),
        ("情形（第五条）", values["grounds"]), ("事项种类", values["item_kind"]), ("批转单位", body), ("处理机关", values["handler"]),
        ("批转依据", values["basis"]), ("受理期限", f"{values['limit']}前受理，或者不予受理并说明理由"),
        ("保密", "投诉人的身份和有关案情不得对外泄露（第四条）。本单不载投诉人身份和投诉内容，请在系统中查看。"),
    ]  # fmt: skip
    return Content(FORM, "行政权责运行投诉批转单", blocks=(facts_of(facts), Signature(body, day)))


ASSIGNED = Template(
    "complaint_assigned", 1, "批转单", "第十条", FORM,
    (*COMMON, Field("item_kind", "事项种类", required=False), Field("handler", "处理机关"), Field("basis", "批转依据"), LIMIT), _assigned,
)  # fmt: skip
