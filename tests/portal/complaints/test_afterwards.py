"""诉14, 诉16, P-D9 for the complainant, with the query code: until when, the result, the ways that are open, one question; and that over is not solved."""

import re
from datetime import date

import pytest

from qingdan.kernel.ledger import signing
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.complaints import complaining, deciding
from qingdan.measures.complaints.models import Complaint, Rating
from qingdan.measures.complaints.queries import STATES
from qingdan.portal.progress import PLAIN
from qingdan.statute.complaints_inquiry import REMEDIES
from tests.measures.browsing import Page
from tests.measures.complaints.inquiry import LETTER, Inquiry, staff
from tests.measures.complaints.paging import brought
from tests.measures.complaints.room import Room

from .test_writing import Citizen, code_in, written

pytestmark = pytest.mark.django_db
TOLD = "您反映的问题属实，已经责令退还。"
FACTS = "八月以后又收了三次，有票据"
UNSAID = ("调查人员", "回避", "转办函", "移交", "协助", "责任", "恶意投诉结案的建议", "起草", "审核转办", "fzb", "经办", "负责人", "城管局")
"""What stays with the offices."""


@pytest.fixture
def room(district, settings, tmp_path):
    return signing_room(district, settings, tmp_path)


def signing_room(district, settings, tmp_path):
    """A room on the day of its first complaint, with its staff and the key that signs receipts."""
    settings.RECEIPT_KEY = str(tmp_path / "receipt.pem")
    room = Room(district)
    room.staff = staff(room)
    room.on("09-12")
    signing.make()
    return room


class Told(Inquiry):
    """A complaint that came through the portal, so that its code is known, accepted by 法制办."""

    def __init__(self, room, accepted=True, **typed):
        self.room, self.people, self.office = room, room.staff, room.office("fzb")
        room.on("09-12")
        self.c, self.code, _ = written(room, **typed)
        if accepted:
            room.accept("09-12", self.c)

    def begun(self):
        from qingdan.measures.complaints import investigating

        self.name("09-12", "1", "2")
        for n in ("1", "2"):
            self.do("09-12", n, investigating.declare_no_interest)
        return self

    def told(self, on="09-21", **kw):
        self.begun().decided(**kw)
        self.do(on, "1", deciding.tell_result, "query", TOLD)
        return self

    def malicious(self):
        self.begun()
        self.do("09-14", "1", deciding.propose_malicious, "票据系伪造")
        self.do("09-14", "h", deciding.close_malicious, "票据系伪造，理由如下")
        return self

    def page(self, on="09-22", **more):
        self.room.on(on)
        return Page(Citizen().open(self.c.reference, self.code, **more))

    def again(self, on="09-22", page=None, **typed):
        page = page or self.page(on)
        self.room.on(on)
        return Page(Citizen().client.post("/write/status/", page.fields | {"do": "reopen", "new_facts": FACTS, "honest": "on", "confidential": "on"} | typed))


def newest():
    return Complaint.rows.latest("pk")


# ---- 第十四条


def test_第十四条_正在调查_到哪一天_延长以后到哪一天_告知了什么(room):
    q = Told(room).begun()
    page = q.page("09-14")
    assert "办理中" in page.text and "已经受理，正在调查" in page.text and "应当在10月14日" in page.text.replace(" ", "")
    q.do("10-10", "h", deciding.extend_handling, date(2016, 10, 20), "情况复杂", "因为要核对票据，延长到10月20日。")
    page = q.page("10-11")
    assert "应当在10月20日" in page.text.replace(" ", "") and "法制办在10月10日（周一）批准延长" in page.text.replace(" ", "")
    assert "因为要核对票据" in q.page("10-11", do="read").text
    assert "系统已经记为逾期" not in page.text and "系统已经记为逾期" in q.page("10-21").text


def test_第十三条_调查人员_移交_草稿_一概不显示(room):
    q = Told(room, confidential="").begun()
    q.hear()
    q.send("09-14", "handover", due=date(2016, 9, 26))
    q.send("09-14", "materials", due=date(2016, 9, 26))
    q.do("09-14", "1", deciding.propose_malicious, "疑似伪造")
    text = q.page("09-15").text
    assert "正在调查" in text and not [word for word in UNSAID if word in text] and LETTER not in text
    assert not [p.name for p in q.people.values() if p.name in text]


