"""A district of three offices; 政务办 has a clerk."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.offices.models import Office, OfficeRole, Person, Post

SINCE = date(2014, 1, 1)


@pytest.fixture
def day():
    """The test stands on one day; move it with clock.set_fixed."""
    with clock.frozen("2016-06-07T09:00"):
        yield date(2016, 6, 7)


@pytest.fixture
def district(db, day):
    zwb = Office(code="004", name="金水区政务服务改革管理办公室", short="政务办", valid_from=SINCE)
    first = Office(code="001", name="金水区甲局", short="甲局", valid_from=SINCE)
    second = Office(code="002", name="金水区乙局", short="乙局", valid_from=SINCE)
    clerk = Person(username="zwb", name="王一", password="!")
    other = Person(username="jia", name="李二", password="!")
    note("create_office", by=None, rows=[zwb, first, second, clerk, other])
    role = OfficeRole(office=zwb, measure="调", role="政务办", valid_from=SINCE)
    posts = [Post(person=clerk, office=zwb, valid_from=SINCE), Post(person=other, office=first, valid_from=SINCE)]
    note("create_role", by=None, rows=[role, *posts])
    return SimpleNamespace(zwb=zwb, first=first, second=second, clerk=clerk, other=other)


@pytest.fixture
def put(district):
    """put(kind, *contents, office=…) → items, published at once as one founding case."""
    from qingdan.kernel.ledger.acts import open_case
    from qingdan.lists.actions import version, with_bases
    from qingdan.lists.models import Item
    from qingdan.lists.schema import check

    def put(kind, *contents, office=None):
        holder = office or district.first
        items: list[Item] = []

        def rows(case):
            items.extend(Item(kind=kind, code=content["code"], office=holder, case=case) for content in contents)
            versions = [
                version(
                    item, 1, content, office=holder, case=case, act="publish_initial", approver="政务办", now=clock.now(),
                    incomplete=bool(check(kind, content)),
                )
                for item, content in zip(items[-len(contents):], contents, strict=True)
            ]  # fmt: skip
            return with_bases([*items[-len(contents):], *versions])

        open_case("调", "publish_initial", by=None, office=district.zwb, title="入库", gives={"政务办": [district.zwb]}, rows=rows)
        return items

    return put


@pytest.fixture
def publish(district):
    """publish(change) → the version that act `publish` would write, in a case of its own (the path itself is adjustment's)."""
    from qingdan.kernel.ledger.acts import open_case
    from qingdan.lists.actions import new_versions
    from qingdan.lists.models import ItemVersion

    def publish(change):
        kept = []

        def rows(case):
            kept.extend(new_versions(change, case))
            return kept

        open_case("调", "publish_initial", by=None, office=district.zwb, title="公布", gives={"政务办": [district.zwb]}, rows=rows)
        return next(row for row in kept if isinstance(row, ItemVersion))

    return publish
