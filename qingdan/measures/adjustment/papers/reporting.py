"""第十条（三）（四） 台账, 月度统计分析汇总报告, 追责建议."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.papers.content import BOOK, BREAK, LETTER, RED, Block, Content, Heading, Paragraph, Table, paragraphs
from qingdan.kernel.papers.templates import Field, Template, Values

from .words import COPIES, RULES, letter, red, rows_of, signed

PERIOD, MONTH = Field("period", "统计期"), Field("month", "月份")


def _book(values: Values, body: str, day: date) -> Content:
    head = tuple(values["columns"])
    rows = rows_of(values, "lines")
    widths = (13, 17, *(9 for _ in head[2:]))
    told = tuple((f"{number[:1]}\n{number[1:]}", *rest) for number, *rest in rows)  # 调 above 2016-0001, which no line end tears apart
    tables = [Table(head, told, widths)] if rows else []
    said = f"统计期：{values['period']}。" + (f"共 {len(rows)} 件。" if rows else "本期没有发生清单动态调整事项。")
    return Content(BOOK, f"{values['month']}清单动态调整台账", blocks=(*tables, Paragraph(said), signed(body, day)))


BOOK_OF_MONTH = Template(
    "book", 1, "清单动态调整台账", "第十条（三）", BOOK,
    (MONTH, PERIOD, Field("columns", "栏目"), Field("lines", "各案件", required=False)), _book,
)  # fmt: skip


def _monthly(values: Values, body: str, day: date) -> Content:
    groups, late = rows_of(values, "groups"), rows_of(values, "late")
    tables: list[Block] = []
    if groups:
        tables += [Heading("三、分清单、分单位情况"), Table(("范围", "收到申请", "核准", "公布", "期末在办"), groups, (5, 2, 2, 2, 2))]
    tables += [
        Heading(f"{'四' if groups else '三'}、超过法定期限的事项"),
        Table(("单位", "条款", "件数"), late, (5, 4, 2)) if late else Paragraph("无。"),
    ]
    blocks = [
        Paragraph(f"依据{RULES}第十条（三），现将{values['month']}清单动态调整情况报告如下。统计期：{values['period']}。"),
        Heading("一、分析"),
        *paragraphs(values["opinion"]),
        Heading("二、总体情况"),
        Table(("项目", "件数"), rows_of(values, "figures"), (6, 3)),
        *tables,
        Paragraph("特此报告。"),
    ]
    return red(f"{body}{BREAK}关于{values['month']}清单动态调整情况的报告", values, body, day, blocks)


MONTHLY = Template(
    "monthly", 1, "月度统计分析汇总报告", "第十条（三）", RED,
    (Field("to", "主送单位", typed=True), MONTH, PERIOD, Field("opinion", "分析"), Field("figures", "统计"),
     Field("groups", "分清单、分单位统计", required=False), Field("late", "超过法定期限的事项", required=False), COPIES), _monthly,
)  # fmt: skip


def _accountability(values: Values, body: str, day: date) -> Content:
    blocks: list[Block] = [
        Paragraph(f"依据{RULES}第十条（四），我单位在清单动态调整的督查中查明下列情形，现提出追责建议。"),
        Heading("一、事实"),
        Paragraph(f"责任单位：{values['unit']}。案件编号：{values['number']}；事项：{values['matter']}。"),
        Paragraph(f"应办事项：{values['duty']}（{values['article']}），期限至{values['due']}。情形：{values['fault']}。"),
        Heading("二、认定"),
        Paragraph(f"经认定，{values['fault']}成立（{values['decided']}）。理由："),
        *paragraphs(values["reasons"]),
        Heading("三、建议"),
        *paragraphs(values["advice"]),
    ]
    return letter(f"关于{values['unit']}{BREAK}{values['fault']}的追责建议", values, body, day, blocks)


ACCOUNTABILITY = Template(
    "accountability", 1, "追责建议", "第十条（四）", LETTER,
    (Field("to", "主送单位", typed=True, help="有权处理的机关"), Field("unit", "责任单位"), Field("number", "案件编号"), Field("matter", "事项"),
     Field("duty", "应办事项"), Field("article", "条款"), Field("due", "到期日"), Field("fault", "情形"), Field("decided", "认定日"),
     Field("reasons", "理由"), Field("advice", "处理建议", typed=True, help="责任追究依有关管理规定")), _accountability,
)  # fmt: skip

TEMPLATES = (BOOK_OF_MONTH, MONTHLY, ACCOUNTABILITY)
