"""调 第七条（二）（三）, 第八条: the lead bodies, each alone; and the room's registry: every act of a page is an act of the law."""

import pytest

from qingdan.kernel.ledger.acts import Refused
from qingdan.kernel.ledger.ticking import tick
from qingdan.measures.adjustment import actions
from qingdan.measures.adjustment.acting import ALIASES, AMEND, DOINGS, FULL_FORMS
from qingdan.measures.adjustment.forms import LeadsForm
from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.labels import ACTS, label

from .room import owed, told


def test_第七条三_几家牵头部门各自审核_互不等待(room, item):
    """第七条（三）: three leads, each alone with its own five days; 核准 begins with the last of them."""
    case = room.apply("06-07", item)
    room.refer("06-12", case, "fzb", "bb", "czj")
    assert owed(case) == [("D4", who, "06-17") for who in ("bb", "czj", "fzb")]
    room.say("06-13", "bb", case, "agree", "同意")
    room.say("06-14", "fzb", case, "disagree", "依据不足")
    assert owed(case) == [("D4", "czj", "06-17")]
    room.on("06-18")
    tick()
    assert told(case)[-1] == ("deemed_agreed", "06-17", True)
    assert owed(case) == [("D7", "zwb", "06-21")]


def test_第七条三_不是牵头部门的不能审核_话里写明应由谁办(room, item):
    """第七条（三）: a stranger's opinion is refused with whose part it is."""
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    with pytest.raises(Refused, match="此项应由法制办办理"):
        room.say("06-13", "bb", case, "agree", "同意")


@pytest.mark.parametrize("leads", [(), ("hyl",), ("fzb", "dzzw")])
def test_第七条二_没有选牵头部门或者选了别的单位的_不能转办(room, item, leads):
    """第四条、第七条（二）: at least one body, and each of them a lead body."""
    case = room.apply("06-07", item)
    with pytest.raises(Refused, match="牵头部门"):
        room.do("06-12", "zwb", actions.refer, case, room.offices(*leads), "请审核")
    assert owed(case) == [("D3", "zwb", "06-12")]


def test_第七条二_补充转办的牵头部门另有五个工作日(room, item):
    """第七条（二）、D3+: the newcomer's days run from its own receipt; who has it already is not asked twice."""
    case = room.apply("06-07", item)
    room.refer("06-12", case)
    with pytest.raises(Refused, match="都已经收到"):
        room.do("06-13", "zwb", actions.add_lead, case, room.offices("fzb"))
    with pytest.raises(Refused, match="没有选择牵头部门"):
        room.do("06-13", "zwb", actions.add_lead, case, [])
    room.do("06-14", "zwb", actions.add_lead, case, room.offices("fzb", "bb"), "漏了编办")
    assert owed(case) == [("D4", "fzb", "06-17"), ("D4", "bb", "06-21")]


def test_第七条三_意见分歧可提交会商_会商意见后重新核准(room, item):
    """第七条（三）、S5: referred inside the two days of 核准, which then run from the opinion of the meeting."""
    case = room.apply("06-07", item)
    room.refer("06-12", case, "fzb", "bb")
    room.say("06-13", "bb", case, "agree")
    room.say("06-13", "fzb", case, "disagree", "依据不足")
    room.say("06-14", "zwb", case, "refer_to_meeting", "两家意见不一")
    assert owed(case) == [("S5", "zwb", "")]
    room.say("06-20", "zwb", case, "settle_by_meeting", "会商同意调整")
    assert owed(case) == [("D7", "zwb", "06-22")]


def test_两人同时办理_后到的一个得知是谁何时办的(room, item, district):
    """P-B8: both saw two events; the second is told who and when, and changes nothing."""
    case = room.apply("06-07", item)
    room.do("06-12", "zwb", actions.refer, case, room.offices("fzb"), seen=2)
    with pytest.raises(Refused, match=r"本案已由政务办经办甲于06月12日 09:00办理“转办”.*仍保留在下面"):
        room.do("06-12", "zwb", actions.return_once, case, "缺材料", seen=2)
    assert owed(case) == [("D4", "fzb", "06-17")]


def test_同一把钥匙再来一次_只有一个事件(room, item):
    """Idempotency: the same form sent twice is one event."""
    case = room.apply("06-07", item)
    events = {room.do("06-12", "zwb", actions.refer, case, room.offices("fzb"), key="once").pk for _ in range(3)}
    assert len(events) == 1 and len(told(case)) == 3


# ---- the registry of the room


@pytest.mark.parametrize("act", sorted({*DOINGS, *FULL_FORMS, *ALIASES, *ALIASES.values()}))
def test_页面上的每个动作都是办法中的动作_都有名称(act):
    """Every act that a page offers stands in a row of the law and has a name in the offices' words."""
    assert act in LAW_2016.acts
    assert act in ACTS and label(act) != act


@pytest.mark.parametrize("doing", [*DOINGS.values(), AMEND], ids=lambda doing: doing.act)
def test_每个动作引用的条款就是它所依据的规则的条款(doing):
    """The article on the page is that of the row on which the act rests (E16's two acts share one button)."""
    acts = {doing.act, *(a for a, b in ALIASES.items() if b == doing.act)}
    assert doing.article in {row.article for row in LAW_2016.rows if acts & set(row.acts)}
    assert doing.label and doing.consequence
    more = {"choices": [], "suggested": []} if issubclass(doing.form, LeadsForm) else {}
    form = doing.form(label=doing.label, must=doing.must, **more)
    assert form.fields["opinion"].label == doing.label and form.fields["opinion"].required == doing.must


def test_同一动作没有两个页面():
    assert not set(DOINGS) & FULL_FORMS and set(ALIASES.values()) <= set(DOINGS)
