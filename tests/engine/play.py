"""A case played under the rows of 动态调整: a test reads as the offices act, day by day.

`LAW` is read at each use, so that the tests of the rows can play every test under a law with one row less.
Days are written 06-07 (of 2016) or in full.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from qingdan.engine.duties import Event, Owed, Standing, lapse, step
from qingdan.kernel.calendar import shipped
from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.roles import CHIEF, EGOV, LEAD, OFFICE, REVIEWER, UNIT
from qingdan.statute.terms import Law

LAW: Law = LAW_2016
CAL = shipped()
ZWB, DZZX, CGJ = "政务办", "电子政务中心", "城管局"
FZB, BB, CZJ, STRANGER = "法制办", "编办", "财政局", "路人"
PARTIES = {UNIT: (CGJ,), OFFICE: (ZWB,), EGOV: (DZZX,)}


def d(text: str | date) -> date:
    """06-07 -> 2016-06-07."""
    if isinstance(text, date):
        return text
    return date.fromisoformat(text if len(text) == 10 else f"2016-{text}")


class Play:
    """One case. As the ledger does, every act is preceded by what the law did before that day."""

    def __init__(self, law: Law | None = None) -> None:
        self.s = Standing(law or LAW, CAL)
        self.events: list[Event] = []

    def do(self, act: str, on: str | date, office: str = "", **kw: Any) -> Play:
        self.sweep(on)
        for name in ("dates",):
            if name in kw:
                kw[name] = {k: d(v) for k, v in kw[name].items()}
        if kw.get("ordered"):
            kw["ordered"] = d(kw["ordered"])
        event = Event(act, d(on), office, **{"noted": d(on), **kw})
        step(self.s, event)
        self.events.append(event)
        return self

    def sweep(self, today: str | date) -> Play:
        self.events += lapse(self.s, d(today))
        return self

    # the offices, in the order of the articles

    def cause(self, day: str, on: str | date = "", **kw: Any) -> Play:
        """Registered on the day itself, or later."""
        return self.do("cause_arose", on or day, CGJ, gives=PARTIES, dates={"cause_day": day}, **kw)

    def unit(self, act: str, on: str | date, **kw: Any) -> Play:
        return self.do(act, on, CGJ, **kw)

    def office(self, act: str, on: str | date, **kw: Any) -> Play:
        return self.do(act, on, ZWB, **kw)

    def lead(self, who: str, act: str, on: str | date) -> Play:
        return self.do(act, on, who)

    def egov(self, act: str, on: str | date) -> Play:
        return self.do(act, on, DZZX)

    def refer(self, on: str | date, *leads: str) -> Play:
        leads = leads or (FZB,)
        return self.office("refer", on, gives={LEAD: leads, CHIEF: leads[:1]})

    def refer_review(self, on: str | date, *reviewers: str) -> Play:
        return self.office("refer_review", on, gives={REVIEWER: reviewers or (CZJ,)})

    # what is seen

    @property
    def open(self) -> list[tuple[str, str, str]]:
        """[(row, office, due day 06-12 or "")] of the open duties, in the order of the rows."""
        return [(o.row.id, o.office, day(o.due)) for o in sorted(self.s.open, key=lambda o: list(self.s.law.index).index(o.row.id))]

    @property
    def acts(self) -> list[tuple[str, str]]:
        return [(e.act, day(e.on)) for e in self.events]

    def duty(self, row: str, office: str = "") -> Owed:
        """The newest duty of this row (and office)."""
        return [o for o in self.s.owed if o.row.id == row and office in ("", o.office)][-1]

    def hows(self, row: str) -> list[tuple[str, str]]:
        return [(o.office, o.how) for o in self.s.owed if o.row.id == row]


def day(due: date | None) -> str:
    if due is None:
        return ""
    return due.isoformat()[5:] if due.year == 2016 else due.isoformat()


def applied(cause: str = "06-01", on: str = "06-07") -> Play:
    """The application of rules 2.4: received on 2016-06-07."""
    return Play().cause(cause).unit("apply", on)


def referred(*leads: str) -> Play:
    return applied().refer("06-12", *leads)


def approved(act: str = "approve") -> Play:
    """One lead agreed on 06-13, approved on 06-15."""
    return referred(FZB).lead(FZB, "agree", "06-13").office(act, "06-15")


def confirmed() -> Play:
    return approved().unit("confirm", "06-16")


def objected() -> Play:
    return approved().unit("object", "06-16")
