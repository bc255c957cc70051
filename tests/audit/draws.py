"""The draw (g2): each takes the rows as they once were and a random source, changes the database by SQL, and says what it did; "" where it could not."""

from qingdan.kernel.ledger.heads import day_heads
from tests.kernel.ledger.by_hand import changed, copy_of, fields, insert, keys, literals, others, pk, sql, table
from tests.kernel.ledger.rewriting import cut, rewrite
from tests.kernel.ledger.ten_rows import TABLES

SEES_ALONE = {"ledger_obligation"}
"""What `verify` compares and the second does not: the shadow of duties, which needs the rows of law."""
JUDGED = {name: model for name, model in TABLES.items() if name not in SEES_ALONE}


def some(rng):
    model = rng.choice([m for m in JUDGED.values() if sql(f"SELECT 1 FROM {table(m)} LIMIT 1")])
    return model, rng.choice(keys(model))


def update(rng, world):
    model, key = some(rng)
    field = rng.choice(fields(model))
    literal = literals(model, key)[fields(model).index(field)]
    expression = rng.choice(list(others(field, literal)))
    return f"{model._meta.db_table}.{field.column} {key} = {expression}" if changed(model, field, key, expression) else ""


def delete(rng, world):
    model, key = some(rng)
    sql(f"DELETE FROM {table(model)} WHERE {pk(model)} = {key}")
    return f"{model._meta.db_table} {key}"


def insert_copy(rng, world):
    model, key = some(rng)
    new, values = copy_of(model, key)
    insert(model, values)
    return f"{model._meta.db_table} {new}"


def swap(rng, world):
    model, one = some(rng)
    other = rng.choice(keys(model))
    if one == other:
        return ""
    at = [f.primary_key for f in fields(model)].index(True)
    a, b = literals(model, one), literals(model, other)
    a[at], b[at] = b[at], a[at]
    sql(f"DELETE FROM {table(model)} WHERE {pk(model)} IN ({one}, {other})")
    insert(model, a)
    insert(model, b)
    return f"{model._meta.db_table} {one} {other}"


def old_row(rng, world):
    """The row as an earlier event had written it."""
    found = [(name, key) for name, rows in world.items() for key, old in rows.items() if literals(JUDGED[name], key) != old]
    name, key = rng.choice([(name, key) for name, key in found if name != "ledger_head"])
    sql(f"DELETE FROM {table(JUDGED[name])} WHERE {pk(JUDGED[name])} = {key}")
    insert(JUDGED[name], world[name][key])
    return f"{name} {key}"


def last_published():
    """What came after it nobody outside can know yet."""
    return max(head.seq for head in day_heads())


def cut_tail(rng, world):
    """With the tip put right as well."""
    seq = last_published() - rng.randint(1, min(10, last_published() - 1))
    cut(sql, seq)
    return f"after {seq}"


def rewrite_chain(rng, world):
    """One fact of one event, and everything after it with the right algorithm, roots and tip included."""
    seq = rng.randint(1, last_published())
    rewrite(sql, seq, lambda told: told["facts"].update(more="后来添上的"))
    return f"from {seq}"


def nothing(rng, world):
    return "untouched"


KINDS = {f.__name__: f for f in (update, delete, insert_copy, swap, old_row, cut_tail, rewrite_chain, nothing)}
UNEVEN = ["update"] * 4 + ["delete"] * 2 + ["insert_copy"] * 2 + ["swap"] * 2 + ["old_row", "cut_tail", "rewrite_chain", "nothing"]
