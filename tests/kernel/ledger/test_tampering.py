"""g1: whoever changes, adds or deletes a row past the product, in any table and any column, is found and the row is named."""

from contextlib import contextmanager
from datetime import date
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, models, transaction

from qingdan.kernel import clock
from qingdan.kernel.calendar import arrangements, shipped
from qingdan.kernel.calendar.models import CalendarRelease
from qingdan.kernel.calendar.spelling import text_of
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event, Head, Obligation
from qingdan.kernel.ledger.ticking import tick
from qingdan.kernel.ledger.verify import business_models, verify
from qingdan.kernel.offices.models import Office, OfficeRole, Person, Post
from qingdan.kernel.rows import NOT_BUSINESS
from qingdan.lists.importing import committing
from qingdan.lists.importing.reading import read
from qingdan.lists.queries import in_force
from qingdan.measures.adjustment import actions
from qingdan.measures.adjustment.models import ChangeRequest
from qingdan.statute.roles import LEAD
from tests.lists.samples import HEADER, code, csv_bytes
from tests.world import make_district, untriggered

pytestmark = pytest.mark.django_db
LEDGER = [Event, Head, Obligation]
TABLES = {m._meta.db_table: m for m in [*business_models(), *LEDGER]}
ROWS = 10
PG = connection.vendor == "postgresql"
MANY = 1_000_003


# ---- a small world with ten rows and more in every table, lived through the product's own acts ---------


def build():
    d = make_district()
    _more_people(d)
    _list_of_ten(d)
    _ten_changes(d)
    _ten_files()
    _ten_calendars()
    _ten_of_whatever_else_there_is()
    with clock.frozen("2016-07-20T00:30"):
        assert tick() > 0


def _more_people(d):
    since = {"valid_from": date(2016, 5, 6)}
    offices = [Office(code=f"more{i}", name=f"另一单位{i}", short=f"另{i}", **since) for i in range(3)]
    people = [Person(username=f"more{i}", name=f"另一人{i}") for i in range(3)]
    posts = [Post(person=people[i], office=offices[i], **since) for i in range(3)]
    roles = [OfficeRole(office=offices[i], measure="会", role=LEAD, **since) for i in range(3)]
    with clock.frozen("2016-05-07T09:00"):
        note("create_more", by=None, rows=[*offices, *people, *posts, *roles])


def _list_of_ten(d):
    rows = [["城管局", f"事项{n}", code(n), "01", "0371-63526000"] for n in range(1, 11)]
    with clock.frozen("2016-05-08T09:00"):
        table = read(csv_bytes([HEADER, *rows]), "表.csv")
        digest = committing.plan("审批", table).digest
        committing.commit("审批", table, digest, by=d.zwb.person, office=d.zwb.office)


def _ten_changes(d):
    with clock.frozen("2016-06-07T09:00"):
        cases = []
        for version in in_force("审批"):
            request = ChangeRequest(
                list_kind="审批", move="变更", item=version.item, base_number=version.number, base_content=version.content,
                content=version.content.replace("事项", "新事项"), ground="第五条（一）", cause="新法颁布", cause_day=date(2016, 6, 6),
                evidence="公报", reason="名称变化", wished_on=date(2016, 8, 1),
            )  # fmt: skip
            cases.append(actions.apply_new(request, by=d.cg.person, office=d.cg.office, key=version.item.code))
    with clock.frozen("2016-06-12T09:00"):
        for case in cases[:5]:
            actions.refer(case, [d.zwzx.office], by=d.zwb.person, office=d.zwb.office)
    with clock.frozen("2016-06-13T09:00"):
        actions.say(cases[0], "agree", "同意", by=d.zwzx.person, office=d.zwzx.office)
        actions.approve(cases[0], by=d.zwb.person, office=d.zwb.office)


def _ten_files():
    with clock.frozen("2016-06-14T08:00"):
        note("fill", by=None, rows=[keep(ContentFile(f"第{i}份".encode(), f"{i}.txt")) for i in range(ROWS)])


