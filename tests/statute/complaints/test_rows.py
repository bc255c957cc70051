"""诉: every row of the law is held by a test. Take a row away, or change one word of it, and a test by article fails."""

import pytest

from qingdan.statute.complaints import LAW_2016
from qingdan.statute.terms import Promptly, Source
from tests.engine import complaint_play
from tests.statute import rows

from . import test_errands, test_inquiry, test_intake, test_liability

CALLS = rows.calls([test_intake, test_inquiry, test_errands, test_liability])


def noticed(law, monkeypatch):
    return rows.noticed(law, complaint_play, CALLS, monkeypatch)


def test_the_tests_of_the_articles_hold_under_the_law_as_it_is(monkeypatch):
    assert len(CALLS) > 200
    assert not noticed(LAW_2016, monkeypatch)


@pytest.mark.parametrize("row", LAW_2016.rows, ids=lambda row: row.id)
def test_a_row_taken_away_is_missed(row, monkeypatch):
    assert noticed(rows.without(LAW_2016, row), monkeypatch)


def test_a_word_changed_in_any_row_is_noticed(monkeypatch):
    found = [(i, what) for i, what, row in rows.edits(LAW_2016) if not noticed(rows.law_with(LAW_2016, row), monkeypatch)]
    assert found == []


LIMITS = {
    Source.REGULATION: ["D15", "D16", "D16a", "D16c", "D16e", "S12", "D16f", "D18"],
    Source.ORDER: ["D17", "M12", "D20", "M56", "D21"],
    Source.CHOICE: ["S14", "D34", "S12d", "D22", "O11g"],
}


@pytest.mark.parametrize("source", Source)
def test_whose_limit_it_is(source):
    """第十条、第十一条、第十四条、第十五条、第十六条: only the regulation and the paper make a unit 逾期 in law; 及时 and by analogy are our own aims."""
    assert [row.id for row in LAW_2016.duties if row.source is source and row.within != Promptly()] == LIMITS[source]
