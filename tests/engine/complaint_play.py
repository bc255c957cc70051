"""A complaint played under the rows of 投诉处理: as `play.py`, with its parties.

`LAW` is read at each use, so that the tests of the rows can play every test under a law with one row less.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from qingdan.statute.complaints import LAW_2016
from qingdan.statute.roles import COMPLAINANT, DISTRICT, HANDLER, OFFICE
from qingdan.statute.terms import Law

from .play import BB, FZB, ZWB, Play

LAW: Law = LAW_2016
SOMEBODY, QZF = "投诉人", "区政府办"


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
