"""e4: every migration back and forward again over a district that has lived; and migrating killed in the middle, then run again.

Old code against the new schema for one release is not applicable before the first release.
"""

from __future__ import annotations

import time
from pathlib import Path

from battery.engines import Database
from battery.line import BOTH, SQLITE, Run, line
from battery.model import verified
from battery.product import module, qingdan
from battery.sweeping import Sweeper


@line("e4", "every migration forward, back and forward over rows that were there; migrating killed in the middle and run again",
      engines=BOTH, least={"migrations": 44, "rows": 100, "kills": 4, "killed_in_the_middle": 1})  # fmt: skip
def migrations(run: Run) -> None:
    run.none("makemigrations", [] if (done := qingdan(run, "makemigrations", "--check", "--dry-run", check=False)).returncode == 0 else [done.stdout])
    _killed(run)
    module(run, "battery.world", "items", "3")
    module(run, "battery.acting", "3")
    run.none("verify", verified(run))
    run.count("rows", int(_ask(run, "rows")))
    worker = Sweeper(run).ready()
    worker.tell("rounds")
    assert worker.process.stdout is not None
    for text in worker.process.stdout:
        if text == "end\n":
            break
        run.count("migrations")
        run.say(text.strip())
        run.none("not_as_it_was", [] if text.endswith(": as it was\n") else [text.strip()])
    code, said = worker.end()
    run.none("broken", [] if code == 0 else [said[-1500:]])


def _ask(run: Run, what: str) -> str:
    worker = Sweeper(run).ready()
    said = worker.asked(what)
    worker.end()
    return said


def _killed(run: Run) -> None:
    """From nothing: killed again and again, each time a little later; in the end the schema is that of a migration in one go."""
    for n in range(1, 6):
        worker = Sweeper(run).ready()
        worker.tell("migrate")
        time.sleep(0.15 * n * run.random.uniform(0.7, 1.3))
        alive = worker.process.poll() is None
        worker.end(kill=True)
        run.count("kills", int(alive))
        run.count("killed_in_the_middle", int(0 < int(_ask(run, "applied"))))
    worker = Sweeper(run).ready()
    worker.tell("migrate")
    code, said = worker.end()
    run.none("half_states", [] if code == 0 else [said[-1500:]])
    if run.engine == SQLITE:
        folder = Path(run.dir, "whole")
        folder.mkdir()
        whole = Run(SQLITE, run.seed, folder, Database())
        qingdan(whole, "migrate", "-v0")
        run.none("unlike_in_one_go", [] if _ask(run, "schema") == _ask(whole, "schema") else ["the schema"])
