"""`./run battery [ID …]`."""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections.abc import Iterator

from . import table
from .line import BOTH, Line
from .mutants import MUTANTS
from .running import Verdict, load, run_line, run_mutant


def main() -> int:
    options, known = _options(), load()
    if unknown := [id for id in options.ids if id not in known]:
        sys.stderr.write(f"No such line: {' '.join(unknown)}. There are: {' '.join(known)}\n")
        return 2
    chosen = {id: one for id, one in known.items() if not options.ids or id in options.ids}
    found = []
    for verdict in _mutants(chosen, options) if options.mutants else _lines(chosen, options):
        found.append(verdict)
        sys.stdout.write(f"{verdict}\n")
        sys.stdout.flush()
    if options.table and (options.scale == 1 or options.mutants):
        table.write(found, MUTANTS)
    bad = [f"{v.id} {v.engine}" for v in found if not v.good]
    sys.stdout.write(f"{len(found)} run, {len(bad)} not good{': ' + ', '.join(bad) if bad else ''}\n")
    return 1 if bad or not found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run battery", description="Faults injected into the running product.")
    parser.add_argument("ids", nargs="*", metavar="ID")
    parser.add_argument("--engine", choices=BOTH)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--scale", type=float, default=1.0, help="a part of the work, for development; such a run of lines never goes into the table")
    parser.add_argument("--mutants", action="store_true", help="run the mutants that the named lines must catch")
    parser.add_argument("--table", action="store_true", help="write docs/battery.md")
    parser.add_argument("--keep", action="store_true", help="keep the folders of the runs")
    return parser.parse_args()


def _lines(chosen: dict[str, Line], options: argparse.Namespace) -> Iterator[Verdict]:
    for one in chosen.values():
        for engine in one.engines:
            if options.engine in (None, engine):
                yield _timed(lambda one=one, engine=engine: run_line(one, engine, options.seed, options.scale, keep=options.keep))


def _mutants(chosen: dict[str, Line], options: argparse.Namespace) -> Iterator[Verdict]:
    for mutant in MUTANTS:
        if mutant.apply is None:
            continue
        for one in (chosen[id] for id in mutant.by if id in chosen):
            for engine in mutant.engines:
                if engine in one.engines and options.engine in (None, engine):
                    yield _timed(lambda m=mutant, one=one, e=engine: run_mutant(m, one, e, options.seed, options.scale, keep=options.keep))


def _timed(do):  # type: ignore[no-untyped-def]
    began = time.monotonic()
    verdict = do()
    sys.stderr.write(f"    {verdict.id} {verdict.engine}: {time.monotonic() - began:.0f} s\n")
    return verdict


if __name__ == "__main__":
    sys.exit(main())
