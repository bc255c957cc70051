"""T20: a clock in doubt and a batch on hold are looked at by one 系统管理员 and one 安全管理员; by two of 政务办 only where there is not one of each."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import guard, holds, looking
from qingdan.kernel.ledger.acts import note, record
from qingdan.kernel.ledger.models import Case, ClockMark, Event, LapseHold
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Person
from tests.kernel.policy.walking import as_, keepers
from tests.measures.browsing import Page

from .worlds import all_referred, second_clerk, tick_at

pytestmark = pytest.mark.django_db
WATCH = "/account/watch/"


def person(name):
    return Person.objects.select_related("account").get(username=name)


def off(name):
    gone = person(name)
    gone.active = False
    note("deactivate", by=None, rows=[gone])


@pytest.fixture
def world(district, monkeypatch):
    """Three cases of which 法制办 said nothing until 06-17; the 三员 are there; it is 06-20."""
    monkeypatch.setattr(holds, "FEW", 2)
    second_clerk(district.zwb, "zwb_2")
    clock.set_fixed("2016-06-01T09:00")
    keepers()
    clock.set_fixed(None)
    all_referred(district, 3)
    tick_at("2016-06-18")
    clock.set_fixed("2016-06-20T09:00")
    return district


@pytest.fixture
def hold(world):
    return LapseHold.objects.get()


@pytest.fixture
def doubt(world, monkeypatch):
    """The clock is in doubt until two have confirmed it."""
    ClockMark.objects.create(pk=1, wall=0, running=0, boot="x", doubt="时钟突然快了 40 天")
    monkeypatch.setattr(clock, "machine", lambda: clock.Machine(40 * 86_400 * 1_000_000, 0, "x"))
    assert guard.doubt() == "时钟突然快了 40 天"


PAIRS = [("sys_1", "sec_1"), ("sec_2", "sys_1")]
NOT_TWO = [("sys_1", "sys_1", "请安全管理员登录"), ("sec_1", "sec_1", "请系统管理员登录"), ("sec_1", "sec_2", "还需要的是系统管理员")]
NOBODY = ["aud_1", "zwb_1", "cg_1"]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_系统管理员和安全管理员各一人核对后_按法定日期登记(hold, first, second):
    assert holds.confirm(hold, by=person(first), office=None) is False
    assert tick_at("2016-06-20T10:00") == 0
    clock.set_fixed("2016-06-20T11:00")
    assert holds.confirm(hold, by=person(second), office=None) is True
    assert tick_at("2016-06-20T12:00") == 3
    assert {e.on.isoformat() for e in Event.objects.filter(act="deemed_agreed")} == {"2016-06-17"} and verify().fault is None
    assert [e.person.username for e in Event.objects.filter(act="confirm_lapses")] == [first, second]


@pytest.mark.parametrize(("first", "second", "why"), NOT_TWO)
def test_同一人_或者同一员的两人_不算两员(hold, first, second, why):
    holds.confirm(hold, by=person(first), office=None)
    with pytest.raises(Refused, match=why):
        holds.confirm(hold, by=person(second), office=None)
    assert LapseHold.objects.get().released_on is None


@pytest.mark.parametrize("other", NOBODY)
def test_有三员时_别人都不能核对_政务办的两人也不能(world, hold, doubt, other):
    with pytest.raises(Refused, match="由系统管理员和安全管理员各一人核对"):
        guard.confirm(by=person(other), office=world.zwb.office)
    ClockMark.objects.update(wall=40 * 86_400 * 1_000_000)
    with pytest.raises(Refused, match="由系统管理员和安全管理员各一人核对"):
        holds.confirm(hold, by=person(other), office=world.zwb.office)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_时钟由两员核对后恢复(world, doubt, first, second):
    assert guard.confirm(by=person(first), office=None) is False and guard.doubt()
    assert guard.confirm(by=person(second), office=None) is True and not guard.doubt()
    event = Event.objects.get(act="confirm_clock")
    assert (event.person.username, event.facts["first"], event.office_code) == (second, first, "")


def test_三员不全时_仍由政务办两人核对_三员不算(world, hold):
    """One kind without an account in use: otherwise nobody could ever go on, not even to appoint another."""
    off("sys_1")
    assert not looking.by_keepers()
    with pytest.raises(Refused, match="由政务办两人分别核对"):
        holds.confirm(hold, by=person("sec_1"), office=None)
    with pytest.raises(Refused, match="由政务办两人分别核对"):
        holds.confirm(hold, by=person("cg_1"), office=world.cg.office)
    assert holds.confirm(hold, by=person("zwb_1"), office=world.zwb.office) is False
    assert holds.confirm(hold, by=person("zwb_2"), office=world.zwb.office) is True


def test_三员不全时核对过的_三员齐备后不作数(world, hold):
    off("sys_1")
    holds.confirm(hold, by=person("zwb_1"), office=world.zwb.office)
    back = person("sys_1")
    back.active = True
    note("activate", by=None, rows=[back])
    assert holds.confirm(hold, by=person("sec_1"), office=None) is False
    assert holds.confirm(hold, by=person("sys_1"), office=None) is True


def test_已核对的一员停用了_不作数(hold):
    holds.confirm(hold, by=person("sec_1"), office=None)
    off("sec_1")
    assert holds.confirm(hold, by=person("sys_1"), office=None) is False
    assert holds.confirm(hold, by=person("sec_2"), office=None) is True


def test_b8_三员的页面只有件数和日期_没有案件(hold):
    page = Page(as_("sys_1").get(WATCH))
    assert "3 项" in page.text and "6月17日" in page.text
    words = [w for case in Case.objects.all() for w in (case.number, case.title)] + ["法制办", "城管局"]
    assert not [w for w in words if w in page.html]
    assert as_("aud_1").get(WATCH).status_code == 403 and as_("zwb_1").get(WATCH).status_code == 403


def test_页面_两员先后核对_政务办只看不办(hold):
    one, other, office = as_("sys_1"), as_("sec_1"), as_("zwb_1")
    where = f"/account/watch/holds/{hold.pk}/"
    assert where in one.get(WATCH).content.decode()
    assert "还需要另一员核对" in one.post(where, follow=True).content.decode()
    assert where not in one.get(WATCH).content.decode()
    seen = office.get("/desk/calendar/").content.decode()
    assert "由系统管理员和安全管理员各一人核对后" in seen and "我已核对" not in seen
    assert "由系统管理员和安全管理员各一人核对" in office.post(f"/desk/calendar/holds/{hold.pk}/", follow=True).content.decode()
    assert "已由两人核对" in other.post(where, follow=True).content.decode() and LapseHold.objects.get().released_on
    assert one.post("/account/watch/holds/99/").status_code == 404


def test_页面_时钟(doubt):
    one, other = as_("sys_1"), as_("sec_1")
    assert "快了 40 天" in one.get(WATCH).content.decode()
    one.post("/account/watch/clock/")
    assert "时钟已由两人确认" in other.post("/account/watch/clock/", follow=True).content.decode()


def test_待核对时_办理的人得知找谁(world, hold):
    with pytest.raises(Refused, match="系统管理员和安全管理员各一人在“时钟核对”中"):
        record(Case.objects.filter(law="调").last(), "approve", by=world.zwb.person, office=world.zwb.office)
