"""A sweeper in a process of its own: says “ready”, and then does each line that it is told.

`go`: sweep once; `sweep`: and say so; `until TIME`: again and again until that moment of the product's clock; `days N`: at each of the next
N midnights; `confirm`: two persons release what waits for them; `verify`: say the first fault; `migrate` and
`rounds` as in migrating.py; `rows`, `applied`, `schema`: what there is.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import datetime, time, timedelta
from functools import partial

from . import migrating
from .engines import ROOT
from .line import Run


class Sweeper:
    """Its other end: started, and ready when it says so."""

    def __init__(self, run: Run, env: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "battery.sweeping"], env=run.environment() | (env or {}), cwd=ROOT, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip

    def ready(self) -> Sweeper:
        assert self.process.stdout is not None
        self.process.stdout.readline()
        return self

    def tell(self, what: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()

    def asked(self, what: str) -> str:
        """What it says to this, in one line."""
        self.tell(what)
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self, kill: bool = False) -> tuple[int, str]:
        """How it ended, and its last words."""
        if kill:
            self.process.kill()
        _, said = self.process.communicate()
        return self.process.returncode, said


def swept(run: Run, *whats: str, env: dict[str, str] | None = None) -> None:
    """Tell one sweeper all this; raises where it fails."""
    sweeper = Sweeper(run, env).ready()
    for what in whats:
        sweeper.tell(what)
    code, said = sweeper.end()
    if code:
        raise RuntimeError(f"a sweeper that nobody killed ended with {code}: {said[-1500:]}")


def main() -> None:
    import django

    django.setup()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for text in sys.stdin:
        what, _, more = text.strip().partition(" ")
        DO[what](more)


def _go(more: str) -> None:
    from qingdan.kernel.ledger.closing import sweep

    sweep()


def _until(more: str) -> None:
    from qingdan.kernel import clock

    end = datetime.fromisoformat(more)
    while clock.now() < end:
        _go("")


def _days(more: str) -> None:
    from qingdan.kernel import clock

    for _ in range(int(more)):
        clock.move_to(datetime.combine(clock.today() + timedelta(days=1), time(0, 1), clock.SHANGHAI))
        _go("")


def _confirm(more: str) -> None:
    from qingdan.kernel.ledger import holds
    from qingdan.kernel.ledger.models import LapseHold
    from qingdan.kernel.offices.models import Office, Person

    for hold in LapseHold.objects.filter(released_on=None):
        for username in ("zwb_1", "zwb_2"):
            holds.confirm(hold, by=Person.objects.get(username=username), office=Office.objects.get(code="zwb"))


def _verify(more: str) -> None:
    from qingdan.kernel.ledger.verify import verify

    sys.stdout.write(f"{verify().fault or ''}\n")
    sys.stdout.flush()


def _sweep(more: str) -> None:
    _go("")
    sys.stdout.write("swept\n")
    sys.stdout.flush()


def _told(more: str, what: str) -> None:
    """Numbers about the database, in a line: rows of all tables; migrations applied; a digest of the schema."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    asked = {
        "rows": lambda: sum(len(rows) for _, rows in migrating.rows_now().values()),
        "applied": lambda: len(MigrationRecorder(connection).applied_migrations()),
        "schema": lambda: hashlib.sha256(repr(sorted(migrating.schema_now().items())).encode()).hexdigest(),
    }
    sys.stdout.write(f"{asked[what]()}\n")
    sys.stdout.flush()


ASKED = {what: partial(_told, what=what) for what in ("rows", "applied", "schema")}
DO = {
    **ASKED, "migrate": migrating.migrate, "rounds": migrating.rounds, "sweep": _sweep, "verify": _verify, "go": _go, "until": _until,
    "days": _days, "confirm": _confirm,
}  # fmt: skip

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "battery.settings"
    main()
