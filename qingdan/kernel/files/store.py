"""Keeping files: on the disk first and surely, then the row in its act. A row without its file is thus impossible;
a file whose act did not come about has no row, and is swept after a day.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock

from . import kinds
from .models import StoredFile

KEPT = 24 * 3600  # seconds until a file without a row is swept
TABLE = "files_storedfile"


def keep(upload: Any, *, name: str = "") -> StoredFile:
    """Write what was uploaded (anything with `read` and a `name`) and return its row, which the act saves among its rows."""
    upload.seek(0)
    data = upload.read(kinds.LIMIT + 1)
    return put(data, name=kinds.cleaned_name(name or upload.name or ""), media=kinds.find(data))


def put(data: bytes, *, name: str, media: str) -> StoredFile:
    """Write these bytes (of the vault: ciphertext) and return their row. Raises Refused where the disk takes nothing."""
    row = StoredFile(stored=secrets.token_hex(16), name=name, media=media, length=len(data), sha256=hashlib.sha256(data).hexdigest())
    try:
        _write(row.path, data)
    except OSError as error:
        raise Refused("文件没有保存", f"存放文件的磁盘不能写入（{error.strerror}）", "请告知系统管理员，稍后重新上传") from error
    return row


def _write(path: Path, data: bytes) -> None:
    """Temporary name, fsync, rename, fsync of the folder: after this the file outlives a power cut."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        _sync(path.parent.parent)
    temporary = path.with_suffix(".tmp")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        os.rename(temporary, path)
        _sync(path.parent)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _old_without_row() -> list[Path]:
    """Files older than a day that no row names."""
    folder = Path(settings.MEDIA_ROOT)
    if not folder.is_dir():
        return []
    before = time.time() - KEPT
    old = [path for path in sorted(folder.iterdir()) if path.is_file() and path.stat().st_mtime < before]
    if not old:
        return []
    known = set(StoredFile.objects.values_list("stored", flat=True))
    return [path for path in old if path.name not in known]


_swept: tuple[str, date] | None = None  # the store and the day of this process's last sweep


def sweep() -> int:
    """Remove files whose act did not come about; returns how many. Once a day is enough, so the store is not listed on every tick."""
    global _swept
    now = (str(settings.MEDIA_ROOT), clock.today())
    if _swept == now:
        return 0
    _swept = now
    old = _old_without_row()
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def faults() -> Iterator[tuple[str, str, str]]:
    """(table, row, what) for every file that is not as its row says, and every old file that no row names."""
    for row in StoredFile.objects.order_by("pk").iterator(2000):
        if what := _fault(row):
            yield TABLE, str(row.pk), what
    for path in _old_without_row():
        yield TABLE, path.name, "存放处有一个没有登记的文件：请查明来源，或者运行定时登记清除"


def _fault(row: StoredFile) -> str:
    try:
        with row.open() as f:
            length, digest = os.fstat(f.fileno()).st_size, hashlib.file_digest(f, "sha256").hexdigest()
    except (OSError, ValueError):
        return f"文件“{row.name}”不在存放处，或者读不出来"
    if length != row.length:
        return f"文件“{row.name}”长度为 {length}，登记的是 {row.length}"
    return "" if digest == row.sha256 else f"文件“{row.name}”的内容与登记的摘要不一致"
