"""The page of every act of 第七条: shown to and sent by whose part it is; to all others it says why not, and nothing typed is lost."""

from datetime import date

import pytest

from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Person, Post
from qingdan.measures.adjustment import actions, reviewing
from qingdan.measures.adjustment.acting import AMENDING, DOINGS, FULL_FORMS
from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.labels import label
from qingdan.statute.terms import Workdays

from .browsing import Reader
from .room import owed, told
from .stages import STAGES, WORDS


@pytest.fixture
def reader(client_as):
    return lambda code: Reader(client_as(f"{code}_1" if "_" not in code else code))


def page_of(case, act):
    return f"/adjustment/{case.number}/{act}/"


def typed_for(act, room):
    """What is typed at this stage; a body has to be ticked for 补充转办 and 交付复审, while 转办 comes with those of the list ticked."""
    more = {"leads": [room.d.bb.office.pk]} if act in ("add_lead", "refer_review") else {}
    return STAGES[act].typed | more


def test_每个动作都有一个阶段可试():
    assert set(STAGES) == {*DOINGS, *FULL_FORMS}


@pytest.mark.parametrize("act", STAGES)
def test_每个动作的页面_无关的单位没有_别的单位说明为何不能_该办的人办成(act, room, item, reader):
    """A stranger: 404. Who sees the case and may not act: 422, why, what to do, the words kept. Whose part it is: one event."""
    stage = STAGES[act]
    case = stage.ready(room, item)
    room.on(stage.day)
    path, before = page_of(case, act), told(case)
    is_not_there(reader("hyl"), path)
    is_refused(reader(stage.other), path, typed_for(act, room))
    assert told(case) == before
    is_done(reader(stage.who), path, case, act, typed_for(act, room))
    event = case.events.order_by("n").last()
    assert (event.act, event.n, event.person.username) == (stage.wrote or act, len(before) + 1, f"{stage.who}_1")
    assert event.facts["opinion"] == WORDS


def is_not_there(person, path):
    assert person.get(path).status == 404
    assert person.client.post(path, {"opinion": WORDS}).status_code == 404


def is_refused(person, path, typed):
    page = person.load(path)
    assert "现在不能办理" in page.text
    answer = person.send(page, path, **typed)
    assert answer.status == 422
    assert "现在不能“" in answer.text and "。现在应办：" in answer.text
    assert WORDS in (answer.value("reason") if "reason" in answer.fields else answer.value("opinion"))


def is_done(person, path, case, act, typed):
    page = person.load(path)
    assert label(act) in page.text and "现在不能办理" not in page.text
    answer = person.send(page, path, **typed)
    assert (answer.status, answer.location) == (302, f"/desk/cases/{case.number}/"), answer.text
    shown = person.get(f"/desk/cases/{case.number}/")
    assert "已办理。" in shown.text and WORDS in shown.text


def test_没有登录的_到登录页(client, room, item):
    case = STAGES["refer"].ready(room, item)
    answer = client.get(page_of(case, "refer"))
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/desk/login/?next=")


@pytest.mark.parametrize("path", ["/adjustment/调2016-0001/refer/", "/adjustment/调2016-0002/no_such_act/",
                                  "/adjustment/调2016-0002/update_own_site_to_file/", "/adjustment/没有/refer/", "/adjustment/%00/refer/"])  # fmt: skip
def test_奠基案件_没有的案件_没有的动作_都没有页面(path, room, item, reader):
    """The founding case of an import has no application; what does not exist is 404, never 500."""
    room.apply("06-07", item)
    assert reader("zwb").get(path).status == 404


def test_第七条五_交付复审_不替人选部门_写明谁参加过原审核(room, item, reader):
    """S7: other reviewers than the first; who they are is chosen by 政务办, and nobody by default."""
    case = STAGES["refer_review"].ready(room, item)
    room.on("06-20")
    person, path = reader("zwb"), page_of(case, "refer_review")
    page = person.load(path)
    assert "leads" not in page.fields and "参加了原审核的：法制办" in page.text
    answer = person.send(page, path)
    assert answer.status == 422 and "请至少选择一个复审部门。" in answer.text and "请至少选择一个牵头部门" not in answer.text


