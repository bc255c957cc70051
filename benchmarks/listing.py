"""The public list of 10,000 items, its page of 50 rows: against a minimal Django view of the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from qingdan.kernel import clock
from qingdan.lists.importing import committing
from qingdan.lists.importing.reading import read
from qingdan.lists.schema import LISTS
from tests.lists.samples import HEADER, csv_bytes

from . import filling
from .measuring import Line, at_most, seconds
from .minimal import MIDDLEWARE

ITEMS, VIEWS, DAY = 10_000, 20, "2016-06-07T10:00"


def lines(engine: str) -> Iterator[Line]:
    d = filling.district()
    with clock.frozen(DAY):
        for start in range(0, ITEMS, 5000):
            rows = ([*_row(i)] for i in range(start, start + 5000))
            sheet = read(csv_bytes([HEADER, *rows]), "清单.csv")
            committing.commit("权责", sheet, committing.plan("权责", sheet).digest, by=d.zwb.person, office=d.zwb.office)
        ours, theirs = _visitor(reverse("portal:list", args=[LISTS["权责"].slug])), _peer()
        what, peer = f"the list page, 50 of {ITEMS:,} items", "a minimal Django view of the same rows"
        yield at_most(what, peer, lambda _: seconds(ours, VIEWS), lambda _: seconds(theirs, VIEWS), 2, engine)


def _row(i: int) -> list[str]:
    return ["城管局", f"事项{i}", f"410105-{i:06d}", "01", "0371-63526000"]


def _visitor(address: str) -> Callable[[], None]:
    client = Client()
    assert client.get(address).content.count(b"<tr") >= 50

    def visits() -> None:
        for n in range(VIEWS):
            client.get(address, {"page": n + 1})

    return visits


def _peer() -> Callable[[], None]:
    with override_settings(MIDDLEWARE=MIDDLEWARE):  # read with the first request of this visitor
        return _visitor("/minimal/")
