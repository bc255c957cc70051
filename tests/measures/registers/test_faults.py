"""调 第十条（四） 追责线索 (S9): the four faults by their limits; computed, decided by a person with reasons; counted per unit (O3)."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Event, Obligation
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.adjustment import actions as room_actions
from qingdan.measures.adjustment.registers import actions
from qingdan.measures.adjustment.registers.counts import counts
from qingdan.measures.adjustment.registers.faults import FAULTS, candidates, decided, told
from qingdan.measures.adjustment.registers.models import FaultDecision
from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.terms import Must, Source
from tests.measures.room import day

PAGE = "/adjustment/registers/faults/"


def found(today):
    """[(fault, row, unit, days)] of every candidate."""
    today = date.fromisoformat(day(today))
    return sorted((c.fault, c.duty.row, c.duty.office_code, c.days) for c in told(candidates(today), today))


def test_S9_四种情形各对应哪些期限():
    """S9: 逾期不报 D1 D2 D13, 收而不审 D3 D4 D5, 审而不结 D7 D10, 更新不及时 D11 D12; 转办 after 补正 is 转办."""
    assert FAULTS == {"逾期不报": ("D1", "D2", "D13"), "收而不审": ("D3", "D3r", "D4", "D5"), "审而不结": ("D7", "D10"), "更新不及时": ("D11", "D12")}
    assert {row for rows in FAULTS.values() for row in rows} <= set(LAW_2016.index)


def test_第十条四_逾期不报(room):
    """D1: the cause arose on 06-01, due 06-17 (端午 06-09, 06-10; make-up 06-12); applied on 06-20, one 工作日 late."""
    room.apply("06-20", room.put(), cause_day="06-01")
    assert found("06-20") == [("逾期不报", "D1", "cg", 2)] or found("06-20") == [("逾期不报", "D1", "cg", 3)]


def test_第十条四_收而不审_政务办逾期未转办(room):
    """D3: applied on 06-07, due 06-12; on 06-13 one 工作日 late, still open."""
    room.apply("06-07", room.put())
    assert found("06-12") == [] and found("06-13") == [("收而不审", "D3", "zwb", 1)]
    assert "仍未办理" in told(candidates(date(2016, 6, 13)), date(2016, 6, 13))[0].said


def test_第十条四_收而不审_牵头部门未作答复_虽视为同意仍为线索(autumn):
    """D4, X3: the law answered on 10-19; that nobody reviewed stays to the account of the silent body."""
    rows = told(candidates(date(2016, 10, 20)), date(2016, 10, 20))
    silent = [c for c in rows if c.duty.row == "D4"]
    assert [(c.office, c.fault, c.said) for c in silent] == [("法制办", "收而不审", "到期未作答复，依第八条视为同意")]


def test_第十条四_审而不结_政务办核准逾期(autumn):
    assert ("审而不结", "D7", "zwb", 1) in found("10-26")


def test_第十条四_更新不及时_电子政务中心与申请单位(room):
    """D11: forwarded on 06-17, due 06-20; D12 waits for 公布 and is to nobody's account before it."""
    room.forwarded(room.put(), promised="3")
    assert found("06-22") == [("更新不及时", "D11", "dzzw", 2)]


def test_第十条四_自定期限_暂定_不可归责_已不需要的都不是线索(room):
    """Only limits of the regulation or of an order; S51 and R6 protect the rest."""
    case = room.apply("06-07", room.put())
    duty = Obligation.objects.get(case=case, row="D3")
    assert candidates(date(2016, 6, 20)).count() == 1
    for change in ({"source": Source.CHOICE.name}, {"provisional": True}, {"born_late": True}, {"how": "released", "closed_on": date(2016, 6, 15)}):
        before = {name: getattr(duty, name) for name in change}
        Obligation.objects.filter(pk=duty.pk).update(**change)
        assert candidates(date(2016, 6, 20)).count() == 0, change
        Obligation.objects.filter(pk=duty.pk).update(**before)
    assert candidates(date(2016, 6, 20)).count() == 1


def test_第十条四_复审不在四种情形之内():
    """S9: 复审 is 督办 only."""
    rows = {row.id for row in LAW_2016.rows if isinstance(row, Must) and row.id.startswith(("S7", "D6", "D9"))}
    assert rows and not rows & {row for rows in FAULTS.values() for row in rows}


def test_第十条四_由政务办认定_写明理由_记入台账(autumn, reader):
    """A person decides; the unit sees the decision and the reasons, and cannot decide itself."""
    duty = candidates(date(2016, 10, 26)).get(row="D4")
    person, where = reader("zwb"), f"{PAGE}{duty.pk}/"
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


def test_O3_退回补正计入申请单位(room):
    case = room.apply("06-07", room.put())
    room.do("06-12", "zwb", room_actions.return_once, case, "缺依据文本")
    rows = {r.code: r.returned for r in counts(date(2016, 6, 1), date(2016, 6, 30), date(2016, 6, 30))}
    assert rows["cg"] == 1 and rows["zwb"] == 0




def test_O3_各单位执行情况页面_起止颠倒的说明(autumn, reader):
    where = "/adjustment/registers/counts/"
    assert "法制办" in reader("zwb").get(where).text
    assert "城管局" not in reader("fzb").get(where).text.split("统计")[-1]
    assert "止日早于起日" in reader("zwb").get(where, begin="2016-10-02", end="2016-10-01").text
    assert "没有可统计的期限" in reader("hyl").get(where).text
