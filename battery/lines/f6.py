"""f6: what is published of complaints in numbers, and somebody who has all of it and knows the rule."""

from __future__ import annotations

from battery import pytests
from battery.line import Run, line
from battery.pytests import tests_on


@line("f6", "differencing over all published tables of several quarters, the rule known: no number below five worked out; broken rules caught",
      least={"tests": 14, "tables": 30_000, "districts": 100, "hidden": 500, "small": 1000, "caught": 4, "files": 2})  # fmt: skip
def differencing(run: Run) -> None:
    pytests.collect(run, "tests/measures/complaints/test_suppressing.py", "tests/measures/complaints/test_figures.py", "-k", "f6", env=tests_on(run))
