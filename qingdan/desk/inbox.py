"""待办: the open duties of an office, by due day; one row says who owes what by when, and why that day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import names
from qingdan.kernel.ui.reasons import Why, counted_from
from qingdan.measures.adjustment.acting import ALIASES, DOINGS, FULL_FORMS, OWN_PAGES
from qingdan.statute.labels import label, owed
from qingdan.statute.laws import law_of
from qingdan.statute.terms import Must

BUILT = {*DOINGS, *FULL_FORMS, *OWN_PAGES}
"""The acts that have a page."""


@dataclass(frozen=True)
class Duty:
    """A duty as a page shows it, in the words of the offices. name: what it is called in a list."""

    office: str
    name: str
    due: date | None
    since: date
    article: str
    source: str
    provisional: bool
    held: bool
    born_late: bool
    before_force: bool
    limit: str
    otherwise: str
    otherwise_article: str
    choice: str
    earliest: date | None
    latest: date | None
    obligation: Obligation
    why: Why | None = None


def duty_of(o: Obligation, office_names: dict[str, str]) -> Duty:
    """An obligation with the words of its row: what, until when, and what follows if not."""
    law = law_of(o.case.law, o.case.edition)
    row = cast(Must, law[o.row])
    rest = row.otherwise
    acts = dict.fromkeys(ALIASES.get(a, a) for a in row.acts)
    known = [a for a in acts if a in BUILT] or list(acts)
    return Duty(
        office=office_names.get(o.office_code, o.office_code),
        name=owed(o.case.law, o.row, known), due=o.due, since=counted_from(o), article=o.article, source=o.source.lower(), provisional=o.provisional,
        held=o.held, born_late=o.born_late, before_force=o.since < law.began, limit="尽快" if o.due is None else "",
        otherwise=label(rest.act) if rest else "", otherwise_article=rest.article if rest else "",
        choice=row.choice, earliest=o.earliest, latest=o.latest, obligation=o,
    )  # fmt: skip


def duties_of(office: Office) -> list[Duty]:
    """What this office owes now: by due day, held ones after what can be done, undated ones last. Two queries."""
    open_ones = Obligation.objects.filter(how="", office_code=office.code).select_related("case", "case__office")
    office_names = names()
    return in_order(duty_of(o, office_names) for o in open_ones)


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """By due day; what waits for others after what can be done; undated last."""
    return sorted(duties, key=lambda d: (d.held, d.due is None, d.due or date.max, d.obligation.case_id))
