"""第七条（一） 申请 on its two pages, 补正 and 修改后核准: what is wrong is said in Chinese, what was typed stays."""

import pytest

from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.verify import verify
from qingdan.lists.queries import version_on
from qingdan.measures.adjustment.models import ChangeRequest
from tests.lists.samples import complete

from .room import CODE, owed, told
from .stages import STAGES

CAUSE = {
    "ground": "第五条（二）", "cause": "条例修改", "cause_day": "2016-06-01", "evidence": "条例第十条", "reason": "依新条例",
    "contact": "甲 0371-63526000",
}  # fmt: skip
APPLY = "/adjustment/apply/"


@pytest.fixture
def today(room, item):
    room.on("06-07")


def address(kind="权责", move="变更", code=CODE):
    return f"{APPLY}?list_kind={kind}&move={move}&code={code}"


# ---- first page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"code": ""}, "没有填写事项编码。请到清单中查到该事项，复制它的编码"),
        ({"code": "410105-000"}, "行政权责清单中没有这个编码"),
        ({"list_kind": "审批"}, "行政审批事项清单中没有这个编码"),
        ({"code": "前\0后"}, "含有无法识别的字符"),
        ({"code": "长" * 101}, "最多 100 字"),
        ({"move": "暂停"}, "没有这个选项"),
        ({"list_kind": "甲"}, "没有这个选项"),
    ],
)
def test_第一页_编码清单动作不对_用一句中文说明(query, said, today, reader):
    """S2: no code, an unknown one, one of another list, nonsense in the address: the page again, with what to do."""
    page = reader("cg").get("/adjustment/new/", **{"list_kind": "权责", "move": "变更", "code": CODE, **query})
    assert page.status == 200 and said in page.text


def test_第一页_别的单位的事项_说明由谁提出(today, reader):
    """第四条: told whose it is, on the first page and at the address of the second."""
    stranger = reader("hyl")
    said = "它是城管局的事项。请由城管局提出申请"
    assert said in stranger.get("/adjustment/new/", list_kind="权责", move="变更", code=CODE).text
    assert stranger.get(address()).location == "/adjustment/new/"
    assert said in stranger.get("/adjustment/new/").text


def test_第一页_对的_就到第二页_已按现行清单填好(today, reader):
    """第六条: the second page holds what is in force; the code of an item cannot be typed over."""
    person = reader("cg")
    first = person.get("/adjustment/new/", list_kind="权责", move="变更", code=CODE)
    assert first.location.startswith(APPLY)
    page = person.load(first.location)
    assert (page.value("f-promised"), page.value("base")) == ("5", "1") and "f-code" in page.disabled


@pytest.mark.parametrize("path", [APPLY, address(kind="甲"), address(move="暂停"), address(move="")])
def test_第二页_地址不对_回到第一页(path, today, reader):
    assert reader("cg").get(path).location == "/adjustment/new/"
    assert reader("cg").client.post(path, CAUSE).status_code == 302 and not ChangeRequest.objects.exists()


@pytest.mark.parametrize("words", ["事项甲", "项甲", CODE])
def test_第一页_填名称中的几个字也找得到本单位的事项(words, today, room, reader):
    """S2: by its name, by words of it, by its code; what the office has is offered while one types."""
    room.put(code="410105-027-01-002-00", name="事项甲")
    room.put(code="410105-012-01-003-00", unit="hyl", name="事项甲乙")
    room.on("06-07")
    page = reader("cg").get("/adjustment/new/", list_kind="权责", move="变更", code=words)
    assert page.location.endswith("code=410105-027-01-002-00" if words != CODE else f"code={CODE}")
    offered = reader("cg").get("/adjustment/new/").html
    assert '<option value="410105-027-01-002-00">事项甲 · 行政权责清单</option>' in offered and "410105-012-01-003-00" not in offered


