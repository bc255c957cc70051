"""Which parts a DOCX or XLSX may have: those that are read and written anew, those that are left out, and what a part is refused for."""

from __future__ import annotations

import re

from qingdan.engine.refusals import Refused

from .refusing import refused

AS_PDF = "请另存为 PDF 后再上传"
AGAIN = "请另存为不带宏的文件，或者另存为 PDF 后再上传"
TYPES = "[Content_Types].xml"
MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}

# Who made it, when, on which machine, for which printer; what Office makes anew by itself; and drawings that have a picture beside them.
LEFT_OUT = re.compile(
    r"docProps/.*|docMetadata/.*|customXml/.*|_xmlsignatures/.*|.*\.sigs|(word|xl)/(printerSettings|fonts|glossary)/.*|(word|xl)/media/[^/]+\.(svg|wdp)"
    r"|word/(people|commentsExtended|commentsIds|commentsExtensible|documenttasks/.*|stylesWithEffects|webSettings|_rels/(webSettings|people|glossary.*))(\.xml)?(\.rels)?"
    r"|xl/(calcChain\.xml|persons/.*|threadedComments/.*|revisions/.*|userNames\.xml|customProperty\d*\.bin|customProperty/.*)",
    re.I,
)
READ = re.compile(
    r"_rels/\.rels|word/(document|styles|settings|fontTable|numbering|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"
    r"|word/(theme|charts|diagrams|drawings)/[\w.-]+\.xml"
    r"|xl/(workbook|styles|sharedStrings|metadata|comments\d*|cellimages)\.xml"
    r"|xl/(worksheets|chartsheets|theme|charts|drawings|diagrams|tables|pivotTables|pivotCache|comments|featurePropertyBag)/[\w.-]+\.(xml|vml)"
    r"|(word|xl)/((worksheets|chartsheets|theme|charts|drawings|diagrams|tables|pivotTables|pivotCache)/)?_rels/[\w.-]+\.rels",
    re.I,
)
PICTURE = re.compile(r"(?:word|xl)/media/[^/]+\.(png|jpe?g|gif|bmp)", re.I)
FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF", "bmp": "BMP"}
OUT = "请把它取出来单独上传，或者另存为 PDF 后再上传"
VALUES = "请把引用改为数值，或者另存为 PDF 后再上传"
NOT_TAKEN = (
    (r"vbaproject|vbadata|macrosheets|dialogsheets|attachedtoolbars", "文件带有宏", AGAIN),
    (r"customui/|activex|ctrlprops|webextensions", "文件带有控件或者加载项", AGAIN),
    (r"/embeddings/|afchunk|\.(zip|docx?|docm|xlsx?|xlsm|pptx?|html?|mht|rtf|exe)$", "文件里夹带了别的文件", OUT),
    (r"externallinks/|connections\.xml|querytables/|xl/model/", "文件引用了外部的文件或者数据", VALUES),
    (r"\.(emf|wmf|tiff?|eps|pict)$", "文件里有不能检查的图片（EMF、WMF 一类）", AS_PDF),
)


def is_left_out(name: str) -> bool:
    return LEFT_OUT.fullmatch(name) is not None


def ensure_known(name: str) -> None:
    """Raises Refused for a part that is neither read nor a picture."""
    if trouble := _not_taken(name):
        raise trouble
    if name != TYPES and not READ.fullmatch(name) and not PICTURE.fullmatch(name):
        raise refused("文件里有不能检查的内容", AS_PDF)


def _not_taken(name: str) -> Refused | None:
    return next((refused(why, todo) for what, why, todo in NOT_TAKEN if re.search(what, name, re.I)), None)
