"""Everybody who could have a hand in a complaint: two bodies with all kinds of people, the accused and another unit, 政务办, 区政府.

Of each body: three clerks, two heads, a custodian, a head who is custodian, one named in what is said, one whom the list names, one with an interest
of their own, one with a second post in the accused unit, and a head who stands in for the first clerk. `WHAT_STANDS_AGAINST` tells it to the notebook.
"""

from __future__ import annotations

from copy import copy
from datetime import date
from types import SimpleNamespace

from qingdan.kernel import clock
from qingdan.kernel.leave import actions as leave
from qingdan.kernel.ledger.acts import note, open_case
from qingdan.kernel.offices.actions import entrust
from qingdan.kernel.offices.models import Person, Post
from qingdan.kernel.vault import interests
from qingdan.lists.actions import Change, new_versions
from qingdan.lists.models import Item
from tests.lists.samples import code, complete

from .room import IDENTITY, give_roles

BODIES = ("fzb", "bb")
ACCUSED, OTHER = "cg", "hyl"
UNITS = (ACCUSED, OTHER)
SINCE = date(2016, 5, 6)
KINDS = {
    "2": "经办乙", "3": "经办丙", "h": "负责人甲", "h2": "负责人乙", "key": "保管员", "keyh": "保管负责人", "named": "被点名的", "listed": "事项经办",
    "kin": "有亲属的", "both": "兼职的", "sub": "代办负责人",
}  # fmt: skip
HEADS = ("h", "h2", "keyh", "sub")
WHAT_STANDS_AGAINST = {"key": "custodian", "keyh": "custodian", "named": "named", "listed": "listed", "kin": "interest", "both": "accused"}


def make_crowd(district):
    """`person`: user name -> Person; `home`: user name -> code of the office; `office`: code -> Office; `item`: one whose list entry names two people."""
    give_roles(district)
    office = {c: getattr(district, c).office for c in (*BODIES, *UNITS, "zwb", "qz", "fgw")}
    person = {f"{c}_1": getattr(district, c).person for c in office}
    home = {name: name.split("_")[0] for name in person}
    rows, posts = [], []
    for body in BODIES:
        for kind, name in KINDS.items():
            one = person[f"{body}_{kind}"] = Person(username=f"{body}_{kind}", name=f"{office[body].short}{name}")
            home[one.username] = body
            rows.append(one)
            posts.append(Post(person=one, office=office[body], rank=Post.HEAD if kind in HEADS else Post.CLERK, valid_from=SINCE))
        posts.append(Post(person=person[f"{body}_both"], office=office[ACCUSED], valid_from=SINCE))
    for where in (*UNITS, "zwb", "qz"):
        for n in ("2", "h"):
            one = person[f"{where}_{n}"] = Person(username=f"{where}_{n}", name=f"{office[where].short}某{n}")
            home[one.username] = where
            rows.append(one)
            posts.append(Post(person=one, office=office[where], rank=Post.HEAD if n == "h" else Post.CLERK, valid_from=SINCE))
    with clock.frozen("2016-05-06T08:50"):
        note("more_people", by=None, rows=[*rows, *posts])
        for body in BODIES:
            for kind in ("key", "keyh"):
                entrust(person=person[f"{body}_{kind}"], office=office[body], by=None)
            interests.declare("phone", "relative", IDENTITY["phone"], by=person[f"{body}_kin"], office=office[body])
    crowd = SimpleNamespace(person=person, home=home, office=office, item=_item(office, person))
    with clock.frozen("2016-06-01T08:50"):
        for body in BODIES:
            first, sub = person[f"{body}_1"], person[f"{body}_sub"]
            leave.announce(post=first.posts.get(), substitute=sub, first=date(2016, 6, 1), last=date(2017, 5, 31), by=first)
    return crowd


def _item(office, person):
    """An item of 城管局; its entry names who handles it."""
    content = complete("权责", code(1), "占道审核") | {"handling_office": "、".join(person[f"{body}_listed"].name for body in BODIES)}
    with clock.frozen("2016-05-06T09:00"):
        change = Change("new", "权责", office[ACCUSED], content, "政务办")
        gives = {"政务办": [office["zwb"]]}
        open_case("调", "publish_initial", by=None, office=office["zwb"], title="公布", gives=gives, rows=lambda case: new_versions(change, case))
    return Item.objects.get()


def standing_in(person, absent):
    """The person, acting in the place of the other."""
    one = copy(person)
    one.stands_for = (absent,)
    return one
