"""Lives the demonstration's complaints through the room's own actions: handed in, handed on, taken up or not; `inquiring` has what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.actions import entrust
from qingdan.kernel.offices.models import OfficeRole
from qingdan.kernel.vault import unlocking
from qingdan.kernel.vault.forms import PURPOSES
from qingdan.kernel.vault.reading import read_identity
from qingdan.measures.complaints import accepting, assigning, codes, complaining
from qingdan.measures.complaints.access import of_case
from qingdan.measures.complaints.actions import file_complaint, make_known
from qingdan.measures.complaints.filing import Filing
from qingdan.measures.complaints.papers.issuing import issue
from qingdan.measures.complaints.papers.words import OF_ACT
from qingdan.statute.complaints_grounds import CONTACTS as ASKED
from qingdan.statute.complaints_grounds import WEB
from qingdan.statute.roles import DISTRICT, HANDLER, OFFICE

from . import inquiring
from .content import complaints as content
from .content.complaints import GRANTED, Story, Turn

if TYPE_CHECKING:
    from .filling import World

KEEPER = 3
"""身份保管员 of each body: the fourth of its people, who neither investigates nor signs."""
Day = tuple[date, Callable[[], object]]


def roles(world: World) -> list[OfficeRole]:
    """第三条: who oversees, who handles, and 区政府 for what is said about 政务办."""
    held = [("政务办", OFFICE, ""), ("区政府", DISTRICT, ""), *((short, HANDLER, scope) for short, scope in content.HANDLERS)]
    return [OfficeRole(office=world.office(s), measure="诉", role=role, scope=scope) for s, role, scope in held]


def steps(world: World, back: Callable[[int], date]) -> Iterator[Day]:
    """(day, what is done on it), the contacts and the custodians before all complaints."""
    first = back(max(story.back for story in content.STORIES) + 1)
    for short in content.BODIES:
        yield first, partial(entrust, person=inquiring.hand(world, short, KEEPER), office=world.office(short), by=None)
    for short, told in content.CONTACTS.items():
        known = {"place": "", "hours": "", **dict.fromkeys(ASKED, ""), **told}
        yield first, partial(make_known, world.office(short), known, by=world.clerks[short])
    cases: dict[str, Case] = {}
    for n, story in enumerate(content.STORIES, 1):
        yield back(story.back), partial(_file, world, cases, story, n)
        for turn in story.turns:
            yield back(turn.back), partial(_turn, world, cases, story, turn, back)
            if story.who and turn.act in ("accept", "ask_evidence"):
                yield back(turn.back), partial(_ask_who, world, cases, story, turn.by)


def _file(world: World, cases: dict[str, Case], story: Story, n: int) -> None:
    filing = Filing(
        story.channel, story.text, story.grounds, respondent_office=world.office(story.about), item_kind=story.item_kind, identity=story.identity,
        evidence=story.evidence, confidential=story.confidential, representatives=story.representatives, receipt=story.receipt,
        id_shown=story.channel == "visit", place="一楼投诉受理窗口" if story.channel == "visit" else "",
        received_at=None if story.channel == WEB else clock.now() - timedelta(minutes=3),
        to=world.office(story.to) if story.to else None, query_hash=codes.hash_of(story.code) if story.code else "",
    )  # fmt: skip
    if story.code:
        filing.reference = f"DEM0{content.CODES.index(story.code) + 1:012d}"
    who: dict[str, Any] = {"by": world.clerks[story.at], "office": world.office(story.at)} if story.at else {"by": None}
    cases[story.key] = file_complaint(filing, key=f"demo-complaint-{n}", **who).case


def _turn(world: World, cases: dict[str, Case], story: Story, turn: Turn, back: Callable[[int], date]) -> None:
    case = cases[story.key]
    if turn.act in inquiring.ACTS:
        inquiring.live(world, case, turn, back)
        return
    if not turn.by:
        SAID[turn.act](case, turn.text)
        return
    who: dict[str, Any] = {"by": world.clerks[turn.by], "office": world.office(turn.by)}
    event = _done(world, case, turn, who)
    for template in OF_ACT.get(turn.act, ()) if story.papers else ():
        issue(of_case(case), event, template, **who)


def _ask_who(world: World, cases: dict[str, Case], story: Story, short: str) -> None:
    """P-E2: who works on it asks who complained; who keeps identities for the body grants it, or has still to decide."""
    complaint, office = of_case(cases[story.key]), world.office(short)
    row = unlocking.ask(complaint.reference, "需要电话核实办理经过", by=world.clerks[short], office=office)
    if story.who == GRANTED and complaint.identity is not None:
        unlocking.grant(row, by=inquiring.hand(world, short, KEEPER), until=clock.now() + timedelta(hours=4))
        read_identity(complaint.identity, by=world.clerks[short], office=office, purpose=PURPOSES[0])


def _done(world: World, case: Case, turn: Turn, who: dict[str, Any]) -> Event:
    if turn.to:
        return TO[turn.act](case, world.office(turn.to), turn.text, **who)
    if turn.ground:
        return accepting.decline(case, turn.ground, turn.text, "query", **who)
    if turn.act == "decline_unproven":
        return accepting.decline_unproven(case, turn.text, "query", **who)
    return SAID[turn.act](case, turn.text, **who)


TO: dict[str, Callable[..., Event]] = {
    "assign": assigning.assign,
    "assign_by_district": assigning.assign_by_district,
    "transfer": assigning.transfer,
}
SAID: dict[str, Callable[..., Event]] = {
    "accept": accepting.accept,
    "ask_evidence": accepting.ask_evidence,
    "add_facts": complaining.add_facts,
    "withdraw_complaint": complaining.withdraw_complaint,
}