def _ten_calendars():
    """What ships with the product, adopted ten times over: every later event names it."""
    with clock.frozen("2016-06-14T09:00"):
        row = {"version": shipped().version, "days": text_of(arrangements()), "year": 2016}
        note("fill", by=None, rows=[CalendarRelease(**row, adopted_on=date(2016, 6, 1 + i)) for i in range(ROWS)])


def _ten_of_whatever_else_there_is():
    """A room that came later has tables of its own: ten rows in each, made up from its columns, written by one act."""
    for model in _those_pointed_at_first(business_models()):
        lacking = ROWS - model._base_manager.count()
        if lacking > 0:
            with clock.frozen("2016-06-14T09:00"):
                note("fill", by=None, rows=[model(**_made_up(model, i)) for i in range(lacking)])


EITHER_OR = {"Disposal": {"rejected_by": None}}
"""Columns that a condition of their table does not let be filled beside others."""


def _those_pointed_at_first(wanted):
    ordered = []
    while waiting := [m for m in wanted if m not in ordered]:
        ready = [m for m in waiting if not {f.related_model for f in fields(m) if f.remote_field} & (set(waiting) - {m})]
        assert ready, waiting
        ordered += ready
    return ordered


def _made_up(model, i):
    made = {}
    for n, field in enumerate(model._meta.concrete_fields):
        if isinstance(field, models.AutoField):
            continue
        kind = field.get_internal_type()
        if field.remote_field is not None:
            others = field.related_model._base_manager.order_by("pk")
            if field.unique:
                others = others.exclude(pk__in=model._base_manager.values(field.attname))
            made[field.name] = others[(i + n) % others.count()] if others.exists() else None  # no two columns name the same
        elif kind == "PositiveSmallIntegerField" and field.has_default():
            made[field.name] = field.get_default()  # few of something: the table has a condition on how many
        elif field.choices:
            made[field.name] = field.choices[i % len(field.choices)][0]
        elif kind == "DateTimeField":
            made[field.name] = clock.now()
        else:
            made[field.name] = {"DateField": date(2016, 6, 1 + i), "BooleanField": i % 2 == 0}.get(kind, i + 1 if "Integer" in kind else f"{i}改")
    return made | EITHER_OR.get(model.__name__, {})


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup, django_db_blocker):
    """Built once; every change below is undone by a savepoint. The triggers are gone: whoever has the file can drop them."""
    with django_db_blocker.unblock(), transaction.atomic():
        try:
            build()
            with unchecked(), untriggered():
                yield
        finally:
            transaction.set_rollback(True)


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


# ---- SQL by hand: values as the literals that the database itself would write ---------------------------


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


# ---- the battery ---------------------------------------------------------------------------------


@pytest.fixture
def some(request):
    """The keys of a table that a test changes: all ten with --long, else the first and the last."""
    long = request.config.getoption("--long")
    return lambda model: keys(model) if long else list(dict.fromkeys([*keys(model)[:1], *keys(model)[-1:]]))


def test_the_world_has_ten_rows_in_every_table_and_is_sound():
    assert verify().fault is None
    few = [name for name in TABLES if name != "ledger_head" and sql(f'SELECT count(*) FROM "{name}"')[0][0] < ROWS]
    assert few == [], "build() must make ten rows of each"


COLUMNS = [(name, field.column) for name, model in TABLES.items() for field in fields(model)]


@pytest.mark.parametrize(("name", "column"), COLUMNS, ids=[f"{t}.{c}" for t, c in COLUMNS])
def test_g1_a_changed_value_is_found_and_its_row_named(name, column, request, record_property):
    """Ten rows of each column with --long; in the ordinary run the first, with the first value that the table takes."""
    model, long = TABLES[name], request.config.getoption("--long")
    field = next(f for f in fields(model) if f.column == column)
    missed, done = [], 0
    found = keys(model) if long else keys(model)[:1]
    for key in found:
        literal = literals(model, key)[fields(model).index(field)]
        for expression in list(others(field, literal))[: None if key in (found[0], found[-1]) else 1]:
            if done and not long:
                break
            with undone():
                if changed(model, field, key, expression):
                    done += 1
                    if not named(model, *beside(model, key), *(keys_now(model) if field.primary_key else [])):
                        missed.append((key, expression, str(verify().fault)))
    assert done >= min(ROWS, len(found))
    assert missed == []
    record_property("changes", done)


