"""第七条（三）（五） 审核、会审、复审: what lead bodies and reviewers say."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.papers.content import LETTER, Block, Content, Heading, Paragraph, paragraphs
from qingdan.kernel.papers.templates import Field, Template, Values

from .words import CASE, CHANGES, MAYBE_OPINION, RULES, TO, case_line, changes_of, letter

VERDICT = Field("verdict", "审核结论")


def _opinion(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"转来{values['unit']}就{values['matter']}提出的调整申请收悉{case_line(values)}。依据{RULES}第七条（三），现提出审核意见。"),
        *changes_of(values, "一、申请的调整内容"),
        *([Heading("二、审核意见")] if values["changes"] else []),
        Paragraph(f"{values['verdict']}。"),
        *paragraphs(values["opinion"]),
    ]
    return letter(f"关于{values['matter']}的审核意见", values, body, day, blocks)


OPINION = Template("opinion", 1, "审核意见", "第七条（三）", LETTER, (TO, *CASE, VERDICT, MAYBE_OPINION, CHANGES), _opinion)


def _notice(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"{values['unit']}提出的{values['matter']}，经主办牵头部门告知属于需要多个牵头部门共同审核的交叉事项{case_line(values)}。"),
        Paragraph(f"依据{RULES}第七条（三），决定组织联合会审，以联合会审代替各牵头部门单独审核。有关事项通知如下："),
        *paragraphs(values["opinion"]),
        Paragraph(f"参加单位：{values['members']}。"),
        Paragraph("请准时参加，并在会审后会签联合会审意见。"),
    ]
    return letter(f"关于联合会审{values['matter']}的通知", values, body, day, blocks)


JOINT_NOTICE = Template(
    "joint_notice", 1, "会审通知", "第七条（三）", LETTER,
    (TO, *CASE, Field("opinion", "会审的时间、地点和议题"), Field("members", "参加单位")), _notice,
)


def _joint(values: Values, body: str, day: date) -> Content:
    blocks: list[Block] = [
        Paragraph(f"依据{RULES}第七条（三），{body}组织{values['members']}对{values['matter']}进行联合会审{case_line(values)}。共同审核意见如下："),
        *paragraphs(values["opinion"]),
        Heading("会签情况"),
        Paragraph(f"已会签：{values['signers'] or '无'}。"),
        *([Paragraph(f"未会签：{values['unsigned']}。未会签的，联合会审意见照样成立。")] if values["unsigned"] else []),
    ]
    return letter(f"关于{values['matter']}的联合会审意见", values, body, day, blocks)


JOINT_OPINION = Template(
    "joint_opinion", 1, "联合会审意见", "第七条（三）", LETTER,
    (TO, *CASE, Field("opinion", "联合会审意见"), Field("members", "参加会审的单位"), Field("signers", "已会签的单位", required=False),
     Field("unsigned", "未会签的单位", required=False)), _joint,
)  # fmt: skip


def _asks_review(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"我单位于{values['objected']}对{values['matter']}的核准意见提出异议{case_line(values)}。依据{RULES}第七条（五），申请复审，意见和理由如下："),
        *paragraphs(values["opinion"]),
        *changes_of(values, "附：核准的内容"),
        Paragraph("请予复审。"),
    ]
    return letter(f"关于复审{values['matter']}核准意见的申请", values, body, day, blocks)


REVIEW_REQUEST = Template(
    "review_request", 1, "复审申请及意见", "第七条（五）", LETTER,
    (TO, *CASE, Field("objected", "提出异议的日期"), Field("opinion", "复审的意见和理由"), CHANGES), _asks_review,
)  # fmt: skip


def _again(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"交付复审的{values['matter']}收悉{case_line(values)}。经复审，意见如下："),
        Paragraph(f"{values['verdict']}{values['unit']}的复审意见。"),
        *paragraphs(values["opinion"]),
    ]
    return letter(f"关于{values['matter']}的复审意见", values, body, day, blocks)


REVIEW_OPINION = Template("review_opinion", 1, "复审意见", "第七条（五）", LETTER, (TO, *CASE, VERDICT, MAYBE_OPINION), _again)

TEMPLATES = (OPINION, JOINT_NOTICE, JOINT_OPINION, REVIEW_REQUEST, REVIEW_OPINION)
