"""Working days: the vectors of the regulation's own dates, the laws of counting, and what holds past the last notice."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from qingdan.engine.workdays import Calendar
from qingdan.kernel.calendar import arrangements, calendar_of, shipped

CAL = shipped()
ONE = timedelta(days=1)


def d(text: str) -> date:
    return date.fromisoformat(text)


# vectors


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        pytest.param("2016-05-06", 10, "2016-05-20", id="施行当日起10个工作日"),
        pytest.param("2016-06-08", 1, "2016-06-12", id="端午节后第一个工作日是调休上班的周日"),
        pytest.param("2016-06-10", 2, "2016-06-13", id="放假当日起算仍为第零日"),
        pytest.param("2016-09-14", 2, "2016-09-19", id="中秋节调休周日计入"),
        pytest.param("2016-09-30", 1, "2016-10-08", id="国庆节后第一个工作日是调休上班的周六"),
        pytest.param("2016-09-30", 5, "2016-10-12", id="跨国庆节5个工作日"),
        pytest.param("2016-09-30", 20, "2016-11-02", id="跨国庆节20个工作日"),
        pytest.param("2016-02-05", 2, "2016-02-14", id="春节后第一个工作日是调休上班的周日"),
        pytest.param("2016-12-30", 1, "2017-01-03", id="跨年元旦补休"),
        pytest.param("2020-01-23", 5, "2020-02-07", id="2020年春节延长假期"),
        pytest.param("2026-02-13", 2, "2026-02-24", id="2026年春节九天"),
    ],
)
def test_起算日不计_第N个工作日届满(start, n, due):
    assert CAL.add(d(start), n) == d(due)
    assert CAL.due(d(start), n).day == d(due)
    assert CAL.days(d(start), n)[-1].day == d(due)


@pytest.mark.parametrize(
    ("step", "start", "n", "due"),
    [
        ("第七条（二）转办", "2016-06-07", 2, "2016-06-12"),
        ("第七条（三）审核", "2016-06-12", 5, "2016-06-17"),
        ("第七条（四）核准", "2016-06-17", 2, "2016-06-21"),
        ("第七条（五）确认", "2016-06-21", 1, "2016-06-22"),
        ("第七条 转告", "2016-06-22", 2, "2016-06-24"),
        ("第七条 配网", "2016-06-24", 1, "2016-06-27"),
        ("第七条 本单位网站", "2016-06-24", 1, "2016-06-27"),
    ],
)
def test_第七条_2016年6月7日收到的申请每一步的到期日(step, start, n, due):
    assert CAL.add(d(start), n) == d(due), step


@pytest.mark.parametrize(
    ("what", "start", "n", "due"),
    [
        ("第七条（一）申请 D1", "2016-09-12", 10, "2016-09-27"),
        ("第七条（一）延长至30个工作日 D2", "2016-09-12", 30, "2016-10-28"),
        ("诉 第十四条 办结 D18", "2016-09-12", 20, "2016-10-14"),
        ("诉 第十四条 延长15个工作日 D19", "2016-09-12", 35, "2016-11-04"),
        ("诉 第十四条 跨国庆节 D18", "2016-09-30", 20, "2016-11-02"),
        ("诉 第十四条 跨国庆节延长 D19", "2016-09-30", 35, "2016-11-23"),
        ("第七条 异议说明理由", "2016-06-22", 2, "2016-06-24"),
    ],
)
def test_期限与延长期限从同一起算日数起(what, start, n, due):
    assert CAL.add(d(start), n) == d(due), what


@pytest.mark.parametrize(
    ("day", "last"),
    [("2016-05-28", "2016-05-27"), ("2016-08-28", "2016-08-26"), ("2016-08-27", "2016-08-26"), ("2016-11-27", "2016-11-25")],
)
def test_第十条三_28日或目标日27日遇休息日提前到最后一个工作日(day, last):
    assert CAL.on_or_before(d(day)) == d(last)


def test_第十条三_2016年28日遇休息日的只有2月5月8月():
    rest = [month for month in range(1, 13) if not CAL.is_workday(date(2016, month, 28))]
    assert rest == [2, 5, 8]


@pytest.mark.parametrize(
    ("monday", "due"),
    [
        ("2016-02-08", "2016-02-14"),
        ("2016-04-04", "2016-04-05"),
        ("2016-05-02", "2016-05-03"),
        ("2016-10-03", "2016-10-08"),
        ("2017-01-02", "2017-01-03"),
        ("2017-01-30", "2017-02-03"),
    ],
)
def test_考第八条_周一遇节假日顺延到第一个工作日(monday, due):
    assert d(monday).weekday() == 0
    assert CAL.on_or_after(d(monday)) == d(due)


def test_考第八条_2016年顺延的周一只有四个():
    mondays = [date(2016, 1, 4) + timedelta(weeks=k) for k in range(52)]
    assert [m for m in mondays if CAL.on_or_after(m) != m] == [d("2016-02-08"), d("2016-04-04"), d("2016-05-02"), d("2016-10-03")]


@pytest.mark.parametrize(("quarter_end", "due"), [("2016-06-30", "2016-07-21"), ("2016-09-30", "2016-10-26"), ("2016-12-31", "2017-01-22")])
def test_考第十二条_季通报在季末后15个工作日(quarter_end, due):
    assert CAL.add(d(quarter_end), 15) == d(due)


@pytest.mark.parametrize(
    ("month", "monday", "day"),
    [("2016-06-01", "2016-05-30", "2016-06-03"), ("2016-08-01", "2016-08-01", "2016-08-05"), ("2016-10-01", "2016-10-10", "2016-10-14")],
)
def test_会第五条_每月第一周是含本月三个以上工作日的第一周(month, monday, day):
    def of_month(week: date) -> int:
        return CAL.count(max(week, d(month)) - ONE, week + 6 * ONE)

    first = d(month) - d(month).weekday() * ONE
    while of_month(first) < 3:
        first += timedelta(weeks=1)
    assert first == d(monday)
    assert CAL.on_or_before(first + 6 * ONE) == d(day)


def test_2016年调休上班的周末有六天():
    year = [date(2016, 1, 1) + k * ONE for k in range(366)]
    worked = [day for day in year if day.weekday() >= 5 and CAL.is_workday(day)]
    assert worked == [d(t) for t in ("2016-02-06", "2016-02-14", "2016-06-12", "2016-09-18", "2016-10-08", "2016-10-09")]


# reasons


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2016-06-07", "工作日"),
        ("2016-06-25", "周六"),
        ("2016-06-26", "周日"),
        ("2016-10-03", "国庆节放假"),
        ("2016-10-01", "国庆节放假"),
        ("2016-10-08", "调休上班（国庆节）"),
        ("2015-09-04", "抗战胜利70周年纪念日放假"),
        ("2027-01-04", "尚未公布放假安排，按周一至周五暂计"),
        ("2027-01-02", "周六，尚未公布放假安排，暂不计"),
    ],
)
def test_每一天说得出计与不计的理由(day, why):
    assert CAL.why(d(day)) == why


def test_为什么是这一天_逐日列出跨国庆节的五个工作日():
    told = CAL.days(d("2016-09-30"), 5)
    assert [(x.day.day, x.nth) for x in told] == [(k, 0) for k in range(1, 8)] + [(8, 1), (9, 2), (10, 3), (11, 4), (12, 5)]
    assert told[0].why == "国庆节放假"
    assert told[7].why == "调休上班（国庆节）"
    assert not told[0].counts
    assert told[7].counts


# laws of counting

starts = st.dates(date(2004, 1, 1), date(2045, 12, 31))
numbers = st.integers(1, 400)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any arrangement of a little more than a year, weekdays off and weekend days worked at random."""
    first, last = date(2015, 12, 1), date(2017, 1, 31)
    span = [first + k * ONE for k in range((last - first).days + 1)]
    off = draw(st.sets(st.sampled_from(span), max_size=80))
    weekend = [day for day in span if day.weekday() >= 5 and day not in off]
    on = draw(st.sets(st.sampled_from(weekend), max_size=40))
    return Calendar(dict.fromkeys(off, "假"), dict.fromkeys(on, "假"), first, last, "test")


