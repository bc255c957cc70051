"""R6, P-C5, T21: calendar years are entered by one person and adopted by another; open duties move, closed ones never."""

from datetime import date

import pytest

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.calendar import MAKEUP, OFF, arrangements, calendar_of, shipped
from qingdan.kernel.calendar.actions import adopt, preview, propose, reject
from qingdan.kernel.calendar.current import in_force, named
from qingdan.kernel.calendar.models import CalendarProposal, CalendarRelease
from qingdan.kernel.calendar.spelling import read_year, rows_of, text_of
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.ticking import tick
from qingdan.kernel.ledger.verify import verify
from qingdan.statute.roles import LEAD

from .ledger.worlds import all_referred, begin, do, duties, referred, second_clerk, tick_at

pytestmark = pytest.mark.django_db
NOTICE = {"notice": "国办发明电〔2016〕X号", "title": "关于2016年放假安排的补充通知", "url": "https://www.gov.cn/x"}


def year_2016(*more):
    """The year as it ships, with these days besides: "2016-06-15,放假,临时放假"."""
    rows = [f"{r.day},{'放假' if r.kind == OFF else '调休上班'},{r.name}" for r in arrangements() if r.year == 2016]
    return "\n".join([*rows, *more])


@pytest.fixture
def people(district):
    return district.zwb, second_clerk(district.zwb, "zwb_2")


def entered(d, day="2016-06-13T09:00", days=("2016-06-15,放假,临时放假",), year=2016):
    with clock.frozen(day):
        return propose(year=year, days=year_2016(*days), by=d.zwb.person, office=d.zwb.office, **NOTICE)


def adopted(d, second, proposal, day="2016-06-13T10:00"):
    with clock.frozen(day):
        return adopt(proposal, by=second, office=d.zwb.office)


def due(case, row):
    return case.obligations.filter(row=row).latest("opened_n").due.isoformat()[5:]


def test_录入后未采用_期限不变_预览说明哪些会动(district, people):
    case = referred(district, "fzb")
    proposal = entered(district)
    with clock.frozen("2016-06-13T09:30"):
        moved = preview(proposal)
    assert [(m.case, m.row, m.office, m.old.isoformat(), m.new.isoformat()) for m in moved] == [(case, "D4", "fzb", "2016-06-17", "2016-06-20")]
    assert due(case, "D4") == "06-17"
    assert in_force() is shipped()


def test_采用后只有在办期限变动_原到期日保留_办结的不变(district, people):
    open_one, closed = all_referred(district, 2)
    do(closed, district.fzb, "agree", "2016-06-13")
    do(closed, district.zwb, "approve", "2016-06-14T07:00")
    before = [row for row in duties(closed) if row]
    count = adopted(district, people[1], entered(district, day="2016-06-14T08:00"), day="2016-06-14T09:30")
    assert count == 2  # D4 of the one, D8 of the other
    moved = open_one.obligations.get(row="D4")
    assert (moved.due.isoformat(), moved.moved_from.isoformat()) == ("2016-06-20", "2016-06-17")
    event = open_one.events.order_by("n").last()
    assert event.act == "redate"
    assert event.facts["moved"] == [{"row": "D4", "office": "fzb", "old": "2016-06-17", "new": "2016-06-20"}]
    assert [r for r in duties(closed) if "D8" not in str(r)] == [r for r in before if "D8" not in str(r)]
    assert closed.obligations.get(row="D7").due == date(2016, 6, 15)
    assert verify().fault is None


def test_第八条_在新日期到期后才视为同意_日期为新到期日(district, people):
    case = referred(district, "fzb")
    adopted(district, people[1], entered(district))
    assert tick_at("2016-06-18") == 0
    assert tick_at("2016-06-21") == 1
    assert case.events.order_by("n").last().on == date(2016, 6, 20)
    assert verify().fault is None


def test_T21_已到期的视为同意_不因事后改动放假安排而改变_即使尚未写入(district, people):
    case = referred(district, "fzb")
    proposal = entered(district, day="2016-06-18T09:00", days=("2016-06-16,放假,临时放假",))
    adopted(district, people[1], proposal, day="2016-06-18T10:00")
    assert tick_at("2016-06-18T11:00") == 1
    assert case.events.get(act="deemed_agreed").on == date(2016, 6, 17)
    assert verify().fault is None


def test_T21_录入人不能自己采用(district, people):
    proposal = entered(district)
    with pytest.raises(Refused, match="不能是同一个人"):
        adopted(district, district.zwb.person, proposal)
    assert CalendarRelease.objects.count() == 0


def test_采用或者退回之后不能再办(district, people):
    proposal = entered(district)
    with clock.frozen("2016-06-13T10:00"):
        reject(proposal, "与通知不符", by=people[1], office=district.zwb.office)
        with pytest.raises(Refused, match="处理"):
            adopt(proposal, by=people[1], office=district.zwb.office)
    assert in_force() is shipped()


def test_每个事件记着当时的日历_重放用当时的日历(district, people):
    case = referred(district, "fzb")
    adopted(district, people[1], entered(district))
    do(case, district.fzb, "agree", "2016-06-14")
    versions = [e.told["calendar"] for e in case.events.order_by("n")]
    new = CalendarRelease.objects.get().version
    assert versions == [shipped().version] * 3 + [new] * 2
    assert named(new).why(date(2016, 6, 15)) == "临时放假放假"
    assert verify().fault is None


