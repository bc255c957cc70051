"""Destroying: the wrapped data keys go, and with them the text, in the database as in every backup made afterwards; the commitments stay.

Only the means: who decides, with which two signatures, is the disposal's (P-E6). Older backups hold the wrapped keys until
they are thrown away, or the key of the ring is.
"""

from __future__ import annotations

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.offices.models import Office, Person

from .models import Sealed

SHRED = "shred_sealed"


def shred(subject: str, *, by: Person | None, office: Office | None = None) -> int:
    """All that is sealed under this subject can no longer be opened by anybody; returns how many rows. Safe to repeat."""
    with acting(SHRED):
        rows = list(Sealed.objects.filter(subject=subject, destroyed_on=None))
        for row in rows:
            row.wrapped, row.destroyed_on = "", clock.today()
        if rows:
            note(SHRED, by=by, office=office, rows=rows, facts={"subject": subject, "sealed": [row.pk for row in rows]})
    return len(rows)