def test_办理之后的话_用应办事项的简称_待前项的注明(room, item, reader):
    """第七条（五）: what follows is told as 待办 tells it, not as the list of all acts that would do."""
    case = STAGES["confirm"].ready(room, item)
    room.on("06-16")
    person = reader("cg")
    person.fill(page_of(case, "confirm"))
    said = person.get(f"/desk/cases/{case.number}/").text
    assert "已办理。现在应办：政务办应在2016年6月20日（周一）前转告公布（第七条（五））" in said
    assert "城管局应在2016年6月21日（周二）前更新本部门网站和办公场所（第七条（五）），待前项完成。" in said


@pytest.mark.parametrize(("act", "words"), [
    ("reapply", "缺依据文本"), ("return_unfiled", "缺依据文本"), ("grant_extension", "细则未出台"), ("deny_extension", "细则未出台"),
    ("convene_joint", "涉及编办职责"), ("decline_joint", "涉及编办职责"), ("sign_joint", "6月15日上午会审"), ("issue_joint_opinion", "6月15日上午会审"),
    ("settle_by_meeting", "意见不一"), ("confirm_waived", "时限过短"), ("confirm_waived_refused", "依据充分"), ("approve", "依据不足"),
])  # fmt: skip
def test_办理的人_眼前有对方说过的话(act, words, room, item, reader):
    """第七条（一）至（五）: what is to be completed, why an extension is asked, what crosses: beside the form that answers it."""
    stage = STAGES[act]
    case = stage.ready(room, item)
    room.on(stage.day)
    page = reader(stage.who).load(page_of(case, act))
    assert "此前的意见" in page.text and words in page.text


def test_第七条三_决定是否会审时_看不到单独审核的意见(room, item, reader):
    """Each lead gives its own alone: while one still reviews, the page of 会审 shows the announcement and no opinion."""
    case = room.apply("06-07", item)
    room.refer("06-12", case, "fzb", "bb")
    room.say("06-13", "bb", case, "disagree", "编制不够")
    room.do("06-13", "fzb", reviewing.announce_joint, case, "涉及编办职责")
    text = reader("zwb").get(page_of(case, "convene_joint")).text
    assert "涉及编办职责" in text and "编制不够" not in text


@pytest.mark.parametrize(("day", "late"), [("06-15", False), ("06-17", True)])
def test_第七条一_撤回之前_知道申请期限还剩到哪一天(day, late, room, item, reader):
    """S3: the duty of applying revives with its old day; who withdraws after it is late at once, and reads so before."""
    case = STAGES["withdraw"].ready(room, item)
    room.refer("06-12", case)
    room.on(day)
    text = reader("cg").load(page_of(case, "withdraw")).text
    assert "申请期限仍是 6月16日（周四）" in text and ("撤回即为逾期不报" in text) == late


# ---- two at once, twice the same


@pytest.fixture
def colleague(room):
    """A second clerk in each of three offices: zwb_2, fzb_2, cg_2."""
    people = [Person(username=f"{code}_2", name=f"同事{code}", password="!") for code in ("zwb", "fzb", "cg")]
    room.on("05-06")
    note("create_people", by=None, rows=people)
    note("appoint", by=None, rows=[Post(person=p, office=getattr(room.d, p.username[:-2]).office) for p in people])


