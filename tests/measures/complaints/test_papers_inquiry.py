"""第十二条 to 第十四条 on paper: what was heard, 质证, 回避 with what was asked, the extension; each of its own step, none of them for others."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.measures.complaints.access import papers_of
from qingdan.measures.complaints.papers.issuing import issue
from qingdan.measures.complaints.papers.words import OF_ACT

from .paperwork import Files, deciding, hearing, investigating, made, words
from .room import IDENTITY, TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_pdf")]


def test_第十二条_听取意见笔录_写明谁说的_怎样听的_哪些人在场_签名(room):
    q = Files(room)
    q.do("09-13", "1", hearing.hear, "complainant", "六月六日交了二百元", "talk", date(2016, 9, 12))
    q.do("09-14", "1", hearing.hear, "complainant", "还有一张收条", "phone", date(2016, 9, 14))
    text = q.text("hear_complainant", "complaint_heard")
    for said in ("听取意见笔录", "还有一张收条", "电话，作记录", "2016年9月14日", "法制办经办甲、法制办经办2", "（签名）", f"{q.case.number}-听"):
        assert said in text
    assert "六月六日" not in text  # that is another step's
    q.do("09-18", "1", hearing.hear, "respondent", "按目录收取", "writing", date(2016, 9, 18))
    text = q.text("hear_respondent", "complaint_heard")
    assert "按目录收取" in text and "被投诉人" in text and not [w for w in (*IDENTITY.values(), TEXT) if w in text]


def test_第十二条_通知了没有陈述的也有记录(room):
    q = Files(room)
    q.do("09-14", "1", hearing.note_unheard, "respondent", "电话通知，没有来", date(2016, 9, 13))
    text = q.text("note_respondent_unheard", "complaint_unheard")
    assert "通知陈述意见情况记录" in text and "电话通知，没有来" in text and "2016年9月13日" in text


def test_第十二条_质证通知两份_投诉人的说明时间_单位的什么也不说(room):
    q = Files(room, confidential=False)
    q.do("09-14", "1", hearing.call_confrontation, "九月十九日九时在会议室，质证收费依据")
    papers = made(room, q.c, "fzb", "call_confrontation")
    mine, theirs = (words(room, papers[key], "fzb") for key in ("complaint_called", "complaint_called_unit"))
    assert "九月十九日九时" in mine and f"受理编号：{q.c.spelled}" in mine and papers["complaint_called"].visible
    assert "金水区城市管理局：" in theirs and "质证" in theirs and not papers["complaint_called_unit"].visible
    assert not [w for w in ("九月十九日", q.c.spelled, q.case.number, "收费") if w in theirs]
    assert q.case.number not in papers["complaint_called_unit"].number
    q.do("09-19", "1", hearing.confront, "双方到场，没有争议", date(2016, 9, 19))
    text = q.text("confront", "complaint_confronted")
    for said in ("质证笔录", "双方到场，没有争议", "金水区城市管理局", "2016年9月19日", "记录人"):
        assert said in text
    assert not [w for w in IDENTITY.values() if w in mine + text]


def test_第十三条_回避决定书_写明谁提出_什么情形_怎样决定_各人的结果(room):
    q = Files(room, team=("1", "2", "3"))
    q.do("09-13", "1", investigating.ask_recusal, q.people["3"], "other", "complainant", "是同学")
    q.do("09-14", "h", investigating.decide_recusal, [q.people["3"]], "head", "情况属实")
    event, (template,) = q.case.events.filter(act="decide_recusal").last(), OF_ACT["decide_recusal"]
    text = words(room, issue(room.fresh(q.c), event, template, **room.who("fzb")), "fzb")
    for said in ("投诉人申请，涉及调查人员法制办经办3", "其他关系", "是同学", "2016年9月13日", "经机关负责人决定如下", "情况属实", "法制办负责人h", "2016年9月14日"):
        assert said in text
    q.do("09-18", "1", investigating.ask_recusal, q.people["2"], "party", "respondent", "办过此事")
    q.do("09-19", "h", investigating.decide_recusal, [], "collective", "没有根据")
    second = q.text("decide_recusal", "complaint_recused")
    assert "是同学" not in second and "办过此事" in second and "不回避" in second and "负责人集体讨论决定" in second


def test_第十四条_延期审批表_原期限是上一次的期限(room):
    q = Files(room)
    for on, until, before in (("10-10", date(2016, 10, 20), "2016年10月14日"), ("10-11", date(2016, 11, 4), "2016年10月20日")):
        q.do(on, "h", deciding.extend_handling, until, "票据多", "延长，请谅解")
        event, (template,) = q.case.events.filter(act="extend_handling").last(), OF_ACT["extend_handling"]
        room.on(on)
        paper = issue(room.fresh(q.c), event, template, **q.who("h"))
        text = words(room, paper, "fzb")
        for said in (before, f"2016年{until.month}月{until.day}日", "票据多", "延长，请谅解", "法制办负责人h（受理机关负责人）", "2016年9月12日"):
            assert said in text, said


def test_调查的文书_别的单位看不到_投诉人只看到给他的(room):
    q = Files(room, assigned=True, confidential=False)
    q.hear()
    q.do("09-14", "1", hearing.call_confrontation, "九月十九日九时")
    for act in ("hear_complainant", "hear_respondent", "call_confrontation"):
        made(room, q.c, "fzb", act)
    c = room.fresh(q.c)
    assert {p.template for p in papers_of(c, q.office)} == {"complaint_heard", "complaint_called", "complaint_called_unit"}
    assert not papers_of(c, room.office("zwb")) and not papers_of(c, room.office("bb"))
    assert [p.template for p in papers_of(c)] == ["complaint_called"]


def test_缺少内容的不能制作_说明缺什么(room):
    q = Files(room)
    q.hear()
    event, (template,) = q.case.events.filter(act="hear_complainant").last(), OF_ACT["hear_complainant"]
    with pytest.raises(Refused, match="缺少：受理编号、案件编号、陈述人"):
        template.write({}, "金水区", date(2016, 9, 13))
    with pytest.raises(Refused, match="没有这种文书"):
        issue(room.fresh(q.c), event, OF_ACT["confront"][0], **room.who("fzb"))
