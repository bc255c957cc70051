"""Whose hands did an act: who did it, and for whom they stood in (代). Where two persons are asked for, all of them count as one.

Read from the text of the events, which no later change of posts or substitutes can alter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import models

from qingdan.engine.refusals import Refused
from qingdan.kernel.offices.models import Person, signed

from .models import Event


def of(person: Person) -> frozenset[str]:
    """User names of those who act when this person acts now."""
    return frozenset({person.username, *(p.username for p in person.stands_for)})


def of_events(events: Iterable[Event]) -> frozenset[str]:
    """User names of all who did one of these, or for whom it was done."""
    return frozenset(name for e in events for name in (e.told["person"], *e.whom) if name)


def that_did(act: str, row: models.Model) -> list[Event]:
    """The events of this act that wrote this row."""
    return list(Event.objects.filter(act=act, body__contains=_named(row)).select_related("person").order_by("seq"))


def _named(row: models.Model) -> str:
    """How the text of an event names a row that it wrote."""
    return f'["{row._meta.db_table}",{row.pk},'


def shared(act: str, row: models.Model, by: Person) -> bool:
    """Did this person, or somebody for whom they stand in, do this to this row?"""
    return bool(of(by) & of_events(that_did(act, row)))


def ensure_another(what: str, first: frozenset[str], by: Person, why: str, todo: str) -> None:
    """Refuses the second act where one of those who act now did the first, or it was done for one of them."""
    if of(by) & first:
        stood_in = bool(by.stands_for) or first != {by.username}
        raise Refused(what, f"{why}；代办的人和被代的人按同一个人计算" if stood_in else why, todo)


def signatures(events: Iterable[Event]) -> dict[int, str]:
    """Number of the event -> who did it as a page says it; one query more where somebody stood in. Without a person: nothing."""
    found = list(events)
    wanted = {e.whom[0] for e in found if e.whom}
    names = dict(Person.objects.filter(username__in=wanted).values_list("username", "name")) if wanted else {}
    return {e.seq: signed(e.person.name, [names.get(n, n) for n in e.whom[:1]]) for e in found if e.person}


def signatures_of(acts: Sequence[str], rows: Iterable[models.Model]) -> dict[Any, dict[str, str]]:
    """Key of the row -> act -> who last did it, as a page says it; rows of one table, two queries for all of them."""
    wanted = {_named(row): row.pk for row in rows}
    if not wanted:
        return {}
    contains = reduce(or_, (models.Q(body__contains=named) for named in wanted))
    events = list(Event.objects.filter(contains, act__in=acts).select_related("person").order_by("seq"))
    said = signatures(events)
    found: dict[Any, dict[str, str]] = {}
    for event in events:
        for table, key, _ in event.told["rows"]:
            if f'["{table}",{key},' in wanted and event.seq in said:
                found.setdefault(key, {})[event.act] = said[event.seq]
    return found


def signature(act: str, row: models.Model) -> str:
    """Who last did this to this row, as a page says it; nothing where nobody did."""
    return signatures_of((act,), [row]).get(row.pk, {}).get(act, "")
