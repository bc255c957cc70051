"""g3: one byte of one stored file, a file gone, a file too many: `verify` names each."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from battery.line import Run, line
from battery.model import select
from battery.product import module
from battery.sweeping import Sweeper

DAY = 24 * 3600


@line("g3", "one byte of a stored file changed, added or cut off; a file gone, emptied, exchanged, too many: verify names it",
      least={"changes": 40, "files": 6})  # fmt: skip
def stored_files(run: Run) -> None:
    cases = max(2, run.times(3))
    module(run, "battery.world", "items", str(cases))
    module(run, "battery.acting", str(cases))
    rows = select(run, "SELECT id, stored FROM files_storedfile ORDER BY id")
    folder = Path(run.dir, "files")
    run.count("files", len(rows))
    verifier = Sweeper(run).ready()
    run.none("unsound", [fault for fault in [verifier.asked("verify")] if fault])
    for number, (pk, stored) in enumerate(rows):
        path, other = folder / stored, folder / rows[number - 1][1]
        data, beside = path.read_bytes(), other.read_bytes()
        for what, broken in _ways(run, data, beside):
            broken(path)
            run.count("changes")
            fault = verifier.asked("verify")
            run.none("not_named", [] if f"files_storedfile 第 {pk} 行" in fault else [f"{what}, row {pk}: {fault}"])
            path.write_bytes(data)
        if run.counts["changes"] >= run.times(40):
            break
    extra = folder / "0123456789abcdef"
    extra.write_bytes(b"x")
    os.utime(extra, (time.time() - 2 * DAY,) * 2)
    run.count("changes")
    run.none("not_named", [] if extra.name in (fault := verifier.asked("verify")) else [f"a file too many: {fault}"])
    extra.unlink()
    run.none("unsound", [fault for fault in [verifier.asked("verify")] if fault])
    verifier.end()


def _ways(run: Run, data: bytes, other: bytes) -> list[tuple[str, Callable[[Path], object]]]:
    at = [0, len(data) - 1, *(run.random.randrange(len(data)) for _ in range(2))]
    flips = [(f"byte {i}", lambda p, i=i: p.write_bytes(data[:i] + bytes([data[i] ^ 1]) + data[i + 1 :])) for i in at]
    return [
        *flips,
        ("gone", lambda p: p.unlink()),
        ("emptied", lambda p: p.write_bytes(b"")),
        ("one byte more", lambda p: p.write_bytes(data + b"\n")),
        ("one byte less", lambda p: p.write_bytes(data[:-1])),
        ("another's content", lambda p: p.write_bytes(other)),
    ]
