"""What people do in the registers, in the order of 第十条. Each is an act of the ledger; refused with what, why, what to do."""

from __future__ import annotations

from datetime import date

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note, record, repeated
from qingdan.kernel.ledger.canonical import text
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import roles_of
from qingdan.statute.roles import LEAD, OFFICE

from . import counts, faults, monthly
from .models import Amendment, FalseReport, FaultDecision, MonthlyReport, SpotCheck

DRAFT, DECIDE, CHECK, FALSE = "draft_month", "decide_fault", "register_check", "register_false_report"
AMEND_CHECK, AMEND_FALSE = "amend_check", "amend_false_report"


def holds(office: Office, *roles: str) -> bool:
    """Does this office hold one of these roles of 动态调整 today?"""
    held = roles_of(office, clock.today())
    return any((counts.CODE, role) in held for role in roles)


# ---- 第十条（二） 抽查；漏报、瞒报、虚报 ---------------------------------------------------------------------


def register_check(check: SpotCheck, *, by: Person, office: Office, key: str | None = None) -> Event:
    """第十条（二） 抽查监管：牵头部门登记一次抽查。"""
    _registers("登记抽查", office)
    _not_later("抽查日", check.checked_on)
    check.lead, check.registered_on = office, clock.today()
    facts = {"unit": check.unit.code, "list": check.list_kind, "found": check.found, "checked_on": check.checked_on}
    return note(CHECK, by=by, office=office, rows=[check], facts=facts, key=key)


def register_false_report(report: FalseReport, *, by: Person, office: Office, key: str | None = None) -> Event:
    """第十条（二） 登记漏报、瞒报、虚报：写明事实、后果，责任追究依有关管理规定。"""
    _registers(f"登记{report.kind}", office)
    _not_later("发现日", report.found_on)
    report.registrar, report.registered_on = office, clock.today()
    facts = {"unit": report.unit.code, "kind": report.kind, "effect": report.effect, "found_on": report.found_on}
    return note(FALSE, by=by, office=office, rows=[report], facts=facts, key=key)


def amend(
    entry: SpotCheck | FalseReport, amendment: Amendment, *, by: Person, office: Office, key: str | None = None, seen: int = 0
) -> Event:
    """第十条（二） 更正、补充：另立一条，指明原登记，原登记不改；责任追究文书记文号和日期。"""
    if isinstance(entry, SpotCheck):
        act, registrar, amendment.check_made = AMEND_CHECK, entry.lead, entry
    else:
        act, registrar, amendment.false_report = AMEND_FALSE, entry.registrar, entry
    with acting(act):
        if (before := repeated(key, act)) is not None:
            return before
        if office != registrar and not holds(office, OFFICE):
            raise Refused("不能更正或者补充", f"这一条由{registrar.short}登记（第十条（二））", f"请把情况告知{registrar.short}")
        if amendment.paper_on:
            _not_later("责任追究文书日期", amendment.paper_on)
        if entry.amendments.count() != seen:
            raise Refused("不能更正或者补充", "您打开之后，另一名同志已经补充", "您写的文字仍保留在下面，请看过新的一条后再提交")
        amendment.number, amendment.registrar, amendment.registered_on = seen + 1, office, clock.today()
        facts = {"of": entry.pk, "number": seen + 1, "opinion": amendment.what, "paper": amendment.paper, "paper_on": amendment.paper_on}
        return note(act, by=by, office=office, rows=[amendment], facts=facts, key=key)


def _registers(what: str, office: Office) -> None:
    if not holds(office, LEAD, OFFICE):
        raise Refused(f"不能{what}", f"{office.short}今天不是牵头部门，也不是政务办（第十条（二））", "请把情况告知牵头部门，由其登记")


def _not_later(name: str, day: date) -> None:
    if day > clock.today():
        raise Refused("不能登记", f"{name}晚于今天", f"请把{name}改为今天或者更早的一天")


# ---- 第十条（三） 月度报告 -------------------------------------------------------------------------------


