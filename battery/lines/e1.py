"""e1: a backup that is made while writers act restores elsewhere, verifies, and holds every act acknowledged before it began."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from audit import verify_ledger
from battery import loading
from battery.line import BOTH, Run, line
from battery.model import select
from battery.product import module, qingdan

WRITERS = 4
ROUNDS = 3
LEAST = {"acks": 600, "before": 600, "restored_files": 300}


@line("e1", "a backup made under load restores into an empty place, verifies, and holds every act acknowledged before it began",
      engines=BOTH, least=LEAST)  # fmt: skip
def backup_under_load(run: Run) -> None:
    module(run, "battery.world", "items", "1")
    folder = run.dir / "acks"
    folder.mkdir()
    archives: list[tuple[str, list[tuple[int, str]]]] = []
    with loading.writing(run.environment(), folder, WRITERS) as load:
        for n in range(ROUNDS):
            load.wait_for(run.times(200 * (n + 1)), 300)
            began = time.time_ns()
            done = loading.product(run.environment(), "backup", str(run.dir / "backups" / str(n)))
            archives.append((loading.archive_of(done), [ack for ack in load.acks() if ack[0] < began]))
        load.wait_for(len(load.acks()) + run.times(20), 300)
    run.count("acks", len(load.acks()))
    for n, (archive, before) in enumerate(archives):
        run.count("backups")
        run.count("before", len(before) if n == ROUNDS - 1 else 0)
        _restored(run, n, archive, before)


def _restored(run: Run, n: int, archive: str, before: list[tuple[int, str]]) -> None:
    name = f"restored{n}"
    with elsewhere(run, name) as other:
        done = qingdan(other, "restore", archive, check=False)
        if done.returncode:
            run.fault(f"restore: {done.stdout}{done.stderr}")
            return
        kept = keys(other, name)
        run.none("lost", sorted({key for _, key in before} - kept))
        run.count("restored_files", len(list((other.dir / "files").iterdir())))
        database = other.database.url or str(other.dir / "qingdan.sqlite3")
        if verify_ledger.main([database, "--files", str(other.dir / "files")]):
            run.fault(f"the second verifier does not agree with restored copy {n}")


@contextmanager
def elsewhere(run: Run, name: str) -> Iterator[Run]:
    """An empty place on the same engine: a folder, and a database of its own on the run's server."""
    folder = run.dir / name
    folder.mkdir()
    cluster = run.database.cluster
    database = replace(run.database, url=cluster.url(name)) if cluster else run.database
    yield replace(run, dir=folder, database=database)


def keys(run: Run, name: str) -> set[str]:
    asked = "SELECT key FROM ledger_event WHERE key IS NOT NULL"
    cluster = run.database.cluster
    return {key for (key,) in (cluster.sql(asked, name) if cluster else select(run, asked))}
