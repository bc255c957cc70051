"""PDF, opened and written anew by qpdf: the pages stay; what runs, what leads out, what is hung on, and what knows of its maker goes or is refused.

Kept of the whole: pages, layers, page labels. Earlier revisions, which lie in the file behind the last one, are not written.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from qingdan.engine.refusals import Refused

from . import jpegs
from .refusing import MAX_DEPTH, MAX_OBJECTS, MAX_STREAM, MAX_STREAMS_SUM, damaged, refused, too_big_inside

KEPT = frozenset(("/Type", "/Pages", "/OCProperties", "/PageLabels", "/Version", "/Extensions", "/Lang"))
TRAILER = frozenset(("/Root", "/Size", "/ID", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms"))
GONE = frozenset((
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/JS", "/PA", "/OpenAction", "/AF", "/XFA", "/CreatorInfo", "/OPI", "/Ref",
    "/RichMediaContent", "/RichMediaSettings", "/Names", "/StructParents", "/StructParent", "/Alternates", "/Author", "/Creator", "/Producer",
    "/Company", "/SourceModified", "/CreationDate", "/ModDate",
))  # fmt: skip
GONE_OF_A_PAGE = ("/AA", "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/B", "/PresSteps", "/VP", "/AF")
GONE_OF_A_NOTE = ("/AA", "/PA", "/NM", "/M", "/CreationDate", "/RC", "/AF", "/Measure", "/Lock", "/ExData")
NAMES_OF_A_NOTE = ("/T", "/Subj")
MAPS = frozenset(("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/CharProcs"))
"""Dictionaries under these keys are by names that the writer chose: one may be called /M or /Ref and is no such thing."""
ANNOTATIONS = frozenset((
    "/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut",
    "/Stamp", "/Caret", "/Ink", "/Popup", "/Widget",
))  # fmt: skip
STAYS_HERE = frozenset(("/GoTo", "/Named"))
PICTURES = {"/DCTDecode": jpegs.stripped, "/DCT": jpegs.stripped, "/JPXDecode": jpegs.boxes_stripped}
STREAM = re.compile(rb"stream\r?\n")
ATTACHED = "PDF 里夹带了附件、录音或者录像"
END = b"%%EOF"
TAIL = 4096
STEP = 1 << 20


def clean(data: bytes) -> bytes:
    """Raises Refused."""
    if END not in data[-TAIL:]:
        raise damaged()
    _weigh(data)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return _written(pdf)
    except Refused:
        raise
    except pikepdf.PasswordError:
        raise refused("PDF 加了密码", "请去掉密码，或者截图后再上传") from None
    except Exception:  # whatever qpdf says of what it could not read; its words may quote the file
        raise damaged() from None


def _weigh(data: bytes) -> None:
    """What every packed stream of the file comes to, counted without being kept, before anything opens it."""
    total = 0
    for found in STREAM.finditer(data):
        at = found.end()
        if data[at : at + 1] != b"x" or int.from_bytes(data[at : at + 2], "big") % 31:
            continue
        total += _unpacked(memoryview(data)[at:], min(MAX_STREAM, MAX_STREAMS_SUM - total))


def _unpacked(packed: memoryview, most: int) -> int:
    """Raises Refused above `most`. What does not unpack is qpdf's to judge."""
    opening, length, rest = zlib.decompressobj(), 0, bytes(packed[:STEP])
    at = len(rest)
    while not opening.eof:
        try:
            length += len(opening.decompress(rest, STEP))
        except zlib.error:
            break
        if length > most:
            raise too_big_inside()
        rest = opening.unconsumed_tail
        if not rest:
            rest = bytes(packed[at : at + STEP])
            at += len(rest)
            if not rest:
                break
    return length


def _written(pdf: Pdf) -> bytes:
    if len(pdf.objects) > MAX_OBJECTS:
        raise too_big_inside()
    if not len(pdf.pages):
        raise damaged()
    _ensure_nothing_hung_on(pdf)
    for key in list(pdf.Root.keys()):
        if key not in KEPT:
            del pdf.Root[key]
    objects = [o for o in pdf.objects if isinstance(o, (Dictionary, Stream, Array))]
    maps = {o.objgen for top in objects for o in _maps(top)}
    for found in objects:
        _clean(pdf, found, found.objgen in maps)
    fields = [field for page in pdf.pages for field in _clean_page(page.obj)]
    if fields:  # else some readers do not show what was filled in
        pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
    for key in set(pdf.trailer.keys()) - TRAILER:
        del pdf.trailer[key]
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False, deterministic_id=True, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _ensure_nothing_hung_on(pdf: Pdf) -> None:
    names = pdf.Root.get("/Names")
    if "/Collection" in pdf.Root or (isinstance(names, Dictionary) and "/EmbeddedFiles" in names):
        raise refused(ATTACHED, "请把附件取出来单独上传")


