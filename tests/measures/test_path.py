"""调 第七条: the whole path of one change of one item, by the actions of the room, with the dates of the rules 2.4."""

from datetime import date

import pytest

from qingdan.kernel.ledger.acts import Refused
from qingdan.kernel.ledger.ticking import tick
from qingdan.kernel.ledger.verify import verify
from qingdan.lists.queries import in_force, version_on
from qingdan.measures.adjustment import actions
from qingdan.measures.adjustment.queries import under_change

from .room import owed, told, versions


def test_第七条_从申请到本部门更新_各环节的到期日(room, item):
    """第七条（一）至（五）: 申请 06-07, 转办 06-12, 审核 06-17, 核准 06-21, 确认 06-22, 转告 06-24, 公布 06-27, 本部门 06-27: each done on its last day."""
    case = room.apply("06-07", item)
    assert owed(case) == [("D3", "zwb", "06-12")]
    room.refer("06-12", case)
    assert owed(case) == [("D4", "fzb", "06-17")]
    room.say("06-17", "fzb", case, "agree", "同意")
    assert owed(case) == [("D7", "zwb", "06-21")]
    room.approve("06-21", case)
    assert owed(case) == [("D8", "cg", "06-22")]
    room.say("06-22", "cg", case, "confirm")
    assert owed(case) == [("D10", "zwb", "06-24"), ("D12", "cg", "06-27")]
    room.say("06-24", "zwb", case, "forward")
    assert owed(case) == [("D11", "dzzw", "06-27"), ("D12", "cg", "06-27")]
    room.publish("06-27", case)
    assert owed(case) == [("D12", "cg", "06-27")]
    room.update("06-27", case)
    assert owed(case) == [("D13", "cg", "07-11")]  # 承诺时限 is a matter of 程序
    room.say("07-11", "cg", case, "file_own", "备案")
    assert owed(case) == [] and not any(by_law for _, _, by_law in told(case))
    assert all(not o.late_on(date(2016, 8, 1)) for o in case.obligations.all())
    assert verify().fault is None


def test_第八条_审核与确认都沉默_两次视为_日期是到期日(room, item):
    """第七条（三）（四）、第八条、X1、X2: both silent; the law dates its two acts 06-17 and 06-22 though nobody looked before July."""
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    room.on("06-18", "00:10")
    assert tick() == 1 and owed(case) == [("D7", "zwb", "06-21")]
    room.approve("06-21", case)
    room.on("07-04")
    assert tick() == 1
    assert [t for t in told(case) if t[2]] == [("deemed_agreed", "06-17", True), ("deemed_unopposed", "06-22", True)]
    assert [e.person for e in case.events.all() if e.by_law] == [None, None]
    assert owed(case) == [("D10", "zwb", "06-24"), ("D12", "cg", "06-27")]
    room.say("07-04", "zwb", case, "forward")
    room.publish("07-04", case)
    assert owed(case) == [("D12", "cg", "07-05")]  # 公布 came late: one working day after it
    assert versions(item)[-1].approver == "政务办经办甲"
    assert verify().fault is None


def test_第八条_到期后未巡检前迟到的意见不改变视为同意(room, item):
    """第八条、X1: the late opinion comes before any sweep; the law was quicker, and the opinion is kept as 逾期."""
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    room.say("06-20", "fzb", case, "disagree", "不同意")
    assert told(case)[-2:] == [("deemed_agreed", "06-17", True), ("disagree", "06-20", False)]
    assert owed(case) == [("D7", "zwb", "06-21")]


def test_第七条五_公布之日起为新版_前一日仍为旧版(room, item):
    """第七条（五）、第十条（一）、X5: in force from the day of 公布; the day before, the old text; both stay readable."""
    case = room.forwarded(item, promised="3")
    assert version_on(item, date(2016, 6, 17)).content_dict["promised"] == "5"
    assert [v.number for v in versions(item)] == [1]  # nothing before 公布
    room.publish("06-20", case)
    assert version_on(item, date(2016, 6, 19)).content_dict["promised"] == "5"
    assert version_on(item, date(2016, 6, 20)).content_dict["promised"] == "3"
    new = versions(item)[-1]
    assert (new.number, new.published_on, new.effective_from, new.case) == (2, date(2016, 6, 20), date(2016, 6, 20), case)


@pytest.mark.parametrize("asked", [{"basis_effective": "2016-09-01"}, {"wished": "09-01"}])
def test_第十条一_依据施行日晚于公布日的_到那天才生效(room, item, asked):
    """第十条（一）、X5: the later of 公布 and the 施行日 of the 依据 (or the later day that was wished)."""
    case = room.forwarded(item, promised="3", **asked)
    room.publish("06-20", case)
    assert version_on(item, date(2016, 8, 31)).content_dict["promised"] == "5"
    assert version_on(item, date(2016, 9, 1)).content_dict["promised"] == "3"


