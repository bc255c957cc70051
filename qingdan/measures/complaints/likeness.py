"""Repeats (P-D5, S16): the same person, the same item, the same unit. Asked without opening anything, and told only to who may see both (T39).

A mark is an HMAC of all three under a key derived from the vault's ring: without the ring it tells nothing, and even with two marks that are equal
one learns only that some person complained twice about one thing. After the old key has left the ring, older marks are found no more.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping

from django.views.decorators.debug import sensitive_variables

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office
from qingdan.kernel.vault import keys

from .access import visible_to
from .models import Complaint, Likeness

SHOWN = 5


@sensitive_variables()
def marks(identity: Mapping[str, str], about: Office | None, item: int | None) -> list[str]:
    """Under the ring's newest key: one by the telephone, one by the name; none for who left neither."""
    key = keys.ring().current
    name = "".join(unicodedata.normalize("NFKC", identity.get("name", "")).split())
    told = {"phone": re.sub(r"\D", "", identity.get("phone", ""))[-11:], "name": name}
    matter = (str(about.pk) if about else "", str(item or ""))
    return [f"{key.id}:{_mac(key.secret, kind, value, *matter)}" for kind, value in told.items() if value]


def marks_of(complaint: Complaint | None) -> list[str]:
    """Those that a complaint has: of one that is reopened nobody reads the identity again."""
    return list(Likeness.objects.filter(case=complaint.case_id).values_list("mark", flat=True)) if complaint is not None else []


@sensitive_variables()
def _mac(secret: bytes, *parts: str) -> str:
    derived = hmac.digest(secret, b"qingdan complaints likeness 1", hashlib.sha256)
    return hmac.digest(derived, "\0".join(parts).encode(), hashlib.sha256).hex()


def like(complaint: Complaint, office: Office) -> list[Complaint]:
    """Earlier complaints that look like this one, of those that this office may see; newest first."""
    mine = Likeness.objects.filter(case=complaint.case_id).values("mark")
    cases = Likeness.objects.filter(mark__in=mine).exclude(case=complaint.case_id).values("case")
    found = visible_to(office, clock.today()).filter(case__in=cases, pk__lt=complaint.pk).order_by("-pk")
    return list(found[:SHOWN])


def forgotten(case: Case) -> list[Likeness]:
    """P-E6: the marks of this case, made to tell nothing and to be like no other; unsaved, for the act that destroys the identity."""
    rows = list(Likeness.objects.filter(case=case))
    for row in rows:
        row.mark = f"destroyed:{row.pk}"
    return rows
