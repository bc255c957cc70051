"""Entering and changing calendar years: one person proposes, another adopts; open duties are counted anew (P-C5, T21, R6)."""

from __future__ import annotations

from qingdan.engine.refusals import Refused
from qingdan.engine.workdays import Calendar
from qingdan.kernel import clock
from qingdan.kernel.ledger import hands
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.outside import Moved, moved_by, redate_open_cases
from qingdan.kernel.offices.models import Office, Person

from . import Arrangement, calendar_of
from .current import days_in_force, holding
from .models import CalendarProposal, CalendarRelease
from .spelling import read_year, rows_of, text_of

PROPOSE, ADOPT, REJECT = "propose_calendar", "adopt_calendar", "reject_calendar"


def propose(
    *, year: int, notice: str, title: str, url: str, days: str, by: Person, office: Office, key: str | None = None
) -> CalendarProposal:
    """P-C1: the arrangements of one year with the number of the State Council's notice. Nothing is counted by them yet."""
    rows = read_year(days, year, notice)
    calendar_with(rows)
    proposal = CalendarProposal(
        year=year, notice=notice, title=title, url=url, days=text_of(rows), proposed_by=by, proposed_on=clock.today()
    )  # fmt: skip
    event = note(PROPOSE, by=by, office=office, rows=[proposal], facts={"year": year, "notice": notice, "days": len(rows)}, key=key)
    return CalendarProposal.objects.get(pk=event.told["rows"][0][1])


def calendar_with(rows: tuple[Arrangement, ...]) -> Calendar:
    """The calendar in force with one year put in or replaced. Refuses a gap between years and a day named twice."""
    try:
        return calendar_of(_days_with(rows))
    except ValueError as error:
        raise Refused(f"不能采用{rows[0].year}年放假安排", str(error).rstrip("。"), "请对照国务院办公厅通知核对后重新录入") from error


def _days_with(rows: tuple[Arrangement, ...]) -> tuple[Arrangement, ...]:
    """All days in force, those of one year replaced by these."""
    return (*(r for r in days_in_force() if r.year != rows[0].year), *rows)


def preview(proposal: CalendarProposal) -> list[Moved]:
    """Which open duties would move, and to which day."""
    return moved_by(calendar_with(rows_of(proposal.days)))


def adopt(proposal: CalendarProposal, *, by: Person, office: Office, key: str | None = None) -> int:
    """A second person adopts it: from now on days are counted by it. Returns how many open duties got another day."""
    with acting(ADOPT):
        proposal = CalendarProposal.objects.get(pk=proposal.pk)
        _ensure_second(proposal, by, f"不能采用{proposal.year}年放假安排")
        rows = rows_of(proposal.days)
        calendar = calendar_with(rows)
        proposal.outcome, proposal.decided_by, proposal.decided_on = proposal.ADOPTED, by, clock.today()
        release = CalendarRelease(version=calendar.version, days=text_of(_days_with(rows)), year=proposal.year, adopted_on=clock.today())
        facts = {"year": proposal.year, "notice": proposal.notice, "version": calendar.version}
        note(ADOPT, by=by, office=office, rows=[proposal, release], facts=facts, key=key)
        with holding(calendar):
            return redate_open_cases(calendar, by=by, office=office)


def reject(proposal: CalendarProposal, remark: str, *, by: Person, office: Office, key: str | None = None) -> None:
    """It is not adopted; it stays on file."""
    with acting(REJECT):
        proposal = CalendarProposal.objects.get(pk=proposal.pk)
        _ensure_open(proposal, "不能退回这份放假安排")
        proposal.outcome, proposal.decided_by, proposal.decided_on, proposal.remark = proposal.REJECTED, by, clock.today(), remark
        note(REJECT, by=by, office=office, rows=[proposal], facts={"year": proposal.year, "opinion": remark}, key=key)


def _ensure_open(proposal: CalendarProposal, what: str) -> None:
    if not proposal.is_open:
        raise Refused(what, f"它已由{proposal.decided_by}于{proposal.decided_on}处理", "请刷新页面看最新的情况；需要再改的，请重新录入该年安排")


def _ensure_second(proposal: CalendarProposal, by: Person, what: str) -> None:
    _ensure_open(proposal, what)
    first = hands.of_events(hands.that_did(PROPOSE, proposal))
    hands.ensure_another(what, first, by, "录入和复核不能是同一个人", "请政务办另一名同志核对通知原文后采用")
