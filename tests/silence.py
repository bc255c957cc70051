"""g7: while the whole suite runs, a business row that the product writes outside an act of the ledger is a failed test.

`verify` finds such a row afterwards; this names the line that wrote it: `.update()`, bulk writes and SQL by hand included.
"""

import re
import sys
from functools import cache
from pathlib import Path

from qingdan.kernel import rows

PRODUCT = str(Path(rows.__file__).resolve().parents[1])
WRITES = re.compile(r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+["`]?(\w+)', re.I)


@cache
def business_tables():
    from qingdan.kernel.ledger.verify import business_models

    return {model._meta.db_table for model in business_models()}


def line_of_the_product():
    """The innermost line of the product on the way here; None where a test itself writes, as somebody with the file could."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename.startswith(PRODUCT) and "/migrations/" not in frame.f_code.co_filename:
            return f"{frame.f_code.co_filename}:{frame.f_lineno}"
        frame = frame.f_back
    return None


class Silence:
    """Sees every statement on its way to the database; keeps those that change a business table without an act."""

    def __init__(self):
        self.found = []

    def __call__(self, execute, sql, params, many, context):
        written = WRITES.match(sql)
        if written and rows._recording.get() is None and written[1] in business_tables() and (line := line_of_the_product()):
            self.found.append(f"{line}: {sql[:200]}")
        return execute(sql, params, many, context)
