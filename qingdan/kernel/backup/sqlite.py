"""The embedded database: copied by its own backup interface while others write, put back as one file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from . import moment

NAME = "sqlite"


def database() -> Path:
    return Path(connection.settings_dict["NAME"])


@contextmanager
def copied(to: Path) -> Iterator[moment.Moment]:
    """One moment of the database as a file of its own, sound and without a journal beside it. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{database().absolute().as_uri()}?mode=ro", uri=True, timeout=60)) as live, closing(sqlite3.connect(to)) as copy:
        live.backup(copy)  # in one step: a single read, so that writers neither wait nor make it begin again
        copy.execute("PRAGMA journal_mode = DELETE")
        if (said := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise sqlite3.DatabaseError(f"integrity_check: {said}")
        yield moment.of(lambda sql: copy.execute(sql).fetchall())


def is_empty() -> bool:
    file = database()
    return not any(file.with_name(file.name + ending).exists() for ending in ("", "-wal", "-shm", "-journal"))


@contextmanager
def looking_at(file: Path, files: Path) -> Iterator[None]:
    """Inside, this process works on that file and that folder instead of its own."""
    own, own_files = connection.settings_dict["NAME"], settings.MEDIA_ROOT
    connection.close()
    connection.settings_dict["NAME"], settings.MEDIA_ROOT = str(file), files
    try:
        yield
    finally:
        connection.close()  # the last connection takes the journal with it
        connection.settings_dict["NAME"], settings.MEDIA_ROOT = own, own_files
