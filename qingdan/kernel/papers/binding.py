"""All papers of a case as one PDF: each with the scans of its sealed original behind it, in the order in which they were issued."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from qingdan.engine.refusals import Refused
from qingdan.kernel.files.models import StoredFile

from .models import Paper
from .typesetting import picture_page

ENDINGS = {"png": ".png", "jpeg": ".jpg"}


def bind(papers: Iterable[Paper]) -> bytes:
    """One PDF with a bookmark a paper. Refused where there is none, or where a file is gone or cannot be read."""
    bound = PdfWriter()
    for paper in papers:
        first = len(bound.pages)
        for name, data in _files(paper):
            _append(bound, name, data)
        if len(bound.pages) > first:
            held = f"（{paper.withdrawn.told}）" if paper.withdrawn else ""
            bound.add_outline_item(title=f"{paper.number} {paper.name}{held}", page_number=first)
    if not bound.pages:
        raise Refused("不能合成 PDF", "没有已经签发、存有 PDF 的文书", "请先签发；没有中文字体而只有 DOCX 的，请逐份下载")
    bound.metadata = {"/Title": "文书", "/Producer": "qingdan"}
    out = io.BytesIO()
    bound.write(out)
    return out.getvalue()


def _files(paper: Paper) -> Iterator[tuple[str, bytes]]:
    if paper.pdf:
        yield paper.number, _read(paper.pdf)
    for scan in paper.scans.all():
        file = scan.file
        day = scan.attached_on.isoformat()
        yield f"{paper.number}的扫描件", picture_page(file.path, ENDINGS[file.media], day) if file.media in ENDINGS else _read(file)


def _read(file: StoredFile) -> bytes:
    try:
        with file.open() as f:
            return f.read()
    except OSError as gone:
        raise Refused("不能合成 PDF", f"文件“{file.name}”不在存放处", "请告知系统管理员运行 verify 查明") from gone


def _append(bound: PdfWriter, name: str, data: bytes) -> None:
    try:
        bound.append(PdfReader(io.BytesIO(data)), import_outline=False)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused("不能合成 PDF", f"{name}的 PDF 加了密码或者已经损坏", "请逐份下载") from error
