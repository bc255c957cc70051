"""调 第十条（三） 月度报告 (D14, F10): its days, its figures with the cases behind them, issued once and then fixed."""

from datetime import date
from urllib.parse import unquote

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.verify import verify
from qingdan.measures.adjustment.registers import actions
from qingdan.measures.adjustment.registers.models import MonthlyReport
from qingdan.measures.adjustment.registers.monthly import Month, broken_down, computed, draft, figures_of, month_of

pytestmark = pytest.mark.django_db

OCTOBER = (date(2016, 9, 26), date(2016, 10, 25))


def month(text):
    return Month(Case(opened_on=date.fromisoformat(f"{text}-01")))


def page_of(case):
    return f"/adjustment/{case.number}/report_month/"


@pytest.mark.parametrize(
    ("of", "target", "due"),
    [
        ("2016-10", "2016-10-27", "2016-10-28"), ("2016-08", "2016-08-26", "2016-08-26"), ("2016-11", "2016-11-25", "2016-11-28"),
        ("2017-01", "2017-01-26", "2017-01-26"), ("2016-05", "2016-05-27", "2016-05-27"),
    ],
)  # fmt: skip
def test_第十条三_目标为二十七日或其前最后一个工作日_二十八日后才算逾期(of, target, due):
    """D14: the target is ours, the 28th is the regulation's; the vectors of the rules."""
    assert (month(of).target.isoformat(), month(of).due.isoformat()) == (target, due)


def test_第十条三_目标前三个工作日拟出初稿():
    assert month("2016-10").drafted_on == date(2016, 10, 24)
    assert month("2016-08").drafted_on == date(2016, 8, 23)


def test_第十条三_二十八日为休息日时说明():
    assert month("2016-10").rest_day == ""
    assert month("2016-08").rest_day == "周日" and "春节" in month("2017-01").rest_day


def test_第十条三_十二月报告说明月末六日随年度报告补充():
    """D14: 26–31 December are added with the annual report."""
    assert (month("2016-12").begin, month("2016-12").end) == (date(2016, 11, 26), date(2016, 12, 25))
    assert "12月26日至31日的情况随年度报告补充" in draft(month("2016-12"), [], [], date(2016, 12, 27))
    assert "年度报告" not in draft(month("2016-11"), [], [], date(2016, 11, 27))


def test_第十条三_统计期未满时拟的初稿_写到当天为止():
    """The figures reach to the day on which they are drawn; so does the text that says them."""
    assert "2016年8月26日至2016年9月23日，" in draft(month("2016-09"), [], [], date(2016, 9, 23))
    assert "2016年8月26日至2016年9月25日，" in draft(month("2016-09"), [], [], date(2016, 9, 27))


def test_第十条三_二〇一六年十月的数字_各有其案件(autumn):
    """Seen-to-hold 7: three applied, two referred, one agreed, one deemed, two approved, one published, one withdrawn; two open."""
    one, two, three = autumn.published.number, autumn.silent.number, autumn.withdrawn.number
    told = computed(*OCTOBER, date(2016, 10, 26))
    assert {f["key"]: f["cases"] for f in told["counts"]} == {
        "applied": [one, two, three], "returned": [], "referred": [one, two], "agreed": [one], "disagreed": [], "deemed": [two],
        "approved": [one, two], "refused": [], "unopposed": [two], "published": [one], "filed": [], "withdrawn": [three],
        "open": [one, two, three],
    }  # fmt: skip
    assert told["late"] == [{"article": "第七条（四）", "office": "zwb", "cases": [two]}]


def test_第十条三_数字也按清单和单位分开_合起来等于总数(autumn):
    """F10: the same cases, apart for each list and each unit; nothing is counted twice or lost."""
    one, two, three = autumn.published.number, autumn.silent.number, autumn.withdrawn.number
    told = computed(*OCTOBER, date(2016, 10, 26))
    cases = {"applied": [one, two, three], "approved": [one, two], "published": [one], "open": [one, two, three]}
    assert told["units"] == [{"of": "cg", "cases": cases}]
    whole = {f["key"]: f["cases"] for f in told["counts"]}
    for key in cases:
        assert sorted(n for g in told["lists"] for n in g["cases"].get(key, [])) == sorted(whole[key])
    assert broken_down({"counts": [], "late": []}) == [("清单", []), ("单位", [])]  # issued before this was told


def test_第十条三_按单位的数字打开其后的案件(autumn, reader):
    page = reader("zwb").load(page_of(autumn.report()))
    assert "按清单" in page.text and "按单位" in page.text and "城管局" in page.text
    link = next(link for link in page.links if "units-1-published" in link)
    seen = reader("zwb").get(link)
    assert autumn.published.number in seen.text and autumn.silent.number not in seen.text and "城管局 公布" in seen.text


def test_第十条三_期外的行为不计入(autumn):
    """The next month begins on the 26th: nothing of October is in it, and open cases are still open."""
    told = computed(date(2016, 10, 26), date(2016, 11, 25), date(2016, 10, 26))
    assert {f["key"]: len(f["cases"]) for f in told["counts"] if f["cases"]} == {"open": 3}
    assert told["late"] == []


