"""P-C4 为什么是这一天: whoever reads the statement can count the date again, by hand and by another calendar."""

import re
from datetime import date, timedelta

import chinese_calendar
import pytest

from qingdan.kernel import clock
from qingdan.kernel.calendar import shipped
from qingdan.kernel.ledger.acts import open_case
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.ledger.outside import annul_lapse
from qingdan.kernel.ui.reasons import openings, reckon, why_of
from qingdan.statute.roles import OFFICE, UNIT
from tests.kernel.ledger.worlds import approved, begin, do, referred, second_clerk
from tests.kernel.test_calendar_years import adopted, entered

DAY = re.compile(r"(\d{4}-\d\d-\d\d)（周([一二三四五六日])） (.*)")
SPELLED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def why(row, case=None):
    found = Obligation.objects.filter(row=row).order_by("case_id", "opened_n", "office_code").last()
    return why_of(found, openings([found.case_id])[found.case_id])


def spelled(line):
    """The day that a line of the statement names."""
    return date(*map(int, SPELLED.search(line).groups()))


def line(text, head):
    (found,) = [t for t in text if t.startswith(head)]
    return found


def recounted(text):
    """The due day, counted from the words alone: the limit, the start, and one line a day."""
    n = int(re.search(r"期限：(\d+) 个工作日", line(text, "期限："))[1])
    day, counted = spelled(line(text, "起算：")), 0
    for said, weekday, why_ in (DAY.fullmatch(t).groups() for t in text if DAY.fullmatch(t)):
        assert date.fromisoformat(said) == day and "一二三四五六日"[day.weekday()] == weekday, "no day is left out"
        if "起算日" not in why_:
            works = "不计" not in why_
            assert works == chinese_calendar.is_workday(day), f"{day}: {why_}"
            counted += works
            assert not works or f"第 {counted} 个工作日" in why_
        day += timedelta(days=1)
    assert counted == n
    return day - timedelta(days=1)


def holds(w):
    """What every statement says, and that its words lead to its date."""
    text = w.lines()
    assert w.article in text[0] and len(text[0]) > len(w.article) + 10, "the article with its gist"
    assert spelled(line(text, "到期：")) == w.due
    assert shipped().version in text[-1] and "收录至" in text[-1]
    if w.limit.endswith("个工作日"):
        assert recounted(text) == w.due
    return text


@pytest.mark.once
@pytest.mark.parametrize("start", [date(2016, 1, 1) + timedelta(days=n) for n in range(0, 3900, 13)])
@pytest.mark.parametrize("n", [1, 5, 30])
def test_any_start_and_limit_counted_from_the_text_alone(start, n):
    """Against chinesecalendar: each line is right by it, and the last one is the due day."""
    due, reasons = reckon(f"Workdays:{n}:{start.isoformat()}", shipped())
    text = [f"期限：{n} 个工作日", f"起算：x，{start.year}年{start.month}月{start.day}日", *(f"{r.named} {r.why}" for r in reasons)]
    assert recounted(text) == due == shipped().add(start, n)


@pytest.mark.django_db
def test_第七条三_审核的五个工作日逐日说明(district):
    """Referred on a worked Sunday: the make-up day is day 0; the week-end before the due day is named."""
    referred(district, "fzb", day="2016-06-13")
    text = holds(why("D4"))
    assert text[1] == "期限：5 个工作日（法规）" and text[2] == "起算：“转办”之日，2016年6月13日（周一）"
    assert "2016-06-18（周六） 周末，不计" in text and "2016-06-20（周一） 工作日，第 5 个工作日" in text


@pytest.mark.django_db
def test_放假和调休的日子写明是哪个节(district):
    """第七条（二）: applied for on Wednesday 06-08 before 端午: 06-09 to 06-11 off, Sunday 06-12 worked."""
    case = begin(district, day="2016-06-08T09:00")
    do(case, district.cg, "apply", "2016-06-08T10:00")
    text = holds(why("D3"))
    assert "2016-06-09（周四） 端午节放假，不计" in text and "2016-06-12（周日） 调休上班（端午节），第 1 个工作日" in text


@pytest.mark.django_db
def test_第七条一_自情形发生日起算(district):
    with clock.frozen("2016-06-07T09:00"):
        open_case("调", "cause_arose", by=district.cg.person, office=district.cg.office, title="t", dates={"cause_day": date(2016, 6, 1)},
                  gives={UNIT: [district.cg.office], OFFICE: [district.zwb.office]})  # fmt: skip
    w = why("D1")
    assert "起算：情形发生日，2016年6月1日（周三）" in holds(w) and w.due == date(2016, 6, 16)


@pytest.mark.django_db
def test_第七条一_延期的_按延期的总期限逐日说明(district):
    """To the cap: thirty 工作日 from the start, told day by day; to a day that the approval names: that paper is the reason."""
    for number, until in enumerate((None, date(2016, 7, 6))):
        case = begin(district, day=f"2016-06-{13 + 2 * number}T08:00")
        do(case, district.cg, "ask_extension", f"2016-06-{13 + 2 * number}T09:00")
        do(case, district.zwb, "grant_extension", f"2016-06-{13 + 2 * number}T10:00", ordered=until)
        text = holds(why("D1"))
        assert any("已批准延期（第七条（一））：从起算日起总共不超过 30 个工作日" in t for t in text)
        assert ("期限：30 个工作日（法规）" in text) == (until is None) and ("期限：批准延长时写明的日期（法规）" in text) == (until is not None)
    assert spelled(line(text, "到期：")) == date(2016, 7, 6)


