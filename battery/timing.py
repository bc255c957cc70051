"""f8: how long the answers take. Forbidden and absent are asked for in turn; by their times alone nobody can tell which was which.

Run by pytest, named on its command line (the line f8 does so): it measures, and so is no test of the suite.
"""

from __future__ import annotations

import gc
import random
import secrets
from time import perf_counter

import pytest

from qingdan.demo.leaks.world import World, live
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.vault.models import Sealed
from qingdan.measures.complaints.models import Errand, Liability

PAIRS, TIMES, WITHIN = 600, 3, (0.45, 0.55)
KINDS = ("complaint", "case", "why", "errand", "liability", "file", "identity", "code")


def area(ours: list[float], others: list[float]) -> float:
    """How often one of ours takes longer than one of the others, ties half: 0.5 where they cannot be told apart."""
    ranked = sorted([(t, 1) for t in ours] + [(t, 0) for t in others])
    ranks, at = 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        ranks += sum(which for _, which in ranked[at:end]) * (at + 1 + end) / 2
        at = end
    return (ranks - len(ours) * (len(ours) + 1) / 2) / (len(ours) * len(others))


@pytest.fixture
def world(db):
    yield live(complaint=True)
    clock.set_fixed(None)


def asked(world: World, name: str):
    """(ask forbidden, ask absent) of one kind."""
    assert world.complaint is not None
    number, reference, never = world.complaint.case.number, world.complaint.reference, "诉2016-00000000"
    if name == "code":
        client = world.as_("anonymous")

        def ask(wanted: str) -> None:
            sent = {"reference": wanted, "code": secrets.token_hex(10)}
            client.post("/write/status/", sent, REMOTE_ADDR=f"2001:db8:{secrets.randbelow(65536):x}:{secrets.randbelow(65536):x}::1")

        return lambda: ask(reference), lambda: ask("0" * 16)
    errand, entry = (row.rows.get(complaint=world.complaint).case.number for row in (Errand, Liability))
    duty = Obligation.objects.filter(case=world.complaint.case)[0].place
    stored = Sealed.objects.filter(subject=reference, kind=Sealed.FILE).select_related("file")[0].file.stored
    who, real, absent = {
        "complaint": ("bb_1", f"/complaints/{number}/", f"/complaints/{never}/"), "case": ("cg_1", f"/desk/cases/{number}/", f"/desk/cases/{never}/"),
        "why": ("cg_1", f"/desk/cases/{number}/why/{duty}/", f"/desk/cases/{never}/why/{duty}/"),
        "errand": ("cg_1", f"/complaints/errands/{errand}/", f"/complaints/errands/{never}-01/"),
        "liability": ("bb_1", f"/complaints/liability/{entry}/", f"/complaints/liability/{never}-02/"),
        "file": ("cg_1", f"/files/{stored}/", f"/files/{'0' * len(stored)}/"),
        "identity": ("cg_1", f"/vault/identity/{reference}/", f"/vault/identity/{'0' * 16}/"),
    }[name]  # fmt: skip
    client = world.as_(who)
    return lambda: client.get(real), lambda: client.get(absent)


@pytest.mark.parametrize("name", KINDS)
def test_f8(world, name, record_property):
    forbidden, absent = asked(world, name)
    for _ in range(30):
        forbidden(), absent()
    found = []
    for _ in range(TIMES):
        times: tuple[list[float], list[float]] = ([], [])
        gc.disable()
        try:
            for _ in range(PAIRS):
                for which in random.sample((0, 1), 2):
                    begun = perf_counter()
                    (forbidden, absent)[which]()
                    times[which].append(perf_counter() - begun)
        finally:
            gc.enable()
        found.append(area(*times))
    record_property("pairs", PAIRS * TIMES)
    assert all(WITHIN[0] <= a <= WITHIN[1] for a in found), found
