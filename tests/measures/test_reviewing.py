"""联合会审 and 复审: the turns of 第七条（三） and（五）, through the room's actions."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.ticking import tick
from qingdan.kernel.offices.actions import appoint, create_person
from qingdan.lists.queries import current
from qingdan.measures.adjustment import reviewing
from qingdan.measures.adjustment.models import ChangeRequest

from . import stages
from .room import owed, told

pytestmark = pytest.mark.django_db


def test_第七条三_未经会审通知_主办部门的告知不能避开视为同意(room, item):
    """第七条（三）、第八条: a bare notice of the chief lead stops no clock; its silence is consent."""
    case = stages.announced(room, item)
    room.on("06-20")
    tick()
    assert ("deemed_agreed", "06-17", True) in told(case)


def test_第七条三_会审通知之后第八条不再适用(room, item):
    """第七条（三）: the notice of the joint review replaces the single reviews; nobody is deemed to have agreed."""
    case = stages.convened(room, item)
    room.on("07-20")
    assert tick() == 0
    assert [row for row, _, _ in owed(case)] == ["D6", "D6s"]


def test_第七条三_不会签的牵头部门记为未会签_意见照样成立(room, item):
    """第七条（三）: who does not sign is named, and the opinion stands: 核准 is owed two working days after it."""
    case = stages.convened(room, item)
    event = room.do("06-15", "zwb", reviewing.issue_joint_opinion, case, "会审同意")
    assert event.facts["unsigned"] == ["fzb"]
    assert owed(case) == [("D7", "zwb", "06-17")]


def test_第七条三_全部会签的没有未会签(room, item):
    """第七条（三）"""
    case = stages.convened(room, item)
    room.say("06-15", "fzb", case, "sign_joint", "同意")
    assert room.do("06-15", "zwb", reviewing.issue_joint_opinion, case, "会审同意").facts["unsigned"] == []


def test_第七条三_没有主办部门的告知不能会审(room, item):
    """第七条（三）: only the notice of the chief lead opens the way to a joint review."""
    case = stages.referred(room, item)
    with pytest.raises(Refused):
        room.do("06-13", "zwb", reviewing.convene_joint, case, "会审")


def test_第七条五_异议经复审改定内容后转告公布(room, item):
    """第七条（五）: objection, reasons, one 复审, its conclusion is published; no second confirmation."""
    case = stages.review_done(room, item)
    content = {**current(item).content_dict, "promised": "4"}
    room.do("06-22", "zwb", reviewing.conclude_review, case, content, "改为四个工作日")
    assert owed(case)[0] == ("D10", "zwb", "06-24")
    room.say("06-23", "zwb", case, "forward")
    room.publish("06-24", case)
    assert current(item).content_dict["promised"] == "4"
    assert ChangeRequest.objects.get(case=case).amended


def test_第七条五_复审期间不能公布(room, item):
    """第七条（五）: while an objection is not settled there is nothing to forward and nothing to publish."""
    case = stages.review_asked(room, item)
    for who, act in (("zwb", "forward"), ("dzzw", "publish")):
        with pytest.raises(Refused):
            room.say("06-20", who, case, act)


def test_第七条五_复审结论不调整的_本案结束_清单不变(room, item):
    """第七条（五）"""
    case = stages.review_done(room, item)
    room.say("06-22", "zwb", case, "conclude_review_refused", "维持原清单")
    assert owed(case) == [] and current(item).number == 1


def test_第七条五_出过审核意见的人不得复审_本部门另一人可以(room, item):
    """第七条（五）: the review is done by others than the first reviewers."""
    case = stages.review_asked(room, item)
    room.do("06-20", "zwb", reviewing.refer_review, case, room.offices("fzb"))
    with pytest.raises(Refused, match="原审核以外的人员"):
        room.do("06-21", "fzb", reviewing.review, case, "review_agree", "同意")
    other = create_person(username="fzb_2", name="另一人", by=None)
    appoint(person=other, office=room.d.fzb.office, by=None)
    reviewing.review(case, "review_agree", "同意", by=other, office=room.d.fzb.office)
    assert [row for row, _, _ in owed(case)] == ["S7"]


def test_第七条五_须选定复审部门(room, item):
    """第七条（五）"""
    case = stages.review_asked(room, item)
    with pytest.raises(Refused, match="没有选择复审部门"):
        room.do("06-20", "zwb", reviewing.refer_review, case, [])


def test_第七条五_逾期不提交复审意见的_政务办确认放弃后才能转告(room, item):
    """第七条（五）: waived only when 政务办 confirms it, never by itself; then 转告 within two working days."""
    case = stages.objected(room, item)
    room.on("06-21")
    assert tick() == 0
    room.say("06-21", "zwb", case, "confirm_waived")
    assert owed(case)[0] == ("D10", "zwb", "06-23")


def test_第七条五_期限未过不能确认放弃(room, item):
    """第七条（五）"""
    case = stages.objected(room, item)
    with pytest.raises(Refused, match="还没有过"):
        room.say("06-20", "zwb", case, "confirm_waived")


def test_第七条五_复审僵持的提交会商后由政务办作出结论(room, item):
    """第七条（五）"""
    case = stages.review_done(room, item)
    room.say("06-22", "zwb", case, "send_review_up", "意见不一")
    assert owed(case) == [("S7u", "zwb", "")]
    room.say("07-08", "zwb", case, "conclude_review_refused", "区政府审定：不调整")
    assert owed(case) == []
