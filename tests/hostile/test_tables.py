"""c6 and c8: what leaves as a table runs nothing in a spreadsheet and can be read again; what comes as a table is judged line by line, all or nothing."""

import csv
import io
import re
import zipfile

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile

from qingdan.lists.importing import committing
from qingdan.lists.importing.planning import REFUSE
from qingdan.lists.importing.reading import read
from qingdan.lists.schema import LISTS, clean
from tests.kernel.ledger.worlds import everything
from tests.lists.samples import HEADER, csv_bytes
from tests.measures.room import CODE, Room

pytestmark = pytest.mark.django_db
TRIGGERS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")',
)  # fmt: skip
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.fixture
def filled(district):
    """One item for each trigger, which stands in every field of words; one case about each."""
    room = Room(district)
    words = [f.key for f in LISTS["权责"].fields if f.kind in ("text", "long") and f.key != "code"]
    items = [room.put(code=f"{CODE[:-6]}{n:03d}-00", **clean("权责", dict.fromkeys(words, trigger))) for n, trigger in enumerate(TRIGGERS, 1)]
    for item in items[:3]:
        room.apply("06-07", item, promised="3")
    return room


def test_c6_公开清单的CSV_没有一格会当作公式运行_都读得回来(filled, client, record_property):
    data = client.get("/list/quanze.csv").content
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(RUN)] == [] and len(rows) == len(TRIGGERS) + 1
    record_property("cells", len(cells))
    held = {cell.removeprefix("'").strip() for cell in cells}
    assert {trigger.strip() for trigger in TRIGGERS} <= held, "what was typed is still there to read"


def test_c6_公开清单的CSV_再导入时_每一行都是它自己(filled, client):
    """The file of the list, imported again: the importer reads the guard before a trigger as no part of the text, and finds nothing to change."""
    table = read(client.get("/list/quanze.csv").content, "quanze.csv")
    plan = committing.plan("权责", table)
    told = [(row.result, row.reasons and row.reasons[0][:6], sorted(k for k in row.content if row.content[k] != row.before.get(k))) for row in plan.rows]
    assert told == [("refuse", "事项正在调整", [])] * 3 + [("none", (), [])] * (len(TRIGGERS) - 3)


def test_c6_台账的表格文件_没有公式_读回来是原文(filled, client_as, record_property):
    data = b"".join(client_as("zwb_1").get("/adjustment/registers/book.xlsx").streaming_content)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert [s for s in sheets if re.search(rb"<f[ >]", s)] == [] and not any("externalLink" in n or "vba" in n for n in archive.namelist())
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    record_property("cells", sum(map(len, rows)))
    titles = " ".join(str(row[1]) for row in rows)
    assert all(trigger.strip() in titles for trigger in TRIGGERS[:3])


# ---- c8

LINES, FEWER = 5000, 700
GOOD = ["城管局", "事项{}", "410105-{:03d}-01-{:03d}-00", "01", "0371-63526000", "《水法》第三条", "5"]
HEAD = [*HEADER, "法律依据", "承诺时限"]
COLUMNS = dict(zip(("office", "name", "code", "category", "phone", "basis", "promised"), range(7), strict=True))
CONTROLS = ("\x01", "\x0b", "\x1b", "\x7f", "\u202e", "\u2066", "\u200f")
BAD: dict[str, tuple[int, str]] = {}
BAD |= {f"缺{key}": (COLUMNS[key], "") for key in ("office", "name", "code")}
BAD |= {f"{key}有控制字符{c!r}": (COLUMNS[key], f"前{c}后") for key in ("office", "name", "code", "basis", "phone") for c in CONTROLS[:5]}
BAD |= {f"{key}是公式{t}": (COLUMNS[key], t) for key in ("name", "code", "basis", "phone") for t in ("=1+1", "@SUM(A1)")}
BAD |= {f"编码有{c}": (COLUMNS["code"], f"410105{c}1") for c in " /\\?#@%"}
BAD |= {f"{key}太长": (COLUMNS[key], "长" * 600) for key in ("office", "name", "code")}
BAD |= {f"分类{v}": (COLUMNS["category"], v) for v in ("77", "不认识")}
BAD |= {f"时限{v}": (COLUMNS["promised"], v) for v in ("五天吧", "-1", "1e3", "99999")}
BAD |= {f"电话{v}": (COLUMNS["phone"], v) for v in ("无", "abc", "１２")}
BAD |= {f"时限{v}": (COLUMNS["promised"], v) for v in ("5.5", "５天半", "x" * 40)}
BAD |= {"编码重复": (COLUMNS["code"], GOOD[2].format(1, 1)), "依据不成文": (COLUMNS["basis"], "某个文件"), "多出一格": (7, "多")}


def table_of(n):
    """`n` lines, the bad ones spread among the good; the text of the file and the line of each kind."""
    rows = [[cell.format(i // 900 + 1, i % 900 + 1) if i2 == 2 else cell.format(i) for i2, cell in enumerate(GOOD)] for i in range(n)]
    where, step = {}, n // (len(BAD) + 1)
    for k, (kind, (column, value)) in enumerate(BAD.items(), 1):
        row = rows[k * step]
        where[kind] = k * step + 2
        row[column : column + 1] = [value]
    return csv_bytes([HEAD, *rows]), where


def test_c8_五千行六十种错_逐行指明_什么也不入库(district, client_as, at, request, record_property):
    """All or nothing. A short run takes 700 lines."""
    data, where = table_of(LINES if request.config.getoption("--long") else FEWER)
    assert len(BAD) >= 60
    with at("2016-06-07T09:00"):
        plan = committing.plan("审批", read(data, "表.csv"))
        told = {row.line: row for row in plan.rows if row.result == REFUSE or row.warnings or row.lacking != plan.rows[0].lacking}
        assert [kind for kind, line in where.items() if line not in told] == []
        assert set(told) == set(where.values()), "and no line that is right is blamed"
        client, before = client_as("zwb_1"), everything()
        answer = client.post("/lists/import/", {"kind": "审批", "file": SimpleUploadedFile("表.csv", data)})
        refused = client.post(answer["Location"], {"digest": plan.digest})
        assert refused.status_code == 409 and f"有 {len(plan.refused)} 行被拒绝（第 {plan.refused[0].line} 行：" in refused.content.decode()
    after = everything()
    assert {t: r for t, r in after.items() if t != "django_session"} == {t: r for t, r in before.items() if t != "django_session"}
    record_property("kinds", len(where))
    record_property("rows", len(plan.rows))


