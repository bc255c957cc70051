"""Accounts are tested with the limits that a real installation has; the clock stands still unless a test moves it."""

import pytest

from qingdan.kernel import clock
from qingdan.kernel.accounts.passwords import with_password
from qingdan.kernel.ledger.acts import note

GOOD = "梨树下的第七把伞 1998"
LOGIN = "/desk/login/"


@pytest.fixture(autouse=True)
def limits(settings):
    settings.SESSION_LIMIT, settings.SESSION_IDLE, settings.SURE_FOR = 8 * 3600, 30 * 60, 15 * 60


@pytest.fixture
def world(district):
    clock.set_fixed("2016-06-07T09:00")
    return district


@pytest.fixture
def later():
    """`later("09:29:59")` or `later("06-08T09:00")`: the clock stands there."""
    def move(when):
        clock.set_fixed(f"2016-06-07T{when}" if "T" not in when else f"2016-{when}")

    return move


@pytest.fixture
def with_good(world):
    """`with_good("cg")`: the clerk of this office has the good password."""
    def give(code, password=GOOD):
        person = getattr(world, code).person
        note("set_password", by=None, rows=with_password(person, password))
        return person

    return give


@pytest.fixture
def log_in(client):
    """At the login page with a password; the answer."""
    return lambda username="cg_1", password="p", c=client, **more: c.post(LOGIN, {"username": username, "password": password, **more})
