"""A private PostgreSQL cluster for tests, batteries and benchmarks: made anew, on loopback and a socket of its own, gone afterwards.

    with Cluster() as cluster:            # initdb and start, about 3 s; as root it runs as `postgres` or `nobody`
        url = cluster.url("qingdan")      # makes that database where there is none; the URL logs in as the superuser
        owner, app = cluster.installed("other")   # another one, with the product's two roles, migrated and granted
        cluster.kill(); cluster.start()   # what a crash does; `crash()` kills the postmaster and every backend
    python -m tests.postgres COMMAND …    # runs a command with QINGDAN_DATABASE_URL set to such a cluster

`durable=True` is PostgreSQL as it ships (fsync, full_page_writes, synchronous_commit on); without it these three are off, as suits a
test whose data nobody needs. Checksums are always on. Raises `NotHere` with what to do where there are no programs of version 15 or later.
"""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

LEAST = 15
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
UNWATCHED = {"autovacuum": "off"}
"""It would look at tables that a test fills in one transaction, see none of the rows, and write down that they are empty."""
SUPERUSER = "postgres"


class NotHere(Exception):
    """There is no usable PostgreSQL on this machine."""


@contextmanager
def or_skip() -> Iterator[Cluster]:
    """A cluster for a fixture; where there is none to be had, its tests are skipped and say why."""
    import pytest

    try:
        with Cluster() as cluster:
            yield cluster
    except NotHere as missing:
        pytest.skip(str(missing))


def programs() -> Path:
    """The folder of the newest PostgreSQL's programs: Debian's place, else that of `postgres` on the path."""
    found = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "postgres").exists() and p.parent.name.isdigit()]
    if (on_path := shutil.which("postgres")) is not None:
        found.append(Path(on_path).resolve().parent)
    newest = max(found, key=version_of, default=None)
    if newest is None or version_of(newest) < LEAST:
        raise NotHere(f"no PostgreSQL {LEAST} or later on this machine (as root on Debian: apt-get install postgresql)")
    return newest


def version_of(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"\d+", said)[0])


