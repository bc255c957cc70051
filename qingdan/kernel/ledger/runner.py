"""The running product: a web server in a process of its own and, in this one, a tick every thirty seconds; beside it, in a thread of
their own, the jobs that may have to wait for others, such as a mail server."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from django.db import close_old_connections, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from qingdan.engine.refusals import Refused

from .closing import sweep

EVERY = 30.0
THREADS = 4
APPLICATION = "qingdan.config.wsgi:application"
ALIVE = "QINGDAN_RUNNER"  # names the end of a pipe on which nothing comes but its closing, when the process that ticks is gone
BESIDE: list[Callable[[], object]] = []
"""Jobs that may wait for others. Rooms add theirs when they are ready; each has to be safe to end at any moment and to repeat."""
log = logging.getLogger(__name__)


def tick_safely() -> None:
    """One tick; whatever goes wrong is logged and the next one tries again: the law's dates do not depend on when it runs."""
    close_old_connections()
    try:
        sweep()
    except Exception:
        log.exception("定时登记时出错，稍后再试")
    finally:
        close_old_connections()


def beside_safely() -> None:
    """Each job once; what goes wrong is logged, and the next one goes on."""
    for job in BESIDE:
        close_old_connections()
        try:
            job()
        except Exception:
            log.exception("另行办理的工作出错，稍后再试")
        finally:
            close_old_connections()


def _go_beside(stop: threading.Event, every: float) -> None:
    while not stop.is_set():
        beside_safely()
        stop.wait(every)


def command(host: str, port: int) -> list[str]:
    """The web server's command line: one process, a few threads, since one database file has one writer; started anew when it dies.

    No access log, whatever the environment says: it would hold the addresses of complainants (f10).
    """
    workers = ["--workers", "1", "--blocking-threads", str(THREADS), "--respawn-failed-workers"]
    server = ["--interface", "wsgi", *workers, "--no-ws", "--log-level", "warning", "--no-access-log", "--host", host, "--port", str(port)]
    return [sys.executable, "-m", "granian", *server, APPLICATION]


def serve(host: str, port: int, every: float = EVERY, ready: Callable[[], object] = lambda: None) -> int:
    """Serve until SIGTERM, SIGINT or the end of the web server; returns the exit code."""
    _check_free(host, port)
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    database = _held_open()
    server, held = _started(command(host, port))
    try:
        ready()
        threading.Thread(target=_go_beside, args=(stop, every), daemon=True).start()  # its last job may be left in the middle
        return _until_stopped(server, stop, every)
    finally:
        stop.set()
        _end(server)
        os.close(held)
        database.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def _held_open() -> BaseDatabaseWrapper:
    """A connection that nobody uses. While one is open, the embedded database keeps its log: else every request would make it anew and
    put it away at its end, and on a full disk, where nothing can be made, nobody could even read."""
    database = connection.copy()
    if database.vendor == "sqlite":
        with database.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master")
    return database


def _started(words: list[str]) -> tuple[subprocess.Popen[bytes], int]:
    """The web server, in a group of its own, and the end of the pipe that closes when this process ends, however it ends."""
    theirs, ours = os.pipe()
    try:
        told = os.environ | {ALIVE: str(theirs)}
        return subprocess.Popen(words, env=told, pass_fds=(theirs,), start_new_session=True), ours  # noqa: S603 - our own words
    finally:
        os.close(theirs)


def end_with_runner() -> None:
    """In the web server: when the process that ticks was killed, its whole group ends as well. It would go on without ticks and keep
    the port from the next start."""
    if told := os.environ.get(ALIVE):
        threading.Thread(target=_end_when_closed, args=(int(told),), daemon=True).start()


def _end_when_closed(handle: int) -> None:
    try:
        os.read(handle, 1)
    except OSError:  # the number came from another's environment
        return
    os.killpg(os.getpgrp(), signal.SIGKILL)


def _until_stopped(server: subprocess.Popen[bytes], stop: threading.Event, every: float) -> int:
    waited = every
    while not stop.is_set():
        if waited >= every:
            tick_safely()
            waited = 0.0
        waited += 0.2
        stop.wait(0.2)
        if (code := server.poll()) is not None:
            log.error("网页服务已自行结束（%s）", code)
            return code or 1
    return 0


def _end(server: subprocess.Popen[bytes]) -> None:
    """A word first; then whatever is left of its group, also where its first process died by itself."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            log.warning("网页服务没有按时结束，强行结束")
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _check_free(host: str, port: int) -> None:
    what = f"不能在 {host}:{port} 运行系统"
    if not 0 < port < 65536:
        raise Refused(what, f"没有端口 {port}", "请用 --port 指定 1 至 65535 之间的端口")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise Refused(what, f"端口不能使用（{error.strerror or error}）", "请用 --port 换一个端口，或者结束占用它的程序") from error
