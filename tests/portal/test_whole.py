"""A whole list is kept while the ledger stands still, and is new with the next act."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.lists.schema import LISTS
from qingdan.portal import whole
from tests.measures.room import Room

LIST = f"/list/{LISTS['权责'].slug}/"
DAY = date(2016, 6, 7)


@pytest.fixture
def room(district):
    return Room(district)


def test_what_was_published_since_is_on_the_page_at_once(room, reader):
    room.put()
    room.on("06-07")
    assert "今天有效的事项 1 项" in reader("cg").get(LIST).text
    room.put(code="410105-027-01-002-00", name="乙事项")
    room.on("06-07")
    page = reader("cg").get(LIST).text
    assert "今天有效的事项 2 项" in page and "乙事项" in page and "城管局（2）" in page


def test_asked_again_only_the_head_of_the_ledger_is_read(room):
    room.put()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            whole.keys(whole.standing(), "权责", DAY, DAY), whole.offices(whole.standing(), "权责", DAY, DAY)
        counts.append(len(found))
    assert counts == [4, 2]


def test_each_day_and_each_knowledge_is_a_list_of_its_own(room):
    item = room.put()
    room.publish("06-20", room.forwarded(item, promised="3"))
    before, after = date(2016, 6, 19), date(2016, 6, 20)
    kept = [whole.keys(whole.standing(), "权责", on, known) for on, known in ((before, after), (after, after), (after, before))]
    first, second = item.versions.order_by("number").values_list("pk", flat=True)
    assert kept == [(first,), (second,), (first,)]
