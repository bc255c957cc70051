"""Sealing: fields or a file become a row that nobody can read, for the caller to hand to the ledger's `record(rows=…)`.

What is to be sealed is nowhere written in clear: not in a log, not in an error, not in a temporary file.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from qingdan.kernel.ledger import canonical

from . import crypto, keys
from .crypto import Broken
from .models import Sealed

SUBJECT = re.compile(r"[A-Za-z0-9-]{8,40}")
BLOCK = 256  # lengths are rounded up to this, so that they tell little of a name or an address
WRAP = "wrap"


@sensitive_variables()
def seal(kind: str, subject: str, fields: Mapping[str, str], salt: str = "") -> Sealed:
    """An unsaved row with these fields. `kind`: identity or content; `subject`: the random public reference of the complaint.
    `salt`: of the commitment, where whoever tells is given it to prove later what was told; else drawn here.

    Raises Refused where the ring cannot be used, ValueError for a kind or subject that is none.
    """
    if kind not in (Sealed.IDENTITY, Sealed.CONTENT):
        raise ValueError(f"no kind of fields: {kind}")
    if not all(isinstance(text, str) for pair in fields.items() for text in pair):
        raise ValueError("fields are texts by name")
    row, key = new_row(kind, subject)
    salt = salt or secrets.token_hex(16)
    row.commitment = commitment(salt, dict(fields))
    plain = json.dumps({"salt": salt, "fields": dict(fields)}).encode()
    plain += b" " * (-len(plain) % BLOCK)
    row.body = base64.b64encode(crypto.PROVIDERS[row.alg].seal(key, plain, row.aad)).decode()
    return row


@sensitive_variables()
def new_row(kind: str, subject: str) -> tuple[Sealed, bytes]:
    """An empty row and its data key, which the row holds wrapped by the ring's current key."""
    if not SUBJECT.fullmatch(subject):
        raise ValueError("a subject is 8 to 40 letters, digits and hyphens")
    provider = crypto.current()
    row, key = Sealed(kind=kind, subject=subject, alg=provider.name), provider.new_key()
    wrap(row, key, keys.ring().current)
    return row, key


@sensitive_variables()
def wrap(row: Sealed, key: bytes, by: keys.Key) -> None:
    """Put the data key into the row, wrapped by this key of the ring."""
    provider = crypto.PROVIDERS[row.alg]
    row.key_id = by.id
    row.wrapped = base64.b64encode(provider.seal(provider.derived(by.secret, WRAP), key, _bound(row))).decode()


@sensitive_variables()
def unwrap(row: Sealed, ring: keys.Ring) -> bytes:
    """The data key. Raises Broken where the row does not hold it (any more), Refused where the ring lacks the key."""
    provider = crypto.PROVIDERS[row.alg]
    return provider.unseal(provider.derived(ring.get(row.key_id).secret, WRAP), decoded(row.wrapped), _bound(row))


def _bound(row: Sealed) -> bytes:
    return row.aad + b"\0" + row.key_id.encode()


def decoded(text: str) -> bytes:
    """Raises Broken."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Broken from None


@sensitive_variables()
def commitment(salt: str, told: Any) -> str:
    """algorithm:digest over the salt and the canonical text, spelled as it is."""
    alg: str = settings.LEDGER_HASH
    return f"{alg}:{canonical.digest(alg, 'commitment', salt, canonical.text(told, exact=True))}"
