"""Every duty of every edition has one short name, no two of a measure the same, so that a reminder or a calendar can say it."""

from qingdan.statute.labels import DUTIES, label, owed
from qingdan.statute.laws import EDITIONS


def test_every_duty_has_a_name_of_its_own():
    for code, laws in EDITIONS.items():
        rows = {row.id for law in laws for row in law.duties}
        assert set(DUTIES[code]) == rows
        assert len(set(DUTIES[code].values())) == len(rows)


def test_a_duty_without_a_name_is_called_by_its_acts():
    assert owed("链", "K1", ["agree", "disagree", "agree"]) == f"{label('agree')}、{label('disagree')}"