def counted_one_by_one(cal: Calendar, start: date, n: int) -> date:
    day = start
    while n:
        day += ONE
        n -= day in cal_on(cal) or (day.weekday() < 5 and day not in cal_off(cal))
    return day


def cal_on(cal: Calendar) -> set[date]:
    return {date.fromordinal(o) for o in cal._on}


def cal_off(cal: Calendar) -> set[date]:
    return {date.fromordinal(o) for o in cal._off}


@given(calendars(), st.dates(date(2015, 12, 1), date(2017, 3, 31)), st.integers(1, 60))
def test_任意放假安排下与逐日数数结果相同(cal, start, n):
    assert cal.add(start, n) == counted_one_by_one(cal, start, n)


@given(calendars(), st.dates(date(2015, 12, 1), date(2017, 3, 31)))
def test_任意放假安排下每天是否计入与安排一致(cal, day):
    expected = day in cal_on(cal) or (day.weekday() < 5 and day not in cal_off(cal))
    assert cal.is_workday(day) == expected
    after = cal.on_or_after(day)
    assert cal.is_workday(after)
    assert cal.count(day - ONE, after) == 1 if day > cal.first else after >= day


@given(starts, numbers)
def test_往后数与回头数互逆(start, n):
    due = CAL.add(start, n)
    assert CAL.is_workday(due)
    assert CAL.count(start, due) == n
    assert CAL.count(due, start) == -n
    assert CAL.on_or_after(due) == CAL.on_or_before(due) == due


