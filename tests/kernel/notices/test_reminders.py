"""P-C9: one 工作日 before the day to the office, on the day to its heads, once it has passed to 政务办; each step once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel import clock
from qingdan.kernel.ledger import guard
from qingdan.kernel.ledger.acts import open_case, record
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.ledger.outside import annul_lapse
from qingdan.kernel.notices.models import Notice
from qingdan.kernel.notices.reminders import remind
from qingdan.statute.roles import OFFICE, UNIT
from tests.kernel.ledger.worlds import approved, begin, do, referred, second_clerk, tick_at, together
from tests.kernel.notices.people import lies_before, make_head, post_of, told
from tests.kernel.test_calendar_years import adopted, entered

pytestmark = pytest.mark.django_db


def swept(day):
    with clock.frozen(day if "T" in day else f"2016-{day}T00:30"):
        sweep()


def each_day(first, last):
    """The sweeps of every day from the first to the last."""
    day = date.fromisoformat(f"2016-{first}")
    while day <= date.fromisoformat(f"2016-{last}"):
        swept(day.isoformat()[5:])
        day += timedelta(days=1)


def of(row):
    """[(told on, step, office)] of the notices of this row's duties."""
    found = Notice.objects.filter(obligation__contains=f":{row}:").select_related("office").order_by("pk")
    return [(n.day.isoformat()[5:], n.step, n.office.code) for n in found]


def test_第七条一_到期前一个工作日告知单位_到期日告知负责人_逾期告知政务办(district):
    """Cause on 06-07: the ten 工作日 end on 06-22; the day before is a 工作日."""
    begin(district)
    each_day("06-07", "06-30")
    assert of("D1") == [("06-21", "before", "cg"), ("06-22", "today", "cg"), ("06-23", "overdue", "zwb")]
    assert [n.heads_only for n in Notice.objects.filter(obligation__contains=":D1:").order_by("pk")] == [False, True, False]
    texts = [text for _, text in told(obligation__contains=":D1:")]
    assert texts[0] == "调2016-0001：提交调整申请（第七条（一））应在2016年6月22日（周三）前办结，还有 1 个工作日。"
    assert texts[1] == "调2016-0001：城管局的“提交调整申请”（第七条（一））今天（2016年6月22日（周三））到期，尚未办结。"
    assert texts[2] == "调2016-0001：城管局未在2016年6月22日（周三）前办结“提交调整申请”（第七条（一）），已经逾期，请督办。"


def test_前一个工作日_跳过放假(district):
    """第七条（三）: due on Monday 06-20 the 工作日 before is Friday 06-17."""
    referred(district, "fzb", day="2016-06-13")
    each_day("06-13", "06-19")
    assert of("D4") == [("06-17", "before", "fzb")]


def test_两个工作日以内的_收到即告知(district):
    """第七条（二）: the two 工作日 of 转办 are told at the receipt; those of 确认 (one) as well."""
    case = referred(district, "fzb")
    swept("2016-06-12T10:00")
    assert of("D3") == [] and Obligation.objects.filter(case=case, row="D3", how="done").exists()
    other = begin(district, day="2016-06-13T09:00")
    do(other, district.cg, "apply", "2016-06-13T10:00")
    swept("2016-06-13T10:01")
    assert of("D3") == [("06-13", "before", "zwb")]
    do(case, district.fzb, "agree", "2016-06-13T11:00")
    do(case, district.zwb, "approve", "2016-06-14")
    swept("2016-06-14T09:01")
    assert of("D8") == [("06-14", "before", "cg")]


def test_当日到期的_单位和负责人都告知(district):
    """第十条（一）: what must be done on the day itself is told to both at once."""
    with clock.frozen("2016-06-07T09:00"):
        open_case("调", "basis_repealed", by=None, office=district.cg.office, title="t", gives={UNIT: [district.cg.office], OFFICE: [district.zwb.office]})
        sweep()
    assert of("X5") == [("06-07", "before", "zwb"), ("06-07", "today", "zwb")]
    assert told(step="before")[0][1].endswith("的目标日是2016年6月7日（周二）（法规未定期限），还有 0 个工作日。")


def test_第八条_到期日写明依法产生什么_过后不称逾期(district):
    """A silence is answered by the law: on the day its heads read what will follow, afterwards nobody urges what cannot be done any more."""
    referred(district, "fzb")
    each_day("06-12", "06-30")
    assert of("D4") == [("06-16", "before", "fzb"), ("06-17", "today", "fzb")]
    said = told(step="today", obligation__contains=":D4:")[0][1]
    assert "今天 24 时前不办理的，依第八条视为同意，责任由法制办承担" in said


