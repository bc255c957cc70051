"""再次确认 (b9): asked for 100 % of publication, signing, calendar changes and exports; nothing typed is lost; nothing is done before."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingdan.kernel import clock
from qingdan.kernel.accounts.models import Entry, Failure
from qingdan.kernel.calendar.models import CalendarProposal
from qingdan.kernel.files import staging
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.policy.declared import DECLARED, FORM, LOOK, SEND
from qingdan.measures.adjustment.models import Proof
from tests.desk.test_calendars import NOTICE, year_2016
from tests.kernel.files.samples import PNG
from tests.kernel.ledger.worlds import everything
from tests.kernel.policy.walking import NAMES, address, as_, lived_in
from tests.measures.browsing import Page
from tests.measures.room import Room

pytestmark = pytest.mark.django_db
ASKS = "请再次确认是您本人"
# Written down a second time: whoever takes the mark away from one of them fails here.
MUST = {
    ("desk:calendars", SEND), ("desk:calendar", SEND), ("desk:clock", SEND), ("desk:hold", SEND),  # calendar and clock
    ("lists:import_plan", SEND), ("adjustment:act", FORM), ("adjustment:together", FORM), ("adjustment:month", SEND),  # publication, signing
    ("adjustment:paper_make", SEND), ("adjustment:paper_correct", SEND), ("complaints:paper_make", SEND),
    ("complaints:errand_paper_make", SEND), ("complaints:liability_paper_make", SEND),  # 签发、更正、作废
    ("complaints:figures_quarter", SEND),  # publication
    ("adjustment:book_xlsx", LOOK), ("adjustment:papers_pdf", LOOK), ("accounts:log_csv", LOOK), ("complaints:register_xlsx", SEND),  # exports
    ("accounts:totp", FORM), ("accounts:add_passkey", FORM), ("accounts:recovery", SEND), ("accounts:remove_factor", SEND),
    ("accounts:ask", FORM), ("accounts:request", SEND), ("accounts:new_person", FORM), ("accounts:deactivate", SEND),
    ("accounts:watch_clock", SEND), ("accounts:watch_hold", SEND), ("leave:own", SEND), ("accounts:ask_leave", SEND), ("accounts:leave", SEND),  # who may act in whose name
    ("complaints:disposal_propose", SEND), ("complaints:disposal_decide", SEND),  # 销毁
    ("vault:ask", SEND), ("vault:unlock", SEND), ("vault:identity", SEND),  # who complained
}  # fmt: skip
WHO = {"accounts:log_csv": "aud_1", "accounts:ask": "sec_1", "accounts:request": "sec_1", "accounts:ask_leave": "sec_1", "accounts:leave": "sec_1", "accounts:watch_clock": "sec_1", "accounts:watch_hold": "sec_1", "accounts:new_person": "sys_1", "accounts:deactivate": "sys_1"}


def test_b9_哪些页面要再次确认_登记两处():
    assert {(name, page.sure) for name, page in DECLARED.items() if page.sure} == MUST
    assert DECLARED["adjustment:act"].acts == DECLARED["adjustment:together"].acts == ("publish", "issue_joint_opinion", "sign_joint")


def test_b9_导出表格的网址_都在其中():
    """Every address that ends in a file's name, but those of the public."""
    files = {n for n in NAMES if n.endswith(("_csv", "_xlsx", "_docx", "_pdf")) and DECLARED[n].audience.key != "public"}
    assert files and files <= {name for name, _ in MUST}


def aged(who):
    """A browser whose person showed who they are sixteen minutes ago."""
    client = as_(who)
    clock.set_fixed(clock.now().replace(minute=16))
    return client


def test_b9_隔了十五分钟_每一页都先问_什么也不写(district):
    """All of them, with every method that is marked."""
    case, asked = lived_in(district), 0
    clients = {who: as_(who) for who in {"zwb_1", *WHO.values()}}
    clock.set_fixed("2016-06-13T09:16")
    before = {t: r for t, r in everything().items() if t != "django_session"}
    for name, methods in MUST:
        where = address(name, case).replace("/agree/", "/publish/").replace("/refer/", "/sign_joint/")
        for method in methods:
            answer = getattr(clients[WHO.get(name, "zwb_1")], method.lower())(where)
            asked += 1
            assert answer.status_code == 403 and (method == "HEAD" or ASKS in answer.content.decode()), (name, method, answer.status_code)
    assert asked > 30 and {t: r for t, r in everything().items() if t != "django_session"} == before


