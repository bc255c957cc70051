"""A backup under load: writers in processes of their own, and a log of what was acknowledged when."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .engines import ROOT


@dataclass
class Load:
    """The writers that run, and their logs."""

    folder: Path
    writers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def acks(self) -> list[tuple[int, str]]:
        """(moment, key) of every acknowledged act so far, in order of time."""
        lines = [line for log in self.folder.glob("*.acks") for line in log.read_text().splitlines() if " " in line]
        return sorted((int(at), key) for at, key in map(str.split, lines))

    def wait_for(self, acks: int, seconds: float) -> None:
        """Until so many are acknowledged; raises TimeoutError."""
        until = time.monotonic() + seconds
        while len(self.acks()) < acks:
            if time.monotonic() > until or all(writer.poll() is not None for writer in self.writers):
                raise TimeoutError(f"{len(self.acks())} of {acks} acknowledgements")
            time.sleep(0.05)


@contextmanager
def writing(environment: Mapping[str, str], folder: Path, writers: int, seconds: float = 600) -> Iterator[Load]:
    """So many writers, until the end of the block."""
    load = Load(folder)
    try:
        for n in range(writers):
            words = [sys.executable, "-m", "battery.writer", f"w{n}", str(folder / f"w{n}.acks"), str(seconds)]
            load.writers.append(subprocess.Popen(words, env=dict(environment), cwd=ROOT))
        yield load
    finally:
        for writer in load.writers:
            writer.terminate()
        for writer in load.writers:
            writer.wait(30)


def demonstration(var: Path) -> dict[str, str]:
    """The environment of the product's processes for the installation there, under the demonstration's settings."""
    told = {"QINGDAN_VAR": str(var), "DJANGO_SETTINGS_MODULE": "qingdan.config.settings.demo", "PYTHONPATH": str(ROOT)}
    return {name: value for name, value in os.environ.items() if not name.startswith(("QINGDAN_", "PYTEST"))} | told


def product(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """One of the product's commands."""
    return run(environment, "qingdan", *words)


def run(environment: Mapping[str, str], module: str, *words: str, check: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", module, *words], env=dict(environment), cwd=ROOT, capture_output=True, text=True, check=check)


def archive_of(done: subprocess.CompletedProcess[str]) -> str:
    """The name that `qingdan backup` printed; raises RuntimeError with what it said instead."""
    if done.returncode:
        raise RuntimeError(f"backup: {done.stdout}{done.stderr}")
    return done.stdout.splitlines()[0]