class Cluster:
    """One server. `settings` go to postgresql.conf; `keep` is a folder that is to stay (then it may be there already)."""

    def __init__(self, *, durable: bool = False, settings: dict[str, str] | None = None, keep: Path | None = None) -> None:
        self.bin = programs()
        self.settings = {} if durable else QUICK | UNWATCHED
        self.settings |= settings or {}
        self.keep, self.password = keep, secrets.token_hex(12)
        self.port, self.server = 0, None
        self.user = _servant() if os.getuid() == 0 else None

    def __enter__(self) -> Cluster:
        self.folder = self.keep or Path(tempfile.mkdtemp(prefix="qingdan-pg-"))
        self.data, self.log = self.folder / "data", self.folder / "log"
        self._give(self.folder)
        try:
            self._init()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()
        if self.keep is None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _init(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        self._give(secret)
        try:
            self._run("initdb", "-D", self.data, "-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={secret}", "--data-checksums",
                      "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip
        finally:
            secret.unlink()
        with (self.data / "postgresql.conf").open("a") as conf:
            fixed = {"listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder, "max_connections": "100", "timezone": "UTC"}
            conf.writelines(f"{name} = '{value}'\n" for name, value in (fixed | self.settings).items())

    def start(self) -> None:
        """Start it on a free port, and wait until it answers. If it had one, on the same one, whose address others have: somebody else's connection
        may hold it for a moment."""
        had = self.port
        for _ in range(5):
            self.port = had or _free_port()
            with self.log.open("ab") as log:
                words = [self.bin / "postgres", "-D", self.data, "-p", str(self.port)]
                self.server = subprocess.Popen(words, stdout=log, stderr=log, cwd=self.folder, start_new_session=True, **self._as_user())
            if self._answers():
                return
            self.stop()
            time.sleep(1)
        raise NotHere(f"PostgreSQL does not start: {self.log.read_text()[-800:]}")

    def stop(self, number: int = signal.SIGINT) -> None:
        """A fast shutdown unless another signal is given."""
        if self.server is None:
            return
        if self.server.poll() is None:
            self.server.send_signal(number)
        try:
            self.server.wait(30)
        except subprocess.TimeoutExpired:
            self.crash()
        self.server = None

    def crash(self) -> None:
        """kill -9 for the postmaster and all its backends at once, as when the power fails; the processes are this cluster's own."""
        if self.server is None:
            return
        backends = _children(self.server.pid)
        for pid in (self.server.pid, *backends):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.server.wait()
        self.server = None
        while any(_lives(pid) for pid in backends):  # their hold on the data must be gone before the next start
            time.sleep(0.02)

    def kill(self) -> None:
        """The postmaster alone dies; its backends notice and go."""
        self.stop(signal.SIGKILL)

    def reload(self) -> None:
        """Read its settings anew, and wait until new backends see them."""
        self.sql("SELECT pg_reload_conf()")
        time.sleep(0.2)

    def checksums(self, mode: str) -> None:
        """`disable` or `enable` them; the server is stopped for it."""
        self.stop()
        self._run("pg_checksums", f"--{mode}", "-N", "-D", self.data)
        self.start()

    def backends(self) -> list[int]:
        """The processes of the server, so that a battery can kill one."""
        return _children(self.server.pid) if self.server else []

    def url(self, name: str, user: str = SUPERUSER, password: str = "") -> str:
        """Where this database is; made if there is none yet, in UTF-8 and the order of code points, as the product asks."""
        if self.sql(f"SELECT count(*) FROM pg_database WHERE datname = '{name}'") == [(0,)]:
            self.sql(f'CREATE DATABASE "{name}"')
        return f"postgresql://{user}:{quote(password or self.password)}@127.0.0.1:{self.port}/{name}"

    def installed(self, name: str = "qingdan") -> tuple[str, str]:
        """A database as the README sets one up: (URL of its owner, URL of the application's role), migrated and granted."""
        owner, app = self.roles(name)
        self.product(owner, "migrate", "-v0")
        self.product(owner, "grant-role", f"{name}_app")
        return owner, app

    def roles(self, name: str) -> tuple[str, str]:
        """The roles NAME_owner and NAME_app and the owner's empty database, and the URL of each."""
        for role in ("owner", "app"):
            self.sql(f"CREATE ROLE \"{name}_{role}\" LOGIN PASSWORD '{self.password}'")
        self.sql(f'CREATE DATABASE "{name}" OWNER "{name}_owner"')
        return self.url(name, f"{name}_owner"), self.url(name, f"{name}_app")

    def product(self, url: str, *words: str, check: bool = True, **more: str) -> subprocess.CompletedProcess[str]:
        """One of the product's own commands on this database, under the settings of the tests unless others are given."""
        kept = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}  # set for tests with a browser
        env = {**kept, "DJANGO_SETTINGS_MODULE": "qingdan.config.settings.test", **more, "QINGDAN_DATABASE_URL": url}
        done = subprocess.run([sys.executable, "-m", "qingdan", *words], env=env, capture_output=True, text=True, check=False)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def sql(self, statement: str, database: str = "postgres") -> list[tuple]:
        """One statement as the superuser, outside any transaction; its rows, or none."""
        import psycopg

        words = {"host": "127.0.0.1", "port": self.port, "user": SUPERUSER, "password": self.password, "dbname": database}
        with psycopg.connect(**words, autocommit=True) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def _answers(self) -> bool:
        for _ in range(600):
            if self.server.poll() is not None:
                return False
            words = [self.bin / "pg_isready", "-q", "-h", str(self.folder), "-p", str(self.port)]
            if subprocess.run(words, check=False).returncode == 0:
                return True
            time.sleep(0.05)
        return False

    def _run(self, program: str, *args: object) -> None:
        done = subprocess.run([self.bin / program, *map(str, args)], capture_output=True, text=True, cwd=self.folder, **self._as_user())
        if done.returncode:
            raise NotHere(f"{program}: {done.stdout}{done.stderr}")

    def _as_user(self) -> dict[str, object]:
        own = {"env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}}
        return own | ({"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {})

    def _give(self, path: Path) -> None:
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)


def _servant() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NotHere("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in tasks.read_text().split()] if tasks.exists() else []


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def main(words: list[str]) -> int:
    """Run these words with the setting that makes the product use a new cluster."""
    try:
        with Cluster() as cluster:
            return subprocess.run(words, env={**os.environ, "QINGDAN_DATABASE_URL": cluster.url("qingdan")}, check=False).returncode
    except NotHere as missing:
        print(f"skipped on PostgreSQL: {missing}", file=sys.stderr)  # noqa: T201
        return 77


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
