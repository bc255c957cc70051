"""What the tests of every room share: a small district, its clock, its people logged in, and tables that can be emptied."""

import shutil
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.backends.sqlite3.operations import DatabaseOperations

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.models import Office, OfficeRole, Person, Post
from qingdan.statute.roles import EGOV, LEAD, OFFICE

BEGINNING = "2016-05-06T08:00"  # the day on which the five measures came into force
OFFICES = {
    "zwb": ("金水区政务服务改革管理办公室", "政务办", "部门"),
    "bb": ("金水区机构编制委员会办公室", "编办", "部门"),
    "fzb": ("金水区人民政府法制办公室", "法制办", "部门"),
    "czj": ("金水区财政局", "财政局", "部门"),
    "zwzx": ("金水区政务服务中心", "政务服务中心", "部门"),
    "dzzw": ("金水区电子政务中心", "电子政务中心", "部门"),
    "fgw": ("金水区发展和改革委员会", "发改委", "部门"),
    "cg": ("金水区城市管理局", "城管局", "部门"),
    "hyl": ("花园路街道办事处", "花园路街道", "街道"),
}
ROLES = [
    ("zwb", OFFICE, ""), ("dzzw", EGOV, ""),
    ("fzb", LEAD, "权责"), ("bb", LEAD, "权责"), ("zwzx", LEAD, "审批"), ("czj", LEAD, "收费"), ("czj", LEAD, "基金"), ("fgw", LEAD, "负面"),
]  # fmt: skip


@pytest.fixture
def district(db):
    """The nine offices, a clerk in each (`zwb_1` …, password “p”), their roles in 动态调整: `district.zwb.office`, `district.zwb.person`."""
    return make_district()


def make_district():
    """One act writes them all, on the day the measures came into force."""
    since, password = date(2016, 5, 6), make_password("p")
    offices = {code: Office(code=code, name=name, short=short, kind=kind, valid_from=since) for code, (name, short, kind) in OFFICES.items()}
    people = {code: Person(username=f"{code}_1", name=f"{OFFICES[code][1]}经办甲", password=password) for code in OFFICES}
    posts = [Post(person=people[code], office=offices[code], valid_from=since) for code in OFFICES]
    roles = [OfficeRole(office=offices[c], measure="调", role=role, scope=scope, valid_from=since) for c, role, scope in ROLES]
    with clock.frozen(BEGINNING):
        note("create_district", by=None, rows=[*offices.values(), *people.values(), *posts, *roles])
    return SimpleNamespace(**{code: SimpleNamespace(office=offices[code], person=people[code]) for code in OFFICES})


@pytest.fixture
def at():
    """`with at("2016-06-07T09:00"):` - the clock stands still inside."""
    return clock.frozen


@pytest.fixture(autouse=True)
def the_clock_goes_on():
    """No test leaves a fixed clock to the next one."""
    yield
    clock.set_fixed(None)


@pytest.fixture
def client_as(db):
    """`client_as("cg_1")`: a browser in which this person has logged in."""
    from django.test import Client

    def log_in(username):
        client = Client()
        client.force_login(Person.objects.get(username=username))
        return client

    return log_in


# Tests with several connections empty all tables afterwards; the triggers of immutable tables refuse that, as they should.
_flush = DatabaseOperations.execute_sql_flush


def _flush_immutable_tables_too(self, sql_list):
    with transaction.atomic(), untriggered():
        _flush(self, sql_list)


class untriggered:
    """Inside, the database lets everything be changed, as somebody with its file could make it do; the triggers come back afterwards."""

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            self.triggers = cursor.fetchall()
            for name, _ in self.triggers:
                cursor.execute(f"DROP TRIGGER {name}")

    def __exit__(self, *exc):
        with connection.cursor() as cursor:
            for _, sql in self.triggers:
                cursor.execute(sql)


@pytest.fixture
def without_triggers():
    return untriggered


DatabaseOperations.execute_sql_flush = _flush_immutable_tables_too


def pytest_collection_modifyitems(items):
    """Browser tests are those under tests/browser and those that ask for a page; without a browser they are skipped, and say so."""
    missing = pytest.mark.skip(reason="no chromium on this machine: ./run test installs it as root")
    for item in items:
        if "browser" in item.path.parts or {"page", "browser", "context"} & set(item.fixturenames):
            item.add_marker(pytest.mark.browser)
            if not shutil.which("chromium"):
                item.add_marker(missing)
