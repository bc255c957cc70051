"""A PostgreSQL of the tests' own, beside whatever database the suite runs on."""

from contextlib import contextmanager
from itertools import count

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from qingdan.kernel.database import roles
from qingdan.kernel.database.engines import on_postgresql
from tests import postgres

numbers = count(1)


@pytest.fixture(scope="session")
def cluster():
    with postgres.or_skip() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def installation(cluster, django_db_blocker):
    """(owner's URL, application's URL) of one installation as the README sets it up; tests undo what they change."""
    owner, app = cluster.roles("product")
    with _connected(owner, django_db_blocker) as there:
        call_command("migrate", database=there.alias, verbosity=0)
        roles.grant("product_app", there)
    return owner, app


@pytest.fixture
def own(cluster, installation):
    """The same two URLs of a copy of it that is this test's own, still without a row: what a command writes there reaches no other test."""
    name = f"copy{next(numbers)}"
    cluster.sql(f"CREATE DATABASE {name} TEMPLATE product OWNER product_owner")
    yield cluster.url(name, "product_owner"), cluster.url(name, "product_app")
    cluster.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def as_app(installation):
    """`as_app(sql)`: the application's role runs a statement; what it did is undone."""

    def run(statement, url=installation[1]):
        with psycopg.connect(url) as connection:
            try:
                done = connection.execute(statement)
                return done.fetchall() if done.description else done.rowcount
            finally:
                connection.rollback()

    return run


@pytest.fixture
def connected(django_db_blocker):
    """`with connected(url) as connection:` - Django's connection to another database."""
    return lambda url: _connected(url, django_db_blocker)


@contextmanager
def _connected(url, blocker):
    alias = f"other{next(numbers)}"
    connections.settings[alias] = connections.settings["default"] | on_postgresql(url) | {"CONN_MAX_AGE": 0}
    with blocker.unblock():
        try:
            yield connections[alias]
        finally:
            connections[alias].close()
            del connections[alias], connections.settings[alias]
