"""A complaint through the portal (第八条, P-D1): without account, without script, nothing lost; one form is one complaint; and no trace is left."""

import json
import logging
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from qingdan.kernel import clock
from qingdan.kernel.ledger import receipts, signing
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.vault.models import Reading, Sealed
from qingdan.kernel.vault.reading import read_content, read_file
from qingdan.measures.complaints.models import Complaint, Passage
from tests.measures.browsing import Page
from tests.measures.complaints.room import IDENTITY, TEXT, Room, owed

pytestmark = pytest.mark.django_db
WRITE, STATUS, RECEIPT, LEAVE = "/write/", "/write/status/", "/write/receipt/", "/write/leave/"
TYPED = {"grounds": ["7"], "text": TEXT, "respondent_kind": "organ", "to": "auto", "honest": "on", "confidential": "on", "name": IDENTITY["name"]}


@pytest.fixture
def room(district, settings, tmp_path):
    settings.RECEIPT_KEY = str(tmp_path / "receipt.pem")
    room = Room(district)
    room.on("09-12")
    signing.make()
    return room


def photo(name="DSC_0420_lanxi.JPG"):
    data = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "iPhoneOfLanxi77"
    Image.new("RGB", (40, 30), "red").save(data, "JPEG", exif=exif)
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/jpeg")


class Citizen:
    """A browser without script: what its forms hold is sent back with what was typed."""

    def __init__(self, address="203.0.113.7", **more):
        self.client = Client(REMOTE_ADDR=address, **more)

    def form(self):
        return Page(self.client.get(WRITE))

    def write(self, page=None, **typed):
        page = page or self.form()
        return Page(self.client.post(WRITE, page.fields | TYPED | typed))

    def open(self, reference, code, **more):
        return self.client.post(STATUS, {"reference": reference, "code": code} | more)


def code_in(page):
    found = re.search(r'id="code">([0-9A-Z-]{24})<', page.html)
    return found[1] if found else None


def written(room, **typed):
    page = Citizen().write(**typed)
    assert page.status == 200, page.text
    return Complaint.rows.latest("pk"), code_in(page), page


# ---- filing


def test_第八条_不用账号_提交后得到编号_查询码_回执(room):
    complaint, code, page = written(room)
    assert "投诉已经收到" in page.text and complaint.spelled in page.text and code
    assert (complaint.channel, complaint.registered_by, complaint.confidential, complaint.anonymous) == ("web", None, True, False)
    assert complaint.respondent_office is None and complaint.query_hash.startswith("argon2$") and code.replace("-", "") not in complaint.query_hash
    told = read_content(complaint.content, by=None, office=None, purpose="核对")
    assert told["text"] == TEXT and verify().fault is None


def test_第九条_按问题直接交给对应的机关_不清楚的交政务办(room):
    assert written(room, grounds=["7"])[0].handler == room.office("fzb")
    assert written(room, grounds=["9"])[0].handler == room.office("czj")
    unsure = written(room, grounds=["12"])[0]
    assert unsure.handler is None and owed(unsure) == [("D15", "zwb", "09-14")]
    assert written(room, grounds=["11"])[0].handler is None, "a default of ours is looked at by a person first"
    assert written(room, grounds=["7"], to="office")[0].handler is None
    assert written(room, grounds=["7"], to="bb")[0].handler == room.office("bb")


def test_第三条_投诉处理机关的_不交给它_投诉政务办的_交区政府(room):
    about = written(room, grounds=["7"], respondent_office=room.office("fzb").pk)[0]
    assert about.handler is None and owed(about)[0][1] == "zwb"
    assert owed(written(room, respondent_office=room.office("zwb").pk)[0])[0][:2] == ("S14", "qz")


def test_第八条_匿名_只要写了经过(room):
    complaint, code, _ = written(room, name="")
    assert complaint.anonymous and complaint.identity is None and code