def test_视为的效果_告知未办的单位_申请单位和政务办各一次(district):
    referred(district, "fzb", "bb")
    each_day("06-12", "06-30")
    said = "调2016-0001：{}到2016年6月17日（周五） 24 时未办理“反馈审核意见”（第七条（三）），依第八条自该时起视为同意，责任由{}承担。"
    expected = [(to, said.format(who, who)) for who, code in (("法制办", "fzb"), ("编办", "bb")) for to in (code, "cg", "zwb")]
    assert told(step="deemed") == expected


def test_申请单位自己未确认的_只告知它一次(district):
    """第八条: the silent office is the applicant; it reads one notice, not two."""
    approved(district)
    each_day("06-14", "06-17")
    assert [office for office, _ in told(step="deemed")] == ["cg", "zwb"]


def test_法规未定期限的_从不称逾期(district):
    """S48: 补正 in five 工作日 is our target; past it is urged as 法规未定期限."""
    case = begin(district)
    do(case, district.cg, "apply", "2016-06-07T10:00")
    do(case, district.zwb, "return_once", "2016-06-12")
    each_day("06-12", "06-30")
    assert of("S48") == [("06-16", "before", "cg"), ("06-17", "today", "cg"), ("06-18", "overdue", "zwb")]
    texts = [text for _, text in told(obligation__contains=":S48:")]
    assert len(texts) == 3 and all("法规未定期限" in text and "逾期" not in text for text in texts)


def test_三十天没有运行_只告知最新的一步(district):
    """30 days of silence: no flood of steps that are no longer true."""
    begin(district)
    swept("06-07")
    swept("07-22")
    assert of("D1") == [("07-22", "overdue", "zwb")]
    begin(district, day="2016-07-25T09:00")
    swept("08-08")
    assert of("D1")[1:] == [("08-08", "today", "cg")], "ten 工作日 from 07-25 end on 08-08"


def test_重新启动和反复运行_每一步只告知一次(district):
    begin(district)
    for _ in range(3):
        each_day("06-20", "06-24")
    for day in ("06-21", "06-22", "06-23"):
        swept(day)
    assert [step for _, step, _ in of("D1")] == ["before", "today", "overdue"]


@pytest.mark.django_db(transaction=True)
def test_两个进程同时运行_每一步只告知一次(district):
    begin(district)
    referred(district, "fzb", "bb")
    with clock.frozen("2016-06-23T00:30"):
        together(*[sweep for _ in range(4)])
    keys = list(Notice.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys)) and [step for _, step, _ in of("D1")] == ["overdue"]
    assert len(told(step="deemed")) == 6


def test_待前项完成的_没有期限的_不提醒(district):
    """第七条（五）、D12: 本部门更新 waits for 公布; S5: 会商 has no day."""
    case = approved(district)
    do(case, district.cg, "confirm", "2016-06-15")
    each_day("06-15", "06-30")
    assert of("D12") == [] and [step for _, step, _ in of("D10")] == ["before", "today", "overdue"]


def test_D12_公布之后才提醒(district):
    """Published late: one 工作日 after it is the day, and a limit so short is told at once."""
    case = approved(district)
    do(case, district.cg, "confirm", "2016-06-15")
    do(case, district.zwb, "forward", "2016-06-17")
    do(case, district.dzzw, "publish", "2016-06-27")
    each_day("06-27", "06-29")
    assert [(day, step) for day, step, _ in of("D12")] == [("06-27", "before"), ("06-28", "today"), ("06-29", "overdue")]


def test_S51_补记时已过期的_不提醒(district):
    """A duty that was late before anybody could know of it is nobody's lateness: no reminder."""
    begin(district)
    tick_at("2016-06-07")
    with clock.frozen("2016-08-30T00:30"):
        sweep()
    late = Obligation.objects.filter(row="D14", born_late=True)
    assert late.exists() and not Notice.objects.filter(obligation__in=late.values("pk")).exists()


def test_暂定的日期_不提醒(district):
    """P-C6: past the last announced year nobody is urged and nobody is late."""
    with clock.frozen("2026-12-28T09:00"):
        case = begin(district, day="2026-12-28T09:00")
        assert Obligation.objects.get(case=case, row="D1").provisional
    for day in ("2027-01-11", "2027-01-12", "2027-03-01"):
        swept(f"{day}T00:30")
    assert of("D1") == []


def test_批准延期的_按新的到期日另行提醒_旧的不再算未读(district):
    """第七条（一）: asked for on the day before the tenth, granted to 07-20: the step of the old day is settled, the new day has its own."""
    case = begin(district)
    do(case, district.cg, "ask_extension", "2016-06-20")
    swept("06-21")
    with clock.frozen("2016-06-21T09:00"):
        assert any("6月22日" in text for text in lies_before(post_of(district.cg)))
    do(case, district.zwb, "grant_extension", "2016-06-21T10:00", ordered=date(2016, 7, 20))
    with clock.frozen("2016-06-21T11:00"):
        assert lies_before(post_of(district.cg)) == []
    each_day("06-22", "07-20")
    assert of("D1") == [("06-21", "before", "cg"), ("07-19", "before", "cg"), ("07-20", "today", "cg")]


