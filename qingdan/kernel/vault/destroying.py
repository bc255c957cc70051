"""Destroying: the wrapped data keys go, and with them the text, in the database as in every backup made afterwards; the commitments stay.

Only the means: who decides, with which two signatures, is the disposal's (P-E6). Older backups hold the wrapped keys until
they are thrown away, or the key of the ring is.
"""

from __future__ import annotations

from collections.abc import Collection

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.offices.models import Office, Person

from .models import Sealed

SHRED = "shred_sealed"


def shred(
    subject: str, *, by: Person | None, office: Office | None = None, kinds: Collection[str] | None = None, only: Collection[str] | None = None
) -> int:
    """All that is sealed under this subject can no longer be opened by anybody; returns how many rows. Safe to repeat.

    kinds: of these kinds alone; only: of these rows alone, of which those of another subject are left untouched.
    """
    with acting(SHRED):
        found = Sealed.objects.filter(subject=subject, destroyed_on=None)
        found = found if kinds is None else found.filter(kind__in=kinds)
        rows = list(found if only is None else found.filter(pk__in=only))
        for row in rows:
            row.wrapped, row.destroyed_on = "", clock.today()
        if rows:
            note(SHRED, by=by, office=office, rows=rows, facts={"subject": subject, "sealed": [row.pk for row in rows]})
    return len(rows)