@pytest.mark.parametrize(("first", "second"), [("refer", "return_once"), ("return_once", "refer"), ("refer", "refer")])
def test_两人同时打开_后提交的得知是谁何时办的_所填还在(first, second, room, item, reader, colleague):
    """P-B8: one wins; the other's page says who, when and what, and holds the typed words."""
    case = room.apply("06-07", item)
    room.on("06-12", "10:20")
    one, two = reader("zwb"), reader("zwb_2")
    early, late = one.load(page_of(case, first)), two.load(page_of(case, second))
    assert one.send(early, page_of(case, first), opinion="先到").status == 302
    answer = two.send(late, page_of(case, second), opinion=WORDS)
    assert answer.status == 422
    assert f"本案已由政务办经办甲于06月12日 10:20办理“{label(first)}”" in answer.text
    assert answer.value("opinion") == WORDS and len(told(case)) == 3


def test_得知新情况后再次提交_仍然可办的就办成(room, item, reader, colleague):
    """The form was loaded before 撤回 and a second round; after having been told, the same words go in."""
    case = STAGES["agree"].ready(room, item)
    room.on("06-13")
    slow = reader("fzb_2")
    page = slow.load(page_of(case, "agree"))
    room.say("06-13", "cg", case, "withdraw", "重报")
    case.request.refresh_from_db()
    room.do("06-13", "cg", actions.apply, case, case.request)
    room.refer("06-13", case)
    first = slow.send(page, page_of(case, "agree"), opinion=WORDS)
    assert first.status == 422 and "重报" not in first.value("opinion")
    again = slow.send(first, page_of(case, "agree"))
    assert again.status == 302 and told(case)[-1][0] == "agree"


def test_字段填错退回的页面_不算看过新情况(room, item, reader, colleague):
    """Only a refusal tells the newest state; a page that came back for a missing field has seen what it had seen."""
    case = room.apply("06-07", item)
    room.on("06-12")
    slow = reader("zwb_2")
    page = slow.load(page_of(case, "return_once"))
    room.refer("06-12", case)
    empty = slow.send(page, page_of(case, "return_once"), opinion="")
    assert empty.status == 422 and empty.value("seen") == page.value("seen") == "2"
    assert "本案已由" in slow.send(empty, page_of(case, "return_once"), opinion=WORDS).text


def test_连点两下_只有一个事件_去向相同(room, item, reader):
    """Idempotency key: the same form sent twice is one event and the same redirect."""
    case = room.apply("06-07", item)
    room.on("06-12")
    person = reader("zwb")
    page = person.load(page_of(case, "refer"))
    answers = [person.send(page, page_of(case, "refer")) for _ in range(2)]
    assert {(a.status, a.location) for a in answers} == {(302, f"/desk/cases/{case.number}/")}
    assert [t[0] for t in told(case)] == ["cause_arose", "apply", "refer"]


def test_第八条_来晚的意见_存档并说明不改变结果(room, item, reader):
    """第八条、X1: loaded in time, sent after the day: kept as 逾期; the page says before and after that nothing changes by it."""
    case = STAGES["disagree"].ready(room, item)
    room.on("06-17")
    person, path = reader("fzb"), page_of(case, "disagree")
    page = person.load(path)
    room.on("06-20")
    answer = person.send(page, path, opinion=WORDS)
    assert answer.status == 302 and told(case)[-2:] == [("deemed_agreed", "06-17", True), ("disagree", "06-20", False)]
    after = person.get(f"/desk/cases/{case.number}/")
    assert "已存档，注明逾期" in after.text and "已办理" not in after.text
    assert "现在提交的只存档并注明逾期，不改变结果" in person.load(path).text
    assert owed(case) == [("D7", "zwb", "06-21")]


def test_第七条一_批准延期的页面_已填好申请的日期(room, item, reader):
    """第七条（一）、D2: the office sees the day that was asked for, and may name another."""
    case = STAGES["ask_extension"].ready(room, item)
    room.on("06-06")
    reader("cg").fill(page_of(case, "ask_extension"), opinion=WORDS, until="2016-07-01")
    page = reader("zwb").load(page_of(case, "grant_extension"))
    assert page.value("until") == "2016-07-01"
    reader("zwb").send(page, page_of(case, "grant_extension"))
    assert owed(case) == [("D1", "cg", "07-01")]


