"""调 第十条（四） 追责线索 (S9): the four faults by their limits; computed, decided by a person with reasons; counted per unit (O3)."""

from datetime import date

from qingdan.kernel.ledger.models import Obligation
from qingdan.measures.adjustment import actions as room_actions
from qingdan.measures.adjustment.registers.counts import counts
from qingdan.measures.adjustment.registers.faults import FAULTS, candidates, told
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
    """D1: the cause arose on 06-01, due 06-16 (端午 06-09, 06-10; make-up 06-12); applied on 06-20, two 工作日 late."""
    room.apply("06-20", room.put(), cause_day="06-01")
    assert found("06-20") == [("逾期不报", "D1", "cg", 2)]


def test_第十条四_收而不审_政务办逾期未转办(room):
    """D3: applied on 06-07, due 06-12; on 06-13 one 工作日 late, still open."""
    room.apply("06-07", room.put())
    assert found("06-12") == [] and found("06-13") == [("收而不审", "D3", "zwb", 1)]
    assert "仍未办理" in told(candidates(date(2016, 6, 13)), date(2016, 6, 13))[0].said


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


def test_O3_退回补正计入申请单位(room):
    case = room.apply("06-07", room.put())
    room.do("06-12", "zwb", room_actions.return_once, case, "缺依据文本")
    rows = {r.code: r.returned for r in counts(date(2016, 6, 1), date(2016, 6, 30), date(2016, 6, 30))}
    assert rows["cg"] == 1 and rows["zwb"] == 0