@pytest.mark.parametrize("name", TABLES)
def test_g1_a_deleted_row_is_named(name, some, record_property):
    model, missed = TABLES[name], []
    for key in some(model):
        with undone():
            assert sql(f"DELETE FROM {table(model)} WHERE {pk(model)} = {key}") == 1
            if not named(model, *beside(model, key)):
                missed.append((key, str(verify().fault)))
    assert missed == []
    record_property("deletions", len(some(model)))


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


@pytest.mark.parametrize("name", TABLES)
def test_g1_an_inserted_copy_is_named(name, some, record_property):
    model, missed = TABLES[name], []
    for key in some(model):
        new, values = copy_of(model, key)
        with undone():
            insert(model, values)
            if not named(model, new, *([str(Event.objects.count())] if model is Event else [])):
                missed.append((key, new, str(verify().fault)))
    assert missed == []
    record_property("insertions", len(some(model)))


@pytest.mark.parametrize("name", TABLES)
def test_g1_two_rows_that_changed_places_are_named(name, some, record_property):
    model = TABLES[name]
    at, missed = [f.primary_key for f in fields(model)].index(True), []
    found = some(model)
    for one, other in pairwise(found):
        a, b = literals(model, one), literals(model, other)
        a[at], b[at] = b[at], a[at]
        with undone():
            sql(f"DELETE FROM {table(model)} WHERE {pk(model)} IN ({one}, {other})")
            insert(model, a)
            insert(model, b)
            if not named(model, *beside(model, one), *beside(model, other)):
                missed.append((one, other, str(verify().fault)))
    assert missed == []
    record_property("swaps", len(found) - 1)


def test_g1_an_older_state_put_back_is_named():
    """The request of the first case was changed by its approval; the row as it had been is no longer what the ledger says."""
    request = ChangeRequest.objects.exclude(approved="").get()
    with undone():
        sql(f"UPDATE adjustment_changerequest SET approved = '' WHERE id = {request.pk}")
        assert named(ChangeRequest, str(request.pk))
        assert verify().fault.event == request.case.events.get(act="approve").seq


def test_g1_a_deleted_end_of_the_chain_is_named_by_the_first_missing_event():
    last = Event.objects.count()
    for n in (1, 3, last):
        with undone():
            sql(f"DELETE FROM ledger_event WHERE seq > {last - n}")
            assert named(Event, str(last - n + 1))


def test_g1_a_table_emptied_or_gone_is_named():
    for name, model in TABLES.items():
        with undone():
            sql(f"DELETE FROM {table(model)}")
            assert verify().fault.table == name
    with undone():
        sql("DROP TABLE ledger_obligation")
        assert verify().fault.table == "ledger_obligation"


def test_what_verify_does_not_compare_is_listed_with_its_reason():
    """Every table of the database is compared (business rows, ledger, shadow) or stands in NOT_BUSINESS with why it need not be."""
    lying = set(connection.introspection.table_names())
    compared = set(TABLES)
    assert compared <= lying
    assert lying - compared == set(NOT_BUSINESS) & lying - {m._meta.db_table for m in LEDGER}
    assert all(len(why) > 5 for why in NOT_BUSINESS.values())


def test_no_model_of_the_product_escapes_the_comparison():
    ours = {m._meta.db_table for m in apps.get_models() if m.__module__.startswith("qingdan.")}
    assert ours - set(TABLES) <= set(NOT_BUSINESS)


def test_verify_reads_and_changes_nothing():
    before = {name: sql(f'SELECT * FROM "{name}"') for name in TABLES}
    verify()
    assert {name: sql(f'SELECT * FROM "{name}"') for name in TABLES} == before
