"""The strip of days is always true: it draws what the calendar counts, no more and no less."""

from datetime import date, timedelta

import pytest

from qingdan.kernel.calendar import shipped
from qingdan.kernel.ui.strips import CAP, Cell, Gap, Strip

VECTORS = [  # rules.md 2.4, 2.2
    ("2016-05-06", 10, "2016-05-20"),
    ("2016-06-08", 1, "2016-06-12"),
    ("2016-06-10", 2, "2016-06-13"),
    ("2016-09-30", 5, "2016-10-12"),
    ("2016-09-30", 20, "2016-11-02"),
    ("2016-12-30", 1, "2017-01-03"),
    ("2020-01-23", 5, "2020-02-07"),
    ("2026-02-13", 2, "2026-02-24"),
]


def strip_of(start, due, today=None, closed=None):
    start, due = date.fromisoformat(start), date.fromisoformat(due)
    return Strip(shipped(), start, due, date.fromisoformat(today) if today else due, date.fromisoformat(closed) if closed else None)


def cell(strip, day):
    return next(c for c in strip.cells() if isinstance(c, Cell) and c.day == date.fromisoformat(day))


@pytest.mark.parametrize(("start", "n", "due"), VECTORS)
def test_cells_after_day_0_are_exactly_the_days_that_the_calendar_counted(start, n, due):
    drawn = [c for c in strip_of(start, due).cells() if c.day > date.fromisoformat(start)]
    counted = shipped().days(date.fromisoformat(start), n)
    assert [(c.day, c.counts, c.why, c.nth) for c in drawn] == [(d.day, d.counts, d.why, d.nth or None) for d in counted]
    assert drawn[-1].due and drawn[-1].nth == n


def test_every_start_of_2016_and_every_limit_of_the_regulation_is_drawn_as_counted():
    calendar = shipped()
    for offset in range(366):
        start = date(2016, 1, 1) + timedelta(days=offset)
        for n in (1, 2, 3, 5, 10, 20):
            due = calendar.add(start, n)
            cells = Strip(calendar, start, due, due).cells()
            assert [c.day for c in cells if c.counts] == [d.day for d in calendar.days(start, n) if d.counts]
            assert [c.kind in ("work", "makeup") for c in cells] == [calendar.is_workday(c.day) for c in cells]


def test_holidays_weekends_makeup_days_and_working_days_look_different():
    strip = strip_of("2016-06-03", "2016-06-17")
    assert [cell(strip, d).kind for d in ("2016-06-05", "2016-06-10", "2016-06-11", "2016-06-12", "2016-06-13")] == [
        "weekend", "holiday", "holiday", "makeup", "work",
    ]  # fmt: skip


def test_day_0_is_marked_and_does_not_count_even_on_a_working_day():
    first = strip_of("2016-06-07", "2016-06-17").cells()[0]
    assert (first.start, first.counts, first.kind) == (True, False, "work")


def test_an_open_late_duty_is_drawn_to_today_and_nothing_after_the_due_day_counts():
    strip = strip_of("2016-06-07", "2016-06-17", today="2016-06-23")
    over = [c for c in strip.cells() if c.over]
    assert [c.day.day for c in over] == [18, 19, 20, 21, 22, 23] and not any(c.counts for c in over)
    assert [c.day.day for c in strip.cells() if c.today] == [23]


def test_a_duty_that_has_ended_is_drawn_to_its_end_and_today_is_not_shown():
    strip = strip_of("2016-06-07", "2016-06-17", today="2016-09-01", closed="2016-06-20")
    assert strip.cells()[-1].day == date(2016, 6, 20) and strip.cells()[-1].closed
    assert not any(c.today for c in strip.cells())
    assert strip.summary().endswith("办结于 6月20日（周一）")


@pytest.mark.parametrize("today", ["2016-06-01", "2016-06-10", "2016-08-30", "2026-11-24"])
def test_a_long_strip_keeps_day_0_due_day_and_today_and_says_how_many_days_it_leaves_out(today):
    strip = strip_of("2016-06-07", "2016-06-17", today=today)
    drawn = strip.cells()
    cells = [c for c in drawn if isinstance(c, Cell)]
    assert len(cells) <= CAP
    assert len(cells) + sum(g.days for g in drawn if isinstance(g, Gap)) == (strip.end - strip.start).days + 1
    assert sum(c.start for c in cells) == sum(c.due for c in cells) == 1
    assert sum(c.today for c in cells) == (today >= "2016-06-07")
    assert [c.day for c in cells] == sorted({c.day for c in cells})


def test_the_middle_of_a_long_limit_is_left_out_but_its_count_is_not():
    strip = strip_of("2016-05-06", "2016-12-30", today="2016-05-06")
    assert any(isinstance(c, Gap) for c in strip.cells())
    assert strip.workdays == shipped().count(date(2016, 5, 6), date(2016, 12, 30))
    assert [c for c in strip.cells() if isinstance(c, Cell)][-1].nth == strip.workdays


def test_days_past_the_last_announced_year_are_provisional_and_the_bounds_are_told():
    strip = strip_of("2026-12-25", "2027-01-08")
    assert not cell(strip, "2026-12-31").provisional and cell(strip, "2027-01-04").provisional
    due = shipped().due(date(2026, 12, 25), strip.workdays)
    assert strip.bounds == (due.earliest, due.latest)
    assert "（暂定）" in strip.summary()
    assert strip_of("2016-06-07", "2016-06-17").bounds is None


def test_a_due_day_of_the_calendar_on_a_rest_day_is_flagged_and_does_not_count():
    strip = strip_of("2016-08-22", "2016-08-28")  # 调10(3): the 28th, a Sunday
    assert cell(strip, "2016-08-28").due and not cell(strip, "2016-08-28").counts
    assert strip.workdays == 4


def test_the_reasons_name_every_day_from_day_0_to_the_due_day():
    told = strip_of("2016-06-07", "2016-06-17").reasons()
    assert told[0] == ("6月7日（周二）", False, "起算日，当日不计")
    assert ("6月9日（周四）", False, "端午节放假，不计") in told
    assert ("6月12日（周日）", True, "调休上班（端午节），第 2 个工作日") in told
    assert told[-1] == ("6月17日（周五）", True, "工作日，第 7 个工作日")
    assert len(told) == 11
    assert ("6月18日（周六）", False, "周末，不计") in strip_of("2016-06-16", "2016-06-20").reasons()
