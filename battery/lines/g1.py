from battery import pytests
from battery.line import Run, line

TESTS = "tests/kernel/ledger/test_tampering.py"
LEAST = {"tests": 700, "changes": 9000, "deletions": 550, "insertions": 550, "swaps": 500}


@line("g1", "every table and column changed past the product by raw SQL: update, delete, insert, swap", least=LEAST)
def tampering(run: Run) -> None:
    pytests.collect(run, TESTS, long=run.scale >= 1)
