"""Who may have a file of this room: who may see what it belongs to. 政务办 all, a unit its own."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.offices.models import Office
from qingdan.measures.adjustment.access import is_office, visible_to

from .models import OwnListChange, UnitRule


def may_have(file: StoredFile, office: Office, day: date) -> bool:
    """A proof, or a paper of a doubt: who may see its case. A unit's rule: who may see the rule."""
    of_case = visible_to(office, day).filter(Q(proofs__file=file) | Q(lapse_doubts__file=file))
    return of_case.exists() or rules_seen_by(office, day).filter(file=file).exists()


def rules_seen_by(office: Office, day: date) -> QuerySet[UnitRule]:
    rules = UnitRule.objects.select_related("office", "file")
    return rules if is_office(office, day) else rules.filter(office=office)


def own_changes_seen_by(office: Office, day: date) -> QuerySet[OwnListChange]:
    changes = OwnListChange.objects.select_related("case", "case__office", "linked")
    return changes.filter(case__in=visible_to(office, day))
