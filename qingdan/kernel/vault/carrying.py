"""An identity sealed once more under another subject, for who complains again (P-D9): nobody is shown anything of it.

It is opened for that, so it is a reading like any other (P-E4, f4): its event and its line in 谁看过 are written first.
"""

from __future__ import annotations

from django.views.decorators.debug import sensitive_variables

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.append import is_writing

from .models import Reading, Sealed
from .reading import fields_of
from .sealing import seal

CARRY = "carry_identity"
PURPOSE = "再次投诉时沿用，没有显示"


@sensitive_variables()
def carry(sealed: Sealed, subject: str) -> Sealed | None:
    """A row with the same fields under `subject`, unsaved, for the act that files it; None where they are destroyed. For the complainant, who has
    shown the query code. RuntimeError inside an act, which could be undone with all that was written; Refused where it does not open."""
    if is_writing():
        raise RuntimeError("an identity is carried over before the act, never inside one")
    with acting(CARRY):
        row = Sealed.objects.get(pk=sealed.pk)
        if row.kind != Sealed.IDENTITY:
            raise ValueError("this is no identity")
        if row.destroyed_on is not None:
            return None
        reading = Reading(sealed=row, subject=row.subject, kind=row.kind, purpose=PURPOSE, at=clock.now())
        note(CARRY, by=None, rows=[reading], facts={"subject": row.subject, "sealed": row.pk, "to": subject})
        fields = fields_of(row)
    return seal(Sealed.IDENTITY, subject, fields)
