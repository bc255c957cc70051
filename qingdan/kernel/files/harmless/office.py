"""DOCX and XLSX, part by part: what is known is written anew, who made it is left out, what runs or calls elsewhere is refused.

Left out: properties, thumbnail, custom XML, rsid, names and times at comments and changes, links, paths of the machine, names of pictures.
Pictures inside are drawn anew. What people wrote stays, as they wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from qingdan.engine.refusals import Refused

from . import pictures
from .archives import Parts, packed
from .markup import Rules, local, rewritten
from .parts import FORMATS, MAIN, PICTURE, TYPES, ensure_known, is_left_out
from .refusing import refused
from .relations import Relations

SOMEBODY = "作者"
DROP = frozenset((
    "attachedTemplate", "rsids", "rsid", "docVars", "mailMerge", "dataBinding", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic",
    "saveThroughXslt", "svgBlip", "imgProps", "absPath", "fileSharing", "customWorkbookViews", "customSheetViews", "customProperties",
    "webPublishing", "webPublishItems", "smartTagPr", "documentManagement", "fileRecoveryPr", "oleObjects", "controls", "object",
    "externalReferences", "docId", "revisionPtr", "fileVersion",
))  # fmt: skip
PERSONS = frozenset(("author", "initials", "lastModifiedBy", "refreshedBy", "userName"))
TIMES = frozenset(("date", "dateUtc", "refreshedDate", "refreshedDateIso"))
POINTS = frozenset(("id", "embed", "link", "pict", "href", "relid", "dm", "lo", "qs", "cs"))
FIELDS = frozenset(("instrText", "delInstrText"))
FORMULAS = frozenset(("f", "formula", "formula1", "formula2", "definedName", "oldFormula", "calculatedColumnFormula", "totalsRowFormula"))
AWAY = re.compile(r"\"[^\"]*(?:[a-z]{3,}:|\\\\)[^\"]*\"?", re.I)
FIELD_CALLS = re.compile(r"DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|MACROBUTTON|\b(?:DDE|LINK|DATABASE|IMPORT|RD|EMBED|CONTROL|AUTOTEXT)\b|://|\\\\", re.I)
FORMULA_CALLS = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE|HYPERLINK|SQL\.REQUEST|STOCKHISTORY|CUBE\w+)\s*\(", re.I)
FORMULA_AWAY = re.compile(r"://|\\\\|\bfile:|\.xls\w?\]", re.I)
STRING = re.compile(r"\"[^\"]*\"")


def clean(data: bytes) -> tuple[str, bytes]:
    """(docx or xlsx, the file written anew). Raises Refused."""
    parts = Parts(data)
    kinds = {kind for name, kind in MAIN.items() if name in parts.names}
    if len(kinds) != 1 or TYPES not in parts.names:
        raise refused("这是压缩包，或者不是 DOCX、XLSX", "请解压后把里面的文件分别上传；其他 Office 文件请另存为 PDF")
    for name in parts.names:
        if not is_left_out(name):
            ensure_known(name)
    return kinds.pop(), packed(_parts(parts))


def _parts(parts: Parts) -> Iterator[tuple[str, bytes]]:
    names = [name for name in parts.names if not is_left_out(name)]
    relations = {name: Relations(name, parts.read(name)) for name in names if name.endswith(".rels")}
    gone = {found.owner: found.gone for found in relations.values()}
    yield TYPES, rewritten(parts.read(TYPES), Rules(element=_keeps_type))
    for name in names:
        if name in relations:
            yield name, relations[name].data
        elif found := PICTURE.fullmatch(name):
            yield name, pictures.clean_as(parts.read(name), FORMATS[found[1].lower()])
        elif name != TYPES:
            yield name, _Part(gone.get(name, set())).written(parts.read(name))


def _keeps_type(element: str, given: Mapping[str, str]) -> bool:
    if "macroenabled" in given.get("ContentType", "").lower() or "vbaproject" in given.get("ContentType", "").lower():
        raise refused("文件带有宏", "请另存为不带宏的文件，或者另存为 PDF 后再上传")
    return not is_left_out(given.get("PartName", "").lstrip("/"))


class _Part:
    """One part of text, cells or drawing."""

    def __init__(self, gone: set[str]) -> None:
        self.gone = gone
        self.instructions: list[str] = []  # of all fields; one may be split over several elements

    def written(self, data: bytes) -> bytes:
        text = {"author": lambda _: SOMEBODY, **dict.fromkeys(FIELDS, self._field), **dict.fromkeys(FORMULAS, _formula)}
        done = rewritten(data, Rules(DROP, self._attribute, self._element, text))
        if FIELD_CALLS.search("".join(self.instructions)):
            raise _calls()
        return done

    def _element(self, element: str, given: Mapping[str, str]) -> bool:
        if element in ("fldChar", "fldSimple"):
            self.instructions.append("\n")  # here one field ends or another begins
        return True

    def _attribute(self, element: str, key: str, value: str) -> str | None:
        name = local(key)
        if name in TIMES or name.startswith("rsid") or (key != name in POINTS and value in self.gone):
            return None
        if name in PERSONS:
            return SOMEBODY
        if name == "instr":
            return self._field(value)
        if element in ("docPr", "cNvPr"):
            return _of_picture(name, value)
        if name in ("src", "href", "background") and (":" in value or "\\" in value):
            return None
        return None if name in ("alt", "title") and element in ("shape", "imagedata", "fill") else value

    def _field(self, text: str) -> str:
        """Of a link to elsewhere the words stay and the address goes; what fetches or runs is refused when all is read."""
        kept = AWAY.sub('""', text)
        self.instructions.append(kept)
        return kept


def _of_picture(name: str, value: str) -> str | None:
    """Word and Excel write the file's name, or its whole path, beside a picture."""
    if name in ("descr", "title"):
        return None
    return "图" if name == "name" else value


def _formula(text: str) -> str:
    """Raises Refused where it runs something or fetches from elsewhere."""
    if FORMULA_CALLS.search(text) or FORMULA_AWAY.search(text) or "|" in STRING.sub("", text):
        raise refused("单元格的公式引用了外部的内容", "请把公式复制为数值，或者另存为 PDF 后再上传")
    return text


def _calls() -> Refused:
    return refused("文件里有会取外部内容或者运行程序的域", "请在 Word 中选中全文，按 Ctrl+Shift+F9 把域变为文字，或者另存为 PDF 后再上传")
