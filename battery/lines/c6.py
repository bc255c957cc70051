from battery import pytests
from battery.line import BOTH, Run, line
from battery.pytests import tests_on

TESTS = "tests/hostile/test_tables.py"


@line("c6", "tables that leave run nothing in a spreadsheet and can be read again", engines=BOTH, least={"tests": 3, "cells": 500})
def exports(run: Run) -> None:
    pytests.collect(run, TESTS, "-k", "c6", env=tests_on(run))


@line("c8", "5,000 lines with 60 kinds of fault: each named by its line, nothing stored", engines=BOTH, least={"tests": 1, "kinds": 60, "rows": 5000})
def imports(run: Run) -> None:
    pytests.collect(run, TESTS, "-k", "c8", long=run.scale >= 1, env=tests_on(run))
