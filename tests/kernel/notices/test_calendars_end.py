"""P-C6: when fewer than sixty 工作日 of announced calendar remain, 政务办 is told what to do, once a month."""

import pytest

from qingdan.kernel import clock
from qingdan.kernel.calendar import shipped
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.notices.following import HORIZON, horizon
from tests.kernel.notices.people import told

pytestmark = pytest.mark.django_db


def last_quiet_day():
    """The last day on which sixty 工作日 remain."""
    day, end = shipped().known_until, shipped().known_until
    while shipped().count(day, end) < HORIZON:
        day = shipped().on_or_before(day.fromordinal(day.toordinal() - 1))
    return day


def swept(day):
    with clock.frozen(f"{day}T00:30"):
        sweep()
        return told(step="horizon")


def test_六十个工作日以前没有提醒(district):
    assert HORIZON == 60 and horizon(last_quiet_day()) is None
    assert swept(last_quiet_day().isoformat()) == []


def test_少于六十个工作日_每月提醒政务办一次(district):
    day = shipped().add(last_quiet_day(), 1)
    assert [office for office, _ in swept(day)] == ["zwb"] == [office for office, _ in swept(day)]
    following = day.replace(day=28).fromordinal(day.replace(day=28).toordinal() + 7)
    assert [office for office, _ in swept(following)] == ["zwb", "zwb"]
    text = told(step="horizon")[0][1]
    assert "只剩 59 个工作日" in text and "国务院办公厅公布下一年的放假安排" in text and "暂定" in text


def test_放假安排用完以后_仍然每月提醒(district):
    assert horizon(shipped().known_until.replace(year=shipped().known_until.year + 1))[1] == 0
    assert "只剩 0 个工作日" in swept(f"{shipped().known_until.year + 1}-02-01")[0][1]
