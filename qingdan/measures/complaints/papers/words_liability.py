"""第十八条至第二十条 the words of 责任移送函. To the organ that decides on it; it names the unit and the facts, never who complained."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.papers.content import LETTER, Block, Content, Heading, Paragraph, paragraphs
from qingdan.kernel.papers.templates import Field, Template, Values

from .words_common import RULES, TO, unit_letter

ACCOUNT = "《金水区“五单一网”制度改革责任追究暂行办法》"
FOUND = {
    "obstruction": "干扰、阻碍行政权责运行投诉办理或者打击报复投诉人的情形",
    "default": "无正当理由未按规定期限办结交办的事项或者不执行调查处理决定的情形",
    "misconduct": "行政权责运行投诉处理中的违法行为", "office": "行政权责运行投诉处理中的违法行为",
}  # fmt: skip


def _referred(values: Values, body: str, day: date) -> Content:
    kind = str(values["kind"])
    basis = f"{RULES}{values['article']}" + (f"和{ACCOUNT}等有关规定" if kind == "default" else "")
    origin = f"《{values['origin']}》（编号：{values['origin_number']}）"
    late = f"{origin}所列的事项，{values['unit']}应当于{values['due']}前办结。" if values["due"] else ""
    words: list[Block] = [Heading("二、移送的意见"), *paragraphs(str(values["words"]))] if values["words"] else []
    blocks: list[Block] = [
        Paragraph(f"经查，{values['unit']}存在{FOUND[kind]}。依据{basis}，现将有关问题移送你单位依法处理。"),
        Heading("一、事实和证据"), *([Paragraph(late)] if late else []), *paragraphs(str(values["facts"])), *words,
        Paragraph(f"移送文号：{values['sign']}。请依法处理，并将处理结果函告本机关。构成犯罪的，依法移送司法机关。有关材料应当保密。"),
    ]  # fmt: skip
    return unit_letter("关于移送责任追究问题的函", values, body, day, blocks)


REFERRED = Template(
    "complaint_referred", 1, "责任移送函", "第十八条至第二十条", LETTER,
    (TO, Field("unit", "责任单位"), Field("kind", "责任的种类"), Field("article", "条款"), Field("facts", "事实和证据"),
     Field("words", "移送的意见", required=False), Field("sign", "移送文号"), Field("origin", "所逾期的文书", required=False),
     Field("origin_number", "所逾期文书的编号", required=False), Field("due", "限定日期", required=False)), _referred,
)  # fmt: skip
