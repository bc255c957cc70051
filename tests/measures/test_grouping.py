"""第七条、S49: one application, several items: opened together, all or nothing; each item is a case of its own."""

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.ticking import tick
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.adjustment.grouping import MOST, cases_of, open_group
from qingdan.measures.adjustment.models import Application, numeral

from .room import owed

CODES = [f"410105-027-01-00{n}-00" for n in (1, 2, 3)]


@pytest.fixture
def items(room):
    return [room.put(code=code) for code in CODES]


def opened(room, items, on="06-03", key="g", **more):
    room.on(on)
    causes = [room.ask(item, promised="3") for item in items]
    who = {"by": room.d.cg.person, **more}
    return open_group(room.d.cg.office, causes, title="承诺时限一并调整", key=key, **who)


def test_第七条_一份申请三个事项_各为一案_各有期限(room, items):
    """S49: three cases with numbers of their own, each owing 申请 by its own cause, under one number of the year."""
    cases = opened(room, items)
    application = Application.objects.get()
    assert (application.number, application.title) == ("申2016-0001", "承诺时限一并调整")
    assert [str(case.place) for case in cases] == ["申2016-0001 之一", "申2016-0001 之二", "申2016-0001 之三"]
    assert len({case.number for case in cases}) == 3
    assert all(owed(case) == [("D1", "cg", "06-16")] for case in cases)
    assert cases_of(application) == cases and cases[1].request.application == application
    assert verify().fault is None


def test_第七条_同一张表单提交两次_只有一份申请(room, items):
    first, again = opened(room, items), opened(room, items)
    assert first == again and Application.objects.count() == 1
    assert len(opened(room, items, key="other")) == 3 and Application.objects.last().number == "申2016-0001"
    assert list(Application.objects.values_list("number", flat=True)) == ["申2016-0002", "申2016-0001"]


def test_第七条_有一个事项不行_整份都不登记_编号不缺(room, items, district):
    """All or nothing: a cause in the future is refused, the number is given to the next application."""
    room.on("06-03")
    before = Event.objects.count()
    causes = [room.ask(items[0], promised="3"), room.ask(items[1], promised="3", cause_day="06-04")]
    with pytest.raises(Refused, match="晚于今天"):
        open_group(district.cg.office, causes, by=district.cg.person, title="两项", key="bad")
    assert (Event.objects.count(), Application.objects.count()) == (before, 0)
    opened(room, items)
    assert Application.objects.get().number == "申2016-0001"


def test_第七条_没有事项_或者太多_说明原因(room, items, district):
    room.on("06-03")
    with pytest.raises(Refused, match="请至少加入一个事项"):
        open_group(district.cg.office, [], by=district.cg.person, title="空", key="k")
    many = [room.ask(items[0], promised="3") for _ in range(MOST + 1)]
    with pytest.raises(Refused, match="请分成几份申请提出"):
        open_group(district.cg.office, many, by=district.cg.person, title="多", key="k")


def test_第五条_系统登记的核查任务_不署任何人_写明由来(room, items):
    """S1: the hook for the watch of the legal bases: opened by nobody, for the unit, with its source in the ledger."""
    cases = opened(room, items, by=None, source="《条例》修改：本单位依据它的三个事项")
    event = Event.objects.get(act="open_application")
    assert event.person is None and event.facts["source"].startswith("《条例》修改")
    assert {case.events.get().person for case in cases} == {None} and {case.office.code for case in cases} == {"cg"}
    assert Application.objects.get().source == event.facts["source"]


def test_每年从一号起编(room, items):
    opened(room, items)
    room.on("2017-01-03")
    tick()
    open_group(room.d.cg.office, [room.ask(items[0], promised="2")], by=room.d.cg.person, title="新年", key="n")
    assert Application.objects.first().number == "申2017-0001" and Case.objects.filter(year=2017).count() == 1


@pytest.mark.parametrize(("n", "said"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (50, "五十"), (99, "九十九")])
def test_位次用汉字(n, said):
    assert numeral(n) == said
