from battery import pytests
from battery.line import BOTH, Run, line
from battery.pytests import tests_on


@line("c2", "every form and address with what nobody would type", engines=BOTH, least={"tests": 60, "examples": 20000})
def forms(run: Run) -> None:
    pytests.collect(run, "-n", "2", "tests/hostile/test_forms.py", long=run.scale >= 1, env=tests_on(run))
