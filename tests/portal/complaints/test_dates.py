"""Days as the complainant sees them: across National Day 2016, and into 2027, whose holidays nobody knows yet (暂定)."""

import pytest

from qingdan.kernel import clock
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.complaints import accepting
from tests.measures.browsing import Page
from tests.measures.complaints.room import owed

from .test_writing import Citizen, room, written

pytestmark = pytest.mark.django_db
__all__ = ["room"]


def seen(complaint, code, moment):
    clock.set_fixed(moment)
    return Page(Citizen().open(complaint.reference, code)).text


def test_第十条_国庆前提出的_节后上班的第二天以前决定(room):
    """Received on 09-29: 09-30 and 10-08, on which one works for a Sunday."""
    clock.set_fixed("2016-09-29T17:00")
    complaint, code, _ = written(room)
    assert owed(complaint) == [("D16", "fzb", "10-08")]
    assert "10月8日" in seen(complaint, code, "2016-10-03T09:00")


def test_第十条_夜里提交的_从那一天起算(room):
    clock.set_fixed("2016-09-29T23:59")
    assert owed(written(room)[0]) == [("D16", "fzb", "10-08")]
    clock.set_fixed("2016-09-30T00:01")
    assert owed(written(room)[0]) == [("D16", "fzb", "10-09")]


def test_第十四条_跨进还没有公布放假安排的年份_注明暂定_最早和最晚(room):
    """Taken up on 2026-12-25: twenty 工作日 reach into January 2027."""
    clock.set_fixed("2026-12-24T09:00")
    complaint, code, _ = written(room)
    clock.set_fixed("2026-12-25T09:00")
    accepting.accept(complaint.case, **room.who("fzb"))
    text = seen(complaint, code, "2026-12-28T09:00")
    assert "办理中" in text and "暂定" in text and "最早" in text and "最晚" in text
    (duty,) = complaint.case.obligations.filter(how="", row="D18")
    assert duty.provisional and duty.due.year == 2027 and duty.earliest <= duty.due <= duty.latest and verify().fault is None