def test_第七条五_新增的事项自公布之日起在清单中(room, district):
    """第七条（五）: a new item is nowhere before 公布; afterwards it is version 1 of the unit that asked for it."""
    from tests.lists.samples import complete

    case = room.forwarded(None, move="新增", **complete("权责", "410105-027-01-009-00", "新事项"))
    assert not in_force("权责", date(2016, 6, 20)).exists()
    room.publish("06-20", case)
    new = in_force("权责", date(2016, 6, 20)).get()
    assert (new.name, new.number, new.office, new.item.case) == ("新事项", 1, district.cg.office, case)
    case.request.refresh_from_db()
    assert case.request.item == new.item


def test_第七条五_取消的事项注明承接事项(room, item):
    """第七条（五）: from the day of 公布 the item is no longer in force; its last version names who takes over."""
    heir = room.put(code="410105-027-01-002-00")
    case = room.forwarded(item, move="取消", successor=heir.code)
    room.publish("06-20", case)
    last = versions(item)[-1]
    assert last.cancelled and last.successor == heir.code
    assert item.code in [v.item.code for v in in_force("权责", date(2016, 6, 19))]
    assert [v.item.code for v in in_force("权责", date(2016, 6, 20))] == [heir.code]


def test_第七条四_修改后核准的内容就是公布的内容(room, item):
    """第七条（四）、S6: what is published is what was approved, not what was asked; both stay on the case."""
    case = room.apply("06-07", item, promised="3")
    room.refer("06-12", case)
    room.say("06-13", "fzb", case, "agree_amended", "两天足够")
    room.do("06-15", "zwb", actions.approve_amended, case, case.request.asked | {"promised": "2"}, "采纳法制办意见")
    room.say("06-16", "cg", case, "confirm")
    room.say("06-17", "zwb", case, "forward")
    room.publish("06-20", case)
    assert versions(item)[-1].content_dict["promised"] == "2"
    case.request.refresh_from_db()
    assert case.request.asked["promised"] == "3"


def test_第七条四_没有修改的不能用修改后核准(room, item):
    """第七条（四）、S6: 修改后核准 with the very content that was asked for is refused."""
    case = room.apply("06-07", item, promised="3")
    room.refer("06-12", case)
    room.say("06-13", "fzb", case, "agree")
    with pytest.raises(Refused, match="完全相同.*请直接核准"):
        room.do("06-15", "zwb", actions.approve_amended, case, case.request.asked, "照办")
    assert owed(case) == [("D7", "zwb", "06-15")]


def test_第七条四_不予核准并经确认的_案件结束_清单不变(room, item):
    """第七条（四）: refused and accepted: nothing is owed any more, nothing was published, the item is free again."""
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    room.say("06-13", "fzb", case, "disagree", "依据不足")
    room.say("06-15", "zwb", case, "refuse", "依据不足")
    assert owed(case) == [("D8n", "cg", "06-16")]
    assert under_change(item) == case  # 异议 may still follow
    room.say("06-16", "cg", case, "accept_refusal")
    assert owed(case) == [] and under_change(item) is None
    assert [v.number for v in versions(item)] == [1]


def test_第八条_对不予核准逾期不确认的_视为无异议_案件结束(room, item):
    """第七条（四）、第八条: silence about a refusal ends the case, too."""
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    room.say("06-13", "fzb", case, "disagree", "依据不足")
    room.say("06-15", "zwb", case, "refuse", "依据不足")
    room.on("06-20")
    tick()
    assert told(case)[-1] == ("refusal_deemed_unopposed", "06-16", True) and owed(case) == []


@pytest.mark.parametrize(
    ("changes", "files"),
    [
        ({"phone": "0371-63520001"}, False),
        ({"duties": "受理责任"}, False),
        ({"name": "新名称"}, True),
        ({"basis": "新依据"}, True),
        ({"procedure": "受理\n决定"}, True),
        ({"promised": "3", "phone": "0371-63520001"}, True),
    ],
)
def test_第九条_涉及名称依据程序的才备案(room, item, changes, files):
    """第九条、E16: after 本部门更新 a change of 名称, 依据 or 程序 is filed within ten working days; 责任 and 电话 are not."""
    case = room.forwarded(item, **changes)
    room.publish("06-20", case)
    room.update("06-21", case)
    assert owed(case) == ([("D13", "cg", "07-05")] if files else [])


@pytest.mark.parametrize("move", ["新增", "取消"])
def test_第九条_增减一律备案(room, item, move):
    """第九条、E16: 增 and 减 are filed."""
    from tests.lists.samples import complete

    asked = complete("权责", "410105-027-01-009-00") if move == "新增" else {}
    case = room.forwarded(None if move == "新增" else item, move=move, **asked)
    room.publish("06-20", case)
    room.update("06-21", case)
    assert owed(case) == [("D13", "cg", "07-05")]


def test_第六条_缺少必填字段的不能公布_什么也没有写下(room, item):
    """第六条、第七条（五）: the refusal names the fields with their articles; no version, no event, the duty is still open."""
    case = room.forwarded(item, basis="", qualification="", promised="3")
    before = told(case)
    with pytest.raises(Refused) as refused:
        room.publish("06-20", case)
    said = str(refused.value)
    assert "缺少“法律依据”（第六条（一））" in said and "缺少“经办人执法资格”（第六条（三））" in said
    assert told(case) == before and len(versions(item)) == 1
    assert ("D11", "dzzw", "06-20") in owed(case)
    assert verify().fault is None
