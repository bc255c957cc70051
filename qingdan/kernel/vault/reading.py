"""Reading what is sealed. Each reading is an event of the ledger, written before the text is given out (T8, P-E4, f4).

Who may read the content and the files the room has asked (its `visible_to`); an identity needs a grant in force, whoever asks, leaders included.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.append import is_writing
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for

from . import crypto, filing, keys, sealing
from .models import Reading, Sealed
from .unlocking import ensure_unlocked

READ = "read_sealed"
WHAT = "不能查看"
COMPLAINANT = "投诉人本人（凭查询码）"


@sensitive_variables()
def read_content(sealed: Sealed, *, by: Person | None, office: Office | None, purpose: str) -> dict[str, str]:
    """The fields of what was said. `by` None: the complainant, by the query code. The room has asked whether this person may.

    `purpose`: what the reading serves, in the room's own words (40 characters), never typed text. Raises Refused.
    """
    with _logged(sealed, Sealed.CONTENT, by, office, purpose) as row:
        fields = fields_of(row)
    return fields


@sensitive_variables()
def read_identity(sealed: Sealed, *, by: Person, office: Office, purpose: str) -> dict[str, str]:
    """The fields of who complained, for a person with a grant in force for this subject; else Refused."""
    with _logged(sealed, Sealed.IDENTITY, by, office, purpose) as row:
        ensure_unlocked(row.subject, by, office)
        fields = fields_of(row)
    return fields


@dataclass(frozen=True)
class File:
    """What was handed in, made harmless: its neutral name, its kind (a key of `files.kinds.KINDS`), and its bytes, which are shown by nothing."""

    name: str
    kind: str
    data: bytes = field(repr=False)


@sensitive_variables()
def read_file(sealed: Sealed, *, by: Person | None, office: Office | None, purpose: str) -> File:
    """One file. `by` None: the complainant, by the query code. The room has asked whether this person may. `giving.attachment` answers with it.

    `purpose` as in `read_content`. Raises Refused: destroyed, changed, or gone from the store.
    """
    with _logged(sealed, Sealed.FILE, by, office, purpose) as row:
        stored = row.file
        if stored is None:
            raise Refused(WHAT, "这项材料没有文件", "请告知系统管理员运行 qingdan verify")
        try:
            body = stored.path.read_bytes()
        except OSError:
            raise Refused(WHAT, "文件不在存放处，或者读不出来", "请告知系统管理员运行 qingdan verify") from None
        return File(row.name, stored.media, filing.unpacked(opened(row, body)))


@contextmanager
def _logged(sealed: Sealed, kind: str, by: Person | None, office: Office | None, purpose: str) -> Iterator[Sealed]:
    """The row as it lies, with its reading noted; one transaction, so that nothing is given out without its event."""
    if is_writing():
        raise RuntimeError("a reading inside an act could be undone with it: read before or after")
    if not 0 < len(purpose) <= 40 or not purpose.isprintable():
        raise ValueError("a purpose has 1 to 40 visible characters")
    with acting(READ):
        row = Sealed.objects.select_related("file").get(pk=sealed.pk)
        if row.kind != kind:
            raise ValueError(f"this is no {kind}")
        if by is not None and (office is None or not may_act_for(by, office, clock.today())):
            raise Refused(WHAT, f"{by.name}今天在该单位没有任职", "请用本单位的账号登录后查看")
        if row.destroyed_on is not None:
            raise Refused(WHAT, f"这项内容已于{row.destroyed_on.isoformat()}按程序销毁", "需要时请查阅保留的脱敏记录")
        reading = Reading(sealed=row, subject=row.subject, kind=row.kind, person=by, office=office if by else None, purpose=purpose, at=clock.now())
        note(READ, by=by, office=office, rows=[reading], facts={"subject": row.subject, "kind": row.kind, "sealed": row.pk, "purpose": purpose})
        yield row


@sensitive_variables()
def fields_of(row: Sealed) -> dict[str, str]:
    """For this module, `comparing` and `carrying`, which have written the reading down. Raises Refused."""
    told = json.loads(opened(row, row.body))
    fields: dict[str, str] = told["fields"]
    return fields


@sensitive_variables()
def opened(row: Sealed, body: bytes | str) -> bytes:
    """What the body holds (as bytes, or as the row has it). Raises Refused where it was changed or moved: then `verify` names the row as well."""
    try:
        raw = sealing.decoded(body) if isinstance(body, str) else body
        return crypto.PROVIDERS[row.alg].open_body(sealing.unwrap(row, keys.ring()), raw, row.aad)
    except (crypto.Broken, KeyError):
        raise Refused(WHAT, "密文与它的位置或者密钥不符，可能被改动", "请告知系统管理员运行 qingdan verify") from None


@dataclass(frozen=True)
class Seen:
    """One line of 谁看过."""

    at: datetime
    who: str
    office: str
    what: str
    purpose: str
    name: str = field(default="")


def who_has_seen(subject: str) -> list[Seen]:
    """Every reading of what belongs to this subject, oldest first; for the page 谁看过 and its print."""
    found = Reading.objects.filter(subject=subject).select_related("person", "office", "sealed")
    return [
        Seen(r.at, r.person.name if r.person else COMPLAINANT, r.office.short if r.office else "", r.get_kind_display(), r.purpose, r.sealed.name)
        for r in found
    ]
