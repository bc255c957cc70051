"""A template of the tests' own, and papers of it."""

from __future__ import annotations

from qingdan.kernel.papers.actions import Wanted, issue
from qingdan.kernel.papers.content import NOTICE, Content, Paragraph, Signature
from qingdan.kernel.papers.templates import Field, Template

ADDRESS = "https://zwfw.jinshui.example/verify/"


def compose(values, body, day):
    return Content(NOTICE, "告知书", body, f"{values['to']}：", blocks=(Paragraph(values["words"]), Signature(body, day)))


PLAIN = Template("plain", 1, "告知书", "", NOTICE, (Field("to", "主送单位"), Field("words", "告知的内容"), Field("more", "说明", required=False)), compose)


def wanted(office, source, template=PLAIN, **values):
    return Wanted(template, {"to": "金水区城市管理局", "words": "现将有关事项告知如下。"} | values, office, source)


def issued(side, source, key=None, **values):
    return issue(wanted(side.office, source, **values), by=side.person, office=side.office, address=ADDRESS, key=key)
