"""第十八条至第二十条 (O11): obstruction and retaliation, orders not carried out, misconduct of those who handle. People decide.

第十九条 asks for 正当理由 first: a unit that is late is asked, and only then its default is registered.
"""

from __future__ import annotations

from typing import Unpack

from django.db import models

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import hands
from qingdan.kernel.ledger.acts import open_case, record, repeated
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office
from qingdan.kernel.vault.models import Sealed
from qingdan.statute.complaints_inquiry import LIABILITIES
from qingdan.statute.labels import label
from qingdan.statute.roles import DISTRICT, HANDLER, OFFICE

from .access import CODE, holds, liabilities_visible_to
from .actions import Who, as_given, commitments, ensure_words, said, sealed_words, with_sealed
from .errands import body_says, ensure_unnamed, in_child
from .models import Complaint, Errand, Liability, Passage

TITLE = "投诉责任"
ROLE = {"obstruction": HANDLER, "default": HANDLER, "misconduct": OFFICE, "office": DISTRICT}
"""Who registers it, and decides."""


# ---- 第十九条 逾期的理由 ---------------------------------------------------------------------------------------


def ask_reason(errand: Errand, words: str = "", **who: Unpack[Who]) -> Event:
    """第十九条 逾期的，先问有没有正当理由."""
    return body_says(errand, "ask_reason", Passage.REASON, words, who)


def give_reason(errand: Errand, words: str, **who: Unpack[Who]) -> Event:
    """第十九条 说明逾期的理由：由承办单位写明."""
    ensure_words("give_reason", words, "理由")
    return in_child(errand, "give_reason", Passage.REASON, words, who)


def accept_reason(errand: Errand, words: str, **who: Unpack[Who]) -> Event:
    """第十九条 认定有正当理由."""
    ensure_words("accept_reason", words, "认定的理由")
    return body_says(errand, "accept_reason", Passage.REASON, words, who)


def find_default(errand: Errand, words: str, **who: Unpack[Who]) -> Event:
    """第十九条 认定没有正当理由，或者问了不答：登记为责任，由另一人决定移送或者不移送。"""
    answered = errand.case is not None and errand.case.obligations.filter(row="O11d", how="").exists()
    act = "register_default" if answered else "register_silence"
    ensure_words(act, words, "认定的理由")
    ensure_unnamed(act, errand.complaint, words, who)
    with writing():
        if (before := repeated(who.get("key"), act, errand.case)) is not None:
            return before
        event = in_child(errand, act, Passage.REASON, words, who)
        mine: Who = {"by": who["by"], "office": who["office"]}
        register("default", errand.complaint, errand.office, words, errand=errand, **mine)
    return event


# ---- 登记、决定 ------------------------------------------------------------------------------------------------


def register(kind: str, complaint: Complaint, unit: Office, words: str, *, errand: Errand | None = None, **who: Unpack[Who]) -> Liability:
    """第十八条至第二十条 登记：哪个单位（`unit`）、什么事实和证据。 Refused: not this office's to register, or about itself."""
    wanted, act = LIABILITIES[kind], LIABILITIES[kind].opens
    ensure_words(act, words, "事实和证据")
    _ensure_may(act, kind, complaint, unit, who)
    sealed = sealed_words(complaint.reference, act, text=words.strip())
    with writing():
        case = open_case(
            CODE, wanted.opens, by=who["by"], office=who["office"], title=TITLE, parent=complaint.case, gives={ROLE[kind]: [who["office"]]},
            facts={"sealed": commitments([sealed])}, rows=lambda case: _rows(case, kind, complaint, unit, errand, sealed, who), key=who.get("key"),
        )  # fmt: skip
    found: Liability = liabilities_visible_to(who["office"], clock.today()).get(case=case)
    return found


def _rows(case: Case, kind: str, complaint: Complaint, office: Office, errand: Errand | None, sealed: Sealed, who: Who) -> list[models.Model]:
    row = Liability(complaint=complaint, case=case, kind=kind, office=office, errand=errand, words=sealed, registered_by=who["by"])
    return [sealed, row]


def _ensure_may(act: str, kind: str, complaint: Complaint, office: Office, who: Who) -> None:
    what, mine = f"不能“{label(act)}”", who["office"]
    if not holds(mine, ROLE[kind], clock.today()) or who.get("by") is None:
        raise Refused(what, f"只有{ROLE[kind]}可以登记（{LIABILITIES[kind].article}）", f"请由{ROLE[kind]}登记")
    if office == mine:
        raise Refused(what, "不能登记本单位自己的责任", "请由有权的机关登记")
    if ROLE[kind] == HANDLER and complaint.handler != mine:
        raise Refused(what, "这件投诉不由本机关办理", "请由办理的机关登记")
    if kind == "misconduct" and not holds(office, HANDLER, clock.today()):
        raise Refused(what, f"{office.short}不是投诉处理机关（第二十条）", "请选择投诉处理机关")
    if kind == "office" and not holds(office, OFFICE, clock.today()):
        raise Refused(what, f"{office.short}不是政务办（第二十条）", "请选择政务办")


def refer(liability: Liability, organ: str, number: str, words: str = "", **who: Unpack[Who]) -> Event:
    """第十八条至第二十条 移送：登记人以外的另一人；写明移送的机关和文号（A11）。"""
    act = "refer_liability"
    ensure_words(act, organ, "移送的机关")
    ensure_words(act, number, "移送的文号")
    return _decided(liability, act, Liability.REFERRED, words, who, organ.strip(), number.strip())


def drop(liability: Liability, words: str, **who: Unpack[Who]) -> Event:
    """第十八条至第二十条 不予移送：登记人以外的另一人，写明理由。"""
    ensure_words("drop_liability", words, "不予移送的理由")
    return _decided(liability, "drop_liability", Liability.DROPPED, words, who)


def _decided(liability: Liability, act: str, outcome: str, words: str, who: Who, organ: str = "", number: str = "") -> Event:
    by, what = who.get("by"), f"不能“{label(act)}”"
    if by is None:
        raise Refused(what, "没有写明决定人", "请由本单位的账号办理")
    registered = hands.of_events(hands.that_did(LIABILITIES[liability.kind].opens, liability))
    hands.ensure_another(what, registered, by, "登记和决定不能是同一个人（第十八条至第二十条）", "请由本单位另一人决定")
    told = said(liability.case, Passage.REASON, act, words, who["office"], reference=liability.complaint.reference)

    def rows(case: Case) -> list[models.Model]:
        row: Liability = liabilities_visible_to(who["office"], clock.today()).get(case=case)
        row.outcome, row.organ, row.number, row.decided_by, row.decided_on = outcome, organ, number, by, clock.today()
        return [row, *with_sealed(told)]

    return record(liability.case, act, facts={"sealed": commitments(p.sealed for p in told)}, rows=rows, **as_given(who))
