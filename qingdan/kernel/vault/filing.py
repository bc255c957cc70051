"""Files of a complaint: made harmless, encrypted, and only then written; nothing of them ever lies on a disk in clear (T10, T33, f11).

In the order of the store: temporary name, fsync, rename, fsync of the folder; then the act commits the two rows with its event. Where the act
does not come about, ciphertext without a row and without a key is left, and swept after a day.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel.files import store
from qingdan.kernel.files.harmless.cleaning import Clean, neutral_name
from qingdan.kernel.files.harmless.making import harmless
from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.ledger.append import is_writing

from . import crypto
from .models import Sealed
from .sealing import commitment, new_row

BLOCK = 16 * 1024  # lengths are rounded up to this


class SealedFile(NamedTuple):
    """The two rows of a file, unsaved, in the order in which the act saves them: `record(rows=[*seal_file(…)])`."""

    stored: StoredFile
    sealed: Sealed


@sensitive_variables()
def seal_file(subject: str, data: bytes, *, number: int | None = None) -> SealedFile:
    """One file, made harmless and sealed under this subject as 材料N (without `number`: the next). See `seal_files`."""
    return seal_files(subject, [data], first=number)[0]


@sensitive_variables()
def seal_files(subject: str, datas: Sequence[bytes], *, first: int | None = None) -> list[SealedFile]:
    """All of them or none. Call it before the act, never inside one (it takes time, and the act holds the lock); then hand the rows to the act.

    Raises Refused, naming which file where there are several: not taken (c5), the ring cannot be used, the disk takes nothing.
    """
    if is_writing():
        raise RuntimeError("files are made harmless before the act begins")
    clean = [_clean(data, n if len(datas) > 1 else 0) for n, data in enumerate(datas, 1)]
    number = first if first is not None else Sealed.objects.filter(subject=subject, kind=Sealed.FILE).count() + 1
    return [_sealed(subject, found, number + n) for n, found in enumerate(clean)]


@sensitive_variables()
def _clean(data: bytes, n: int) -> Clean:
    try:
        return harmless(data)
    except Refused as refused:
        if n:
            raise Refused(f"不能接受第 {n} 个文件", refused.why, refused.todo) from None
        raise


@sensitive_variables()
def _sealed(subject: str, found: Clean, number: int) -> SealedFile:
    row, key = new_row(Sealed.FILE, subject)
    row.name = neutral_name(number, found.kind)
    salt = secrets.token_hex(16)
    row.commitment = commitment(salt, {"kind": found.kind, "digest": digest(found.data)})
    body = crypto.PROVIDERS[row.alg].seal(key, _packed(salt, found.data), row.aad)
    row.file = store.put(body, name=row.name, media=found.kind)
    return SealedFile(row.file, row)


def digest(data: bytes) -> str:
    """algorithm:digest of a clean file; with the salt and the kind it gives the commitment."""
    return f"{settings.LEDGER_HASH}:{hashlib.new(settings.LEDGER_HASH, data).hexdigest()}"


@sensitive_variables()
def _packed(salt: str, data: bytes) -> bytes:
    head = json.dumps({"salt": salt, "length": len(data)}).encode() + b"\n"
    return head + data + b"\0" * (-(len(head) + len(data)) % BLOCK)


@sensitive_variables()
def unpacked(plain: bytes) -> bytes:
    """The file out of what was sealed."""
    head, _, rest = plain.partition(b"\n")
    length: int = json.loads(head)["length"]
    return rest[:length]
