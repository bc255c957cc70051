"""第七条（一）（二） 申请、延期、补正、转办."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.papers.content import FORM, LETTER, NOTICE, Content, Heading, Paragraph, paragraphs
from qingdan.kernel.papers.templates import Field, Template, Values

from .words import CASE, CHANGES, LIMIT, MAYBE_OPINION, RULES, TO, addressed, case_line, changes_of, facts_of, letter, signed

GROUND, CAUSE, CAUSE_DAY = Field("ground", "调整情形"), Field("cause", "发生了什么"), Field("cause_day", "情形发生日")
EVIDENCE = Field("evidence", "证明材料")


def _application(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"依据{RULES}第七条（一），现就{values['matter']}提出调整申请及调整意见{case_line(values)}。"),
        Heading("一、调整情形"),
        Paragraph(f"属于第五条{values['ground']}的情形。情形发生日：{values['cause_day']}。"),
        *paragraphs(values["cause"]),
        Paragraph(f"证明材料：{values['evidence']}。"),
        Heading("二、调整意见"),
        *paragraphs(values["opinion"]),
        *changes_of(values, "三、调整内容"),
        *([Paragraph(f"拟生效日：{values['wished']}。")] if values["wished"] else []),
        Paragraph("请予审核。"),
    ]
    return letter(f"关于{values['matter']}的调整申请", values, body, day, blocks)


APPLICATION = Template(
    "application", 1, "调整申请及调整意见", "第七条（一）", LETTER,
    (TO, *CASE, GROUND, CAUSE, CAUSE_DAY, EVIDENCE, Field("opinion", "调整意见"), CHANGES, Field("wished", "拟生效日", required=False)), _application,
)  # fmt: skip


def _asks_longer(values: Values, body: str, day: date) -> Content:
    until = f"申请延长至{values['until']}" if values["until"] else "申请延长"
    blocks = [
        Paragraph(f"{values['matter']}的调整情形发生于{values['cause_day']}，申请期限于{values['due']}届满{case_line(values)}。"),
        Paragraph(f"因特殊情况不能在上述期限内提交调整申请，依据{RULES}第七条（一）{until}。理由如下："),
        *paragraphs(values["opinion"]),
        Paragraph("请予批准。"),
    ]
    return letter(f"关于延长{values['matter']}申请期限的请求", values, body, day, blocks)


EXTENSION_REQUEST = Template(
    "extension_request", 1, "延期申请", "第七条（一）", LETTER,
    (TO, *CASE, CAUSE_DAY, Field("due", "原申请期限"), Field("opinion", "理由"), Field("until", "申请延长至", required=False)), _asks_longer,
)  # fmt: skip


def _longer(values: Values, body: str, day: date) -> Content:
    granted = values["granted"] == "批准"
    decided = f"同意延长，申请期限至{values['until']}。" if granted else "经研究，不予批准延期，原申请期限不变。"
    blocks = [
        Paragraph(f"你单位关于延长{values['matter']}申请期限的请求收悉{case_line(values)}。依据{RULES}第七条（一），答复如下："),
        Paragraph(decided),
        *paragraphs(values["opinion"]),
        Paragraph("请在期限内提交调整申请及调整意见。"),
    ]
    return letter(f"关于{'批准' if granted else '不批准'}延长{values['matter']}申请期限的答复", values, body, day, blocks)


EXTENSION_ANSWER = Template(
    "extension_answer", 1, "延期答复", "第七条（一）", LETTER,
    (TO, *CASE, Field("granted", "是否批准"), Field("until", "申请期限"), MAYBE_OPINION), _longer,
)  # fmt: skip


def _returned(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"你单位就{values['matter']}提交的调整申请收悉{case_line(values)}。经审查，申请材料不齐全，现一次性告知需要补正的全部内容："),
        *paragraphs(values["opinion"]),
        Paragraph(f"请于{values['limit']}前补正后重新提交；转办期限自收到补正后的申请之日起重新计算。逾期未补正的，视为未申请，原申请期限继续计算。"),
    ]
    return Content(NOTICE, "补正通知书", body, addressed(values), blocks=(*blocks, signed(body, day)))


RETURN_NOTICE = Template(
    "return_notice", 1, "补正通知书", "第七条（二）", NOTICE, (TO, *CASE, Field("opinion", "需要补正的内容"), LIMIT), _returned
)


def _referred(values: Values, body: str, day: date) -> Content:
    facts = [
        ("案件编号", values["number"]), ("清单", values["list"]), ("申请单位", values["unit"]), ("事项", values["matter"]),
        ("收到申请", values["received"]), ("转办单位", body), ("牵头部门", values["leads"]), ("主办牵头部门", values["chief"]),
        ("审核期限", f"{values['limit']}前出具审核意见，反馈{body}"), ("转办意见", values["opinion"] or "请依职责审核。"),
        ("说明", f"依据{RULES}第七条（三）、第八条：收到转办意见后主动与申请单位沟通对接；属于需要多个牵头部门共同审核的交叉事项的，"
                 "由主办牵头部门及时告知；逾期未反馈审核意见的，视为同意。"),
    ]  # fmt: skip
    return Content(FORM, "清单动态调整转办单", blocks=(facts_of(facts), signed(body, day), *changes_of(values, "附：申请的调整内容")))


REFERRAL = Template(
    "referral", 1, "转办意见（转办单）", "第七条（二）", FORM,
    (*CASE, Field("received", "收到申请的日期"), Field("leads", "牵头部门"), Field("chief", "主办牵头部门", required=False), LIMIT, MAYBE_OPINION,
     CHANGES), _referred,
)  # fmt: skip

TEMPLATES = (APPLICATION, EXTENSION_REQUEST, EXTENSION_ANSWER, RETURN_NOTICE, REFERRAL)
