"""Lines that are in essence tests: run by pytest, with the counts that the tests give by `record_property`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from .engines import ROOT
from .line import POSTGRESQL, Run


def collect(run: Run, *args: str, long: bool = False, env: dict[str, str] | None = None) -> None:
    """Runs these tests: `tests` is what passed, each failed or skipped one is a fault, numbers among the properties are summed up.
    A mutant is caught with the first."""
    report = Path(run.dir, "report.xml")
    everything = ["--every-database"] if run.engine == POSTGRESQL else []
    more = [*everything, *(["--long"] if long else []), *(["-x"] if run.mutant else [])]
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *more, *args]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True)
    if not report.exists():
        run.fault(f"pytest broke: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return
    for case in ElementTree.parse(report).iter("testcase"):
        bad = [told for told in case if told.tag in ("failure", "error", "skipped")]
        if bad:
            run.fault(f"{case.get('name')}: {bad[0].tag}: {bad[0].get('message', '')[:300]}")
        else:
            run.count("tests")
        for told in case.iter("property"):
            if (value := told.get("value", "")).isdigit():
                run.count(told.get("name", ""), int(value))


def tests_on(run: Run) -> dict[str, str]:
    """The environment of tests of the product on this run's engine: their own settings, this run's database."""
    return run.environment() | {"DJANGO_SETTINGS_MODULE": "battery.settings_of_tests" if run.mutant else "qingdan.config.settings.test"}
