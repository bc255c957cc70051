"""Small districts, filled through the product's own acts in a process of its own: `python -m battery.world SCENE [N]`.

The nine offices and their clerks (`cg_1`, and here `cg_2`; password “p”) are those of the tests. The clock goes on from MOMENT, a Tuesday in 2016.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.measures.room import Room

MOMENT = "2016-06-07T09:00:00+08:00"
SCENES: dict[str, Callable[..., Any]] = {}


def scene(build: Callable[..., Any]) -> Callable[..., Any]:
    SCENES[build.__name__] = build
    return build


@scene
def items(room: Room, n: str) -> None:
    """So many items in force."""
    for i in range(1, int(n) + 1):
        room.put(code=code_of(i), name=f"事项{i}")


@scene
def applied(room: Room, n: str) -> None:
    """So many applications, handed in on the day of MOMENT, each about an item of its own: case i is about item i."""
    items(room, n)
    for i in range(1, int(n) + 1):
        room.apply("06-07", _item(i), key=f"put-{i}", promised="3")


@scene
def night(room: Room, day: str, first: str, n: str) -> None:
    """On this day n cases about the items from `first` on come to 法制办, all due in the same night."""
    for i in range(int(first), int(first) + int(n)):
        room.refer(day, room.apply(day, _item(i), key=f"put-{i}", promised="3", cause_day=day), "fzb")


@scene
def silence(room: Room, n: str) -> None:
    """n cases each that wait for an opinion, for a confirmation and for the acceptance of a refusal, begun on several days."""
    items(room, str(3 * int(n)))
    for i in range(1, int(n) + 1):
        day = f"06-{13 + 3 * i // (int(n) + 1)}"
        first, second, third = (room.apply(day, _item(i + k * int(n)), key=f"put-{i}-{k}", promised="3") for k in range(3))
        for case in (first, second, third):
            room.refer(day, case)
        for case in (second, third):
            room.say(day, "fzb", case, "disagree" if case is third else "agree", "意见")
        room.say(day, "zwb", third, "refuse", "不予核准")
        room.approve(day, second)


@scene
def told(room: Room, n: str) -> None:
    """n notices to an office of two people who want each as a letter; beside every fourth, one that is rolled back."""
    from django.db import transaction

    from qingdan.kernel.notices.actions import set_mail
    from qingdan.kernel.notices.telling import tell
    from qingdan.kernel.offices.models import Person

    room.on("06-07")
    for username in ("cg_1", "cg_2"):
        set_mail(by=Person.objects.get(username=username), office=room.d.cg.office, address=f"{username}@example.gov.cn", mode="each")
    for i in range(int(n)):
        tell(room.d.cg.office, f"第 {i} 件事", key=f"told:{i}")
        if i % 4 == 3:
            with transaction.atomic():
                tell(room.d.cg.office, f"撤销的第 {i} 件事", key=f"never:{i}")
                transaction.set_rollback(True)


def main(name: str, *args: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from qingdan.kernel import clock
    from qingdan.kernel.ledger.models import Event
    from tests.measures.room import Room

    call_command("migrate", verbosity=0)
    SCENES[name](Room(_as_it_is() if Event.objects.exists() else _district()), *args)
    clock.set_fixed(None)
    if settings.CLOCK_FILE:
        last = Event.objects.order_by("-seq")[0].recorded_at
        clock.move_to(max(datetime.fromisoformat(MOMENT), last + timedelta(hours=1)))


def _as_it_is() -> Any:
    from qingdan.kernel.offices.models import Office, Person
    from tests.world import OFFICES

    offices, people = ({o.code: o for o in Office.objects.all()}, {p.username: p for p in Person.objects.all()})
    return SimpleNamespace(**{code: SimpleNamespace(office=offices[code], person=people[f"{code}_1"]) for code in OFFICES})


def _district() -> Any:
    """That of the tests, with a second clerk in each office."""
    from qingdan.kernel import clock
    from qingdan.kernel.ledger.acts import note
    from qingdan.kernel.offices.models import Person, Post
    from tests.world import BEGINNING, OFFICES, make_district

    district = make_district()
    first = {code: getattr(district, code) for code in OFFICES}
    people = {code: Person(username=f"{code}_2", name=f"{side.office.short}经办乙", password=side.person.password) for code, side in first.items()}
    posts = [Post(person=people[code], office=side.office, valid_from=date(2016, 5, 6)) for code, side in first.items()]
    with clock.frozen(BEGINNING):
        note("appoint_second_clerks", by=None, rows=[*people.values(), *posts])
    return district


def code_of(n: int) -> str:
    return f"410105-027-01-{n:03d}-00"


def _item(n: int) -> Any:
    from qingdan.lists.models import Item

    return Item.objects.get(code=code_of(n))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "battery.settings"
    main(*sys.argv[1:])
