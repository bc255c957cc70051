"""Every step of a complaint done on its page."""


import pytest

from qingdan.measures.complaints.access import of_case, passages_of

from .paging import go
from .room import owed

pytestmark = pytest.mark.django_db


def test_从登记到受理_每一步都在页面上办(room, reader):
    c = room.file("09-12")
    assert go(room, reader, "zwb", c, "assign", "09-13").status == 302, "the body that is suggested is chosen already"
    assert go(room, reader, "fzb", c, "ask_evidence", "09-14", words="请提供票据").status == 302
    assert go(room, reader, "fzb", c, "give_evidence", "09-19", words="票据寄到").status == 302
    assert go(room, reader, "fzb", c, "accept", "09-20").status == 302
    assert owed(c) == [("D18", "fzb", "10-21")]
    assert go(room, reader, "fzb", c, "add_facts", "09-21", words="又有一次").status == 302
    assert go(room, reader, "fzb", c, "withdraw_complaint", "09-22", words="来电撤回").status == 302
    assert "已撤回" in reader("fzb").get(f"/complaints/{c.case.number}/").text


def test_第九条_转出_争议_指定(room, reader):
    c = room.file("09-12", "fzb")
    assert go(room, reader, "fzb", c, "transfer", "09-13", body=str(room.office("bb").pk), words="归编办").status == 302
    assert go(room, reader, "bb", c, "dispute", "09-14", words="也不归我").status == 302
    assert go(room, reader, "zwb", c, "assign_disputed", "09-18", body=str(room.office("fzb").pk)).status == 302
    assert owed(c) == [("D16f", "fzb", "09-20")]


def test_第三条_移送区政府_由区政府指定(room, reader):
    c = room.file("09-12", respondent_office=None)
    assert go(room, reader, "zwb", c, "pass_to_district", "09-13").location == "/complaints/"
    assert go(room, reader, "qz", c, "assign_by_district", "09-14", body=str(room.office("czj").pk)).status == 302
    assert owed(c) == [("D16a", "czj", "09-19")]


def test_第六条_不予受理_缺一样就回到表单_所填不丢(room, reader):
    c = room.file("09-12", "fzb")
    page = go(room, reader, "fzb", c, "decline", "09-13", ground="6-2", words="已经申请复议")
    assert page.status == 422 and "怎样告知" in page.text and page.value("words") == "已经申请复议"
    assert go(room, reader, "fzb", c, "decline", "09-13", ground="6-2", words="已经申请复议", way="query").status == 302
    text = reader("fzb").get(f"/complaints/{c.case.number}/").text
    assert "第六条（二）" in text and "行政复议机关或者人民法院" in text and "已经申请复议" not in text


def test_第六条五_引用此前的一件_别的机关的不能引用(room, reader):
    first, again, other = room.file("09-12", "fzb"), room.file("09-13", "fzb"), room.file("09-13", "bb")
    typed = {"ground": "6-5", "words": "已经答复", "way": "query", "answer": "答复如下"}
    assert go(room, reader, "fzb", again, "decline", "09-13", **typed, earlier=other.case.number).status == 422
    assert go(room, reader, "fzb", again, "decline", "09-13", **typed, earlier=first.case.number).status == 302
    assert of_case(again.case).earlier == first


def test_第十条_补正期满没有证据(room, reader):
    c = room.file("09-12", "fzb")
    room.ask("09-13", c)
    assert go(room, reader, "fzb", c, "decline_unproven", "09-26", words="没有收到", way="query").status == 302
    assert of_case(c.case).refusal == "10-2"


def test_第九条_不按建议批转没有写理由_回到表单(room, reader):
    c = room.file("09-12")
    page = go(room, reader, "zwb", c, "assign", "09-13", body=str(room.office("czj").pk))
    assert page.status == 422 and "建议批转法制办" in page.text
    assert go(room, reader, "zwb", c, "assign", "09-13", body=str(room.office("czj").pk), words="实为收费").status == 302
    assert len(passages_of(c)) == 1


def test_被投诉的机关不在可以选的处理机关里(room, reader):
    c = room.file("09-12", respondent_office=room.office("czj"))
    page = reader("zwb").load(f"/complaints/{c.case.number}/do/assign/")
    assert "财政局" not in page.text and "编办" in page.text
