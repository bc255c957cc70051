"""What differs between the engines where nobody would look: who may write at once, and the one character that PostgreSQL keeps in no text."""

import threading
from pathlib import Path

import pytest
from django.db import connection, connections
from django.http import Http404
from django.test import RequestFactory

import qingdan
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Head
from qingdan.kernel.policy.middleware import TextOnly

OTHERWISE = {
    "kernel/ledger/append.py": "`writing` itself",
    "demo/leaks/canary.py": "a database that is thrown away, with nobody else in it",
    "demo/leaks/twins.py": "the same",
    "kernel/notices/telling.py": "adds rows by their unique keys, and reads nothing before",
    "kernel/notices/letters.py": "locks its own mark before anything else is read",
    "kernel/accounts/locking.py": "locks the row of the name before it is read",
    "kernel/accounts/factors.py": "locks the row of the factor before it is read",
    "kernel/throttle/limits.py": "locks the row of the address before it is read",
    "kernel/saved/actions.py": "a person's own conditions; two at once may keep one too many",
    "kernel/backup/postgresql.py": "one snapshot for reading, and a restore into an empty database",
    "kernel/database/moving.py": "one database nobody writes in, and a new one",
    "kernel/database/management/commands/grant_role.py": "grants, no rows",
}
"""Transactions that need not wait for the ledger's lock, and why."""


def test_every_other_transaction_of_the_product_begins_with_the_lock():
    """PostgreSQL locks nothing at BEGIN, as SQLite does: what was read before the lock may be old by the time it is written."""
    root = Path(qingdan.__file__).parent
    found = {str(p.relative_to(root)) for p in root.rglob("*.py") if "atomic(" in p.read_text(encoding="utf-8")}
    assert found == set(OTHERWISE)


@pytest.mark.django_db(transaction=True)
def test_the_second_writer_sees_what_the_first_has_written():
    """Eight of them read the head and write it one higher; without the lock some would write over each other."""
    together = threading.Barrier(8)

    def add():
        try:
            together.wait()
            for _ in range(5):
                with writing():
                    seq = Head.objects.get(pk=1).seq
                    Head.objects.filter(pk=1).update(seq=seq + 1)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Head.objects.get(pk=1).seq == 40, connection.vendor


def test_a_nul_in_a_question_finds_nothing_and_in_an_address_is_no_page():
    request = RequestFactory().get("/search/", {"q": "城\0管", "page": "2", "p": ["a", "\0"]})
    TextOnly(lambda asked: asked)(request)
    assert request.GET["q"] == "城\ufffd管" and request.GET["page"] == "2" and request.GET.getlist("p") == ["a", "\ufffd"]
    with pytest.raises(Http404):
        TextOnly(lambda asked: asked).process_view(RequestFactory().get("/desk/cases/%00/"), None, (), {})
    assert TextOnly(lambda asked: asked).process_view(RequestFactory().get("/desk/cases/x/"), None, (), {}) is None
