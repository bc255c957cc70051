"""The root of a day's events: every event is proved by it, and nothing else is."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.kernel.ledger import merkle


def test_the_root_of_no_events_is_the_hash_of_nothing_and_of_one_is_its_leaf_hash():
    assert merkle.root("sha256", []) == hashlib.sha256().hexdigest()
    assert merkle.root("sha256", ["a"]) == hashlib.sha256(b"\x00a").hexdigest()


def test_three_leaves_hash_as_rfc_6962_says():
    a, b, c = (hashlib.sha256(b"\x00" + x).digest() for x in (b"a", b"b", b"c"))
    ab = hashlib.sha256(b"\x01" + a + b).digest()
    assert merkle.root("sha256", ["a", "b", "c"]) == hashlib.sha256(b"\x01" + ab + c).hexdigest()


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proved_at_its_place_and_no_other_leaf_or_place_is(n, data):
    leaves = [f"leaf{i}" for i in range(n)]
    place = data.draw(st.integers(0, n - 1))
    root, proof = merkle.root("sha256", leaves), merkle.proof("sha256", leaves, place)
    assert merkle.proves("sha256", leaves[place], place, n, proof, root)
    assert not merkle.proves("sha256", "other", place, n, proof, root)
    elsewhere = data.draw(st.integers(0, n))
    if elsewhere != place:
        assert not merkle.proves("sha256", leaves[place], elsewhere, n, proof, root)


@pytest.mark.parametrize("n", [100_000])
def test_one_event_of_a_hundred_thousand_is_proved_with_at_most_seventeen_hashes(n):
    leaves = [str(i) for i in range(n)]
    proof = merkle.proof("sha256", leaves, 54_321)
    assert len(proof) <= 17
    assert merkle.proves("sha256", "54321", 54_321, n, proof, merkle.root("sha256", leaves))
