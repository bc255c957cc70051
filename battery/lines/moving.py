from battery import pytests
from battery.line import POSTGRESQL, Run, line

TESTS = "tests/kernel/database/test_moving.py"


@line("e5", "from the embedded database to PostgreSQL: the same head and digests, or nothing at all", engines=(POSTGRESQL,), least={"tests": 8})
def moved(run: Run) -> None:
    pytests.collect(run, TESTS, "-k", "e5")


@line("g6", "the same life gives the same head on both engines", engines=(POSTGRESQL,), least={"tests": 1})
def same_head(run: Run) -> None:
    pytests.collect(run, TESTS, "-k", "g6")