def test_第一页_几个事项都含这几个字_列出请再选(today, room, reader):
    """Nothing is guessed: two items with these words are named; the full name of one is enough."""
    room.put(code="410105-027-01-002-00", name="事项甲")
    room.put(code="410105-027-01-003-00", name="事项甲乙")
    room.on("06-07")
    person = reader("cg")
    page = person.get("/adjustment/new/", list_kind="权责", move="变更", code="项甲")
    assert page.status == 200 and "事项甲（410105-027-01-002-00）；事项甲乙（410105-027-01-003-00）" in page.text and page.value("code") == "项甲"
    assert person.get("/adjustment/new/", list_kind="权责", move="变更", code="事项甲").location.endswith("002-00")


def test_第一页_清单选错了_说出该选哪一张(today, reader):
    said = "它在行政权责清单中。请把清单改选为行政权责清单"
    assert said in reader("cg").get("/adjustment/new/", list_kind="审批", move="变更", code=CODE).text


# ---- second page


def test_第七条一_提交即开始计时_双击只有一件(today, reader):
    """第七条（一）: 情形 and 申请 in one go; the same page sent twice is one case."""
    person = reader("cg")
    page = person.load(address())
    answers = [person.send(page, address(), **CAUSE, f_promised="3") for _ in range(2)]
    case = Case.objects.get(request__isnull=False)
    assert {(a.status, a.location) for a in answers} == {(302, f"/desk/cases/{case.number}/")}
    assert owed(case) == [("D3", "zwb", "06-12")] and case.request.asked["promised"] == "3"
    assert "政务办应在2016年6月12日（周日）前转办调整申请（第七条（二））" in person.get(f"/desk/cases/{case.number}/").text


def test_第五条_先登记情形_以后再申请_情形日不能改(today, room, reader):
    """第五条、第七条（一）: 登记 runs D1 from the day of the cause; the page of 申请 shows the day and takes no other."""
    person = reader("cg")
    person.fill(address(), **CAUSE, f_promised="3", register="1")
    case = Case.objects.get(request__isnull=False)
    assert owed(case) == [("D1", "cg", "06-16")]
    path = f"/adjustment/{case.number}/apply/"
    page = person.load(path)
    assert "cause_day" in page.disabled and "2016-06-01" in page.html and page.value("f-promised") == "3"
    assert person.send(page, path, cause_day="2016-06-06").status == 302
    case.request.refresh_from_db()
    assert case.request.cause_day.isoformat() == "2016-06-01" and owed(case) == [("D3", "zwb", "06-12")]


BAD = [
    ({"cause_day": "2016-06-08"}, "情形发生日不能晚于今天", "cause_day"),
    ({"cause_day": "上周"}, "看不懂这个日期，请写成 2016-06-07 的样子", "cause_day"),
    ({"cause_day": "2016-13-40"}, "看不懂这个日期", "cause_day"),
    ({"cause_day": "2003-12-31"}, "情形发生日不能早于2004年1月1日", "cause_day"),
    ({"cause_day": "0001-01-01"}, "此前的放假安排没有收录，算不出期限", "cause_day"),
    ({"cause_day": ""}, "请填写情形发生日", "reason"),
    ({"evidence": ""}, "请填写证明材料", "reason"),
    ({"evidence": "  "}, "请填写证明材料", "reason"),
    ({"wished_on": "明年"}, "看不懂这个日期", "wished_on"),
    ({"ground": ""}, "请选择属于第五条的哪一种情形", "reason"),
    ({"ground": "第五条（九）"}, "没有这个选项", "reason"),
    ({"reason": "长" * 20000}, "最多 4000 字，现有 20000 字", "reason"),
    ({"cause": "前\0后"}, "不可见的控制字符", "reason"),
    ({"contact": "长" * 101}, "最多 100 字，现有 101 字", "contact"),
    ({"f_promised": "五天"}, "不是天数：“五天”", "f-promised"),
    ({"f_basis": ""}, "缺少“法律依据”（第六条（一））", "reason"),
    ({"f_basis": "长" * 20001}, "最多 20000 字，现有 20001 字", "f-basis"),
    ({"f_phone": "没有电话"}, "不像电话号码", "f-phone"),
    ({"f_basis_effective": "2016-02-30"}, "不是日期：“2016-02-30”", "f-basis_effective"),
    ({"f_posts": "前\0后"}, "不可见的控制字符", "reason"),
    ({"f_posts": "前\u202e后"}, "不可见的控制字符", "f-posts"),
    ({"f_category": "第一类"}, "没有这个选项", "reason"),
    ({"f_promised": "5"}, "没有任何字段变化（第六条）。请修改需要调整的字段后再提交", "reason"),
]


