"""The five papers (第六条, 第十条): who makes which, what they say and what they never say, and that nothing of them lies in clear."""

import base64
import io

import docx
import pytest
from pypdf import PdfReader

from qingdan.engine.refusals import Refused
from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.papers.models import Paper
from qingdan.kernel.vault.models import Reading, Sealed
from qingdan.measures.complaints.access import papers_of
from qingdan.measures.complaints.models import SealedPaper, Unscoped
from qingdan.measures.complaints.papers.issuing import file_of, issue, makeable
from qingdan.measures.complaints.papers.words import OF_ACT
from tests.measures.papers.making import squeezed

from .paperwork import made, words
from .room import IDENTITY, TEXT

pytestmark = pytest.mark.django_db


def test_第十条_批转单_没有身份也没有内容(room):
    c = room.file("09-12")
    room.assign("09-13", c)
    text = words(room, made(room, c, "zwb", "assign")["complaint_assigned"], "zwb")
    assert "行政权责运行投诉批转单" in text and "区政府法制办" not in text and "法制办公室" in text and "第九条（二）" in text and "2016年9月18日" in text
    assert not [w for w in (TEXT, *IDENTITY.values(), "城市管理局") if w in text]


def test_第十条_受理登记表和受理告知书(room):
    c = room.file("09-12", "fzb", evidence="收据一张")
    room.accept("09-13", c)
    papers = made(room, c, "fzb", "accept")
    form, notice = (words(room, papers[key], "fzb") for key in ("complaint_registered", "complaint_accepted"))
    assert "行政权责运行投诉受理登记表" in form and TEXT in form and "收据一张" in form and "城市管理局" in form and "身份另存保密库" in form
    assert f"投诉人（受理编号：{c.spelled}）" in notice and "予以受理" in notice and "2016年10月17日" in notice
    assert not [w for w in IDENTITY.values() if w in form + notice] and TEXT not in notice
    assert [p.visible for p in papers.values()] == [False, True]


def test_第六条_不予受理告知书_依据理由途径救济告知方式(room):
    c = room.file("09-12", "fzb")
    room.decline("09-13", c, "6-4", reasons="信访部门已经受理", way="query")
    text = words(room, made(room, c, "fzb", "decline")["complaint_refused"], "fzb")
    for said in ("第六条（四）", "信访部门已经受理", "请向受理的监察、信访", "行政复议", "凭查询码", f"受理编号：{c.spelled}"):
        assert said in text
    assert not [w for w in IDENTITY.values() if w in text]


def test_第六条五_重复投诉的告知书附此前的答复(room):
    first, again = room.file("09-12", "fzb"), room.file("09-13", "fzb")
    room.decline("09-13", again, "6-5", earlier=first, answer="此前已经答复如下")
    assert "此前已经答复如下" in words(room, made(room, again, "fzb", "decline")["complaint_refused"], "fzb")


def test_第十条_补正通知和期满不予受理(room):
    c = room.file("09-12", "fzb")
    room.ask("09-14", c)
    text = words(room, made(room, c, "fzb", "ask_evidence")["complaint_asked"], "fzb")
    assert "请提供收费票据" in text and "2016年9月22日" in text
    room.unproven("09-23", c)
    assert "没有初步证据" in words(room, made(room, c, "fzb", "decline_unproven")["complaint_refused"], "fzb")


def test_PDF_和_DOCX_说的一样_文件名和属性里没有人(room):
    c = room.file("09-12", "fzb")
    room.ask("09-14", c)
    paper = made(room, c, "fzb", "ask_evidence")["complaint_asked"]
    assert paper.pdf is not None
    assert "请提供收费票据" in squeezed(words(room, paper, "fzb", "pdf"))
    about = PdfReader(io.BytesIO(file_of(paper, "pdf", **room.who("fzb")))).metadata or {}
    told = docx.Document(io.BytesIO(file_of(paper, "docx", **room.who("fzb")))).core_properties
    assert not [w for w in (*IDENTITY.values(), "fzb_1", "经办") if w in f"{about}{told.title}{told.author}{told.last_modified_by}"]
    with pytest.raises(Refused):
        file_of(paper, "txt", **room.who("fzb"))


def test_第四条_文书封存_没有一份明文_制作和查看都有记录(room):
    c = room.file("09-12", "fzb")
    room.ask("09-14", c)
    paper = made(room, c, "fzb", "ask_evidence")["complaint_asked"]
    file_of(paper, "docx", **room.who("fzb"))
    assert not Paper.objects.exists() and not StoredFile.objects.exists()
    assert sorted(Reading.objects.values_list("purpose", flat=True)) == ["制作文书", "查看文书"]
    kept = "".join(Sealed.objects.values_list("body", flat=True))
    assert "PK" not in base64.b64decode(paper.docx.body)[:2].decode("latin1") and "收费票据" not in kept


def test_第四条_文书谁看得到(room):
    c = room.file("09-12")
    room.assign("09-13", c)
    made(room, c, "zwb", "assign")
    room.accept("09-13", c)
    made(room, c, "fzb", "accept")
    c = room.fresh(c)
    keys = {code: sorted(p.template for p in papers_of(c, room.office(code))) for code in ("zwb", "fzb", "bb")}
    assert keys == {"zwb": ["complaint_assigned"], "fzb": ["complaint_accepted", "complaint_assigned", "complaint_registered"], "bb": []}
    assert [p.template for p in papers_of(c)] == ["complaint_accepted"]
    with pytest.raises(Unscoped):
        list(SealedPaper.objects.all())


def test_一步一种文书只制作一份_别的单位不能制作(room):
    c = room.file("09-12", "fzb")
    room.ask("09-14", c)
    event, (template,) = c.case.events.get(act="ask_evidence"), OF_ACT["ask_evidence"]
    with pytest.raises(Refused, match="不是本单位办的"):
        issue(room.fresh(c), event, template, **room.who("bb"), key="k0")
    first = issue(room.fresh(c), event, template, **room.who("fzb"), key="k1")
    assert issue(room.fresh(c), event, template, **room.who("fzb"), key="k1") == first
    for who, key in (("fzb", "k2"), ("bb", "k3")):
        with pytest.raises(Refused):
            issue(room.fresh(c), event, template, **room.who(who), key=key)
    assert SealedPaper.rows.count() == 1 and makeable(c, room.office("fzb"), [event], [first]) == []


def test_在页面上制作和下载(room, reader, client_as):
    c = room.file("09-12", "fzb")
    room.ask("09-14", c)
    client, path = client_as("fzb_1"), f"/complaints/{c.case.number}/"
    n = c.case.events.get(act="ask_evidence").n
    assert "制作《补正通知》" in reader("fzb").get(path).text
    assert client.post(f"{path}papers/{n}/complaint_asked/make/", {"key": "p1"}).status_code == 302
    paper = SealedPaper.rows.get()
    assert paper.number in reader("fzb").get(path).text and "制作《补正通知》" not in reader("fzb").get(path).text
    response = client.post(f"{path}papers/{n}/complaint_asked/docx/")
    assert response.status_code == 200 and response["Cache-Control"] == "no-store" and "欧阳" not in response["Content-Disposition"]
    for wrong in (f"papers/{n}/complaint_asked/exe/", f"papers/{n}/x/docx/", "papers/99/complaint_asked/docx/", "papers/99/complaint_asked/make/"):
        assert client.post(path + wrong).status_code == 404
    for post in (f"papers/{n}/complaint_asked/docx/", f"papers/{n}/complaint_asked/make/"):
        assert client_as("bb_1").post(path + post).status_code == 404
