"""第九条 备案: which filings have been handed in, read from the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office
from qingdan.measures.adjustment.access import visible_to

from .models import Proof


@dataclass(frozen=True)
class Filing:
    """One 备案 and the paper that came with it."""

    event: Event
    paper: Proof | None


def filings(office: Office, day: date, unit: str = "") -> QuerySet[Event]:
    """The acts of filing that this office may see, newest first."""
    found = Event.objects.filter(act="file_own", case__in=visible_to(office, day)).select_related("case", "case__office", "person")
    return (found.filter(case__office__code=unit) if unit else found).order_by("-seq")


def with_papers(events: Iterable[Event]) -> list[Filing]:
    """One more query for the papers of all of them."""
    events = list(events)
    papers = {p.case_id: p for p in Proof.objects.filter(kind=Proof.FILING, case__in=[e.case_id for e in events]).select_related("file")}
    return [Filing(e, papers.get(e.case_id or 0)) for e in events]
