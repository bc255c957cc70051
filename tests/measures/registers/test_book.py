"""调 第十条（三） 台账: every case with its dates, straight from the ledger; to be seen by whom it concerns; safe as a spreadsheet."""

import io
import re
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from qingdan.kernel.ledger.models import Case
from qingdan.lists.fields import has_control
from qingdan.measures.adjustment.access import visible_to
from qingdan.measures.adjustment.registers import xlsx
from qingdan.measures.adjustment.registers.book import STEPS, in_chunks, lines, narrowed, period_of, with_requests
from tests.lists.samples import code

TODAY = date(2016, 10, 26)
BOOK, EXPORT = "/adjustment/registers/", "/adjustment/registers/book.xlsx"


def line_of(case):
    return lines(with_requests(Case.objects.filter(pk=case.pk)), TODAY)[0]


def step(line, name):
    return next(entries for s, entries in line.columns if s.name == name)


def chosen(autumn, **wanted):
    office = autumn.room.d.zwb.office
    return set(narrowed(visible_to(office, TODAY), TODAY, **wanted).values_list("number", flat=True))


def sheet_of(response):
    data = b"".join(response.streaming_content)
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(), data


def test_第十条三_每步的日期_已用与限期(autumn):
    """第十条（三）: 10-10 applied, 1 of 10; 10-11 referred, 1 of 2; … 10-19 own site, 3 of 3 from 10-14."""
    line = line_of(autumn.published)
    said = {s.name: [(e.done.isoformat()[5:], e.days, e.mark) for e in entries if e.done] for s, entries in line.columns}
    assert said == {
        "申请": [("10-10", "2/10", "")], "转办": [("10-11", "1/2", "")], "审核": [("10-12", "1/5", "")], "核准": [("10-13", "1/2", "")],
        "确认": [("10-14", "1/1", "")], "复审": [], "转告": [("10-17", "1/2", "")], "公布": [("10-18", "1/1", "")],
        "本部门更新": [("10-19", "3/3", "")], "备案": [],
    }  # fmt: skip
    assert [(e.due.isoformat(), e.mark) for e in step(line, "备案")] == [("2016-11-02", "在办")]
    assert line.state == "在办" and line.code == code(1) and line.move == "变更" and line.list_name


def test_第八条_视为与逾期写在该步(autumn):
    """第八条, X3: the lead's step says 视为同意, the unit's 视为无异议; the office's 核准 came one 工作日 late."""
    line = line_of(autumn.silent)
    assert [(e.office, e.done.isoformat(), e.days, e.kind, e.mark) for e in step(line, "审核")] == [("法制办", "2016-10-19", "5/5", "late", "视为同意")]
    assert [(e.days, e.mark) for e in step(line, "核准")] == [("3/2", "逾期 1 日")]
    assert [e.mark for e in step(line, "确认")] == ["视为无异议"]


def test_第七条三_两个牵头部门各占一条(autumn):
    """第七条（三）: each lead its own date."""
    room = autumn.room
    case = room.apply("10-26", autumn.items[2], cause_day="10-19", promised="3")
    room.refer("10-27", case, "fzb", "bb")
    room.say("10-28", "bb", case, "agree", "同意")
    said = [(e.office, e.done and e.done.isoformat()) for e in step(line_of(case), "审核")]
    assert said == [("编办", "2016-10-28"), ("法制办", None)]


def test_第七条_撤回后不再需要的步骤不算办理(autumn):
    """S3: the office's 转办 was released, not done; the unit's duty to apply runs again."""
    line = line_of(autumn.withdrawn)
    assert [(e.done, e.due, e.mark) for e in step(line, "转办")] == [(None, None, "不再需要")]
    assert [e.mark for e in step(line, "申请")] == ["", "在办"]


def test_第十条三_统计期为上月二十六日至本月二十五日():
    assert period_of(date(2016, 10, 1)) == (date(2016, 9, 26), date(2016, 10, 25))
    assert period_of(date(2017, 1, 1)) == (date(2016, 12, 26), date(2017, 1, 25))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"state": "late"}, {"silent"}), ({"state": "deemed"}, {"silent"}), ({"state": "open", "article": "第九条"}, {"published"}),
        ({"state": "late", "article": "第七条（三）"}, set()), ({"state": "late", "article": "第七条（四）"}, {"silent"}),
        ({"article": "第七条（五）"}, {"published", "silent"}), ({"list_kind": "权责"}, {"published", "silent", "withdrawn"}),
        ({"list_kind": "收费"}, set()), ({"unit": "cg", "month": date(2016, 10, 1)}, {"published", "silent", "withdrawn"}),
        ({"unit": "cg", "month": date(2016, 9, 1)}, set()), ({"unit": "cg", "state": "ended"}, set()), ({"state": "returned"}, set()),
    ],
)  # fmt: skip
def test_第十条三_按月份_单位_清单_条款_状态查找(autumn, wanted, found):
    assert chosen(autumn, **wanted) == {getattr(autumn, name).number for name in found}