def test_第八条_代表不超过五人_证件只要末四位(room):
    page = Citizen().write(representatives="6")
    assert page.status == 422 and "不得超过5人（第八条）" in page.text and not Complaint.rows.exists()
    assert Citizen().write(id_kind="id", id_tail="410105199001011234").status == 422
    assert "只填末四位" in Citizen().write(id_kind="id", id_tail="一二三四").text and not Complaint.rows.exists()
    complaint = written(room, representatives="5", id_kind="id", id_tail="12x4")[0]
    assert complaint.representatives == 5 and '"id_tail"' not in json.dumps([e.facts for e in complaint.case.events.all()])


def test_页面写明不得填写国家秘密_可能被猜出_保密的范围(room):
    text = Citizen().form().text
    for words in ("不得填写国家秘密", "对方可能据此猜出您", "可以匿名", "谁看过都有记录"):
        assert words in text
    assert "请确认没有填写国家秘密" in Citizen().write(honest="").text


def test_照片去掉拍摄信息_换成中性名_加密存放(room):
    complaint = written(room, materials=[photo(), photo()])[0]
    files = [p.sealed for p in Passage.rows.filter(case=complaint.case, kind=Passage.FILE)]
    assert [f.name for f in files] == ["材料1.jpg", "材料2.jpg"] and verify().fault is None
    data = read_file(files[0], by=None, office=None, purpose="核对").data
    assert data[:2] == b"\xff\xd8" and b"iPhoneOfLanxi77" not in data


def test_不能接受的文件_说明是哪一个_所写的一个字也没有丢(room):
    page = Citizen().write(materials=[photo(), SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 100)], evidence="录音", respondent="三号窗口", new_facts="又来了")
    assert page.status == 422 and "第 2 个文件" in page.text and "请重新选择" in page.text and not Complaint.rows.exists()
    for name in ("text", "evidence", "respondent", "new_facts", "name"):
        assert page.value(name).strip() == (TYPED | {"evidence": "录音", "respondent": "三号窗口", "new_facts": "又来了"})[name]
    assert page.fields["grounds"] == ["7"] and not Sealed.objects.exists()


def test_漏填的_一次说清_所填不丢(room):
    page = Citizen().write(grounds=[], text="", honest="", name="甲", respondent_kind="")
    assert page.status == 422 and page.value("name") == "甲"
    for words in ("请至少选择一项", "请填写事情的经过", "请选择投诉的是", "请确认没有填写国家秘密"):
        assert words in page.text


