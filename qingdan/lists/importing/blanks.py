"""An empty spreadsheet with the header of a list, to be filled in and imported."""

from __future__ import annotations

import io

import xlsxwriter

from qingdan.lists.importing.columns import OFFICE, labels
from qingdan.lists.schema import LISTS


def blank(kind: str) -> bytes:
    """XLSX: the columns of the list in the first row, each with its article and help in a comment."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(LISTS[kind].key)
    bold, text = book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1}), book.add_format({"num_format": "@"})
    sheet.set_column(0, len(LISTS[kind].fields), 18, text)
    sheet.freeze_panes(1, 0)
    sheet.write(0, 0, labels(kind)[OFFICE], bold)
    for column, field in enumerate(LISTS[kind].fields, 1):
        sheet.write(0, column, field.label + ("（必填）" if field.required else ""), bold)
        said = "。".join(filter(None, (field.article, field.help, "、".join(label for _, label in field.choices))))
        if said:
            sheet.write_comment(0, column, said, {"x_scale": 2})
    book.close()
    return out.getvalue()
