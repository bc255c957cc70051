"""P-E6 as data: each kind of record has a term or stays, each with its reason; and every one of them is a choice of ours, marked so."""

from datetime import date

import pytest

from qingdan.statute.complaints_retention import CONTENT, DECISION, DESTROYED, IDENTITY, LEAST_YEARS, LEDGER, PAPERS, READINGS, RETENTION


def test_every_kind_says_how_long_and_why_and_is_marked_as_our_choice():
    assert all(r.reason and r.what and r.ours and key == r.key for key, r in RETENTION.items())
    assert {key for key, r in RETENTION.items() if r.years} == set(DESTROYED) == {IDENTITY, CONTENT, PAPERS}
    assert {key for key, r in RETENTION.items() if r.years is None} == {DECISION, READINGS, LEDGER}


def test_who_complained_goes_before_what_was_said_and_papers_not_before_what_they_were_made_from():
    assert LEAST_YEARS == RETENTION[IDENTITY].years < RETENTION[CONTENT].years <= RETENTION[PAPERS].years


@pytest.mark.parametrize(("ended", "due"), [(date(2016, 9, 13), date(2019, 9, 13)), (date(2016, 2, 29), date(2019, 3, 1)), (date(2016, 12, 31), date(2019, 12, 31))])
def test_due_on_the_same_day_so_many_years_later(ended, due):
    assert RETENTION[IDENTITY].due_on(ended) == due and RETENTION[DECISION].due_on(ended) is None
