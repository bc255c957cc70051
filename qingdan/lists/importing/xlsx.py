"""XLSX → lines. The archive is weighed and its sheets are looked through before the spreadsheet reader sees it.

What is guarded against: archives that swell (sizes are added up before anything is opened, and every part is then inflated by a
reader that stops at its declared size and checks the sum), XML with a DOCTYPE, sheets whose far corner would ask for billions of
cells, macros, formulas, and numbers so long that the spreadsheet itself has already lost their last digits.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from xml.etree import ElementTree

import python_calamine

from qingdan.lists.fields import tidy
from qingdan.lists.importing.tables import MAX_COLUMNS, MAX_LINES, Line, Unreadable, too_many_columns, too_many_lines

MAX_PARTS = 1000
MAX_INFLATED = 100 * 1024 * 1024
MAX_CELLS = 800_000
LONGEST_NUMBER = 10**15  # a spreadsheet keeps fifteen digits
ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!")
FORMULA = "单元格是公式"
LONG_NUMBER = "单元格是数字格式，超过 15 位的数字末尾已被表格软件改动"
ERROR_VALUE = "单元格是公式的错误值"

PREFIX = rb"(?:[^\s<>/:!?\"'=]+:)?"
CELL = re.compile(rb"<" + PREFIX + rb'c((?:\s+[\w:.-]+="[^"<>]*")*)\s*(/?)>(?:\s*<' + PREFIX + rb"(f)[\s/>])?")
CELL_TAG = re.compile(rb"<" + PREFIX + rb"c[\s/>]")
FORMULA_TAG = re.compile(rb"<" + PREFIX + rb"f[\s/>]")
VALUE_TAG = re.compile(rb"<" + PREFIX + rb"(?:v|is|f)[\s/>]")
PLACE = re.compile(rb'\sr="([A-Z]{1,4})(\d{1,8})"')
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def read(data: bytes) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """(lines, notes). Raises Unreadable."""
    parts = _weighed(data)
    sheets = _sheets(parts)
    book = _open(data)
    filled = [name for name, part in sheets.items() if VALUE_TAG.search(parts[part])]
    if not filled:
        raise Unreadable("表格是空的", "没有一个单元格有内容", "请核对文件后重新选择")
    name = filled[0]
    formulas = _looked_through(parts[sheets[name]])
    rows, merged = _values(book, name)
    notes = () if len(filled) == 1 else (f"文件有 {len(filled)} 个有内容的工作表，只读取第一个：“{name}”。",)
    return tuple(_line(i, row, formulas) for i, row in enumerate(_filled_down(rows, merged))), notes


def _weighed(data: bytes) -> dict[str, bytes]:
    """The parts that are needed, after the sizes and contents of all were found to be reasonable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_INFLATED:
                raise Unreadable(
                    "压缩内容大得不合理", f"解开后超过 {MAX_INFLATED // 1024 // 1024} MB 或者 {MAX_PARTS} 个部件，为安全起见没有打开",
                    "请只保留表格，另存为 .xlsx 后再上传",
                )  # fmt: skip
            if any(info.flag_bits & 1 for info in infos):
                raise Unreadable("文件加了密码", "读不出内容", "请去掉密码，另存后再上传")
            parts = {info.filename: _part(info.filename, archive.read(info)) for info in infos if not info.is_dir()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Unreadable("文件已经损坏", "按 .xlsx 解不开", "请在表格软件中打开原表，另存为 .xlsx 后再上传") from error
    if "xl/workbook.xml" not in parts:
        raise Unreadable("这不是 .xlsx 表格", "压缩包里没有工作簿", "请在表格软件中打开原表，另存为 .xlsx 后再上传")
    if any("vbaproject" in name.lower() for name in parts):
        raise Unreadable("文件带有宏", "为安全起见不接受", "请另存为不带宏的 .xlsx 后再上传")
    return parts


def _part(name: str, part: bytes) -> bytes:
    """One part, inflated to its declared size and no further; only what is read here is kept."""
    if name.endswith((".xml", ".rels")) and (DOCTYPE.search(part) or part[:2] in (b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("文件里有不该有的声明（DOCTYPE）", "正常的表格没有它，为安全起见没有打开", "请另存为 .xlsx 后再上传")
    return part if name.startswith(("xl/workbook.xml", "xl/_rels/", "xl/worksheets/")) else b""


def _sheets(parts: dict[str, bytes]) -> dict[str, str]:
    """Name of each worksheet, in order → its part."""
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])  # noqa: S314 - no DOCTYPE, hence no entities
        links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314 - the same
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise _broken() from error
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found: dict[str, str] = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            target = targets.get(link, "")
            path = target.lstrip("/") if target.startswith("/") else "xl/" + target
            if path in parts:
                found[sheet.get("name", "")] = path
    return found


def _open(data: bytes) -> python_calamine.CalamineWorkbook:
    return _guarded(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))


