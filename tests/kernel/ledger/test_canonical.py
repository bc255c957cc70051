"""Canonical text: the same facts are the same bytes; what has no single spelling is refused."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.kernel.ledger import canonical

SHANGHAI = timezone(timedelta(hours=8))


def test_text_is_composed_keys_are_sorted_and_nothing_is_spaced():
    assert canonical.text({"乙": "e\u0301", "甲": [1, True, None, "x"], "a": {}}) == '{"a":{},"乙":"é","甲":[1,true,null,"x"]}'


def test_days_are_iso_and_moments_are_utc_with_six_digits():
    moment = datetime(2016, 6, 7, 9, 0, tzinfo=SHANGHAI)
    assert canonical.text([date(2016, 6, 7), moment, Decimal("1.10")]) == '["2016-06-07","2016-06-07T01:00:00.000000Z","1.10"]'
    assert canonical.text(moment) == canonical.text(moment.astimezone(UTC))


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), {"a": [0.0]}, {1, 2}, object(), datetime(2016, 6, 7), {1: "a"}, {None: "a"}, {"e\u0301": 1, "é": 2}]
)
def test_what_has_no_single_spelling_is_refused(value):
    with pytest.raises(TypeError):
        canonical.text(value)


facts = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(blacklist_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("甲乙丙abc", max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(facts)
def test_the_text_of_a_text_read_back_is_the_same_text(value):
    import json

    once = canonical.text(value)
    assert canonical.text(json.loads(once)) == once


@given(st.lists(st.tuples(st.text("甲乙a", min_size=1, max_size=3), st.integers()), unique_by=lambda pair: pair[0]))
def test_the_order_in_which_facts_are_given_does_not_matter(pairs):
    assert canonical.text(dict(pairs)) == canonical.text(dict(reversed(pairs)))


def test_no_two_ways_of_splitting_the_same_letters_have_one_digest():
    assert canonical.digest("sha256", "ab", "c") != canonical.digest("sha256", "a", "bc") != canonical.digest("sha256", "abc")


def test_a_row_is_digested_as_it_is_spelled_and_under_its_own_salt_and_table():
    one = canonical.row_digest("sha256", "s", "t", {"a": "é"})
    assert one != canonical.row_digest("sha256", "s", "t", {"a": "e\u0301"})
    assert one != canonical.row_digest("sha256", "r", "t", {"a": "é"})
    assert one != canonical.row_digest("sha256", "s", "u", {"a": "é"})
    assert canonical.row_digest("sha256", "s", "t", {"a": b"A"}) != canonical.row_digest("sha256", "s", "t", {"a": "41"})
