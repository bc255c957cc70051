"""A complaint played under the rows of 投诉处理: as `play.py`, with its parties.

`LAW` is read at each use, so that the tests of the rows can play every test under a law with one row less.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from qingdan.statute.complaints import LAW_2016
from qingdan.statute.roles import COMPLAINANT, DISTRICT, HANDLER, OBLIGED, OFFICE
from qingdan.statute.terms import Law

from .play import BB, CGJ, FZB, ZWB, Play

LAW: Law = LAW_2016
SOMEBODY, QZF = "投诉人", "区政府办"
NAMED, HEARD = ("name_investigators",), ("hear_complainant", "hear_respondent")


class Complaint(Play):
    """One complaint; `by_office` came to 政务办, `direct` to a handling body, `about_office` to 区政府."""

    def __init__(self) -> None:
        super().__init__(LAW)

    def by_office(self, received: str | date, on: str | date = "") -> Complaint:
        return self.begin("receive_at_office", ZWB, {OFFICE: (ZWB,)}, received, on)

    def direct(self, received: str | date, on: str | date = "", body: str = FZB) -> Complaint:
        return self.begin("receive_directly", body, {HANDLER: (body,), OFFICE: (ZWB,)}, received, on)

    def about_office(self, received: str | date, on: str | date = "") -> Complaint:
        return self.begin("receive_about_office", QZF, {DISTRICT: (QZF,)}, received, on)

    def begin(self, act: str, office: str, gives: dict[str, tuple[str, ...]], received: str | date, on: str | date) -> Complaint:
        self.do(act, on or received, office, gives={COMPLAINANT: (SOMEBODY,), **gives}, dates={"received_day": received})
        return self

    def assign(self, on: str | date, body: str = FZB, act: str = "assign", office: str = ZWB) -> Complaint:
        return self.act(act, on, office, gives={HANDLER: (body,)})

    def body(self, act: str, on: str | date, body: str = FZB) -> Complaint:
        return self.act(act, on, body)

    def bodies(self, on: str | date, *acts: str) -> Complaint:
        """Several acts of 法制办 on one day."""
        for act in acts:
            self.body(act, on)
        return self

    def extend(self, on: str | date, until: str | date = "") -> Complaint:
        return self.act("extend_handling", on, FZB, ordered=until or None)

    def transfer(self, on: str | date, to: str = BB) -> Complaint:
        return self.act("transfer", on, FZB, gives={HANDLER: (to,)})

    def citizen(self, act: str, on: str | date) -> Complaint:
        return self.act(act, on, SOMEBODY)

    def act(self, act: str, on: str | date, office: str, **kw: Any) -> Complaint:
        self.do(act, on, office, **kw)
        return self


def assigned() -> Complaint:
    """Came to 政务办 on 09-12, 批转 to 法制办 on 09-13."""
    return Complaint().by_office("09-12").assign("09-13")


def asked() -> Complaint:
    """法制办 asked for evidence on 09-14."""
    return assigned().body("ask_evidence", "09-14")


def transferred() -> Complaint:
    """法制办 passed it on to 编办 on 09-14."""
    return assigned().transfer("09-14")


def taken_up(on: str = "09-12") -> Complaint:
    """Received and accepted by 法制办 on this day: twenty 工作日, from 09-12 until 10-14."""
    return Complaint().direct(on).body("accept", on)


def ready(on: str = "09-12") -> Complaint:
    """Two investigators named, both sides heard: it can be decided."""
    return taken_up(on).bodies(on, *NAMED, *HEARD)


class Errand(Play):
    """A case of its own that an office opens: what a unit is handed, ordered or has to carry out, or a liability. It says nothing of the complaint."""

    def __init__(self, act: str, on: str | date = "09-12", until: str | date = "", by: str = FZB, role: str = HANDLER, to: str = CGJ) -> None:
        super().__init__(LAW)
        self.do(act, on, by, gives={role: (by,), **({OBLIGED: (to,)} if to else {})}, ordered=until or None)

    def body(self, act: str, on: str | date, until: str | date = "", body: str = FZB) -> Errand:
        self.do(act, on, body, ordered=until or None)
        return self

    def unit(self, act: str, on: str | date, **kw: Any) -> Errand:
        self.do(act, on, CGJ, **kw)
        return self
