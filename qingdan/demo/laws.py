"""What happens to laws in the demonstration, lived through the product's own acts on its days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from qingdan.lists.bases import actions as bases
from qingdan.lists.bases.models import BasisDocument, Hold, LawChange
from qingdan.measures.adjustment import holding
from qingdan.measures.adjustment.watching import actions as watching

from .content.laws import CHECKED, DECIDED, HAPPENED, MADE_UP, Checked, Decided, Happened
from .content.story import OFFICE, TODAY

if TYPE_CHECKING:
    from .filling import World

Back = Callable[[int], date]


def steps(world: World, back: Back) -> Iterator[tuple[date, Callable[[], object]]]:
    """(day, what is done on it), in no order; `back` counts 工作日 back from TODAY."""
    yield from ((back(c.back), partial(_check, world, c)) for c in CHECKED)
    yield from ((back(h.back), partial(_enter, world, h, back)) for h in HAPPENED)
    yield from ((back(d.back), partial(_decide, world, d)) for d in DECIDED)


def _check(world: World, c: Checked) -> None:
    document = BasisDocument.objects.get(key=c.key)
    for name in bases.BEGINNING:
        setattr(document, name, getattr(c, name, ""))
    bases.check(document, by=world.clerks[OFFICE], office=world.office(OFFICE))


def _enter(world: World, h: Happened, back: Back) -> None:
    change = LawChange(
        sort=h.sort, document=BasisDocument.objects.get(key=h.key), announced_on=back(h.announced), number=h.number,
        takes_effect=TODAY + timedelta(days=h.effect), evidence=MADE_UP, summary=h.summary,
    )  # fmt: skip
    watching.enter(change, h.places, by=world.clerks[h.by], office=world.office(h.by), key=f"demo-{h.key}")


def _decide(world: World, d: Decided) -> None:
    hold = Hold.objects.select_related("case").get(version__item__code=d.code)
    decide = holding.suspend_item if d.act == "suspend_item" else holding.keep_in_force
    decide(hold.case, d.opinion, by=world.heads.get(OFFICE, world.clerks[OFFICE]), office=world.office(OFFICE))