@pytest.mark.django_db
def test_第七条五_公布迟了的_本部门更新自公布起另计(district):
    """D12: at first three 工作日 beside 转告; published late, one 工作日 after 公布."""
    case = approved(district)
    do(case, district.cg, "confirm", "2016-06-15")
    text = holds(why("D12"))
    assert "期限：3 个工作日（法规）" in text and "起算：“确认无异议”之日，2016年6月15日（周三）" in text and "待前项完成，此前不算逾期" in text
    do(case, district.zwb, "forward", "2016-06-17")
    do(case, district.dzzw, "publish", "2016-06-27")
    text = holds(why("D12"))
    assert "期限：1 个工作日（法规）" in text and "起算：“配网公布”之日（迟于原到期日），2016年6月27日（周一）" in text


@pytest.mark.django_db
def test_第十条三_二十八日是休息日的_说明往前推(district):
    """D14: 28 August 2016 is a Sunday, the 27th a Saturday: the last day is Friday the 26th."""
    begin(district, day="2016-07-28T09:00")
    with clock.frozen("2016-08-01T00:30"):
        sweep()
    w = why("D14")
    assert "起算：当月一日，2016年8月1日（周一）" in w.lines()
    text = holds(w)
    assert w.due == date(2016, 8, 26) and "期限：每月 28 日前（法规）" in text
    assert [t for t in text if DAY.fullmatch(t)] == [
        "2016-08-28（周日） 周日，不上班，往前推", "2016-08-27（周六） 周六，不上班，往前推", "2016-08-26（周五） 工作日，最后一日",
    ]  # fmt: skip


@pytest.mark.django_db
def test_第八条_视为同意之后_自视为之日起算(district):
    """D7 after a silence: day 0 is the day on which time ran out."""
    referred(district, "fzb")
    with clock.frozen("2016-06-18T00:30"):
        sweep()
    assert "起算：“视为同意”之日，2016年6月17日（周五）" in holds(why("D7"))


@pytest.mark.django_db
def test_当日_法规未定期限_暂定_各有说明(district):
    with clock.frozen("2016-06-07T09:00"):
        open_case("调", "basis_repealed", by=None, office=district.cg.office, title="t", gives={UNIT: [district.cg.office], OFFICE: [district.zwb.office]})
    text = holds(why("X5"))
    assert "期限：当日（法规未定期限）" in text and any(t.startswith("法规未定期限，此为目标日：依据废止之日起待核") for t in text)
    begin(district, day="2026-12-28T09:00")
    text = why("D1").lines()
    assert any(t.startswith("日期暂定：最早") and "暂定期间不产生视为效果" in t for t in text)
    assert any("尚未公布放假安排，按周一至周五暂计" in t for t in text)


@pytest.mark.django_db
def test_撤回后恢复的_仍自情形发生日起算(district):
    case = begin(district)
    do(case, district.cg, "apply", "2016-06-08")
    do(case, district.cg, "withdraw", "2016-06-13")
    assert "起算：情形发生日，2016年6月7日（周二）" in holds(why("D1"))


@pytest.mark.django_db
def test_放假安排变更后_按新的日历说明_写明原到期日(district):
    """R6: counted anew with the calendar then in force; the old day and the version stand in the statement."""
    second = second_clerk(district.zwb, "zwb_2")
    referred(district, "fzb")
    adopted(district, second, entered(district))
    w = why("D4")
    text = w.lines()
    assert "2016-06-15（周三） 临时放假放假，不计" in text and "到期：2016年6月20日（周一） 24 时" in text
    assert "放假安排变更：原到期日2016年6月17日（周五）" in text and w.calendar.version in text[-1] and w.calendar.version != shipped().version
    assert w.reasons[-1].day == w.due


@pytest.mark.django_db
def test_办结的_仍按当时的日历说明(district):
    """A closed duty keeps its day, and the statement that led to it."""
    second = second_clerk(district.zwb, "zwb_2")
    case = referred(district, "fzb")
    do(case, district.fzb, "agree", "2016-06-13T08:00")
    adopted(district, second, entered(district))
    w = why("D4")
    assert w.due == date(2016, 6, 17) == w.reasons[-1].day and shipped().version in w.lines()[-1] and "原到期日" not in " ".join(w.lines())


@pytest.mark.django_db
def test_第八条_视为不成立的_自认定之日起算(district):
    case = referred(district, "fzb")
    with clock.frozen("2016-06-20T09:00"):
        sweep()
        lapse = case.events.get(act="deemed_agreed")
        annul_lapse(case, lapse.n, by=district.zwb.person, office=district.zwb.office, facts={}, rows=[])
    assert "起算：认定视为不成立之日，2016年6月20日（周一）" in holds(why("D4"))


@pytest.mark.django_db
def test_没有期限的_没有说明(district):
    case = begin(district)
    do(case, district.cg, "ask_extension", "2016-06-13")
    assert why("D2") is None
