"""调 第十条（四） 追责线索 of the autumn of 2016: shown to whom they concern, decided by a person; the counts per unit (O3)."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Event, Obligation
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.adjustment.registers import actions
from qingdan.measures.adjustment.registers.counts import counts
from qingdan.measures.adjustment.registers.faults import candidates, decided, told
from qingdan.measures.adjustment.registers.models import FaultDecision
from tests.measures.room import day

PAGE = "/adjustment/registers/faults/"


def found(today):
    """[(fault, row, unit, days)] of every candidate."""
    today = date.fromisoformat(day(today))
    return sorted((c.fault, c.duty.row, c.duty.office_code, c.days) for c in told(candidates(today), today))


def test_第十条四_收而不审_牵头部门未作答复_虽视为同意仍为线索(autumn):
    """D4, X3: the law answered on 10-19; that nobody reviewed stays to the account of the silent body."""
    rows = told(candidates(date(2016, 10, 20)), date(2016, 10, 20))
    silent = [c for c in rows if c.duty.row == "D4"]
    assert [(c.office, c.fault, c.said) for c in silent] == [("法制办", "收而不审", "到期未作答复，依第八条视为同意")]


def test_第十条四_审而不结_政务办核准逾期(autumn):
    assert ("审而不结", "D7", "zwb", 1) in found("10-26")


def test_第十条四_由政务办认定_写明理由_记入台账(autumn, reader):
    """A person decides; the unit sees the decision and the reasons, and cannot decide itself."""
    duty = candidates(date(2016, 10, 26)).get(row="D4")
    person, where = reader("zwb"), f"{PAGE}{duty.case.number}/{duty.place}/"
    assert person.load(where).status == 200
    missing = person.fill(where, verdict="成立", reasons="")
    assert missing.status == 422 and "请填写理由" in missing.text
    assert person.fill(where, verdict="成立", reasons="经核实，未安排人员审核").status == 302
    decision = FaultDecision.objects.get()
    assert (decision.fault, decision.verdict, decision.office.code, decision.person.username) == ("收而不审", "成立", "fzb", "zwb_1")
    event = Event.objects.get(act="decide_fault")
    assert event.facts["duty"] == duty.pk and event.facts["opinion"] == "经核实，未安排人员审核" and verify().fault is None
    assert "经核实，未安排人员审核" in reader("fzb").get(PAGE).text
    assert reader("fzb").get(where).status == 403
    with pytest.raises(Refused, match="追责由政务办办理"):
        actions.decide(duty, "不成立", "无", **autumn.room.who("fzb"), seen=1)


def test_第十条四_再次认定以最后一次为准_先前的保留_未看到的说明(autumn):
    room, duty = autumn.room, candidates(date(2016, 10, 26)).get(row="D7")
    actions.decide(duty, "成立", "一", **room.who("zwb"))
    with pytest.raises(Refused, match="另一名同志已经认定"):
        actions.decide(duty, "不成立", "二", **room.who("zwb"), seen=0)
    actions.decide(duty, "不成立", "系统故障", **room.who("zwb"), seen=1)
    shown = told([duty], date(2016, 10, 26))[0]
    assert shown.verdict == "不成立" and [d.verdict for d in shown.decisions] == ["成立", "不成立"]
    assert decided(candidates(date(2016, 10, 26)), True).count() == 1
    assert duty not in decided(candidates(date(2016, 10, 26)), False)


def test_第十条四_没有逾期的不能认定(autumn):
    duty = Obligation.objects.get(case=autumn.published, row="D3")
    with pytest.raises(Refused, match="没有超过法定期限"):
        actions.decide(duty, "成立", "误", **autumn.room.who("zwb"))
    assert FaultDecision.objects.count() == 0


def test_S46_各单位只看到自己的线索(autumn, reader):
    assert autumn.silent.number in reader("fzb").get(PAGE).text
    assert "没有线索" in reader("hyl").get(PAGE).text
    assert "没有线索" in reader("zwb").get(PAGE, fault="更新不及时").text


def test_O3_各单位按期_逾期_视为_退回的件数(autumn):
    """第十条（三）, O3: October 2016. The office: 转办 twice, 核准 and 转告 once in time, one 核准 late. 法制办: one in time, one deemed."""
    rows = {r.code: (r.on_time, r.late, r.deemed, r.returned) for r in counts(date(2016, 9, 26), date(2016, 10, 25), date(2016, 10, 26))}
    assert rows == {"zwb": (4, 1, 0, 0), "fzb": (1, 0, 1, 0), "cg": (5, 0, 1, 0), "dzzw": (1, 0, 0, 0)}
    only = counts(date(2016, 9, 26), date(2016, 10, 25), date(2016, 10, 26), "fzb")
    assert [(r.name, r.duties) for r in only] == [("法制办", 2)]


def test_O3_各单位执行情况页面_起止颠倒的说明(autumn, reader):
    where = "/adjustment/registers/counts/"
    assert "法制办" in reader("zwb").get(where).text
    assert "城管局" not in reader("fzb").get(where).text.split("统计")[-1]
    assert "止日早于起日" in reader("zwb").get(where, begin="2016-10-02", end="2016-10-01").text
    assert "没有可统计的期限" in reader("hyl").get(where).text
    assert reader("zwb").get(where, begin="0001-01-01", end="0001-01-01").status == reader("zwb").get(where, end="0001-01-01").status == 200
