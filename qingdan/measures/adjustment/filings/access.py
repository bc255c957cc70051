"""Who may have a file of this room: who may see the case that it belongs to."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.offices.models import Office
from qingdan.measures.adjustment.access import visible_to


def may_have(file: StoredFile, office: Office, day: date) -> bool:
    return visible_to(office, day).filter(Q(proofs__file=file) | Q(lapse_doubts__file=file)).exists()
