"""Papers that are not of one step of a case: the book and the report of a month, the advice on a fault, the filing of a unit's rule."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from qingdan.engine.refusals import spell_day
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.queries import holders
from qingdan.kernel.papers.content import spell_digest
from qingdan.measures.adjustment.filings.models import UnitRule
from qingdan.measures.adjustment.registers import book, monthly
from qingdan.measures.adjustment.registers.models import FaultDecision
from qingdan.statute.labels import name_of
from qingdan.statute.roles import OFFICE

GOVERNMENT = "金水区人民政府"


def of_month(case: Case) -> dict[str, Any]:
    """第十条（三）: the report as it was issued, its figures frozen, and the 台账 of its period."""
    month = monthly.month_of(case)
    report = month.report
    if report is None or report.issued_on is None:
        return {}
    plain, late = monthly.read(report.frozen)
    groups = [
        [f"{title}：{group.name}", *(counted.count for counted in group.counted)]
        for title, found in monthly.broken_down(report.frozen) for group in found
    ]  # fmt: skip
    return {
        "to": GOVERNMENT, "month": f"{month.first.year}年{month.first.month}月", "period": f"{spell_day(month.begin)}至{spell_day(month.end)}",
        "opinion": report.analysis, "figures": [[f.label, f.count] for f in plain], "groups": groups,
        "late": [[f.office, f.article, f.count] for f in late], "columns": ["编号", "事项", *(step.name for step in book.STEPS), "状态"],
        "lines": _lines(month.begin, month.end),
    }  # fmt: skip


def _lines(begin: date, end: date) -> list[list[str]]:
    """Every case in which something was done in the period, with its dates step by step."""
    cases = Case.objects.filter(law="调", request__isnull=False, events__on__range=(begin, end)).distinct()
    rows = book.lines(book.with_requests(cases).order_by("pk"), end + timedelta(days=1))
    return [[line.case.number, f"{line.case.title}（{line.case.office.short}）", *(_step(e) for e in line.steps), line.state] for line in rows]


def _step(entries: list[book.Entry]) -> str:
    return "\n".join(f"{f'{e.office} ' if e.named else ''}{e.done.isoformat()[5:] if e.done else e.mark or '在办'}" for e in entries) or "—"


def of_decision(decision: FaultDecision) -> dict[str, Any]:
    """第十条（四）: what was decided of a late duty. To whom and with which advice, a person says."""
    duty = decision.case.obligations.filter(pk=decision.duty).first()
    request = getattr(decision.case, "request", None)
    return {
        "unit": decision.office.name, "number": decision.case.number, "matter": f"{request.move}“{request.name}”" if request else decision.case.title,
        "duty": name_of("调", duty.row) if duty else "", "article": decision.article, "due": spell_day(decision.due), "fault": decision.fault,
        "decided": spell_day(decision.decided_on), "reasons": decision.reasons,
    }  # fmt: skip


def of_rule(rule: UnitRule) -> dict[str, Any]:
    """第十一条: a unit's own rules, handed in with their file."""
    return {
        "to": "、".join(office.name for office in holders("调", OFFICE, rule.filed_on)), "title": rule.title, "rule_number": rule.number,
        "adopted": spell_day(rule.adopted_on), "file": rule.file.name, "digest": spell_digest(rule.file.sha256), "opinion": rule.remark,
    }  # fmt: skip
