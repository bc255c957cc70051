"""When the database or its disk cannot just now: 503 or 507 in Chinese, all that was typed is there and goes through when it is sent again."""

import errno
import sqlite3

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.test import Client

from qingdan.kernel.ledger import append
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ui.trouble import passing
from tests.measures.browsing import Page, Reader
from tests.measures.room import Room

WORDS = "同意，理由写了很久"


def sqlite(code, text="x"):
    cause = sqlite3.OperationalError(text)
    cause.sqlite_errorcode = code
    error = OperationalError(text)
    error.__cause__ = cause
    return error


def lost(state):
    class Cause(Exception):
        sqlstate = state

    error = OperationalError("lost")
    error.__cause__ = Cause()
    return error


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (sqlite(sqlite3.SQLITE_FULL), 507), (sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), 503), (sqlite(sqlite3.SQLITE_IOERR_WRITE), 503),
        (sqlite(sqlite3.SQLITE_CANTOPEN), 503), (sqlite(sqlite3.SQLITE_ERROR, "no such table"), None),
        (lost(None), 503), (lost("57P01"), 503), (lost("53100"), 507), (InterfaceError("the connection is closed"), 503),
        (OSError(errno.ENOSPC, "full"), 507), (OSError(errno.EACCES, "no"), None), (ValueError("a mistake"), None), (None, None),
    ],
)  # fmt: skip
def test_what_passes_by_itself_is_told_from_a_mistake_of_the_program(error, status):
    assert passing(error) == status


def test_what_the_driver_raises_past_django_passes_by_itself_too():
    """psycopg, when the server dies while a cursor of a list of choices is closed (seen in a2)."""
    driver = connection.Database
    assert passing(sqlite(sqlite3.SQLITE_BUSY).__cause__ if connection.vendor == "sqlite" else driver.OperationalError("closed")) == 503
    assert passing(driver.ProgrammingError("a mistake")) is None


@pytest.fixture
def form(district, client_as):
    """The lead body before the form of its opinion, in a browser that shows the pages of broken servers as they are."""
    room = Room(district)
    case = room.apply("06-07", room.put())
    room.refer("06-12", case)
    room.on("06-13")
    reader = Reader(client_as("fzb_1"))
    reader.client.raise_request_exception = False
    path = f"/adjustment/{case.number}/agree/"
    return reader, path, reader.load(path)


@pytest.mark.parametrize(("error", "status", "why"), [(sqlite(sqlite3.SQLITE_FULL), 507, "磁盘已满"), (lost("57P01"), 503, "数据库暂时连接不上")])
def test_the_page_keeps_what_was_typed_and_sending_it_again_does_the_act(form, monkeypatch, error, status, why):
    reader, path, page = form

    def broken():
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(append, "lock_head", broken)
        busy = reader.send(page, path, opinion=WORDS)
    assert (busy.status, busy.value("opinion"), busy.value("key")) == (status, WORDS, page.value("key"))
    assert why in busy.text and "请" in busy.text and busy.response.headers["Retry-After"] and WORDS in busy.text
    done = reader.send(busy, path)
    assert done.status == 302
    assert Case.objects.get(number=done.location.split("/")[-2]).events.get(act="agree").facts["opinion"] == WORDS


def test_a_session_that_the_database_could_not_keep_is_no_mistake_of_who_sent_the_form(form, monkeypatch, settings):
    """The act is done by then; sent again it is the same one. A session that is gone stays a 400."""
    settings.SESSION_SAVE_EVERY_REQUEST = True  # else it is kept now and then: with the time of the last request
    reader, path, page = form
    answers = []
    for error in (lost("57P01"), sqlite(sqlite3.SQLITE_FULL), DatabaseError("Forced update did not affect any rows.")):
        def broken(self, *args, error=error, **kw):
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(Session, "save", broken)
            answers.append(reader.send(page, path, opinion=WORDS))
    assert [answer.status for answer in answers] == [503, 507, 400]
    assert WORDS in answers[0].text and answers[0].value("key") == page.value("key")
    done = reader.send(answers[0], path)
    assert done.status == 302
    assert Case.objects.get(number=done.location.split("/")[-2]).events.filter(act="agree").count() == 1


def test_a_reader_is_told_to_try_again_and_a_mistake_of_the_program_stays_a_500(form, monkeypatch):
    reader, path, _ = form
    for error, status in ((lost(None), 503), (ValueError("a mistake"), 500)):
        def broken(*args, error=error):
            raise error

        with monkeypatch.context() as patched:
            patched.setattr("qingdan.kernel.policy.middleware.current_post", broken)
            page = reader.get(path)
        assert page.status == status
    assert "没有写入任何内容" in page.text


def test_a_password_is_not_given_back(db, monkeypatch):
    def broken(*args, **kw):
        raise lost(None)

    monkeypatch.setattr("qingdan.kernel.offices.auth.check_password", broken)
    monkeypatch.setattr("qingdan.kernel.offices.auth.make_password", broken)
    client = Client(raise_request_exception=False)
    page = Page(client.post("/desk/login/", {"username": "fzb_1", "password": "very-secret"}))
    assert page.status == 503 and "very-secret" not in page.html


def test_a_request_from_elsewhere_gets_no_token_of_ours(form, monkeypatch):
    """The page gives back the token that came, never a new one: who had none cannot be made to send a form by it."""
    reader, path, _ = form
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = reader.client.cookies

    def broken(*args):
        raise lost(None)

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", broken)
    monkeypatch.setattr("django.middleware.csrf.CsrfViewMiddleware.process_view", lambda self, request, *a: broken())
    page = Page(client.post(path, {"opinion": WORDS}))
    assert (page.status, page.value("csrfmiddlewaretoken")) == (503, "")
