"""SQL by hand past the product (g1): values are the literals that the database itself would write."""

from contextlib import contextmanager

from django.db import DatabaseError, connection, models, transaction

from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify

from .ten_rows import ROWS

PG = connection.vendor == "postgresql"
MANY = 1_000_003


@contextmanager
def unchecked():
    """Neither foreign keys nor the columns' conditions stand in the way of whoever owns the database."""
    if PG:
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        for where, name in sql("SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"):
            sql(f'ALTER TABLE {where} DROP CONSTRAINT "{name}"')
        yield
        return
    sql("PRAGMA defer_foreign_keys = ON")
    sql("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        sql("PRAGMA ignore_check_constraints = OFF")


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def fields(model):
    return model._meta.concrete_fields


def columns(model):
    return ", ".join(f'"{f.column}"' for f in fields(model))


def pk(model):
    return f'"{model._meta.pk.column}"'


def table(model):
    return f'"{model._meta.db_table}"'


def quoted(field):
    """SQL: this column as a literal; numbers bare, nothing as NULL."""
    if not PG:
        return f'quote("{field.column}")'
    bare = isinstance(field.target_field if field.remote_field else field, models.IntegerField)
    return f"coalesce(\"{field.column}\"::text, 'NULL')" if bare else f'quote_nullable("{field.column}"::text)'


def keys(model):
    """The literals of up to ten keys, spread over the table."""
    found = [key for (key,) in sql(f"SELECT {quoted(model._meta.pk)} FROM {table(model)} ORDER BY {pk(model)}")]
    step = max(1, len(found) // ROWS)
    return found[::step][:ROWS] + ([] if found[-1] in found[::step][:ROWS] else [found[-1]])


def literals(model, key):
    return list(sql(f"SELECT {', '.join(map(quoted, fields(model)))} FROM {table(model)} WHERE {pk(model)} = {key}")[0])


def insert(model, values):
    return sql(f"INSERT INTO {table(model)} ({columns(model)}) VALUES ({', '.join(values)})")


def named(model, *rows):
    """Does verify name this table, and one of these rows? The names as text, without the quotes of a literal."""
    fault = verify().fault
    return fault is not None and fault.table == model._meta.db_table and fault.row.strip("'") in {row.strip("'") for row in rows}


def beside(model, key):
    """The row, and for an event its successor: who takes one out of the chain is found at the next."""
    return [key, str(int(key) + 1)] if model is Event else [key]


def keys_now(model):
    """All keys as text; “?” where one cannot even be read."""
    try:
        return [str(key) for (key,) in sql(f"SELECT {pk(model)} FROM {table(model)}")]
    except DatabaseError:
        return ["?"]


class undone:
    """A savepoint that is always rolled back."""

    def __enter__(self):
        self.point = transaction.savepoint()

    def __exit__(self, *exc):
        transaction.savepoint_rollback(self.point)


def others(field, literal):
    """Other things that could stand in this column, as SQL: another value, none, the same one spelled or typed otherwise."""
    column, kind = f'"{field.column}"', field.target_field if field.remote_field else field
    if PG and literal != "NULL":
        yield from on_postgresql(column, kind)
        return
    if literal == "NULL":
        yield {"DateField": "'2016-01-01'", "DateTimeField": "'2016-01-01 00:00:00'"}.get(field.get_internal_type(), "'1'")
        yield "''"
        return
    if isinstance(field, models.DateTimeField):
        yield from (f"datetime({column}, '+1 second')", f"replace({column}, ' ', 'T')", "'2016-13-45 00:00:00'", "'昨天'", f"{column} || '+08:00'")
    elif isinstance(field, models.DateField):
        yield from (f"date({column}, '+1 day')", f"replace({column}, '-0', '-')", f"{column} || ' '", "'2016-13-45'", "'昨天'", "20160607")
    elif isinstance(field, models.BooleanField):
        yield from (f"1 - {column}", "2", "'是'")
    elif isinstance(kind, models.IntegerField):
        yield from (f"{column} + {MANY}", f"{column} + 0.5", f"-{column} - 1", f"'{literal}甲'", f"x'{literal.encode().hex()}'")
    else:
        yield from (f"{column} || '改'", f"{column} || ' '", f"CAST({column} AS BLOB)", f"CAST({column} || x'FF' AS TEXT)", "''", "NULL")


def on_postgresql(column, kind):
    """A column of PostgreSQL holds nothing of another kind, and no text that is too long."""
    if isinstance(kind, models.DateTimeField):
        return (f"{column} + interval '1 microsecond'", f"{column} - interval '1 day'")
    if isinstance(kind, models.DateField):
        return (f"{column} + 1", f"{column} - 365")
    if isinstance(kind, models.BooleanField):
        return (f"NOT {column}",)
    if isinstance(kind, models.IntegerField):
        return (f"{column} + {MANY}", f"{column} + 1", f"-{column} - 1")
    return (f"overlay({column} placing '改' from 1 for 1)", f"{column} || '改'", f"{column} || ' '", "''", "NULL")


def changed(model, field, key, expression):
    """Apply it; False where the value stays what it was or the table itself refuses (a double, a missing value)."""
    lying = f"SELECT {quoted(field) if PG else f'hex({quoted(field)})'} FROM {table(model)} WHERE {pk(model)} = {key}"
    before = sql(lying)
    point = transaction.savepoint()
    try:
        sql(f'UPDATE {table(model)} SET "{field.column}" = {expression} WHERE {pk(model)} = {key}')
    except DatabaseError:
        transaction.savepoint_rollback(point)
        return False
    if field.primary_key:
        return not sql(f"SELECT 1 FROM {table(model)} WHERE {pk(model)} = {key}")
    return sql(lying) != before


def copy_of(model, key):
    """The row again under a new key, made to fit whatever must be unique."""
    unique = {f.attname for f in fields(model) if f.unique}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            unique.add(model._meta.get_field(constraint.fields[-1]).attname)
    values, new = literals(model, key), None
    for i, field in enumerate(fields(model)):
        if field.attname in unique and values[i] != "NULL":
            more = 1000 if field.get_internal_type() == "PositiveSmallIntegerField" else MANY
            fits = (field.max_length or 99) - len("-copy")
            values[i] = f"'{values[i].strip(chr(39))[:fits]}-copy'" if values[i].startswith("'") else str(int(values[i]) + more)
            if field.unique and field.max_length == 4:
                values[i] = "'新'"
        if field.primary_key:
            new = values[i]
    return new, values
