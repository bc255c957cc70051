"""Items that rest on laws, and what happens to the laws: each verb is one action of the product."""

from __future__ import annotations

from datetime import date

from qingdan.kernel.ledger.models import Case, Event
from qingdan.lists.bases.models import BasisDocument, LawChange
from qingdan.lists.queries import find
from qingdan.measures.adjustment import holding
from qingdan.measures.adjustment.watching import actions

from .room import day

TEXTS = {"1": ("cg", "《甲条例》第三条"), "2": ("cg", "《甲条例》第三条\n《乙法》第一条"), "3": ("hyl", "《甲条例》第五条"), "4": ("hyl", "《乙法》第一条")}


def code(n) -> str:
    return f"410105-027-01-{int(n):03d}-00"


def put_all(room, texts=TEXTS):
    """{"1": item, …}: two of 城管局, two of 花园路街道."""
    return {n: room.put(code=code(n), unit=unit, name=f"事项{n}", basis=basis) for n, (unit, basis) in texts.items()}


def law(key) -> BasisDocument:
    return BasisDocument.objects.filter(key=key).order_by("pk").last()


def enter(room, on, sort, document, announced, takes_effect="", places=(), who="zwb", units=(), items=(), key="k", **more) -> Event:
    """On that day this office enters what happened to a law."""
    room.on(on)
    change = LawChange(
        sort=sort, document=document if isinstance(document, BasisDocument) else law(document), evidence="公报第1期",
        announced_on=date.fromisoformat(day(announced)), takes_effect=date.fromisoformat(day(takes_effect or announced)), **more,
    )  # fmt: skip
    return actions.enter(change, places, units=room.offices(*units), items=items, key=f"{key}-{LawChange.objects.count()}", **room.who(who))


def repeal(room, on="06-07", announced="06-06", takes_effect="09-12", **more) -> Event:
    return enter(room, on, "repealed", more.pop("document", "甲条例"), announced, takes_effect, **more)


def sweep(room, *days, hour="00:05"):
    """The sweep runs on these days; returns how many cases it opened."""
    opened = 0
    for text in days:
        room.on(text, hour)
        opened += holding.open_repeals()
    return opened


def flagged() -> list[tuple[str, str, bool]]:
    """[(item, legal day, 不可归责)] of every 依据废止."""
    events = Event.objects.filter(act="basis_repealed").select_related("case").order_by("seq")
    return [(e.facts["code"][-6:-3], e.on.isoformat(), e.case.obligations.get(row="X5").born_late) for e in events]


def case_of(item) -> Case:
    return Case.objects.get(subject=item.code, hold__isnull=False)


def named(n):
    return find(code(n))
