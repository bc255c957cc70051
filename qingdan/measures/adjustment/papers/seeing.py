"""Who sees a paper, and who makes it. A paper is seen by whoever may see its case, but for two: an opinion while the others still review
(第七条（三）), and the advice on a fault, which is for 政务办 alone until it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.offices.models import Office
from qingdan.kernel.papers import fonts
from qingdan.kernel.papers.models import Paper
from qingdan.kernel.papers.queries import issued, paper_of
from qingdan.measures.adjustment.access import hidden_events, is_office, visible_to
from qingdan.measures.adjustment.filings.access import rules_seen_by

from .catalogue import Origin, of_decisions, of_events

ADVICE, RULE = "accountability", "unit_rule"


@dataclass(frozen=True)
class Section:
    """文书 of a case page: what was issued, what this office can make, and with which fonts."""

    issued: list[Paper]
    to_make: list[Origin]
    fonts: str

    @property
    def bound(self) -> bool:
        return any(paper.pdf_id or paper.scans.all() for paper in self.issued)


def section(case: Case, office: Office, day: date, events: list[Event], hidden: set[int | None]) -> Section:
    """In a fixed number of queries. `hidden`: as `access.hidden_events` says."""
    papers = [paper for paper in issued().filter(case=case) if _seen(paper, office, day, {f"e{e.seq}" for e in events if e.n in hidden})]
    done = {(paper.template, paper.origin) for paper in papers if not paper.withdrawn}
    origins = [origin for origin in of_events(case, events) if origin.office_code == office.code]
    if is_office(office, day):
        origins += of_decisions(case.fault_decisions.select_related("office"))
    return Section(papers, [o for o in origins if (o.template.key, o.key) not in done], fonts.found().told)


def papers_in(case: Case, office: Office, day: date) -> list[Paper]:
    """The papers of a case that this office may see, in the order in which they were issued."""
    events = list(case.events.order_by("n"))
    hidden = hidden_events(standing_of(case, events), events, office, day)
    return section(case, office, day, events, hidden).issued


def may_see(paper: Paper, office: Office | None, day: date) -> bool:
    if office is None:
        return False
    if paper.template == RULE:
        return any(paper.origin == rule.paper_key for rule in rules_seen_by(office, day))
    case = visible_to(office, day).filter(papers=paper).first()
    return case is not None and paper in papers_in(case, office, day)


def may_make(origin: Origin, office: Office, day: date) -> bool:
    """Only the office whose act, decision or rule it is."""
    if origin.template.key == ADVICE:
        return is_office(office, day)
    if origin.case is not None and not visible_to(office, day).filter(pk=origin.case.pk).exists():
        return False
    return origin.office_code == office.code


def may_have(file: StoredFile, office: Office, day: date) -> bool:
    """A file of a paper: its PDF, its DOCX, a scan."""
    paper = paper_of(file)
    return paper is not None and may_see(paper, office, day)


def of_rules(sources: Iterable[str]) -> dict[str, Paper]:
    """The papers of units' rules that hold, by what they were made from."""
    wanted = set(sources)
    return {paper.origin: paper for paper in issued().filter(template=RULE, withdrawal=None) if paper.origin in wanted}


def _seen(paper: Paper, office: Office, day: date, hidden: set[str]) -> bool:
    if paper.template == ADVICE:
        return paper.office_id == office.pk or is_office(office, day)
    return paper.origin not in hidden
