"""What is asked of complaints, by name; always of those that `access` lets through. A fixed number of queries, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from qingdan.engine.duties import Standing
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.ledger.standing import shadow
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import holders, names
from qingdan.kernel.ui.reasons import why_of
from qingdan.statute.complaints_grounds import CLOCKS, STEPS, clock_name, clock_of
from qingdan.statute.complaints_inquiry import RATINGS
from qingdan.statute.labels import label, name_of
from qingdan.statute.laws import law_of
from qingdan.statute.roles import HANDLER
from qingdan.statute.terms import Must

from .access import CODE, visible_to
from .models import Complaint, Contact, Rating, ScopedQuerySet

FIRST = 20
"""So many of each clock on the page of all three."""


@dataclass(frozen=True)
class Line:
    """One open duty of one complaint, as the work list shows it."""

    complaint: Complaint
    duty: Obligation
    what: str
    who: str
    mine: bool

    @property
    def clock(self) -> str:
        return clock_name(self.duty.row)


def bodies(day: date) -> list[Office]:
    """第三条: the handling bodies of this day."""
    return holders(CODE, HANDLER, day)


def open_duties(office: Office, day: date, key: str) -> QuerySet[Obligation]:
    """What is owed on this clock in the complaints that this office may know of, by due day."""
    seen = visible_to(office, day).order_by().values("case")
    found = Obligation.objects.filter(how="", row__in=CLOCKS[key][1], case__law=CODE, case__in=seen)
    return found.select_related("case").order_by("due", "case__opened_on", "pk")


def counts(office: Office, day: date) -> dict[str, tuple[int, int]]:
    """Clock -> how many are open, how many of them late; one query."""
    seen = visible_to(office, day).order_by().values("case")
    wanted: dict[str, Any] = {}
    for key, (_, rows) in CLOCKS.items():
        wanted[key] = Count("pk", filter=Q(row__in=rows))
        wanted[f"{key}_late"] = Count("pk", filter=Q(row__in=rows, due__lt=day, provisional=False, source="REGULATION"))
    found = Obligation.objects.filter(how="", case__law=CODE, case__in=seen).aggregate(**wanted)
    return {key: (found[key], found[f"{key}_late"]) for key in CLOCKS}


def lines(duties: Iterable[Obligation], office: Office, day: date) -> list[Line]:
    """These duties with their complaints; two queries."""
    rows, office_names = list(duties), names()
    of_case = {c.case_id: c for c in visible_to(office, day).filter(case__in=[o.case_id for o in rows])}
    return [
        Line(of_case[o.case_id], o, name_of(CODE, o.row), office_names.get(o.office_code, o.office_code), o.office_code == office.code)
        for o in rows if o.case_id in of_case
    ]  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One event, for a timeline: without a word of what was said."""

    label: str
    who: str
    on: date
    recorded_at: datetime
    remark: str
    article: str
    by_law: bool = False
    late: bool = False


DECIDED = dict.fromkeys(("decide", "decide_assigned"), "第十六条")
"""The decision fulfils the limit of 第十四条; it is made under 第十六条."""


def timeline(
    events: Iterable[Event], standing: Standing, signed: dict[int, str], *, staff: bool = True, articles: Mapping[str, str] = DECIDED
) -> list[Told]:
    """What has happened. `staff` False: for the complainant, who is told which office, not which person; `articles`: of acts, where it is not
    that of their first row."""
    office_names, first = names(), standing.law.first_row
    found = []
    for e in events:
        office = office_names.get(e.office_code, e.office_code)
        through = office_names.get(str(e.facts.get("through", "")), "")
        remark = f"由{through}代为登记" if through else ""
        who = f"{office} {signed[e.seq]}" if staff and signed.get(e.seq) else office
        article = articles.get(e.act) or (first[e.act].article if e.act in first else "")
        found.append(Told(label(e.act), who, e.on, e.recorded_at, remark, article, e.by_law, ("late", e.n) in standing.flags))
    return found


@dataclass(frozen=True)
class First:
    """The duty of a case that comes first, with its name."""

    duty: Obligation
    name: str


def first_owed(cases: Iterable[int | None]) -> dict[int | None, First]:
    """Case -> the open duty in it that is due first; one query."""
    found: dict[int | None, First] = {}
    for o in Obligation.objects.filter(case__in=[c for c in cases if c], how="").order_by(F("due").asc(nulls_last=True), "pk"):
        found.setdefault(o.case_id, First(o, name_of(CODE, o.row)))
    return found


