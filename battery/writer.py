"""One writer: acts without pause through the product's own door, and a line in its log after each commit.

    python -m battery.writer NAME LOG SECONDS      # log: moment of the acknowledgement in nanoseconds, key of the event
"""

from __future__ import annotations

import os
import sys
import time
from itertools import count
from pathlib import Path

import django


def main(name: str, log: Path, seconds: float) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "battery.settings")
    django.setup()
    until = time.monotonic() + seconds
    with log.open("a") as out:
        for n in count():
            if time.monotonic() > until:
                break
            key = f"{name}-{n}"
            act(key, n)
            out.write(f"{time.time_ns()} {key}\n")
            out.flush()


def act(key: str, n: int) -> None:
    """By turns: an office, a stored file, a case that begins (第五条)."""
    from django.core.files.base import ContentFile

    from qingdan.kernel import clock
    from qingdan.kernel.files.store import keep
    from qingdan.kernel.ledger.acts import note, open_case
    from qingdan.kernel.offices.models import Office
    from qingdan.statute.roles import EGOV, OFFICE, UNIT

    if n % 3 == 0:
        note("create_office", by=None, rows=[Office(code=key, name=key, short=key[:20])], key=key)
    elif n % 3 == 1:
        note("fill", by=None, rows=[keep(ContentFile(f"{key} 的内容".encode(), f"{key}.txt"))], key=key)
    else:
        unit, office, egov = (Office.objects.get(code=code) for code in ("cg", "zwb", "dzzw"))
        gives = {UNIT: [unit], OFFICE: [office], EGOV: [egov]}
        open_case("调", "cause_arose", by=unit.posts.first().person, office=unit, title=key, gives=gives, dates={"cause_day": clock.today()}, key=key)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
