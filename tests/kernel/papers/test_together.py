"""P-K3: papers issued by several workers at once, each a process with a connection of its own, killed without a word at random moments.

What stands afterwards is 1…n: no number twice, none left out, each key one paper, each paper with its files.
"""

import os
import random
import signal
import time

import pytest
from django.db import connection

from qingdan.kernel import clock
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.papers import fonts
from qingdan.kernel.papers.models import Paper
from qingdan.kernel.papers.queries import years

from .issuing import issued

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, SHARE = 8, 3  # papers that each of them issues before all meet again


def works(district, sources):
    """A process that issues these papers, one after the other, each with its own key."""
    pid = os.fork()
    if pid == 0:
        try:
            connection.connection = None  # the parent's connection is not ours to close
            clock.set_fixed("2016-06-15T09:00")
            for source in sources:
                issued(district.zwb, source, key=f"key-{source}")
            os._exit(0)
        finally:
            os._exit(1)
    return pid


def done():
    connection.close()
    return set(Paper.objects.values_list("source", flat=True))


def issue_all(district, count, kills, seed):
    """`count` papers by eight workers; `kills` of them are killed at random moments and others go on with what is left. Returns how many died."""
    chance, died, left = random.Random(seed), 0, [f"e{n}" for n in range(1, count + 1)]
    for _ in range(200):
        connection.close()
        now = left[: WORKERS * SHARE]
        pids = {works(district, now[n::WORKERS]): None for n in range(WORKERS) if now[n::WORKERS]}
        if died < kills:
            time.sleep(chance.uniform(0.05, 1.0))
            for pid in chance.sample(sorted(pids), min(3, len(pids), kills - died)):
                os.kill(pid, signal.SIGKILL)
        for pid in pids:
            died += os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
        before, left = left, [source for source in left if source not in done()]
        if not left:
            return died
        assert died <= kills and len(left) <= len(before)
    raise AssertionError(f"{len(left)} papers are never issued")


def is_whole(count):
    """Numbers 1…n, a paper a source, verify without a fault: every file of every paper lies as its row says."""
    assert years("金政务办告") == {2016: list(range(1, count + 1))}
    papers = list(Paper.objects.all())
    assert len({paper.source for paper in papers}) == len({paper.code for paper in papers}) == len(papers) == count
    assert all(paper.data["number"] == paper.number for paper in papers), "the number that is printed is the number of the row"
    assert verify().fault is None


def test_八个进程同时签发_途中被杀_文号一个不漏一个不重(district, monkeypatch):
    """A few papers without their PDF, so that this takes seconds: the numbering, the lock and the retries are the same."""
    monkeypatch.setattr(fonts, "PLACES", ())
    died = issue_all(district, 40, kills=6, seed=1)
    assert died > 0
    is_whole(40)


@pytest.mark.long
@pytest.mark.parametrize("with_pdf", [False, True], ids=["DOCX alone", "with PDF"])
def test_二百份文书_八个进程同时签发_随机杀死_文号为一到二百(with_pdf, district, monkeypatch):
    """Seen-to-hold 2. With the PDF of each, where there are fonts, the papers are set outside the lock and inside it."""
    if not with_pdf:
        monkeypatch.setattr(fonts, "PLACES", ())
    died = issue_all(district, 200, kills=30, seed=2)
    assert died >= 10
    is_whole(200)
