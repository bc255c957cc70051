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


def plain(value: Any, exact: bool = False) -> Any:
    """The value as canonical text knows it; `exact` leaves text as it is spelled.

    Raises TypeError for what has no single spelling: floats, moments without zone, keys that are not text or meet.
    """
    if isinstance(value, str):
        return value if exact or value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return {"bytes": bytes(value).hex()}
    if isinstance(value, list | tuple):
        return [plain(v, exact) for v in value]
    if isinstance(value, dict):
        return _plain_dict(value, exact)
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _plain_dict(value: dict[Any, Any], exact: bool) -> dict[str, Any]:
    out = {plain(k, exact): plain(v, exact) for k, v in value.items() if isinstance(k, str)}
    if len(out) != len(value):
        raise TypeError("the keys of a map are text, and no two of them are the same text")
    return out


def text(value: Any, exact: bool = False) -> str:
    """Canonical text of a value."""
    return json.dumps(plain(value, exact), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(value: datetime) -> str:
    """2016-06-07T01:00:00.000000Z"""
    if value.tzinfo is None:
        raise TypeError("a moment without its zone has no canonical form")
    return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def digest(alg: str, *parts: str) -> str:
    """Hex digest over the parts, each with its length so that no two splits meet."""
    raw = [part.encode("utf-8", "surrogatepass") for part in parts]
    return hashlib.new(alg, b"".join([len(part).to_bytes(8, "big") + part for part in raw])).hexdigest()


def leaf(alg: str, seq: int, salt: str, body: str) -> str:
    """The hash of one event by itself."""
    return digest(alg, "leaf", str(VERSION), str(seq), salt, body)


def chain(alg: str, prev: str, leaf_hash: str) -> str:
    """The head after this event: depends on every event before it."""
    return digest(alg, "head", prev, leaf_hash)


def row_digest(alg: str, salt: str, table: str, values: dict[str, Any]) -> str:
    """The digest of a business row with all its columns as they are spelled; salted, so that short values cannot be guessed from it."""
    return digest(alg, "row", salt, table, text(values, exact=True))
