"""e2: PostgreSQL with a base backup and the archive of its log, back to the moment before somebody emptied the ledger."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from battery import loading
from battery.line import POSTGRESQL, Run, line
from battery.lines.e1 import WRITERS, keys
from battery.product import module, qingdan
from tests.postgres import Cluster

SETTINGS = {"wal_level": "replica", "archive_mode": "on", "archive_timeout": "300"}
DISASTER = ("ALTER TABLE ledger_event DISABLE TRIGGER ALL", "DELETE FROM ledger_event", "DELETE FROM ledger_head")


@line("e2", "base backup and log archive: back to the second before the ledger was emptied, with the head that was recorded then",
      engines=(POSTGRESQL,), least={"acks": 300, "after_the_base": 150, "segments": 2})  # fmt: skip
def to_the_second_before(run: Run) -> None:
    cluster, acks = run.database.cluster, run.dir / "acks"
    assert cluster is not None
    acks.mkdir()
    module(run, "battery.world", "items", "1")
    kept = archiving(cluster)
    with loading.writing(run.environment(), acks, WRITERS) as load:
        load.wait_for(run.times(150), 300)
        at_base = len(load.acks())
        words = ["-d", cluster.url("postgres"), "-D", str(kept.parent / "base"), "-c", "fast"]
        cluster._run("pg_basebackup", *words)
        load.wait_for(at_base + run.times(150), 300)
    told = load.acks()
    seq, head = cluster.sql("SELECT seq, head FROM ledger_head", "qingdan")[0]
    moment = cluster.sql("SELECT clock_timestamp()::text")[0][0]
    time.sleep(1)
    for statement in DISASTER:
        cluster.sql(statement, "qingdan")
    if cluster.sql("SELECT count(*) FROM ledger_event", "qingdan") != [(0,)]:
        run.fault("the disaster did not happen")
    restore(cluster, kept, moment)
    run.count("acks", len(told))
    run.count("after_the_base", len(told) - at_base)
    run.count("segments", len(list(kept.iterdir())))
    run.none("lost", sorted({key for _, key in told} - keys(run, "qingdan")))
    done = qingdan(run, "verify", "--head", f"{seq}:{head}", check=False)
    if done.returncode:
        run.fault(f"verify after the recovery: {done.stdout}{done.stderr}")


def archiving(cluster: Cluster) -> Path:
    """The folder into which the server copies its log from now on, as docs/operations.md says."""
    kept = cluster.folder / "archive"
    kept.mkdir()
    cluster._give(kept)
    copy = f"test ! -f {kept}/%f && cp %p {kept}/%f"
    for name, value in (SETTINGS | {"archive_command": copy}).items():
        cluster.sql(f"ALTER SYSTEM SET {name} = '{value}'")
    cluster.stop()
    cluster.start()
    return kept


def restore(cluster: Cluster, kept: Path, moment: str) -> None:
    """The log up to now goes to the archive; then the base comes in the place of the data and the log is played up to the moment."""
    cluster.sql("SELECT pg_switch_wal()")
    cluster.stop()
    shutil.rmtree(cluster.data)
    shutil.move(kept.parent / "base", cluster.data)
    with (cluster.data / "postgresql.auto.conf").open("a") as conf:
        conf.write(f"restore_command = 'cp {kept}/%f %p'\nrecovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n")
    signal = cluster.data / "recovery.signal"
    signal.touch()
    cluster._give(signal)
    cluster.start()
    for _ in range(600):
        if cluster.sql("SELECT pg_is_in_recovery()") == [(False,)]:
            return
        time.sleep(0.1)
    raise TimeoutError("the recovery does not end")
