"""f1, f2, f7, f8: what a confidential complaint changes for those who are not entitled: nothing that they are told, and not how long it takes."""

from __future__ import annotations

from battery import pytests
from battery.line import BOTH, Run, line
from battery.pytests import tests_on

LEAKS = "tests/portal/complaints/test_leaks.py"


@line("f1", "two districts, with and without one confidential complaint: every outlet the same to whoever is not entitled; planted leaks are found",
      engines=BOTH, least={"tests": 9})  # fmt: skip
def twins(run: Run) -> None:
    pytests.collect(run, LEAKS, "-k", "f1", long=run.scale >= 1, env=tests_on(run))


@line("f2", "30 markers in four encodings: none with whoever is not entitled, nor in logs, letters, rows, files; the entitled see them",
      engines=BOTH, least={"tests": 8})  # fmt: skip
def canary(run: Run) -> None:
    pytests.collect(run, LEAKS, "-k", "f2", long=run.scale >= 1, env=tests_on(run))


@line("f7", "every page of complaints made to fail: no marker in the answer, the log, the letter to the administrators",
      engines=BOTH, least={"tests": 1})  # fmt: skip
def faults(run: Run) -> None:
    pytests.collect(run, LEAKS, "-k", "f7", env=tests_on(run))


@line("f8", "forbidden and absent cannot be told apart by how long they take: 600 pairs of eight kinds, thrice", least={"tests": 8, "pairs": 14400})
def times(run: Run) -> None:
    pytests.collect(run, "battery/timing.py", env=tests_on(run))


LIVES, UNITS = "tests/measures/complaints/test_twin_lives.py", "tests/measures/complaints/test_what_units_get.py"


@line("f3", "one complaint lived by 张三 and by 李四, outsiders doing anything: they are told the same to the letter; 300 runs",
      least={"tests": 8, "runs": 300})  # fmt: skip
def lives(run: Run) -> None:
    pytests.collect(run, "-n", "2", LIVES, *(() if run.scale >= 1 else ("-k", "not 三百次")), long=run.scale >= 1, env=tests_on(run))


@line("f9", "planted particulars in who complained and in what was said: none reaches a unit; no draft names them; no original goes",
      least={"tests": 9, "complaints": 100, "places": 40_000, "drafts": 600})  # fmt: skip
def units(run: Run) -> None:
    words = () if run.scale >= 1 else ("-k", "not 一百件 and not 六百份")
    pytests.collect(run, "-n", "2", UNITS, *words, long=run.scale >= 1, env=tests_on(run))
