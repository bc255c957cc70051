"""The pieces of a DOCX in the words of WordprocessingML: lines, tables, the box of 版记."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from . import layout as m
from .fonts import OFFICE_NAMES

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


def element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def twips(points: float) -> str:
    return str(round(points * 20))


def add(parent: Any, *lines: Line) -> None:
    """These paragraphs at the end of the body (before its section), of a cell, a header or a footer."""
    for line in lines:
        put(parent, paragraph(line))


def put(parent: Any, made: Any) -> None:
    last = parent[-1] if len(parent) else None
    if last is not None and last.tag == qn("w:sectPr"):
        last.addprevious(made)
    else:
        parent.append(made)


def paragraph(line: Line) -> Any:
    made = element("p")
    made.append(_paragraph_properties(line))
    for n, text in enumerate(line.text.split("\n") if line.text else []):
        made.append(run(line, text, broken=n > 0))
    if line.after:
        made.append(run(line, line.after, tab=True))
    return made


def _paragraph_properties(line: Line) -> Any:
    told = element("pPr")
    if line.keep:
        told.append(element("keepNext"))
    if line.borders:
        edges = element("pBdr")
        for side, kind, size, space, color in sorted(line.borders, key=lambda b: ("top", "bottom", "between").index(b[0])):
            edges.append(element(side, val=kind, sz=str(size), space=str(space), color=color))
        told.append(edges)
    if line.after:
        tabs = element("tabs")
        tabs.append(element("tab", val="right", pos=twips((line.width or m.WIDTH) - line.right)))
        told.append(tabs)
    told.append(element("snapToGrid", val="0"))
    told.append(element("spacing", before="0", after="0", line=twips(line.pitch), lineRule="exact"))
    indent = {"left": twips(line.left), "right": twips(line.right)}
    if line.indent:
        indent |= {"firstLineChars": str(100 * line.indent), "firstLine": twips(line.indent * m.CHARACTER)}
    if line.hanging:
        indent |= {"hanging": twips(line.hanging)}
    told.append(element("ind", **indent))
    told.append(element("jc", val=line.align))
    return told


def run(line: Line, text: str, *, broken: bool = False, tab: bool = False) -> Any:
    made = element("r")
    made.append(run_properties(line))
    if broken:
        made.append(element("br"))
    if tab:
        made.append(element("tab"))
    words = element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(words)
    return made


def run_properties(line: Line) -> Any:
    told, name = element("rPr"), OFFICE_NAMES[line.face]
    told.append(element("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia"))
    if line.color:
        told.append(element("color", val=line.color.removeprefix("#")))
    told.append(element("spacing", val=twips(line.tracking)))
    told.append(element("kern", val="0"))
    half = str(round(line.size * 2))
    told.extend([element("sz", val=half), element("szCs", val=half)])
    return told


def normal(document: Any) -> None:
    """What holds for every paragraph: no rule of lonely lines; marks of punctuation give way where two of them meet."""
    style = document.styles["Normal"]
    style.font.size = Pt(m.BODY)
    style.element.get_or_add_pPr().append(element("widowControl", val="0"))
    control = document.settings.element.find(qn("w:characterSpacingControl"))
    if control is not None:
        control.set(qn("w:val"), "compressPunctuation")
    compat = document.settings.element.find(qn("w:compat"))
    if compat is not None:  # as Word 2013 and later lay out: the edge of a table, not its text, stands at the margin
        for old in compat.findall(qn("w:compatSetting")):
            compat.remove(old)
        uri = "http://schemas.microsoft.com/office/word"
        compat.append(element("compatSetting", name="compatibilityMode", uri=uri, val="15"))
    document.settings.odd_and_even_pages_header_footer = True


def line_grid(section: Any) -> None:
    """22 lines: a grid of lines, not of characters (which some programs spread over the whole line)."""
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(element("docGrid", type="lines", linePitch=twips(m.PITCH)))


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
    made = element("tbl")
    told = element("tblPr")
    told.append(element("tblW", w=twips(sum(widths)), type="dxa"))
    told.append(element("tblInd", w="0", type="dxa"))
    edges = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edges.append(element(side, val="single", sz="4", space="0", color="000000"))
    told.extend([edges, element("tblLayout", type="fixed")])
    inside = element("tblCellMar")
    for side, pad in (("top", m.CELL_PAD), ("left", m.CELL_SIDE), ("bottom", m.CELL_PAD), ("right", m.CELL_SIDE)):
        inside.append(element(side, w=twips(pad), type="dxa"))
    told.append(inside)
    grid = element("tblGrid")
    grid.extend([element("gridCol", w=twips(w)) for w in widths])
    made.extend([told, grid])
    if head:
        made.append(_row(widths, head, ["黑体"] * len(head), is_head=True))
    made.extend([_row(widths, row, [first, *["仿宋"] * (len(row) - 1)]) for row in rows])
    put(body, made)
    add(body, Line(size=1, pitch=m.AFTER_TABLE))


def _row(widths: list[float], cells: list[str], faces: list[str], is_head: bool = False) -> Any:
    """One row, on one page unless it is very long. A cell is one paragraph: with several, LibreOffice 7.4 loses the rows that follow a page's end."""
    made, told = element("tr"), element("trPr")
    if len("".join(cells)) <= m.LONGEST_KEPT * 3:
        told.append(element("cantSplit"))
    if is_head:
        told.append(element("tblHeader"))
    made.append(told)
    for width, text, face in zip(widths, cells, faces, strict=True):
        cell, of_cell = element("tc"), element("tcPr")
        of_cell.extend([element("tcW", w=twips(width), type="dxa"), element("vAlign", val="center")])
        cell.append(of_cell)
        add(cell, Line(text, face, m.CELL, m.CELL_PITCH))
        made.append(cell)
    return made


