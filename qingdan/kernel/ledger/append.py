"""Appending one event: the lock, the canonical text, the digests of the rows it wrote, the chain."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction

from qingdan.kernel import clock, sql
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.leave.queries import ensure_standing
from qingdan.kernel.offices.models import Person

from . import canonical
from .models import Case, Event, Head


@dataclass
class Draft:
    """What an event will say; the chain's own parts are added when it is appended."""

    act: str
    on: date
    office: str = ""
    person: Person | None = None
    case: Case | None = None
    n: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    gives: dict[str, list[str]] = field(default_factory=dict)
    joins: dict[str, list[str]] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    ordered: date | None = None
    by_law: bool = False
    key: str | None = None


_locked: ContextVar[Head | None] = ContextVar("head", default=None)


@contextmanager
def writing() -> Iterator[Head]:
    """A transaction in which what is read stays true until it is written: one writer at a time, on every engine.

    SQLite begins it IMMEDIATE, with the whole file locked. PostgreSQL (READ COMMITTED) waits here for the head, before anything is read.
    Inside another one the head is known already; where the inner one fails, the head is again what it was.
    """
    with transaction.atomic():
        head = _locked.get()
        if head is None:
            head = lock_head()
        before, token = (head.seq, head.head), _locked.set(head)
        try:
            yield head
        except BaseException:
            head.seq, head.head = before
            raise
        finally:
            _locked.reset(token)


def is_writing() -> bool:
    """Is this inside an act, which may still fail and then takes all that was written with it?"""
    return _locked.get() is not None


TIP = "SELECT id, seq, head FROM ledger_head WHERE id = 1"


def lock_head() -> Head:
    """One writer at a time: the row is locked until the transaction ends."""
    if (found := sql.row(TIP + " FOR UPDATE" if connection.features.has_select_for_update else TIP)) is not None:
        return Head.from_db(connection.alias, ["id", "seq", "head"], found)
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    return head


COLUMNS = [field.attname for field in Event._meta.concrete_fields]
PUT = sql.into(Event._meta.db_table, COLUMNS)


def _put(head: Head, events: list[Event]) -> list[Event]:
    """Write these events, and the head that follows from them."""
    lines = [{name: getattr(event, name) for name in COLUMNS} for event in events]
    for line in lines:
        line["recorded_at"] = connection.ops.adapt_datetimefield_value(line["recorded_at"])
    sql.write(PUT, [tuple(line.values()) for line in lines])
    sql.write("UPDATE ledger_head SET seq = %s, head = %s WHERE id = 1", [(head.seq, head.head)])
    for event in events:
        event._state.adding, event._state.db = False, connection.alias
    return events


def _digests(rows: list[models.Model], alg: str, salt: str) -> list[list[Any]]:
    """[table, key, digest] of every row, each once, as it lies in the table."""
    by_model: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
    out = []
    for model, keys in by_model.items():
        columns = [f.attname for f in model._meta.concrete_fields]
        pk_at = columns.index(model._meta.pk.attname)
        table, keys = model._meta.db_table, sorted(set(keys))
        for start in range(0, len(keys), 500):
            chunk = model._base_manager.filter(pk__in=keys[start : start + 500]).order_by("pk")
            for values in chunk.values_list(*columns):
                named = dict(zip(columns, values, strict=True))
                out.append([table, values[pk_at], canonical.row_digest(alg, salt, table, named)])
    return out


def append(draft: Draft, rows: list[models.Model]) -> Event:
    """Write one event at the tip of the chain. Called inside `acts.acting`: with the head locked, the clock held."""
    head = _locked.get() or lock_head()
    return _put(head, [_next(head, draft, rows)])[0]


def append_all(drafts: list[Draft]) -> list[Event]:
    """Events that write no rows, in this order, in a few statements; as `append` for each of them."""
    head = _locked.get() or lock_head()
    return _put(head, [_next(head, draft, []) for draft in drafts])


def _whom(draft: Draft) -> list[str]:
    """代: for whom the person acts, the absent one first; refused where they do not fill that post now. No door leads past this."""
    if draft.person is None or not draft.person.stands_for:
        return []
    ensure_standing(draft.person, draft.office, clock.today())
    return [p.username for p in draft.person.stands_for]


def _next(head: Head, draft: Draft, rows: list[models.Model]) -> Event:
    """The event that follows, not yet saved; the head moves on to it."""
    at, alg, salt = clock.now(), settings.LEDGER_HASH, secrets.token_hex(16)
    seq = head.seq + 1
    whom = _whom(draft)
    body = canonical.text(
        {
            "v": canonical.VERSION,
            "seq": seq,
            "case": draft.case.number if draft.case else "",
            "n": draft.n or 0,
            "act": draft.act,
            "office": draft.office,
            "person": draft.person.username if draft.person else "",
            "on": draft.on,
            "at": at,
            "facts": draft.facts,
            "gives": draft.gives,
            "joins": draft.joins,
            "dates": draft.dates,
            "ordered": draft.ordered or "",
            "by_law": draft.by_law,
            "key": draft.key or "",
            "calendar": in_force().version,
            "rows": _digests(rows, alg, salt),
        }
        | ({"for": whom} if whom else {})
    )
    head.seq, head.head = seq, canonical.chain(alg, head.head, canonical.leaf(alg, seq, salt, body))
    return Event(
        seq=seq, case=draft.case, n=draft.n, act=draft.act, office_code=draft.office, person=draft.person,
        on=draft.on, recorded_at=at, key=draft.key, body=body, salt=salt, alg=alg, head=head.head,
    )  # fmt: skip
