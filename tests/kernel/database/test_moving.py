"""e5, g6: from SQLite to PostgreSQL with the same head; one life gives the same head on both."""

from itertools import count

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, connections, transaction

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.database import moving
from qingdan.kernel.ledger import append, closing
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event, Head
from qingdan.kernel.ledger.verify import Fault, Report, verify
from qingdan.kernel.offices.models import Office, Person
from tests import world
from tests.kernel.ledger.ten_rows import build
from tests.kernel.ledger.worlds import all_referred, tick_at
from tests.world import make_district, untriggered

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(connection.vendor != "sqlite", reason="moves from SQLite; this run is on PostgreSQL")]


@pytest.fixture
def empty(own):
    """A new installation without a row: the URL of its owner."""
    return own[0]


def events_in(url):
    with psycopg.connect(url) as there:
        return there.execute("SELECT seq, head, body FROM ledger_event ORDER BY seq").fetchall()


def rows_in(url):
    """How many rows lie there in all tables of the product."""
    tables = [m._meta.db_table for m in moving._models() if m._meta.app_label not in moving.FRAMEWORK]
    with psycopg.connect(url) as there:
        return sum(there.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables)


def test_e5_every_row_is_moved_with_the_same_head(connected, empty):
    build()
    with connected(empty) as target:
        moved = moving.move(connection, target)
    head = Head.objects.get()
    assert (moved.report.head, moved.report.events, moved.report.fault) == (head.head, head.seq, None)
    assert events_in(empty) == list(Event.objects.values_list("seq", "head", "body"))
    assert 300 < rows_in(empty) < moved.rows  # the framework's own tables are moved, too


def test_e5_second_factors_are_moved_whatever_the_order_of_their_json(connected, empty):
    make_district()
    data = {"secret": "s", "step": 5, "b": {"zz": [1], "a": True}, "aa": 1, "a": None}
    Authenticator.objects.create(user=Person.objects.first(), type="totp", data=data)
    with connected(empty) as target:
        moving.move(connection, target)
    with psycopg.connect(empty) as there:
        assert there.execute("SELECT data FROM mfa_authenticator").fetchall() == [(data,)]


def test_e5_life_goes_on_in_the_new_database(connected, empty):
    """Its counters stand behind the last rows, and its triggers are in force."""
    build()
    before = Office.objects.order_by("pk").last().pk
    with connected(empty) as target:
        moving.move(connection, target)
        with moving.instead(target), clock.frozen("2016-07-21T09:00"):
            with transaction.atomic():
                office = Office(code="later", name="后来的单位", short="后来", valid_from=clock.today())
                note("create_office", by=None, rows=[office])
            assert office.pk == before + 1 and verify().fault is None
            with pytest.raises(Exception, match="immutable"), transaction.atomic():
                Event.objects.filter(seq=1).update(act="other")
    assert not Office.objects.filter(code="later").exists()


def test_e5_what_is_not_empty_is_left_alone(connected, empty, district):
    with connected(empty) as target:
        moving.move(connection, target)
        there = events_in(empty)
        with pytest.raises(Refused, match="新数据库不是空的"):
            moving.move(connection, target)
    assert events_in(empty) == there


def test_e5_a_database_that_was_not_built_is_refused(connected, cluster, district):
    with connected(cluster.url("unbuilt")) as target, pytest.raises(Refused, match="新数据库没有建立"):
        moving.move(connection, target)


def test_e5_an_unsound_ledger_is_not_moved(connected, empty, district):
    with untriggered(), connection.cursor() as cursor:
        cursor.execute("UPDATE offices_office SET name = '改' WHERE code = 'cg'")
    with connected(empty) as target, pytest.raises(Refused, match="现有数据库核对不一致：offices_office"):
        moving.move(connection, target)
    assert rows_in(empty) == 0


def test_e5_where_a_row_arrives_otherwise_nothing_stays(connected, empty, district, monkeypatch):
    copy = moving._copy
    monkeypatch.setattr(moving, "_copy", lambda model, *more: None if model is Person else copy(model, *more))
    with connected(empty) as target, pytest.raises(Refused, match="offices_person 迁移后内容不同"):
        moving.move(connection, target)
    assert rows_in(empty) == 0


def test_e5_where_verify_finds_a_fault_there_nothing_stays(connected, empty, district, monkeypatch):
    told = iter([verify(), Report(fault=Fault("ledger_event", "1", "改动"))])
    monkeypatch.setattr(moving, "verify", lambda: next(told))
    with connected(empty) as target, pytest.raises(Refused, match="迁移后的数据库核对不一致"):
        moving.move(connection, target)
    assert rows_in(empty) == 0


def test_e5_only_from_the_embedded_database_to_postgresql(connected, empty):
    with connected(empty) as target:
        for source, to in ((target, target), (connection, connection), (target, connection)):
            with pytest.raises(Refused, match="只能从内置数据库迁移到 PostgreSQL"):
                moving.move(source, to)


def test_g6_the_same_life_gives_the_same_head_on_both_engines(connected, empty, monkeypatch):
    """With the same salts, which are drawn by lot otherwise."""
    monkeypatch.setattr(world, "make_password", lambda typed: f"secret of {typed}")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence")
    here = live(monkeypatch)
    with connected(empty) as target, moving.instead(target):
        assert connections["default"].vendor == "postgresql"
        assert live(monkeypatch) == here
    assert here[0] > 10


def live(monkeypatch):
    salts = count(1)
    monkeypatch.setattr(append.secrets, "token_hex", lambda n: f"{next(salts):0{2 * n}x}")
    d = make_district()
    all_referred(d, 3)
    assert tick_at("2016-06-20") > 0
    with clock.frozen("2016-06-21T00:30"):
        assert closing.close_days() > 0
    assert verify().fault is None
    head = Head.objects.get()
    return head.seq, head.head, list(Event.objects.values_list("body", flat=True))
