"""What the passing of time tells: each step of each open duty, what the law did by itself, dates that moved, the calendar's end.

One step is told once per duty and due day, by the key of the notice; after a silence only the step that is true today
is told. Not told: duties without a day, on a 暂定 day, waiting for others (待前项完成), or late at birth (S51).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import cast

from django.db.models import Exists, OuterRef, QuerySet

from qingdan.engine.refusals import spell
from qingdan.engine.workdays import Calendar
from qingdan.kernel import clock
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger import guard
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import holders
from qingdan.statute.labels import label, owed
from qingdan.statute.laws import law_of
from qingdan.statute.roles import OFFICE
from qingdan.statute.terms import Must, Source

from . import wording
from .models import BEFORE, OVERDUE, TODAY, Notice
from .telling import tell_all

SHORT = 2  # 工作日: a limit as short as this is told at its receipt (P-C9)
ONE = timedelta(days=1)


def remind() -> None:
    """One 工作日 before the day to the office, on the day to its heads, once it has passed to 政务办."""
    if guard.doubt():  # T20: what day it is is not known
        return
    today, calendar = clock.today(), in_force()
    near = list(_near(today, calendar))
    steps = [(o, step) for o in near for step in steps_of(o, today, calendar)]
    there = set(Notice.objects.filter(obligation__in=[o.pk for o, _ in steps]).values_list("obligation", "step", "due"))
    untold = [(o, step) for o, step in steps if (o.pk, step, o.due) not in there]
    if untold:
        offices = {o.code: o for o in Office.objects.all()}
        words = wording.in_force()
        tell_all([n for o, step in untold for n in _notices(o, step, offices, words, today, calendar)])


def _near(today: date, calendar: Calendar) -> QuerySet[Obligation]:
    """Open duties that can be at a step today; what 政务办 was told to be late is not looked at again."""
    told_late = Notice.objects.filter(obligation=OuterRef("pk"), due=OuterRef("due"), step=OVERDUE)
    return (
        Obligation.objects.filter(how="", provisional=False, held=False, born_late=False, due__lte=calendar.add(today, SHORT))
        .filter(~Exists(told_late))
        .select_related("case")
    )


def steps_of(o: Obligation, today: date, calendar: Calendar) -> tuple[str, ...]:
    """The step that is true of this dated duty today, or none yet; what is owed on the very day it arises is at two."""
    due = cast(date, o.due)
    if today > due:
        return () if o.lapses else (OVERDUE,)  # 第八条: the law itself answers, and that is told
    if today == due:
        return (TODAY,) if o.since < due else (BEFORE, TODAY)
    short = calendar.count(o.since, due) <= SHORT
    return (BEFORE,) if today >= (o.since if short else calendar.on_or_before(due - ONE)) else ()


def _notices(
    o: Obligation, step: str, offices: dict[str, Office], words: Mapping[str, str], today: date, calendar: Calendar
) -> Iterator[Notice]:  # fmt: skip
    if o.office_code not in offices:  # a party without an office, which reads no notices
        return
    said = words_of(o, step, offices[o.office_code].short, words, today, calendar)
    to = holders(o.case.law, OFFICE, today) if step == OVERDUE else [offices[o.office_code]]
    for office in to:
        key = f"duty:{o.pk}:{cast(date, o.due).isoformat()}:{step}:{office.code}"
        yield Notice(
            key=key, office=office, heads_only=step == TODAY, text=said, case=o.case, obligation=o.pk, step=step, due=o.due
        )


def words_of(o: Obligation, step: str, office: str, words: Mapping[str, str], today: date, calendar: Calendar) -> str:
    """The sentence of this step. `words`: those in force, by event."""
    row, due = cast(Must, law_of(o.case.law, o.case.edition)[o.row]), cast(date, o.due)
    choice = o.source == Source.CHOICE.name
    if step == BEFORE:
        event = "before_choice" if choice else "before" if today < due else "before_same_day"
    elif step == TODAY:
        event = "today_choice" if choice else "today_deemed" if row.otherwise else "today"
    else:
        event = "overdue_choice" if choice else "overdue"
    rest = row.otherwise
    told = {
        "案件": o.case.number, "事项": owed(o.case.law, o.row, row.acts), "条款": o.article, "单位": office, "到期日": spell(due),
        "剩余": calendar.count(today, due), "效果": label(rest.act) if rest else "", "效果条款": rest.article if rest else "",
    }  # fmt: skip
    return wording.say(words[event], told)
