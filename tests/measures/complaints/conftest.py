"""Complaints at work, in the shared district: its four handling bodies, 政务办, 区政府, and a complaint in a few words."""

import pytest

from .room import Room


@pytest.fixture
def room(district):
    return Room(district)
