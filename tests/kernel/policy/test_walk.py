"""b1: every address × everybody × every method, with objects that exist and with such as never did, against the declared policy."""

import logging

import pytest

from qingdan.kernel.policy.declared import DECLARED
from qingdan.kernel.policy.middleware import CSP

from .walking import (
    ADMITTED,
    EVERYBODY,
    METHODS,
    NAMES,
    NOBODY,
    OF_EACH_CIRCLE,
    OFF,
    absent,
    address,
    as_,
    ask,
    expected,
    lived_in,
    outcome,
)  # fmt: skip

pytestmark = pytest.mark.django_db
PARTS = 4  # so that several workers share the walk
EVERY_METHOD = (NOBODY, "zwb_1", "cg_1")  # the others only look, and of those who belong to the same circle one does; --long: all
ELSEWHERE = {  # what is no object of anybody's, or is answered by a word on the page before
    ("lists:import_plan", "GET"): 302, ("lists:import_plan", "HEAD"): 302, ("lists:import_plan", "POST"): 302,
    ("adjustment:throw_away", "POST"): 302,  # thrown away already: that was wished
    ("adjustment:gather", "GET"): 200, ("adjustment:gather", "HEAD"): 200, ("adjustment:gather", "POST"): 422,  # a group is a name that drafts share
}  # fmt: skip


@pytest.fixture
def world(district):
    logging.disable(logging.WARNING)  # thousands of refusals, each of which Django would write down
    yield lived_in(district)
    logging.disable(logging.NOTSET)


def deviations(name, where, clients, methods):
    """(who, method, status) where the answer is not the declared one, and what lacks its headers."""
    for who, client in clients.items():
        for method in methods(who):
            response = ask(client, method, where)
            promised = expected(name, who, method)
            if response.status_code >= 500 or outcome(response) != promised:
                yield f"{who} {method} {where}: {response.status_code}, declared: {promised}"
            if response.get("Content-Security-Policy") != CSP or (named(who, name, promised) and response.get("Cache-Control") != "no-store"):
                yield f"{who} {method} {where}: headers"
            if promised == "method" and response.get("Allow") != ", ".join(DECLARED[name].methods):
                yield f"{who} {method} {where}: Allow"


def named(who, name, promised):
    """Does the product know who asks? Whoever has just logged out is nobody, and so is whose account is off."""
    return who not in (NOBODY, OFF) and not (name == "desk:logout" and promised == "served")


def one_or_all(long):
    return lambda who: METHODS if long or who in EVERY_METHOD else ("GET",)


@pytest.mark.parametrize("part", range(PARTS))
def test_b1_每个网址对每个人每种方法_都按登记的答复(part, world, request, record_property):
    long = request.config.getoption("--long")
    clients, methods = {who: as_(who) for who in (EVERYBODY if long else OF_EACH_CIRCLE)}, one_or_all(long)
    names = NAMES[part::PARTS]
    wrong = [d for name in names for d in deviations(name, address(name, world), clients, methods)]
    record_property("requests", len(names) * sum(len(methods(who)) for who in clients))
    assert wrong == []


def test_b1_从来没有的对象_答没有这一页_不出错(world, request, record_property):
    """For whoever may use the page: 404 whatever the method that is declared; for all others the same as with an object that exists."""
    long = request.config.getoption("--long")
    clients = {who: as_(who) for who in (EVERYBODY if long else ("zwb_1", "cg_1"))}
    wrong, asked = [], 0
    for name in NAMES:
        for where in {absent(name, 0), absent(name, 1)} - {None}:
            for who, client in clients.items():
                for method in METHODS if long else ("GET", "POST"):
                    asked += 1
                    response, promised = ask(client, method, where), expected(name, who, method)
                    if outcome(response) != promised or (promised == "served" and response.status_code != ELSEWHERE.get((name, method), 404)):
                        wrong.append(f"{who} {method} {where}: {response.status_code}")
    record_property("requests", asked)
    assert asked > 100
    assert "\n".join(wrong) == ""


def test_b1_走查的每个受众里都有人_也有人在外面():
    """The walk is alive: for each audience but the public's, somebody is admitted and somebody is not."""
    used = {page.audience.key for page in DECLARED.values()} - {"public", "demonstration"}
    for walkers in (EVERYBODY, OF_EACH_CIRCLE):
        assert all(set() < ADMITTED[key] & set(walkers) < set(walkers) for key in used)
