"""第九条 备案 and 第十一条 各单位办法: what is filed, what is only logged, what is returned; 政务办 reads all, a unit its own."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel.ledger.acts import Refused
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.adjustment import publishing
from qingdan.measures.adjustment.filings import actions as filing
from qingdan.measures.adjustment.models import OwnListChange, UnitRule

from .room import owed, told
from .stages import Picture


def own(room, on="09-20", who="cg", **more):
    """One change of an internal list, registered."""
    given = {"list_title": "内部流程清单", "what": "增加一个环节", "kinds": "程序", "done_on": date(2016, 9, 12)} | more
    return room.do(on, who, filing.register_own_change, OwnListChange(**given))


def rule(room, on="09-20", who="cg", **more):
    given = {"kind": "办法", "title": "城管局清单管理办法", "number": "金城管〔2016〕8号", "adopted_on": date(2016, 9, 1)} | more
    return room.do(on, who, filing.file_rule, UnitRule(**given, file=room.copy()))


@pytest.mark.parametrize("kinds", ["增减", "名称", "依据", "程序", "其他、程序"])
def test_第九条_涉及增减名称依据程序的_自完毕日起计备案期限(kinds, room):
    """第九条、E16: ten working days from the day of completion, an outside fact shown beside the day of registration."""
    case = own(room, kinds=kinds)
    assert owed(case) == [("D13", "cg", "09-27")] and told(case) == [("own_list_adjusted", "09-20", False)]
    room.do("09-26", "cg", publishing.file_own, case, "备案", room.copy())
    assert owed(case) == [] and case.proofs.get().kind == "备案文件"
    assert verify().fault is None


def test_第九条_其他变动只登记不备案(room):
    """第九条、E16: logged, nothing owed, nothing to file."""
    case = own(room, kinds="其他")
    assert owed(case) == [] and told(case) == [("own_list_logged", "09-20", False)]
    with pytest.raises(Refused):
        room.do("09-21", "cg", publishing.file_own, case, "备案")


def test_第九条_涉及公布内容而没有调整案件的_退回(room, item):
    """第九条、E16: touches a published field: an application of the unit's own must stand behind it."""
    with pytest.raises(Refused, match="须走五个环节.*没有对应的调整案件"):
        own(room, published=True)
    founding = item.case
    with pytest.raises(Refused, match="不是本单位的调整申请"):
        own(room, published=True, linked=founding)
    case = room.apply("09-13", item, cause_day="09-12", promised="3")
    with pytest.raises(Refused, match="不是本单位的调整申请"):
        own(room, who="hyl", published=True, linked=case)
    assert own(room, published=True, linked=case).own_change.linked == case


def test_第九条_完毕日不能晚于今天(room):
    with pytest.raises(Refused, match="请把调整完毕日改为今天或者更早的一天"):
        own(room, on="09-20", done_on=date(2016, 9, 21))


def test_第九条_公布内容的调整_本部门更新后也要备案_政务办看得到(room, item, reader):
    """第九条、D13: after D12 of a change of 程序; the list of filings shows it to the office and to the unit, with its paper."""
    case = room.forwarded(item)
    room.publish("06-20", case)
    room.update("06-21", case)
    room.on("06-22")
    assert reader("cg").fill(f"/adjustment/{case.number}/file_own/", opinion="备案如附件", paper=Picture("备案.png")).status == 302
    for who, seen in (("zwb", True), ("cg", True), ("hyl", False)):
        page = reader(who).get("/adjustment/filings/")
        assert ("备案如附件" in page.text) == seen == (f"/files/{case.proofs.get(kind='备案文件').file.stored}/" in page.links)
    assert "备案如附件" not in reader("zwb").get("/adjustment/filings/", unit="hyl").text


