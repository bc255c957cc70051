"""50,000 complaints: the work list and the register stay what they were with a few, in queries and in length.

The rows are put in beside the actions, in bulk: what is looked at is reading.
"""

import time
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Case, Obligation
from qingdan.kernel.rows import recording
from qingdan.kernel.vault.sealing import seal
from qingdan.measures.complaints.models import Complaint

from .room import moment

pytestmark = [pytest.mark.django_db, pytest.mark.writes_past]
PATHS = ("/complaints/", "/complaints/?clock=accept", "/complaints/?clock=handle&page=2", "/complaints/register/", "/complaints/register/?state=handle&body=fzb",
         "/complaints/register/?state=decided", "/desk/")  # fmt: skip
STAGES = (("D15", "zwb"), ("D16", "fzb"), ("D18", "fzb"), ("D18", "bb"), (None, "fzb"))
OPENED = date(2016, 9, 12)


def put(rows):
    with recording():
        type(rows[0])._base_manager.bulk_create(rows, batch_size=500)


def many(room, first, count):
    """So many complaints, a fifth at each stage and a fifth ended; three quarters of them about some office."""
    content = seal("content", f"many{first:012d}", {"text": "…"})
    note("fill", by=None, rows=[content])
    offices = {code: room.office(code) for code in ("zwb", "fzb", "bb", "cg", "hyl", "czj")}
    accused = [offices["cg"], offices["hyl"], offices["czj"], None]
    told = range(first, first + count)
    cases = [Case(law="诉", edition=date(2016, 5, 6), year=2016, serial=100_000 + n, number=f"诉2016-M{n:07d}", title="投诉",
                  office=offices["zwb"], opened_on=OPENED) for n in told]  # fmt: skip
    put(cases)
    staged = [(n, case, *STAGES[n % len(STAGES)]) for n, case in zip(told, cases, strict=True)]
    put([
        Complaint(case=case, reference=f"M{n:015d}", channel="phone", received_at=moment("2016-09-12T09:00"), respondent_kind="organ", grounds="7",
                  respondent_office=accused[n % 4], handler=None if row == "D15" else offices[code], content=content)
        for n, case, row, code in staged
    ])  # fmt: skip
    put([
        Obligation(id=f"{case.pk}:1:{row}:{code}", case=case, row=row, article="第十条", office_code=code, acts="accept", source="REGULATION",
                   since=OPENED, due=OPENED + timedelta(days=n % 40), opened_n=1, calendar="")
        for n, case, row, code in staged if row
    ])  # fmt: skip


def costs(client):
    found = {}
    for path in PATHS:
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert response.status_code == 200, path
        found[path] = len(queries), len(response.content), time.perf_counter() - began
    return found


@pytest.mark.parametrize("count", [300, pytest.param(50_000, marks=pytest.mark.long)])
def test_再多的投诉_查询次数和页面长短都不变(room, client_as, count, record_property):
    clients = [client_as(who) for who in ("zwb_1", "fzb_1")]
    room.on("09-20")
    many(room, 1, 700)
    before = [costs(client) for client in clients]
    many(room, 1001, count)
    for first, client in zip(before, clients, strict=True):
        after = costs(client)
        assert {path: found[0] for path, found in after.items()} == {path: found[0] for path, found in first.items()}
        assert all(after[path][1] < first[path][1] * 1.2 for path in PATHS)
        record_property("seconds", {path: round(found[2], 2) for path, found in after.items()})
