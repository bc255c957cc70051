"""T20: a clock that jumps is not believed; nothing is written until it is right again or two persons have confirmed it."""

from datetime import UTC, datetime, timedelta

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import closing, guard
from qingdan.kernel.ledger.acts import record
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.ticking import tick
from qingdan.kernel.ledger.verify import verify

from .worlds import all_referred, do, everything, second_clerk

pytestmark = pytest.mark.django_db
SECOND = 1_000_000
DAY = 86_400


class Machine:
    """A machine whose clock can be set while it runs, and which can be started anew."""

    def __init__(self, monkeypatch, start):
        self.wall, self.running, self.boot = datetime.fromisoformat(start).replace(tzinfo=clock.SHANGHAI), 1000.0, "first"
        monkeypatch.setattr(clock, "machine", self.read)
        monkeypatch.setattr(clock, "now", lambda: self.wall)

    def read(self):
        return clock.Machine(int(self.wall.astimezone(UTC).timestamp() * SECOND), int(self.running * SECOND), self.boot)

    def passes(self, seconds):
        self.wall += timedelta(seconds=seconds)
        self.running += seconds

    def is_set(self, **by):
        self.wall += timedelta(**by)

    def restarts(self, after=60):
        self.wall += timedelta(seconds=after)
        self.running, self.boot = 5.0, self.boot + "x"


@pytest.fixture
def machine(district, monkeypatch):
    """Two cases whose silence has effects on 06-15 and 06-17; then the machine runs from 06-14 on."""
    second = second_clerk(district.zwb, "zwb_2")
    cases = all_referred(district, 2)
    do(cases[0], district.fzb, "agree", "2016-06-13")
    do(cases[0], district.zwb, "approve", "2016-06-14")
    m = Machine(monkeypatch, "2016-06-14T09:30:00")
    m.cases, m.second = cases, second
    tick()
    return m


def lapsed():
    return [(e.act, e.on.isoformat()) for e in Event.objects.filter(act__startswith="deemed").order_by("seq")]


def test_时钟照常走动_不可疑(machine):
    machine.passes(3600)
    assert guard.doubt() == ""
    machine.is_set(seconds=4)
    assert guard.doubt() == ""


@pytest.mark.parametrize(("by", "said"), [({"days": 40}, "快了 40 天"), ({"days": -400}, "慢了 400 天"), ({"hours": 1}, "快了 1 小时"), ({"hours": -1}, "慢了 1 小时"), ({"seconds": 6}, "快了 6 秒")])  # fmt: skip
def test_运行中被拨动的时钟是可疑的(machine, by, said):
    machine.passes(60)
    machine.is_set(**by)
    assert said in guard.doubt()


def test_拨快四十天_不产生任何视为同意_任何人都不能办理(machine, district):
    machine.passes(60)
    before = everything()
    machine.is_set(days=40)
    assert tick() == 0
    with pytest.raises(Refused) as refusal:
        record(machine.cases[1], "agree", by=district.fzb.person, office=district.fzb.office)
    assert "服务器时钟可疑：时钟突然快了 40 天" in refusal.value.why
    after = everything()
    assert {t for t in after if after[t] != before[t]} == {"ledger_clockmark"}


def test_拨快后改正_自动恢复_法定日期不受影响(machine):
    machine.passes(60)
    machine.is_set(days=40)
    tick()
    machine.passes(600)
    machine.is_set(days=-40)
    assert guard.doubt() == ""
    machine.passes(4 * DAY)
    assert tick() == 2
    assert lapsed() == [("deemed_unopposed", "2016-06-15"), ("deemed_agreed", "2016-06-17")]
    times = list(Event.objects.order_by("seq").values_list("recorded_at", flat=True))
    assert times == sorted(times)
    assert verify().fault is None


def test_拨慢四百天_什么也不写_改正后日期都对(machine):
    machine.passes(4 * DAY)
    machine.is_set(days=-400)
    before = Event.objects.count()
    assert tick() == 0 and Event.objects.count() == before
    machine.is_set(days=400)
    assert tick() == 2
    assert lapsed() == [("deemed_unopposed", "2016-06-15"), ("deemed_agreed", "2016-06-17")]


def test_重新启动后时钟倒退_或者停机太久没有人看_是可疑的(machine):
    machine.restarts(after=600)
    assert guard.doubt() == ""
    tick()
    machine.restarts(after=-7200)
    assert "比停机前还早 2 小时" in guard.doubt()
    machine.restarts(after=7200 + 4 * DAY)
    assert "停机 4 天后重新启动" in guard.doubt()


def test_两人确认后恢复_同一个人不能确认两次_确认记入台账(machine, district):
    machine.restarts(after=5 * DAY)
    assert tick() == 0
    office = district.zwb.office
    assert guard.confirm(by=district.zwb.person, office=office) is False
    with pytest.raises(Refused, match="两人分别核对"):
        guard.confirm(by=district.zwb.person, office=office)
    assert guard.confirm(by=machine.second, office=office) is True
    event = Event.objects.get(act="confirm_clock")
    assert (event.person, event.facts["first"]) == (machine.second, "zwb_1")
    assert tick() == 2
    assert verify().fault is None


def test_没有可疑之处时_不需要确认(machine, district):
    with pytest.raises(Refused, match="没有可疑"):
        guard.confirm(by=district.zwb.person, office=district.zwb.office)


def test_演示的时钟由人移动_与机器时钟无关(settings, tmp_path):
    settings.CLOCK_FILE = str(tmp_path / "clock")
    before = clock.machine()
    clock.move_to(clock.now() + timedelta(days=40))
    after = clock.machine()
    assert after.wall - before.wall < 60 * SECOND


@pytest.mark.parametrize("days", [40, -400])
def test_时钟可疑时_定时登记什么也不做_也不清除文件(machine, monkeypatch, days):
    """A file that was kept a moment ago, and whose act is not yet committed, would look older than a day."""
    asked = []
    monkeypatch.setattr(closing, "ON_SWEEP", [lambda: asked.append(clock.today())])
    machine.passes(60)
    machine.is_set(days=days)
    before = Event.objects.count()
    assert (closing.sweep(), asked, Event.objects.count()) == (0, [], before)
    machine.is_set(days=-days)
    closing.sweep()
    assert asked == [machine.wall.date()]