HOSTILE = {
    "emoji": "他说😀👨‍👩‍👧‍👦🏳️‍🌈", "rtl": "文件名\u202egnp.exe\u202c \u2067ab\u2069", "long": "长" * 20_000, "combining": "a\u0300" * 500 + "Z̷̛̬",
    "markup": "<script>alert(1)</script>{{ 7*7 }}{% load x %}&amp;\"'", "sql": "'; DROP TABLE complaints_complaint; --", "lines": "一\r\n二\n\n三\t四",
    "formula": "=HYPERLINK(\"http://x\")", "rare": "𠮷𪚥䶮㐂", "bom": "\ufeff开头", "private": "\ue000",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_什么样的字都原样收下(room, name):
    complaint, code, page = written(room, text=HOSTILE[name], name=HOSTILE[name][:100], respondent=HOSTILE[name][:200], grounds=["7", "12"])
    told = read_content(complaint.content, by=None, office=None, purpose="核对")["text"]
    assert told == HOSTILE[name].strip().replace("\r\n", "\n").replace("\n", "\r\n") or told == HOSTILE[name].strip()
    assert "<script>alert(1)" not in page.html and Citizen().open(complaint.reference, code).status_code == 200 and verify().fault is None


@pytest.mark.parametrize("text", ["\0", "空\0字", "\ufffd", "长" * 20_001, "   ", "\ud800"])
def test_不能收的字_说明怎么办_不丢(room, text):
    answer = Citizen().client.post(WRITE, Citizen().form().fields | TYPED | {"text": text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})
    assert answer.status_code == 422 and not Complaint.rows.exists()


@pytest.mark.parametrize("field", ["grounds", "to", "respondent_kind", "respondent_office", "item_kind", "item_code", "id_kind", "representatives"])
@pytest.mark.parametrize("value", ["", "\0", "9" * 400, "<b>", "-1", "1.5", "٣", "\u202e"])
def test_任何一栏填什么_都不出错(room, field, value):
    assert Citizen().write(**{field: value}).status in (200, 422)


# ---- twice


def test_同一张表单交两次_一件投诉_同一编号_同一回执_过后不再显示查询码(room):
    citizen = Citizen()
    page = citizen.form()
    first, second = citizen.write(page), citizen.write(page, text="另写的")
    statement = [re.search(r'name="statement" hidden>(.*?)</textarea>', p.html, re.S)[1] for p in (first, second)]
    assert Complaint.rows.count() == 1 and statement[0] == statement[1] and "已经提交过，没有重复登记" in second.text
    assert code_in(first) == code_in(second), "the browser threw the first answer away"
    clock.set_fixed("2016-09-12T09:02:01")
    late = citizen.write(page)
    assert late.status == 200 and code_in(late) is None and code_in(first) not in late.html and Complaint.rows.get().spelled in late.text
    assert Sealed.objects.filter(kind=Sealed.CONTENT).count() == 1


def test_两张表单_两件_两个查询码(room):
    one, two = written(room), written(room)
    assert one[0] != two[0] and one[1] != two[1] and one[0].reference != two[0].reference


def test_表单里的标记是假的_换成自己的(room):
    for token in ("x", "0" * 31, "G" * 32, "\0" * 32, ""):
        assert Citizen().write(token=token).status == 200
    assert Complaint.rows.count() == 5


def test_台账里没有标记_也算不出查询码(room):
    page = Citizen().form()
    Citizen().write(page)
    kept = "".join(Event.objects.values_list("body", flat=True))
    assert page.value("token") not in kept


# ---- the receipt


def test_回执可以下载_不含所写的话_连同所写的也可以(room):
    complaint, _, page = written(room)
    statement = page.fields["statement"][0]
    for kind in ("txt", "json"):
        answer = Citizen().client.post(RECEIPT, {"statement": statement, kind: "1"})
        assert answer.status_code == 200 and answer["Content-Disposition"] == f'attachment; filename="receipt.{kind}"'
        found = receipts.check(receipts.read(answer.content.decode()))
        assert found.holds and found.here and found.reference == complaint.reference and TEXT not in answer.content.decode()
    whole = Citizen().client.post(RECEIPT, {"statement": statement, "told": page.fields["told"][0], "with": "told"}).content.decode()
    assert receipts.check(receipts.read(whole)).told is True and TEXT in whole and IDENTITY["name"] not in whole


def test_不是本系统签发的回执_不给下载(room):
    statement = json.loads(written(room)[2].fields["statement"][0])
    for wrong in ("", "{}", json.dumps(statement | {"signature": "0" * 128}), json.dumps(statement | {"reference": "0" * 16})):
        assert Citizen().client.post(RECEIPT, {"statement": wrong}).status_code == 404
    told = json.dumps({"salt": "0" * 32, "fields": {"text": "没写过"}})
    assert Citizen().client.post(RECEIPT, {"statement": json.dumps(statement), "told": told, "with": "told"}).status_code == 404


def test_一时不能签名_投诉照样收下_以后再领回执(room):
    signing.path().chmod(0o644)
    complaint, code, page = written(room)
    assert "投诉已经收到" in page.text and "statement" not in page.fields
    signing.path().chmod(0o600)
    assert "下载回执" in Page(Citizen().open(complaint.reference, code)).text


# ---- the page of the code


def test_凭编号和查询码_看进展_没有人名_没有所写的话(room):
    complaint, code, _ = written(room)
    page = Page(Citizen().open(complaint.spelled.lower(), code.lower()))
    assert page.status == 200 and "处理机关正在决定是否受理" in page.text and "法制办" in page.text and "9月14日" in page.text
    assert TEXT not in page.html and IDENTITY["name"] not in page.html and "经办甲" not in page.html
    assert Reading.objects.count() == 0, "to see how far it is opens nothing"


@pytest.mark.parametrize(("reference", "code"), [("", ""), ("x", "y"), ("\0", "\0"), ("9" * 60, "9" * 100), ("诉2016-00000000", "1")])
def test_编号或者查询码不对_一样的答复(room, reference, code):
    answer = Citizen().open(reference, code)
    assert (answer.status_code == 422 and "不对" in answer.content.decode()) or "请填写" in answer.content.decode() or "控制字符" in answer.content.decode()


def test_猜五次以后要等_答429_换个网络不受影响(room):
    complaint, code, _ = written(room)
    assert [Citizen().open(complaint.reference, "0" * 20).status_code for _ in range(7)] == [422] * 5 + [429] * 2
    assert Citizen().open(complaint.reference, code).status_code == 429 and Citizen("198.51.100.9").open(complaint.reference, code).status_code == 200


def test_一小时提交十件以后要等_所写不丢(room):
    pages = [Citizen().write(name=f"第{n}") for n in range(11)]
    assert [p.status for p in pages] == [200] * 10 + [429] and pages[10].value("text").strip() == TEXT and Complaint.rows.count() == 10
    assert Citizen("198.51.100.9").write().status == 200


def test_第十条_补正的告知_凭查询码看到_补充证据以后重新计算(room):
    from qingdan.measures.complaints import accepting

    complaint, code, _ = written(room)
    accepting.ask_evidence(complaint.case, "请补充收据的照片", **room.who("fzb"))
    room.on("09-13")
    page = Page(Citizen().open(complaint.reference, code))
    assert "请您补充初步证据" in page.text and "请补充收据的照片" not in page.text and "机关有 1 项告知" in page.text
    read = Page(Citizen().open(complaint.reference, code, do="read"))
    assert "请补充收据的照片" in read.text and Reading.objects.get().person is None
    sent = {"do": "give_evidence", "words": "收据在这里", "materials": [photo()], "token": page.value("token")}
    done = Page(Citizen().open(complaint.reference, code, **sent))
    assert ("已经收到，处理机关会看到" in done.text and ("D16e", "fzb", "09-18") in owed(complaint)) or owed(complaint)[0][0] == "D16e"
    sent["materials"] = [photo()]
    assert "没有重复登记" in Page(Citizen().open(complaint.reference, code, **sent)).text
    assert complaint.case.events.filter(act="give_evidence").count() == 1 and verify().fault is None
    pk = Passage.rows.get(case=complaint.case, kind=Passage.FILE).sealed_id
    answer = Citizen().open(complaint.reference, code, do=f"file:{pk}")
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"] and answer.content[:2] == b"\xff\xd8"


def test_补充_空的不收_不能收的文件说明_撤回要确认(room):
    complaint, code, _ = written(room)
    for more, words in (({"do": "add_facts"}, "没有写内容，也没有材料"), ({"do": "add_facts", "words": "在", "materials": [SimpleUploadedFile("a.exe", b"MZ\x90\0\3" + b"\0" * 90)]}, "请重新选择"),
                        ({"do": "withdraw_complaint"}, "请勾选以后再撤回")):  # fmt: skip
        page = Page(Citizen().open(complaint.reference, code, **more))
        assert page.status == 422 and words in page.text
    assert Page(Citizen().open(complaint.reference, code, do="add_facts", words="又收了一百元")).status == 200
    page = Page(Citizen().open(complaint.reference, code, do="withdraw_complaint", sure="on"))
    assert "已撤回" in page.text and "补充事实" not in page.text.split("办理过程")[0]
    again = Page(Citizen().open(complaint.reference, code, do="add_facts", words="晚了"))
    assert again.status == 422 and verify().fault is None


def test_别人的材料和文书_猜不到(room):
    one, code, _ = written(room)
    other, *_ = written(room, materials=[photo()])
    pk = Passage.rows.get(case=other.case, kind=Passage.FILE).sealed_id
    for do in (f"file:{pk}", f"file:{one.content_id}", "file:", "paper:x.pdf", "paper:", f"paper:{other.case.number}-1.pdf"):
        assert Citizen().open(one.reference, code, do=do).status_code == 404
    assert Citizen().open(one.reference, code, do="nothing").status_code == 200


def test_不予受理的_依据_理由_文书_都凭查询码看到(room):
    from qingdan.measures.complaints import accepting
    from qingdan.measures.complaints.papers.issuing import issue, makeable

    complaint, code, _ = written(room)
    event = accepting.decline(complaint.case, "6-4", "信访部门已经受理", "query", **room.who("fzb"))
    (wanted,) = makeable(room.fresh(complaint), room.office("fzb"), [event], [])
    issue(room.fresh(complaint), event, wanted.template, key="k", **room.who("fzb"))
    page = Page(Citizen().open(complaint.reference, code))
    assert "第六条（四）" in page.text and "不予受理" in page.text and "可以再次投诉" in page.text
    do = next(value for name, value in page.buttons if name == "do" and value.startswith("paper:") and value.endswith(".docx"))
    answer = Citizen().open(complaint.reference, code, do=do)
    assert answer.status_code == 200 and answer.content[:2] == b"PK" and Reading.objects.filter(person=None).exists()
    assert Citizen().open(complaint.reference, code, do=do.replace(".docx", ".exe")).status_code == 404
    assert "信访部门已经受理" in Page(Citizen().open(complaint.reference, code, do="read")).text


# ---- T11, f10


def test_不留在浏览器里_标题中性_网址里没有查询码(room):
    complaint, code, page = written(room)
    answers = [Citizen().client.get(WRITE), Citizen().client.get(STATUS), Citizen().open(complaint.reference, code), page.response,
               Citizen().client.post(RECEIPT, {"statement": page.fields["statement"][0]})]  # fmt: skip
    for answer in answers:
        html = answer.content.decode()
        assert answer["Cache-Control"] == "no-store" and answer["Referrer-Policy"] == "same-origin" and "noindex" in answer["X-Robots-Tag"]
        titles = re.findall(r"<title>(.*?)</title>", html, re.S)
        assert all("投诉" not in title and "查询" not in title for title in titles)
        assert not re.search(r'(href|action)="[^"]*(' + re.escape(code) + "|" + complaint.reference + ")", html)
        assert set(answer.cookies) <= {"csrftoken"} and not re.search(r'(href|src|action)="(https?:)?//', html)
    left = Citizen().client.post(LEAVE)
    assert left.status_code == 302 and left["Location"] == "/" and '"storage"' in left["Clear-Site-Data"] and '"cookies"' in left["Clear-Site-Data"]


def test_工作人员登录着_也只是一个公民(room, client_as):
    client = client_as("cg_1")
    page = Page(client.get(WRITE))
    assert "经办甲" not in page.html and "城管局经办" not in page.html and "回到待办" not in page.html
    assert Page(client.post(WRITE, page.fields | TYPED)).status == 200
    assert Complaint.rows.get().case.events.get(n=1).person is None


def test_f10_日志里没有地址_查询码_所写的话(room, caplog):
    picture = photo()  # to make it, the library says what it writes
    caplog.set_level(logging.DEBUG)
    complaint, code, _ = written(room, materials=[picture])
    Citizen().open(complaint.reference, code)
    Citizen().open(complaint.reference, "0" * 20)
    Citizen().open(complaint.reference, code, do="file:x")
    Citizen().write(text="")
    said = "\n".join(r.getMessage() + str(r.__dict__.get("exc_text") or "") for r in caplog.records if not r.name.startswith("django.db"))
    for secret in ("203.0.113.7", code, complaint.reference, TEXT, *IDENTITY.values(), "iPhoneOfLanxi77", "DSC_0420"):
        assert secret not in said


def test_第七条_公开的联系方式_没有的注明(room):
    page = Citizen().client.get("/contacts/").content.decode()
    assert page.count("还没有公布") >= 4
    from qingdan.measures.complaints.actions import make_known

    make_known(room.office("fzb"), {"phone": "0371-12345", "fax": "", "address": "", "email": "", "place": "一楼", "hours": ""}, by=room.d.fzb.person)
    page = Citizen().client.get("/contacts/").content.decode()
    assert "0371-12345" in page and "缺少" in page and "传真" in page
