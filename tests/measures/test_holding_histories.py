"""X5, seen to hold: whatever happens to laws and items, sparse sweeps leave the same holds with the same legal days as one each day."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import open_case
from qingdan.kernel.ledger.verify import verify
from qingdan.lists.actions import CHANGE, Change, new_versions
from qingdan.lists.bases.models import BasisDocument, Hold
from qingdan.lists.queries import current
from qingdan.measures.adjustment import holding

from .laws import enter, named, put_all

LAWS = ["甲条例", "乙法", "丙办法"]
FIRST, DAYS = date(2016, 6, 7), 40
ITEMS = 5
SEEDS, FEW = range(10), (0, 8)  # in the eighth a law comes back before anybody noticed its end


def texts(chance):
    """Each item rests on one to three articles of the three laws."""
    return "\n".join(f"《{chance.choice(LAWS)}》第{chance.choice('一二三')}条" for _ in range(chance.randint(1, 3)))


def history(seed):
    """[(day, what, …)]: publications come first on their day; changes of laws are entered late, in time, and long before."""
    chance = random.Random(seed)
    found = []
    for day in range(DAYS):
        for n in range(1, ITEMS + 1):
            if chance.random() < 0.05:
                found.append((day, "publish", str(n), texts(chance)))
        if chance.random() < 0.3:
            sort = chance.choice(["repealed", "repealed", "amended", "restored"])
            places = (f"第{chance.choice('一二三')}条",) if chance.random() < 0.5 else ()
            found.append((day, sort, chance.choice(LAWS), day + chance.choice([-3, 0, 0, 1, 5, 12]), places))
    return {n: ("cg", texts(chance)) for n in map(str, range(1, ITEMS + 1))}, found


def publish(room, n, basis):
    item, zwb = named(n), room.d.zwb.office
    change = Change(CHANGE, item.kind, room.d.cg.office, current(item).content_dict | {"basis": basis}, "政务办", item=item)
    open_case("调", "publish_initial", by=None, office=zwb, title="公布", gives={"政务办": [zwb]}, rows=lambda case: new_versions(change, case))


def live(room, happened, sweeps):
    """The history, with sweeps on these days (at midnight, and after what was entered); returns the holds that are there at its end."""
    for day in range(DAYS + 15):
        on = FIRST + timedelta(days=day)
        if day in sweeps:
            clock.set_fixed(f"{on}T00:05")
            holding.open_repeals()
        for _, what, *more in [h for h in happened if h[0] == day]:
            clock.set_fixed(f"{on}T09:00")
            if what == "publish":
                publish(room, *more)
            else:
                change(room, on, what, *more)
        if day in sweeps:
            clock.set_fixed(f"{on}T09:01")
            holding.open_repeals()
    assert verify().fault is None
    return sorted((h.version.item.code, h.version.number, h.flagged_on) for h in Hold.objects.select_related("version__item"))


def change(room, on, sort, key, effect, places):
    """What cannot have happened (a second repeal, a return of what never ended) is refused, in either life."""
    effect = FIRST + timedelta(days=effect)
    newest = BasisDocument.objects.filter(key=key).order_by("pk").last()
    if newest is not None:
        try:
            enter(room, str(on), sort, newest, str(min(on, effect)), str(effect), places)
        except Refused:
            pass


def seeds():
    """A few in every run, the others with --long."""
    return [pytest.param(seed, marks=[] if seed in FEW else pytest.mark.long) for seed in SEEDS]


@pytest.mark.parametrize("seed", seeds())
def test_第十条一_巡检疏密不同_待核的事项和法定日期都相同(seed, room):
    """And each history holds something, else it would compare nothing with nothing."""
    laws, happened = history(seed)
    put_all(room, laws)
    chance = random.Random(f"sweeps {seed}")
    sparse = {day for day in range(DAYS) if chance.random() < 0.1} | {DAYS + 14}
    lives = []
    for sweeps in (set(range(DAYS + 15)), sparse):
        with transaction.atomic():
            lives.append(live(room, happened, sweeps))
            transaction.set_rollback(True)
    assert lives[0] == lives[1] != []
