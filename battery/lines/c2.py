from battery import pytests
from battery.line import BOTH, Run, line
from battery.pytests import tests_on


@line("c2", "every form and address with what nobody would type", engines=BOTH, least={"tests": 60, "examples": 20000})
def forms(run: Run) -> None:
    pytests.collect(run, "-n", "2", "tests/hostile/test_forms.py", long=run.scale >= 1, env=tests_on(run))


@line("c2b", "every form of an investigation, and every step of the page of the query code, with what nobody would type", engines=BOTH,
      least={"tests": 18, "examples": 5000})  # fmt: skip
def forms_of_complaints(run: Run) -> None:
    files = ("tests/hostile/test_complaint_forms.py", "tests/hostile/test_status_steps.py")
    pytests.collect(run, "-n", "2", *files, long=run.scale >= 1, env=tests_on(run))
