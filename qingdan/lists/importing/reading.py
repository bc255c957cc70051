"""From bytes to lines: CSV (UTF-8, UTF-16, GB18030) and XLSX. Nothing is opened before its size has been looked at."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator

from qingdan.kernel.files.sheets import RUNS
from qingdan.lists.fields import tidy
from qingdan.lists.importing import xlsx
from qingdan.lists.importing.tables import MAX_BYTES, MAX_COLUMNS, MAX_LINES, Line, Table, Unreadable, too_many_columns, too_many_lines

BAD_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "RTF 文档"),
)
FORMULA = "单元格是公式"


def check_size(size: int) -> None:
    """Before anything is read: how large a file may be."""
    if size > MAX_BYTES:
        raise Unreadable(
            f"文件有 {size / 1024 / 1024:.1f} MB，超过 {MAX_BYTES // 1024 // 1024} MB", "五单的表格不会这么大，多半带有图片或者别的内容",
            "请只保留表格，另存后再上传",
        )  # fmt: skip
    if size == 0:
        raise Unreadable("文件是空的", "里面一个字节也没有", "请核对文件后重新选择")


def read_path(path: str) -> Table:
    """Read a file from the disk."""
    try:
        check_size(os.stat(path).st_size)
        with open(path, "rb") as f:
            data = f.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"打不开文件 {path}", error.strerror or "读取失败", "请核对文件名和读取权限") from error
    return read(data, os.path.basename(path))


def read(data: bytes, name: str) -> Table:
    """Read a spreadsheet from its bytes; `name` is only shown. Raises Unreadable with a Chinese sentence."""
    check_size(len(data))
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(b"PK"):
        lines, notes = xlsx.read(data)
        return Table(name, digest, "XLSX", lines, notes)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("这是旧版 .xls 或者加了密码的文件", "只接受 .xlsx 和 .csv", "请在表格软件中去掉密码，另存为 .xlsx 后再上传")
    for start, what in BAD_STARTS:
        if data.startswith(start):
            raise _no_table(what)
    text, form = _decode(data)
    if text.lstrip()[:1] == "<":
        raise _no_table("网页（HTML）或者 XML")
    return Table(name, digest, form, tuple(_lines(text)))


def _no_table(what: str) -> Unreadable:
    return Unreadable(f"这不是表格，是{what}", "只接受 .xlsx 和 .csv", "请在表格软件中打开原表，另存为 .xlsx 或 .csv 后再上传")


def _decode(data: bytes) -> tuple[str, str]:
    """(text, name of the form). Excel writes GB18030 or, as “Unicode 文本”, UTF-16."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        tries = [("utf-16", "UTF-16")]
    else:
        where = data.find(b"\x00")
        if where >= 0:
            line = data.count(b"\n", 0, where) + 1
            raise Unreadable(
                f"第 {line} 行含有空字节", "文本表格里不会有空字节，文件不是表格或者已经损坏",
                "请在表格软件中打开原表，另存为 .xlsx 或 .csv 后再上传",
            )  # fmt: skip
        tries = [("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")]
    for encoding, label in tries:
        try:
            return data.decode(encoding), f"CSV（{label}）"
        except UnicodeDecodeError:
            continue
    raise Unreadable("认不出文件的编码", "既不是 UTF-8，也不是 GB18030（GBK）", "请另存为“CSV UTF-8”或 .xlsx 后再上传")


def _delimiter(text: str) -> str:
    """The separator that the first lines hold most of."""
    head = "\n".join(text[:65536].splitlines()[:10])
    return max(",\t;", key=head.count)


def _lines(text: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    before = 0
    try:
        for count, cells in enumerate(reader):
            if count > MAX_LINES:
                raise too_many_lines()
            if len(cells) > MAX_COLUMNS:
                raise too_many_columns()
            yield _line(before + 1, cells)
            before = reader.line_num
    except csv.Error as error:
        raise Unreadable(
            f"第 {before + 1} 行读不下去", "引号不成对，或者一个单元格长得不合理", "请在表格软件中打开，检查这一行的引号，另存后再上传"
        ) from error  # fmt: skip


def _line(number: int, cells: list[str]) -> Line:
    values = tuple(tidy(cell) for cell in cells)
    faults = tuple((i, FORMULA) for i, value in enumerate(values) if value.startswith(("=", "@")))
    return Line(number, tuple(tidy(value[1:]) if _guarded(value) else value for value in values), faults)


def _guarded(value: str) -> bool:
    return value.startswith("'") and value[1:].startswith(RUNS)
