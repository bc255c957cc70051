"""Fills the demonstration by living its stories: every row in it was written by the product's own actions.

The clock is set to the day of each step; a sweep runs every working day, as it would have in real life.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password

from qingdan.kernel import clock
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.canonical import text
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Account, Office, OfficeRole, Person, Post
from qingdan.lists.importing.committing import commit, plan
from qingdan.lists.importing.reading import read_path
from qingdan.lists.queries import current, find
from qingdan.lists.schema import clean
from qingdan.measures.adjustment import actions
from qingdan.measures.adjustment.models import ChangeRequest
from qingdan.measures.adjustment.registers import actions as registers
from qingdan.measures.adjustment.registers import monthly
from qingdan.statute.roles import EGOV, LEAD, OFFICE

from . import complaints, handed_in, issued, laws, proofs
from .content import loader
from .content.story import TODAY, Step, Story
from .roles import KEEPERS

FOUNDING = datetime(2026, 7, 1, 9, 0, tzinfo=clock.SHANGHAI)
LEADS = (
    ("法制办", "权责"), ("编办", "权责"), ("政务服务中心", "审批"),
    ("财政局", "收费"), ("财政局", "基金"), ("发改统计局", "负面"),
)  # fmt: skip


@dataclass
class World:
    """Who is who while the stories are lived."""

    offices: dict[str, Office] = field(default_factory=dict)
    clerks: dict[str, Person] = field(default_factory=dict)
    heads: dict[str, Person] = field(default_factory=dict)

    def office(self, short: str) -> Office:
        return self.offices[short]


def fill(say: Callable[[str], None] = print) -> None:
    """Everything, in the order of its days. `say` gets a line of progress."""
    try:
        clock.set_fixed(FOUNDING)
        world = _district()
        say(f"{len(world.offices)} offices, {len(loader.people())} people")
        _lists(world, say)
        _live(world, say)
    finally:
        clock.set_fixed(None)


def _district() -> World:
    """Offices, people, posts and roles, each by an act of the kernel."""
    world = World()
    offices = [Office(code=o.code, name=o.name, short=o.short, kind=o.kind) for o in loader.offices()]
    note("create_office", by=None, rows=offices)
    world.offices = {o.short: o for o in offices}
    by_code = {o.code: o for o in offices}
    people = [Person(username=p.username, name=p.name, password=make_password(None)) for p in loader.people()]
    note("create_person", by=None, rows=people)
    posts = [
        Post(person=person, office=by_code[p.office], title=p.title, rank=p.rank)
        for person, p in zip(people, loader.people(), strict=True)
    ]
    note("appoint", by=None, rows=posts)
    for post in posts:
        side = world.clerks if post.rank == Post.CLERK else world.heads
        side.setdefault(post.office.short, post.person)
    note("give_role", by=None, rows=_roles(world))
    for username, name, duty, _ in KEEPERS:
        person = Person(username=username, name=name, password=make_password(None))
        note("first_keeper", by=None, rows=[person, Account(person=person, duty=duty)], facts={"person": username, "duty": duty})
    return world


def _roles(world: World) -> list[OfficeRole]:
    held = [("政务办", OFFICE, ""), ("电子政务中心", EGOV, ""), *((short, LEAD, scope) for short, scope in LEADS)]
    adjusting = [OfficeRole(office=world.office(s), measure="调", role=role, scope=scope) for s, role, scope in held]
    return [*adjusting, *complaints.roles(world)]


def _lists(world: World, say: Callable[[str], None]) -> None:
    """Each list by the importer, as one founding case."""
    office = world.office("政务办")
    for kind in loader.KINDS:
        table = read_path(str(loader.items_file(kind)))
        found = plan(kind, table)
        done = commit(kind, table, found.digest, by=world.clerks["政务办"], office=office)
        say(f"{kind}: {done.case.number}")


@dataclass
class _Act:
    day: date
    do: Callable[[], object]


def _live(world: World, say: Callable[[str], None]) -> None:
    """All steps of all stories in the order of their days, with a sweep at the start of each day."""
    cases: dict[str, Case] = {}
    minutes = 0
    day = FOUNDING.date()
    for act in _in_order(world, cases):
        while day < act.day:
            _report_month(world, day)
            day, minutes = _next_day(day), 0
        minutes += 4
        clock.set_fixed(datetime.combine(day, time(9)) + timedelta(minutes=minutes))
        act.do()
    while day < TODAY:
        _report_month(world, day)
        day = _next_day(day)
    say(f"{len(cases)} cases")


def _next_day(day: date) -> date:
    """Midnight passes, and with it what the law does by itself."""
    day += timedelta(days=1)
    clock.set_fixed(datetime.combine(day, time(0, 5)))
    sweep()
    return day


def _report_month(world: World, day: date) -> None:
    """第十条（三）: on its target day 政务办 issues the report of the month."""
    for case in monthly.months():
        month = monthly.month_of(case)
        if month.target == day and not month.issued:
            clock.set_fixed(datetime.combine(day, time(17, 0)))
            plain, late = monthly.figures_of(month, day)
            words = monthly.draft(month, plain, late, day)
            who: dict[str, Any] = {"by": world.clerks["政务办"], "office": world.office("政务办")}
            registers.issue(case, words, **who)
            issued.of_month(case, **who)


def _in_order(world: World, cases: dict[str, Case]) -> list[_Act]:
    acts = [
        _Act(workday_back(step.back), partial(_do, world, cases, story, step))
        for story in loader.stories()
        for step in story.steps
    ]  # fmt: skip
    for more in (laws, handed_in, complaints):
        acts += [_Act(day, do) for day, do in more.steps(world, workday_back)]
    return sorted(acts, key=lambda a: a.day)


def workday_back(n: int) -> date:
    """The working day n 工作日 before the day on which the demonstration opens."""
    calendar, day = in_force(), TODAY
    while n:
        day = calendar.on_or_before(day - timedelta(days=1))
        n -= 1
    return day


def _do(world: World, cases: dict[str, Case], story: Story, step: Step) -> None:
    office = world.office(step.by)
    person = world.heads[step.by] if step.act.startswith("approve") and step.by in world.heads else world.clerks[step.by]
    who: dict[str, Any] = {"by": person, "office": office}
    if step.act == "cause_arose":
        cases[story.key] = actions.register_cause(_request(world, story), **who)
        return
    case = cases[story.key]
    if step.act in ("apply", "reapply"):
        _submit(case, story, step, who)
    elif step.act == "refer":
        actions.refer(case, [world.office(s) for s in story.leads], step.text, **who)
    elif step.act == "approve_amended":
        change = ChangeRequest.objects.get(case=case)
        actions.approve_amended(case, clean(story.list, {**change.asked, **step.changes}), step.text, **who)
    else:
        SIMPLE.get(step.act, _say(step.act))(case, step.text, **who)
    issued.of_act(story.key, case, step.act, **who)


SIMPLE: dict[str, Callable[..., Any]] = {
    "ask_extension": actions.ask_extension,
    "grant_extension": actions.grant_extension,
    "return_once": actions.return_once,
    "approve": actions.approve,
    "publish": proofs.publish,
    "update_own_site": proofs.update_own_site,
    "update_own_site_to_file": proofs.update_own_site,
}


def _say(act: str) -> Callable[..., Any]:
    return lambda case, words, **who: actions.say(case, act, words, **who)


def _request(world: World, story: Story) -> ChangeRequest:
    item = find(story.item)
    version = current(item) if item else None
    old = version.content_dict if version else {}
    content = clean(story.list, {**old, **story.changes})
    clerk = world.clerks[story.unit]
    return ChangeRequest(
        list_kind=story.list, move=story.action, item=item, base_number=version.number if version else None,
        base_content=text(old), content=text(content), ground=story.ground, cause=story.event,
        cause_day=workday_back(story.cause_back), evidence=story.document, reason=story.reason,
        contact=f"{clerk.name} 0371-63520000", successor=story.successor,
    )  # fmt: skip


def _submit(case: Case, story: Story, step: Step, who: dict[str, Any]) -> None:
    change = ChangeRequest.objects.select_related("item").get(case=case)
    change.content = text(clean(story.list, {**change.asked, **step.changes}))
    if step.text:
        change.reason = f"{story.reason}{step.text}"
    submit = actions.reapply if step.act == "reapply" else actions.apply
    submit(case, change, **who)


def opening() -> datetime:
    """The moment at which the demonstration opens."""
    return datetime.combine(TODAY, time(15, 0), clock.SHANGHAI)

