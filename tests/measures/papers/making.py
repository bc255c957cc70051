"""Every paper of 动态调整, made in the shared district: the stage is lived, the act done at its page, the paper is what comes of it."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
from pypdf import PdfReader

from qingdan.kernel.papers.actions import issue
from qingdan.measures.adjustment.filings import actions as filing
from qingdan.measures.adjustment.models import OwnListChange, UnitRule
from qingdan.measures.adjustment.papers.catalogue import OF_ACT, find, of_events
from tests.measures.stages import STAGES

ADDRESS = "https://zwfw.jinshui.example/verify/"
ACTS = [act for act in OF_ACT if act not in ("report_month", "update_own_site_to_file")]
TYPED = {"monthly": {"to": "区政府"}, "accountability": {"to": "金水区监察局", "advice": "建议责令书面检查，限期整改。"}}


def origin_of(act, room, item, reader):
    """The paper of this act, done at its page on its day; what was said before it goes into one line."""
    stage = STAGES[act]
    case = stage.ready(room, item)
    room.on(stage.day)
    path = f"/adjustment/{case.number}/{act}/"
    more = {"leads": [room.d.bb.office.pk]} if act in ("add_lead", "refer_review") else {}
    person = reader(stage.who)
    answer = person.send(person.load(path), path, **(stage.typed | more))
    assert answer.status == 302, answer.text
    (origin,) = of_events(case, [case.events.order_by("n").last()])
    return origin, stage.who


def issued(origin, room, who, **typed):
    """签发 by the clerk of this office."""
    side = getattr(room.d, who)
    wanted = origin.wanted(side.office, TYPED.get(origin.template.key, {}) | typed)
    return issue(wanted, by=side.person, office=side.office, address=ADDRESS)


def own_change(room):
    return room.do("09-20", "cg", filing.register_own_change,
                   OwnListChange(list_title="内部流程清单", what="增加一个环节", kinds="程序", done_on=date(2016, 9, 12)))  # fmt: skip


def unit_rule(room):
    given = {"kind": "办法", "title": "城管局清单管理办法", "number": "金城管〔2016〕8号", "adopted_on": date(2016, 9, 1), "remark": "经局务会讨论通过。"}
    rule = UnitRule(**given, file=room.copy())
    room.do("09-20", "cg", filing.file_rule, rule)
    return find(f"r{rule.pk}", "unit_rule")


def squeezed(text: str) -> str:
    """Without blanks: where lines end differs, what is said does not."""
    return re.sub(r"\s", "", text)


def text_of_pdf(data: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def text_of_docx(data: bytes) -> str:
    """Every word of the body in its order, tables and boxes included."""
    body = docx.Document(io.BytesIO(data)).element.body
    return squeezed("".join(t.text or "" for t in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")))
