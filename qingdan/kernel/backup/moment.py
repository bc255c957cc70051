"""What a copy of the database says of itself, asked in plain SQL of the copy or of its snapshot: the same words on both engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Ask = Callable[[str], Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Moment:
    """The tip of the ledger, how much there is, the state of the schema, and the files that rows name: (stored, name, length, sha256)."""

    seq: int
    head: str
    counts: dict[str, int]
    migrations: list[str]
    files: list[tuple[str, str, int, str]]


def of(ask: Ask) -> Moment:
    tips = ask("SELECT seq, head FROM ledger_head")
    files = [(row[0], row[1], row[2], row[3]) for row in ask("SELECT stored, name, length, sha256 FROM files_storedfile ORDER BY id")]
    counts = {
        "events": ask("SELECT count(*) FROM ledger_event")[0][0],
        "cases": ask("SELECT count(*) FROM ledger_case")[0][0],
        "files": len(files),
    }
    migrations = [f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations ORDER BY id")]
    seq, head = tips[0] if tips else (0, "")
    return Moment(seq, head, counts, migrations, files)
