"""Small invented contents and files for the tests of the lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import xlsxwriter

from qingdan.lists.schema import LISTS

CODE = "410105-001-01-001-00"
HEADER = ["部门", "名称", "编码", "分类", "联系电话"]


def complete(kind: str, code: str = CODE, name: str = "甲事项") -> dict[str, str]:
    """A content of this list with nothing missing and nothing wrong."""
    by_kind = {"days": "5", "yesno": "是", "date": "2016-05-06", "phone": "0371-63526000"}
    content = {f.key: by_kind.get(f.kind, f"{f.label}一") for f in LISTS[kind].required}
    for f in LISTS[kind].required:
        if f.kind == "choice":
            content[f.key] = f.choices[0][0]
    return content | {"code": code, "name": name}


def csv_bytes(rows: Iterable[Iterable[object]], encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_bytes(rows: Iterable[Iterable[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": True})
    sheet = book.add_worksheet("清单")
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    book.close()
    return out.getvalue()


def code(n: int) -> str:
    return f"410105-001-01-{n:03d}-00"
