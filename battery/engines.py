"""The database of one run: a file of its own, or a database in a private PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parents[1]


class NotRun(Exception):
    """The line could not do its work here, and why. It counts as failed: what did not check must not pass."""


@dataclass
class Database:
    """`url` and `cluster` are empty for the embedded database, which lies in the run's folder."""

    url: str = ""
    cluster: postgres.Cluster | None = None
    var: Path | None = None  # where the product keeps its files, if not in the run's folder

    def environment(self, folder: Path) -> dict[str, str]:
        told = {"QINGDAN_VAR": str(self.var or folder), "DJANGO_SETTINGS_MODULE": "battery.settings", "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QINGDAN_", "BATTERY_"))}
        return kept | told | ({"QINGDAN_DATABASE_URL": self.url} if self.url else {})


@contextmanager
def database(engine: str, folder: Path) -> Iterator[Database]:
    """A new and empty database of this engine, gone afterwards."""
    if engine == "sqlite":
        yield Database()
        return
    try:
        with postgres.Cluster(durable=True) as cluster:
            yield Database(cluster.url("qingdan"), cluster)
    except postgres.NotHere as missing:
        raise NotRun(str(missing)) from missing
