"""第十一条 to 第十六条 as acts of the room: who may, what is needed first, what follows."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.vault import interests
from qingdan.measures.complaints import answerable, deciding, errands, hearing, investigating
from qingdan.measures.complaints.access import errands_visible_to, liabilities_visible_to, visible_to
from qingdan.measures.complaints.investigating import ready
from qingdan.measures.complaints.models import Recusal

from .inquiry import Inquiry
from .room import IDENTITY, owed

pytestmark = pytest.mark.django_db


def rows_of(case):
    return [(o.row, o.office_code, o.due and o.due.isoformat()[5:]) for o in case.obligations.filter(how="").order_by("row")]


def test_第十三条_从受理到决定_一路走通(room):
    q = Inquiry(room, assigned=True, confidential=False)
    q.hear()
    given = q.send("09-14", "handover", due=date(2016, 9, 26))
    assert rows_of(given.case) == [("D17", "cg", "09-26")] and given.case.parent == q.case
    q.of("09-27", "cg", errands.report, given, "已经查明")
    q.of("09-28", "1", errands.accept, given)
    q.decision("09-29", duties=[("cg", "退还超收的费用", None)])
    event = q.decide("09-29")
    assert event.act == "decide_assigned" and room.fresh(q.c).conclusion == "true"
    (execution,) = errands_visible_to(room.office("cg"), date(2016, 9, 29)).filter(kind="execution")
    assert rows_of(execution.case) == [("D21", "cg", "10-18")]
    assert owed(q.c) == [("D22", "fzb", "10-09")]
    q.do("09-30", "1", deciding.tell_result, "query", "您反映的问题属实，已经责令退还。")
    assert owed(q.c) == []
    q.of("10-21", "1", answerable.ask_reason, execution)
    q.of("10-24", "cg", answerable.give_reason, execution, "人手不够")
    q.of("10-25", "1", answerable.find_default, execution, "不是正当理由")
    (found,) = liabilities_visible_to(room.office("zwb"), date(2016, 10, 25))
    assert found.office == room.office("cg") and not liabilities_visible_to(room.office("cg"), date(2016, 10, 25))
    assert not visible_to(room.office("cg"), date(2016, 10, 25))
    assert verify().fault is None


def test_第十三条_不足两人_调查的每一步都不能办理(room):
    q = Inquiry(room, team=())
    with pytest.raises(Refused, match="不得少于两人"):
        q.name("09-12", "1")
    q.name("09-12", "1", "2")
    q.do("09-12", "1", investigating.declare_no_interest)
    with pytest.raises(Refused, match="现在能参加调查的有 1 人"):
        q.do("09-13", "1", hearing.hear, "complainant", "陈述", "talk", date(2016, 9, 13))
    q.do("09-13", "2", investigating.declare_no_interest)
    q.hear()


def test_第十三条_利害关系在保密库内核对_不说是谁_自动提出回避(room):
    q = Inquiry(room, team=())
    room.on("09-12")
    interests.declare("phone", "relative", IDENTITY["phone"], by=q.people["3"], office=q.office)
    q.name("09-12", "1", "2", "3")
    (asked,) = Recusal.objects.filter(case=q.case)
    assert (asked.person, asked.asked) == (q.people["3"], "check") and ("S21", "fzb", "") in owed_all(q)
    for n in ("1", "2"):
        q.do("09-12", n, investigating.declare_no_interest)
    assert [p.username for p in ready(q.c)] == ["fzb_1", "fzb_2"]
    with pytest.raises(Refused, match="应当回避"):
        q.do("09-13", "h", investigating.decide_recusal, [], "head", "不回避")
    q.do("09-13", "h", investigating.decide_recusal, [q.people["3"]], "head", "有直接利害关系")
    with pytest.raises(Refused, match="已经回避"):
        q.do("09-14", "1", investigating.add_investigator, q.people["3"])


def owed_all(q):
    return [(o.row, o.office_code, o.due.isoformat()[5:] if o.due else "") for o in q.case.obligations.filter(how="")]


def test_第十四条_延长由负责人在期满以前批准_总共不超过十五个工作日(room):
    q = Inquiry(room)
    with pytest.raises(Refused, match="须由法制办的负责人办理"):
        q.do("10-10", "1", deciding.extend_handling, date(2016, 10, 20), "情况复杂", "延长到10月20日")
    q.do("10-10", "h", deciding.extend_handling, date(2016, 10, 20), "情况复杂", "延长到10月20日")
    with pytest.raises(Refused, match="总共不超过"):
        q.do("10-11", "h", deciding.extend_handling, date(2016, 11, 7), "情况复杂", "延长到11月7日")
    q.do("10-11", "h", deciding.extend_handling, date(2016, 11, 4), "情况复杂", "延长到11月4日")
    assert ("D18", "fzb", "11-04") in owed_all(q)
    with pytest.raises(Refused):
        q.do("11-07", "h", deciding.extend_handling, date(2016, 11, 8), "情况复杂", "延长")


def test_第十六条_起草和签发不是同一人_没有听取双方意见不能决定(room):
    q = Inquiry(room, team=("1", "h"))
    q.decision("09-14", by="h")
    with pytest.raises(Refused, match="须先完成"):
        q.decide("09-14", by="h2")
    q.hear("09-15")
    with pytest.raises(Refused, match="起草和签发不能是同一个人"):
        q.decide("09-15", by="h")
    with pytest.raises(Refused, match="负责人"):
        q.decide("09-15", by="2")
    q.decide("09-15", by="h2")


def test_第八条_恶意投诉由两人认定(room):
    q = Inquiry(room, team=("1", "h"))
    q.do("09-14", "h", deciding.propose_malicious, "票据系伪造")
    with pytest.raises(Refused, match="同一个人"):
        q.do("09-14", "h", deciding.close_malicious, "票据系伪造")
    q.do("09-14", "h2", deciding.close_malicious, "票据系伪造")
    assert room.fresh(q.c).malicious and owed(q.c) == [("D22", "fzb", "09-20")]
