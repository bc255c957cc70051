"""调: every row of the law is held by a test. Take a row away, or change one word of it, and a test by article fails."""

from datetime import date

import pytest

from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.terms import May, Must, Opens
from tests.engine import play

from . import (
    rows,
    test_adjustment_application,
    test_adjustment_approval,
    test_adjustment_chain,
    test_adjustment_publication,
    test_adjustment_review,
)

CALLS = rows.calls([
    test_adjustment_application, test_adjustment_review, test_adjustment_approval, test_adjustment_publication, test_adjustment_chain,
])  # fmt: skip


def noticed(law, monkeypatch):
    return rows.noticed(law, play, CALLS, monkeypatch)


def test_the_tests_of_the_articles_hold_under_the_law_as_it_is(monkeypatch):
    assert len(CALLS) > 90
    assert not noticed(LAW_2016, monkeypatch)


@pytest.mark.parametrize("row", LAW_2016.rows, ids=lambda row: row.id)
def test_a_row_taken_away_is_missed(row, monkeypatch):
    assert noticed(rows.without(LAW_2016, row), monkeypatch)


def test_a_word_changed_in_any_row_is_noticed(monkeypatch):
    found = [(i, what) for i, what, row in rows.edits(LAW_2016) if not noticed(rows.law_with(LAW_2016, row), monkeypatch)]
    assert found == []


def test_the_law_has_the_rows_of_its_reading():
    """What the tests above range over: forty-one rows, of which three kinds."""
    kinds = [sum(isinstance(r, kind) for r in LAW_2016.rows) for kind in (Opens, Must, May)]
    assert sum(kinds) == len(LAW_2016.rows) == 42 and min(kinds) >= 5
    assert LAW_2016.in_force == date(2016, 5, 6)