def test_系统更新带来的新年度_补在录入的安排之后(district, people, monkeypatch):
    from qingdan.kernel.calendar import Arrangement, current

    adopted(district, people[1], entered(district))
    days = (*arrangements(), Arrangement(2027, date(2027, 1, 1), OFF, "元旦", ""))
    monkeypatch.setattr(current, "arrangements", lambda: days)
    monkeypatch.setattr(current, "shipped", lambda: calendar_of(days))
    current.named.cache_clear()
    calendar = in_force()
    assert calendar.known_until == date(2027, 12, 31) and not calendar.is_workday(date(2016, 6, 15))
    current.named.cache_clear()


def test_录入新年度后_暂定日期成为确定日期(district, people):
    case = begin(district, day="2026-12-28T09:00")
    do(case, district.cg, "apply", "2026-12-28")
    do(case, district.zwb, "refer", "2026-12-29", gives={LEAD: [district.fzb.office]})
    assert case.obligations.get(row="D4").provisional
    names = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"]
    days = "\n".join(f"2027-0{i + 1}-01,off,{name}" for i, name in enumerate(names))
    with clock.frozen("2026-12-30T09:00"):
        proposal = propose(year=2027, days=days, by=district.zwb.person, office=district.zwb.office, **NOTICE)
        adopt(proposal, by=people[1], office=district.zwb.office)
    duty = case.obligations.get(row="D4")
    assert (duty.provisional, duty.earliest) == (False, None)
    assert verify().fault is None


def test_中断后重做_同一张表单只录入一次(district, people):
    for _ in range(2):
        with clock.frozen("2016-06-13T09:00"):
            propose(year=2016, days=year_2016(), by=district.zwb.person, office=district.zwb.office, key="k1", **NOTICE)
    assert CalendarProposal.objects.count() == 1


def test_没有变化的案件不写事件(district, people):
    case = referred(district, "fzb")
    n = case.events.count()
    assert adopted(district, people[1], entered(district, days=("2016-12-30,放假,临时放假",))) == 0
    assert case.events.count() == n
    assert Event.objects.filter(act="adopt_calendar").count() == 1
    with clock.frozen("2016-06-14T00:30"):
        assert tick() == 0
    assert Event.objects.filter(act="release_calendar").count() == 0


# ---- reading what people have --------------------------------------------------------------------------

SEVEN = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"]


def lines(year=2016, *more):
    return "\n".join([f"{year}-0{i + 1}-01,放假,{name}" for i, name in enumerate(SEVEN)] + list(more))


def test_三列表格_全角逗号和标题行都能读():
    rows = read_year("日期,类型,名称\n" + lines().replace(",", "，") + "\n2016-02-06,调休上班,春节", 2016, "文")
    assert len(rows) == 8 and rows[1].kind == OFF and next(r for r in rows if r.kind == MAKEUP).day == date(2016, 2, 6)
    assert rows_of(text_of(rows)) == rows


def test_JSON和ics读出同样的安排():
    import json

    listed = [{"date": f"2016-0{i + 1}-01", "kind": "off", "name": name} for i, name in enumerate(SEVEN)]
    ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(
        f"BEGIN:VEVENT\r\nUID:{i}\r\nDTSTAMP:20160101T000000Z\r\nDTSTART;VALUE=DATE:20160{i + 1}01\r\nDTEND;VALUE=DATE:20160{i + 1}02\r\nSUMMARY:{name} 假期\r\nEND:VEVENT\r\n"
        for i, name in enumerate(SEVEN)
    ) + "END:VCALENDAR\r\n"  # fmt: skip
    assert read_year(json.dumps(listed), 2016, "文") == read_year(ics, 2016, "文") == read_year(lines(), 2016, "文")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2016-13-01,放假,元旦", "第 8 行：“2016-13-01”不是日期"),
        ("2017-01-01,放假,元旦", "第 8 行：2017-01-01 不属于2016年的安排"),
        ("2016-06-09,休假,端午", "第 8 行：类型“休假”不认识"),
        ("2016-06-13,调休上班,端午节", "第 8 行：2016-06-13 不是周六周日"),
        ("2016-08-08,放假,", "第 8 行：没有写明节日名称"),
        ("2016-01-01,放假,元旦", "2016-01-01 重复出现"),
    ],
)
def test_每一处错误都按行说明(line, said):
    with pytest.raises(Refused) as refusal:
        read_year(lines(2016, line), 2016, "文")
    assert said in refusal.value.why


def test_缺少法定节日的不收():
    with pytest.raises(Refused, match="缺少2016年的国庆"):
        read_year("\n".join(lines().splitlines()[:-1]), 2016, "文")


@pytest.mark.parametrize("text", ["[", '[{"day": 1}]', "[1]", "BEGIN:VCALENDAR\nX", ""])
def test_读不懂的文件是一句话(text):
    with pytest.raises(Refused):
        read_year(text, 2016, "文")


def test_中间缺年度的不能采用(district):
    with clock.frozen("2016-06-13T09:00"), pytest.raises(Refused, match="年度不连续"):
        propose(year=2030, days=lines(2030), by=district.zwb.person, office=district.zwb.office, **NOTICE)
