"""待办 and the list of cases: by due day, with the reason of each date, in a fixed number of queries."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel.ledger.models import Case
from qingdan.measures.adjustment import actions


def queries(reader, path):
    with CaptureQueriesContext(connection) as found:
        assert reader.get(path).status == 200
    return len(found)


def test_没有待办的_说明以后从哪里来(room, reader):
    """An office that owes nothing is told so, and where things will come from."""
    room.on("06-07")
    page = reader("hyl").get("/desk/")
    assert "没有待办" in page.text and "提出调整申请" in page.text and "<table" not in page.html


def test_待办按到期日排列_逾期的计数(room, item, reader):
    """第七条（一）: three registered causes, due 06-16, 06-15 and 06-20; on 06-17 two of them are late."""
    for cause_day in ("06-01", "05-31", "06-03"):
        room.register("06-03", item, cause_day=cause_day, promised="3")
    room.on("06-17")
    page = reader("cg").get("/desk/")
    assert "共 3 项待办，其中 2 项已逾期，按到期日排列" in page.text
    days = [page.text.index(f"6月{d}日（") for d in (15, 16)] + [page.text.index("6月20日（周一）")]
    assert days == sorted(days) and page.text.count("提交调整申请") == 3
    assert "逾期 1 个工作日" in page.text and "还有 1 个工作日" in page.text


def test_每一行说明为什么是这一天_逾期会怎样(room, item, reader):
    """第七条（三）、第八条, P-C4: the row of 审核 says its article, from which day it runs and what silence means."""
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    page = reader("fzb").get("/desk/")
    assert "第七条（三），自 6月12日（周日） 起算；逾期视为同意" in page.text
    assert "6月17日（周五）" in page.text and "反馈审核意见" in page.text
    assert case.number in page.text and "城管局" in page.text


def test_目标期限过了的_不计入逾期(room, item, reader):
    """第七条（二）、S48: the five days of 补正 are our choice: past them nobody is late in law."""
    case = room.apply("06-07", item)
    room.do("06-12", "zwb", actions.return_once, case, "缺依据文本")
    room.on("06-30")
    page = reader("cg").get("/desk/")
    assert "共 1 项待办，按到期日排列" in page.text and "已逾期" not in page.text


def test_待前项完成的_不计入逾期(room, item, reader):
    """第七条（五）、D12: 本部门更新 waits for 公布 and cannot be late before it."""
    room.forwarded(item)
    room.on("07-20")
    page = reader("cg").get("/desk/")
    assert "待前项完成" in page.text and "尚不能办" in page.text and "已逾期" not in page.text
    assert "其中 1 项已逾期" in reader("dzzw").get("/desk/").text


def test_没有期限的列在最后(room, item, reader):
    """S5: 会商 has no limit in the text; it is owed all the same, after what has a day."""
    other = room.put(code="410105-027-01-002-00")
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    room.say("06-13", "fzb", case, "disagree", "依据不足")
    room.say("06-14", "zwb", case, "refer_to_meeting", "意见不一")
    room.apply("06-14", other)
    room.on("06-14")
    page = reader("zwb").get("/desk/")
    assert page.text.index("转办调整申请") < page.text.index("记录会商意见")
    assert "尽快" in page.text and "会商意见作出后重新计算核准期限" in page.text


def test_查询次数不随案件多少而变(room, item, reader):
    """One row or thirty: the same number of queries, for the unit and for 政务办, with and without a search."""
    room.register("06-03", item, promised="3")
    pages = [(reader(who), path) for who, path in (("cg", "/desk/"), ("cg", "/desk/cases/"), ("zwb", "/desk/cases/?state=open&q=变更"))]
    few = [queries(person, path) for person, path in pages]
    for _ in range(29):
        room.register("06-03", item, promised="3")
    room.on("06-06")
    assert [queries(person, path) for person, path in pages] == few and max(few) <= 15


def test_多于五十项的分页(room, item, reader):
    for _ in range(51):
        room.register("06-03", item, promised="3")
    person = reader("cg")
    for path in ("/desk/", "/desk/cases/"):
        first, second = person.get(path), person.get(path, page="2")
        assert first.html.count("<tr>") - second.html.count("<tr>") == 49
        assert person.get(path, page="9999").status == person.get(path, page="甲").status == 200


def test_案件列表_各单位只见自己有份的(room, item, reader):
    """S46: the office sees all, the unit its own, a lead what came to it; a stranger nothing."""
    theirs = room.put(code="410105-028-01-002-00", unit="hyl")
    case, other = room.apply("06-07", item), room.apply("06-07", theirs, who="hyl")
    room.refer("06-12", case)
    seen = {who: [n for n in (case.number, other.number) if n in reader(who).get("/desk/cases/").text] for who in ("zwb", "cg", "hyl", "fzb", "bb")}
    assert seen == {"zwb": [case.number, other.number], "cg": [case.number], "hyl": [other.number], "fzb": [case.number], "bb": []}


def test_案件列表_按文字和状态查找(room, item, reader):
    """By number, title or code; open and ended ones; nothing found says what to do."""
    running = room.register("06-03", item, promised="3")
    ended = room.register("06-03", item, name="另一个名称")
    room.say("06-06", "zwb", ended, "close_without_change", "无需调整")
    person = reader("cg")

    def found(**query):
        text = person.get("/desk/cases/", **query).text
        return [c.number for c in (running, ended) if c.number in text]

    assert found() == [running.number, ended.number]
    assert found(state="open") == [running.number] and found(state="ended") == [ended.number]
    assert found(q="另一个") == [ended.number] and found(q=running.number) == [running.number] and len(found(q=item.code)) == 2
    assert "没有符合条件的案件" in person.get("/desk/cases/", q="不存在的").text
    for odd in ("%", "'; drop table", "\0", "长" * 5000, "👍"):
        assert person.get("/desk/cases/", q=odd, state=odd, page=odd).status == 200


def test_登录后才有待办(client, room):
    room.on("06-07")
    assert client.get("/desk/").headers["Location"] == "/desk/login/?next=/desk/"
    assert Case.objects.count() == 0
