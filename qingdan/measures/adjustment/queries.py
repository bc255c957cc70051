"""What is asked of this room, by name."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import holders
from qingdan.lists.models import Item
from qingdan.statute.roles import LEAD

SUBMITTED = ("D3", "S48", "D3r", "D4", "D6", "D7", "S5", "D8", "D9", "S7", "D10", "D11")


def leads_for(list_kind: str, day: date) -> list[Office]:
    """The lead bodies of a list on a day, the one that leads first first (S4)."""
    return holders("调", LEAD, day, scope=list_kind)


def all_leads(day: date) -> list[Office]:
    """Every lead body on a day."""
    return holders("调", LEAD, day)


def under_change(item: Item, but: Case | None = None) -> Case | None:
    """The case that is changing this item now (S3: one submitted case an item)."""
    cases = Case.objects.filter(
        request__item=item,
        pk__in=Obligation.objects.filter(how="", row__in=SUBMITTED).values("case"),
    )
    return cases.exclude(pk=but.pk).first() if but else cases.first()


def codes_under_change(list_kind: str) -> dict[str, str]:
    """Code of the item -> number of the case, for all items of a list that are being changed."""
    open_ones = Obligation.objects.filter(how="", row__in=SUBMITTED).values("case")
    pairs = Case.objects.filter(request__list_kind=list_kind, request__item__isnull=False, pk__in=open_ones)
    return dict(pairs.values_list("request__item__code", "number"))
