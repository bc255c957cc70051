"""第十一条, 第十五条, 第十六条, 第十九条 what goes to units, what units report, and 责任移送函: who makes it, what it says, who reads it, and by what press."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.vault.models import Reading
from qingdan.measures.complaints.access import papers_of, papers_of_errand, papers_of_liability
from qingdan.measures.complaints.models import SealedPaper, Unscoped
from qingdan.measures.complaints.papers import issuing_errands, issuing_liability
from qingdan.measures.complaints.papers.issuing import file_of
from qingdan.measures.complaints.papers.words import OF_ERRAND, OF_LIABILITY
from qingdan.statute.complaints import LAW_2016
from qingdan.statute.complaints_inquiry import ERRANDS

from .inquiry import LETTER
from .paperwork import Files, answerable, errands, made_of_errand, made_of_liability, words
from .room import IDENTITY, TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_pdf")]
DUE = date(2016, 9, 26)
SAYS = {
    "handover": ("cg", "关于移交有关事项调查处理的函", "第十一条", "书面报告本机关", "退回重新调查或者收回自行调查", "第十九条"),
    "assistance": ("zwzx", "协助调查通知书", "第十五条（一）", "书面答复本机关"),
    "materials": ("cg", "提供资料通知书", "第十五条（二）", "作出说明", "加盖公章"),
    "performance": ("cg", "限期履行通知书", "第十五条（三）", "履行完毕", "第十九条"),
    "stop": ("cg", "责令停止违法行为通知书", "第十五条（四）", "立即停止", "补救"),
    "liability": ("bb", "关于追究行政执法责任的意见和建议", "第十五条（五）", "函告本机关"),
    "accountability": ("bb", "关于行政问责的意见和建议", "第十五条（六）", "函告本机关"),
    "offence": ("bb", "关于移送涉嫌违法违纪问题的函", "第十五条（七）", "立案查处", "函告本机关"),
}


def test_每一种交办_措施_报告都有文书_不认得别的动作():
    opened = {e.opens for e in ERRANDS.values()}
    assert set(OF_ERRAND) == opened | {e.report for e in ERRANDS.values()} | {e.back for e in ERRANDS.values()} | {"ask_reason"} and set(OF_ERRAND) | set(OF_LIABILITY) <= LAW_2016.acts


def test_第十一条_第十五条_每一种发给单位的文书(room):
    q = Files(room, confidential=False)
    for kind, (unit, *said) in SAYS.items():
        errand = q.send("09-14", kind, unit, DUE)
        paper = made_of_errand(room, errand, "fzb", ERRANDS[kind].opens)
        text = words(room, paper, unit)
        name = room.office(unit).name
        assert [w for w in (*said, f"{name}：", LETTER, "2016年9月26日", "金水区人民政府法制办公室", "2016年9月14日") if w not in text] == [], kind
        assert paper.case == errand.case and paper.number.startswith(f"{errand.case.number}-") and not paper.visible
        assert {len(papers_of_errand(errand, room.office(code))) for code in (unit, "fzb")} == {1}
        assert not [code for code in ("zwb", "qz", "czj") if papers_of_errand(errand, room.office(code))]
    assert not papers_of(room.fresh(q.c), q.office)


def test_第十五条_系统以外的机关_文书写给该机关_没有日期的及时(room):
    q = Files(room)
    errand = q.send("09-14", "offence", None, outside="金水区监察局")
    text = q.sent(errand)
    assert "金水区监察局：" in text and "请及时将是否立案" in text
    q.of("09-18", "1", errands.report, errand, "已经立案")
    event, (template,) = errand.case.events.filter(act="report_action").get(), OF_ERRAND["report_action"]
    assert issuing_errands.makeable(errand, q.office, [event], []) == []
    with pytest.raises(Refused, match="没有这种文书"):
        issuing_errands.issue(errand, event, template, **q.who("1"))


def test_第十一条_第十六条_处理情况报告由单位自己制作_交办的机关看得到(room):
    q = Files(room, confidential=False)
    errand = q.send("09-14", "handover", "cg", DUE)
    sent = made_of_errand(room, errand, "fzb", "hand_over")
    q.of("09-19", "cg", errands.report, errand, "查明超收三笔，已经退还")
    event, (template,) = errand.case.events.filter(act="report_findings").get(), OF_ERRAND["report_findings"]
    with pytest.raises(Refused, match="不是本单位办的"):
        issuing_errands.issue(errand, event, template, **q.who("1"))
    assert [m.template for m in issuing_errands.makeable(errand, room.office("cg"), errand.case.events.all(), [])] == [template]
    paper = made_of_errand(room, errand, "cg", "report_findings")
    text = words(room, paper, "fzb")
    for said in ("金水区人民政府法制办公室：", f"《转办函》（编号：{sent.number}）", "查明超收三笔，已经退还", "金水区城市管理局", "2016年9月19日"):
        assert said in text
    q.of("09-20", "1", errands.give_back, errand, "没有写明责任人", date(2016, 9, 27))
    back = q.sent(errand, act="return_findings", read_by="cg")
    for said in ("退回重新办理通知书", "金水区城市管理局：", f"《转办函》（编号：{sent.number}）", "没有写明责任人", "于2016年9月27日前再次书面报告", "打听"):
        assert said in back
    q.of("09-21", "cg", errands.report, errand, "已经补充责任人")
    again = words(room, made_of_errand(room, errand, "cg", "report_findings"), "cg")
    assert "已经补充责任人" in again and "查明超收三笔" not in again


def test_第十九条_逾期理由询问书_不重复所写的话_和责任移送函(room):
    q = Files(room)
    q.decided(duties=[("cg", "退还超收的费用", None)])
    errand = q.execution("09-20")
    sent = made_of_errand(room, errand, "fzb", "order_execution")
    q.of("10-12", "1", answerable.ask_reason, errand, "请说明为什么没有退还")
    text = q.sent(errand, act="ask_reason", read_by="cg")
    for said in ("逾期理由询问书", f"《执行通知书》（编号：{sent.number}）", "2016年10月9日", "2016年10月19日前", "第十九条", "正当理由"):
        assert said in text
    assert "为什么没有退还" not in text
    q.of("10-13", "cg", answerable.give_reason, errand, "人手不够")
    q.of("10-14", "1", answerable.find_default, errand, "没有证明材料，不是正当理由")
    found = q.liability("10-14")
    assert issuing_liability.makeable(found, q.office, found.case.events.all(), []) == []
    room.on("10-17")
    answerable.refer(found, "金水区监察局", "金法函〔2016〕8号", "建议追究分管负责人", **q.who("2"))
    found = q.again(found, "10-17")
    assert len(issuing_liability.makeable(found, q.office, found.case.events.all(), [])) == 1
    text = words(room, made_of_liability(room, found, "fzb"), "fzb")
    parts = (
        "金水区监察局：", "金水区城市管理局存在无正当理由未按规定期限办结", "第十九条和《金水区“五单一网”制度改革责任追究暂行办法》", "没有证明材料，不是正当理由", "建议追究分管负责人",
        "金法函〔2016〕8号", f"《执行通知书》（编号：{sent.number}）", "2016年10月9日",
    )  # fmt: skip
    assert [p for p in parts if p not in text] == []
    assert len(papers_of_liability(found, q.office)) == 1 and not papers_of_liability(found, room.office("zwb")) and not papers_of_liability(found, room.office("cg"))


def test_第四条_责任移送函不写投诉人_写了的不能制作(room):
    q = Files(room)
    for words_, fine in ((f"到{IDENTITY['name']}家中威胁", False), ("到反映问题的人家中威胁", True)):
        room.on("09-14")
        one = answerable.register("obstruction", room.fresh(q.c), room.office("cg"), words_, **q.who("1"))
        answerable.refer(one, "金水区监察局", "金法函〔2016〕9号", **q.who("2"))
        one = q.again(one, "09-14")
        if fine:
            text = words(room, made_of_liability(room, one, "fzb"), "fzb")
            assert "打击报复投诉人的情形" in text and "第十八条" in text and not [w for w in (*IDENTITY.values(), TEXT, q.c.spelled, q.case.number) if w in text]
        else:
            with pytest.raises(Refused, match="含有投诉人的身份信息"):
                made_of_liability(room, one, "fzb")


def test_第四条_交办的文书封存_每次查看都有记录_绕不过去(room):
    q = Files(room)
    errand = q.send("09-14", "materials", "cg", DUE)
    paper = made_of_errand(room, errand, "fzb", "order_materials")
    file_of(paper, "docx", **room.who("cg"))
    assert Reading.objects.filter(purpose="查看文书", office=room.office("cg")).count() == 1
    with pytest.raises(Unscoped):
        list(SealedPaper.objects.filter(case=errand.case))
    draft = q.draft("09-14", "materials", "cg", DUE)
    assert not papers_of_errand(draft, room.office("cg")) and not papers_of_errand(draft, q.office)
    with pytest.raises(Refused, match="不能制作"):
        made_again(errand, room, "cg")
    key = {"key": "twice"}
    errand = q.send("09-18", "materials", "cg", DUE)
    event, (template,) = errand.case.events.get(), OF_ERRAND["order_materials"]
    first = issuing_errands.issue(errand, event, template, **room.who("fzb"), **key)
    assert issuing_errands.issue(errand, event, template, **room.who("fzb"), **key) == first
    with pytest.raises(Refused, match="已经制作"):
        issuing_errands.issue(errand, event, template, **room.who("fzb"))


def made_again(errand, room, who):
    return issuing_errands.issue(errand, errand.case.events.first(), OF_ERRAND["order_materials"][0], **room.who(who))


def test_在页面上制作和下载交办的文书(room, reader, client_as):
    q = Files(room)
    errand = q.send("09-14", "materials", "cg", DUE)
    path = f"/complaints/errands/{errand.case.number}/"
    assert "制作《提供资料通知书》" in reader("fzb").get(path).text and "制作《" not in reader("cg").get(path).text
    make, read = f"{path}papers/1/complaint_materials/make/", f"{path}papers/1/complaint_materials/docx/"
    for who in ("cg_1", "bb_1", "zwb_1"):
        assert client_as(who).post(make, {"key": "x"}).status_code == 404
    assert client_as("fzb_1").post(make, {"key": "m1"}).status_code == 302
    paper = SealedPaper.rows.get()
    for code in ("fzb", "cg"):
        assert paper.number in reader(code).get(path).text
        response = client_as(f"{code}_1").post(read)
        assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    assert paper.number not in reader("zwb").get(path).text
    for who in ("bb_1", "zwb_1"):
        assert client_as(who).post(read).status_code == 404
    for wrong in ("papers/1/complaint_materials/exe/", "papers/1/x/docx/", "papers/9/complaint_materials/docx/", "papers/9/complaint_materials/make/"):
        assert client_as("fzb_1").post(path + wrong).status_code == 404
    room.on("09-19")
    errands.report(errand, "材料在此", **room.who("cg"))
    n = errand.case.events.get(act="answer_request").n
    assert "制作《处理情况报告》" in reader("cg").get(path).text and "制作《" not in reader("fzb").get(path).text
    assert client_as("cg_1").post(f"{path}papers/{n}/complaint_report/make/", {"key": "m2"}).status_code == 302
    assert client_as("fzb_1").post(f"{path}papers/{n}/complaint_report/docx/").status_code == 200


def test_在页面上制作和下载责任移送函(room, reader, client_as):
    q = Files(room)
    room.on("09-14")
    one = answerable.register("obstruction", room.fresh(q.c), room.office("cg"), "阻拦调查", **q.who("1"))
    answerable.refer(one, "金水区监察局", "金法函〔2016〕9号", **q.who("2"))
    path = f"/complaints/liability/{one.case.number}/"
    make, read = f"{path}papers/2/complaint_referred/make/", f"{path}papers/2/complaint_referred/docx/"
    assert "制作《责任移送函》" in reader("fzb").get(path).text
    for who in ("cg_1", "zwb_1"):
        assert client_as(who).post(make, {"key": "x"}).status_code in (403, 404)
    assert client_as("fzb_1").post(make, {"key": "m1"}).status_code == 302
    assert client_as("fzb_1").post(read).status_code == 200
    for who in ("cg_1", "zwb_1"):
        assert client_as(who).post(read).status_code in (403, 404)
