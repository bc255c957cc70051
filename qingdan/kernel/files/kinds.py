"""Which files are taken, known by their content and never by their name. Pure: bytes in, a kind or a refusal out."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from qingdan.engine.refusals import Refused

LIMIT = 20 * 1024 * 1024
MAX_PARTS = 2000
MAX_INFLATED = 200 * 1024 * 1024
LONGEST_NAME = 150
TAKEN = "PDF、PNG、JPEG 图片，网页（HTML、MHTML）、纯文本，DOCX、XLSX、OFD 文件"
WHAT = "不能接受这个文件"
HEAD = 4096


@dataclass(frozen=True)
class Kind:
    """A kind of file: its key, its name on pages, the endings of its names."""

    key: str
    name: str
    endings: tuple[str, ...]


KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", "PDF", (".pdf",)),
        Kind("png", "PNG 图片", (".png",)),
        Kind("jpeg", "JPEG 图片", (".jpg", ".jpeg")),
        Kind("html", "网页", (".html", ".htm", ".xhtml")),
        Kind("mhtml", "网页存档", (".mhtml", ".mht")),
        Kind("txt", "文本", (".txt",)),
        Kind("docx", "DOCX", (".docx",)),
        Kind("xlsx", "XLSX", (".xlsx",)),
        Kind("ofd", "OFD", (".ofd",)),
    )
}
PICTURES = frozenset({"png", "jpeg"})
PAGE_COPIES = frozenset({"pdf", "png", "jpeg", "html", "mhtml"})
PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "OFD.xml": "ofd"}
ACCEPT = ",".join(ending for kind in KINDS.values() for ending in kind.endings)
_STARTS = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
_PAGE = re.compile(r"<(?:!doctype\s+html|html)[\s>]", re.I)
_OTHER_MARKUP = re.compile(r"\s*<(?:\?xml|svg|!doctype|!entity)", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_ARCHIVED_PAGE = re.compile(r"^content-type:\s*multipart/related", re.I | re.M)


def find(data: bytes) -> str:
    """The key of the kind; raises Refused with why and what to do."""
    if not data:
        raise Refused(WHAT, "文件是空的", "请核对后重新选择文件")
    if len(data) > LIMIT:
        raise Refused(WHAT, f"文件超过 {LIMIT // 1024 // 1024} MB", "请压缩图片或者分成几个文件后再上传")
    for start, key in _STARTS:
        if data.startswith(start):
            return key
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data)
    return _of_text(data)


def _unknown(why: str = "不是允许的类型（看内容，不看文件名）") -> Refused:
    return Refused(WHAT, why, f"可以上传：{TAKEN}")


def _of_archive(data: bytes) -> str:
    """DOCX, XLSX and OFD are archives; they are weighed and looked into by name, never unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise _unknown("文件已经损坏") from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_INFLATED:
        raise _unknown("压缩内容大得不合理，为安全起见没有打开")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(WHAT, "文件加了密码", "请去掉密码后再上传")
    names = {part.filename for part in parts}
    if any("vbaproject" in name.lower() for name in names):
        raise Refused(WHAT, "文件带有宏", "请另存为不带宏的文件后再上传")
    found = [key for name, key in PARTS.items() if name in names]
    if len(found) != 1:
        raise _unknown()
    return found[0]


def _of_text(data: bytes) -> str:
    text = _decoded(data)
    head = text[:HEAD]
    if _ARCHIVED_PAGE.search(head):
        return "mhtml"
    if _PAGE.search(head):
        return "html"
    if _OTHER_MARKUP.match(head):
        raise _unknown()
    return "txt"


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise _unknown()


def cleaned_name(name: str) -> str:
    """The last part of a name as people read it: no folders, nothing that cannot be seen or turns the writing round."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")).strip(" .")
    if len(seen) > LONGEST_NAME:
        stem, dot, ending = seen.rpartition(".")
        seen = f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot and len(ending) < 10 else seen[:LONGEST_NAME]
    return seen or "未命名"
