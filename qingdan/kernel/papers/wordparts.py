"""The pieces of a DOCX in the words of WordprocessingML: lines, tables, the frame of 版记, headers and footers."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any

import segno
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from . import layout as m
from .content import BOOK, LETTER
from .fonts import OFFICE_NAMES

VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
MC = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
MIDDLE, THICK = 6, 8  # eighths of a point


@dataclass(frozen=True)
class Line:
    """A paragraph. `indent`: characters of the first line; `after`: what stands at the right edge of the same line; `keep`: with the next one."""

    text: str = ""
    face: str = "仿宋"
    size: float = m.BODY
    pitch: float = m.PITCH
    align: str = "left"
    indent: int = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    color: str = ""
    after: str = ""
    width: float = 0  # to the right edge, where it is not that of the text area
    keep: bool = False
    tracking: float = m.TRACKING
    borders: tuple[tuple[str, str, int, int, str], ...] = ()  # side, kind, eighths of a point, distance in points, colour


def rule(line: Line, side: str, gap: float, kind: str = "single", size: int = 12, color: str = m.RED) -> Line:
    """The same with a rule on this side, so far from its text."""
    return replace(line, borders=(*line.borders, (side, kind, size, min(31, round(gap)), color.removeprefix("#"))))


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _twips(points: float) -> str:
    return str(round(points * 20))


def add(parent: Any, *lines: Line) -> None:
    """These paragraphs at the end of the body (before its section), of a cell, a header or a footer."""
    for line in lines:
        _put(parent, paragraph(line))


def _put(parent: Any, made: Any) -> None:
    last = parent[-1] if len(parent) else None
    if last is not None and last.tag == qn("w:sectPr"):
        last.addprevious(made)
    else:
        parent.append(made)


def paragraph(line: Line) -> Any:
    made = _element("p")
    made.append(_paragraph_properties(line))
    for n, text in enumerate(line.text.split("\n") if line.text else []):
        made.append(_run(line, text, broken=n > 0))
    if line.after:
        made.append(_run(line, line.after, tab=True))
    return made


def _paragraph_properties(line: Line) -> Any:
    told = _element("pPr")
    if line.keep:
        told.append(_element("keepNext"))
    if line.borders:
        edges = _element("pBdr")
        for side, kind, size, space, color in sorted(line.borders, key=lambda b: ("top", "bottom", "between").index(b[0])):
            edges.append(_element(side, val=kind, sz=str(size), space=str(space), color=color))
        told.append(edges)
    if line.after:
        tabs = _element("tabs")
        tabs.append(_element("tab", val="right", pos=_twips((line.width or m.WIDTH) - line.right)))
        told.append(tabs)
    told.append(_element("snapToGrid", val="0"))
    told.append(_element("spacing", before="0", after="0", line=_twips(line.pitch), lineRule="exact"))
    indent = {"left": _twips(line.left), "right": _twips(line.right)}
    if line.indent:
        indent |= {"firstLineChars": str(100 * line.indent), "firstLine": _twips(line.indent * m.CHARACTER)}
    if line.hanging:
        indent |= {"hanging": _twips(line.hanging)}
    told.append(_element("ind", **indent))
    told.append(_element("jc", val=line.align))
    return told


def _run(line: Line, text: str, *, broken: bool = False, tab: bool = False) -> Any:
    run = _element("r")
    run.append(run_properties(line))
    if broken:
        run.append(_element("br"))
    if tab:
        run.append(_element("tab"))
    words = _element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run


def run_properties(line: Line) -> Any:
    told, name = _element("rPr"), OFFICE_NAMES[line.face]
    told.append(_element("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia"))
    if line.color:
        told.append(_element("color", val=line.color.removeprefix("#")))
    told.append(_element("spacing", val=_twips(line.tracking)))
    told.append(_element("kern", val="0"))
    half = str(round(line.size * 2))
    told.extend([_element("sz", val=half), _element("szCs", val=half)])
    return told


def normal(document: Any) -> None:
    """What holds for every paragraph: no rule of lonely lines; marks of punctuation give way where two of them meet."""
    style = document.styles["Normal"]
    style.font.size = Pt(m.BODY)
    style.element.get_or_add_pPr().append(_element("widowControl", val="0"))
    control = document.settings.element.find(qn("w:characterSpacingControl"))
    if control is not None:
        control.set(qn("w:val"), "compressPunctuation")
    compat = document.settings.element.find(qn("w:compat"))
    if compat is not None:  # as Word 2013 and later lay out: the edge of a table, not its text, stands at the margin
        for old in compat.findall(qn("w:compatSetting")):
            compat.remove(old)
        uri = "http://schemas.microsoft.com/office/word"
        compat.append(_element("compatSetting", name="compatibilityMode", uri=uri, val="15"))
    document.settings.odd_and_even_pages_header_footer = True


def line_grid(section: Any) -> None:
    """22 lines: a grid of lines, not of characters (which some programs spread over the whole line)."""
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(_element("docGrid", type="lines", linePitch=_twips(m.PITCH)))


def table(body: Any, block: dict[str, Any]) -> None:
    width = m.WIDTH if sum(block["widths"]) and not _is_wide(body) else (297 - m.TOP_MM - m.BOTTOM_MM) * m.MM
    widths = [width * w / sum(block["widths"]) for w in block["widths"]]
    _table(body, widths, block["head"], block["rows"], first="仿宋")


def facts(body: Any, block: dict[str, Any]) -> None:
    label = m.LABEL_MM * m.MM
    _table(body, [label, m.WIDTH - label], [], block["rows"], first="黑体")


def _is_wide(body: Any) -> bool:
    return bool(body.find(f".//{qn('w:pgSz')}").get(qn("w:orient")) == "landscape")


def _table(body: Any, widths: list[float], head: list[str], rows: list[list[str]], first: str) -> None:
    made = _element("tbl")
    told = _element("tblPr")
    told.append(_element("tblW", w=_twips(sum(widths)), type="dxa"))
    told.append(_element("tblInd", w="0", type="dxa"))
    edges = _element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edges.append(_element(side, val="single", sz="4", space="0", color="000000"))
    told.extend([edges, _element("tblLayout", type="fixed")])
    inside = _element("tblCellMar")
    for side, pad in (("top", m.CELL_PAD), ("left", m.CELL_SIDE), ("bottom", m.CELL_PAD), ("right", m.CELL_SIDE)):
        inside.append(_element(side, w=_twips(pad), type="dxa"))
    told.append(inside)
    grid = _element("tblGrid")
    grid.extend([_element("gridCol", w=_twips(w)) for w in widths])
    made.extend([told, grid])
    if head:
        made.append(_row(widths, head, ["黑体"] * len(head), is_head=True))
    made.extend([_row(widths, row, [first, *["仿宋"] * (len(row) - 1)]) for row in rows])
    _put(body, made)
    add(body, Line(size=1, pitch=m.AFTER_TABLE))


def _row(widths: list[float], cells: list[str], faces: list[str], is_head: bool = False) -> Any:
    made, told = _element("tr"), _element("trPr")
    if len("".join(cells)) <= m.LONGEST_KEPT * 3:
        told.append(_element("cantSplit"))
    if is_head:
        told.append(_element("tblHeader"))
    made.append(told)
    for width, text, face in zip(widths, cells, faces, strict=True):
        cell, of_cell = _element("tc"), _element("tcPr")
        of_cell.extend([_element("tcW", w=_twips(width), type="dxa"), _element("vAlign", val="center")])
        cell.append(of_cell)
        add(cell, *(Line(part, face, m.CELL, m.CELL_PITCH) for part in text.split("\n")))
        made.append(cell)
    return made


def at_foot(body: Any, lines: list[Line]) -> None:
    """These lines at the foot of the text area, ruled above, between and below: a box that is anchored there, the text going round it."""
    height = sum(line.pitch * -(-m.width_of(line.text + line.after) * m.FOURTH // (m.BODY * (m.WIDTH - 4 * m.FOURTH))) for line in lines)
    cx, cy = Pt(m.WIDTH), Pt(height + 2)
    box = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr><w:r><mc:AlternateContent {MC}>'
        f'<mc:Choice Requires="wps"><w:drawing><wp:anchor {nsdecls("wp", "a")} distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:wrapTopAndBottom/><wp:docPr id="2" name="版记"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
        '</wps:spPr><wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
    )
    box.find(f".//{qn('w:txbxContent')}").extend([_ruled(lines), paragraph(Line(size=1, pitch=1))])
    _put(body, box)


def _ruled(lines: list[Line]) -> Any:
    """A table of one column, one line a row."""
    made, told = _element("tbl"), _element("tblPr")
    told.append(_element("tblW", w=_twips(m.WIDTH), type="dxa"))
    edges = _element("tblBorders")
    for side, size in (("top", THICK), ("bottom", THICK), ("insideH", MIDDLE)):
        edges.append(_element(side, val="single", sz=str(size), space="0", color="000000"))
    inside = _element("tblCellMar")
    inside.extend([_element(side, w=_twips(m.FOURTH), type="dxa") for side in ("left", "right")])
    told.extend([edges, _element("tblLayout", type="fixed"), inside])
    grid = _element("tblGrid")
    grid.append(_element("gridCol", w=_twips(m.WIDTH)))
    made.extend([told, grid])
    for line in lines:
        row, cell, of_cell = _element("tr"), _element("tc"), _element("tcPr")
        of_cell.append(_element("tcW", w=_twips(m.WIDTH), type="dxa"))
        cell.append(of_cell)
        add(cell, line)
        row.append(cell)
        made.append(row)
    return made


# ---- headers and footers ---------------------------------------------------------------------------


def running(document: Any, section: Any, data: dict[str, Any]) -> None:
    """Page numbers (odd right, even left), the check on the first page, the watermark of a draft, the double lines of a letter."""
    letter = data["layout"] == LETTER
    section.different_first_page_header_footer = True
    lines = m.FOOT_PITCH + m.SMALL_PITCH
    bottom = (m.RIGHT_MM if data["layout"] == BOOK else m.BOTTOM_MM) - m.FOOT_MM - lines / m.MM
    if letter:
        bottom = m.LETTER_FOOT_MM
    section.footer_distance = Mm(bottom)
    section.header_distance = Mm(m.LETTER_TOP_MM if letter else 15)
    filler = (m.BOTTOM_MM - m.FOOT_MM - bottom) * m.MM - m.FOOT_PITCH if letter else m.SMALL_PITCH
    for header in (section.header, section.first_page_header, section.even_page_header):
        _emptied(header)
        add(header._element, Line(size=1, pitch=1))
        if data["draft"]:
            header._element[0].append(_watermark())
    if letter:
        _letter_head(section.first_page_header._element, data)
    _first_foot(section, data, letter)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _emptied(footer)
        number = Line(face="宋体", size=m.FOURTH, pitch=m.FOOT_PITCH, align=side, left=m.FOURTH, right=m.FOURTH, tracking=0)
        made = paragraph(number)
        made.extend(_number(number))
        _put(footer._element, made)
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
        made.append(_square(footer.part, data["check"]["address"]))
    _put(footer._element, made)
    second = Line(words[1], pitch=m.SMALL_PITCH, **beside)
    add(footer._element, second)
    if letter:
        line = rule(Line(size=1, pitch=1, left=-8 * m.MM, right=-6 * m.MM), "bottom", 1, "thickThinSmallGap", 18)
        add(footer._element, line)


def _number(line: Line) -> list[Any]:
    """— 1 —"""
    made = [_run(line, "— ")]
    for kind in ("begin", "", "end"):
        run = _element("r")
        run.append(run_properties(line))
        if kind:
            run.append(_element("fldChar", fldCharType=kind))
        else:
            words = _element("instrText")
            words.text = "PAGE"
            run.append(words)
        made.append(run)
    return [*made, _run(line, " —")]


def _letter_head(header: Any, data: dict[str, Any]) -> None:
    size = m.mark_size(data["mark"])
    mark = Line(data["mark"], "小标宋", size, size, align="center", color=m.RED, tracking=0, left=-8 * m.MM, right=-6 * m.MM)
    add(header, rule(mark, "bottom", m.LETTER_GAP_MM * m.MM, "thinThickSmallGap", 18), Line(size=1, pitch=6))


def _watermark() -> Any:
    shape = (
        f'<w:r {nsdecls("w")}><w:pict {VML}><v:shapetype id="t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="draft" o:spid="_x0000_s2049" type="#t136" style="position:absolute;margin-left:0;margin-top:0;width:320pt;height:150pt;rotation:315;'
        'z-index:-1;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;'
        'mso-position-vertical-relative:margin" fillcolor="#e1e1e1" stroked="f"><v:textpath style="font-family:&quot;方正小标宋简体&quot;;font-size:1pt" '
        'string="草稿"/></v:shape></w:pict></w:r>'
    )
    return parse_xml(shape)


def _square(part: Any, address: str) -> Any:
    """The square code, laid at its place on the page so that it moves no line."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    picture.seek(0)
    identifier, _ = part.get_or_add_image(picture)
    side, up = Mm(m.QR_MM), -Mm(m.QR_UP_MM)
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