def test_第十条三_报告页面_每个数字打开其后的案件(autumn, reader):
    """Each figure is a link; behind it the 台账 of just those cases."""
    page = reader("zwb").load(page_of(autumn.report()))
    assert "统计期" in page.text and "期末在办 3 件" in page.value("analysis")
    links = [link for link in map(unquote, page.links) if f"/registers/months/{autumn.report().number}/" in link]
    apart = [link for link in links if "/lists-" in link or "/units-" in link]
    assert len(links) - len(apart) == 10  # nine figures that are not nought, one late
    seen = reader("zwb").get(next(link for link in links if link.endswith("/withdrawn/")))
    assert autumn.withdrawn.number in seen.text and autumn.published.number not in seen.text and "撤回" in seen.text
    late = reader("zwb").get(next(link for link in links if "late-1" in link))
    assert autumn.silent.number in late.text and autumn.published.number not in late.text


def test_第十条三_上报后期限办结_数字固定(autumn, reader):
    """Issued on 10-27: D14 is done; what happens later changes no figure of it, and the text cannot be changed any more."""
    case = autumn.report()
    autumn.room.on("10-27")
    person = reader("zwb")
    answer = person.fill(page_of(case), analysis="十月情况平稳", issue="1")
    assert answer.status == 302
    report = MonthlyReport.objects.get(case=case)
    assert (report.issued_on, report.period_from, report.period_to) == (date(2016, 10, 27), *OCTOBER)
    assert case.obligations.get().how == "done" and verify().fault is None
    event = case.events.last()
    assert event.facts["figures"]["applied"] == 3 and event.facts["opinion"] == "十月情况平稳"
    autumn.room.say("10-27", "zwb", autumn.silent, "forward")
    plain, late = figures_of(month_of(case), date(2016, 12, 1))
    assert {f.key: f.count for f in plain}["open"] == 3 and [f.count for f in late] == [1]
    shown = person.get(page_of(case))
    assert "已上报" in shown.text and "十月情况平稳" in shown.text and "analysis" not in shown.fields
    with pytest.raises(Refused, match="报告已于2016-10-27上报"):
        actions.issue(case, "再来", **autumn.room.who("zwb"), seen=report.revision)


def test_第十条三_先存草稿_后上报_两人同时改的说明(autumn, reader):
    """A draft keeps D14 open; who saves over an unseen newer draft is told so and keeps the typed words."""
    case, person = autumn.report(), reader("zwb")
    first, second = person.load(page_of(case)), person.load(page_of(case))
    assert person.send(first, page_of(case), analysis="第一稿").status == 302
    assert case.obligations.get().how == "" and MonthlyReport.objects.get(case=case).issued_on is None
    refused = person.send(second, page_of(case), analysis="另一稿")
    assert refused.status == 422 and "另一名同志已经保存过新的一稿" in refused.text and refused.value("analysis") == "另一稿"
    assert person.send(refused, page_of(case), analysis="合并稿").status == 302
    assert MonthlyReport.objects.get(case=case).analysis == "合并稿" and verify().fault is None


def test_同一表单发两次_只上报一次(autumn, reader):
    case, person = autumn.report(), reader("zwb")
    page = person.load(page_of(case))
    assert [person.send(page, page_of(case), analysis="文字", issue="1").status for _ in range(2)] == [302, 302]
    assert case.events.filter(act="report_month").count() == 1


def test_第十条三_期满前上报的_下月从其后一日算起(autumn):
    """A report issued before the 25th covers the days until then; no day is lost between two reports."""
    autumn.room.on("11-24")
    sweep()
    november = autumn.report("2016-11-01")
    actions.issue(november, "提前上报", **autumn.room.who("zwb"))
    assert MonthlyReport.objects.get(case=november).period_to == date(2016, 11, 24)
    autumn.room.on("12-01")
    sweep()
    assert month_of(autumn.report("2016-12-01")).begin == date(2016, 11, 25)


def test_第十条三_案件页有编写月度报告的入口_没有申请也能打开(autumn, reader):
    """The case of a period has no application; its page leads the office to the report, and nobody else sees it."""
    case = autumn.report()
    page = reader("zwb").get(f"/desk/cases/{case.number}/")
    assert page.status == 200 and page_of(case) in [*map(unquote, page.links)]
    assert "上报月度报告" in reader("zwb").get("/desk/").text
    assert reader("cg").get(f"/desk/cases/{case.number}/").status == 404
    assert reader("cg").get(page_of(case)).status == 403


def test_第十条三_月份列表_写明目标_最后一天_休息日(autumn, reader):
    page = reader("zwb").get("/adjustment/registers/months/")
    assert "2016年10月" in page.text and "28日不上班" in page.text  # August
    assert "补记时已过期，不可归责" in page.text and "逾期" not in page.text  # June to August: S51
    assert reader("cg").get("/adjustment/registers/months/").status == 403
