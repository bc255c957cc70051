"""Three cases of 2016 that part ways, and the pages of the registers."""

import copy

import pytest

from qingdan.kernel import clock
from tests.measures.browsing import Reader
from tests.measures.registers.stories import Autumn
from tests.measures.room import Room
from tests.world import kept, make_district


@pytest.fixture
def room(district):
    return Room(district)


@pytest.fixture(scope="module")
def lived_autumn(django_db_setup, django_db_blocker):
    """Lived once for the tests of a module; each of them looks at it, or goes on from it, inside a savepoint of its own."""
    with django_db_blocker.unblock(), kept() as world:
        world.autumn = Autumn(Room(make_district()))
        clock.set_fixed(None)
        yield world


@pytest.fixture
def autumn(lived_autumn, db):
    found = copy.deepcopy(lived_autumn.autumn)
    found.room.on("10-26")
    return found


@pytest.fixture
def reader(client_as):
    return lambda code: Reader(client_as(f"{code}_1"))