def save_draft(case: Case, analysis: str, *, by: Person, office: Office, key: str | None = None, seen: int = 0) -> Event | None:
    """第十条（三） 保存月度报告草稿：只存分析文字，数字始终取自台账。"""
    with acting(DRAFT):
        if (before := repeated(key, DRAFT)) is not None:
            return before
        report = _writable("保存月度报告草稿", case, office, seen)
        report.analysis, report.revision = analysis, report.revision + 1
        return note(DRAFT, by=by, office=office, rows=[report], facts={"case": case.number, "revision": report.revision}, key=key)


def issue(case: Case, analysis: str, *, by: Person, office: Office, key: str | None = None, seen: int = 0) -> Event:
    """第十条（三） 上报月度报告：数字随报告固定下来，本月的上报期限就此办结。"""
    with acting(monthly.ACT):
        if (before := repeated(key, monthly.ACT)) is not None:
            return before
        month, today = monthly.month_of(case), clock.today()
        report = _writable("上报月度报告", case, office, seen)
        if today < month.begin:
            raise Refused("不能上报月度报告", "统计期还没有开始", "请在统计期内或者期满后上报")
        told = monthly.computed(month.begin, month.end, today)
        report.analysis, report.revision = analysis, report.revision + 1
        report.period_from, report.period_to = month.begin, min(month.end, today)
        report.figures, report.issued_on = text(told), today
        facts = {
            "opinion": analysis, "from": report.period_from, "to": report.period_to,
            "figures": {f["key"]: len(f["cases"]) for f in told["counts"]}, "late": sum(len(f["cases"]) for f in told["late"]),
        }  # fmt: skip
        return record(case, monthly.ACT, by=by, office=office, facts=facts, rows=[report], key=key)


def _writable(what: str, case: Case, office: Office, seen: int) -> MonthlyReport:
    """The row of this month, new or as it lies in the table; refused once issued, or when somebody else was quicker."""
    if office != case.office:
        raise Refused(f"不能{what}", f"这份报告由{case.office.short}编写（第十条（三））", "请联系该单位")
    month = monthly.month_of(case)
    report = month.report or MonthlyReport(
        case=case, office=office, month=month.first, period_from=month.begin, period_to=month.end, revision=0
    )
    if report.issued_on:
        raise Refused(f"不能{what}", f"报告已于{report.issued_on.isoformat()}上报，内容已经固定", "需要补充的，请写入下月的报告")
    if report.revision != seen:
        raise Refused(f"不能{what}", "您打开之后，另一名同志已经保存过新的一稿", "您写的文字仍保留在下面，请对照最新一稿后再保存")
    return report


# ---- 第十条（四） 追责 ----------------------------------------------------------------------------------


def decide(
    duty: Obligation, verdict: str, reasons: str, *, by: Person, office: Office, key: str | None = None, seen: int = 0
) -> Event:
    """第十条（四） 认定：逾期是否成立为四种过错之一，由政务办写明理由；再次认定的，以最后一次为准。"""
    with acting(DECIDE):
        if (before := repeated(key, DECIDE)) is not None:
            return before
        if not holds(office, OFFICE):
            raise Refused("不能认定", "追责由政务办办理（第十条（四））", "如有说明，请提交政务办")
        found = faults.candidates(clock.today()).filter(pk=duty.pk).first()
        if found is None or found.due is None:
            raise Refused("不能认定", "这一项没有超过法定期限，或者不可归责", "请回到列表查看最新情况")
        made = FaultDecision.objects.filter(duty=found.pk).count()
        if made != seen:
            raise Refused("不能认定", "您打开之后，另一名同志已经认定", "请查看其认定和理由；需要改变的，请再提交一次")
        decision = FaultDecision(
            case=found.case, duty=found.pk, number=made + 1, fault=faults.OF_ROW[found.row], article=found.article,
            office=Office.objects.get(code=found.office_code), due=found.due, verdict=verdict, reasons=reasons,
            decided_on=clock.today(), person=by,
        )  # fmt: skip
        facts = {"case": found.case.number, "duty": found.pk, "fault": decision.fault, "verdict": verdict, "opinion": reasons}
        return note(DECIDE, by=by, office=office, rows=[decision], facts=facts, key=key)
