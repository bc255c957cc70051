"""One recorded act: against a bare transaction that writes the same rows, and against SpiffWorkflow persisting a procedure of five tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection, transaction

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import record
from qingdan.kernel.ledger.models import Case
from qingdan.statute.roles import CHIEF, LEAD

from . import filling, spiff
from .measuring import ROUNDS, Line, at_most, seconds

ACTS = 100
DAY = "2016-07-05T10:00"
Statements = list[tuple[str, Any, bool]]


def lines(engine: str) -> Iterator[Line]:
    d = filling.district()
    lived = [("cause_arose", 29, 6), ("apply", 30, 6), ("refer", 1, 7), ("withdraw", 4, 7)]
    filling.cases(d, 5000, [(act, date(2016, month, day)) for act, day, month in lived])
    keys = filling.cases(d, 3 * ROUNDS * ACTS, [("cause_arose", date(2016, 7, 1)), ("apply", date(2016, 7, 4))])
    todo = iter(Case.objects.filter(pk__in=keys).order_by("pk"))

    def refer(case: Case) -> None:
        office = [d.fzb.office]
        record(case, "refer", by=d.zwb.person, office=d.zwb.office, gives={LEAD: office, CHIEF: office}, facts={"opinion": "请审核。"})

    def some() -> list[Case]:
        return [next(todo) for _ in range(ACTS)]

    def ours(_: int) -> float:
        return _timed(refer, some())

    def bare(_: int) -> float:
        taken = 0.0
        for case in some():
            statements = _written(refer, case)
            taken += seconds(lambda statements=statements: _write(statements))
        return taken / ACTS

    with clock.frozen(DAY):
        yield at_most("a recorded act", "a bare transaction that writes the same rows", ours, bare, 2, engine)
        procedures = spiff.Procedures(ROUNDS * ACTS)

        def peer(n: int) -> float:
            return _timed(procedures.work, range(n * ACTS, (n + 1) * ACTS))

        yield at_most("a recorded act", "SpiffWorkflow, one task of five, persisted", ours, peer, 1, engine)


def _timed(job: Any, units: Any) -> float:
    return seconds(lambda: [job(unit) for unit in units], len(units))


def _written(act: Any, case: Case) -> Statements:
    """The statements with which the act changes rows, taken down while it is done and undone."""
    told: Statements = []

    def take_down(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            told.append((sql, params, many))
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(take_down):
            act(case)
        transaction.set_rollback(True)
    return told


def _write(statements: Statements) -> None:
    """One transaction with these rows and nothing else."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params, many in statements:
            (cursor.executemany if many else cursor.execute)(sql, params)
