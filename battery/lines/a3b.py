from battery import pytests
from battery.line import POSTGRESQL, Run, line


@line("a3b", "PostgreSQL that could lose an act (fsync, synchronous_commit, full_page_writes, checksums) is not served, nor other unsafe settings",
      engines=(POSTGRESQL,), least={"tests": 30})  # fmt: skip
def refused_at_the_start(run: Run) -> None:
    pytests.collect(run, "tests/kernel/database/test_checks.py")
