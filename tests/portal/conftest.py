"""Items that are published into the shared district, as the acts do it; and pages read as people and machines read them."""

from __future__ import annotations

import pytest

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import open_case
from qingdan.lists.actions import new_versions, version, with_bases
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.schema import check

from .reading import Page


@pytest.fixture
def put(district):
    """put("审批", *contents, office=district.cg.office) → items, published at once as one founding case."""

    def put(kind, *contents, office=None):
        holder, items = office or district.cg.office, []

        def rows(case):
            return with_bases(list(founding(case)))

        def founding(case):
            for content in contents:
                item = Item(kind=kind, code=content["code"], office=holder, case=case)
                items.append(item)
                incomplete = bool(check(kind, content))
                yield item
                yield version(
                    item, 1, content, office=holder, case=case, act="publish_initial", approver="政务办", now=clock.now(), incomplete=incomplete
                )

        zwb = district.zwb.office
        open_case("调", "publish_initial", by=None, office=zwb, title="入库", gives={"政务办": [zwb]}, rows=rows)
        return items

    return put


@pytest.fixture
def publish(district):
    """publish(change) → the version that the act `publish` writes (the path to it is adjustment's)."""

    def publish(change):
        kept, zwb = [], district.zwb.office

        def rows(case):
            kept.extend(new_versions(change, case))
            return kept

        open_case("调", "publish_initial", by=None, office=zwb, title="公布", gives={"政务办": [zwb]}, rows=rows)
        return next(row for row in kept if isinstance(row, ItemVersion))

    return publish


@pytest.fixture
def get(client):
    """get("/list/shenpi/", q="执照") → the page, with its status."""

    def get(path, **query):
        return Page(client.get(path, query))

    return get
