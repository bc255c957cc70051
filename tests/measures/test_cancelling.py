"""取消 of an item that an import brought in with a bad 依据施行日: it dates nothing, and the item can end."""

import pytest

from qingdan.lists.queries import current

from .room import Room

pytestmark = pytest.mark.django_db


def test_a_bad_day_from_an_import_does_not_keep_an_item_from_being_cancelled(district):
    room = Room(district)
    item = room.put(basis_effective="去年")
    case = room.forwarded(item, move="取消")
    room.publish("06-20", case)
    assert current(item).cancelled and current(item).effective_from.isoformat() == "2016-06-20"
