"""Ledgers of a size: cases with valid events, written in bulk through the ledger's own chain and replay, so that `verify` agrees."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from unittest import mock

from qingdan.kernel import clock
from qingdan.kernel.ledger import append, canonical
from qingdan.kernel.ledger.acts import LAPSE, acting
from qingdan.kernel.ledger.append import Draft
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.ledger.standing import rewrite_shadows, stand_all
from qingdan.kernel.rows import recording
from qingdan.statute.laws import law_on
from qingdan.statute.roles import CHIEF, EGOV, LEAD, OFFICE, UNIT
from tests.world import make_district

CHUNK = 2000
BEGAN = date(2016, 6, 1)
Path = list[tuple[str, date]]
"""The acts of a case and their days: apply, refer, withdraw."""


def district() -> SimpleNamespace:
    """The nine offices, and the ledger begun."""
    return make_district()


def cases(d: SimpleNamespace, n: int, path: Path) -> list[int]:
    """`n` cases that went this way; returns their keys. Their events lie case after case."""
    keys: list[int] = []
    for start in range(0, n, CHUNK):
        keys += _some(d, min(CHUNK, n - start), path)
    return keys


def _some(d: SimpleNamespace, n: int, path: Path) -> list[int]:
    last = path[-1][1]
    with clock.frozen(f"{last}T12:00"), acting(LAPSE):
        before = Case.objects.order_by("-serial").values_list("serial", flat=True).first() or 0
        edition = law_on("调", BEGAN).in_force
        new = [
            Case(law="调", edition=edition, year=2016, serial=i, number=f"调2016-{i:07d}", title=f"变更：事项{i}", office=d.cg.office,
                 subject=f"410105-{i:08d}", opened_on=path[0][1])
            for i in range(before + 1, before + n + 1)
        ]  # fmt: skip
        with recording():
            Case.objects.bulk_create(new, batch_size=500)
        _append([draft for case in new for draft in _drafts(d, case, path)])
        keys = [case.pk for case in new]
        rewrite_shadows(list(stand_all(keys)))
    return keys


def _drafts(d: SimpleNamespace, case: Case, path: Path) -> list[Draft]:
    first = {UNIT: ["cg"], OFFICE: ["zwb"], EGOV: ["dzzw"]}
    who = {"refer": d.zwb}
    found = []
    for n, (act, on) in enumerate(path, 1):
        side = who.get(act, d.cg)
        gives = first if n == 1 else {LEAD: ["fzb"], CHIEF: ["fzb"]} if act == "refer" else {}
        found.append(Draft(act, on, side.office.code, side.person, case=case, n=n, gives=gives, facts={"opinion": "意见。"}))
    return found


def _append(drafts: list[Draft]) -> None:
    """As `append_all`; the first event of each case bears the digest of its row, taken from memory and not read back one by one."""
    head = append.lock_head()
    with mock.patch.object(append, "_digests", _digests):
        events = [append._next(head, draft, [draft.case] if draft.n == 1 and draft.case else []) for draft in drafts]
    Event.objects.bulk_create(events, batch_size=500)
    head.save()


def _digests(rows: list[Case], alg: str, salt: str) -> list[list[object]]:
    columns = [f.attname for f in Case._meta.concrete_fields]
    return [["ledger_case", row.pk, canonical.row_digest(alg, salt, "ledger_case", {name: getattr(row, name) for name in columns})] for row in rows]


def open_duties(d: SimpleNamespace, n: int, due: date) -> None:
    """`n` open duties of one case that are not yet due, as rows of the shadow only: what a sweep has to pass by."""
    key = cases(d, 1, [("cause_arose", BEGAN), ("apply", BEGAN)])[0]
    for start in range(0, n, 50_000):
        Obligation.objects.bulk_create(
            (_obligation(key, i, due + timedelta(days=i % 400)) for i in range(start, min(start + 50_000, n))), batch_size=500
        )


def _obligation(case: int, i: int, due: date) -> Obligation:
    return Obligation(
        id=f"{case}:{i}:D4:x{i}", case_id=case, row="D4", article="第七条（三）", office_code=f"x{i % 100}", acts="agree", source="LAW", since=BEGAN,
        due=due, earliest=due, latest=due, lapses=True, opened_n=1, calendar="bench", counted="", how="",
    )  # fmt: skip

