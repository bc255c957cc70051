"""A case as the engine sees it: its events read from the ledger, replayed; and its shadow in the table."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from qingdan.engine import duties
from qingdan.engine.outside import ANNUL, SUCCEED
from qingdan.kernel import sql
from qingdan.kernel.calendar.current import in_force, named
from qingdan.kernel.clock import legal_day
from qingdan.kernel.offices.queries import Names
from qingdan.statute.laws import law_of
from qingdan.statute.terms import MonthDay, Workdays

from .models import Case, Event, Obligation


def engine_event(t: Mapping[str, Any]) -> duties.Event:
    """A ledger event in the engine's words, from its canonical text (read) alone."""
    return duties.Event(
        act=t["act"],
        on=date.fromisoformat(t["on"]),
        office=t["office"],
        gives={role: tuple(codes) for role, codes in t["gives"].items()},
        joins={role: tuple(codes) for role, codes in t["joins"].items()},
        dates={name: date.fromisoformat(day) for name, day in t["dates"].items()},
        ordered=date.fromisoformat(t["ordered"]) if t["ordered"] else None,
        noted=legal_day(datetime.fromisoformat(t["at"])),
        by_law=t["by_law"],
        calendar=named(t["calendar"]),
        heir=(t["facts"]["from"], t["facts"]["to"]) if t["act"] == SUCCEED else None,
        target=t["facts"]["target"] if t["act"] == ANNUL else None,
    )


def standing_of(
    case: Case, events: Iterable[Event] | None = None, office_names: Mapping[str, str] | None = None
) -> duties.Standing:
    """Replay a case, each event with the calendar of its day; what follows counts with the one in force. Two queries."""
    if events is not None:
        return _replayed(case, (e.told for e in events), office_names)
    bodies = sql.rows("SELECT body FROM ledger_event WHERE case_id = %s ORDER BY seq", [case.pk])
    return _replayed(case, (json.loads(body) for (body,) in bodies), office_names)


def _replayed(case: Case, told: Iterable[Mapping[str, Any]], office_names: Mapping[str, str] | None) -> duties.Standing:
    law, calendar = law_of(case.law, case.edition), in_force()
    standing = duties.stand(law, map(engine_event, told), calendar, Names() if office_names is None else office_names)
    standing.calendar = calendar
    return standing


def stand_all(keys: Iterable[int], office_names: Mapping[str, str] | None = None) -> Iterator[tuple[Case, duties.Standing]]:
    """These cases in the order of their keys, each replayed; two queries for all of them."""
    cases, told = list(Case.objects.filter(pk__in=list(keys)).order_by("pk")), defaultdict(list)
    office_names = Names() if office_names is None else office_names
    for case, body in Event.objects.filter(case__in=cases).order_by("seq").values_list("case", "body").iterator(2000):
        told[case].append(json.loads(body))
    return ((case, _replayed(case, told[case.pk], office_names)) for case in cases)


def shadow(case: Case, standing: duties.Standing) -> list[Obligation]:
    """The rows of the obligations table that belong to this standing, in order."""
    rows = [Obligation(**values) for values in shadow_values(case.pk, standing)]
    for row in rows:
        row.case = case
    return rows


def shadow_values(case: int, standing: duties.Standing) -> list[dict[str, Any]]:
    """The same by columns, for the case with this key."""
    return [_obligation(case, standing, o) for o in standing.owed]


def _obligation(case: int, standing: duties.Standing, o: duties.Owed) -> dict[str, Any]:
    return {
        "id": f"{case}:{o.opened}:{o.row.id}:{o.office}",
        "case_id": case,
        "row": o.row.id,
        "article": o.row.article,
        "office_code": o.office,
        "acts": "|".join(o.row.acts),
        "source": o.row.source.name,
        "since": o.since,
        "due": o.due,
        "earliest": o.earliest,
        "latest": o.latest,
        "provisional": o.provisional,
        "held": o.is_open and standing.is_held(o),
        "lapses": o.row.otherwise is not None,
        "born_late": o.born_late,
        "extended": o.extended,
        "opened_n": o.opened,
        "closed_n": o.closed,
        "how": o.how,
        "closed_on": o.closed_on,
        "calendar": o.dated_by,
        "counted": spell_basis(o),
        "moved_from": o.moved_from,
    }


def spell_basis(o: duties.Owed) -> str:
    """Workdays:5:2016-06-12 - from which limit and day the due day was counted; empty where a paper names the day itself."""
    if o.basis is None:
        return ""
    limit, start = o.basis
    number = {Workdays: "n", MonthDay: "day"}.get(type(limit), "")
    return f"{type(limit).__name__}:{getattr(limit, number) if number else ''}:{start.isoformat()}"


def rewrite_shadow(case: Case, standing: duties.Standing) -> None:
    """Make the table say what the standing says, in the transaction that wrote the event."""
    rewrite_shadows([(case, standing)])


def rewrite_shadows(stood: list[tuple[Case, duties.Standing]]) -> None:
    """The same for several cases, in a few statements: only what changed is written."""
    keys = [case.pk for case, _ in stood]
    lying = {found[0]: found for found in sql.rows(f"{LYING} ({sql.marks(keys)})", keys)} if keys else {}
    wanted = [tuple(values[name] for name in COLUMNS) for case, standing in stood for values in shadow_values(case.pk, standing)]
    sql.write(PUT, [values for values in wanted if lying.pop(values[0], None) != values])
    sql.write("DELETE FROM ledger_obligation WHERE id = %s", [(key,) for key in lying])


COLUMNS = [field.attname for field in Obligation._meta.concrete_fields]
LYING = f"SELECT {sql.names(COLUMNS)} FROM ledger_obligation WHERE case_id IN"  # noqa: S608 - names of our own columns
ANEW = ", ".join(f"{name} = excluded.{name}" for name in sql.quoted(COLUMNS[1:]))
PUT = f"{sql.into('ledger_obligation', COLUMNS)} ON CONFLICT (id) DO UPDATE SET {ANEW}"
