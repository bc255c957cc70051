"""Business rows: a row that is not written by an act of the ledger is refused.

`Recorded` is the base of every business table. Inside `recording()` (only the ledger opens it) a save is
taken down, and the digest of the row goes into the event that wrote it; outside it every save, update and
delete raises `NotRecorded`. Which tables are no business rows, and why, stands in `NOT_BUSINESS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

NOT_BUSINESS = {
    "django_migrations": "Django's own record of the schema",
    "django_content_type": "Django's registry of models, derived from code",
    "django_session": "who is logged in where: no fact of a case",
    "accounts_failure": "failed log-ins in a row: no fact of a case, gone after a day",
    "accounts_entry": "the log of log-ins: only added to, which the database itself sees to; no fact of a case",
    "accounts_word": "what a person is told of their account; what was done stands in the ledger",
    "mfa_authenticator": "second factors, their secrets encrypted: adding and removing one is an event",
    "account_emailaddress": "allauth's own, unused",
    "account_emailconfirmation": "allauth's own, unused",
    "auth_permission": "Django's registry, unused: access is declared in kernel.policy",
    "auth_group": "unused",
    "auth_group_permissions": "unused",
    "sqlite_sequence": "the database's own counters",
    "ledger_head": "the lock and the tip of the chain; compared with the last event",
    "ledger_event": "the ledger itself; held together by its chain",
    "adjustment_draft": "unsubmitted typing of an office: no act, no fact of a case",
    "ledger_clockmark": "the machine's clock as last trusted: no fact of a case; a confirmation is an event",
    "ledger_obligation": "the shadow; compared with a replay of the ledger",
    "notices_notice": "derived, each once by its unique key; what it says is in the ledger",
    "saved_savedfilter": "conditions of a list under a name: a person's convenience",
    "notices_letter": "derived from notices, once for each person; whether it was sent is no fact of a case",
    "notices_enclosed": "which notice went in which letter; held once by its unique key",
    "notices_mailmark": "how far the notices were looked through",
    "throttle_salt": "a random number a day, gone with it",
    "throttle_tries": "how often a digest of an address tried something within the hour: no fact of a case",
    "notices_reading": "who has looked at a notice: no fact of a case",
}


class NotRecorded(Exception):
    """A business row was to be written outside an act of the ledger: a mistake in the code."""


_recording: ContextVar[list[Any] | None] = ContextVar("recording", default=None)


@contextmanager
def recording() -> Iterator[list[Any]]:
    """Opened by the ledger alone, around the writing of an event's rows; yields what was written."""
    written: list[Any] = []
    token = _recording.set(written)
    try:
        yield written
    finally:
        _recording.reset(token)


def _take_down(rows: list[Any]) -> None:
    written = _recording.get()
    if written is None:
        raise NotRecorded(f"{type(rows[0]).__name__} is written only by an act of the ledger (record, note)")
    written.extend(rows)


class RecordedQuerySet(models.QuerySet[Any]):
    """Reads as usual; bulk writing only inside an act, update and delete never."""

    def update(self, **kwargs: Any) -> int:
        raise NotRecorded("rows change one by one inside an act of the ledger, so that each is in its event")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NotRecorded("nothing is deleted: what no longer holds is ended with a date or an act")

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        objs = list(objs)
        if objs:
            _take_down(objs)
        return super().bulk_create(objs, *args, **kwargs)


class Recorded(models.Model):
    """Base of every business row."""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _take_down([self])
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NotRecorded("nothing is deleted: what no longer holds is ended with a date or an act")


# Django's own ways past `objects` (a related set's `add`) meet the same refusal; set here and not in Meta, which would need migrations.
Recorded._meta.base_manager_name = "objects"
