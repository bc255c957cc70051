"""g1: whoever changes, adds or deletes a row past the product, in any table and any column, is found and the row is named."""

from itertools import pairwise

import pytest
from django.apps import apps
from django.db import connection, transaction

from qingdan.kernel.ledger.models import Event
from qingdan.kernel.ledger.verify import verify
from qingdan.kernel.rows import NOT_BUSINESS
from qingdan.measures.adjustment.models import ChangeRequest
from tests.world import untriggered

from .by_hand import beside, changed, copy_of, fields, insert, keys, keys_now, literals, named, others, pk, sql, table, unchecked, undone
from .ten_rows import LEDGER, ROWS, TABLES, build

pytestmark = pytest.mark.django_db


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
