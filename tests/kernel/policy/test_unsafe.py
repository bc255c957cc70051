"""b6: what changes something needs the token of its form, and looking changes nothing."""

import pytest

from tests.kernel.ledger.worlds import everything

from .walking import EVERYBODY, NAMES, absent, address, as_, lived_in

pytestmark = pytest.mark.django_db
UNSAFE = ("post", "put", "patch", "delete")
LOOKERS = ("anonymous", "zwb_1", "cg_1")


@pytest.fixture
def world(district):
    return lived_in(district)


def test_b6_没有凭证的提交_一律拒绝_什么也没有变(world, record_property):
    """Every address × every unsafe method, by whom all pages are open to, by a clerk, by nobody."""
    before, wrong, asked = everything(), [], 0
    clients = [as_("zwb_1", enforce_csrf_checks=True), as_("cg_1", enforce_csrf_checks=True), as_("anonymous", enforce_csrf_checks=True)]
    opened = everything()["django_session"]
    for name in NAMES:
        for client in clients:
            for method in UNSAFE:
                asked += 1
                status = getattr(client, method)(address(name, world)).status_code
                if status != 403:
                    wrong.append((name, method, status))
    record_property("requests", asked)
    assert wrong == [] and asked > 500
    assert everything() == before | {"django_session": opened}


def test_b6_查看什么也不改变(world, request, record_property):
    """GET and HEAD of every address, of real objects and of such as never were, leave every table as it was (sessions apart)."""
    everybody = EVERYBODY if request.config.getoption("--long") else LOOKERS
    before, asked = plain(everything()), 0
    for who in everybody:
        client = as_(who)
        for name in NAMES:
            for where in [address(name, world), *([absent(name)] if who == "zwb_1" and absent(name) else [])]:
                for method in ("get", "head") if who == "zwb_1" else ("get",):
                    asked += 1
                    getattr(client, method)(where)
    record_property("requests", asked)
    assert plain(everything()) == before and asked > 300


def plain(tables):
    return {table: rows for table, rows in tables.items() if table != "django_session"}
