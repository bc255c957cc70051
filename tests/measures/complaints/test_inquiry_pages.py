"""第十一条 to 第十九条 as the offices do them on the pages: every form, every draft that is read before it goes out, the unit's own pages."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel import clock
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.actions import entrust
from qingdan.measures.complaints import answerable
from qingdan.measures.complaints.access import decisions_of, errands_of, passages_of_errand
from qingdan.measures.complaints.queries import timeline
from qingdan.statute.complaints_inquiry import ERRANDS
from tests.kernel.files.samples import PNG
from tests.measures.browsing import Page, Reader

from .inquiry import LETTER, WORDS, Inquiry

pytestmark = pytest.mark.django_db


class Pages:
    """One complaint on the pages: `p.act("1", "09-13", "hear_complainant", way="talk", …)`."""

    def __init__(self, room, client_as, **kw):
        self.q, self.client_as = Inquiry(room, **kw), client_as
        self.number = self.q.case.number

    def reader(self, who, on):
        self.q.room.on(on)
        return Reader(self.client_as(f"fzb_{who}" if who in self.q.people else f"{who}_1"))

    def post(self, who, day, path, **data):
        return Page(self.reader(who, day).client.post(path, data))

    def act(self, who, day, act, expect=302, **data):
        page = self.post(who, day, f"/complaints/{self.number}/do/{act}/", **data)
        assert page.status == expect, page.text
        return page

    def errand(self, kind):
        return errands_of(self.q.c).filter(kind=kind).order_by("-pk").first()

    def of(self, who, on, errand, act, expect=302, **data):
        page = self.post(who, on, f"/complaints/errands/{errand.case.number}/do/{act}/", **data)
        assert page.status == expect, page.text
        return page


@pytest.fixture
def pages(room, client_as):
    return Pages(room, client_as, team=(), assigned=True, confidential=False)


def named(p):
    p.act("1", "09-12", "name_investigators", persons=["fzb_1", "fzb_2"])
    for n in ("1", "2"):
        p.act(n, "09-12", "declare_no_interest", declared="on")


def test_第十三条_指定声明回避_每一步都在页面上办(pages):
    p = pages
    assert p.act("1", "09-12", "name_investigators", expect=422, persons=["fzb_1"]).text.count("不得少于两人")
    named(p)
    p.act("1", "09-12", "add_investigator", person="fzb_3")
    p.act("3", "09-13", "ask_recusal", person="fzb_3", asked="self", ground="interest", words="亲属在窗口工作")
    p.act("h", "09-13", "decide_recusal", granted=["fzb_3"], basis="head", words="情况属实")
    p.act("1", "09-13", "add_investigator", person="fzb_h2")
    p.act("1", "09-13", "remove_investigator", person="fzb_h2", words="另有任务")
    text = p.reader("1", "09-13").get(f"/complaints/{p.number}/").text
    assert "本人自行回避" in text and "机关负责人决定" in text and "能参加" in text


def test_第十一条至第十九条_从听取意见到责任登记_每一步都在页面上办(pages):
    p = pages
    named(p)
    p.act("1", "09-13", "hear_complainant", way="talk", on="2016-09-13", present=["fzb_1", "fzb_2"], words="票据三张")
    p.act("1", "09-13", "note_respondent_unheard", invited="2016-09-12", words="两次书面通知，没有回复")
    p.act("2", "09-13", "hear_respondent", way="writing", on="2016-09-13", present=["fzb_1", "fzb_2"], words="按目录收取")
    p.act("1", "09-13", "record_finding", on="2016-09-13", present=["fzb_1", "fzb_2"], words="查阅台账")
    p.act("1", "09-13", "call_confrontation", words="9月20日上午，双方均已书面通知", agreed="on")
    p.act("1", "09-20", "confront", on="2016-09-20", present=["fzb_1", "fzb_2"], words="双方到场")
    p.act("1", "09-20", "call_confrontation", words="9月22日再次质证", agreed="on")
    p.act("1", "09-21", "cancel_confrontation", words="双方均无异议")
    p.act("1", "09-21", "draft_handover", unit=p.q.room.office("cg").pk, due="2016-09-26", leaders="no", words=LETTER)
    letter = p.errand("handover")
    page = p.post("2", "09-21", f"/complaints/{p.number}/letters/{letter.pk}/")
    assert page.status == 200 and "原文（不随文书发出）" in page.text and "（时间）" in page.text and "并报告" in page.text
    p.act("2", "09-21", "reject_letter", errand=letter.pk, words="日期写明")
    p.act("1", "09-21", "draft_handover", unit=p.q.room.office("cg").pk, due="2016-09-26", leaders="no", words=LETTER)
    letter = p.errand("handover")
    assert p.act("1", "09-21", "approve_letter", expect=422, errand=letter.pk).text.count("同一个人")
    p.act("2", "09-21", "approve_letter", errand=letter.pk)
    letter = p.errand("handover")
    unit = p.reader("cg", "09-22").get(f"/complaints/errands/{letter.case.number}/")
    assert unit.status == 200 and p.number not in unit.text and p.q.c.spelled not in unit.text
    assert LETTER in p.post("cg", "09-22", f"/complaints/errands/{letter.case.number}/letter/").text
    p.of("cg", "09-27", letter, "report_findings", words="已查明")
    p.of("1", "09-27", letter, "return_findings", words="缺票据", due="2016-09-29")
    p.of("cg", "09-28", letter, "report_findings", words="票据补齐")
    p.of("1", "09-28", letter, "accept_findings")
    p.act("h", "09-28", "extend_handling", until="2016-11-04", words="情况复杂", told="延长到11月4日")
    decide(p)
    p.act("1", "09-29", "tell_result", way="query", words="您反映的问题属实。")
    execution = p.errand("execution")
    p.of("1", "10-24", execution, "ask_reason")
    p.of("cg", "10-25", execution, "give_reason", words="人手不够")
    p.of("1", "10-26", execution, "register_default", words="不是正当理由")
    of_liability(p)
    assert verify().fault is None


def decide(p):
    p.act("1", "09-28", "draft_decision", conclusion="true", **WORDS)
    draft = latest(p)
    page = p.post("h", "09-28", f"/complaints/{p.number}/decisions/{draft.pk}/")
    assert page.status == 200 and "三张" in page.text and "抄报" in page.text
    p.act("h", "09-28", "return_decision", words="写明责任单位")
    duty = {"unit1": p.q.room.office("cg").pk, "words1": "退还超收的费用", "due1": "2016-10-21"}
    p.act("1", "09-28", "draft_decision", conclusion="true", **WORDS, **duty)
    p.act("h", "09-29", "decide_assigned")


def latest(p):
    return decisions_of(p.q.c).order_by("-pk").first()


def of_liability(p):
    reader = p.reader("1", "10-26")
    book = reader.get("/complaints/liability/")
    (link,) = {a for a in book.links if "/liability/" in a and a != "/complaints/liability/"}
    assert "城市管理局" in reader.get(link).text
    assert "不是正当理由" in p.post("1", "10-26", f"{link}words/").text
    assert "移送的机关" in p.reader("2", "10-26").load(f"{link}do/refer_liability/").text
    assert p.post("1", "10-26", f"{link}do/refer_liability/", organ="区监察局", number="金法移〔2016〕1号").text.count("同一个人")
    assert p.post("2", "10-26", f"{link}do/refer_liability/", organ="区监察局", number="金法移〔2016〕1号").status == 302


@pytest.mark.parametrize("kind", ["assistance", "materials", "performance", "stop", "liability", "accountability", "offence"])
def test_第十五条_七项措施_各有一件_报告收下或者撤销(room, client_as, kind):
    p = Pages(room, client_as, confidential=False)
    outside = kind == "offence"
    p.act("1", "09-13", "draft_order", kind=kind, unit="" if outside else room.office("cg").pk, outside="区监察局" if outside else "", due="2016-09-21", words=LETTER)
    p.act("2", "09-13", "approve_letter", errand=p.errand(kind).pk)
    one, k = p.errand(kind), ERRANDS[kind]
    owner = "1" if outside else "cg"
    p.of(owner, "09-14", one, k.report, words="已经办理")
    p.of("1", "09-14", one, k.back, words="请补充材料", due="2016-09-23")
    p.of(owner, "09-19", one, k.report, words="补充如下")
    p.of("1", "09-20", one, k.accept)
    assert not one.case.obligations.filter(how="").exists()


def test_第八条_恶意投诉_提出和认定在页面上办(room, client_as):
    p = Pages(room, client_as)
    p.act("1", "09-14", "propose_malicious", words="票据系伪造")
    p.act("h", "09-14", "reject_malicious", words="证据不足")
    p.act("1", "09-14", "propose_malicious", words="票据系伪造，有鉴定")
    p.act("h", "09-14", "close_malicious", words="经鉴定票据系伪造。")
    assert "按恶意投诉结案" in p.reader("1", "09-14").get(f"/complaints/{p.number}/").text


def test_第十八条_第二十条_从投诉的页面登记责任(room, client_as):
    p = Pages(room, client_as)
    page = p.post("1", "09-14", f"/complaints/{p.number}/liability/", kind="obstruction", unit=room.office("cg").pk, words="扣留票据")
    assert page.status == 302
    page = p.post("zwb", "09-14", f"/complaints/{p.number}/liability/", kind="misconduct", unit=room.office("fzb").pk, words="泄露案情")
    assert page.status == 302
    assert "登记簿" in p.reader("zwb", "09-14").get("/complaints/liability/").text


def test_被投诉的单位_别的单位_打不开(room, client_as):
    p = Pages(room, client_as, confidential=False)
    p.act("1", "09-13", "draft_order", kind="materials", unit=room.office("cg").pk, due="2016-09-21", words=LETTER)
    p.act("2", "09-13", "approve_letter", errand=p.errand("materials").pk)
    number = p.errand("materials").case.number
    for who, expected in (("cg", 200), ("fzb", 200), ("zwb", 200), ("hyl", 404), ("bb", 404)):
        assert p.reader("1" if who == "fzb" else who, "09-14").get(f"/complaints/errands/{number}/").status == expected, who
    assert p.post("zwb", "09-14", f"/complaints/errands/{number}/letter/").status == 404
    assert p.reader("cg", "09-14").get(f"/complaints/{p.number}/").status in (403, 404)
    assert clock.today() == date(2016, 9, 14)


def test_单位报告的材料_双方打得开_别人打不开(room, client_as):
    p = Pages(room, client_as, confidential=False)
    p.act("1", "09-13", "draft_order", kind="materials", unit=room.office("cg").pk, due="2016-09-21", words=LETTER)
    p.act("2", "09-13", "approve_letter", errand=p.errand("materials").pk)
    one = p.errand("materials")
    p.of("cg", "09-14", one, "answer_request", words="票据见附件", materials=SimpleUploadedFile("票据.png", PNG, "image/png"))
    (passage,) = passages_of_errand(one).filter(kind="file")
    path = f"/complaints/errands/{one.case.number}/files/{passage.sealed_id}/"
    statuses = {}
    for who in ("cg", "1", "zwb", "hyl"):
        statuses[who] = p.reader(who, "09-14").client.post(path).status_code
    assert statuses == {"cg": 200, "1": 200, "zwb": 404, "hyl": 404}


@pytest.mark.parametrize("path", ["/complaints/errands/", "/complaints/liability/"])
def test_册子再长_查询次数不变(room, client_as, path):
    p = Pages(room, client_as, confidential=False)
    counts = []
    for _ in range(2):
        for _ in range(3):
            p.q.send("09-13", "materials", due=date(2016, 9, 21))
            answerable.register("obstruction", p.q.c, room.office("cg"), "扣留票据", **p.q.who("1"))
        reader = p.reader("1", "09-13")
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(path).status == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def buttons(page):
    return {link.rstrip("/").rsplit("/", 1)[1] for link in page.links if "/do/" in link}


def test_第十三条_不足两人时_页面只给出能办的_并且说明缺什么(room, client_as):
    p = Pages(room, client_as, team=())
    first = p.reader("1", "09-12").get(f"/complaints/{p.number}/")
    assert "请先指定调查人员" in first.text and "name_investigators" in buttons(first)
    assert not buttons(first) & {"hear_complainant", "draft_order", "declare_no_interest", "add_investigator"}
    p.act("1", "09-12", "name_investigators", persons=["fzb_1", "fzb_2"])
    for n in ("1", "2"):
        assert "declare_no_interest" in buttons(p.reader(n, "09-12").get(f"/complaints/{p.number}/"))
        p.act(n, "09-12", "declare_no_interest", declared="on")
    there = p.reader("1", "09-12").get(f"/complaints/{p.number}/")
    assert "不足两人" not in there.text and "declare_no_interest" not in buttons(there)
    assert buttons(there) >= {"hear_complainant", "draft_order", "draft_decision", "extend_handling"}


def test_第十三条_身份保管员和被投诉单位的人_不在可选的人里(room, client_as):
    p = Pages(room, client_as, team=())
    form = p.reader("1", "09-12").get(f"/complaints/{p.number}/do/name_investigators/").text
    assert "法制办经办3" in form
    entrust(person=p.q.people["3"], office=p.q.office, by=None)
    form = p.reader("1", "09-12").get(f"/complaints/{p.number}/do/name_investigators/").text
    assert "法制办经办2" in form and "法制办经办3" not in form


def test_第十四条_延长的按钮_期限届满以后没有(room, client_as):
    p = Pages(room, client_as)
    assert "extend_handling" in buttons(p.reader("h", "10-14").get(f"/complaints/{p.number}/"))
    assert "extend_handling" not in buttons(p.reader("h", "10-17").get(f"/complaints/{p.number}/"))


def test_第十五条_清单上先说最早到期的_第十六条_决定写的是第十六条(room, client_as):
    p = Pages(room, client_as, confidential=False)
    p.act("1", "09-13", "draft_order", kind="performance", unit=room.office("cg").pk, due="2016-09-21", words=LETTER)
    p.act("2", "09-13", "approve_letter", errand=p.errand("performance").pk)
    offered = p.reader("1", "09-22").get(f"/complaints/errands/{p.errand('performance').case.number}/").links
    assert [link.rstrip("/").rsplit("/", 1)[1] for link in offered if "/do/" in link] == ["ask_reason", "cancel_order"]
    p.of("1", "09-22", p.errand("performance"), "ask_reason")
    rows = p.reader("1", "09-23").get("/complaints/errands/").text
    assert "按要求履行" in rows and "逾期 2 个工作日" in rows and "说明逾期的理由" not in rows
    assert "逾期 2 个工作日" in p.reader("1", "09-23").get(f"/complaints/{p.number}/").text
    p.q.hear("09-23")
    p.q.decision("09-23")
    p.q.decide("09-23")
    (line,) = [e for e in timeline_of(p) if e.label == "作出调查处理决定"]
    assert line.article == "第十六条"


def timeline_of(p):
    events = list(p.q.case.events.order_by("n"))
    return timeline(events, standing_of(p.q.case, events), {})


def test_第十一条_第十六条_草稿的页面只给能审核签发的人按钮(room, client_as):
    p = Pages(room, client_as, confidential=False)
    p.q.hear()
    one, draft = p.q.draft("09-13", "materials", due=date(2016, 9, 21)), p.q.decision("09-13", by="1")
    letter, decision = f"/complaints/{p.number}/letters/{one.pk}/", f"/complaints/{p.number}/decisions/{draft.pk}/"
    shown = {who: [path in p.post(who, "09-13", page).html for page, path in ((letter, "do/approve_letter/"), (decision, "do/decide/"))] for who in ("1", "2", "h")}
    assert shown == {"1": [False, False], "2": [True, False], "h": [True, True]}
    assert "由起草人以外的另一人审核" in p.post("1", "09-13", letter).text
