"""a1, a2: eight clients live cases while processes are killed; whatever was acknowledged is there, once, as it was acknowledged."""

from __future__ import annotations

import itertools
import threading
import time
from random import Random

from battery.line import POSTGRESQL, SQLITE, Run, line
from battery.model import Model
from battery.people import GaveUp
from battery.product import Product, kill, module, serving
from battery.walking import Refusal, Walker

CLIENTS = 8
PER_CASE = 5  # acts, at least on the average of the paths


@line("a1", "kill -9 of the web server, its worker and the ticking process under eight clients that repeat what was not answered",
      engines=(SQLITE,), least={"acks": 2000, "kills": 50, "sent_again": 100})  # fmt: skip
def kills(run: Run) -> None:
    under_load(run, acks=run.times(2000), kills=run.times(50), database_kills=0)


@line("a2", "as a1 on PostgreSQL, and kill -9 of its backends and of the postmaster with all of them, then its restart",
      engines=(POSTGRESQL,), least={"acks": 1500, "kills": 30, "database_kills": 15, "sent_again": 75})  # fmt: skip
def database_kills(run: Run) -> None:
    under_load(run, acks=run.times(1500), kills=run.times(30), database_kills=run.times(15))


def under_load(run: Run, *, acks: int, kills: int, database_kills: int) -> None:
    model = Model()
    module(run, "battery.world", "items", str(acks // PER_CASE + 2 * CLIENTS))
    with serving(run) as product:
        killer = Killer(run, product, kills, database_kills)
        enough = lambda: (len(model.acks) >= acks and killer.done) or killer.broke or run.faults  # noqa: E731 - one word for one condition
        items = itertools.count(1)
        walkers = [Walker(product.port, Random(run.random.getrandbits(64)), model) for _ in range(CLIENTS)]
        threads = [threading.Thread(target=_live, args=(run, walker, items, enough)) for walker in walkers]
        for thread in [*threads, killer]:
            thread.start()
        for thread in [*threads, killer]:
            thread.join()
        run.none("pages_broken", product.broken())
    run.count("acks", len(model.acks))
    run.count("cases", len(model.scripts))
    run.count("sent_again", sum(w.sent_again for w in walkers))
    run.none("differing_answers", [text for w in walkers for text in w.differing])
    model.check(run)


def _live(run: Run, walker: Walker, items: itertools.count[int], enough) -> None:  # type: ignore[no-untyped-def]
    try:
        while not enough():
            walker.live(next(items), until=enough)
    except (Refusal, GaveUp) as refused:
        run.fault(f"an act that is lawful was not done: {refused}")
    except Exception as broke:
        run.fault(f"a client broke: {broke!r}")


class Killer(threading.Thread):
    """Kills one process after another, each a moment after the product answers again."""

    def __init__(self, run: Run, product: Product, kills: int, database_kills: int) -> None:
        super().__init__(daemon=True)
        self.run_, self.product, self.random = run, product, Random(run.seed + 1)
        self.todo = ["product"] * kills + ["database"] * database_kills
        self.random.shuffle(self.todo)
        self.done, self.broke = False, False

    def run(self) -> None:
        try:
            while self.todo and not self.run_.faults:
                self.product.wait(120)
                time.sleep(self.random.uniform(0.2, 0.8) * self.random.choice((1, 1, 4)))
                if self.todo[-1] == "database":
                    self._kill_database()
                    self.run_.count("database_kills")
                elif self.product.kill_one(self.random):
                    self.run_.count("kills")
                else:
                    continue
                self.todo.pop()
        except Exception as broke:
            self.broke = True
            self.run_.fault(f"the killer broke: {broke!r}")
        self.done = True

    def _kill_database(self) -> None:
        cluster = self.run_.database.cluster
        assert cluster is not None
        backends = cluster.backends()
        if backends and self.random.random() < 0.6:
            kill(self.random.choice(backends))
            return
        cluster.crash()
        time.sleep(self.random.uniform(0, 1))
        cluster.start()