@pytest.mark.parametrize(("typed", "said", "kept"), BAD, ids=[f"{next(iter(t))}-{s[:8]}" for t, s, _ in BAD])
def test_第二页_填错一处_用一句中文说明_所填不丢_什么也没有写下(typed, said, kept, today, reader):
    """第六条、第七条（一）: 422, the sentence, everything as typed; the ledger is as it was."""
    before = Event.objects.count()
    sent = {**CAUSE, "f_promised": "3", **typed}
    answer = reader("cg").fill(address(), **sent)
    assert answer.status == 422 and said in answer.text
    assert answer.value(kept) == sent[kept.replace("f-", "f_")]
    assert answer.value("evidence") == sent["evidence"]
    assert Event.objects.count() == before and not ChangeRequest.objects.exists()


def test_第二页_两万字和表情_照收(today, reader):
    """第六条: a long field takes what a long field may hold."""
    text = "据" * 19998 + "👍🏽"
    assert reader("cg").fill(address(), **CAUSE, f_basis=text).status == 302
    assert ChangeRequest.objects.get().asked["basis"] == text


@pytest.mark.parametrize("cause_day", ["2004-01-01", "2016-05-05"])
def test_第十二条_很早以前的情形_照收_不计迟延(cause_day, today, reader):
    """第十二条、D32: before 2016-05-06 nobody was late; the pages bear any day."""
    person = reader("cg")
    answer = person.fill(address(), **(CAUSE | {"cause_day": cause_day}), f_promised="3", register="1")
    assert answer.status == 302
    case = Case.objects.get(request__isnull=False)
    assert "不可归责" in person.get(f"/desk/cases/{case.number}/").text + person.get("/desk/").text
    assert person.get("/desk/cases/").status == 200


def test_拟生效日在遥远的将来_照收(today, reader):
    person = reader("cg")
    assert person.fill(address(), **CAUSE, f_promised="3", wished_on="9999-12-31").status == 302
    assert person.get(f"/desk/cases/{Case.objects.get(request__isnull=False).number}/").status == 200


def test_第七条_事项正在调整_说明案号_所填不丢(today, room, item, reader):
    """S3: the second page names the case that is changing the item; the words stay."""
    first = room.apply("06-07", item)
    answer = reader("cg").fill(address(), **CAUSE, f_promised="2")
    assert answer.status == 422 and f"正在案件 {first.number} 中调整" in answer.text
    assert (answer.value("f-promised"), answer.value("reason")) == ("2", CAUSE["reason"])


def test_填写期间清单公布了新版_说明改了什么_核对后再提交即可(today, room, item, reader):
    """P-B8: loaded on version 1, version 2 published meanwhile: told which fields changed on which side; what only the new version
    changed stands in the form; sent again, the person has seen it."""
    person = reader("cg")
    page = person.load(address())
    other = room.forwarded(item, promised="3")
    room.publish("06-20", other)
    told_so = person.send(page, address(), **CAUSE, f_phone="0371-63520009")
    assert told_so.status == 422 and f"第 2 版已经公布（案件 {other.number}，改动的字段：承诺时限）" in told_so.text
    assert (told_so.value("base"), told_so.value("f-promised"), told_so.value("f-phone")) == ("2", "3", "0371-63520009")
    assert "已换成现行内容" in told_so.text and "只有一方改动，保留" in told_so.text
    answer = person.send(told_so, address())
    assert answer.status == 302
    request = ChangeRequest.objects.exclude(case=other).get()
    assert (request.base_number, list(request.touched())) == (2, ["phone"])