def test_S46_政务办看全部_申请单位看自己的_无关单位看不到(autumn, reader):
    """S46: by visible_to; the same on the page and in the export."""
    for who, sees in (("zwb", True), ("cg", True), ("fzb", True), ("hyl", False)):
        page = reader(who).get(BOOK)
        assert page.status == 200 and (autumn.published.number in page.text) is sees, who
        rows, _ = sheet_of(reader(who).client.get(EXPORT))
        assert (autumn.published.number in [row[0] for row in rows]) is sees, who
    assert "没有符合条件的案件" in reader("hyl").get(BOOK).text


def test_页面的查询次数不随案件多少增加(autumn, reader):
    """Fixed query count: three cases and the reports take no more than one case."""
    client = reader("zwb").client
    client.get(BOOK)
    with CaptureQueriesContext(connection) as one:
        client.get(BOOK, {"state": "late"})
    with CaptureQueriesContext(connection) as many:
        client.get(BOOK, {"list_kind": "权责"})
    assert len(one) == len(many) <= 16


def test_看不懂的查找条件_说明怎么写_不报错(autumn, reader):
    page = reader("zwb").get(BOOK, month="十月", state="坏")
    assert page.status == 200 and "请写成 2016-10 的样子" in page.text and autumn.published.number not in page.text
    assert reader("zwb").client.get(EXPORT, {"month": "十月"}).status_code == 302


TRIGGERS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "＝1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\",\"y\")",
            "<r>=1</r>", "_x003D_1+1", "{=1+1}", "'=1+1", "\n=1"]  # fmt: skip


def test_T34_导出的单元格全是文本_没有公式_原样读回(autumn):
    """T34, c6: whatever a title begins with, no formula is written, and it reads back as it was typed."""
    template = line_of(autumn.published)
    typed = []
    for words in TRIGGERS:
        case = Case(number=words, title=words, office=template.case.office, opened_on=TODAY)
        typed.append(type(template)(**{**vars(template), "case": case, "code": words}))
    file = io.BytesIO()
    assert xlsx.write(file, typed) == len(TRIGGERS)
    parts = zipfile.ZipFile(file)
    sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in re.sub(r"<(f|family)ont", "", sheet) and not re.search(r"<c [^>]*t=\"(str|n|e)\"", sheet)
    assert all('t="inlineStr"' in cell for cell in re.findall(r"<c [^>]*>", sheet) if not cell.endswith("/>"))
    assert not [name for name in parts.namelist() if "external" in name.lower() or "calcChain" in name or "connections" in name]
    file.seek(0)
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()[1:]
    for words, row in zip(TRIGGERS, rows, strict=True):
        assert row[1].replace("_x000D_", "\r").replace("_x005F_", "_").strip(" ") == words.strip(" "), words


def test_导出的表头与各列_和页面同样的案件(autumn, reader):
    """The export has one column for the dates and one for the limit of every step; the filter holds for it as well."""
    response = reader("zwb").client.get(EXPORT, {"state": "late"})
    assert response["Content-Type"].endswith("spreadsheetml.sheet") and "attachment" in response["Content-Disposition"]
    rows, _ = sheet_of(response)
    assert rows[0] == xlsx.heads() and len(rows[0]) == 10 + 2 * len(STEPS) and len(rows) == 2
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["编号"] == autumn.silent.number and row["审核（第七条（三））"] == "法制办 2016-10-19"
    assert row["审核用时与期限"] == "5/5 个工作日，2016-10-19到期，视为同意" and row["核准用时与期限"] == "3/2 个工作日，2016-10-21到期，逾期 1 日"


def test_导出时控制字符去掉_过长的截断(autumn):
    line = line_of(autumn.published)
    line.code = "甲\x00\x07乙" + "长" * 40_000
    file = io.BytesIO()
    xlsx.write(file, [line])
    file.seek(0)
    cell = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()[1][4]
    assert cell.startswith("甲乙长") and len(cell) == 32_766 and not has_control(cell)


def test_导出分批进行_一个不少(autumn):
    cases = with_requests(Case.objects.all())
    assert [line.case.pk for line in in_chunks(cases, TODAY, size=2)] == [case.pk for case in cases]
