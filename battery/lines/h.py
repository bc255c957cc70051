"""The code itself: what the linter says of its safety, what is silenced and why, what must not be done anywhere."""

import subprocess
import sys
import tomllib
from pathlib import Path

from battery import pytests
from battery.engines import ROOT
from battery.line import Run, line
from battery.pytests import tests_on


@line("h1", "ruff with S, B, DJ and DTZ over the product: nothing found, nothing silenced without a reason", least={"files": 200, "tests": 4})
def linted(run: Run) -> None:
    words = [str(Path(sys.executable).parent / "ruff"), "check", "--output-format=concise", "qingdan"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    run.none("found", [text for text in done.stdout.splitlines() if text.startswith("qingdan/")])
    if done.returncode not in (0, 1):
        run.fault(done.stderr[-500:])
    chosen = tomllib.loads(Path(ROOT, "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]["select"]
    run.none("families not asked for", {"S", "B", "DJ", "DTZ"} - set(chosen))
    run.count("files", len(list(Path(ROOT, "qingdan").rglob("*.py"))))
    pytests.collect(run, "tests/quality/test_rules.py", "-k", "h1", env=tests_on(run))


@line("h2", "own rules over the code and the templates; each catches a planted case", least={"tests": 25})
def ruled(run: Run) -> None:
    pytests.collect(run, "tests/quality/test_rules.py", "tests/quality/test_clock.py", env=tests_on(run))
