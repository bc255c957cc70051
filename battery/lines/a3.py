"""a3: the power fails after each acknowledgement. Nothing acknowledged is lost, the database is whole, every row has its file."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from random import Random

from battery.engines import ROOT
from battery.line import NotRun, Run, line
from battery.powercut import STRACE, Replay
from battery.product import module, qingdan

CONTROL = "normal"  # the mutant with synchronous=NORMAL: it must lose, or this line looks at nothing


@line("a3", "a power cut after every acknowledgement (replay of the system calls), files included; with synchronous=NORMAL it must lose",
      least={"acks": 36, "cuts": 108, "files": 8, "control_lost": 1})  # fmt: skip
def power_cut(run: Run) -> None:
    if shutil.which("strace") is None:
        raise NotRun("strace is not installed (as root on Debian: apt-get install strace)")
    cases = run.times(4)
    lost = _cut_everywhere(run, Path(run.dir, "cut"), cases, run.mutant)
    for name in ("acks_lost", "files_lost", "broken"):
        run.none(name, lost[name])
    if not run.mutant:
        control = Run(run.engine, run.seed, run.dir, run.database)
        run.count("control_lost", len(_cut_everywhere(control, Path(run.dir, "control"), cases, CONTROL)["acks_lost"]))


def _cut_everywhere(run: Run, folder: Path, cases: int, mutant: str) -> dict[str, list[str]]:
    """Live `cases` cases under the trace, cut at every acknowledgement, thrice: nothing unsynced survives, and two torn pictures."""
    folder.mkdir()
    told = {"QINGDAN_VAR": str(folder), "BATTERY_MUTANT": mutant}
    module(run, "battery.world", "items", str(cases), env=told | {"BATTERY_MUTANT": ""})
    replay, trace = Replay(folder), Path(run.dir, f"{folder.name}.trace")
    words = [*STRACE, "-o", str(trace), sys.executable, "-m", "battery.acting", str(cases)]
    done = subprocess.run(words, env=run.environment() | told, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise NotRun(f"strace: {done.stderr[-1500:]}")
    found: dict[str, list[str]] = {"acks_lost": [], "files_lost": [], "broken": []}
    acked: list[list[str]] = []
    for ack, disk in replay.cuts(trace):
        acked.append(ack.split())
        run.count("acks")
        for torn in (None, Random(run.seed + len(acked)), Random(-run.seed - len(acked))):
            image = Path(run.dir, "image")
            disk.picture(image, torn)
            _look(image, acked, found, f"after {ack}{', torn' if torn else ''}")
            run.count("cuts")
            if torn is None and len(acked) % 12 == 0 and not mutant:
                verified = qingdan(run, "verify", env={"QINGDAN_VAR": str(image)}, check=False)
                found["broken"] += [] if verified.returncode == 0 else [f"verify after {ack}: {verified.stdout[-500:]}"]
                run.count("verified")
            shutil.rmtree(image)
    run.count("files", sum(len(ack) == 2 for ack in acked))
    return found


def _look(image: Path, acked: list[list[str]], found: dict[str, list[str]], when: str) -> None:
    database = image / "qingdan.sqlite3"
    if not database.exists():
        found["broken"].append(f"{when}: no database")
        return
    connection = sqlite3.connect(database)
    try:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        found["broken"] += [] if said == ["ok"] else [f"{when}: {said[:3]}"]
        keys = {key for (key,) in connection.execute("SELECT key FROM ledger_event")}
        stored = dict(connection.execute("SELECT stored, sha256 FROM files_storedfile"))
    except sqlite3.DatabaseError as broken:
        found["broken"].append(f"{when}: {broken}")
        return
    finally:
        connection.close()
    found["acks_lost"] += [f"{when}: {ack[0]}" for ack in acked if ack[0] not in keys]
    for name, sha in stored.items():
        path = image / "files" / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != sha:
            found["files_lost"].append(f"{when}: a row without its file")
