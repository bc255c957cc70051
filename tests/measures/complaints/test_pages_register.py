"""登记簿 (第六条, 第十条) and the four bodies' ways to be reached (第七条)."""

import io

import openpyxl
import pytest

from qingdan.kernel.ledger.models import Event
from qingdan.measures.complaints.models import Contact
from qingdan.measures.complaints.queries import STATES

from .paging import brought

pytestmark = pytest.mark.django_db


def test_第十条_登记簿按条件查_导出的表格没有身份和内容(room, reader, client_as):
    c, other = room.file("09-12", "fzb"), room.file("09-13", None, to=room.office("bb"))
    room.decline("09-14", c)
    zwb = reader("zwb")
    assert c.case.number in zwb.get("/complaints/register/", state="declined").text
    for query in ({"state": "accept"}, {"channel": "web"}, {"body": "bb"}, {"since": "2016-09-13"}):
        text = zwb.get("/complaints/register/", **query).text
        assert other.case.number in text and c.case.number not in text, query
    assert other.case.number not in zwb.get("/complaints/register/", until="2016-09-12").text
    response = client_as("zwb_1").post("/complaints/register/table.xlsx")
    whole = b"".join(response.streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(whole)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert c.case.number in cells and other.case.number in cells and "城管局" not in "".join(cells)
    assert Event.objects.get(act="export_complaints").facts["count"] == 2


def test_第六条_登记簿上看得到各机关不予受理的比例_只看得到自己的(room, reader):
    """P-D3."""
    room.decline("09-12", room.file("09-12", "fzb"))
    room.file("09-12", "fzb")
    room.file("09-12", "bb")
    zwb, bb = reader("zwb").get("/complaints/register/").tight, reader("bb").get("/complaints/register/").tight
    assert "法制办2150%" in zwb and "编办100%" in zwb and "编办100%" in bb and "法制办21" not in bb


def test_第二条_街道办事处按派出机关加注(room, reader):
    """S11."""
    c = room.file("09-12", "fzb", respondent_office=room.office("hyl"))
    assert "派出机关" in reader("fzb").get(f"/complaints/{c.case.number}/").text
    assert "派出机关" not in reader("fzb").get(f"/complaints/{room.file('09-12', 'fzb').case.number}/").text


def test_登记簿条件看不懂的说明(room, reader, client_as):
    room.on("09-12")
    page = reader("zwb").get("/complaints/register/", since="昨天")
    assert page.status == 200 and "看不懂这个日期" in page.text
    assert client_as("zwb_1").post("/complaints/register/table.xlsx?since=0001-01-01").status_code == 302


def test_登记簿每一种状态都查得到_各是各的(room, reader):
    there = {state: brought(room, state) for state in STATES}
    zwb = reader("zwb")
    for state, c in there.items():
        text = zwb.get("/complaints/register/", state=state).text
        assert {s for s, x in there.items() if x.case.number in text} == {state}
        assert STATES[state] in text and STATES[state] in zwb.get(f"/complaints/{c.case.number}/").text


def test_没有一种状态说问题解决了():
    assert not [name for name in STATES.values() if "解决" in name]


def test_第七条_各机关公布自己的联系方式_缺一样就提醒(room, reader):
    room.on("09-12")
    fzb = reader("fzb")
    assert "都没有公布" in fzb.get("/complaints/contacts/").text
    assert fzb.fill("/complaints/contacts/", phone="0371-63526000", email="fzb@jinshui.example").status == 302
    text = fzb.get("/complaints/contacts/").text
    assert "0371-63526000" in text and "传真、通信地址" in text
    assert fzb.fill("/complaints/contacts/", fax="0371-63526001", address="花园路 88 号").status == 302
    assert Contact.objects.count() == 2 and Contact.objects.first().missing == []


def test_第七条_政务办没有自己的一栏(room, reader, client_as):
    room.on("09-12")
    assert "本机关的联系方式" not in reader("zwb").get("/complaints/contacts/").text
    assert client_as("zwb_1").post("/complaints/contacts/", {"phone": "1"}).status_code == 404
