"""a8: after thirty days of silence four sweepers at once, killed at random: the effects and legal dates of a sweep each midnight."""

from __future__ import annotations

import time
from pathlib import Path

from battery.engines import Database
from battery.line import BOTH, Run, line
from battery.model import Model, events, select
from battery.product import module
from battery.sweeping import Sweeper, swept

AT_ONCE, DAYS = 4, 30


@line("a8", "four sweepers at once, killed at random, after 30 days of silence; against a sweep each midnight",
      engines=BOTH, least={"lapses": 60, "sweepers": 24, "kills": 10, "finished": 3, "held": 1})  # fmt: skip
def sweepers(run: Run) -> None:
    each = max(7, run.times(20))  # more than 20 at once are held
    control = _each_midnight(run, each)
    module(run, "battery.world", "silence", str(each))
    _move(run, DAYS)
    _at_once(run, rounds=2)  # many at once wait for two persons: the hold is written once
    holds = select(run, "SELECT id FROM ledger_lapsehold")
    run.count("held", len(holds))
    run.none("holds_twice", holds[1:])
    swept(run, "confirm")
    _at_once(run, rounds=max(2, run.times(8)))
    swept(run, "go")
    found = _effects(run)
    run.count("lapses", sum(by_law for *_, by_law in found))
    run.none("unlike_each_midnight", sorted(set(found) ^ set(control)))
    run.none("numbers", _numbers(run))
    Model().check(run)


def _each_midnight(run: Run, each: int) -> list[tuple[object, ...]]:
    """The same district on the embedded database, with a sweeper that never slept: (case, place, act, legal day, by the law)."""
    folder = Path(run.dir, "control")
    folder.mkdir()
    control = Run("sqlite", run.seed, folder, Database())
    module(control, "battery.world", "silence", str(each))
    swept(control, *("days 1", "confirm") * DAYS, "go")  # many on one day wait for two persons there, too
    return _effects(control)


def _effects(run: Run) -> list[tuple[object, ...]]:
    return [(e.case, e.n, e.act, e.told["on"], e.told["by_law"]) for e in events(run) if e.case]


def _move(run: Run, days: int) -> None:
    """The clock of the product goes on by so many days, with nobody looking."""
    place = Path(run.dir, "clock")
    place.write_text(str(int(place.read_text()) + days * 86400))


def _at_once(run: Run, rounds: int) -> None:
    for _ in range(rounds):
        started = [Sweeper(run) for _ in range(AT_ONCE)]
        for sweeper in started:
            sweeper.ready()
        for sweeper in started:
            sweeper.tell("go")
        doomed = run.random.sample(started, 2)
        time.sleep(run.random.uniform(0.02, 0.4))
        for sweeper in started:
            killed = sweeper in doomed and sweeper.process.poll() is None
            code, said = sweeper.end(kill=killed)
            run.count("sweepers")
            run.count("kills" if killed else "finished")
            run.none("sweepers_broken", [] if killed or code == 0 else [f"{code}: {said[-600:]}"])


def _numbers(run: Run) -> list[str]:
    """编号 1…n of each year."""
    given = select(run, "SELECT year, serial FROM ledger_case ORDER BY year, serial")
    return [str((year, n)) for year in {y for y, _ in given} if (n := [s for y, s in given if y == year]) != list(range(1, len(n) + 1))]