# ---- 第十六条


def test_第十六条_结果_途径_告知_都凭查询码看到(room):
    q = Told(room).begun()
    q.decided()
    page = q.page("09-20")
    assert "待告知" in page.text and "正在告知您结果" in page.text and "问题属实" not in page.text
    q.do("09-21", "1", deciding.tell_result, "query", TOLD)
    page = q.page()
    assert "已作出决定" in page.text and "您反映的问题属实" in page.text and TOLD not in page.text and TOLD in q.page(do="read").text
    assert all(remedy.name in page.text and remedy.law in page.text for remedy in REMEDIES) and "办结只是处理程序结束" in page.text


@pytest.mark.parametrize(("conclusion", "words"), [("partly", "部分属实"), ("untrue", "不属实"), ("unclear", "无法查实")])
def test_第十六条_四种结论各有各的话(room, conclusion, words):
    assert words in Told(room).told(conclusion=conclusion).page().text


def test_第八条_按恶意投诉结案_说明理由_可以再次投诉(room):
    q = Told(room).malicious()
    assert "待告知" in q.page("09-15").text and "理由如下" in q.page("09-15", do="read").text
    q.do("09-18", "1", deciding.tell_result, "query", "已经结案")
    page = q.page()
    assert "按恶意投诉结案" in page.text and "再次投诉" in page.text and "行政复议" in page.text


SOLVED = re.compile("已解决|已经解决|解决了|得到解决")


def test_PD9_哪一种状态都不说解决了(room):
    assert set(PLAIN) == set(STATES)
    for words in (*PLAIN.values(), *STATES.values(), *(r.words for r in REMEDIES)):
        assert not SOLVED.search(words)
    from qingdan.measures.complaints.codes import hash_of, new_code

    room.on("09-12")
    for n, (state, name) in enumerate(STATES.items()):
        c, code = brought(room, state), new_code()
        page = shown(room, c, code, hash_of(code), n)
        assert name in page.text and PLAIN[state] in page.text and not SOLVED.search(page.text)


def shown(room, complaint, code, kept, n):
    """The page of the code of a complaint that was registered without one."""
    from unittest.mock import patch

    with patch("qingdan.measures.complaints.codes.code_hash", lambda reference: kept):
        return Page(Citizen(f"203.0.113.{n + 10}").open(complaint.reference, code))


# ---- PD9 满意度


def test_PD9_结果告知以后问一次满意度(room):
    q = Told(room).begun()
    q.decided()
    assert "您对这次办理" not in q.page("09-20").text and q.page("09-20", do="rate", answer="good").status == 422
    q.do("09-21", "1", deciding.tell_result, "query", TOLD)
    page = q.page()
    assert "您对这次办理" in page.text and not Rating.objects.exists()
    for _ in range(2):
        answer = Page(Citizen().client.post("/write/status/", page.fields | {"do": "rate", "answer": "fair"}))
        assert answer.status == 200 and "您对这次办理的回答：一般" in answer.text and "请从" not in answer.text
    assert Rating.objects.get().answer == "fair" and verify().fault is None
    again = q.page(do="rate", answer="bad", token="77" * 16)
    assert again.status == 422 and "已经答过" in again.text and Rating.objects.get().answer == "fair"


def test_PD9_没有选的_说明(room):
    page = Told(room).told().page(do="rate")
    assert page.status == 422 and "请选择您对这次办理" in page.text and not Rating.objects.exists()


def test_PD9_满意度在投诉的页面和登记簿上(room, reader):
    q = Told(room).told()
    room.on("09-22")
    complaining.rate(q.c, "bad")
    assert "投诉人的满意度 不满意" in reader("fzb").get(f"/complaints/{q.case.number}/").text
    register = reader("zwb").get("/complaints/register/")
    cells = dict(re.findall(r'data-label="(满意|一般|不满意)">(\d+)<', register.html))
    assert cells == {"满意": "0", "一般": "0", "不满意": "1"}


# ---- 再次投诉