def duties_for_page(case: Case, events: Iterable[Event], standing: Standing) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The duties of a case as a page shows them: (open, ended)."""
    begun = {e.n: (e.act, e.on) for e in events if e.n}
    known = names()
    shown = [(o.is_open, _shown(o, case, known, begun)) for o in shadow(case, standing)]
    return [d for is_open, d in shown if is_open], [d for is_open, d in shown if not is_open]


def _shown(o: Any, case: Case, office_names: dict[str, str], begun: Any) -> dict[str, Any]:
    row = law_of(case.law, case.edition)[o.row]
    assert isinstance(row, Must)  # noqa: S101 - only duties cast a shadow
    return {
        "office": office_names.get(o.office_code, o.office_code), "name": name_of(CODE, o.row), "due": o.due, "since": o.since, "article": o.article,
        "source": o.source.lower(), "provisional": o.provisional, "clock": clock_name(o.row), "choice": row.choice, "row": o,
        "why": why_of(o, begun), "limit": "" if o.due else "尽快",
    }  # fmt: skip


STATES = {
    "assign": "待批转", "accept": "待受理", "evidence": "等待补正", "handle": "办理中", "tell": "待告知", "decided": "已作出决定",
    "malicious": "按恶意投诉结案", "declined": "不予受理", "withdrawn": "已撤回",
}  # fmt: skip
"""How far a complaint is, in one word each. None of them says that anything was settled: a handling that is over is no more than that."""
AWAITED = "D34"
"""The complainant's own duty, while which the body waits for evidence."""


def state_of(open_duties: Iterable[Obligation], complaint: Complaint, last: str) -> str:
    """In one word how far it is; one of STATES. `last`: the act by which it was withdrawn, if it was."""
    rows = {o.row for o in open_duties}
    clocks = {clock_of(row) for row in rows}
    if "accept" in clocks:
        return STATES["evidence" if AWAITED in rows else "accept"]
    for key in ("handle", "assign", "tell"):
        if key in clocks:
            return STATES[key]
    if complaint.refusal:
        return STATES["declined"]
    if last == "withdraw_complaint":
        return STATES["withdrawn"]
    return STATES["malicious" if complaint.malicious else "decided"]


def in_state(complaints: ScopedQuerySet, state: str) -> ScopedQuerySet:
    """Those that are this far; what is no state asks for nothing."""
    owed = Obligation.objects.filter(case=OuterRef("case"), how="")
    awaited, withdrawn = Exists(owed.filter(row=AWAITED)), Exists(Event.objects.filter(case=OuterRef("case"), act="withdraw_complaint"))
    found: ScopedQuerySet = complaints
    if state in (*CLOCKS, "tell"):
        found = complaints.filter(Exists(owed.filter(row__in=(CLOCKS.get(state) or STEPS[state])[1])))
        found = found.exclude(awaited) if state == "accept" else found
    elif state == "evidence":
        found = complaints.filter(awaited)
    elif state == "declined":
        found = complaints.exclude(refusal="")
    elif state == "withdrawn":
        found = complaints.filter(withdrawn)
    elif state in ("decided", "malicious"):
        running = [row for _, rows in (*CLOCKS.values(), STEPS["tell"]) for row in rows]
        found = complaints.filter(~Exists(owed.filter(row__in=running)), ~withdrawn, refusal="", malicious=state == "malicious")
    return found


@dataclass(frozen=True)
class Share:
    """Of one body: how many complaints it handles of those asked for, how many of them it refused, and what complainants answered (P-D3, P-D9)."""

    body: str
    n: int
    refused: int
    ratings: tuple[tuple[str, int], ...]

    @property
    def share(self) -> int:
        return round(100 * self.refused / self.n)


def shares(seen: ScopedQuerySet) -> list[Share]:
    """For each body that handles some of these; two queries."""
    handled = seen.exclude(handler=None).order_by("handler__code").values("handler", "handler__short")
    found = list(handled.annotate(n=Count("pk"), no=Count("pk", filter=~Q(refusal=""))))
    rated = Rating.objects.filter(complaint__in=seen.order_by().values("pk")).order_by()
    answers = {(body, answer): n for body, answer, n in rated.values_list("complaint__handler", "answer").annotate(n=Count("pk"))}
    return [
        Share(row["handler__short"], row["n"], row["no"], tuple((name, answers.get((row["handler"], key), 0)) for key, name in RATINGS.items()))
        for row in found
    ]  # fmt: skip


def contacts(day: date) -> list[tuple[Office, Contact | None]]:
    """第七条: each handling body with what it made known last; two queries."""
    found = bodies(day)
    newest: dict[int, Contact] = {}
    for contact in Contact.objects.filter(office__in=[o.pk for o in found]).order_by("pk"):
        newest[contact.office_id] = contact
    return [(office, newest.get(office.pk)) for office in found]
