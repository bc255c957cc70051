"""Who may do what: the policy walked, objects compared with such as never were, outlets compared with one another, endings that hold at once."""

from battery import pytests
from battery.line import BOTH, Run, line
from battery.pytests import tests_on

HERE = "tests/kernel/policy"


@line("b1", "every address × everybody × every method against the declared policy", engines=BOTH, least={"tests": 20, "requests": 8000})
def walk(run: Run) -> None:
    pytests.collect(run, "-n", "2", f"{HERE}/test_walk.py", f"{HERE}/test_policy.py", long=run.scale >= 1, env=tests_on(run))


@line("b2", "objects of others answer like what never was", engines=BOTH, least={"tests": 3, "compared": 600})
def objects(run: Run) -> None:
    pytests.collect(run, f"{HERE}/test_objects.py", "-k", "b2", long=run.scale >= 1, env=tests_on(run))


@line("b3", "fields that no form offers are not listened to", engines=BOTH, least={"tests": 2})
def fields(run: Run) -> None:
    pytests.collect(run, f"{HERE}/test_objects.py", "-k", "b3", env=tests_on(run))


@line("b4", "list, search, register, export and what opens are the same", engines=BOTH, least={"tests": 2, "compared": 20})
def outlets(run: Run) -> None:
    pytests.collect(run, f"{HERE}/test_objects.py", "-k", "b4", env=tests_on(run))


@line("b5", "a post, a role, an office or an account that ends is refused with the next request", engines=BOTH, least={"tests": 6})
def at_once(run: Run) -> None:
    pytests.collect(run, f"{HERE}/test_at_once.py", env=tests_on(run))


@line("b6", "nothing is sent without its token, looking changes nothing", engines=BOTH, least={"tests": 2, "requests": 1500})
def unsafe(run: Run) -> None:
    pytests.collect(run, f"{HERE}/test_unsafe.py", long=run.scale >= 1, env=tests_on(run))


@line("b7", "everybody does anything in a complaint: never fewer than two, never who must keep out, never one person for two; 20,000 steps",
      least={"tests": 4, "steps": 20000, "done": 8000})  # fmt: skip
def everybody(run: Run) -> None:
    whole = run.scale >= 1
    words = ("-n", "2", "-k", "两万步") if whole else ("-k", "谁做什么")
    env = tests_on(run) | {"SEED_OF_MACHINES": str(run.seed)}
    pytests.collect(run, "tests/measures/complaints/test_everybody.py", *words, long=whole, env=env)
