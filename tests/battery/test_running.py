"""The battery itself: a line that found something, did too little, broke or could not run has not passed."""

from pathlib import Path

import pytest

from battery import running, table
from battery.line import Line, NotRun


def verdict(do, **least):
    return running.run_line(Line("x1", "a line", do, ("sqlite",), least), "sqlite", 7)


def test_a_line_passes_with_its_seed_its_counts_and_a_verdict():
    found = verdict(lambda run: run.count("acks", 3), acks=3)
    assert (str(found), found.good) == ("x1 sqlite seed=7 acks=3 PASS", True)


def test_a_line_that_did_too_little_fails():
    found = verdict(lambda run: run.count("acks", 2), acks=3)
    assert (found.word, found.why) == ("FAIL", ["acks=2, at least 3"])


def test_what_must_not_be_there_is_a_fault():
    found = verdict(lambda run: run.none("lost", ["act 5"]))
    assert (found.word, found.counts, found.why) == ("FAIL", {"lost": 1}, ["lost: act 5"])


def test_a_line_that_broke_or_could_not_run_has_not_passed():
    def broken(run):
        raise ValueError("no")

    def unable(run):
        raise NotRun("no strace")

    assert verdict(broken).word == "FAIL"
    assert (verdict(unable).word, verdict(unable).why) == ("NOT RUN", ["no strace"])


def test_a_mutant_is_caught_by_what_the_oracle_finds_and_not_by_a_line_that_broke():
    def mutated(do):
        return running.run_mutant(running.Mutant("m", "a mutant", ("x1",)), Line("x1", "", do, ("sqlite",), {"acks": 9}), "sqlite", 1)

    def broken(run):
        raise ValueError("no")

    assert mutated(lambda run: run.none("lost", ["act 5"])).word == "CAUGHT"
    assert mutated(broken).word == mutated(lambda run: None).word == "SURVIVED"


def test_the_table_keeps_the_lines_that_were_not_run(tmp_path):
    page = Path(tmp_path, "battery.md")
    one, two = (running.Verdict(id, "what", "sqlite", 1, {"acks": 2}, "PASS", []) for id in ("a10", "a2"))
    table.write([one], [], page)
    table.write([two], [], page)
    assert page.read_text("utf-8").splitlines()[-2:] == ["| a2 | sqlite | what | 1 | acks=2 | PASS |", "| a10 | sqlite | what | 1 | acks=2 | PASS |"]


@pytest.mark.parametrize("line", running.load().values(), ids=lambda line: line.id)
def test_every_line_says_what_it_must_have_done(line):
    assert line.least, "a line without least counts could pass without doing anything"