@given(starts, st.integers(0, 400))
def test_数到某日为止的最后一个工作日(start, length):
    day = start + length * ONE
    n = CAL.count(start, day)
    assume(n)
    assert CAL.add(start, n) == CAL.on_or_before(day)


@given(starts, numbers, numbers)
def test_分两段数与一次数完相同(start, a, b):
    assert CAL.add(CAL.add(start, a), b) == CAL.add(start, a + b)


@given(starts, st.integers(1, 80))
def test_到期日可由逐日说明重新数出(start, n):
    told = CAL.days(start, n)
    assert [x.day for x in told] == [start + (k + 1) * ONE for k in range(len(told))]
    counted = [x for x in told if x.counts]
    assert [x.nth for x in counted] == list(range(1, n + 1))
    assert {x.nth for x in told if not x.counts} <= {0}
    assert counted[-1] == told[-1]
    assert told[-1].day == CAL.due(start, n).day
    assert all(x.counts == (x.why == "工作日" or x.why.startswith(("调休上班", "尚未公布"))) for x in told)


def test_安排中写明上班的平日只算一天():
    cal = Calendar({}, {d("2016-06-08"): "端午节"}, date(2016, 1, 1), date(2016, 12, 31), "平日")
    assert cal.count(d("2016-06-05"), d("2016-06-12")) == 5
    assert cal.add(d("2016-06-07"), 2) == d("2016-06-09")


def test_零个工作日就是起算日本身():
    assert CAL.add(d("2016-10-01"), 0) == d("2016-10-01")
    assert CAL.days(d("2016-10-01"), 0) == []
    assert not CAL.due(d("2030-01-01"), 0).provisional


# past the last notice: 暂定


@given(st.dates(date(2026, 6, 1), date(2060, 12, 31)), st.integers(1, 900))
@example(date(2028, 2, 29), 20)
@example(date(2026, 12, 31), 1)
@example(date(2026, 1, 4), 6000)
def test_暂定日期落在最早与最晚之间_已公布日期三者相同(start, n):
    due = CAL.due(start, n)
    assert due.provisional == (due.day > CAL.known_until)
    assert due.earliest <= due.day <= due.latest
    if due.provisional:
        assert due.earliest > max(start, CAL.known_until)
    else:
        assert due.earliest == due.day == due.latest


def test_暂定日期的最早与最晚取自历年同月同日起的实际天数():
    took = [(CAL.add(date(y, 1, 20), 20) - date(y, 1, 20)).days for y in range(2004, 2027)]
    due = CAL.due(d("2028-01-20"), 20)
    assert due.day == d("2028-02-17")
    assert (due.earliest - d("2028-01-20")).days == min(took)
    assert (due.latest - d("2028-01-20")).days == max(took)


