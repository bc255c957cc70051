"""P-A3: a snapshot on any day, on either axis, is the replay of all publications up to it. The replay here knows nothing of the queries."""

from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import open_case
from qingdan.kernel.rows import recording
from qingdan.lists import queries
from qingdan.lists.actions import version
from qingdan.lists.models import Item, ItemVersion

from .samples import code

pytestmark = pytest.mark.writes_past  # histories of publications, written in bulk

FIRST, DAYS, ITEMS = date(2016, 6, 7), 10, 3
HISTORIES = 500

day = st.integers(0, DAYS - 1).map(lambda n: FIRST + timedelta(days=n))
later = st.one_of(st.none(), day)
publication = st.tuples(day, st.integers(1, ITEMS), later, later, st.booleans())
histories = st.lists(publication, min_size=1, max_size=8).map(lambda found: sorted(found, key=lambda p: p[0]))
EVERY_DAY = [FIRST + timedelta(days=n) for n in range(-1, DAYS + 1)]


@cache
def drawn():
    """500 histories of up to eight publications of three items, not two alike."""
    found = {}

    @settings(max_examples=HISTORIES + 100, deadline=None)
    @given(histories)
    def draw(history):
        if len(found) < HISTORIES:
            found[tuple(history)] = None

    draw()
    return list(found)


def replay(history, on, known):
    """Item → number of its version: read every publication in its order, let the later one stand, forget what is cancelled."""
    standing, numbers = {}, {}
    for published, n, basis, wished, cancels in history:
        numbers[n] = numbers.get(n, 0) + 1
        if published <= known and max(d for d in (published, basis, wished) if d) <= on:
            standing[n] = (numbers[n], cancels)
    return {n: number for n, (number, cancels) in standing.items() if not cancels}


def rows_of(history, base, office, case):
    """The items, and the versions as the acts build them, with the day of each publication."""
    items = {n: Item(kind="审批", code=code(base + n), office=office, case=case) for n in {p[1] for p in history}}
    numbers, versions = dict.fromkeys(items, 0), []
    for published, n, basis, wished, cancels in history:
        numbers[n] += 1
        content = {"name": f"第{numbers[n]}版"} | ({"basis_effective": basis.isoformat()} if basis else {})
        row = version(
            items[n], numbers[n], content, office=office, case=case, act="publish", approver="政务办", incomplete=True, wished=wished,
            now=datetime(published.year, published.month, published.day, 10, tzinfo=clock.SHANGHAI),
        )  # fmt: skip
        row.status = ItemVersion.CANCELLED if cancels else ItemVersion.IN_FORCE
        versions.append(row)
    return list(items.values()), versions


@pytest.fixture
def lived(district):
    """All histories side by side in the lists, each with items of its own, as rows of one founding case; code → (history, item)."""
    case = open_case("调", "publish_initial", by=None, office=district.zwb, title="入库", gives={"政务办": [district.zwb]})
    lived, items, versions = drawn(), [], []
    for place, history in enumerate(lived):
        more = rows_of(history, place * ITEMS, district.first, case)
        items += more[0]
        versions += more[1]
    with recording():
        Item.objects.bulk_create(items)
        ItemVersion.objects.bulk_create(versions)
    return lived


def test_a_snapshot_on_any_day_on_either_axis_is_the_replay_of_all_publications_up_to_it(lived):
    assert len(lived) == HISTORIES
    for on in EVERY_DAY:
        for known in EVERY_DAY:
            told = {code(place * ITEMS + n): number for place, h in enumerate(lived) for n, number in replay(h, on, known).items()}
            found = dict(queries.in_force("审批", on, known).values_list("item__code", "number"))
            wrong = {c for c in found.keys() | told.keys() if found.get(c) != told.get(c)}
            assert not wrong, (on, known, [lived[(int(c.split("-")[3]) - 1) // ITEMS] for c in sorted(wrong)[:1]])
        assert queries.counts(on, known)["审批"] == len(told)


def test_the_version_of_one_item_on_a_day_is_the_one_of_the_snapshot(lived):
    on, known = EVERY_DAY[6], EVERY_DAY[5]
    for place, history in enumerate(lived[:60]):
        for item in Item.objects.filter(code__in=[code(place * ITEMS + n) for n in range(1, ITEMS + 1)]):
            found = queries.version_on(item, on, known)
            n = int(item.code.split("-")[3]) - place * ITEMS
            assert (found.number if found and not found.cancelled else None) == replay(history, on, known).get(n)


def test_the_replay_of_this_test_knows_later_days_cancellations_and_what_was_not_yet_published():
    """An oracle that is wrong would agree with anything; these are done by hand."""
    a, b, c, d = (FIRST + timedelta(days=n) for n in (0, 2, 4, 6))
    said = [(a, 1, None, None, False), (b, 1, d, None, False), (c, 1, None, None, False), (d, 2, None, None, False), (d, 1, None, None, True)]
    assert replay(said, a, d) == {1: 1} and replay(said, b, d) == {1: 1} and replay(said, c, d) == {1: 3}
    assert replay(said, d, b) == {1: 2} and replay(said, d, d) == {2: 1} and replay(said, d, EVERY_DAY[0]) == {}


def test_a_day_that_has_passed_is_never_changed_by_a_later_publication(lived):
    """第十条（一）: nothing holds before it is published; so a dated address without `known` keeps its content once its day is over."""
    for on in EVERY_DAY:
        then, now = (set(queries.in_force("审批", on, known).values_list("pk", flat=True)) for known in (on, EVERY_DAY[-1]))
        assert then == now