def test_修正后的期限_按钮和说明随之改变():
    """第七条: no page says a number that an amendment has changed; each edition tells its own."""
    amended = LAW_2016.amended(date(2027, 1, 1), {"D4": {"within": Workdays(7)}, "D5": {"within": Workdays(2)}})
    assert "5 个工作日内出具审核意见" in DOINGS["refer"].under(LAW_2016).consequence
    assert "7 个工作日内出具审核意见" in DOINGS["refer"].under(amended).consequence
    assert "2 个工作日内告知" in DOINGS["announce_joint"].under(amended).hint
    for doing in (*DOINGS.values(), *AMENDING.values()):
        told = doing.under(amended)
        assert "{" not in told.consequence + told.hint, doing.act


# ---- bad input


BAD = {
    "空": ("", "请填写不同意的理由"),
    "太长": ("长" * 20000, "最多 4000 字，现有 20000 字：请精简"),
    "空字符": ("前\0后", "不可见的控制字符"),
    "倒写符号": ("前\u202e后", "不可见的控制字符"),
}


@pytest.mark.parametrize("name", BAD)
def test_意见写得不对_用一句中文说明_所填不丢(name, room, item, reader):
    text, said = BAD[name]
    case = STAGES["disagree"].ready(room, item)
    room.on("06-13")
    answer = reader("fzb").fill(page_of(case, "disagree"), opinion=text)
    assert answer.status == 422 and said in answer.text and len(told(case)) == 3
    assert answer.value("opinion").replace("\ufffd", "\0") == text


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%ff%fe", "%C0%80"])
def test_半个字符等不成文字的内容_用一句中文说明(raw, room, item, reader):
    """A lone surrogate or bytes that are no UTF-8 arrive as the replacement character: asked for again, never stored."""
    case = STAGES["disagree"].ready(room, item)
    room.on("06-13")
    client = reader("fzb").client
    answer = client.post(page_of(case, "disagree"), f"opinion=%E5%A5%BD{raw}", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422 and "含有无法识别的字符" in answer.content.decode() and len(told(case)) == 3


@pytest.mark.parametrize("text", ["同意👍🏽，尽快办理", "𠮷野家（生僻字）", "一行\r\n二行", "<script>alert(1)</script>", "{{ 7|add:7 }}"])
def test_表情_生僻字_换行_标记_原样记下原样显示(text, room, item, reader):
    case = STAGES["disagree"].ready(room, item)
    room.on("06-13")
    person = reader("fzb")
    assert person.fill(page_of(case, "disagree"), opinion=text).status == 302
    assert case.events.last().facts["opinion"].split() == text.split()
    page = person.get(f"/desk/cases/{case.number}/")
    assert "".join(text.split()) in page.tight and "<script>alert" not in page.html


@pytest.mark.parametrize("hidden", [{"seen": "²"}, {"seen": "9" * 5000}, {"seen": "-1"}, {"seen": "x"}, {"key": "k\0k"}, {"key": "好" * 100}])
def test_改动了的隐藏字段_不出错(hidden, room, item, reader):
    """Hidden numbers and keys that no page of ours has made are as good as none."""
    case = STAGES["disagree"].ready(room, item)
    room.on("06-13")
    assert reader("fzb").fill(page_of(case, "disagree"), opinion=WORDS, **hidden).status == 302
    assert Event.objects.get(act="disagree").facts["opinion"] == WORDS


@pytest.mark.parametrize(("leads", "said"), [([], "请至少选择一个牵头部门"), (["999"], "不是牵头部门"), (["甲"], "不是牵头部门")])
def test_第七条二_没有选或者乱选牵头部门_用一句中文说明(leads, said, room, item, reader):
    """第七条（二）: the choice is mended on the page; the words stay."""
    case = room.apply("06-07", item)
    room.on("06-12")
    answer = reader("zwb").fill(page_of(case, "refer"), opinion=WORDS, leads=leads)
    assert answer.status == 422 and said in answer.text and answer.value("opinion") == WORDS
    assert owed(case) == [("D3", "zwb", "06-12")]


def test_第七条二_转办页面已勾选本清单的牵头部门_主办排第一(room, item, reader):
    """第七条（二）（三）、S4: ticked by the mapping of the list; the chief body comes first in what it is given."""
    case = room.apply("06-07", item)
    room.on("06-12")
    person = reader("zwb")
    page = person.load(page_of(case, "refer"))
    fzb, bb = room.offices("fzb", "bb")
    assert set(page.fields["leads"]) == {str(fzb.pk), str(bb.pk)}
    person.send(page, page_of(case, "refer"), chief=str(fzb.pk))
    assert case.events.last().told["gives"] == {"牵头部门": ["fzb", "bb"], "主办牵头部门": ["fzb"]}


def test_补充转办页面只列还没有收到的牵头部门(room, item, reader):
    """第七条（二）、D3+: who has it is not on the page again, and there is no chief body to choose."""
    case = STAGES["add_lead"].ready(room, item)
    room.on("06-13")
    page = reader("zwb").load(page_of(case, "add_lead"))
    boxes = page.html.count('type="checkbox"')
    assert boxes == 4 and "chief" not in page.html and "leads" not in page.fields


@pytest.mark.parametrize("until", ["昨天", "2016-02-30", "²", "9999999-01-01"])
def test_第七条一_看不懂的日期_用一句中文说明(until, room, item, reader):
    """第七条（一）: the day and the words stay as typed."""
    case = STAGES["ask_extension"].ready(room, item)
    room.on("06-06")
    answer = reader("cg").fill(page_of(case, "ask_extension"), opinion=WORDS, until=until)
    assert answer.status == 422 and "看不懂这个日期，请写成 2016-06-07 的样子" in answer.text
    assert answer.value("opinion") == WORDS and answer.value("until") == until


@pytest.mark.parametrize(("until", "said"), [("2016-07-15", "总共不超过 30 个工作日"), ("2016-06-01", "2016年6月16日"), ("0001-01-01", "2016年6月16日"),
                                             ("9999-12-31", "总共不超过 30 个工作日")])  # fmt: skip
def test_第七条一_延长到不许可的日子_说明可以到哪一天(until, said, room, item, reader):
    """第七条（一）、D2: refused with the last possible day; the typed day stays."""
    case = STAGES["grant_extension"].ready(room, item)
    room.on("06-06")
    answer = reader("zwb").fill(page_of(case, "grant_extension"), until=until)
    assert answer.status == 422 and said in answer.text and answer.value("until") == until
    assert ("D1", "cg", "06-16") in owed(case)


def test_第七条四_核准前看得到各牵头部门的意见_确认前看得到核准意见(room, item, reader):
    """Nobody decides without having before them what was said; while a lead still reviews, nothing is shown."""
    case = room.apply("06-07", item)
    room.refer("06-12", case, "fzb", "bb")
    room.say("06-13", "fzb", case, "disagree", "上位法没有这一授权")
    zwb = reader("zwb")
    assert "上位法没有这一授权" not in zwb.get(f"/adjustment/{case.number}/approve/").text
    room.say("06-13", "bb", case, "agree_amended", "职责表述宜再斟酌")
    for act in ("approve", "approve_amended", "refuse", "refer_to_meeting"):
        page = zwb.get(f"/adjustment/{case.number}/{act}/").text
        assert "此前的意见" in page and "上位法没有这一授权" in page and "职责表述宜再斟酌" in page, act
    room.approve("06-14", case)
    page = reader("cg").get(f"/adjustment/{case.number}/object/").text
    assert "同意核准" in page and "上位法没有这一授权" not in page
    assert "此前的意见" not in reader("cg").get(f"/adjustment/{case.number}/withdraw/").text
