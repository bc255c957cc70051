"""What the tests of papers share: samples of every layout, and what the machine lacks."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from qingdan.kernel.papers import fonts
from qingdan.kernel.papers.content import (
    BOOK,
    BULLETIN,
    FORM,
    LETTER,
    NOTICE,
    RED,
    Attached,
    Check,
    Content,
    Facts,
    Heading,
    Imprint,
    Marks,
    Paragraph,
    Signature,
    Table,
    as_data,
)  # fmt: skip

needs_fonts = pytest.mark.skipif(not fonts.found().complete, reason="no Chinese font on this machine (as root: apt-get install fonts-noto-cjk)")
BODY = "郑州市金水区政务服务改革管理办公室"
DAY = "2016-06-15"
LONG = "经审核，同意城市管理局提出的调整申请。依据修改后的《市政设施管理条例》第十条，将承诺时限调整为三个工作日，其余内容不变。“五单一网”运行情况良好。" * 3
CHECK = Check("K7QF-9M2D-4HTX-0ABC", "https://zwfw.jinshui.example/verify/K7QF9M2D4HTX0ABC/")
TABLE = Table(("内容", "调整前", "调整后"), tuple((f"字段{i}", "五个工作日" * i, "三个工作日\n另起一行") for i in range(1, 7)), (2, 4, 4))
END = (Attached(("调整前后对照表", "审核意见")), Signature(BODY, date(2016, 6, 15)))
TALK = (Paragraph(LONG), Heading("一、核准的内容"), Paragraph(LONG), Heading("（一）对照", 2), TABLE, Paragraph(LONG))
IMPRINT = Imprint("区编办，区政府法制办，区财政局", BODY, date(2016, 6, 15))
SAMPLES = {
    RED: Content(RED, f"{BODY}关于变更“城市道路挖掘许可”的核准意见", f"{BODY}文件", "金水区城市管理局：", blocks=(*TALK, *END), imprint=IMPRINT),
    LETTER: Content(LETTER, "关于变更“城市道路挖掘许可”的审核意见", BODY, "金水区城市管理局：", blocks=(*TALK, *END)),
    NOTICE: Content(NOTICE, "补正通知书", BODY, "金水区城市管理局：", blocks=(Paragraph(LONG), END[-1])),
    FORM: Content(FORM, "清单动态调整转办单", blocks=(Facts((("案件编号", "调2016-0001"), ("转办意见", LONG))), END[-1])),
    BULLETIN: Content(BULLETIN, "六月清单动态调整情况", "五单一网简报", foreword=(BODY, "2016年6月15日"), blocks=TALK, imprint=IMPRINT),
    BOOK: Content(BOOK, "清单动态调整台账", blocks=(TABLE, END[-1])),
}


def sample(layout: str, draft: bool = False, blocks=None) -> dict:
    content = SAMPLES[layout]
    if blocks is not None:
        content = Content(layout, content.title, content.mark, content.to, content.foreword, blocks, content.imprint)
    return as_data(content, Marks("金政务办〔2016〕26号", "第3期", None if draft else CHECK, draft))


@functools.cache
def no_writer() -> str:
    """Why the DOCX cannot be laid out here; empty where LibreOffice's Writer does it."""
    if not shutil.which("soffice"):
        return "no LibreOffice on this machine (as root: apt-get install libreoffice-writer-nogui)"
    with tempfile.TemporaryDirectory() as place:
        docx.Document().save(str(Path(place, "plain.docx")))
        return "" if laid_out(Path(place, "plain.docx")) else "LibreOffice is here without its Writer (as root: apt-get install libreoffice-writer-nogui)"


FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{folders}<cachedir>{cache}</cachedir>{faces}</fontconfig>"""
FACE = """<match><test name="family"><string>{office}</string></test><edit name="family" mode="assign" binding="strong"><string>{family}</string></edit>
{weight}</match>"""
BOLD = '<edit name="weight" mode="assign"><const>bold</const></edit>'


def laid_out(path: Path) -> bytes:
    """One DOCX as LibreOffice lays it out; b"" where it cannot."""
    return all_laid_out([path]).get(path.stem, b"")


def all_laid_out(paths: list[Path]) -> dict[str, bytes]:
    """These DOCX as LibreOffice lays them out, as PDF by their names, the office fonts replaced by those with which our own PDF is set."""
    there = fonts.found()
    faces = "".join(
        FACE.format(office=fonts.OFFICE_NAMES[name], family=families[0], weight=BOLD if name in there.bold else "")
        for name, families in there.families.items() if families
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        conf = Path(place, "fonts.conf")
        folders = "".join(f"<dir>{folder}</dir>" for folder in there.folders)
        conf.write_text(FONTCONFIG.format(folders=folders, cache=Path(place, "cache"), faces=faces), encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", "pdf", "--outdir", place, *map(str, paths)]
        subprocess.run(command, env={**os.environ, "FONTCONFIG_FILE": str(conf)}, capture_output=True, timeout=180, check=False)
        made = (Path(place, path.with_suffix(".pdf").name) for path in paths)
        return {pdf.stem: pdf.read_bytes() for pdf in made if pdf.exists()}


def place(said: str, page: Any) -> int:
    """Where in the text of the paper this page begins. Its number and what repeats at its head are passed over."""
    text = re.sub(r"—\d+—", "", re.sub(r"\s", "", page.extract_text()))
    for start in range(len(text) - 12):
        if said.count(text[start : start + 12]) == 1:
            return said.find(text[start : start + 12]) - start
    return len(said)
