"""What is asked of this room, by name."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.offices.models import Office, OfficeRole
from qingdan.kernel.offices.queries import holders, on
from qingdan.lists.bases.models import LawChange
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.queries import newest
from qingdan.lists.schema import LISTS
from qingdan.statute.roles import LEAD

NOT_SUBMITTED = ("D1", "D2", "D12", "D13")
"""Rows that are open before 申请 or after 公布; while any other is open, the case is changing its item."""
OF_A_LAW = "法律变动 "


def leads_for(list_kind: str, day: date) -> list[Office]:
    """The lead bodies of a list on a day, the one that leads first first (S4)."""
    return holders("调", LEAD, day, scope=list_kind)


def all_leads(day: date) -> list[Office]:
    """Every lead body on a day."""
    return holders("调", LEAD, day)


def lists_without_lead(day: date) -> list[str]:
    """The lists that nobody leads on a day (P-B3): what is applied for in them could not be referred."""
    scopes = set(OfficeRole.objects.filter(on(day), on(day, "office__"), measure="调", role=LEAD).values_list("scope", flat=True))
    return [] if "" in scopes else [kind.name for kind in LISTS.values() if kind.key not in scopes]


def under_change(item: Item, but: Case | None = None) -> Case | None:
    """The case that is changing this item now (S3: one submitted case an item)."""
    return _submitted(but).filter(request__item=item).first()


def asking_for_code(code: str, but: Case | None = None) -> Case | None:
    """The case that is bringing a new item with this code into a list now."""
    new = _submitted(but).filter(request__item__isnull=True, request__isnull=False).select_related("request")
    return next((case for case in new if case.request.code == code), None)


def codes_under_change(list_kind: str) -> dict[str, str]:
    """Code of the item -> number of the case, for all items of a list that are being changed."""
    pairs = _submitted().filter(request__list_kind=list_kind, request__item__isnull=False)
    return dict(pairs.values_list("request__item__code", "number"))


def asked_until(case: Case) -> str:
    """第七条（一）: the day until which the unit has asked to extend, if it named one."""
    asked = case.events.filter(act="ask_extension").last()
    return str(asked.facts.get("until") or "") if asked else ""


def source_of(change: LawChange) -> str:
    """第五条: how the applications of a change of law name it."""
    return f"{OF_A_LAW}{change.pk}"


def law_change_of(source: str) -> LawChange | None:
    """The change of law that an application names as its source; None where it names another or none."""
    key = source.removeprefix(OF_A_LAW) if source.startswith(OF_A_LAW) else ""
    return LawChange.objects.select_related("document").filter(pk=key).first() if key.isascii() and key.isdigit() else None


def items_of(office: Office) -> QuerySet[ItemVersion]:
    """The items of this office that can be changed: the newest version of each that is not cancelled."""
    found = newest().filter(office=office, status=ItemVersion.IN_FORCE)
    return found.select_related("item").order_by("item__kind", "item__code")


def _submitted(but: Case | None = None) -> QuerySet[Case]:
    open_ones = Obligation.objects.filter(how="").exclude(row__in=NOT_SUBMITTED).values("case")
    found = Case.objects.filter(pk__in=open_ones)
    return found.exclude(pk=but.pk) if but else found
