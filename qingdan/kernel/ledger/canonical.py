"""Canonical text and hashes: the same facts give the same bytes on every engine and in every version.

UTF-8, NFC, sorted keys, no spaces; strings, integers, booleans, nothing, lists and maps only; dates as ISO,
moments as UTC with six digits. Hash functions by name, stored with each event.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

VERSION = 1


def plain(value: Any) -> Any:
    """The value as canonical text knows it. Raises TypeError for what has no single spelling (floats)."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", str(k)): plain(v) for k, v in value.items()}
    raise TypeError(f"no canonical form for {type(value).__name__}")


def text(value: Any) -> str:
    """Canonical text of a value."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(value: datetime) -> str:
    """2016-06-07T01:00:00.000000Z"""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(alg: str, *parts: str) -> str:
    """Hex digest over the parts, each with its length so that no two splits meet."""
    h = hashlib.new(alg)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        h.update(len(raw).to_bytes(8, "big"))
        h.update(raw)
    return h.hexdigest()


def leaf(alg: str, seq: int, salt: str, body: str) -> str:
    """The hash of one event by itself."""
    return digest(alg, "leaf", str(VERSION), str(seq), salt, body)


def chain(alg: str, prev: str, leaf_hash: str) -> str:
    """The head after this event: depends on every event before it."""
    return digest(alg, "head", prev, leaf_hash)


def row_digest(alg: str, salt: str, table: str, values: dict[str, Any]) -> str:
    """The digest of a business row with all its columns, salted so that short values cannot be guessed from it."""
    return digest(alg, "row", salt, table, text(values))
