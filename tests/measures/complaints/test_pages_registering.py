"""登记 (第八条, 第十条): what is typed, what is wrong with it, and the materials."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.vault.models import Reading
from qingdan.measures.complaints.access import passages_of
from qingdan.measures.complaints.codes import opened as opened_by_code
from tests.measures.browsing import Page

from .paging import TYPED, png, the_one
from .room import TEXT, owed

pytestmark = pytest.mark.django_db


def test_第十条_政务办登记_到投诉的页面(room, reader):
    room.on("09-12")
    page = reader("zwb").fill("/complaints/new/", **TYPED, respondent_office=str(room.office("cg").pk))
    c = the_one()
    assert page.status == 200 and c.case.number in page.text and owed(c) == [("D15", "zwb", "09-14")] and c.respondent_office == room.office("cg")


def test_第八条_没有登记成的_所填一字不丢(room, reader):
    room.on("09-12")
    zwb = reader("zwb")
    page = zwb.fill("/complaints/new/", **TYPED | {"channel": "visit", "representatives": "6", "place": "大厅"})
    assert page.status == 422 and "不得超过5人" in page.text
    assert page.value("text") == TEXT and page.value("name") == "欧阳若兰溪" and page.fields["grounds"] == ["7", "9"]
    assert not Case.objects.filter(law="诉").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"item_code": "没有"}, "清单中没有这个编码"), ({"id_tail": "12"}, "只填末四位"), ({"received_on": "2016-09-13"}, "晚于现在"),
     ({"received_on": "2016-09-01"}, "凭什么认定"), ({"grounds": []}, "至少选择一项"), ({"respondent_office": "9" * 30}, "没有这个选项"), ({"text": ""}, "请填写投诉的内容")],
)  # fmt: skip
def test_第八条_填错的说明哪里错(room, reader, changes, said):
    room.on("09-12")
    page = reader("zwb").fill("/complaints/new/", **TYPED | changes)
    assert page.status == 422 and said in page.text


def test_第三条_政务办登记对自己的投诉_登记以后就看不到(room, reader):
    room.on("09-12")
    zwb = reader("zwb")
    page = zwb.fill("/complaints/new/", **TYPED, respondent_office=str(room.office("zwb").pk))
    assert page.status == 200 and "移送区政府" in page.text and zwb.get(f"/complaints/{the_one().case.number}/").status == 404


def test_第八条_按事项编码找到事项和它的单位(room, reader):
    from tests.measures.room import CODE
    from tests.measures.room import Room as Adjusting

    Adjusting(room.d).put()
    room.on("09-12")
    assert reader("zwb").fill("/complaints/new/", **TYPED | {"item_code": CODE}).status == 200
    c = the_one()
    assert c.item.code == CODE and c.respondent_office == room.office("cg") and c.item_kind


def test_第八条_当面投诉的证件只记种类和末四位_封存(room, reader):
    room.on("09-12")
    typed = TYPED | {"channel": "visit", "id_shown": "on", "id_kind": "id", "id_tail": "003x", "place": "大厅五号窗口", "representatives": "5"}
    assert reader("zwb").fill("/complaints/new/", **typed).status == 200
    assert the_one().representatives == 5 and "003X" not in "".join(Event.objects.values_list("body", flat=True))


def test_第八条_查询码只显示一次_连按两下看到的是同一个(room, client_as):
    """E24: who left no contact has nothing else; so a second press must not swallow it, and later nobody sees it."""
    room.on("09-12")
    client = client_as("zwb_1")
    first, again = (Page(client.post("/complaints/new/", TYPED | {"key": "same"})) for _ in range(2))
    c = the_one()
    code = re.search(r"查询码 (\S{24})", first.text)[1]
    assert opened_by_code(c.reference, code, "1.2.3.4") == c and c.spelled in first.text
    assert code in again.text and "same" not in "".join(Event.objects.values_list("body", flat=True))
    room.on("09-12", "09:11")
    later = Page(client.post("/complaints/new/", TYPED | {"key": "same"}))
    assert later.status == 200 and code not in later.text and "不能再显示" in later.text and Case.objects.filter(law="诉").count() == 1
    assert code not in "".join(Event.objects.values_list("body", flat=True))


def test_第八条_登记时和以后交来的材料_封存_用中性的名字(room, reader, client_as):
    room.on("09-12")
    client = client_as("fzb_1")
    assert client.post("/complaints/new/", TYPED | {"key": "n1", "materials": [png(), png()]}).status_code == 200
    c = the_one()
    assert client.post(f"/complaints/{c.case.number}/do/add_facts/", {"words": "又有照片", "key": "n2", "seen": "1", "materials": [png()]}).status_code == 302
    files = [p for p in passages_of(c) if p.kind == "file"]
    assert len(files) == 3 and len({p.sealed.name for p in files}) == 3
    page = reader("fzb").get(f"/complaints/{c.case.number}/").text
    assert files[0].sealed.name in page and "lanxi" not in page
    response = client.post(f"/complaints/{c.case.number}/files/{files[0].sealed_id}/")
    assert response.status_code == 200 and response.content.startswith(b"\x89PNG") and Reading.objects.count() == 1
    assert client_as("zwb_1").post(f"/complaints/{c.case.number}/files/{files[0].sealed_id}/").status_code == 404
    assert client.post(f"/complaints/{c.case.number}/files/{c.content_id}/").status_code == 404


def test_第八条_不能收的材料说明是哪一个_文字不丢(room, client_as):
    room.on("09-12")
    response = client_as("fzb_1").post("/complaints/new/", TYPED | {"materials": [png(), SimpleUploadedFile("坏.exe", b"MZ\x90\x00" * 50)]})
    page = Page(response)
    assert page.status == 422 and "第 2 个文件" in page.text and page.value("text") == TEXT and not Case.objects.filter(law="诉").exists()


def test_第八条_一次最多十个文件(room, client_as):
    room.on("09-12")
    response = client_as("fzb_1").post("/complaints/new/", TYPED | {"materials": [png() for _ in range(11)]})
    assert response.status_code == 422 and "最多 10 个文件" in response.content.decode()


def test_第六条五_此前的答复可以是文件(room, client_as):
    first, again = room.file("09-12", "fzb"), room.file("09-13", "fzb")
    typed = {"ground": "6-5", "words": "已经答复", "way": "query", "earlier": first.case.number, "answer": "", "key": "d1", "seen": "1"}
    path = f"/complaints/{again.case.number}/do/decline/"
    assert client_as("fzb_1").post(path, typed).status_code == 422
    assert client_as("fzb_1").post(path, typed | {"materials": [png()]}).status_code == 302
    assert [p.kind for p in passages_of(again)] == ["refused", "file"]