def test_填写期间事项被取消_说明原因_所填不丢(today, room, item, reader):
    """第七条（五）: the item ended while the form was open; the words are still there."""
    person = reader("cg")
    page = person.load(address())
    room.publish("06-20", room.forwarded(item, move="取消"))
    answer = person.send(page, address(), **CAUSE, f_phone="0371-63520009")
    assert answer.status == 422 and "这一事项已经取消" in answer.text and answer.value("reason") == CAUSE["reason"]


def test_已登记的情形_事项后来被取消_申请页说明原因(today, room, item, reader):
    """The page of a registered case says why nothing can be asked for, shown or sent."""
    waiting = room.register("06-02", item, promised="3")
    room.publish("06-20", room.forwarded(item, move="取消"))
    person, path = reader("cg"), f"/adjustment/{waiting.number}/apply/"
    page = person.load(path)
    assert "这一事项已经取消" in page.text
    answer = person.send(page, path, reason="还要改")
    assert answer.status == 422 and "这一事项已经取消" in answer.text and answer.value("reason") == "还要改"


@pytest.mark.parametrize("move", ["取消", "下放"])
def test_取消和下放只问情形_少填一项只说这一项(move, today, room, item, reader):
    """S2: an ending has no content to fill; one missing line is one sentence."""
    person, path = reader("cg"), address(move=move)
    answer = person.fill(path, **{**CAUSE, "reason": ""})
    assert answer.status == 422 and "请填写调整意见" in answer.text and "缺少“" not in answer.text
    assert person.send(answer, path, reason="不再行使").status == 302
    assert ChangeRequest.objects.get().move == move


@pytest.mark.parametrize("move", ["新增", "承接"])
def test_新增和承接从空表开始_编码由申请单位填写(move, today, room, reader):
    """第六条: all required fields are asked for by article; a code that was used before is refused at once."""
    person, path = reader("cg"), address(move=move, code="")
    empty = person.fill(path, **CAUSE)
    assert empty.status == 422 and empty.text.count("缺少“") >= 15 and "f-code" not in empty.disabled
    content = {f"f_{k}": v for k, v in complete("权责", CODE, "新事项").items()}
    used = person.send(empty, path, **content)
    assert used.status == 422 and "编码不得重复使用" in used.text and used.value("f-name") == "新事项"
    assert person.send(used, path, f_code="410105-027-01-009-00").status == 302
    case = ChangeRequest.objects.get().case
    assert case.title == f"{move}：新事项" and owed(case) == [("D3", "zwb", "06-12")]


# ---- 补正, 修改后核准


def test_第七条二_补正页面是上一稿_提交即新一稿(room, item, reader):
    """第七条（二）: what was asked for stands in the form; sent, it is revision 2 and 转办 runs anew."""
    case = STAGES["reapply"].ready(room, item)
    room.on("06-13")
    person, path = reader("cg"), f"/adjustment/{case.number}/reapply/"
    page = person.load(path)
    assert (page.value("f-promised"), page.value("reason")) == ("3", "依新条例")
    assert person.send(page, path, f_promised="2").status == 302
    case.request.refresh_from_db()
    assert (case.request.revision, case.request.asked["promised"], owed(case)) == (2, "2", [("D3r", "zwb", "06-15")])


