"""What the tests of every room share: a small district, its clock, its people logged in, and tables that can be emptied."""

import os
import shutil

import pytest
from django.db import connection, transaction
from django.template.base import Template
from django.test import utils

from qingdan.kernel import clock
from qingdan.kernel.offices.models import Person

from .measures.browsing import Reader
from .silence import Silence
from .successes import Successes
from .telling import Told
from .world import make_district, untriggered

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # once a browser was driven, its event loop stays in this thread
PURE = {"statute", "engine", "quality", "battery", "harmless"}
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")  # the first has no windows to draw: half the work


@pytest.fixture
def district(db):
    """The nine offices, a clerk in each (`zwb_1` …, password “p”), their roles in 动态调整: `district.zwb.office`, `district.zwb.person`."""
    return make_district()


@pytest.fixture
def at():
    """`with at("2016-06-07T09:00"):` - the clock stands still inside."""
    return clock.frozen


@pytest.fixture(scope="session", autouse=True)
def plain_rendering(django_test_environment):
    """Django's test environment copies the context of every template of every page for tests to look at; ours look at the page."""
    Template._render = utils._TestState.saved_data.template_render


@pytest.fixture
def contexts(monkeypatch):
    """For a test that looks at `response.context`."""
    monkeypatch.setattr(Template, "_render", utils.instrumented_test_render)


@pytest.fixture(autouse=True)
def the_clock_goes_on():
    """No test leaves a fixed clock to the next one."""
    yield
    clock.set_fixed(None)


@pytest.fixture(autouse=True)
def no_silent_change():
    """g7: no test passes in which the product changed a business row outside an act (rule 3: its digest would be in no event)."""
    with connection.execute_wrapper(silence := Silence()):
        yield silence
    assert silence.found == []


@pytest.fixture(autouse=True)
def no_transaction_without_an_event(request):
    """g7, asked for by --g7: the database's own triggers tell of every changed business row; its transaction wrote an event, or the test fails."""
    past = request.node.get_closest_marker("writes_past")
    if past or not request.config.getoption("--g7") or not {"db", "transactional_db", "django_db_setup"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    with Told() as told:
        yield told
    assert told.silent == []


@pytest.fixture
def client_as(db):
    """`client_as("cg_1")`: a browser in which this person has logged in."""
    from django.test import Client

    def log_in(username):
        client = Client()
        client.force_login(Person.objects.get(username=username))
        return client

    return log_in


@pytest.fixture
def reader(client_as):
    """`reader("cg")`: the clerk of this office at the product's pages."""
    return lambda code: Reader(client_as(f"{code}_1"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"] if os.geteuid() == 0 else []}


# Tests with several connections empty all tables afterwards; the triggers of immutable tables refuse that, as they should.
def _flushing_immutable_tables_too(operations):
    flush = operations.execute_sql_flush

    def flush_untriggered(self, sql_list):
        with transaction.atomic(), untriggered():
            flush(self, sql_list)

    operations.execute_sql_flush = flush_untriggered


_flushing_immutable_tables_too(type(connection.ops))


def pytest_addoption(parser):
    parser.addoption("--g7", action="store_true", help="triggers in the database tell of every business row that changes without an event (SQLite)")
    parser.addoption("--every-database", action="store_true", help="on PostgreSQL, too, what no database has a say in")
    parser.addoption("--long", action="store_true", help="also the tests that take minutes")


def pytest_configure(config):
    config.pluginmanager.register(Successes(config), "successes")


def has_no_say(item):
    pure = PURE & set(item.path.parts) and not item.get_closest_marker("django_db")
    return bool(item.get_closest_marker("once") or pure or "cluster" in item.fixturenames)


def pytest_collection_modifyitems(config, items):
    """Long tests run when they are asked for. Browser tests are those under tests/browser and those that ask for a page; without a browser they are skipped, and say so.
    What no database has a say in is asked once, on SQLite: the law and its arithmetic, the rules over the code, whether a look finds what was planted
    in Python, and whatever brings a PostgreSQL of its own."""
    missing = pytest.mark.skip(reason="no chromium on this machine: ./run test installs it as root")
    minutes = pytest.mark.skip(reason="takes minutes: ./run test --long")
    once = pytest.mark.skip(reason="the database of this run has no say in it: asked on SQLite")
    for item in items:
        if connection.vendor != "sqlite" and has_no_say(item) and not config.getoption("--every-database"):
            item.add_marker(once)
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(minutes)
        if "browser" in item.path.parts or {"page", "browser", "context"} & set(item.fixturenames):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(missing)
