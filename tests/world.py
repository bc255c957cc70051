"""A small district as data, and a database whose triggers are out of the way. Fixtures of conftest.py are made from these."""

from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.models import Office, OfficeRole, Person, Post
from qingdan.statute.roles import EGOV, LEAD, OFFICE

from .silence import Silence

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


@contextmanager
def kept():
    """A transaction around the tests of a module: what is written in it stands for them all and is gone afterwards."""
    with transaction.atomic(), connection.execute_wrapper(silence := Silence()):
        yield SimpleNamespace()
        assert silence.found == []
        transaction.set_rollback(True)


class untriggered:
    """Inside, the database lets everything be changed, as its owner could make it do; the triggers come back afterwards."""

    def __enter__(self):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # as replication does: neither triggers nor foreign keys are asked
                cursor.execute("SET session_replication_role = replica")
                return
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            self.triggers = cursor.fetchall()
            for name, _ in self.triggers:
                cursor.execute(f"DROP TRIGGER {name}")

    def __exit__(self, *exc):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = origin")
                return
            for _, sql in self.triggers:
                cursor.execute(sql)
