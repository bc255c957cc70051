from battery import pytests
from battery.line import Run, line

TESTS = "tests/kernel/ledger/test_tampering.py"
LEAST = {"tests": 400, "changes": 4000, "deletions": 300, "insertions": 300, "swaps": 270}


@line("g1", "every table and column changed past the product by raw SQL: update, delete, insert, swap", least=LEAST)
def tampering(run: Run) -> None:
    pytests.collect(run, TESTS, long=run.scale >= 1)
