"""a13: the product broken on purpose, each in one way, to see that the battery notices. No switch of this is in the product's code:
the patch is applied by the battery's own settings, in the processes of one run."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace

from . import mutants_of_complaints
from .line import POSTGRESQL, SQLITE, Mutant


def normal() -> None:
    """SQLite may acknowledge before the disk has it."""
    from django.conf import settings

    options = settings.DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")


def upload_without_fsync() -> None:
    """The file is renamed into its place and the row written before the disk has the content."""
    from qingdan.kernel.files import store

    store.os = SimpleNamespace(**{**vars(store.os), "fsync": lambda handle: None})  # type: ignore[attr-defined]


def no_atomic() -> None:
    """Every statement is its own transaction."""
    from qingdan.kernel.ledger import append
    from qingdan.measures.adjustment import actions, views

    loose = SimpleNamespace(atomic=nullcontext)
    append.transaction = actions.transaction = views.transaction = loose  # type: ignore[assignment]
    no_lock()


def no_lock() -> None:
    """The head is read without being locked: several append at once."""
    from qingdan.kernel.ledger import append
    from qingdan.kernel.ledger.models import Head

    append.lock_head = lambda: Head.objects.get_or_create(pk=1)[0]


def lapse_looked_up_before() -> None:
    """A sweeper reads the cases before it has the lock, and does not look again."""
    from qingdan.kernel.ledger import ticking

    look = ticking.stand_all

    def lapse_cases(keys):  # type: ignore[no-untyped-def]
        seen = list(look(keys))
        ticking.stand_all = lambda keys: seen
        try:
            return write(keys)
        finally:
            ticking.stand_all = look

    write, ticking.lapse_cases = ticking.lapse_cases, lapse_cases


def mail_before_commit() -> None:
    """A notice is mailed while the transaction that tells it is still open."""
    from django.conf import settings
    from django.core.mail import send_mail

    from qingdan.kernel.notices import telling

    def tell_all(notices):  # type: ignore[no-untyped-def]
        write(notices)
        for notice in notices if settings.MAIL_FROM else ():
            send_mail("五单一网：一项提醒", notice.text, settings.MAIL_FROM, ["cg_1@example.gov.cn"], fail_silently=True)

    write, telling.tell_all = telling.tell_all, tell_all


ONE_WRITER = "transactions begin IMMEDIATE, so a second writer waits before its first read; the row lock on the head adds nothing there"
MUTANTS: list[Mutant] = [
    Mutant("normal", "synchronous=NORMAL", ("a3",), normal, (SQLITE,), "PostgreSQL has no such setting; its own are refused at the start (a3b)"),
    Mutant("upload_without_fsync", "an uploaded file is not synced", ("a3",), upload_without_fsync, (SQLITE,),
           "the store of files is the same code; the cut is traced on the embedded database"),
    Mutant("no_atomic", "no transaction around an act", ("a1", "a2"), no_atomic),
    Mutant("no_lock", "the ledger's head is not locked (the one lock, also of cases)", ("a7",), no_lock, (POSTGRESQL,), ONE_WRITER),
    Mutant("lapse_looked_up_before", "a lapse is written without looking again under the lock", ("a8",), lapse_looked_up_before),
    Mutant("mail_before_commit", "a notice is mailed before the commit", ("a9",), mail_before_commit),
    *mutants_of_complaints.MUTANTS,
]  # fmt: skip
