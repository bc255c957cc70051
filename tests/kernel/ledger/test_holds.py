"""S52, T20: a batch of deemed effects that is too large for one night waits for two persons; the legal dates stay."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import holds
from qingdan.kernel.ledger.acts import record
from qingdan.kernel.ledger.models import Event, LapseHold
from qingdan.kernel.ledger.verify import verify

from .worlds import all_referred, begin, do, second_clerk, tick_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch):
    """Three make a batch here; in the product it is more than twenty."""
    monkeypatch.setattr(holds, "FEW", 2)


@pytest.fixture
def second(district):
    return second_clerk(district.zwb, "zwb_2")


@pytest.fixture
def batch(district, few):
    return all_referred(district, 3)


def deemed():
    return sorted(e.on.isoformat() for e in Event.objects.filter(act="deemed_agreed"))


def confirmed(hold, person, office, day="2016-06-20T09:00"):
    with clock.frozen(day):
        return holds.confirm(hold, by=person, office=office)


def test_产品中的界限是二十项和在办事项的百分之五中较大的一个():
    assert (holds.FEW, holds.SHARE) == (20, 20)


def test_一次到期太多_待核对_什么也不写入(batch):
    assert tick_at("2016-06-18") == 0
    hold = LapseHold.objects.get()
    assert len(hold.ids) == 3 and "3 项" in hold.reason
    assert deemed() == []
    assert tick_at("2016-06-19") == 0 and LapseHold.objects.count() == 1
    assert verify().fault is None


def test_两个定时登记同时发现一批_只列一次待核对(batch, monkeypatch):
    """The second one waits for the lock while the first writes the hold."""
    real = holds.acting

    def waits_for_the_first(act):
        monkeypatch.setattr(holds, "acting", real)
        holds.to_write()
        return real(act)

    monkeypatch.setattr(holds, "acting", waits_for_the_first)
    assert tick_at("2016-06-18") == 0
    assert LapseHold.objects.count() == 1
    assert verify().fault is None


def test_在界限以内的照常写入(district, few):
    all_referred(district, 2)
    assert tick_at("2016-06-18") == 2


def test_在办事项多的_百分之五以内照常写入(district, few, monkeypatch):
    monkeypatch.setattr(holds, "SHARE", 1)
    all_referred(district, 3)
    assert tick_at("2016-06-18") == 3


def test_待核对的案件_任何单位办理都答复待核对(batch, district):
    tick_at("2016-06-18")
    with clock.frozen("2016-06-20T09:00"), pytest.raises(Refused, match="待核对"):
        record(batch[0], "approve", by=district.zwb.person, office=district.zwb.office)
    with clock.frozen("2016-06-20T09:00"), pytest.raises(Refused, match="待核对"):
        record(batch[0], "agree", by=district.fzb.person, office=district.fzb.office)


def test_其他案件照常办理(batch, district):
    tick_at("2016-06-18")
    other = begin(district, day="2016-06-18T10:00")
    assert do(other, district.cg, "apply", "2016-06-18T11:00")


def test_两人核对后_按法定日期写入_同一人不能核对两次(second, batch, district):
    tick_at("2016-06-18")
    hold, office = LapseHold.objects.get(), district.zwb.office
    assert confirmed(hold, district.zwb.person, office) is False
    assert tick_at("2016-06-20T10:00") == 0
    with pytest.raises(Refused, match="两人分别核对"):
        confirmed(hold, district.zwb.person, office, "2016-06-20T10:30")
    assert confirmed(hold, second, office, "2016-06-20T11:00") is True
    assert tick_at("2016-06-20T11:30") == 3
    assert deemed() == ["2016-06-17"] * 3
    assert verify().fault is None


def test_沉默三十天之后_核对放行_结果与逐日登记相同(second, batch, district):
    tick_at("2016-07-18")
    hold = LapseHold.objects.get()
    confirmed(hold, district.zwb.person, district.zwb.office, "2016-07-18T09:00")
    confirmed(hold, second, district.zwb.office, "2016-07-18T10:00")
    assert tick_at("2016-07-18T11:00") == 3
    assert deemed() == ["2016-06-17"] * 3
    assert {o.due.isoformat() for case in batch for o in case.obligations.filter(row="D7")} == {"2016-06-21"}

