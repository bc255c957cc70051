"""Lives the second half of the demonstration's complaints: investigated, handed on to units, decided, carried out, answered for (诉11 to 诉19)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from qingdan.kernel import clock
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Person
from qingdan.measures.complaints import answerable, complaining, deciding, errands, hearing, investigating
from qingdan.measures.complaints.access import errands_of, liabilities_visible_to, of_case
from qingdan.measures.complaints.deciding import PARTS, Duty
from qingdan.measures.complaints.models import Errand
from qingdan.measures.complaints.papers.issuing import issue
from qingdan.measures.complaints.papers.words import OF_ACT

from .content.complaint import Turn
from .content.story import TODAY

if TYPE_CHECKING:
    from .filling import World

Day = Callable[[int], date]


def hand(world: World, short: str, n: int) -> Person:
    """One of the people of this office, by the order of their posts; the first is the head."""
    return list(Person.objects.filter(posts__office=world.office(short)).order_by("posts__pk"))[n]


def live(world: World, case: Case, turn: Turn, back: Day) -> None:
    """One turn of the second half."""
    if turn.act == "rate":
        complaining.rate(of_case(case), turn.text)
        return
    who: dict[str, Any] = {"by": hand(world, turn.by, turn.hand), "office": world.office(turn.by)}
    day = None if turn.day is None else back(turn.day) if turn.day >= 0 else in_force().add(TODAY, -turn.day)
    if turn.errand == "liability":
        entry = liabilities_visible_to(who["office"], clock.today()).get(complaint=of_case(case))
        answerable.refer(entry, turn.to, turn.more, turn.text, **who)
    elif turn.errand:
        one: Errand = errands_of(of_case(case)).get(kind=turn.errand)
        OF_ERRAND[turn.act](one, turn.text, **who)
    else:
        event = OF_CASE[turn.act](world, case, turn, day, who)
        for template in OF_ACT.get(turn.act, ()) if turn.papers else ():
            issue(of_case(case), event, template, **who)


def _team(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    return investigating.name_investigators(case, [hand(world, turn.by, n) for n in (1, 2)], **who)


def _declare(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    return investigating.declare_no_interest(case, **who)


def _ask_recusal(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    who = who | {"by": hand(world, turn.by, 1)}
    return investigating.ask_recusal(case, hand(world, turn.by, turn.hand), turn.ground, turn.how, turn.text, **who)


def _decide_recusal(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    return investigating.decide_recusal(case, [], turn.how, turn.text, **who)


def _heard(side: str) -> Callable[..., Event]:
    return lambda world, case, turn, day, who: hearing.hear(case, side, turn.text, turn.how, clock.today(), **who)


def _finding(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    return hearing.record_finding(case, turn.text, clock.today(), **who)


def _letter(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    return errands.draft(case, turn.how, world.office(turn.to), turn.text, day, **who)


def _approve(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    return errands.approve(case, errands_of(of_case(case)).get(case=None, rejected_on=None, decision=None), **who)


def _extend(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    assert day is not None  # noqa: S101 - the story names it
    return deciding.extend_handling(case, day, turn.text, turn.more, **who)


def _decision(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    parts = dict(zip(PARTS, turn.text.split("\n"), strict=True))
    return deciding.draft_decision(case, turn.how, parts, [Duty(world.office(turn.to), turn.more, day)], **who)


def _decide(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    return deciding.decide(case, **who)


def _tell(world: World, case: Case, turn: Turn, day: date | None, who: Any) -> Event:
    return deciding.tell_result(case, turn.how, turn.text, **who)


OF_CASE: dict[str, Callable[..., Event]] = {
    "name_investigators": _team, "declare_no_interest": _declare, "ask_recusal": _ask_recusal, "decide_recusal": _decide_recusal,
    "hear_complainant": _heard("complainant"), "hear_respondent": _heard("respondent"), "record_finding": _finding, "draft_handover": _letter,
    "draft_order": _letter, "approve_letter": _approve, "extend_handling": _extend, "draft_decision": _decision, "decide": _decide,
    "decide_assigned": _decide, "tell_result": _tell,
}  # fmt: skip
OF_ERRAND: dict[str, Callable[..., Event]] = {
    "report_findings": errands.report, "answer_request": errands.report, "report_performance": errands.report, "report_execution": errands.report,
    "accept_answer": errands.accept, "accept_execution": errands.accept, "ask_reason": answerable.ask_reason, "give_reason": answerable.give_reason,
    "register_default": answerable.find_default, "register_silence": answerable.find_default,
}  # fmt: skip
ACTS = (*OF_CASE, *OF_ERRAND, "refer_liability", "rate")