def test_第七条四_修改后核准页面是申请的内容_不改就不收(room, item, reader):
    """第七条（四）、S6: the office changes what was asked for and says why; an unchanged form is sent back."""
    case = STAGES["approve_amended"].ready(room, item)
    room.on("06-15")
    person, path = reader("zwb"), f"/adjustment/{case.number}/approve_amended/"
    page = person.load(path)
    assert page.value("f-promised") == "3" and "ground" not in page.fields
    same = person.send(page, path, opinion="照办")
    assert same.status == 422 and "请直接核准" in same.text and same.value("opinion") == "照办"
    bad = person.send(same, path, f_promised="两天")
    assert bad.status == 422 and bad.value("f-promised") == "两天" and bad.value("opinion") == "照办"
    assert person.send(bad, path, f_promised="2").status == 302
    case.request.refresh_from_db()
    assert (case.request.asked["promised"], case.request.new["promised"]) == ("3", "2")


def test_第七条五_页面走到公布_清单变了(room, item, reader):
    """第七条（五）: the page of 公布 is the one that changes the list."""
    case = STAGES["publish"].ready(room, item)
    room.on("06-20")
    assert reader("dzzw").fill(f"/adjustment/{case.number}/publish/", **{**STAGES["publish"].typed, "opinion": "首页"}).status == 302
    assert version_on(item, Case.objects.get(pk=case.pk).events.last().on).content_dict["promised"] == "3"


def test_第六条_不能公布的在公布页说明缺什么_公布事项仍待办(room, item, reader):
    """第六条: an application that lacks fields (made before they were required) is refused at 公布 with their names."""
    case = room.forwarded(item, basis="", promised="3")
    room.on("06-20")
    before = told(case)
    answer = reader("dzzw").fill(f"/adjustment/{case.number}/publish/", **{**STAGES["publish"].typed, "opinion": "首页"})
    assert answer.status == 422 and "缺少“法律依据”（第六条（一））" in answer.text and answer.value("opinion") == "首页"
    assert told(case) == before and ("D11", "dzzw", "06-20") in owed(case)


def test_撤回后再申请的页面_仍是原来的内容(room, item, reader):
    """第七条、S3: withdrawn, the case is filled in again where it stood."""
    case = room.apply("06-07", item)
    room.say("06-08", "cg", case, "withdraw", "内容有误")
    person, path = reader("cg"), f"/adjustment/{case.number}/apply/"
    page = person.load(path)
    assert page.value("f-promised") == "3"
    assert person.send(page, path, f_promised="2").status == 302
    assert owed(case) == [("D3", "zwb", "06-13")]


def test_第五条_登记为变更的_申请时可以改为取消(today, room, item, reader):
    """第七条（一）: what happened is registered; how the list should change is said with the application, and the case is called so."""
    case = room.register("06-02", item)
    room.on("06-07")
    path = f"/adjustment/{case.number}/apply/"
    person = reader("cg")
    assert "现在填写的是“变更”；应当取消或者下放的" in person.load(path).tight
    page = person.load(f"{path}?move=取消")
    assert "本申请将取消这一事项" in page.text and "f-promised" not in page.fields
    answer = person.send(page, f"{path}?move=取消", reason="依据已经废止", contact="甲 0371-63526000")
    case.refresh_from_db()
    assert answer.status == 302 and (case.request.move, case.title) == ("取消", "取消：甲事项")
    assert owed(case) == [("D3", "zwb", "06-12")] and case.events.last().facts["move"] == "取消" and verify().fault is None
    assert "现在填写的是" not in person.get(f"/adjustment/{case.number}/withdraw/").text


def test_第五条_没有事项的不能改为取消_乱写的动作不理会(today, room, item, reader):
    new, known = room.register("06-02", None, move="新增", code="410105-027-01-009-00", name="新事项"), room.register("06-02", item)
    room.on("06-07")
    person = reader("cg")
    assert "现在填写的是" not in person.load(f"/adjustment/{new.number}/apply/?move=取消").text
    assert "现在填写的是“变更”" in person.load(f"/adjustment/{known.number}/apply/?move=新增").text
