"""P-C9: the open duties of an office as a calendar that any program can read: one entry a duty, on its due day.

An entry keeps its UID while its duty is open, whatever becomes of the date; SEQUENCE grows with the events of the case,
DTSTAMP is the moment of the last one. It says duty, article and number of the case: no people, no words of any paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import Max, QuerySet
from icalendar import Alarm, Calendar, Event

from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.offices.models import Office
from qingdan.kernel.ui.reasons import Opening, openings, why_of
from qingdan.statute.labels import owed
from qingdan.statute.terms import Source

MORNING = timedelta(hours=9)  # of the working day before, when the alarm goes off
REFRESH = timedelta(hours=1)
ONE = timedelta(days=1)


def calendar_of(office: Office, address: Callable[[str], str]) -> bytes:
    """The whole calendar as text. `address` gives the page of a case by its number."""
    calendar = Calendar()
    calendar.add("prodid", "-//qingdan//due days//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{office.short}待办到期日")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    duties = list(open_duties(office))
    begun = openings([duty.case_id for duty in duties])
    for duty in duties:
        calendar.add_component(_entry(duty, begun[duty.case_id], address))
    text: bytes = calendar.to_ical()
    return text


def open_duties(office: Office) -> QuerySet[Obligation]:
    """What the office owes by a day, with the length of the case and the moment of its last event."""
    dated = Obligation.objects.filter(how="", office_code=office.code, due__isnull=False).select_related("case")
    return dated.annotate(length=Max("case__events__n"), last_at=Max("case__events__recorded_at")).order_by("due", "pk")


def _entry(o: Obligation, begun: dict[int, Opening], address: Callable[[str], str]) -> Event:
    due, changed = cast(date, o.due), cast(datetime, o.last_at)  # type: ignore[attr-defined]
    entry = Event()
    entry.add("uid", f"{uid_of(o)}@qingdan")
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", o.length - o.opened_n)  # type: ignore[attr-defined]
    entry.add("summary", summary(o))
    entry.add("description", "\n".join(explained(o, begun)))
    entry.add("dtstart", due)
    entry.add("dtend", due + ONE)
    entry.add("transp", "TRANSPARENT")
    entry.add("status", "TENTATIVE" if o.provisional or o.held else "CONFIRMED")
    entry.add("url", address(o.case.number))
    entry.add_component(_alarm(o, due))
    return entry


def uid_of(o: Obligation) -> str:
    """Of the duty for good, whatever becomes of its date; made of what its reader knows anyhow, and of no count of cases (T6)."""
    return hashlib.sha256(f"{o.case.number}:{o.place}".encode()).hexdigest()[:32]


def summary(o: Obligation) -> str:
    """确认核准意见（第七条（四））调2016-0003, and what is not certain about its day."""
    marks = (("暂定", o.provisional), ("待前项完成", o.held), ("目标日", o.source == Source.CHOICE.name))
    said = f"{owed(o.case.law, o.row, o.acts.split('|'))}（{o.article}）{o.case.number}"
    return said + "".join(f"【{mark}】" for mark, holds in marks if holds)


def explained(o: Obligation, begun: dict[int, Opening]) -> list[str]:
    """What stands in the entry beside its title: why it is this day (P-C4)."""
    why = why_of(o, begun)
    return [o.case.number, *(why.lines() if why else ())]


def _alarm(o: Obligation, due: date) -> Alarm:
    """In the morning of the 工作日 before; an all-day entry begins at midnight where its reader is."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary(o))
    alarm.add("trigger", in_force().on_or_before(due - ONE) - due + MORNING)
    return alarm
