"""The product as it runs: `qingdan run` in processes of its own, restarted when it ends, as a supervisor does; and the processes, to be killed."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from .engines import ROOT
from .line import Run

STARTS_WITHIN = 60.0


def qingdan(run: Run, *words: str, env: dict[str, str] | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
    """The product's own command, in this run's environment."""
    return module(run, "qingdan", *words, env=env, check=check)


def module(run: Run, name: str, *words: str, env: dict[str, str] | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
    """A module of this tree in a process of its own. Raises with its last words where it fails."""
    told = run.environment() | (env or {})
    done = subprocess.run([sys.executable, "-m", name, *words], env=told, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if check and done.returncode:
        raise RuntimeError(f"{name} {' '.join(words)}: {done.stdout[-1000:]}{done.stderr[-3000:]}")
    return done


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Product:
    """One installation at one address."""

    def __init__(self, run: Run, env: dict[str, str] | None = None) -> None:
        self.environment = run.environment() | (env or {})
        self.port = free_port()
        self.log = Path(run.dir, f"product-{self.port}.log")
        self.starts = 0
        self._main: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        self._supervisor = threading.Thread(target=self._supervise, daemon=True)

    def start(self) -> Product:
        self._supervisor.start()
        self.wait()
        return self

    def stop(self) -> None:
        """As a supervisor stops a service: a word first, and whatever is left of it is killed."""
        self._stopped.set()
        self._supervisor.join()
        if self._main is not None:
            if self._main.poll() is None:
                self._main.terminate()
            try:
                self._main.wait(15)
            except subprocess.TimeoutExpired:
                pass
        for pid in self.processes():
            kill(pid)
        if self._main is not None:
            self._main.wait()

    def _supervise(self) -> None:
        while not self._stopped.is_set():
            if self._main is None or self._main.poll() is not None:
                for pid in self.processes():  # as a supervisor does with what a dead service left behind
                    kill(pid)
                self._launch()
            self._stopped.wait(0.05)

    def _launch(self) -> None:
        words = [sys.executable, "-m", "qingdan", "run", "--port", str(self.port)]
        with self.log.open("ab") as log:
            to = {"stdout": log, "stderr": log, "stdin": subprocess.DEVNULL}
            self._main = subprocess.Popen(words, env=self.environment, cwd=ROOT, start_new_session=True, **to)
        self.starts += 1

    def wait(self, within: float = STARTS_WITHIN) -> None:
        """Until the login page answers."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            if self.answers():
                return
            time.sleep(0.05)
        raise RuntimeError(f"the product does not answer: {self.log.read_text(errors='replace')[-2000:]}")

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/desk/login/")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def processes(self) -> list[int]:
        """All processes of this installation, found by their port or folder in their environment: children of the dead are found as well."""
        mark = f"QINGDAN_VAR={self.environment['QINGDAN_VAR']}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                try:
                    told = (entry / "environ").read_bytes().split(b"\0")
                    words = (entry / "cmdline").read_bytes()
                except OSError:
                    continue
                if mark in told and (b"granian" in words or str(self.port).encode() in words or b"multiprocessing" in words):
                    found.append(int(entry.name))
        return found

    def kill_one(self, random: Random) -> bool:
        """kill -9 for one of them; False where there is none just now."""
        found = self.processes()
        if found:
            kill(random.choice(found))
        return bool(found)

    def broken(self) -> list[str]:
        """Pages that broke, as the log tells: each its first line."""
        return [text for text in self.log.read_text(errors="replace").splitlines() if text.startswith("Internal Server Error")]


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


@contextmanager
def serving(run: Run, env: dict[str, str] | None = None) -> Iterator[Product]:
    """The product, answering; gone afterwards."""
    product = Product(run, env)
    try:
        yield product.start()
    finally:
        product.stop()
