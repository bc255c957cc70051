"""The shortest lines at a small scale, so that they live with the tree; the whole of each is `./run battery`."""

import shutil

import pytest

from battery import running

LINES = running.load()


def passes(id, scale, engine="sqlite"):
    found = running.run_line(LINES[id], engine, 7, scale)
    assert found.good, found


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace on this machine: ./run battery installs it as root")
def test_a3_a_power_cut_after_each_act_of_one_case_loses_nothing():
    passes("a3", 0.25)


@pytest.mark.long
def test_a6_a_form_sent_five_times_at_once_is_one_act():
    passes("a6", 0.05)
