"""第十六条 on paper: 决定书 for the body, its 抄报 for 政务办 where 政务办 had assigned it, 结果告知书 for the complainant, 执行通知书 for each unit."""

from datetime import date

import pytest

from qingdan.measures.complaints.access import own_of, papers_of, papers_of_errand, sealed_papers_in
from qingdan.measures.complaints.papers.issuing import file_of, makeable
from qingdan.statute.complaints_retention import DECISION_PAPERS
from tests.kernel.papers.reading import needs_fonts
from tests.measures.papers.making import squeezed

from .inquiry import WORDS
from .paperwork import Files, deciding, made, made_of_errand, text_of, words
from .room import IDENTITY, TEXT

pytestmark = pytest.mark.django_db
docx_alone = pytest.mark.usefixtures("without_pdf")
DUTIES = (("cg", "退还超收的费用", None), ("bb", "复核责任清单", date(2016, 11, 10)))


@docx_alone
def test_第十六条_决定书_编号_当事人隐名_事项_事实_依据_结论_处理_责任和日期_署名(room):
    q = Files(room)
    q.decided(duties=DUTIES, conclusion="partly")
    text = q.text("decide", "complaint_decision")
    parts = (
        f"{q.case.number}-决", f"投诉人：受理编号{q.c.spelled}（身份依法保密）", "被投诉人：金水区城市管理局", "2016年9月12日受理", *WORDS.values(), "投诉事项部分属实",
        "退还超收的费用", "2016年10月9日前", "复核责任清单", "2016年11月10日前", "第十九条", "金水区人民政府法制办公室", "2016年9月20日",
    )  # fmt: skip
    assert [p for p in parts if p not in text] == []
    assert not [w for w in (*IDENTITY.values(), TEXT) if w in text]


@docx_alone
def test_第十六条_没有责任单位的决定书也成文(room):
    q = Files(room)
    q.decided(conclusion="unclear")
    text = q.text("decide", "complaint_decision")
    assert "投诉事项无法查实" in text and "没有需要有关单位执行的事项" in text


@docx_alone
def test_第十六条_政务办批转的才有抄报_政务办只看到抄报(room):
    q = Files(room, assigned=True)
    q.decided(duties=DUTIES)
    q.do("09-21", "1", deciding.tell_result, "query", "已经责令退还")
    papers = {**made(room, q.c, "fzb", "decide_assigned"), **made(room, q.c, "fzb", "tell_result")}
    c = room.fresh(q.c)
    assert set(papers) == {"complaint_decision", "complaint_decision_copy", "complaint_result"} == {p.template for p in papers_of(c, q.office)}
    assert [p.template for p in papers_of(c, room.office("zwb"))] == ["complaint_decision_copy"]
    text = words(room, papers["complaint_decision_copy"], "zwb")
    assert "抄报：金水区政务服务改革管理办公室。" in text and "抄送" not in text and WORDS["facts"] in text
    assert "抄报" not in words(room, papers["complaint_decision"], "fzb")
    assert [p.template for p in papers_of(c)] == ["complaint_result"] and not papers_of(c, room.office("bb"))


@docx_alone
def test_第十六条_直接收到的没有抄报(room):
    q = Files(room)
    q.decided()
    found = makeable(room.fresh(q.c), q.office, q.case.events.all(), [])
    assert [m.template.key for m in found if m.event.act == "decide"] == ["complaint_decision"]


@docx_alone
def test_第十六条_结果告知书_结论_处理_依法可以走的途径_告知方式(room):
    q = Files(room)
    q.decided()
    q.do("09-21", "1", deciding.tell_result, "letter", "已经责令退还二百元")
    papers = made(room, q.c, "fzb", "tell_result")
    text = words(room, papers["complaint_result"], "fzb")
    parts = (f"投诉人（受理编号：{q.c.spelled}）", "问题属实", "已经责令退还二百元", "政务服务改革管理办公室反映", "行政复议法", "行政诉讼法", "信访", "再次投诉", "邮寄")
    assert [p for p in parts if p not in text] == [] and papers["complaint_result"].visible
    assert text_of(file_of(papers["complaint_result"], "docx", by=None, office=None)) == text
    assert not [w for w in (*IDENTITY.values(), TEXT, WORDS["facts"]) if w in text]


@docx_alone
def test_第八条_按恶意投诉结案的告知书不说结论(room):
    q = Files(room, team=("1", "h"))
    q.do("09-14", "h", deciding.propose_malicious, "票据系伪造")
    q.do("09-14", "h2", deciding.close_malicious, "票据系伪造")
    q.do("09-18", "1", deciding.tell_result, "query", "不予支持")
    text = q.text("tell_result", "complaint_result")
    assert "按恶意投诉结案" in text and "属实" not in text and "再次投诉" in text


@docx_alone
def test_第十六条_每个单位各有执行通知书_只看到自己的(room):
    q = Files(room)
    q.decided(duties=DUTIES)
    for unit, mine, other, day in (("cg", "退还超收的费用", "复核责任清单", "2016年10月9日"), ("bb", "复核责任清单", "退还超收的费用", "2016年11月10日")):
        errand = q.execution("09-20", unit)
        paper = made_of_errand(room, errand, "fzb", "order_execution")
        text = words(room, paper, unit)
        assert mine in text and other not in text and day in text and "第十六条" in text
        assert not [w for w in WORDS.values() if w in text]
        for office, n in ((unit, 1), ("fzb", 1), ("zwb", 0), ({"cg": "bb", "bb": "cg"}[unit], 0)):
            assert len(papers_of_errand(errand, room.office(office))) == n


@docx_alone
def test_到期销毁的分得清_决定书和抄报留存_单位的文书同别的文书一样(room):
    q = Files(room, assigned=True)
    q.decided(duties=DUTIES)
    kept = made(room, q.c, "fzb", "decide_assigned").values()
    errand = made_of_errand(room, q.execution("09-20"), "fzb", "order_execution")
    papers, decided = sealed_papers_in(own_of(q.office, date(2016, 9, 20)), DECISION_PAPERS)
    assert {p.docx_id for p in kept} <= decided and errand.docx_id in papers and not papers & decided


@needs_fonts
def test_抄报件的_PDF_与_DOCX_说的一样(room):
    q = Files(room, assigned=True)
    q.decided(duties=DUTIES)
    paper = made(room, q.c, "fzb", "decide_assigned")["complaint_decision_copy"]
    found = squeezed(words(room, paper, "zwb", "pdf"))
    assert "抄报：金水区政务服务改革管理办公室。" in found and squeezed(WORDS["facts"]) in found
