"""The time is read in one place: `qingdan.kernel.clock`. Everything else asks it, so that a test or the demonstration can move it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLOCK = ROOT / "qingdan" / "kernel" / "clock.py"
PYTHON = sorted(path for path in (ROOT / "qingdan").rglob("*.py") if path != CLOCK)
TEMPLATES = sorted((ROOT / "qingdan").rglob("templates/**/*.html"))

# The last two words of a call that asks the machine, or the database, what time it is.
ASKS = {
    "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "timezone.now", "timezone.localdate",
    "timezone.localtime", "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime", "time.ctime",
}  # fmt: skip
# The machine's own clock is right here, and why.
MACHINE_TIME = {
    ("qingdan/kernel/files/staging.py", "time.time"): "the age of a kept file is measured by the clock that dated the file",
    ("qingdan/kernel/files/store.py", "time.time"): "the age of a kept file is measured by the clock that dated the file",
}
ASKS_BARE = {"Now", "CurrentTimestamp", "localdate", "utcnow"}
MODULES_OF_TIME = {"time", "django.utils.timezone"}
NAMES_OF_TIME = {"time", "time_ns", "localtime", "gmtime", "now", "localdate"}


def asks_the_time(source):
    """Line and words of every place in `source` that reads the time from somewhere else than our clock."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            words = ".".join(ast.unparse(node.func).split(".")[-2:])
            if words in ASKS or words in ASKS_BARE or words.split(".")[-1] in ASKS_BARE:
                found.append((node.lineno, words))
            found += [(node.lineno, k.arg) for k in node.keywords if k.arg in {"auto_now", "auto_now_add"}]
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES_OF_TIME:
            found += [(node.lineno, f"{node.module}.{a.name}") for a in node.names if a.name in NAMES_OF_TIME]
        elif isinstance(node, ast.keyword) and node.arg == "default" and ast.unparse(node.value) in {"timezone.now", "date.today", "datetime.now"}:
            found.append((node.lineno, f"default={ast.unparse(node.value)}"))
    return sorted(set(found))


def test_no_module_but_the_clock_reads_the_time():
    assert len(PYTHON) > 20
    found = {(str(path.relative_to(ROOT)), words) for path in PYTHON for _, words in asks_the_time(path.read_text(encoding="utf-8"))}
    assert found == set(MACHINE_TIME)


def test_no_template_reads_the_time():
    assert TEMPLATES
    assert [str(path.relative_to(ROOT)) for path in TEMPLATES if re.search(r"{%\s*now\b", path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)", "datetime.datetime.today()", "date.today()", "datetime.date.today()", "timezone.now()", "time.time()",
        "from time import time", "from django.utils.timezone import now", "DateTimeField(auto_now_add=True)", "DateField(default=date.today)",
        "DateField(default=timezone.now)", "Model.objects.filter(day=Now())", "timezone.localdate()",
    ],
)  # fmt: skip
def test_each_way_of_reading_the_time_is_seen(line):
    assert asks_the_time(line)


@pytest.mark.parametrize("line", ["clock.now()", "clock.today()", "time.monotonic()", "time.sleep(1)", "datetime.fromisoformat(text)"])
def test_our_clock_and_plain_waiting_are_no_fault(line):
    assert asks_the_time(line) == []
