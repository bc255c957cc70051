"""Runs the benchmarks, each subject and engine in a process and a database of its own, and prints one table."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from battery.engines import NotRun, database

from .measuring import Line, table

SUBJECTS = ("dates", "acting", "sweeping", "listing", "verifying")
ENGINES = ("sqlite", "postgresql")
README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- benchmarks -->\n", "<!-- end of benchmarks -->"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run benchmark", description="Ratios to peers measured in the same run.")
    parser.add_argument("subject", nargs="*", choices=[*SUBJECTS, []], help=", ".join(SUBJECTS))
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--readme", action="store_true", help="put the table into the README")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if asked.inside:
        return _inside(asked.subject[0], asked.engine)
    engines = [asked.engine] if asked.engine else ENGINES
    lines = [line for name in asked.subject or SUBJECTS for engine in engines for line in _measured(name, engine)]
    sys.stdout.write(table(lines))
    if asked.readme:
        before, rest = README.read_text(encoding="utf-8").split(BEGIN)
        README.write_text(before + BEGIN + table(lines) + END + rest.split(END)[1], encoding="utf-8")
    return 0


def _measured(name: str, engine: str) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="qingdan-bench-") as folder:
        try:
            with database(engine, Path(folder)) as place:
                environment = place.environment(Path(folder)) | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "BATTERY_CLOCK": "0"}
                words = [sys.executable, "-m", "benchmarks", "--inside", name, "--engine", engine]
                done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        except NotRun as why:
            sys.stderr.write(f"{name} {engine}: {why}\n")
            return []
    found = [Line(**told) for told in map(json.loads, done.stdout.splitlines())]
    sys.stderr.write("".join(f"{line.what}, {line.engine or 'no database'}: {line.ratio:.3g}\n" for line in found))
    return found


def _inside(name: str, engine: str) -> int:
    import django
    from django.core.management import call_command

    django.setup()
    if name != "dates":
        call_command("migrate", verbosity=0)
    for line in import_module(f"benchmarks.{name}").lines(engine):
        sys.stdout.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