def test_办结或者不再需要的_旧提醒不再算未读(district):
    head = make_head(district.cg, "cg_head")
    case = begin(district)
    each_day("06-21", "06-23")
    with clock.frozen("2016-06-23T09:00"):
        assert len(lies_before(head)) == 2 and len(lies_before(post_of(district.zwb))) == 1
    do(case, district.cg, "apply", "2016-06-23T10:00")
    with clock.frozen("2016-06-23T10:01"):
        assert lies_before(head) == [] and lies_before(post_of(district.zwb)) == []


def test_撤回后恢复的申请期限_重新提醒(district):
    """第七条: 撤回 does not end the duty to apply; revived, it is a duty anew and reminded anew."""
    case = begin(district)
    each_day("06-21", "06-22")
    do(case, district.cg, "apply", "2016-06-22T10:00")
    do(case, district.cg, "withdraw", "2016-06-22T11:00")
    each_day("06-22", "06-23")
    assert of("D1") == [("06-21", "before", "cg"), ("06-22", "today", "cg"), ("06-22", "today", "cg"), ("06-23", "overdue", "zwb")]


def test_放假安排变更_告知承办单位一次_按新的日期提醒(district):
    """R6, P-C5: 06-15 becomes a day off; the duty moves from 06-17 to 06-20, its office is told, and reminded by the new day."""
    second = second_clerk(district.zwb, "zwb_2")
    referred(district, "fzb")
    proposal = entered(district)
    adopted(district, second, proposal)
    each_day("06-14", "06-20")
    said = "放假安排变更：调2016-0001 反馈审核意见（第七条（三））的到期日由2016年6月17日（周五）改为2016年6月20日（周一）。"
    assert told(step="redate") == [("fzb", said)]
    assert [(day, step) for day, step, _ in of("D4")] == [("06-17", "before"), ("06-20", "today")]


def test_时钟可疑时不提醒_恢复后补上(district, monkeypatch):
    """T20: while nobody knows what day it is nobody is urged by it."""
    begin(district)
    with monkeypatch.context() as doubtful:
        doubtful.setattr(guard, "doubt", lambda: "时钟突然快了 40 天")
        with clock.frozen("2016-06-23T00:30"):
            remind()
    assert of("D1") == []
    swept("06-23")
    assert [step for _, step, _ in of("D1")] == ["overdue"]


def test_第八条_视为的效果被认定不成立_原来告知的单位再告知一次(district):
    case = referred(district, "fzb")
    each_day("06-17", "06-20")
    with clock.frozen("2016-06-20T09:00"):
        lapse = case.events.get(act="deemed_agreed")
        annul_lapse(case, lapse.n, by=district.zwb.person, office=district.zwb.office, facts={"opinion": "意见按期送达"}, rows=[])
    each_day("06-21", "06-22")
    found = told(step="annul_lapse")
    assert [office for office, _ in found] == ["fzb", "cg", "zwb"]
    assert "原依第八条视为同意，现经政务办两人认定" in found[0][1] and "法制办应重新办理" in found[0][1]


def test_提醒里没有人名(district):
    """T4, P-C9: what a notice says names offices and cases, never people, and no opinion."""
    case = referred(district, "fzb")
    record_words = "这是法制办的意见"
    do(case, district.fzb, "disagree", "2016-06-13", facts={"opinion": record_words})
    begin(district, day="2016-06-13T10:00")
    each_day("06-14", "06-30")
    texts = " ".join(text for _, text in told())
    people = [side.person.name for side in vars(district).values()]
    assert texts and not [word for word in [*people, record_words] if word in texts]


def test_没有新的步骤_只读几次表(district):
    """The running product asks every thirty seconds; however many cases there are, it asks for the calendar, the duties and the notices, and writes nothing."""
    for _ in range(8):
        begin(district)
    each_day("06-21", "06-24")
    with clock.frozen("2016-06-24T10:00"):
        with CaptureQueriesContext(connection) as few:
            remind()
        for _ in range(10):
            begin(district, day="2016-06-24T09:00")
        with CaptureQueriesContext(connection) as many:
            remind()
    assert len(few) == len(many) <= 3


def test_record_writes_no_notice_itself(district):
    case = begin(district)
    with clock.frozen("2016-06-23T09:00"):
        record(case, "apply", by=district.cg.person, office=district.cg.office)
    assert told() == []
