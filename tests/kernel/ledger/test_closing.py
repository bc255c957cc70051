"""The root of a past day stands in the ledger itself; it is written once, and quiet days are not closed."""

import pytest

from qingdan.kernel import clock
from qingdan.kernel.ledger import merkle
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.closing import ACT, close_days, sweep
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify

pytestmark = pytest.mark.django_db


def closings():
    return list(Event.objects.filter(act=ACT).order_by("seq"))


def test_the_first_sweep_after_midnight_writes_the_root_of_the_day_before(district):
    with clock.frozen("2016-06-07T10:00"):
        note("create_office", by=None)
    with clock.frozen("2016-06-08T00:00:30"):
        sweep()
    last = closings()[-1]
    assert last.facts["day"] == "2016-06-07"
    leaves = merkle.leaves_of(clock.datetime(2016, 6, 7).date())
    assert last.facts["root"] == merkle.root(last.facts["alg"], leaves) and last.facts["count"] == len(leaves) == 1
    assert verify().fault is None


def test_the_closing_tells_the_last_event_of_the_day_and_the_head_after_it(district):
    with clock.frozen("2016-06-07T10:00"):
        note("create_office", by=None)
        last = note("create_person", by=None)
    with clock.frozen("2016-06-08T09:00"):
        note("create_office", by=None)  # before the sweep: already the next day
        sweep()
    facts = closings()[-1].facts
    assert (facts["day"], facts["seq"], facts["head"]) == ("2016-06-07", last.seq, last.head)


def test_a_day_is_closed_once_and_the_present_day_not_yet(district):
    with clock.frozen("2016-06-07T10:00"):
        note("create_office", by=None)
        close_days()
        assert "2016-06-07" not in [e.facts["day"] for e in closings()]
    with clock.frozen("2016-06-08T08:00"):
        assert close_days() == 1
        assert close_days() == 0


def test_days_on_which_nothing_but_closings_was_recorded_are_not_closed(district):
    for day in ("07", "08", "09", "10"):  # the sweep of the 7th finds that June has begun (第十条（三）)
        with clock.frozen(f"2016-06-{day}T00:01"):
            sweep()
    assert [e.facts["day"] for e in closings()] == ["2016-05-06", "2016-06-07"]


def test_after_a_long_silence_every_day_with_events_is_closed(district):
    for day in ("01", "03"):
        with clock.frozen(f"2016-06-{day}T09:00"):
            note("create_office", by=None)
    with clock.frozen("2016-07-20T09:00"):
        sweep()
    assert [e.facts["day"] for e in closings()] == ["2016-05-06", "2016-06-01", "2016-06-03"]