def test_第九条_登记本单位清单的页面(room, item, reader):
    """第九条: the form opens the case, shows its facts, and its duty can be done from the case page; bad input is told, typed text stays."""
    room.on("09-20")
    person, path = reader("cg"), "/adjustment/filings/own-lists/new/"
    assert "自调整完毕日起 10 个工作日内报送备案" in person.load(path).text
    typed = {"list_title": "内部清单", "what": "合并两个环节", "kinds": ["程序"], "done_on": "2016-09-12"}
    answer = person.fill(path, **(typed | {"kinds": []}))
    assert answer.status == 422 and "请至少选择一种变动" in answer.text and answer.value("what") == "合并两个环节"
    answer = person.fill(path, **typed, linked="调2016-9999")
    assert answer.status == 422 and "没有这个编号的案件" in answer.text
    answer = person.fill(path, **typed, published="on")
    assert answer.status == 422 and "须走五个环节" in answer.text
    page = person.load(path)
    answers = [person.send(page, path, **typed) for _ in range(2)]
    assert {a.status for a in answers} == {302} and OwnListChange.objects.count() == 1
    case = OwnListChange.objects.get().case
    shown = person.get(f"/desk/cases/{case.number}/")
    assert "本单位清单的调整" in shown.text and "9月12日" in shown.text
    assert reader("cg").fill(f"/adjustment/{case.number}/file_own/", opinion="备案").status == 302
    assert owed(case) == []
    assert person.get(f"/adjustment/{case.number}/apply/").status == 404
    for who, seen in (("zwb", True), ("hyl", False)):
        assert ("合并两个环节" in reader(who).get("/adjustment/filings/own-lists/").text) == seen


def test_第十一条_各单位办法登记_政务办看全部_单位看自己的(room, reader):
    """第十一条、S44: title, number, day and paper; who may see the rule may have its file."""
    rule(room)
    rule(room, who="hyl", title="花园路街道办法")
    found = UnitRule.objects.get(title="城管局清单管理办法")
    assert (found.office.code, found.filed_on, found.file.media) == ("cg", date(2016, 9, 20), "png") and verify().fault is None
    seen = {who: reader(who).get("/adjustment/filings/rules/").text for who in ("zwb", "cg", "hyl")}
    assert ["城管局清单管理办法" in seen[who] for who in ("zwb", "cg", "hyl")] == [True, True, False]
    assert ["花园路街道办法" in seen[who] for who in ("zwb", "cg", "hyl")] == [True, False, True]
    codes = {who: reader(who).client.get(f"/files/{found.file.stored}/").status_code for who in ("zwb", "cg", "hyl", "fzb")}
    assert codes == {"zwb": 200, "cg": 200, "hyl": 404, "fzb": 404}


def test_第十一条_登记办法的页面(room, reader):
    """第十一条: by its form; without a paper or with a day to come it is refused and the words stay."""
    room.on("09-20")
    path, typed = "/adjustment/filings/rules/new/", {"kind": "机制", "title": "内部监督机制", "number": "8号", "adopted_on": "2016-09-01"}
    answer = reader("cg").fill(path, **typed)
    assert answer.status == 422 and "请选择文件" in answer.text and answer.value("title") == "内部监督机制"
    answer = reader("cg").fill(path, **(typed | {"adopted_on": "2016-09-21"}), paper=Picture())
    assert answer.status == 422 and "印发日晚于今天" in answer.text
    assert reader("cg").fill(path, **typed, paper=Picture()).status == 302
    assert UnitRule.objects.get().file.name == "照片.png"


@pytest.mark.parametrize("path", ["/adjustment/filings/", "/adjustment/filings/own-lists/", "/adjustment/filings/rules/"])
def test_列表的查询次数不随条数而变(path, room, reader):
    """One entry or four: the same number of queries."""
    person = reader("zwb")

    def more(n):
        case = own(room, list_title=f"清单{n}")
        room.do("09-20", "cg", publishing.file_own, case, "备案", room.copy())
        rule(room, title=f"办法{n}")

    def count():
        with CaptureQueriesContext(connection) as found:
            assert person.get(path).status == 200
        return len(found)

    more(0)
    few = count()
    for n in range(3):
        more(n + 1)
    assert count() == few


def test_空的列表说明怎么办(room, reader):
    room.on("09-20")
    for path in ("/adjustment/filings/", "/adjustment/filings/own-lists/", "/adjustment/filings/rules/"):
        assert "还没有" in reader("cg").get(path).text


def test_第九条_报送备案的页面写明是哪一张清单_导航标出所在的册(room, reader):
    """The page says of which list it is; of the pages beside each other, and in the rail, the one on which one is stands marked."""
    case = own(room)
    person = reader("cg")
    assert "报送备案：内部流程清单" in person.get(f"/adjustment/{case.number}/file_own/").text
    page = person.get("/adjustment/filings/own-lists/").html
    assert page.count('aria-current="page"') == 2
    assert '<a href="/adjustment/filings/own-lists/" aria-current="page">' in page and '<a href="/adjustment/registers/" aria-current="page">' in page
