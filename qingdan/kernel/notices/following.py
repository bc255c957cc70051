"""What follows from events: deemed effects (第八条) and their falling, dates moved by a new calendar; and the calendar's end (P-C6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from qingdan.engine.outside import ANNUL, REDATE
from qingdan.engine.refusals import spell
from qingdan.kernel import clock
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger import guard
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import holders
from qingdan.statute.labels import label, owed
from qingdan.statute.laws import EDITIONS, law_of
from qingdan.statute.roles import OFFICE
from qingdan.statute.terms import Law, Must

from . import wording
from .models import Notice
from .telling import tell_all

HORIZON = 60  # 工作日 of announced calendar, below which 政务办 is warned (P-C6)


def tell_of_events() -> None:
    """Once each: a deemed effect, or that it falls, to the silent office, the applicant and 政务办; a moved date to who owes it."""
    offices: dict[str, Office] = {}
    words: dict[str, str] = {}
    for event in _untold([*_deemed_acts(), ANNUL, REDATE]):
        offices, words = offices or {o.code: o for o in Office.objects.all()}, words or wording.in_force()
        tell_all(list((_moved if event.act == REDATE else _of_a_silence)(event, offices, words)))


def _deemed_acts() -> Iterable[str]:
    return {row.otherwise.act for laws in EDITIONS.values() for law in laws for row in law.duties if row.otherwise}


def _untold(acts: Iterable[str]) -> QuerySet[Event]:
    told = Notice.objects.filter(event=OuterRef("pk"))
    return Event.objects.filter(~Exists(told), act__in=acts, case__isnull=False).select_related("case__office")


def _of_a_silence(event: Event, offices: dict[str, Office], words: Mapping[str, str]) -> Iterator[Notice]:
    """第八条: what the law did, or that two persons have set it aside (then `target` names the lapse)."""
    case, lapse = event.case, event
    if case is None:
        return
    if event.act == ANNUL:
        lapse = case.events.get(n=event.facts["target"])
    silent, (row, article) = offices[lapse.office_code], _silence(law_of(case.law, case.edition), lapse.act)
    told = {
        "案件": case.number, "单位": silent.short, "到期日": spell(lapse.on), "事项": owed(case.law, row.id, row.acts), "条款": row.article,
        "效果条款": article, "效果": label(lapse.act),
    }  # fmt: skip
    said = wording.say(words["annulled" if event.act == ANNUL else "deemed"], told)
    to = [silent, case.office, *holders(case.law, OFFICE, clock.today())]
    step = ANNUL if event.act == ANNUL else "deemed"
    for office in {o.code: o for o in to}.values():
        yield Notice(key=f"{step}:{event.seq}:{office.code}", office=office, text=said, case=case, event=event.seq, step=step)


def _silence(law: Law, act: str) -> tuple[Must, str]:
    return next((row, row.otherwise.article) for row in law.duties if row.otherwise and row.otherwise.act == act)


def _moved(event: Event, offices: dict[str, Office], words: Mapping[str, str]) -> Iterator[Notice]:
    case = event.case
    if case is None:
        return
    law = law_of(case.law, case.edition)
    for moved in event.facts["moved"]:
        if moved["office"] not in offices:  # a party without an office, which reads no notices
            continue
        row, office = law[moved["row"]], offices[moved["office"]]
        told = {
            "案件": case.number, "事项": owed(case.law, row.id, row.acts), "条款": row.article,
            "原到期日": spell(date.fromisoformat(moved["old"])), "新到期日": spell(date.fromisoformat(moved["new"])),
        }  # fmt: skip
        said = wording.say(words["redated"], told)
        key = f"moved:{event.seq}:{row.id}:{office.code}"
        yield Notice(key=key, office=office, text=said, case=case, event=event.seq, step=REDATE)


def horizon(today: date) -> tuple[date, int] | None:
    """The last announced day and the 工作日 until it, once fewer than HORIZON remain (P-C6)."""
    calendar = in_force()
    until = calendar.known_until
    left = max(0, calendar.count(today, until))
    return (until, left) if left < HORIZON else None


def horizon_text(until: date, left: int) -> str:
    return wording.say(wording.in_force()["horizon"], {"截止日": spell(until), "剩余": left})


def warn_of_the_calendars_end() -> None:
    """To 政务办, once a month while it lasts."""
    today = clock.today()
    if guard.doubt() or (short := horizon(today)) is None:
        return
    month, offices = today.strftime("%Y-%m"), [o for code in EDITIONS for o in holders(code, OFFICE, today)]
    keys = {f"horizon:{month}:{office.code}": office for office in offices}
    for key in set(Notice.objects.filter(key__in=keys).values_list("key", flat=True)):
        del keys[key]
    said, page = horizon_text(*short), reverse("desk:calendars")
    tell_all([Notice(key=key, office=office, text=said, link=page, step="horizon") for key, office in keys.items()])
