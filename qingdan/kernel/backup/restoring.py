"""Putting a backup back: into an empty place only, and only if `verify` agrees with what came out and the head is the one that was backed up."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.verify import Report, verify

from . import archive, postgresql, sqlite
from .archive import WHAT, Unsound
from .making import engine


def restore(path: Path) -> Report:
    """What `verify` said of the restored copy. Raises Refused; Unsound where the archive is to blame. Either all is put back, or nothing."""
    manifest = archive.read_manifest(path)
    _ensure_fits(manifest)
    _ensure_empty()
    files = Path(settings.MEDIA_ROOT)
    files.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=files.parent) as work:
        staged = Path(work)
        (staged / "files").mkdir(mode=0o700)
        archive.unpack(path, manifest, lambda name: staged / name)
        return _put_back(staged, manifest)


def _ensure_fits(manifest: dict[str, Any]) -> None:
    if manifest["engine"] != engine().NAME:
        todo = "请核对 QINGDAN_DATABASE_URL：恢复到制作备份时所用的数据库种类"
        raise Refused(WHAT, f"这是 {manifest['engine']} 数据库的备份，本机设置的是 {engine().NAME}", todo)
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if ours != set(manifest["migrations"]):
        odd = sorted(ours ^ set(manifest["migrations"]))[0]
        raise Refused(WHAT, f"备份的数据结构与本程序的版本不同（{odd}）", "请用制作备份时的版本恢复，恢复后再升级并运行 qingdan migrate")


def _ensure_empty() -> None:
    files = Path(settings.MEDIA_ROOT)
    if not engine().is_empty():
        raise Refused(WHAT, "目标数据库不是空的", "恢复只写入空的位置：请换一个 QINGDAN_VAR（或者新建数据库），或者先移走现有的数据")
    if files.exists() and any(files.iterdir()):
        raise Refused(WHAT, f"文件存放处 {files} 不是空的", "请换一个 QINGDAN_VAR，或者先移走其中的文件")


def _put_back(staged: Path, manifest: dict[str, Any]) -> Report:
    if engine() is postgresql:
        with _undone_on_failure(postgresql.empty_again):
            postgresql.put_back(staged / archive.DATABASE)
            with _undone_on_failure(lambda: shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)):
                _move_files(staged)
                return _judged(manifest)
    with sqlite.looking_at(staged / archive.DATABASE, staged / "files"):
        report = _judged(manifest)
    with _undone_on_failure(lambda: shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)):
        _move_files(staged)
        os.rename(staged / archive.DATABASE, sqlite.database())
        archive.sync(sqlite.database().parent)
    return report


def _move_files(staged: Path) -> None:
    files = Path(settings.MEDIA_ROOT)
    if files.exists():
        files.rmdir()
    if (staged / archive.CLOCK).exists() and settings.CLOCK_FILE:
        os.rename(staged / archive.CLOCK, settings.CLOCK_FILE)
    os.rename(staged / "files", files)
    archive.sync(files.parent)


def _judged(manifest: dict[str, Any]) -> Report:
    report = verify({manifest["head"]["seq"]: manifest["head"]["head"]} if manifest["head"]["seq"] else None)
    if report.fault is None and (report.events, report.head) != (manifest["head"]["seq"], manifest["head"]["head"]):
        raise Unsound(WHAT, f"恢复出的台账到第 {report.events} 号事件，备份时是第 {manifest['head']['seq']} 号", "请换用另一份备份")
    if report.fault is not None:
        raise Unsound(WHAT, f"恢复出的数据核对不一致：{report.fault}", "这份备份在制作时已有问题，请换用更早的一份，并查明原因")
    return report


@contextmanager
def _undone_on_failure(undo: Any) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        undo()
        raise
