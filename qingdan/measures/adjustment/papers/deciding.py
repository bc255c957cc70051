"""第七条（四）（五） 核准、确认、复审结论."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.papers.content import BREAK, FORM, RED, Block, Content, Heading, Paragraph, Table, paragraphs
from qingdan.kernel.papers.templates import Field, Template, Values

from .words import CASE, CHANGES, COPIES, LIMIT, MAYBE_OPINION, RULES, TO, case_line, changes_of, facts_of, red, rows_of, signed

REVIEWS = Field("reviews", "审核情况")
VERDICT = Field("verdict", "结论")


def _reviews(values: Values, title: str) -> list[Block]:
    return [Heading(title), Table(("牵头部门", "意见", "日期"), rows_of(values, "reviews"), (4, 4, 3))]


def _approval(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"你单位就{values['matter']}提出的调整申请收悉{case_line(values)}。依据{RULES}第七条（四），现提出核准意见如下："),
        Paragraph(f"{values['verdict']}。"),
        *paragraphs(values["opinion"]),
        *changes_of(values, "一、核准的内容"),
        *_reviews(values, "二、审核情况" if values["changes"] else "一、审核情况"),
        Paragraph(f"请于{values['limit']}前确认；逾期未确认的，视为无异议（第八条）。有异议的，说明异议后按第七条（五）申请复审。"),
    ]
    return red(f"{body}{BREAK}关于{values['matter']}的核准意见", values, body, day, blocks)


APPROVAL = Template(
    "approval", 1, "核准意见", "第七条（四）", RED, (TO, *CASE, VERDICT, MAYBE_OPINION, CHANGES, REVIEWS, LIMIT, COPIES), _approval
)


def _receipt(values: Values, body: str, day: date) -> Content:
    facts = [
        ("案件编号", values["number"]), ("清单", values["list"]), ("事项", values["matter"]), ("核准单位", values["office"]),
        ("核准意见", values["approved"]), ("确认单位", body), ("确认日期", values["done"]), ("确认结果", values["verdict"]),
        ("说明", values["opinion"] or "无"),
    ]  # fmt: skip
    return Content(FORM, "核准意见确认回执", blocks=(facts_of(facts), signed(body, day)))


RECEIPT = Template(
    "receipt", 1, "确认回执", "第七条（四）", FORM,
    (*CASE, Field("office", "核准单位"), Field("approved", "核准意见"), Field("done", "确认日期"), Field("verdict", "确认结果"), MAYBE_OPINION),
    _receipt,
)  # fmt: skip


def _conclusion(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"你单位就{values['matter']}提出的复审申请收悉{case_line(values)}。依据{RULES}第七条（五），经复审，结论如下："),
        Paragraph(f"{values['verdict']}。"),
        *paragraphs(values["opinion"]),
        *changes_of(values, "一、复审确定的内容"),
        *(_reviews(values, "二、复审情况" if values["changes"] else "一、复审情况") if values["reviews"] else []),
        Paragraph("复审以一次为限，本结论为终局。"),
    ]
    return red(f"{body}{BREAK}关于{values['matter']}的复审结论", values, body, day, blocks)


CONCLUSION = Template(
    "conclusion", 1, "复审结论", "第七条（五）", RED,
    (TO, *CASE, VERDICT, Field("opinion", "复审结论和理由"), CHANGES, Field("reviews", "复审情况", required=False), COPIES), _conclusion,
)  # fmt: skip

TEMPLATES = (APPROVAL, RECEIPT, CONCLUSION)
