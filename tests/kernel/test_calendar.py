"""The shipped arrangements: against two published libraries day by day, and against themselves."""

import csv
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from qingdan.kernel.calendar import MAKEUP, OFF, Arrangement, arrangements, calendar_of, notices, shipped, version_of

CROSS_CHECK = Path(__file__).resolve().parents[3] / "shared/data/workdays/cn_arrangements_2004_2026.csv"
EVERY_DAY = [date(2004, 1, 1) + timedelta(days=k) for k in range((date(2026, 12, 31) - date(2004, 1, 1)).days + 1)]
NEW_YEAR_2006 = date(2005, 12, 31)  # 国办发明电〔2005〕35号: 12月31日（星期六）上班


def test_2004至2026年每一天与chinesecalendar一致_只差2005年12月31日():
    assert [day for day in EVERY_DAY if shipped().is_workday(day) != chinese_calendar.is_workday(day)] == [NEW_YEAR_2006]
    assert shipped().is_workday(NEW_YEAR_2006)


def test_2004至2026年每一天与holidays一致():
    china = holidays.country_holidays("CN", years=range(2004, 2027))
    assert [day for day in EVERY_DAY if shipped().is_workday(day) != china.is_working_day(day)] == []


def test_与核对用数据文件逐行一致_只多2005年12月31日():
    if not CROSS_CHECK.exists():
        pytest.skip("../shared/data/workdays is not there: nothing to cross-check against")
    with CROSS_CHECK.open(encoding="utf-8", newline="") as file:
        theirs = {(date.fromisoformat(row["date"]), row["kind"]) for row in csv.DictReader(file)}
    ours = {(row.day, row.kind) for row in arrangements()}
    assert ours - theirs == {(NEW_YEAR_2006, MAKEUP)}
    assert theirs - ours == set()


def test_收录621个放假日和151个调休上班日_自2004年首日至2026年末日():
    kinds = [row.kind for row in arrangements()]
    assert (kinds.count(OFF), kinds.count(MAKEUP)) == (621, 151)
    assert (shipped().first, shipped().known_until) == (date(2004, 1, 1), date(2026, 12, 31))


def test_调休上班的都在周末_节日名称都是中文通称():
    assert all(row.day.weekday() >= 5 for row in arrangements() if row.kind == MAKEUP)
    names = {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节", "抗战胜利70周年纪念日"}
    assert {row.name for row in arrangements()} == names


def test_每个放假日都能指到本年度的通知_文号在通知表中():
    years = {notice.year for notice in notices()}
    numbers = {(notice.year, notice.number) for notice in notices()}
    assert years == set(range(2004, 2027))
    assert all((row.year, row.notice) in numbers for row in arrangements())
    assert {row.year for row in arrangements() if not row.notice} == {2004, 2005}
    assert all(notice.url.startswith("https://") for notice in notices() if notice.url)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2016, 10, 8), "国办发明电〔2015〕18号"),
        (date(2018, 12, 31), "国办发明电〔2018〕15号"),
        (date(2019, 5, 3), "国办发明电〔2019〕3号"),
        (date(2020, 1, 30), "国办发明电〔2019〕16号"),
        (date(2020, 2, 1), "国办发明电〔2020〕1号"),
        (date(2015, 9, 6), "国发明电〔2015〕1号"),
    ],
)
def test_年中调整和跨年的日子记在作出安排的通知名下(day, number):
    assert next(row.notice for row in arrangements() if row.day == day) == number


def test_版本号随安排而变_不随文号而变():
    rows = arrangements()
    renumbered = tuple(Arrangement(r.year, r.day, r.kind, r.name, "") for r in rows)
    assert shipped().version == version_of(rows) == version_of(tuple(reversed(rows))) == version_of(renumbered)
    assert version_of(rows[:-1]) != version_of(rows)
    assert shipped() is shipped()


def row(text: str, kind: str = OFF, year: int | None = None) -> Arrangement:
    day = date.fromisoformat(text)
    return Arrangement(year or day.year, day, kind, "国庆节", "")


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ((row("2016-10-01"), row("2016-10-01")), "重复出现"),
        ((row("2016-10-01"), row("2016-10-01", MAKEUP)), "重复出现"),
        ((row("2016-10-01", "holiday"),), "类型“holiday”不认识"),
        ((row("2016-10-01"), row("2018-10-01")), "年度不连续"),
        ((), "年度不连续"),
    ],
)
def test_有误的放假安排不成为日历(rows, what):
    with pytest.raises(ValueError, match=what):
        calendar_of(rows)
