"""The calendar is an actor: 第十条（三） a month begins, and each 政务办 owes its report, whenever the sweep notices."""

from datetime import date

import pytest

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import Refused, note, record
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.ledger.periods import key_of, open_periods
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.offices.models import Office, OfficeRole
from qingdan.statute.roles import OFFICE

from .worlds import chain_of, everything, together

pytestmark = pytest.mark.django_db


def swept(moment):
    with clock.frozen(moment):
        return open_periods()


def reports():
    """[(month, office, due day, 不可归责)] of every D14, in order."""
    found = Obligation.objects.filter(row="D14").order_by("since", "office_code")
    return [(o.since.isoformat(), o.office_code, o.due.isoformat(), o.born_late) for o in found]


def test_第十条三_每月开始_政务办即有一件月度报告_到期日为二十八日(district):
    """第十条（三）, D14: October 2016 is opened by the sweep of its first day; due on the 28th, a Friday."""
    for month in ("06", "07", "08", "09"):
        swept(f"2016-{month}-01T00:00:30")
    assert swept("2016-10-01T00:00:30") == 1
    assert reports()[-1] == ("2016-10-01", "zwb", "2016-10-28", False)
    event = Event.objects.get(key="period:调:month_began:2016-10-01:zwb")
    assert (event.on, event.person, event.office_code, event.by_law) == (date(2016, 10, 1), None, "", False)
    assert event.case.title == "2016年10月：上报月度报告" and event.case.office.code == "zwb"
    assert verify().fault is None


def test_第十条三_二十八日为休息日的_到期日为其前最后一个工作日(district):
    """D14: 2016-08-28 is a Sunday, so the 26th; 2017-01-28 is 春节, so the 26th, the last working day before the holiday."""
    swept("2016-08-01T08:00")
    swept("2017-01-01T08:00")
    dues = {month: due for month, _, due, _ in reports()}
    assert (dues["2016-08-01"], dues["2017-01-01"]) == ("2016-08-26", "2017-01-26")


@pytest.mark.parametrize("moments", [["2016-09-05T00:10"], [f"2016-{m:02}-{d:02}T00:10" for m in (6, 7, 8) for d in (1, 2, 30)] + ["2016-09-05T00:10"]])
def test_沉默三十天或者三个月之后_案件与逐日巡检时相同(district, moments):
    """One sweep after three months, or one every other day: the same months, the same holders, the same due days."""
    for moment in moments:
        swept(moment)
    assert [(month, office, due) for month, office, due, _ in reports()] == [
        ("2016-06-01", "zwb", "2016-06-28"), ("2016-07-01", "zwb", "2016-07-28"),
        ("2016-08-01", "zwb", "2016-08-26"), ("2016-09-01", "zwb", "2016-09-28"),
    ]  # fmt: skip
    assert verify().fault is None


def test_停运后补开的案件_到期日已过的不可归责_其余照常(district):
    """S51: swept only on 09-05: June to August were past due before anybody could know; September is in time."""
    swept("2016-09-05T00:10")
    assert [(month[5:7], born_late) for month, _, _, born_late in reports()] == [("06", True), ("07", True), ("08", True), ("09", False)]
    assert not Obligation.objects.get(case__opened_on=date(2016, 6, 1)).late_on(date(2016, 9, 5))


def test_施行之前和台账开始之前的月份不开案件(db):
    """第十二条: in force from 2016-05-06, so June is the first month; a ledger that begins in August owes nothing for July."""
    assert swept("2016-08-15T08:00") == 0  # nothing at all has been recorded
    office = Office(code="zwb", name="政务办", short="政务办")
    with clock.frozen("2016-08-15T09:00"):
        note("create", by=None, rows=[office, OfficeRole(office=office, measure="调", role=OFFICE)])
    assert swept("2016-09-01T08:00") == 1
    assert [month for month, *_ in reports()] == ["2016-09-01"]


def test_施行当月不报(district):
    """第十二条: May began before the day of coming into force."""
    assert swept("2016-05-31T08:00") == 0
    assert swept("2016-06-01T00:00") == 1


def test_重复巡检什么也不写(district):
    swept("2016-09-05T00:10")
    before = everything()
    assert swept("2016-09-05T00:11") == 0 and swept("2016-09-30T23:59") == 0
    assert everything() == before


def test_每个承担该角色的单位各有一件_以该期开始之日为准(district):
    """`each`: two offices that hold the role on the 1st get a case each; one that takes it over on the 2nd gets none for that month."""
    second, late = (Office(code=c, name=c, short=c, valid_from=date(2016, 5, 6)) for c in ("second", "late"))
    roles = [OfficeRole(office=second, measure="调", role=OFFICE, valid_from=date(2016, 6, 1)),
             OfficeRole(office=late, measure="调", role=OFFICE, valid_from=date(2016, 6, 2))]  # fmt: skip
    with clock.frozen("2016-05-20T09:00"):
        note("create", by=None, rows=[second, late, *roles])
    assert swept("2016-06-03T08:00") == 2
    assert [office for _, office, _, _ in reports()] == ["second", "zwb"]
    assert swept("2016-07-01T08:00") == 3


def test_政务办上报后_该月案件办结_他人不能上报(district):
    swept("2016-06-01T08:00")
    case = Case.objects.get(opened_on=date(2016, 6, 1))
    with clock.frozen("2016-06-27T09:00"):
        with pytest.raises(Refused, match="此项应由政务办办理"):
            record(case, "report_month", by=district.cg.person, office=district.cg.office)
        record(case, "report_month", by=district.zwb.person, office=district.zwb.office)
    assert case.obligations.get().how == "done" and verify().fault is None


def test_时钟拨回时不写(district):
    """The ledger refuses days before its last one; the next right sweep opens what is missing."""
    with clock.frozen("2016-07-10T09:00"):
        note("create", by=None)
    before = chain_of()
    with pytest.raises(Refused, match="早于台账最近一次记录的日期"):
        swept("2016-06-20T09:00")
    assert chain_of() == before
    assert swept("2016-07-10T10:00") == 2


def test_巡检一并开立本月案件(district):
    """`sweep` is what the running product calls."""
    with clock.frozen("2016-06-01T00:00:30"):
        assert sweep() == 0  # it counts effects of 第八条 only
    assert [month for month, *_ in reports()] == ["2016-06-01"]


def test_过长的单位代码不使标识超长(district):
    office = Office(code="九" * 40)
    key = key_of("调", "month_began", date(2016, 6, 1), office)
    assert len(key) <= 64 and key != key_of("调", "month_began", date(2016, 6, 1), Office(code="九" * 39))


@pytest.mark.django_db(transaction=True)
def test_两个进程同时巡检_只开一件(district):
    clock.set_fixed("2016-06-01T00:00:30")
    assert sorted(together(open_periods, open_periods)) == [0, 1]
    assert len(reports()) == 1 and verify().fault is None
