"""f4, f5, f11: what is sealed opens only as a reading, not without the keys, and lies on no disk in clear."""

from __future__ import annotations

from battery import pytests
from battery.line import BOTH, Run, line
from battery.pytests import tests_on

VAULT = "tests/kernel/vault"


@line("f4", "as many openings in the vault as logged readings, over all pages", engines=BOTH, least={"tests": 2})
def readings(run: Run) -> None:
    pytests.collect(run, VAULT, "-k", "f4", env=tests_on(run))


@line("f5", "30 markers in texts and files: none in the database, its log, the product's log, the store or a backup; no key either",
      engines=BOTH, least={"tests": 3})  # fmt: skip
def leaks(run: Run) -> None:
    pytests.collect(run, f"{VAULT}/test_leaks.py", "-k", "f5 or T10", env=tests_on(run))


@line("f11", "an upload killed with -9 at four moments: no marker in store, temporary files or staging; Django's own way leaves them",
      least={"tests": 6})  # fmt: skip
def killed(run: Run) -> None:
    pytests.collect(run, VAULT, "-k", "f11")