def _values(book: python_calamine.CalamineWorkbook, name: str) -> tuple[list[list[Any]], list[Any]]:
    def load() -> tuple[list[list[Any]], list[Any]]:
        sheet = book.get_sheet_by_name(name)
        return sheet.to_python(skip_empty_area=False), list(sheet.merged_cell_ranges or [])

    return _guarded(load)


def _guarded(call: Any) -> Any:
    """The reader is native code; whatever it throws, its panics included, becomes a sentence."""
    try:
        return call()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise _broken() from error


def _broken() -> Unreadable:
    return Unreadable("文件已经损坏", "读不出工作表", "请在表格软件中打开原表，另存为 .xlsx 后再上传")


def _looked_through(part: bytes) -> dict[tuple[int, int], str]:
    """(row, column) → reason, for cells that are formulas. Refuses a sheet that is too long or too wide, and one in which not every
    cell tells its place in the one way that spreadsheets write: what could not be counted here must not reach the reader."""
    tags = sum(1 for _ in islice(CELL_TAG.finditer(part), MAX_CELLS + 1))
    if tags > MAX_CELLS:
        raise too_many_lines()
    formulas: dict[tuple[int, int], str] = {}
    cells = 0
    for found in CELL.finditer(part):
        places = PLACE.findall(found.group(1))
        if len(places) != 1:
            raise _unusual()
        cells, row, column = cells + 1, int(places[0][1]) - 1, _column(places[0][0])
        if row > MAX_LINES:
            raise too_many_lines()
        if column >= MAX_COLUMNS:
            raise too_many_columns()
        if found.group(3) and not found.group(2):
            formulas[row, column] = FORMULA
    if cells != tags or len(formulas) != sum(1 for _ in FORMULA_TAG.finditer(part)):
        raise _unusual()
    return formulas


def _unusual() -> Unreadable:
    return Unreadable("有的单元格没有按常见的写法注明位置", "读出来的各列可能错位，公式也看不出来", "请在表格软件中打开，另存为 .xlsx 后再上传")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _filled_down(rows: list[list[Any]], merged: list[Any]) -> list[list[Any]]:
    """A merged cell says the same for all its rows: 部门 merged over ten items belongs to all ten."""
    if sum(bottom - top for (top, _), (bottom, _) in merged) > MAX_LINES * MAX_COLUMNS:
        raise _broken()
    for (top, left), (bottom, _right) in merged:
        if bottom > top and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                if left < len(row) and row[left] == "":
                    row[left] = rows[top][left]
    return rows


def _line(index: int, row: list[Any], formulas: dict[tuple[int, int], str]) -> Line:
    cells = tuple(_text(value) for value in row)
    faults = []
    for column, value in enumerate(row):
        if (index, column) in formulas or cells[column].startswith(("=", "@")):
            faults.append((column, FORMULA))
        elif isinstance(value, float) and abs(value) >= LONGEST_NUMBER:
            faults.append((column, LONG_NUMBER))
        elif cells[column] in ERRORS:
            faults.append((column, ERROR_VALUE))
    return Line(index + 1, cells, tuple(faults))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    return tidy(value)
