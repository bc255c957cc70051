"""Making a backup: the database first, then the files that its rows name - they are never removed, so that all of them are there."""

from __future__ import annotations

import sqlite3
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock

from . import archive, postgresql, sqlite
from .moment import Moment

WHAT = "不能备份"
ROOT = Path(__file__).resolve().parents[3]


def engine() -> Any:
    """The module that knows the database of this installation."""
    return postgresql if connection.vendor == "postgresql" else sqlite


def make(folder: Path) -> tuple[Path, Moment]:
    """A new archive in this folder, and what it holds. Holds every act that was acknowledged before the call. Raises Refused."""
    now = clock.now()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as work, engine().copied(Path(work, "database")) as found:
            target = folder / f"qingdan-{now.astimezone(clock.SHANGHAI):%Y%m%dT%H%M%S}-{found.seq}.tar"
            if target.exists():
                raise Refused(WHAT, f"{target} 已经存在", "请稍后重试，或者换一个目录")
            with archive.whole(target) as out:
                _write(archive.Writer(out), Path(work, "database"), found, now)
    except (OSError, sqlite3.Error) as error:
        raise Refused(WHAT, str(error), "请核对目录能否写入、磁盘是否已满、数据库是否完好，然后重试") from error
    return target, found


def _write(out: archive.Writer, database: Path, found: Moment, now: Any) -> None:
    out.add(archive.DATABASE, database)
    for stored, name, length, digest in found.files:
        try:
            added = out.add(f"{archive.FILES}{stored}", Path(settings.MEDIA_ROOT, stored))
        except FileNotFoundError:
            added = None
        if added != (length, digest):
            todo = "请运行 qingdan verify 查明，从以前的备份取回这个文件后重试"
            raise Refused(WHAT, f"文件“{name}”（{stored}）不在存放处，或者与登记的不一致", todo)
    if settings.CLOCK_FILE and Path(settings.CLOCK_FILE).exists():  # the demonstration's own clock
        out.add(archive.CLOCK, Path(settings.CLOCK_FILE))
    out.close(
        {
            "engine": engine().NAME, "made_at": now.isoformat(), "version": _version(),
            "head": {"seq": found.seq, "head": found.head}, "counts": found.counts, "migrations": found.migrations,
        }
    )  # fmt: skip


def _version() -> str:
    found: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return found
