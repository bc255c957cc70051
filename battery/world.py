"""A small district with many items, filled through the product's own acts in a process of its own: `python -m battery.world ITEMS [CASES]`.

The nine offices and their clerks (`cg_1`, password “p”) are those of the tests. The clock goes on from MOMENT, a Tuesday in 2016.
"""

from __future__ import annotations

import os
import sys

MOMENT = "2016-06-07T09:00:00+08:00"


def main(items: int, cases: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from qingdan.kernel import clock
    from tests.measures.room import Room
    from tests.world import make_district

    call_command("migrate", verbosity=0)
    room = Room(make_district())
    for n in range(1, items + 1):
        room.put(code=code_of(n), name=f"事项{n}")
    for n in range(1, cases + 1):
        room.apply("06-07", _item(n), key=f"put-{n}", promised="3")
    clock.set_fixed(None)
    if settings.CLOCK_FILE:
        from datetime import datetime

        clock.move_to(datetime.fromisoformat(MOMENT))


def code_of(n: int) -> str:
    return f"410105-027-01-{n:03d}-00"


def _item(n: int):  # type: ignore[no-untyped-def]
    from qingdan.lists.models import Item

    return Item.objects.get(code=code_of(n))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "battery.settings"
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