def at_foot(body: Any, lines: list[Line]) -> None:
    """These lines at the foot of the text area, ruled above, between and below: a box that is anchored there, the text going round it."""
    height = sum(line.pitch * -(-m.width_of(line.text + line.after) * m.FOURTH // (m.BODY * (m.WIDTH - 4 * m.FOURTH))) for line in lines)
    down = '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
    across = '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
    holder = paragraph(Line(size=1, pitch=1))
    holder.append(box([_ruled(lines), paragraph(Line(size=1, pitch=1))], m.WIDTH, height + 2, across + down, "<wp:wrapTopAndBottom/>", 2, "版记"))
    put(body, holder)


def box(inside: list[Any], width: float, height: float, where: str, wrap: str, number: int, name: str) -> Any:
    """A run that holds a box without border, anchored `where` (two elements of DrawingML) says."""
    cx, cy = Pt(width), Pt(height)
    made = parse_xml(
        f'<w:r {nsdecls("w")}><mc:AlternateContent {MC}><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:anchor {nsdecls("wp", "a")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" locked="0" '
        f'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>{where}<wp:extent cx="{cx}" cy="{cy}"/>{wrap}'
        f'<wp:docPr id="{number}" name="{name}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent/></wps:txbx>'
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
    made.find(f".//{qn('w:txbxContent')}").extend(inside)
    return made


def letter_head(mark_said: str) -> Any:
    """A line of the body as high as the mark of a letter needs; on it hangs a box: the mark, 30 mm below the edge, and its double line."""
    size, width = m.mark_size(mark_said), m.LETTER_LINE_MM * m.MM
    mark = Line(mark_said, "小标宋", size, size, align="center", color=m.RED, tracking=0)
    ruled = rule(mark, "bottom", m.LETTER_GAP_MM * m.MM, "thinThickSmallGap", 18)
    where = (
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{Mm(m.LETTER_SIDE_MM)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{Mm(m.LETTER_TOP_MM)}</wp:posOffset></wp:positionV>'
    )
    height = size + m.LETTER_GAP_MM * m.MM + 12
    down = size + (m.LETTER_TOP_MM + m.LETTER_GAP_MM - m.TOP_MM) * m.MM + m.LETTER_AFTER
    made = paragraph(Line(size=1, pitch=down))
    made.append(box([paragraph(ruled), paragraph(Line(size=1, pitch=1))], width, height, where, "<wp:wrapNone/>", 3, "发文机关标志"))
    return made


def _ruled(lines: list[Line]) -> Any:
    """A table of one column, one line a row."""
    made, told = element("tbl"), element("tblPr")
    told.append(element("tblW", w=twips(m.WIDTH), type="dxa"))
    edges = element("tblBorders")
    for side, size in (("top", THICK), ("bottom", THICK), ("insideH", MIDDLE)):
        edges.append(element(side, val="single", sz=str(size), space="0", color="000000"))
    inside = element("tblCellMar")
    inside.extend([element(side, w=twips(m.FOURTH), type="dxa") for side in ("left", "right")])
    told.extend([edges, element("tblLayout", type="fixed"), inside])
    grid = element("tblGrid")
    grid.append(element("gridCol", w=twips(m.WIDTH)))
    made.extend([told, grid])
    for line in lines:
        row, cell, of_cell = element("tr"), element("tc"), element("tcPr")
        of_cell.append(element("tcW", w=twips(m.WIDTH), type="dxa"))
        cell.append(of_cell)
        add(cell, line)
        row.append(cell)
        made.append(row)
    return made
