"""第七条（五）、第九条 转告、公布、本部门更新、备案; 第十一条 本单位办法."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.papers.content import FORM, LETTER, Content, Heading, Paragraph, Table, paragraphs
from qingdan.kernel.papers.templates import Field, Template, Values

from .words import CASE, CHANGES, LIMIT, MAYBE_OPINION, NUMBER, RULES, TO, UNIT, case_line, changes_of, facts_of, letter, rows_of, signed


def _forwarding(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"{values['unit']}提出的{values['matter']}，已经审核、核准，{values['basis']}{case_line(values)}。"),
        Paragraph(f"依据{RULES}第七条（五），现将调整意见转告你单位。"),
        *paragraphs(values["opinion"]),
        *changes_of(values, "调整内容"),
        Paragraph(f"请于{values['limit']}前将调整内容配入区政务服务网，更新公布，并将公布回执反馈我单位。"),
    ]
    return letter(f"关于转告{values['matter']}调整意见的函", values, body, day, blocks)


FORWARDING = Template(
    "forwarding", 1, "转告调整意见", "第七条（五）", LETTER, (TO, *CASE, Field("basis", "转告的前提"), LIMIT, MAYBE_OPINION, CHANGES), _forwarding
)


def _published(values: Values, body: str, day: date) -> Content:
    facts = [
        ("案件编号", values["number"]), ("清单", values["list"]), ("申请单位", values["unit"]), ("事项", values["matter"]), ("公布单位", body),
        ("结果", values["result"]), ("办理日期", values["done"]), ("公布网址", values["url"]), ("公布回执", values["receipt"]),
        ("页面副本摘要（SHA-256）", values["digest"]), ("说明", values["opinion"]),
    ]  # fmt: skip
    return Content(FORM, "配网公布回执", blocks=(facts_of(facts), signed(body, day)))


PUBLICATION = Template(
    "publication", 1, "配网公布回执", "第七条（五）", FORM,
    (*CASE, Field("result", "公布结果"), Field("done", "办理日期"), Field("url", "公布网址", required=False),
     Field("receipt", "公布回执", required=False), Field("digest", "页面副本摘要", required=False), MAYBE_OPINION), _published,
)  # fmt: skip


def _own_site(values: Values, body: str, day: date) -> Content:
    facts = [
        ("案件编号", values["number"]), ("清单", values["list"]), ("事项", values["matter"]), ("更新单位", body), ("登记日期", values["done"]),
        ("公布日期", values["published"]), ("本部门网址", values["url"]), ("更新情况", values["opinion"]),
    ]  # fmt: skip
    blocks = (
        facts_of(facts),
        Heading("更新的证明"), Table(("证明", "文件", "摘要（SHA-256）"), rows_of(values, "proofs"), (4, 4, 11)),
        Paragraph(f"依据{RULES}第七条（五），本单位已对部门网站及办公场所的有关内容进行调整更新，特此证明。"), signed(body, day),
    )  # fmt: skip
    return Content(FORM, "本部门网站和办公场所更新证明", blocks=blocks)


OWN_SITE = Template(
    "own_site", 1, "本部门更新证明", "第七条（五）", FORM,
    (*CASE, Field("done", "登记日期"), Field("published", "公布日期", required=False), Field("url", "本部门网址", required=False), MAYBE_OPINION,
     Field("proofs", "更新的证明")), _own_site,
)  # fmt: skip


def _filing(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"依据{RULES}第九条，现将{values['matter']}的调整情况报你单位备案（案件编号：{values['number']}）。"),
        Paragraph(f"调整完毕日：{values['done']}。"),
        *paragraphs(values["what"]),
        *paragraphs(values["opinion"]),
        *changes_of(values),
        Paragraph("请予备案。"),
    ]
    return letter(f"关于{values['matter']}的备案报告", values, body, day, blocks)


FILING = Template(
    "filing", 1, "备案报告", "第九条", LETTER,
    (TO, NUMBER, UNIT, Field("matter", "事项"), Field("done", "调整完毕日"), Field("what", "调整了什么", required=False), MAYBE_OPINION, CHANGES),
    _filing,
)  # fmt: skip


def _rule(values: Values, body: str, day: date) -> Content:
    blocks = [
        Paragraph(f"依据{RULES}第十一条，我单位制定了《{values['title']}》（{values['rule_number']}，{values['adopted']}印发），现报你单位备案。"),
        *paragraphs(values["opinion"]),
        Paragraph(f"所报文件“{values['file']}”的摘要（SHA-256）：{values['digest']}。"),
    ]
    return letter(f"关于报送《{values['title']}》备案的函", values, body, day, blocks, (str(values["title"]),))


RULE = Template(
    "unit_rule", 1, "本单位调整办法备案函", "第十一条", LETTER,
    (TO, Field("title", "办法名称"), Field("rule_number", "办法文号"), Field("adopted", "印发日"), Field("file", "办法文件"),
     Field("digest", "文件摘要"), MAYBE_OPINION), _rule,
)  # fmt: skip

TEMPLATES = (FORWARDING, PUBLICATION, OWN_SITE, FILING, RULE)
