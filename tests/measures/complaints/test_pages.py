"""The desk's pages of 投诉处理, as people use them: nothing typed is lost, nothing shown to who may not see it."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel.calendar.models import CalendarProposal
from qingdan.kernel.ledger.acts import note, record
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Person, Post
from qingdan.kernel.vault.models import Reading
from qingdan.measures.complaints import assigning, complaining
from qingdan.measures.complaints.access import of_case, passages_of
from qingdan.measures.complaints.codes import opened as opened_by_code
from qingdan.measures.complaints.models import Contact
from qingdan.measures.complaints.queries import STATES
from tests.desk.test_calendars import NOTICE, year_2016
from tests.kernel.files.samples import PNG
from tests.measures.browsing import Page

from .room import IDENTITY, TEXT, owed

pytestmark = pytest.mark.django_db
TYPED = {
    "channel": "phone", "received_on": "2016-09-12", "received_time": "08:30", "name": "欧阳若兰溪", "phone": "13812340001", "confidential": "on",
    "respondent_kind": "organ", "grounds": ["7", "9"], "text": TEXT, "representatives": "1",
}  # fmt: skip


def opened(person, c):
    """What was said, as the button shows it."""
    return Page(person.client.post(f"/complaints/{c.case.number}/content/"))


def the_one():
    return of_case(Case.objects.get(law="诉"))


# ---- 登记 ---------------------------------------------------------------------------------------------------------


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


# ---- 待办 ---------------------------------------------------------------------------------------------------------


def test_第十条_三个期限分开列(room, reader):
    room.file("09-12")
    room.file("09-12", "fzb")
    room.accept("09-13", room.file("09-12", "fzb"))
    page = reader("zwb").get("/complaints/")
    assert "批转1件，受理1件，办理1件" in page.tight and page.status == 200
    assert "批转0件，受理1件，办理1件" in reader("fzb").get("/complaints/").tight
    assert "批转0件，受理0件，办理0件" in reader("bb").get("/complaints/").tight


def test_第十条_一个期限的全部_逾期的数出来(room, reader):
    c = room.file("09-12", "fzb")
    room.on("09-26")
    page = reader("fzb").get("/complaints/", clock="accept")
    assert c.case.number in page.text and "逾期1件" in page.tight
    assert reader("fzb").get("/complaints/", clock="没有").status == 200


@pytest.mark.parametrize("path", ["/complaints/", "/complaints/?clock=accept", "/complaints/register/", "/desk/"])
def test_第十条_再多的投诉_查询次数不变(room, client_as, path):
    client = client_as("fzb_1")

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    room.file("09-12", "fzb")
    first = cost()
    for _ in range(4):
        room.file("09-12", "fzb")
    assert cost() <= first


# ---- 一件投诉 -------------------------------------------------------------------------------------------------------


def test_第四条_案件页没有内容_内容页每看一次记一次(room, reader):
    c = room.file("09-12", "fzb", respondent="王某", evidence="照片", receipt="来电")
    fzb, path = reader("fzb"), f"/complaints/{c.case.number}/"
    page = fzb.get(path)
    assert page.status == 200 and not [w for w in (TEXT, "王某", *IDENTITY.values()) if w in page.text] and Reading.objects.count() == 0
    read = opened(fzb, c)
    assert TEXT in read.text and "王某" in read.text and not [w for w in IDENTITY.values() if w in read.text]
    assert Reading.objects.get().person == room.who("fzb")["by"]


def test_第四条_后来说的也在内容页上(room, reader):
    c = room.file("09-12", "fzb")
    room.ask("09-13", c)
    room.evidence("09-14", c)
    text = opened(reader("fzb"), c).text
    assert "请提供收费票据" in text and "票据在此" in text


def test_第四条_政务办批转以后看得到进度_看不到内容(room, reader):
    c = room.file("09-12")
    zwb, path = reader("zwb"), f"/complaints/{c.case.number}/"
    assert opened(zwb, c).status == 200
    room.assign("09-13", c)
    page = zwb.get(path)
    assert page.status == 200 and "查看内容" not in page.text and "城市管理局" not in page.text
    assert opened(zwb, c).status == 404


def test_第六条五_可能重复的_只告诉看得到两件的机关(room, reader):
    """S16, T39."""
    first, again, other = room.file("09-12", "fzb"), room.file("09-13", "fzb"), room.file("09-13", "fzb", identity={"name": "别人", "phone": "139"})
    elsewhere = room.file("09-13", "bb")
    path = "/complaints/{}/"
    assert first.case.number in reader("fzb").get(path.format(again.case.number)).text
    assert "可能与此前" not in reader("fzb").get(path.format(other.case.number)).text
    assert "可能与此前" not in reader("bb").get(path.format(elsewhere.case.number)).text


def test_第六条五_登记完就提示_不予受理时再提示(room, reader):
    """P-D5, S16: at intake, and where the earlier one has to be named."""
    first = room.file("09-12", "fzb", identity={"phone": "138 1234 0001"})
    room.on("09-13")
    page = reader("fzb").fill("/complaints/new/", **TYPED | {"received_on": "2016-09-13"}, respondent_office=str(room.office("cg").pk))
    again = of_case(Case.objects.filter(law="诉").latest("pk"))
    assert first.case.number in page.text
    assert first.case.number in reader("fzb").get(f"/complaints/{again.case.number}/do/decline/").text
    assert first.case.number not in reader("fzb").get(f"/complaints/{again.case.number}/do/accept/").text


def test_第六条五_换了事项或者单位的不算(room, reader):
    room.file("09-12", "fzb")
    other = room.file("09-13", "fzb", respondent_office=room.office("hyl"))
    assert "可能与此前" not in reader("fzb").get(f"/complaints/{other.case.number}/").text


# ---- 每一步 ---------------------------------------------------------------------------------------------------------


def go(room, reader, who, c, act, on, **typed):
    room.on(on)
    return reader(who).fill(f"/complaints/{c.case.number}/do/{act}/", **typed)


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


# ---- 别人看不到 -------------------------------------------------------------------------------------------------------

PATHS = ("/complaints/{}/", "POST /complaints/{}/content/", "/complaints/{}/do/accept/", "/desk/cases/{}/")


@pytest.mark.parametrize("path", PATHS)
def test_第四条_没有的和不许看的一个样(room, client_as, path):
    """T1: status, headers and body of a complaint that one may not see are those of one that never was."""
    c = room.file("09-12", "fzb")
    client = client_as("bb_1")

    def told(number):
        ask = client.post if path.startswith("POST") else client.get
        response = ask(path.removeprefix("POST ").format(number))
        return response.status_code, dict(response.headers), response.content.decode().replace(number, "X")

    forbidden, absent = told(c.case.number), told("诉2016-ZZZZZZZZ")
    assert forbidden[0] == 404 and forbidden[0] == absent[0] and forbidden[2] == absent[2]
    assert {k: v for k, v in forbidden[1].items() if k != "Content-Length"} == {k: v for k, v in absent[1].items() if k != "Content-Length"}


EVERY_PAGE = ("/desk/", "/desk/cases/", "/desk/notices/", "/desk/feeds/", "/complaints/", "/complaints/register/", "/complaints/new/", "/adjustment/registers/",
              "/adjustment/registers/counts/", "/list/quanze/")  # fmt: skip


def pages_of(client):
    """What every page says to this person, but for what is drawn anew for each form."""
    found = {}
    for path in EVERY_PAGE:
        response = client.get(path)
        lines = response.content.decode().splitlines()
        found[path] = response.status_code, [line for line in lines if "csrf" not in line and 'name="key"' not in line]
    return found


@pytest.mark.parametrize("who", ["cg_1", "czj_1"])
def test_第四条_被投诉的单位_有没有投诉每一页都一样(room, client_as, who):
    """f1: as an office of its own, and as one of the four bodies."""
    client, accused = client_as(who), room.office(who[:-2])
    room.on("09-13")
    before = pages_of(client)
    c = room.file("09-12", "zwb", respondent_office=accused)
    room.assign("09-13", c, "fzb", reason="指定")
    room.ask("09-13", c)
    assert pages_of(client) == before


def test_第三条_投诉政务办的_政务办每一页都一样(room, client_as):
    """f1, S14: through the portal to 区政府, named, taken up."""
    client = client_as("zwb_1")
    room.on("09-13")
    before = pages_of(client)
    c = room.file("09-13", None, respondent_office=room.office("zwb"))
    room.do("09-13", "qz", assigning.assign_by_district, c, room.office("bb"))
    room.accept("09-13", c, who="bb")
    assert pages_of(client) == before


def test_第三条_改放假安排时_政务办看不到投诉自己的那一件_件数也不算(room, client_as, reader):
    """S14: the preview of moved dates and the number told after adopting; who owes it is told as always."""
    about, other = room.file("09-12", None, respondent_office=room.office("zwb")), room.file("09-12", "fzb")
    second = Person(username="zwb_2", name="政务办经办乙")
    note("create_person", by=None, rows=[second, Post(person=second, office=room.office("zwb"))])
    assert client_as("zwb_1").post("/desk/calendar/", {"year": "2016", "days": year_2016("2016-09-13,放假,临时放假"), **NOTICE}).status_code == 302
    path = f"/desk/calendar/{CalendarProposal.objects.get().pk}/"
    page = reader("zwb").get(path)
    assert other.case.number in page.text and about.case.number not in page.text and "共1项" in page.tight
    client = client_as("zwb_2")
    assert client.post(path, {"adopt": "1", "key": "a1"}).status_code == 302
    assert "1 项在办期限已重新计算" in client.get("/desk/calendar/").content.decode()
    assert [owed(c)[0][2] for c in (about, other)] == ["09-18", "09-18"]


def test_第四条_别的单位没有投诉这一项(room, reader, client_as):
    room.file("09-12", "fzb")
    assert client_as("cg_1").get("/complaints/").status_code == 403 and "/complaints/" not in reader("cg").get("/desk/").links
    assert "/complaints/" in reader("fzb").get("/desk/").links


# ---- 登记簿 -----------------------------------------------------------------------------------------------------------


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


HEARD = ("name_investigators", "note_complainant_unheard", "note_respondent_unheard")
STEPS = {
    "assign": (), "accept": (), "evidence": ("ask_evidence",), "handle": ("accept",), "declined": (), "withdrawn": (), "tell": ("accept", *HEARD, "decide"),
    "decided": ("accept", *HEARD, "decide", "tell_result"), "malicious": ("accept", "name_investigators", "propose_malicious", "close_malicious", "tell_result"),
}  # fmt: skip
"""State -> the acts of 法制办 that lead there."""


def brought(room, state):
    """A complaint that is this far."""
    c = room.file("09-12", "zwb" if state == "assign" else "fzb")
    for act in STEPS[state]:
        c.malicious = act == "close_malicious"
        record(c.case, act, **room.who("fzb"), rows=[c] if c.malicious else [])
    if state == "declined":
        room.decline("09-12", c)
    if state == "withdrawn":
        room.do("09-12", None, complaining.withdraw_complaint, c)
    return c


def test_登记簿每一种状态都查得到_各是各的(room, reader):
    there = {state: brought(room, state) for state in STATES}
    zwb = reader("zwb")
    for state, c in there.items():
        text = zwb.get("/complaints/register/", state=state).text
        assert {s for s, x in there.items() if x.case.number in text} == {state}
        assert STATES[state] in text and STATES[state] in zwb.get(f"/complaints/{c.case.number}/").text


def test_没有一种状态说问题解决了():
    assert not [name for name in STATES.values() if "解决" in name]


# ---- 第七条 -----------------------------------------------------------------------------------------------------------


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


# ---- 从别处进来 --------------------------------------------------------------------------------------------------------


def test_待办和为什么是这一天都通到投诉的页面(room, reader):
    c = room.file("09-12", "fzb")
    fzb = reader("fzb")
    links = [link for link in fzb.get("/desk/").links if c.case.number in link or "cases" in link]
    assert links and fzb.get(f"/desk/cases/{c.case.number}/").location == f"/complaints/{c.case.number}/"
    why = next(link for link in links if "/why/" in link)
    assert fzb.get(why).status == 200 and reader("bb").get(why).status == 404


# ---- 材料 --------------------------------------------------------------------------------------------------------------


def png(name="DSC_0420_lanxi.PNG"):
    return SimpleUploadedFile(name, PNG)


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
