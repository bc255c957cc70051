"""Telling an office something, once: `tell` for any room, `tell_all` for what the passing of time brings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from django.db import transaction

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person

from .models import Notice

MAY_BE_TOLD: dict[str, Callable[[Case, Office], bool]] = {}
"""By measure: may a notice about this case reach this office (T4)? A room says so for its own cases; where none does, every notice may."""
LONGEST_KEY = 200
CHUNK = 200


def tell(office: Office, text: str, *, key: str, case: Case | None = None, link: str = "", heads_only: bool = False) -> None:
    """One notice to this office (or to its heads), once per key, however often and from wherever it is told.

    `text` names no persons and nothing of a complainant; `link` is a path of the product, the case's page unless given.
    """
    tell_all([Notice(office=office, text=text, key=key, case=case, link=link, heads_only=heads_only)])


def tell_person(person: Person, office: Office, text: str, key: str, link: str) -> None:
    """One notice to one person in a post of this office, seen by nobody else. `text` as in `tell`, without a title either."""
    tell_all([Notice(office=office, person=person, text=text, key=key, link=link)])


def tell_all(notices: Sequence[Notice]) -> None:
    """Write those whose keys are not there yet, in one transaction; two processes at once write each once."""
    notices = [n for n in notices if n.case is None or n.case.law not in MAY_BE_TOLD or MAY_BE_TOLD[n.case.law](n.case, n.office)]
    if not notices:
        return
    for notice in notices:
        notice.key, notice.day = _fitting(notice.key), clock.today()
    with transaction.atomic():
        Notice.objects.bulk_create(notices, batch_size=CHUNK, ignore_conflicts=True)


def _fitting(key: str) -> str:
    """A key too long for its column is represented by its hash."""
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
