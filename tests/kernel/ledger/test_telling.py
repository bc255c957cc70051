"""g7: the triggers that tell of changes without an event are themselves shown to tell."""

import pytest
from django.db import connection, models, transaction

from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office
from qingdan.kernel.rows import recording
from tests.telling import Told

from .worlds import begin, do

pytestmark = [pytest.mark.django_db, pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the triggers of this witness are SQLite's")]


def test_g7_an_act_tells_its_event(district):
    with Told() as told:
        case = begin(district)
        do(case, district.cg, "apply", "2016-06-07T10:00")
    assert told.silent == [] and told.transactions == 2


def planted_update():
    models.QuerySet(Case).update(title="假的")


def planted_bulk():
    with recording():
        Office._base_manager.bulk_create([Office(code="x", name="x", short="x")])


def planted_sql():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_case SET title = '假的'")


def planted_in_a_transaction():
    with transaction.atomic():
        planted_update()


@pytest.mark.parametrize("planted", [planted_update, planted_bulk, planted_sql, planted_in_a_transaction])
def test_g7_a_planted_change_is_told_between_two_acts(district, planted):
    """The next act's event does not cover it."""
    case = begin(district)
    with Told() as told:
        planted()
        do(case, district.cg, "apply", "2016-06-07T10:00")
    assert len(told.silent) == 1 and told.silent[0] in (["ledger_case"], ["offices_office"]) and told.transactions == 2
    assert Event.objects.filter(act="apply").exists()


def test_g7_what_was_rolled_back_is_not_told(district):
    case = begin(district)
    with Told() as told:
        with transaction.atomic():
            planted_update()
            transaction.set_rollback(True)
        assert case.pk
    assert told.silent == [] and told.transactions == 0
