"""b1: that a declared page which nobody ever used with success makes a whole run fail: the judgement itself is tried here."""

from types import SimpleNamespace

import pytest

from tests import successes
from tests.successes import Successes, runs_everything, succeeded, take_down, uncounted


def asked(method="GET", name="desk:inbox"):
    return SimpleNamespace(method=method, resolver_match=SimpleNamespace(view_name=name))


class Answer(dict):
    def __init__(self, status, location=""):
        super().__init__(Location=location)
        self.status_code = status


@pytest.mark.parametrize(("request_", "answer", "counts"), [
    (asked(), Answer(200), True),
    (asked(), Answer(302, "/desk/login/?next=/desk/"), False),
    (asked(), Answer(404), False),
    (asked("POST"), Answer(302, "/desk/cases/x/"), True),
    (asked("POST"), Answer(302, "/desk/login/?next=/x/"), False),
    (asked("POST"), Answer(422), False),
    (asked("POST"), Answer(200), False),
    (asked("POST", "desk:feed_make"), Answer(200), True),
    (asked("OPTIONS"), Answer(405), False),
])  # fmt: skip
def test_what_counts_as_used_with_success(request_, answer, counts):
    assert succeeded(request_, answer) is counts


def test_a_walk_is_not_counted(monkeypatch):
    monkeypatch.setattr(successes, "SEEN", set())
    with uncounted():
        take_down(asked(), Answer(200))
    assert successes.SEEN == set()
    take_down(asked(), Answer(200))
    assert successes.SEEN == {("desk:inbox", "GET")}


def config(args=("tests",), **more):
    chosen = {"keyword": "", "markexpr": "", "ignore": None, "deselect": None, "lf": False, "collectonly": False} | more
    return SimpleNamespace(option=SimpleNamespace(**chosen), args=list(args), getini=lambda name: ["tests"])


@pytest.mark.parametrize(("given", "whole"), [
    (config(), True), (config(["tests/desk"]), False), (config(keyword="x"), False), (config(markexpr="not browser"), False), (config(lf=True), False),
])  # fmt: skip
def test_only_a_run_of_everything_is_judged(given, whole):
    assert runs_everything(given) is whole


def end_of(monkeypatch, seen, exitstatus=0, given=None):
    monkeypatch.setattr(successes, "SEEN", seen)
    session, plugin = SimpleNamespace(exitstatus=exitstatus), Successes(given or config())
    plugin.pytest_sessionfinish(session, exitstatus)
    return session.exitstatus, plugin.missing


def test_a_page_that_nobody_used_makes_the_run_fail_and_is_named(monkeypatch):
    everything = successes.wanted()
    assert end_of(monkeypatch, everything) == (0, set())
    assert end_of(monkeypatch, everything - {("desk:cases", "GET")}) == (1, {("desk:cases", "GET")})
    assert end_of(monkeypatch, set(), given=config(["tests/desk"])) == (0, set())
    assert end_of(monkeypatch, set(), exitstatus=1)[0] == 1


def test_a_worker_hands_over_and_the_run_gathers(monkeypatch):
    monkeypatch.setattr(successes, "SEEN", {("desk:inbox", "GET")})
    worker = config()
    worker.workeroutput = {}
    Successes(worker).pytest_sessionfinish(SimpleNamespace(exitstatus=0), 0)
    assert worker.workeroutput == {"successes": [("desk:inbox", "GET")]}
    monkeypatch.setattr(successes, "SEEN", set())
    Successes(config()).pytest_testnodedown(SimpleNamespace(workeroutput={"successes": [["desk:inbox", "GET"]]}))
    assert successes.SEEN == {("desk:inbox", "GET")}
