"""诉 第十一条 to 第十六条: what the room refuses beyond the rows, each rule by itself."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.actions import entrust
from qingdan.kernel.offices.models import Post
from qingdan.measures.complaints import complaining, deciding, errands, hearing, investigating
from qingdan.measures.complaints.access import errands_of
from tests.measures.room import CODE
from tests.measures.room import Room as Lists

from .inquiry import Inquiry
from .room import IDENTITY, Room

pytestmark = pytest.mark.django_db
SEP_26 = date(2016, 9, 26)

# ---- 第十一条 ------------------------------------------------------------------------------------------------------


def test_第十一条_要求保密的_不移交被投诉单位_可以移交别的单位(room):
    q = Inquiry(room, confidential=True)
    with pytest.raises(Refused, match="要求保密，不得移交被投诉单位"):
        q.draft("09-13", "handover", "cg", SEP_26)
    assert q.send("09-13", "handover", "hyl", SEP_26).case_id


def test_第十一条_涉及单位领导的_不移交该单位(room):
    q = Inquiry(room, confidential=False)
    with pytest.raises(Refused, match="涉及该单位的领导"):
        q.draft("09-13", "handover", "cg", SEP_26, about_leaders=True)
    assert q.send("09-13", "handover", "hyl", SEP_26, about_leaders=True).case_id


def test_第十一条_限定时间早于办理期限三个工作日_退回重查的也一样(room):
    """D17: 受理 09-12 → 10-14, so that 10-11 is the last day."""
    q = Inquiry(room, confidential=False)
    with pytest.raises(Refused, match="3 个工作日"):
        q.draft("09-13", "handover", due=date(2016, 10, 12))
    one = q.send("09-13", "handover", due=date(2016, 10, 11))
    q.of("09-14", "cg", errands.report, one, "已查")
    with pytest.raises(Refused, match="3 个工作日"):
        q.of("09-14", "1", errands.give_back, one, "不够", date(2016, 10, 12))


@pytest.mark.parametrize("due", [None, date(2016, 9, 13)])
def test_第十一条_限定时间写明_在今天以后(room, due):
    q = Inquiry(room, confidential=False)
    with pytest.raises(Refused, match="限定日期"):
        q.draft("09-13", "handover", due=due)


@pytest.mark.parametrize("told", ["请查明欧阳若兰溪反映的情况", "请联系 138 1234 0001 核实"])
def test_第十一条_写给单位的不能有投诉人的身份(room, told):
    q = Inquiry(room, confidential=False)
    with pytest.raises(Refused, match="投诉人的身份信息"):
        q.draft("09-13", "handover", due=SEP_26, words=told)
    with pytest.raises(Refused, match="投诉人的身份信息"):
        q.decision("09-13", duties=[("cg", told, None)])


def test_第十一条_起草和审核不是同一人_审核一份不动另一份(room):
    q = Inquiry(room, confidential=False)
    first, second = q.draft("09-13", "handover", due=SEP_26), q.draft("09-13", "handover", "hyl", SEP_26)
    with pytest.raises(Refused, match="同一个人"):
        q.approve("09-13", first, by="1")
    q.approve("09-13", first, key="once")
    q.approve("09-13", first, key="once")
    with pytest.raises(Refused, match="没有这份待审核的文书"):
        q.approve("09-13", first, key="twice")
    assert q.approve("09-13", second).case_id and errands_of(q.c).exclude(case=None).count() == 2


def test_第十一条_移交的还没有报告_不能决定_收回以后可以(room):
    q = Inquiry(room, confidential=False)
    q.hear()
    one = q.send("09-13", "handover", due=SEP_26)
    q.decision("09-20")
    with pytest.raises(Refused, match="还没有报告或者采纳"):
        q.decide("09-20")
    q.of("09-27", "1", errands.end, one, "逾期不报，收回自己调查")
    q.decide("09-27")


def test_第八条_撤回以后_移交的一并结束_责令的仍须履行(room):
    q = Inquiry(room, confidential=False)
    handed, ordered = q.send("09-13", "handover", due=SEP_26), q.send("09-13", "stop", due=SEP_26)
    room.do("09-14", None, complaining.withdraw_complaint, q.c)
    assert not handed.case.obligations.filter(how="").exists() and ordered.case.obligations.filter(how="").exists()


# ---- 第十二条 ------------------------------------------------------------------------------------------------------


def test_第十二条_要求保密的_没有同意不当面质证(room):
    q = Inquiry(room, confidential=True)
    with pytest.raises(Refused, match="没有同意当面质证"):
        q.do("09-13", "1", hearing.call_confrontation, "9月20日")
    q.do("09-13", "1", hearing.call_confrontation, "9月20日；投诉人书面同意", True)


def test_第十二条_听取意见至少两名调查人员_登记人在场(room):
    q = Inquiry(room)
    for present, said in ((["1"], "不得少于两人"), (["1", "3"], "不能参加调查")):
        with pytest.raises(Refused, match=said):
            q.do("09-13", "1", hearing.hear, "complainant", "陈述", "talk", date(2016, 9, 13), [q.people[n] for n in present])
    with pytest.raises(Refused, match="不是本件的调查人员"):
        q.do("09-13", "3", hearing.hear, "complainant", "陈述", "talk", date(2016, 9, 13))


# ---- 第十三条 ------------------------------------------------------------------------------------------------------


def test_第十三条_身份保管员_被点到姓名的_自动排除(room):
    q = Inquiry(room, team=(), text="法制办经办3收了钱")
    room.on("09-12")
    entrust(person=q.people["2"], office=q.office, by=None)
    for n, said in (("2", "身份保管员"), ("3", "点到姓名")):
        with pytest.raises(Refused, match=said):
            q.name("09-12", "1", n)


def test_第十三条_在被投诉单位兼职的_自动排除(room):
    q = Inquiry(room, team=())
    room.on("09-12", "08:00")
    note("also_there", by=None, rows=[Post(person=q.people["2"], office=room.office("cg"), valid_from=date(2016, 5, 6))])
    with pytest.raises(Refused, match="在被投诉单位任职"):
        q.name("09-12", "1", "2")


def test_第十三条_清单上的承办人_自动排除(district):
    lists, room = Lists(district), Room(district)
    q = Inquiry(room, team=(), item=lists.put(handler="法制办经办2"))
    with pytest.raises(Refused, match="承办人"):
        q.name("09-12", "1", "2")
    assert CODE


def test_第十三条_离开本单位的不再算数(room):
    q = Inquiry(room)
    assert len(investigating.ready(q.c)) == 2
    room.on("09-13", "08:00")
    post = Post.objects.get(person=q.people["2"], office=q.office)
    post.valid_to = date(2016, 9, 12)
    note("leaves", by=None, rows=[post])
    with pytest.raises(Refused, match="现在能参加调查的有 1 人"):
        q.hear("09-14")


def test_第十三条_不能决定自己的回避_负责人的由集体讨论(room):
    q = Inquiry(room, team=("1", "2", "h"))
    q.do("09-13", "h", investigating.ask_recusal, q.people["h"], "interest", "self", "亲属在该单位")
    for by, basis, said in (("h", "head", "不能决定自己的回避"), ("h2", "head", "不能由负责人自己决定"), ("1", "head", "须由法制办的负责人")):
        with pytest.raises(Refused, match=said):
            q.do("09-13", by, investigating.decide_recusal, [q.people["h"]], basis, "同意")
    q.do("09-13", "h2", investigating.decide_recusal, [q.people["h"]], "collective", "集体讨论同意")


def test_第十三条_被点到姓名的_也不决定别人的回避(room):
    q = Inquiry(room, text="法制办负责人h打了招呼")
    q.do("09-13", "1", investigating.ask_recusal, q.people["2"], "other", "respondent", "与投诉人相识")
    with pytest.raises(Refused, match="点到姓名"):
        q.do("09-13", "h", investigating.decide_recusal, [], "head", "查无此事")
    q.do("09-13", "h2", investigating.decide_recusal, [], "head", "查无此事")


def test_第十三条_申请回避不停止调查_决定以前不作出处理决定(room):
    q = Inquiry(room)
    q.do("09-13", "1", investigating.ask_recusal, q.people["2"], "other", "respondent", "与投诉人相识")
    q.hear("09-13")
    q.decision("09-14")
    with pytest.raises(Refused, match="须先完成"):
        q.decide("09-14")
    q.do("09-14", "h", investigating.decide_recusal, [], "head", "查无此事")
    q.decide("09-14")


def test_第十三条_几人的回避一次决定_然后可以作出处理决定(room):
    q = Inquiry(room, team=("1", "2", "3"))
    for n in ("1", "2"):
        q.do("09-13", "1", investigating.ask_recusal, q.people[n], "other", "respondent", "与投诉人相识")
    q.hear("09-13")
    q.decision("09-14")
    q.do("09-14", "h", investigating.decide_recusal, [], "head", "查无此事")
    q.decide("09-14")


# ---- 第十五条、第十六条 --------------------------------------------------------------------------------------------


def test_第十五条_系统以外的机关_只有建议和移送(room):
    q = Inquiry(room, confidential=False)
    with pytest.raises(Refused, match="系统以外的机关"):
        q.draft("09-13", "stop", None, SEP_26, outside="某公司")
    one = q.send("09-13", "offence", None, outside="区监察局")
    assert one.owner == "区监察局" and [(o.row, o.office_code) for o in one.case.obligations.all()] == [("M56", "fzb")]


def test_第十五条_承办单位不能是本机关(room):
    q = Inquiry(room, confidential=False)
    with pytest.raises(Refused, match="承办单位是本机关"):
        q.draft("09-13", "materials", None, SEP_26)


@pytest.mark.parametrize("part", ["claims", "facts", "basis", "handling"])
def test_第十六条_决定书缺哪一部分都不行(room, part):
    q = Inquiry(room)
    with pytest.raises(Refused, match="没有写明"):
        q.decision("09-13", words={"claims": "甲", "facts": "乙", "basis": "丙", "handling": "丁", part: " "})


def test_第十六条_没有联系方式的_凭查询码告知(room):
    q = Inquiry(room, identity={})
    q.decided()
    with pytest.raises(Refused, match="没有留下联系方式"):
        q.do("09-21", "1", deciding.tell_result, "letter", "属实")
    q.do("09-21", "1", deciding.tell_result, "query", "属实")


def test_第十六条_满意度_告知以后答一次(room):
    q = Inquiry(room, identity=IDENTITY)
    q.decided()
    with pytest.raises(Refused, match="还没有告知"):
        complaining.rate(q.c, "good", key="a")
    q.do("09-21", "1", deciding.tell_result, "query", "属实")
    assert complaining.rate(q.c, "good", key="a") == complaining.rate(q.c, "good", key="a")
    with pytest.raises(Refused, match="已经答过"):
        complaining.rate(q.c, "bad", key="b")
