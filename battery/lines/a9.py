"""a9: the mail server refuses, is silent, breaks off, or takes a letter and does not say so; those who send are killed at random."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from battery.engines import ROOT
from battery.line import BOTH, Run, line
from battery.model import select, verified
from battery.product import module
from battery.sweeping import swept
from tests.kernel.notices.sink import DEAF, DYING, GOOD, REFUSING, SILENT, Sink, sink

MODES = (GOOD, REFUSING, SILENT, DYING, DEAF)
SHARES = (6, 1, 1, 1, 1)


@line("a9", "letters while the mail server refuses, is silent or breaks off, and those who send are killed; none of what was rolled back",
      engines=BOTH, least={"letters": 400, "kills": 20, "rolled_back": 50, "sent_again": 1, "swept_while_silent": 1})  # fmt: skip
def letters(run: Run) -> None:
    with sink() as server:
        env = {"QINGDAN_MAIL_URL": server.url, "QINGDAN_MAIL_FROM": "qingdan@example.gov.cn"}
        wanted = max(20, run.times(250))
        module(run, "battery.world", "told", str(wanted), env=env)
        run.count("rolled_back", wanted // 4)
        _while_silent(run, server, env)
        server.chosen = lambda: run.random.choices(MODES, SHARES)[0]
        for _ in range(max(6, run.times(24))):
            _some_are_killed(run, env)
        server.chosen, server.mode = None, GOOD
        for _ in range(12):  # whoever was put off longest waits for six hours
            _move(run, 6 * 3600 + 60)
            module(run, "battery.posting", "once", env=env)
        _check(run, server, 2 * wanted)


def _while_silent(run: Run, server: Sink, env: dict[str, str]) -> None:
    """Somebody waits for a silent server; the product goes on."""
    server.mode = SILENT
    waiting = _poster(run, env)
    time.sleep(0.2)
    swept(run, "go", env=env)
    run.count("swept_while_silent", int(waiting.poll() is None))
    waiting.kill()
    waiting.communicate()
    server.mode = GOOD


def _some_are_killed(run: Run, env: dict[str, str]) -> None:
    posters = [_poster(run, env) for _ in range(2)]
    time.sleep(run.random.uniform(0.05, 0.6))
    for poster in posters:
        run.count("kills", int(poster.poll() is None))
        poster.kill()
        _, said = poster.communicate()
        run.none("posters_broken", [] if poster.returncode == -9 else [said[-600:]])
    _move(run, 11 * 60)  # what they had claimed is free again


def _poster(run: Run, env: dict[str, str]) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "battery.posting"]
    poster = subprocess.Popen(words, env=run.environment() | env, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert poster.stdout is not None
    poster.stdout.readline()
    return poster


def _move(run: Run, seconds: int) -> None:
    place = Path(run.dir, "clock")
    place.write_text(str(int(place.read_text()) + seconds))


def _check(run: Run, server: Sink, wanted: int) -> None:
    written = select(run, "SELECT message_id, body, sent FROM notices_letter WHERE body NOT LIKE '%放假安排%'")
    got: dict[str, set[str]] = {}
    for id, _, _, text in server.got:
        got.setdefault(id, set()).add(text.replace("\r\n", "\n"))
    run.count("letters", len(written))
    run.count("sent_again", len(server.got) - len(got))
    run.none("not_as_many", [] if len(written) == wanted else [f"{len(written)} letters, {wanted} wanted"])
    run.none("not_marked", [id for id, _, sent in written if not sent])
    run.none("never_arrived", [id for id, *_ in written if id not in got])
    run.none("another_text", [id for id, body, _ in written if got.get(id, {body}) != {body}])
    run.none("of_what_was_rolled_back", [text for texts in got.values() for text in texts if "撤销的" in text])
    run.none("verify", verified(run))
