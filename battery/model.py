"""The oracle: what people were told, against what lies in the tables; read by plain SQL, without the product.

“The acts of a case are exactly 1…n, and each act that was acknowledged is there once, with the text that it was acknowledged with.”
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.postgres import Cluster

from .line import Run
from .product import qingdan

EVENTS = """SELECT e.seq, c.number, e.n, e.act, e.key, e.body, e.recorded_at FROM ledger_event e
LEFT JOIN ledger_case c ON c.id = e.case_id ORDER BY e.seq"""


@dataclass(frozen=True)
class Told:
    """One acknowledgement: this act of this case, with this text, under this token; `sha256` of a file that went with it."""

    case: str
    act: str
    key: str
    text: str
    sha256: str = ""


@dataclass(frozen=True)
class Lying:
    """One event as it lies in the table."""

    seq: int
    case: str | None
    n: int | None
    act: str
    key: str | None
    told: dict[str, Any]
    at: str

    @property
    def text(self) -> str:
        return str(self.told["facts"].get("opinion", ""))


@dataclass
class Model:
    """What was acknowledged, and of which cases all acts are known (`scripts`: number → its acts in their order)."""

    acks: list[Told] = field(default_factory=list)
    scripts: dict[str, list[str]] = field(default_factory=dict)

    def check(self, run: Run) -> None:
        """Lost, wrong, double, out of place; then the product's own `verify`."""
        lying = list(events(run))
        by_key: dict[str, list[Lying]] = {}
        for e in lying:
            by_key.setdefault(e.key or "", []).append(e)
        there = [(told, by_key.get(told.key, [])) for told in self.acks]
        run.none("lost", [t for t, found in there if not found])
        run.none("wrong", [(t, f[0]) for t, f in there if f and (f[0].case, f[0].act, f[0].text) != (t.case, t.act, t.text)])
        run.none("doubles", [t for t, found in there if len(found) > 1])
        run.none("files_lost", [t for t in self.acks if t.sha256 and t.sha256 not in shas(run)])
        run.none("mismatches", self._mismatches(lying))
        run.none("verify", verified(run))

    def _mismatches(self, lying: list[Lying]) -> Iterator[str]:
        acts: dict[str, list[tuple[int | None, str]]] = {}
        for e in lying:
            if e.case:
                acts.setdefault(e.case, []).append((e.n, e.act))
        for number, found in acts.items():
            if [n for n, _ in found] != list(range(1, len(found) + 1)):
                yield f"{number}: numbered {[n for n, _ in found]}"
        for number, script in self.scripts.items():
            if [act for _, act in acts.get(number, [])] != script:
                yield f"{number}: {[act for _, act in acts.get(number, [])]} instead of {script}"
        if [e.seq for e in lying] != list(range(1, len(lying) + 1)):
            yield "the ledger is not numbered 1…n"


def events(run: Run) -> Iterator[Lying]:
    """All events, by plain SQL."""
    for seq, number, n, act, key, body, at in select(run, EVENTS):
        yield Lying(seq, number, n, act, key, json.loads(body), str(at))


def shas(run: Run) -> set[str]:
    return {sha for (sha,) in select(run, "SELECT sha256 FROM files_storedfile")}


def select(run: Run, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the run's database."""
    if run.database.cluster is not None:
        return recovered(run.database.cluster, sql)
    connection = sqlite3.connect(f"file:{Path(run.database.var or run.dir, 'qingdan.sqlite3')}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def recovered(cluster: Cluster, sql: str) -> list[tuple[Any, ...]]:
    """Rows of PostgreSQL, which may just be recovering from what was done to it."""
    for _ in range(120):
        try:
            return cluster.sql(sql, "qingdan")
        except psycopg.OperationalError:
            time.sleep(0.5)
    raise TimeoutError("PostgreSQL does not come back")


def verified(run: Run) -> list[str]:
    """What `verify` has to say, if it is not clean."""
    done = qingdan(run, "verify", check=False)
    return [] if done.returncode == 0 else [(done.stdout + done.stderr)[-1500:]]
