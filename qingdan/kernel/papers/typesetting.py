"""From the plain form of a paper to the bytes of its PDF: Typst in a process of its own, with a time limit.

The same paper and fonts give the same bytes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import segno

from qingdan.engine.refusals import Refused

from . import fonts, layout
from .content import attached_indent, attached_lines, copies_line

HERE = Path(__file__).parent
SECONDS = 60
WHAT = "不能制作 PDF"


def pdf(data: dict[str, Any], day: str) -> bytes:
    """The PDF. Refused where no Chinese font is there (better none than one with boxes), and where it takes too long.

    `day`: 2016-06-15, the only date that the file bears.
    """
    return _compile(HERE / "sheet.typ", data, day)


def picture_page(picture: Path, ending: str, day: str) -> bytes:
    """A scanned picture (.png, .jpg) as one page; Refused where it cannot be read."""
    with tempfile.TemporaryDirectory(prefix="qingdan-scan-") as place:
        for source, name in ((HERE / "scan.typ", "scan.typ"), (picture, f"scan{ending}")):
            shutil.copyfile(source, Path(place, name))
        try:
            return _run(Path(place, "scan.typ"), {"file": f"scan{ending}", "title": "扫描件"}, day, [])
        except RuntimeError as error:
            raise Refused("不能合成 PDF", "有一份扫描件的图片损坏，读不出来", "请逐份下载") from error


def _compile(template: Path, data: dict[str, Any], day: str) -> bytes:
    with_fonts = fonts.found()
    if not with_fonts.complete:
        raise Refused(WHAT, "本机没有中文字体", "请下载 DOCX，或者请管理员安装字体（QINGDAN_FONTS）后再试")
    attached: list[str] = next((block["names"] for block in data["blocks"] if block["is"] == "attached"), [])
    sheet = {
        "paper": data, "measures": layout.measures(), "fonts": with_fonts.families, "bold": with_fonts.bold,
        "mark_size": layout.mark_size(data["mark"]),
        "attached": attached_lines(attached), "attached_indent": attached_indent(attached),
        "copies": copies_line(data["imprint"]) if data["imprint"] else "",
        "qr": qr_svg(data["check"]["address"]) if data["check"] else "",
    }  # fmt: skip
    return _run(template, sheet, day, with_fonts.folders)


def _run(template: Path, sheet: dict[str, Any], day: str, folders: list[str]) -> bytes:
    year, month, date = (int(part) for part in day.split("-"))
    inputs = {"sheet": json.dumps(sheet | {"date": [year, month, date]}, ensure_ascii=False)}
    asked = {
        "template": str(template), "root": str(template.parent), "folders": folders, "inputs": inputs,
        "standards": ["a-3b"], "moment": _seconds(year, month, date),
    }  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own file; all words go in as data
            [sys.executable, "-I", str(HERE / "compiling.py")], input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise Refused(WHAT, f"排版超过 {SECONDS} 秒没有完成", "请稍后再试；仍不行的，请先下载 DOCX 并告知系统管理员") from late
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise RuntimeError(f"typst: {done.stderr.decode(errors='replace')[:2000]}")
    return done.stdout


def _seconds(year: int, month: int, day: int) -> int:
    """Noon of that day in UTC, which is the same day in Asia/Shanghai."""
    return int(datetime(year, month, day, 4, tzinfo=UTC).timestamp())


def qr_svg(address: str) -> str:
    """The square code as a picture of lines."""
    return segno.make(address, error="m", micro=False).svg_inline(border=2)