def test_b9_十五分钟以内_不问(district):
    case = lived_in(district)
    client = as_("zwb_1")
    clock.set_fixed("2016-06-13T09:14:59")
    assert client.get(address("adjustment:book_xlsx", case)).status_code == 200


def test_不属于的人_不问就拒绝(district):
    case = lived_in(district)
    client = as_("cg_1")
    clock.set_fixed("2016-06-13T09:16")
    said = client.post(address("desk:calendars", case)).content.decode()
    assert ASKS not in said and "只供政务办使用" in said


def test_看的页面_确认以后重新打开(world, client, log_in, later):
    log_in()
    later("09:15")
    where = "/adjustment/registers/book.xlsx?month=2016-06"
    page = client.get(where)
    assert page.status_code == 403 and ASKS in page.content.decode() and 'value="look"' in page.content.decode()
    assert client.post(where, {"sure-then": "look", "sure-password": "p"})["Location"] == where
    assert client.get(where).status_code == 200 and Entry.objects.first().kind == "sure"


def test_提交的页面_所填内容原样带着_确认以后随即办理(world, client, log_in, later):
    log_in("zwb_1")
    later("09:20")
    year = {"year": "2016", "days": year_2016("2016-06-15,放假,临时放假"), "key": "k" * 20, **NOTICE}
    page = client.post("/desk/calendar/", year)
    said = page.content.decode()
    assert page.status_code == 403 and 'value="send"' in said and not CalendarProposal.objects.exists()
    for name in ("year", "notice", "title", "key"):
        assert f'name="{name}" value="{year[name]}"' in said
    again = client.post("/desk/calendar/", year | {"sure-then": "send", "sure-password": "wrong"})
    assert again.status_code == 403 and "没有通过" in again.content.decode() and f'value="{year["notice"]}"' in again.content.decode()
    assert not CalendarProposal.objects.exists() and Failure.objects.get().count == 1
    assert client.post("/desk/calendar/", year | {"sure-then": "send", "sure-password": "p"}).status_code == 302
    assert CalendarProposal.objects.get().notice == NOTICE["notice"] and not Failure.objects.exists()


class Publishing:
    """电子政务中心 has filled in the form of 公布, chosen the copy of the page, and comes back from lunch."""

    def __init__(self, district, later):
        self.room = Room(district)
        self.case = self.room.forwarded(self.room.put(), promised="3")
        self.room.on("06-20")
        self.client = as_("dzzw_1")
        self.where = f"/adjustment/{self.case.number}/publish/"
        fields = Page(self.client.get(self.where)).fields
        typed = {"receipt": "金电政回〔2016〕1号", "receipt_day": "2016-06-20", "url": "http://zwfw.jinshui.example/item/1", "opinion": "已公布"}
        later("06-20T09:20")
        self.asks = self.client.post(self.where, fields | typed | {"copy": SimpleUploadedFile("页面.png", PNG)})
        self.carried = Page(self.asks).fields

    def confirm(self, password="p", **more):
        return self.client.post(self.where, self.carried | {"sure-password": password} | more)

    def done(self):
        return self.case.events.filter(act="publish").exists()