def test_跨过已公布年度的期限_已公布部分按实数_其余按历年经验():
    due = CAL.due(d("2026-12-28"), 10)
    rest = 10 - CAL.count(d("2026-12-28"), d("2026-12-31"))
    took = [(CAL.add(date(y, 12, 31), rest) - date(y, 12, 31)).days for y in range(2004, 2026)]
    assert (rest, due.provisional) == (7, True)
    assert due.earliest == d("2026-12-31") + min(took) * ONE
    assert due.latest == d("2026-12-31") + max(took) * ONE


def test_只取整段都已公布的年份作经验():
    cal = Calendar({}, {}, date(2015, 6, 1), date(2016, 12, 31), "从2015年6月起")
    spring = cal.due(d("2019-03-01"), 1)  # only 2016 has an announced March: 1 March 2016 was a Tuesday, one day
    assert (spring.day, spring.earliest, spring.latest) == (d("2019-03-04"), d("2019-03-02"), d("2019-03-04"))
    winter = cal.due(d("2017-12-30"), 2)  # of 30 December 2016 the second day is not announced; 2015 took two days
    assert (winter.day, winter.earliest, winter.latest) == (d("2018-01-02"), d("2018-01-01"), d("2018-01-02"))


def test_长期限分段按全部年份估计_不因没有整段经验而显得确定():
    due = CAL.due(d("2026-12-31"), 6000)  # longer than all announced years together: taken in pieces of about a year
    assert (due.day, due.latest) == (d("2049-12-30"), d("2051-04-02"))


def test_事后看_暂定区间在历年通知公布后绝大多数成立():
    held = asked = 0
    for year in range(2016, 2026):
        then = calendar_of(tuple(row for row in arrangements() if row.year <= year))
        for start in (date(year, 10, 8) + k * 7 * ONE for k in range(55)):
            for n in (2, 5, 10, 20):
                due, actual = then.due(start, n), CAL.add(start, n)
                if due.provisional and actual <= CAL.known_until:
                    asked += 1
                    held += due.earliest <= actual <= due.latest
    assert asked > 1500
    assert held / asked > 0.95


def test_新的放假安排公布后_暂定日期变为确定():
    before = calendar_of(tuple(row for row in arrangements() if row.year <= 2019))
    assert before.due(d("2019-12-30"), 5).provisional
    assert not CAL.due(d("2019-12-30"), 5).provisional
    assert before.version != CAL.version


@pytest.mark.parametrize(("start", "n"), [("2040-02-29", 20), ("2099-12-31", 35), ("2026-12-31", 5000), ("9990-01-01", 30)])
def test_遥远的将来也算得出暂定日期(start, n):
    due = CAL.due(d(start), n)
    assert due.provisional
    assert due.earliest <= due.day <= due.latest
    assert len([x for x in CAL.days(d(start), n) if x.counts]) == n


# refusals


@pytest.mark.parametrize("ask", [lambda c, x: c.add(x, 1), lambda c, x: c.is_workday(x), lambda c, x: c.why(x), lambda c, x: c.count(x, x)])
def test_早于收录首日的日期不猜(ask):
    with pytest.raises(ValueError, match=r"放假安排自 2004-01-01 起收录.*请填写"):
        ask(CAL, d("2003-12-31"))


def test_收录首日之前没有工作日时不往回猜():
    with pytest.raises(ValueError, match="请填写"):
        CAL.on_or_before(d("2004-01-01"))


def test_负的工作日数和超出日历的日期说明原因():
    with pytest.raises(ValueError, match="期限只能往后计算"):
        CAL.add(d("2016-06-07"), -1)
    with pytest.raises(ValueError, match="超出日历的最后一天"):
        CAL.add(d("9999-12-30"), 5)


def test_带时刻的值不当作日期():
    with pytest.raises(TypeError, match="local days"):
        CAL.is_workday(datetime(2016, 10, 8, 9, 0))


def test_放假安排自相矛盾或超出年度时不接受():
    day = d("2016-10-01")
    with pytest.raises(ValueError, match="既是放假日又是调休上班日"):
        Calendar({day: "国庆节"}, {day: "国庆节"}, date(2016, 1, 1), date(2016, 12, 31), "x")
    with pytest.raises(ValueError, match="不在 2016-01-01 至 2016-09-30 之内"):
        Calendar({day: "国庆节"}, {}, date(2016, 1, 1), date(2016, 9, 30), "x")
