from battery import pytests
from battery.line import Run, line
from battery.pytests import tests_on

ROOMS = ("tests/measures", "tests/lists", "tests/desk", "tests/demo", "tests/kernel/ledger/test_door.py")


@line("g7", "no business row changes in a transaction without an event; planted ones are told", least={"tests": 1800})
def silent(run: Run) -> None:
    pytests.collect(run, "--g7", "-n", "2", "-m", "not long", *ROOMS, env=tests_on(run))
    pytests.collect(run, "tests/kernel/ledger/test_telling.py", env=tests_on(run))
