"""Uploaded files that wait for a person to go on (a preview before an import, a 再次确认): on the disk under random names, no rows, gone after a day.

Which file belongs to whom is kept in the session of the person who uploaded it; the name alone opens nothing.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from pathlib import Path

from django.conf import settings

KEPT = 24 * 3600  # seconds
TOKEN = re.compile(r"[A-Za-z0-9_-]{24}")


def folder() -> Path:
    """Beside the stored files, never among them."""
    return Path(settings.MEDIA_ROOT).with_name("staging")


def put(data: bytes) -> str:
    """Keep a file; the token finds it again."""
    sweep()
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    token = secrets.token_urlsafe(18)
    with open(os.open(folder() / token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
        f.write(data)
    return token


def get(token: str) -> bytes | None:
    """What was kept; None where it is no longer there."""
    if not TOKEN.fullmatch(token):
        return None
    try:
        return (folder() / token).read_bytes()
    except FileNotFoundError:
        return None


def drop(token: str) -> None:
    """Forget a file: what it waited for is done."""
    if TOKEN.fullmatch(token):
        (folder() / token).unlink(missing_ok=True)


def sweep() -> None:
    """Remove what has been kept too long."""
    if folder().is_dir():
        for path in folder().iterdir():
            try:
                if time.time() - path.stat().st_mtime > KEPT:
                    path.unlink(missing_ok=True)
            except FileNotFoundError:
                continue
