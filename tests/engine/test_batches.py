"""R1, R3: a million due dates are the same as one by one."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingdan.engine.batches import due_days
from qingdan.kernel.calendar import shipped

CAL = shipped()
DAYS = st.dates(date(2010, 1, 1), date(2035, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=60), st.integers(0, 300))
def test_every_due_day_is_the_one_that_add_gives(starts, n):
    """Around holidays, make-up days and the end of what is announced."""
    found = due_days(CAL, np.array(starts, dtype="datetime64[D]"), n)
    assert found.astype(object).tolist() == [CAL.add(day, n) for day in starts]


def test_any_shape_keeps_its_shape_and_nothing_is_nothing():
    days = np.array([["2016-09-30", "2016-10-08"], ["2016-06-08", "2016-06-11"]], dtype="datetime64[D]")
    assert due_days(CAL, days, 5).shape == (2, 2)
    assert due_days(CAL, days[:0], 5).size == 0


@pytest.mark.parametrize(("day", "n"), [("2016-06-07", -1), ("1990-01-01", 5), ("9999-12-30", 40)])
def test_what_cannot_be_counted_is_refused_as_one_by_one(day, n):
    with pytest.raises(ValueError, match="不能") as one:
        CAL.add(date.fromisoformat(day), n)
    with pytest.raises(ValueError, match="不能") as many:
        due_days(CAL, np.array([day], dtype="datetime64[D]"), n)
    assert str(many.value) == str(one.value)
