"""g7, the second witness: triggers that only tests put into the database take down every changed business row and every event, by transaction.

`silence.py` sees the statements that Django sends; these see the rows, whatever wrote them. In a test a transaction is an outermost savepoint, or what
stands between two of them. Whoever drops all triggers, as somebody with the file could (`world.untriggered`), is not seen: `verify` is for that.
"""

from contextlib import closing

from django.db import connection

from .silence import business_tables

LOG = "told_changes"
EVENTS = "ledger_event"


def take_out(cursor):
    """The database as the product has it: also for a copy that was made while the witness stood in it."""
    for table in {*business_tables(), EVENTS}:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            cursor.execute(f"DROP TRIGGER IF EXISTS told_{table}_{verb}")
    cursor.execute(f"DROP TABLE IF EXISTS {LOG}")


class Told:
    """`silent`: the tables that a transaction changed without an event; `transactions`: how many changed something."""

    def __init__(self):
        self.silent, self.transactions, self.depth = [], 0, 0

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {LOG} (name TEXT)")
            for table in sorted({*business_tables(), EVENTS}):
                for verb in ("INSERT", "UPDATE", "DELETE"):
                    cursor.execute(f"CREATE TRIGGER told_{table}_{verb} AFTER {verb} ON {table} BEGIN INSERT INTO {LOG} VALUES ('{table}'); END")
        self.watching = connection.execute_wrapper(self)
        self.watching.__enter__()
        return self

    def __exit__(self, *exc):
        self.watching.__exit__(None, None, None)
        self.judge()
        with connection.cursor() as cursor:
            take_out(cursor)

    def __call__(self, execute, sql, params, many, context):
        begins, ends = sql.startswith(("SAVEPOINT", "BEGIN")), sql.startswith("RELEASE")
        if begins and self.depth == 0:
            self.judge()
        result = execute(sql, params, many, context)
        self.depth += sql.startswith("SAVEPOINT") - ends
        if ends and self.depth == 0:
            self.judge()
        return result

    def judge(self):
        """What was told since the last time is one transaction."""
        with closing(connection.connection.cursor()) as cursor:  # the driver's own: not seen by the wrapper, and of the same transaction
            names = [name for (name,) in cursor.execute(f"SELECT DISTINCT name FROM {LOG}").fetchall()]
            cursor.execute(f"DELETE FROM {LOG}")
        self.transactions += bool(names)
        if names and EVENTS not in names:
            self.silent.append(sorted(names))
