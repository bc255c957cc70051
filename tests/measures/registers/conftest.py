"""Three cases of 2016 that part ways, and the pages of the registers."""

import pytest

from tests.measures.browsing import Reader
from tests.measures.registers.stories import Autumn
from tests.measures.room import Room


@pytest.fixture
def room(district):
    return Room(district)


@pytest.fixture
def autumn(room):
    return Autumn(room)


@pytest.fixture
def reader(client_as):
    return lambda code: Reader(client_as(f"{code}_1"))