def _inside(found: Any) -> list[tuple[str, Any]]:
    if isinstance(found, Array):
        return [("", o) for o in found]
    return [(key, found.get(key)) for key in found.keys()]


def _within(top: Any) -> Iterator[tuple[Any, bool]]:
    """The dictionaries and streams that lie directly in an object of the file, and whether each is a map; what it refers to has its own turn."""
    waiting = [(top, False, 0)]
    while waiting:
        found, is_map, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise damaged()
        if isinstance(found, (Dictionary, Stream)):
            yield found, is_map
        waiting += [(o, key in MAPS, depth + 1) for key, o in _inside(found) if isinstance(o, (Dictionary, Array)) and not o.is_indirect]


def _maps(top: Any) -> Iterator[Any]:
    for found, _ in _within(top):
        for key in MAPS & set(found.keys()):
            if isinstance(found.get(key), Dictionary):
                yield found.get(key)


def _clean(pdf: Pdf, top: Any, top_is_map: bool) -> None:
    for found, is_map in list(_within(top)):
        if not ((is_map or (found is top and top_is_map)) and _looks_like_map(found)):
            _clean_one(pdf, found)


def _looks_like_map(found: Any) -> bool:
    """No dictionary of another sort passes for a map because something calls it one."""
    return not isinstance(found, Stream) and not any(isinstance(found.get(key), Name) for key in ("/Type", "/Subtype", "/S"))


def _clean_one(pdf: Pdf, found: Any) -> None:
    if found.get("/Type") == Name.Filespec or "/EF" in found:
        raise refused(ATTACHED, "请把附件取出来单独上传")
    for key in list(found.keys()):
        if key in GONE or _leads_out(key, found.get(key)):
            del found[key]
    if isinstance(found, Stream):
        _clean_stream(pdf, found)


def _leads_out(key: str, value: Any) -> bool:
    """An action other than one within the file, or a signature (which no longer holds and names who signed)."""
    if not isinstance(value, Dictionary):
        return False
    if key in ("/A", "/Next"):
        return value.get("/S") not in STAYS_HERE or "/Next" in value
    return "/ByteRange" in value


def _clean_stream(pdf: Pdf, found: Any) -> None:
    if "/F" in found or "/FFilter" in found:
        raise refused("PDF 引用了外部的文件", "请重新导出 PDF，或者截图后再上传")
    filters = found.get("/Filter")
    names = list(filters) if isinstance(filters, Array) else [filters]
    way = PICTURES.get(str(names[-1])) if names else None
    if way is not None:
        parms = found.get("/DecodeParms")
        kept = {"decode_parms": parms} if isinstance(parms, Dictionary) and len(names) == 1 else {}
        found.write(way(_raw(pdf, found, names[:-1])), filter=names[-1], **kept)


def _raw(pdf: Pdf, found: Any, packed: list[Any]) -> bytes:
    """The picture's own file, without what it was packed in besides."""
    raw: bytes = found.read_raw_bytes()
    if packed:
        raw = Stream(pdf, raw, Filter=Array(packed)).read_bytes()
    return raw


def _clean_page(page: Any) -> list[Any]:
    """Notes and links within the file stay, without who wrote them; returns the fields of a form."""
    fields = []
    _without(page, GONE_OF_A_PAGE)
    for note in page.get("/Annots", Array()):
        if not isinstance(note, Dictionary):
            continue
        kind = str(note.get("/Subtype", ""))
        if kind not in ANNOTATIONS:
            raise refused(ATTACHED, "请把它们取出来单独上传，或者把页面截图后再上传")
        _without(note, (*GONE_OF_A_NOTE, *(("/Parent",) if kind == "/Widget" else NAMES_OF_A_NOTE)))
        if _leads_out("/A", note.get("/A")):
            del note["/A"]
        if kind == "/Widget":
            fields.append(note)
    return fields


def _without(found: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in found:
            del found[key]
