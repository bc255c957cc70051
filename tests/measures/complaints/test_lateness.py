"""第十九条: a unit that is late is asked why; that question outlives what it was late with, and holds nothing else up."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.measures.complaints import answerable, complaining, errands

from .inquiry import Inquiry
from .room import owed

pytestmark = pytest.mark.django_db


def asked(room):
    """Handed over to 城管局 until 09-26; asked on 09-27 why it has not reported."""
    q = Inquiry(room, confidential=False)
    q.hear()
    given = q.send("09-14", "handover", due=date(2016, 9, 26))
    q.of("09-27", "1", answerable.ask_reason, given)
    return q, given


def open_rows(case):
    return sorted(case.obligations.filter(how="").values_list("row", flat=True))


def reported(q, given):
    q.of("09-27", "cg", errands.report, given, "已经查明")
    q.of("09-28", "1", errands.accept, given)
    return open_rows(given.case)


def test_第十九条_还在问理由的_不妨碍作出决定(room):
    q, given = asked(room)
    assert reported(q, given) == ["O11g"]
    q.decision("09-29")
    q.decide("09-29")
    assert [row for row, *_ in owed(q.c)] == ["D22"]
    q.of("09-29", "cg", answerable.give_reason, given, "人手不够")
    q.of("09-30", "1", answerable.accept_reason, given, "有证明")
    assert open_rows(given.case) == []


def test_第十一条_没有报告的仍然妨碍作出决定(room):
    q, given = asked(room)
    q.decision("09-29")
    with pytest.raises(Refused, match="移交城管局的还没有报告或者采纳"):
        q.decide("09-29")
    q.of("09-29", "1", errands.end, given, "逾期不报")
    assert open_rows(given.case) == ["O11g"]
    q.decide("09-29")


@pytest.mark.parametrize("in_time", [False, True])
def test_第八条_还在问理由的_不妨碍投诉人撤回(room, in_time):
    """第八条、第十九条: what was handed over ends with the complaint; the question does not."""
    q, given = asked(room)
    if in_time:
        reported(q, given)
    room.on("09-30")
    complaining.withdraw_complaint(q.case)
    assert owed(q.c) == [] and open_rows(given.case) == ["O11g"]
