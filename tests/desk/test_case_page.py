"""The case page: what is owed, what I may do, what has happened, the ledger; and who may not know that there is a case."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel.ledger.ticking import tick
from qingdan.measures.adjustment import actions
from qingdan.measures.adjustment.models import ChangeRequest


def path_of(case):
    return f"/desk/cases/{case.number}/"


def buttons(page, case):
    """The acts of this case to which the page leads."""
    return [link.split("/")[-2] for link in page.links if link.startswith(f"/adjustment/{quote(case.number)}/")]


def test_各部分的次序_先是应办_再是我能办_事实_过程_台账(room, item, reader):
    case = room.apply("06-07", item)
    page = reader("zwb").get(path_of(case))
    parts = [page.text.index(t) for t in ("现在应办", "我现在可以办理", "事项与情形", "调整前后对照", "办理过程", "已结束的期限", "台账记载（2 条）")]
    assert parts == sorted(parts)
    assert "政务办应于6月12日（周日）前转办调整申请" in page.tight
    assert "承诺时限" in page.text and "5 个工作日" in page.text and "3 个工作日" in page.text


def test_为什么是这一天_折起来_不把要办的事推到下面(room, item, reader):
    """P-C4 is a click away; what is to be done is on the first screen."""
    case = room.apply("06-07", item)
    html = reader("zwb").get(path_of(case)).html
    assert '<details class="why">' in html and '<details class="why" open>' not in html
    duty = case.obligations.get(row="D3")
    assert '<details class="why" open>' in reader("zwb").get(f"{path_of(case)}why/{duty.place}/").html


@pytest.mark.parametrize(
    ("who", "acts"), [("zwb", ["refer", "return_once"]), ("cg", ["withdraw"])]
)
def test_我能办的_各单位不同(who, acts, room, item, reader):
    """第七条（二）: 政务办 has 转办 and 退回; the unit may take its application back; nobody else has a button."""
    case = room.apply("06-07", item)
    assert buttons(reader(who).get(path_of(case)), case) == acts


def test_待前项完成的不给按钮_说明在等(room, item, reader):
    """第七条（五）: 本部门更新 waits for 公布: named, not a link."""
    case = room.forwarded(item)
    page = reader("cg").get(path_of(case))
    assert buttons(page, case) == [] and "待前项完成" in page.text
    room.publish("06-20", case)
    assert buttons(reader("cg").get(path_of(case)), case) == ["update_own_site"]


def test_办结的案件_说明没有未完成的事项(room, item, reader):
    case = room.register("06-03", item, promised="3")
    room.say("06-06", "zwb", case, "close_without_change", "无需调整")
    page = reader("cg").get(path_of(case))
    assert "本案没有未完成的事项" in page.text and "现在没有需要本单位办理的动作" in page.text


def test_第七条三_审核结束前_看不到其他牵头部门的意见(room, item, reader):
    """第七条（三）: each alone: another lead and the unit read neither the words nor which way they go; 政务办 and the author do."""
    case = room.apply("06-07", item)
    room.refer("06-12", case, "fzb", "bb")
    room.say("06-13", "fzb", case, "disagree", "依据不足，理由如下")
    hidden, shown = {}, {}
    for who in ("bb", "cg", "fzb", "zwb"):
        page = reader(who).get(path_of(case))
        hidden[who] = "依据不足，理由如下" not in page.html
        shown[who] = "审核不同意法制办" in page.tight
    assert hidden == {"bb": True, "cg": True, "fzb": False, "zwb": False}
    assert shown == {"bb": False, "cg": False, "fzb": True, "zwb": True}
    assert "已反馈审核意见" in reader("bb").get(path_of(case)).text
    room.say("06-14", "bb", case, "agree", "同意")
    for who in ("bb", "cg"):
        assert "依据不足，理由如下" in reader(who).get(path_of(case)).text


def test_第七条三_上一轮的意见_新一轮审核中仍可看(room, item, reader):
    """第七条（三）: what was open to read stays so when the case comes round again."""
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    room.say("06-13", "fzb", case, "disagree", "第一轮的理由")
    room.say("06-14", "cg", case, "withdraw", "重报")
    room.do("06-14", "cg", actions.apply, case, ChangeRequest.objects.get(case=case))
    room.refer("06-14", case, "fzb", "bb")
    room.say("06-15", "fzb", case, "agree", "第二轮的意见")
    page = reader("bb").get(path_of(case))
    assert "第一轮的理由" in page.text and "第二轮的意见" not in page.html


def test_第八条_视为同意署依法_迟到的意见注明不生效力(room, item, reader):
    """第八条、X1: the law's act bears no person's name; the late opinion is there, and marked."""
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    room.say("06-20", "fzb", case, "disagree", "来晚了")
    page = reader("zwb").get(path_of(case))
    assert "视为同意依法法制办第八条" in page.tight
    assert "审核不同意逾期，不生效力法制办法制办经办甲" in page.tight and "来晚了" in page.text


def test_台账列出每个事件的序号_日期_链值(room, item, reader):
    case = room.apply("06-07", item)
    page = reader("cg").get(path_of(case))
    for event in case.events.all():
        assert event.head[:16] in page.text and f"<td data-label=\"序号\">{event.n}</td>" in page.html
    assert "2016-06-07" in page.text


def test_查询次数不随事件多少而变(room, item, reader):
    """Two events or twenty-six: the same number of queries."""
    case, person = room.apply("06-07", item), reader("cg")

    def count():
        with CaptureQueriesContext(connection) as found:
            assert person.get(path_of(case)).status == 200
        return len(found)

    few = count()
    for n in range(12):
        room.on("06-07", f"1{n // 6}:{n:02d}")
        actions.say(case, "withdraw", f"第{n}次", **room.who("cg"))
        actions.apply(case, ChangeRequest.objects.get(case=case), **room.who("cg"))
    assert case.events.count() == 26 and count() == few <= 15


def test_看不到的案件和从未用过的编号_回答一字不差(room, item, reader):
    """S46: whether there is such a case is not told to whom it does not concern."""
    case = room.apply("06-07", item)
    stranger = reader("hyl")
    pages = []
    for number in (case.number, "调2016-9999"):
        for path in (f"/desk/cases/{number}/", f"/adjustment/{number}/refer/"):
            page = stranger.get(path)
            assert page.status == 404 and number not in page.html
            pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.html))
    assert len(set(pages)) == 1


@pytest.mark.parametrize("number", ["%00", "调2016-0002%00", "a" * 3000, "%F0%9F%91%8D", "..", "%2e%2e%2fdesk"])
def test_乱写的编号_是404不是500(number, room, item, reader):
    room.apply("06-07", item)
    assert reader("zwb").get(f"/desk/cases/{number}/").status == 404


def test_奠基案件没有申请_也有页面(room, item, reader):
    """第二条、Q1: the founding case of an import is a case like others, without an application."""
    page = reader("zwb").get("/desk/cases/调2016-0001/")
    assert page.status == 200 and "首次入库公布" in page.text and "事项与情形" not in page.text


def test_第八条_期限已过的_可补交逾期意见_说明不改变结果(room, item, reader):
    """第八条、X1: whose answer the law gave finds the way to file a late one; nobody else does, and nobody before the day has passed."""
    case = room.apply("06-07", item)
    room.refer("06-12", case, "fzb")
    room.on("06-17")
    assert "补交逾期意见" not in reader("fzb").get(path_of(case)).text
    room.on("06-20")
    tick()
    page = reader("fzb").get(path_of(case))
    assert buttons(page, case) == ["agree", "agree_amended", "disagree"]
    assert "只存档，注明逾期，不改变结果" in page.text
    assert "补交逾期意见" not in reader("zwb").get(path_of(case)).text
    answer = reader("fzb").fill(f"/adjustment/{case.number}/disagree/", opinion="来晚了")
    assert answer.status == 302 and case.events.last().act == "disagree"


def test_第十二条_施行前的情形_标明施行前_不计迟延(room, item, reader):
    """第十二条、D32: a cause of before 2016-05-06 is accepted and marked, on the case page and in the 台账; no lateness."""
    case = room.register("05-30", item, cause_day="04-28", promised="3")
    page = reader("cg").get(path_of(case))
    assert page.text.count("施行前") >= 2 and "不计迟延" in page.text and "不可归责" not in page.text
    book = reader("cg").get("/adjustment/registers/")
    assert "施行前" in book.text
    other = room.register("05-31", item, cause_day="05-06", promised="4")
    assert "施行前" not in reader("cg").get(path_of(other)).text
