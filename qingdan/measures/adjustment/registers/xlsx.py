"""The 台账 as a spreadsheet (T34): every cell is text, so that nothing that somebody typed can run as a formula.

Written row by row with constant memory; opens in LibreOffice and Excel, and reads back as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import IO

import xlsxwriter

from .book import STEPS, Entry, Line

LONGEST = 32_767  # characters of a cell
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold
FIRST = ("编号", "标题", "提出单位", "清单", "事项编码", "动作", "调整情形", "情形发生日", "立案日", "状态")


def heads() -> list[str]:
    """The first row: two columns a step, the dates and what is to be said of the limit."""
    return [*FIRST, *(name for step in STEPS for name in (f"{step.name}（{step.article}）", f"{step.name}用时与期限"))]


def cells(line: Line) -> list[str]:
    """One case as the texts of its cells."""
    case = line.case
    first = (
        case.number, case.title, case.office.short, line.list_name, line.code, line.move, line.ground,
        _day(line.cause_day), _day(case.opened_on), line.state,
    )  # fmt: skip
    steps = (text for step in line.steps for text in ("\n".join(map(str, step)), "\n".join(map(_limit, step))))
    return [*first, *steps]


def write(file: IO[bytes], lines: Iterable[Line], title: str = "动态调整台账") -> int:
    """Write all of it into the file; returns the number of cases."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = book.add_format({"num_format": "@", "bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, len(heads()) - 1, 20)
    for column, words in enumerate(heads()):
        sheet.write_string(0, column, words, head)
    row = 0
    for row, line in enumerate(lines, 1):
        for column, words in enumerate(cells(line)):
            sheet.write_string(row, column, _clean(words), text)
    if row:
        sheet.autofilter(0, 0, row, len(heads()) - 1)
    book.close()
    return row


def _clean(words: str) -> str:
    """What XML cannot hold is left out; the writer takes <r>…</r> for markup of its own, so a space ends it."""
    seen = UNSEEN.sub("", words)[: LONGEST - 1]
    return f"{seen} " if seen.startswith("<r>") and seen.endswith("</r>") else seen


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _limit(entry: Entry) -> str:
    due = f"，{entry.due.isoformat()}到期" if entry.due else ""
    mark = f"，{entry.mark}" if entry.mark else ""
    return f"{entry.days} 个工作日{due}{mark}"
