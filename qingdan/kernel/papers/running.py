"""Headers and footers of a DOCX: page numbers, the check on the first page, the watermark of a draft, the double lines of a letter."""

from __future__ import annotations

import io
from typing import Any

import segno
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from . import layout as m
from .content import BOOK, LETTER
from .wordparts import Line, add, element, paragraph, put, rule, run, run_properties

VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def running(document: Any, section: Any, data: dict[str, Any]) -> None:
    """Page numbers (odd right, even left), the check on the first page, the watermark of a draft, the double lines of a letter."""
    letter = data["layout"] == LETTER
    section.different_first_page_header_footer = True
    lines = m.FOOT_PITCH + m.SMALL_PITCH
    bottom = (m.RIGHT_MM if data["layout"] == BOOK else m.BOTTOM_MM) - m.FOOT_MM - lines / m.MM
    if letter:
        bottom = m.LETTER_FOOT_MM
    section.footer_distance = Mm(bottom)
    section.header_distance = Mm(15)
    filler = (m.BOTTOM_MM - m.FOOT_MM - bottom) * m.MM - m.FOOT_PITCH if letter else m.SMALL_PITCH
    for header in (section.header, section.first_page_header, section.even_page_header):
        _emptied(header)
        add(header._element, Line(size=1, pitch=1))
        if data["draft"]:
            header._element[0].append(_watermark())
    _first_foot(section, data, letter)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _emptied(footer)
        number = Line(face="宋体", size=m.FOURTH, pitch=m.FOOT_PITCH, align=side, left=m.FOURTH, right=m.FOURTH, tracking=0)
        made = paragraph(number)
        made.extend(_number(number))
        put(footer._element, made)
        add(footer._element, Line(size=1, pitch=max(1, filler)))


def _emptied(part: Any) -> None:
    part.is_linked_to_previous = False
    for child in list(part._element):
        part._element.remove(child)


def _first_foot(section: Any, data: dict[str, Any], letter: bool) -> None:
    footer = section.first_page_footer
    _emptied(footer)
    number = Line(face="宋体", size=m.FOURTH, pitch=m.FOOT_PITCH, tracking=0)
    wide = (297 - m.TOP_MM - m.BOTTOM_MM) * m.MM if data["layout"] == BOOK else 0
    beside: dict[str, Any] = {"width": wide, "size": m.SMALL, "left": m.QR_BESIDE_MM * m.MM, "right": m.FOURTH, "tracking": 0}
    words = data["check"]["lines"] if data["check"] else ["", ""]
    made = paragraph(Line(words[0], pitch=m.FOOT_PITCH, after=" ", **beside))
    if not letter:
        made.extend(_number(number))
    if data["check"]:
        made.append(_square(footer.part, data["check"]["address"], m.QR_UP_MM - (m.QR_LETTER_MM if letter else 0)))
    put(footer._element, made)
    second = Line(words[1], pitch=m.SMALL_PITCH, **beside)
    add(footer._element, second)
    if letter:
        line = rule(Line(size=1, pitch=1, left=-8 * m.MM, right=-6 * m.MM), "bottom", 1, "thickThinSmallGap", 18)
        add(footer._element, line)


def _number(line: Line) -> list[Any]:
    """— 1 —"""
    made = [run(line, "— ")]
    for kind in ("begin", "", "end"):
        part = element("r")
        part.append(run_properties(line))
        if kind:
            part.append(element("fldChar", fldCharType=kind))
        else:
            words = element("instrText")
            words.text = "PAGE"
            part.append(words)
        made.append(part)
    return [*made, run(line, " —")]


def _watermark() -> Any:
    shape = (
        f'<w:r {nsdecls("w")}><w:pict {VML}><v:shapetype id="t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="draft" o:spid="_x0000_s2049" type="#t136" style="position:absolute;margin-left:0;margin-top:0;width:320pt;height:150pt;'
        'rotation:315;z-index:-1;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;'
        'mso-position-vertical-relative:margin" fillcolor="#e1e1e1" stroked="f">'
        '<v:textpath style="font-family:&quot;方正小标宋简体&quot;;font-size:1pt" '
        'string="草稿"/></v:shape></w:pict></w:r>'
    )
    return parse_xml(shape)


def _square(part: Any, address: str, up_mm: float) -> Any:
    """The square code, laid at its place on the page so that it moves no line."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    picture.seek(0)
    identifier, _ = part.get_or_add_image(picture)
    side, up = Mm(m.QR_MM), -Mm(up_mm)
    return parse_xml(
        f'<w:r {nsdecls("w")}><w:drawing><wp:anchor {nsdecls("wp", "a", "pic", "r")} distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{up}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{side}" cy="{side}"/><wp:wrapNone/><wp:docPr id="1" name="核验码"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="核验码"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
