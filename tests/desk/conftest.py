"""The room at work, in the shared district."""

import pytest

from tests.measures.room import Room


@pytest.fixture
def room(district):
    return Room(district)


@pytest.fixture
def item(room):
    """A complete item of the 权责清单, held by 城管局."""
    return room.put()
