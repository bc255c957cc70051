"""An identity opened only to be compared, by the two modules that answer yes or no (`interests`, `marking`): nobody is shown anything of it.

It is a reading like any other (P-E4, f4): its event and its line in 谁看过 are written first. So that nobody can ask it out in small pieces,
each kind of comparison is counted by the day.
"""

from __future__ import annotations

from datetime import datetime, time

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.append import is_writing
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for

from .models import Comparison, Reading, Sealed
from .reading import fields_of
from .unlocking import NONE, known


@sensitive_variables()
def look(sealed: Sealed, act: str, what: str, purpose: str, *, by: Person, office: Office, most: int, about: Person | None = None) -> dict[str, str]:
    """The fields, for this package alone; {} where they are destroyed. `most`: how often a day, for each person it is `about`; about nobody:
    for each asker and subject. Raises Refused, beginning with `what`; RuntimeError inside an act, which could be undone with all that it wrote."""
    if is_writing():
        raise RuntimeError("a comparison inside an act could be undone with it: compare before or after")
    with acting(act):
        row = Sealed.objects.get(pk=sealed.pk)
        if row.kind != Sealed.IDENTITY:
            raise ValueError("this is no identity")
        if not may_act_for(by, office, clock.today()) or known(row.subject, by, office) is None:
            raise Refused(what, NONE, "请从投诉的页面进入")
        _ensure_left(act, what, most, by, row.subject, about)
        at = {"subject": row.subject, "person": by, "office": office, "at": clock.now()}
        reading = Reading(sealed=row, kind=row.kind, purpose=purpose, **at)
        rows = [Comparison(act=act, about=about, **at), *([reading] if row.destroyed_on is None else [])]
        facts = {"subject": row.subject, "sealed": row.pk} | ({"about": about.username} if about else {})
        note(act, by=by, office=office, rows=rows, facts=facts)
        fields = fields_of(row) if row.destroyed_on is None else {}
    return fields


def _ensure_left(act: str, what: str, most: int, by: Person, subject: str, about: Person | None) -> None:
    begun = datetime.combine(clock.today(), time.min, tzinfo=clock.SHANGHAI)
    of = {"about": about} if about else {"person": by, "subject": subject}
    if Comparison.objects.filter(act=act, at__gte=begun, **of).count() >= most:
        raise Refused(what, f"今天已经核对过 {most} 次，一天以 {most} 次为限", "请明天再核对")