def test_第十六条_有新的事实_再次投诉_同一机关重新受理(room):
    q = Told(room).told()
    page = q.again()
    c = newest()
    assert page.status == 200 and c.spelled in page.text and c != q.c and code_in(page) not in (None, q.code)
    assert (c.earlier, c.reopening, c.new_facts, c.handler, c.flagged) == (q.c, 1, True, room.office("fzb"), False)
    owed = [(o.row, o.office_code, o.due.isoformat()) for o in c.case.obligations.filter(how="")]
    assert owed == [("D16", "fzb", "2016-09-26")] and verify().fault is None
    mine = Page(Citizen().open(c.reference, code_in(page)))
    assert "第 1 次再次投诉" in mine.text and "待受理" in mine.text
    old = q.page("09-23")
    assert "再次提出" in old.text and c.spelled not in old.text and "填写新的事实" not in old.text


def test_第十六条_再次投诉_按两下是一件(room):
    q = Told(room).told()
    page = q.page()
    first, second = q.again(page=page), q.again(page=page)
    assert Complaint.rows.count() == 2 and "没有重复登记" in second.text and code_in(first) == code_in(second)


def test_第四条_再次投诉_身份在保密库内转封_谁也看不到(room):
    from qingdan.kernel.vault import crypto
    from qingdan.kernel.vault.models import Reading, Sealed

    q = Told(room).told()
    q.page()
    before, readings = crypto.opened(), Reading.objects.count()
    page = q.again()
    c = newest()
    assert crypto.opened() - before == Reading.objects.count() - readings == 2, "the identity and what was told, each noted"
    assert c.identity.pk != q.c.identity.pk and c.identity.subject == c.reference and not c.anonymous
    assert Event.objects.filter(act="carry_identity").count() == 1 and Sealed.objects.filter(kind="identity").count() == 2
    assert "欧阳若兰溪" not in page.html and "欧阳若兰溪" not in "".join(Event.objects.values_list("body", flat=True))
    assert FACTS not in "".join(Event.objects.values_list("body", flat=True))


def test_第八条_匿名的_再次投诉还是匿名(room):
    q = Told(room, name="").told()
    assert q.again().status == 200 and newest().anonymous and newest().identity is None


def test_第六条_不予受理的_也可以再次投诉(room):
    refused = Told(room, accepted=False)
    room.decline("09-13", refused.c)
    assert refused.again("09-14").status == 200 and newest().reopening == 1


def test_第八条_恶意结案的_也可以再次投诉(room):
    malicious = Told(room).malicious()
    assert malicious.again("09-15").status == 200 and newest().earlier == malicious.c


@pytest.mark.parametrize(
    ("changes", "said"), [({"new_facts": " "}, "请填写新的事实和理由"), ({"honest": ""}, "请确认没有填写国家秘密")]
)  # fmt: skip
def test_再次投诉_漏填的_所写不丢(room, changes, said):
    q = Told(room).told()
    page = q.again(**changes)
    assert page.status == 422 and said in page.text and Complaint.rows.count() == 1
    assert page.value("new_facts").strip() == changes.get("new_facts", FACTS).strip()


def test_还没有结果的_已经再次提出的_不能再次投诉(room):
    q = Told(room)
    page = q.page("09-13", do="reopen", new_facts=FACTS, honest="on")
    assert page.status == 422 and "还没有结果" in page.text and Complaint.rows.count() == 1
    q.told()
    assert q.again().status == 200
    page = q.page("09-23", do="reopen", new_facts=FACTS, honest="on")
    assert page.status == 422 and "那一件还在办理" in page.text and Complaint.rows.count() == 2


@pytest.mark.parametrize(("do", "words"), [("give_evidence", "words"), ("add_facts", "words"), ("reopen", "new_facts")])
def test_诉10_这一步已经过去的_说明为何_所填还在页面上(room, do, words):
    """It was taken up, or withdrawn, while the complainant wrote."""
    asked = Told(room)
    if do == "add_facts":
        complaining.withdraw_complaint(asked.case, "", by=None)
    page = asked.page("09-13", do=do, honest="on", **{words: "收据两张在此"})
    assert page.status == 422 and "不能" in page.text and "收据两张在此" in page.text
    assert not asked.case.events.filter(act=do).exists()
