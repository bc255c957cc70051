"""A stand-in for the room: one complaint that 政务办 handles, two persons at work on it, custodians, a leader, and somebody of another office."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.actions import entrust
from qingdan.kernel.offices.models import Office, Person, Post
from qingdan.kernel.vault import registry, unlocking
from qingdan.kernel.vault.sealing import seal

SUBJECT = "5ubj3ct0aaaaaaaa"
IDENTITY = {"name": "张三丰", "phone": "13800138000", "address": "花园路88号院3号楼"}
CONTENT = {"text": "窗口拒不受理我的申请，编号甲乙丙丁"}
PEOPLE = ("inv_1", "inv_2", "keeper_1", "keeper_2", "leader_1")


@pytest.fixture
def room(district, monkeypatch):
    """`room.inv_1` and `inv_2` are involved, `keeper_1` and `inv_2` keep identities for 政务办, `keeper_2` for 城管局; `leader_1` may know of it."""
    clock.set_fixed("2016-06-13T09:00")
    leaders = Office(code="qz", name="金水区人民政府", short="区政府")
    people = {name: Person(username=name, name=f"{name}某") for name in PEOPLE}
    where = {"keeper_2": district.cg.office, "leader_1": leaders}
    note("people", by=None, rows=[leaders, *people.values(), *(Post(person=p, office=where.get(n, district.zwb.office)) for n, p in people.items())])
    for name, office in (("keeper_1", district.zwb.office), ("inv_2", district.zwb.office), ("keeper_2", district.cg.office)):
        entrust(person=people[name], office=office, by=None)
    found = SimpleNamespace(
        subject=SUBJECT, office=district.zwb.office, other=district.cg, leaders=leaders, involved={people["inv_1"], people["inv_2"]}, **people
    )

    def handled(subject):
        if subject != SUBJECT:
            return None
        return registry.Handling(found.office, {p.pk for p in found.involved}.intersection, "投诉 8X2", lambda p, office: office == leaders)

    monkeypatch.setattr(registry, "WHO_HANDLES", [handled])
    found.identity, found.content = seal("identity", SUBJECT, IDENTITY), seal("content", SUBJECT, CONTENT)
    note("fill", by=None, rows=[found.identity, found.content])
    return found


@pytest.fixture
def unlocked(room):
    """`unlocked(person, office)`: asked for, and granted by keeper_1 for a day."""

    def do(person, office=None):
        row = unlocking.ask(SUBJECT, "需要当面核实", by=person, office=office or room.office)
        unlocking.grant(row, by=room.keeper_1, until=clock.now() + timedelta(hours=24))
        return row

    return do
