"""第十条（四）, S9: late duties that may be one of the four faults. The list is computed; whether it is a fault, a person decides.

Only limits of the regulation or of an order; what is 不可归责 or 暂定 is not here. A lead body that let its five 工作日
pass has not reviewed either, though the law answered for it (第八条, X3): it is on the list as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import names
from qingdan.statute.labels import owed

from . import counts
from .models import FaultDecision

FAULTS: dict[str, tuple[str, ...]] = {
    "逾期不报": ("D1", "D2", "D13"),
    "收而不审": ("D3", "D3r", "D4", "D5"),
    "审而不结": ("D7", "D10"),
    "更新不及时": ("D11", "D12"),
}
OF_ROW = {row: fault for fault, rows in FAULTS.items() for row in rows}


@dataclass(frozen=True)
class Candidate:
    """One late duty, and what has been decided on it so far (the last decision holds)."""

    duty: Obligation
    fault: str
    office: str
    owed: str
    days: int
    decisions: list[FaultDecision]

    @property
    def said(self) -> str:
        """How late, in words."""
        if self.duty.how == "deemed":
            return "到期未作答复，依第八条视为同意"
        return f"逾期 {self.days} 个工作日{'，仍未办理' if self.duty.is_open else ''}"

    @property
    def verdict(self) -> str:
        return self.decisions[-1].verdict if self.decisions else ""


def candidates(today: date, office: Office | None = None) -> QuerySet[Obligation]:
    """The late duties of the four faults, newest due day first; of one office or of all."""
    silent = Q(row="D4", how="deemed") & counts.attributable()
    found = Obligation.objects.filter(counts.late(today) | silent, row__in=OF_ROW, case__law=counts.CODE)
    if office is not None:
        found = found.filter(office_code=office.code)
    return found.select_related("case", "case__office").order_by("-due", "pk")


def decided(found: QuerySet[Obligation], yes: bool) -> QuerySet[Obligation]:
    """Only those on which somebody has decided, or only those that wait for it."""
    there = Exists(FaultDecision.objects.filter(duty=OuterRef("pk")))
    return found.filter(there if yes else ~there)


def told(duties: Iterable[Obligation], today: date) -> list[Candidate]:
    """In words, with their decisions: two queries."""
    rows = list(duties)
    office_names, decisions = names(), _decisions([o.pk for o in rows])
    return [
        Candidate(
            duty=o,
            fault=OF_ROW[o.row],
            office=office_names.get(o.office_code, o.office_code),
            owed=owed(counts.CODE, o.row, o.acts.split("|")),
            days=in_force().count(cast(date, o.due), max(cast(date, o.due), o.closed_on or today)),
            decisions=decisions.get(o.pk, []),
        )
        for o in rows
    ]


def _decisions(keys: list[str]) -> dict[str, list[FaultDecision]]:
    found: dict[str, list[FaultDecision]] = {}
    for decision in FaultDecision.objects.filter(duty__in=keys).select_related("person").order_by("number"):
        found.setdefault(decision.duty, []).append(decision)
    return found
