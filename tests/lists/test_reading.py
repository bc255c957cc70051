"""Reading a file: every kind of bad input gets a Chinese sentence with what, why and what to do."""

import io
import re
import struct
import zipfile

import openpyxl
import pytest
import xlsxwriter

from qingdan.lists.importing import xlsx
from qingdan.lists.importing.reading import read, read_path
from qingdan.lists.importing.tables import MAX_BYTES, MAX_LINES, Unreadable

from .samples import HEADER, csv_bytes, xlsx_bytes

ROWS = [HEADER, ["甲局", "事项一", "410105-001-01-001-00", "01", "0371-63526000"]]


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, "x")
    error = caught.value
    assert error.what and error.why and error.todo
    return str(error)


def rezipped(data: bytes, change) -> bytes:
    """The same archive with some parts changed: change(name, bytes) → bytes or None to leave the part out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "form"),
    [("utf-8", "CSV（UTF-8）"), ("utf-8-sig", "CSV（UTF-8）"), ("gb18030", "CSV（GB18030）"), ("utf-16", "CSV（UTF-16）")],
)
def test_csv_in_the_encodings_that_spreadsheets_write(encoding, form):
    table = read(csv_bytes(ROWS, encoding), "表.csv")
    assert table.form == form
    assert [line.cells for line in table.lines] == [tuple(row) for row in ROWS]
    assert [line.number for line in table.lines] == [1, 2]


def test_csv_lines_keep_the_number_that_an_editor_shows():
    table = read(b'a,b\n"one\ntwo",x\n\nlast,y\n', "x.csv")
    assert [(line.number, line.cells) for line in table.lines] == [(1, ("a", "b")), (2, ("one\ntwo", "x")), (4, ()), (5, ("last", "y"))]


def test_csv_with_tabs_or_semicolons():
    assert read("部门\t名称\t编码\n甲\t乙\t丙\n".encode(), "x").lines[1].cells == ("甲", "乙", "丙")
    assert read("部门;名称;编码\n甲;乙;丙\n".encode(), "x").lines[1].cells == ("甲", "乙", "丙")


def test_xlsx_gives_the_same_cells_as_csv():
    assert [line.cells for line in read(xlsx_bytes(ROWS), "x.xlsx").lines] == [tuple(row) for row in ROWS]


@pytest.mark.parametrize("write_only", [False, True])
def test_xlsx_written_by_another_program(write_only):
    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("表", 0)
    for row in ROWS:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    assert [line.cells for line in read(out.getvalue(), "x.xlsx").lines] == [tuple(row) for row in ROWS]


def test_xlsx_whose_tags_have_a_prefix():
    def prefixed(name, part):
        if not name.endswith("sheet1.xml"):
            return part
        part = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", part)
        return part.replace(b"xmlns=", b"xmlns:x=")

    assert [line.cells for line in read(rezipped(xlsx_bytes(ROWS), prefixed), "x").lines] == [tuple(row) for row in ROWS]


def test_xlsx_numbers_days_and_merged_cells():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.merge_range("A1:A3", "甲局")
    sheet.write_number(0, 1, 5)
    sheet.write_number(1, 1, 2.5)
    sheet.write_datetime(2, 1, __import__("datetime").datetime(2016, 5, 6), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    assert [line.cells for line in read(out.getvalue(), "x").lines] == [("甲局", "5"), ("甲局", "2.5"), ("甲局", "2016-05-06")]


def test_only_the_first_filled_sheet_is_read_and_the_reader_is_told():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("空")
    for name in ("甲表", "乙表"):
        book.add_worksheet(name).write(0, 0, name)
    book.close()
    table = read(out.getvalue(), "x")
    assert table.lines[0].cells == ("甲表",)
    assert "甲表" in table.notes[0]


def test_a_number_longer_than_fifteen_digits_is_not_trusted():
    (line,) = read(xlsx_bytes([[4101050010100101]]), "x").lines
    assert line.faults and "15 位" in line.faults[0][1]


@pytest.mark.parametrize("cell", ["=1+1", "=HYPERLINK(\"http://x\")", "@SUM(A1)"])
def test_formulas_in_csv_are_marked(cell):
    (line,) = read(csv_bytes([["甲", cell]]), "x").lines
    assert line.faults == ((1, "单元格是公式"),)


def test_formulas_in_xlsx_are_marked_by_cell():
    lines = read(xlsx_bytes([["甲", "乙"], ["丙", "=1+1"]]), "x").lines
    assert lines[0].faults == () and lines[1].faults == ((1, "单元格是公式"),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b' r="B1"', b""),
        (b' r="B1"', b" r='XFD1048576'"),
        (b' r="B1"', b' r = "XFD1048576"'),
        (b' r="B1"', b' r="xfd1048576"'),
        (b' r="B1"', b' r="B&#49;"'),
        (b' r="B1"', b" y=' r=\"B1\"' r=\"XFD1048576\""),
        (b' r="B1"', b' y=">" r="XFD1048576"'),
        (b' r="B1"', b' r="B1" r="XFD1048576"'),
    ],
)
def test_a_cell_that_does_not_say_its_place_in_the_usual_way_never_reaches_the_reader(old, new, monkeypatch):
    """The reader of spreadsheets would allocate the whole sheet up to the far corner, and end the process."""
    monkeypatch.setattr(xlsx, "_values", lambda *a: pytest.fail("the reader was asked"))
    data = rezipped(xlsx_bytes([["甲", "=1+1"]]), lambda name, part: part.replace(old, new) if name.endswith("sheet1.xml") else part)
    assert refused(data)


def test_a_sheet_of_millions_of_cells_in_one_place_is_refused_before_its_cells_are_read(monkeypatch):
    monkeypatch.setattr(xlsx, "_values", lambda *a: pytest.fail("the reader was asked"))
    data = rezipped(xlsx_bytes(ROWS), lambda name, part: b'<c r="A1"><v>1</v></c>' * 2_000_000 if name.endswith("sheet1.xml") else part)
    assert refused(data)


def test_an_empty_file():
    assert "空的" in refused(b"")


def test_an_empty_workbook():
    assert "空的" in refused(xlsx_bytes([]))


def test_a_file_of_sixty_megabytes_is_refused_before_it_is_read(tmp_path, monkeypatch):
    big = tmp_path / "big.csv"
    with open(big, "wb") as f:
        f.truncate(60 * 1024 * 1024)
    monkeypatch.setattr("builtins.open", lambda *a, **k: pytest.fail("the file was opened"))
    with pytest.raises(Unreadable, match=r"60\.0 MB，超过 20 MB"):
        read_path(str(big))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Unreadable, match="打不开文件"):
        read_path(str(tmp_path / "none.csv"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"MZ\x90\x00", "程序"),
        (b"<html><body>", "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"PK\x03\x04 and then nothing", "损坏"),
        (b"\x1f\x8b\x08", "压缩包"),
        (b"a,b\nc,\x00d\n", "第 2 行含有空字节"),
        (bytes(range(128, 256)) * 3, "编码"),
        (b'a,b\nc,"d\ne,f\n', "第 2 行读不下去"),
        (b"a,b\n" + b"x" * 200_000 + b",y\n", "第 2 行读不下去"),
    ],
)
def test_what_is_not_a_table(data, said):
    assert said in refused(data)


def test_a_word_document_is_not_a_workbook():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "不是 .xlsx" in refused(out.getvalue())


def test_a_workbook_with_macros():
    out = io.BytesIO(xlsx_bytes(ROWS))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert "宏" in refused(out.getvalue())


def test_a_zip_bomb_is_refused_before_anything_is_inflated(monkeypatch):
    out = io.BytesIO(xlsx_bytes(ROWS))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/media/bomb.xml", "w", force_zip64=True) as part:
            for _ in range(200):
                part.write(b"\0" * 1024 * 1024)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *a, **k: pytest.fail("a part was inflated"))
    assert "大得不合理" in refused(out.getvalue())


def test_an_archive_of_thousands_of_parts():
    out = io.BytesIO(xlsx_bytes(ROWS))
    with zipfile.ZipFile(out, "a") as archive:
        for n in range(1100):
            archive.writestr(f"x/{n}", b"")
    assert "大得不合理" in refused(out.getvalue())


def test_an_archive_that_lies_about_its_sizes():
    data = bytearray(rezipped(xlsx_bytes(ROWS), lambda name, part: part + b" " * 5_000_000 if name.endswith("sheet1.xml") else part))
    where = data.find(b"PK\x01\x02")
    while where >= 0:  # every entry of the directory now claims ten bytes
        struct.pack_into("<I", data, where + 24, 10)
        where = data.find(b"PK\x01\x02", where + 4)
    assert "损坏" in refused(bytes(data))


def test_xml_entities_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    data = rezipped(xlsx_bytes(ROWS), lambda name, part: bomb + part if name.endswith("sheet1.xml") else part)
    assert "DOCTYPE" in refused(data)


def test_a_cell_in_the_far_corner_does_not_ask_for_the_whole_sheet():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write("XFD1048576", "x")
    book.close()
    assert refused(out.getvalue())


def test_too_many_lines_and_columns():
    assert f"超过 {MAX_LINES} 行" in refused(b"a,b\n" * 100_000)
    assert f"超过 {MAX_LINES} 行" in refused(xlsx_bytes([["a"]] * (MAX_LINES + 2)))
    assert "列" in refused(b"a" + b"," * 300 + b"\n")


def test_a_sheet_whose_tags_never_end_is_refused_before_its_cells_are_read(monkeypatch):
    monkeypatch.setattr(xlsx, "_values", lambda *a: pytest.fail("the reader was asked"))
    data = rezipped(xlsx_bytes(ROWS), lambda name, part: b"<c " * 3_000_000 if name.endswith("sheet1.xml") else part)
    assert refused(data)


def test_a_broken_sheet():
    assert "损坏" in refused(rezipped(xlsx_bytes(ROWS), lambda name, part: part[: len(part) // 2] if name.endswith("sheet1.xml") else part))
    assert "损坏" in refused(rezipped(xlsx_bytes(ROWS), lambda name, part: None if name.endswith("workbook.xml.rels") else part))


def test_the_limit_is_twenty_megabytes():
    assert MAX_BYTES == 20 * 1024 * 1024