@pytest.fixture
def lunch(district, later, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"  # a place of its own: what others left waiting is not counted here
    return Publishing(district, later)


def test_选好的文件_也保留着_确认以后随即办理(lunch):
    """Nothing is typed and nothing is chosen again; afterwards nothing waits on the disk any more."""
    said = lunch.asks.content.decode()
    assert lunch.asks.status_code == 403 and "选好的文件也已保留：页面.png" in said and not lunch.done()
    waiting = [*staging.folder().iterdir()]
    assert [path.read_bytes() for path in waiting] == [PNG]
    assert lunch.confirm().status_code == 302 and lunch.done()
    proof = Proof.objects.get(case=lunch.case)
    assert proof.file.name == "页面.png" and proof.file.open().read() == PNG
    assert not [*staging.folder().iterdir()] and verify().fault is None


def test_密码错了再试_文件还在_只存一份(lunch):
    wrong = lunch.confirm("x")
    assert wrong.status_code == 403 and "选好的文件也已保留：页面.png" in wrong.content.decode() and len([*staging.folder().iterdir()]) == 1
    assert lunch.confirm().status_code == 302 and Proof.objects.get(case=lunch.case).file.name == "页面.png"


def test_保留的文件不在了_说明要重新选_所填还在(lunch):
    for path in staging.folder().iterdir():
        path.unlink()
    answer = lunch.confirm()
    said = answer.content.decode()
    assert answer.status_code == 422 and "文件“页面.png”已经不再保留，请重新选择" in said and "金电政回〔2016〕1号" in said and not lunch.done()


def test_别人的_别处的_编造的文件号_取不到文件(lunch):
    """The number opens nothing outside of the session and the address for which it was kept."""
    (token,), other = lunch.carried["sure-file"], as_("dzzw_1")
    fields = lunch.carried
    assert other.post(lunch.where, fields).status_code == 422, "somebody else's session: no file came with it"
    assert lunch.client.post("/desk/calendar/", {"sure-then": "send", "sure-password": "p", "sure-file": token}).status_code in (403, 405, 422)
    assert lunch.client.post(lunch.where, fields | {"sure-password": "p", "sure-file": "../" + token}).status_code == 422
    assert not lunch.done() and len([*staging.folder().iterdir()]) == 1


def test_太大的文件不保留(world, client, log_in, later, monkeypatch):
    from qingdan.kernel.accounts import confirming

    monkeypatch.setattr(confirming, "LIMIT", 3)
    log_in("zwb_1")
    later("09:20")
    said = client.post("/desk/calendar/", {"year": "2016", "file": SimpleUploadedFile("放假安排.csv", b"xxxx")}).content.decode()
    assert "没有保留，确认以后请重新选择：放假安排.csv" in said and "也已保留" not in said


def test_密码错五次_退出登录并锁定(world, client, log_in, later):
    log_in()
    later("09:20")
    where = "/adjustment/registers/book.xlsx"
    answers = [client.post(where, {"sure-then": "look", "sure-password": f"x{n}"}).status_code for n in range(5)]
    assert answers == [403] * 4 + [302] and client.get("/desk/").status_code == 302
    assert "不再受理" in client.get("/desk/login/").content.decode()


@pytest.mark.parametrize("sent", [{}, {"sure-password": ""}, {"sure-code": "000000"}, {"sure-credential": "{}"}, {"sure-password": "p" * 5000}])
def test_没有证明的_不放行(world, client, log_in, later, sent):
    log_in()
    later("09:20")
    assert client.post("/adjustment/registers/book.xlsx", {"sure-then": "look"} | sent).status_code == 403


def test_公布_会签_要确认_同意不要(district):
    room = Room(district)
    case = room.apply("06-07", room.put(), promised="3")
    room.refer("06-07", case)
    room.on("06-07")
    client = as_("fzb_1")
    clock.set_fixed(clock.now().replace(minute=clock.now().minute + 20))
    assert client.get(f"/adjustment/{case.number}/agree/").status_code == 200
    assert ASKS in client.get(f"/adjustment/{case.number}/sign_joint/").content.decode()
    assert ASKS in client.post(f"/adjustment/{case.number}/publish/").content.decode()


def test_演示系统_点一下就算确认_页上说明(world, client, log_in, later, settings):
    log_in()
    later("09:20")
    settings.DEMONSTRATION = True
    where = "/adjustment/registers/book.xlsx"
    assert "演示系统中没有人有密码，点一下就算确认" in client.get(where).content.decode()
    assert client.post(where, {"sure-then": "look"})["Location"] == where and client.get(where).status_code == 200


def test_再次确认不记入台账_只记在登录记录(world, client, log_in, later):
    before = Event.objects.count()
    log_in()
    later("09:20")
    client.post("/adjustment/registers/book.xlsx", {"sure-then": "look", "sure-password": "p"})
    assert Event.objects.count() == before and [e.kind for e in Entry.objects.all()] == ["sure", "in"]
