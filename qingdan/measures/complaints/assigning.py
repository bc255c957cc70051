"""第九条、第十条 to whom a complaint goes: 批转, the naming by 区政府, the one transfer, and what 政务办 settles."""

from __future__ import annotations

from typing import Unpack

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office
from qingdan.statute.labels import label
from qingdan.statute.roles import HANDLER

from .access import holds
from .actions import Who, said, write
from .filing import bodies_for, is_office, names_of
from .models import Complaint, Passage


def assign(case: Case, body: Office, reason: str = "", respondent: Office | None = None, **who: Unpack[Who]) -> Event:
    """第十条 批转：分类登记后，按第九条的职责分工批转；不按建议的写明理由。`respondent`: 登记时没有写明、现在核明的被投诉单位。"""
    told = said(case, Passage.OVERRIDE, "assign", reason, who["office"])

    def rows(complaint: Complaint) -> list[Complaint]:
        if respondent is not None and complaint.respondent_office is None:
            _ensure_not_office("assign", respondent)
            complaint.respondent_office = respondent
        _ensure_body("assign", body, complaint)
        complaint.handler, complaint.overridden = body, differs(complaint, body)
        if complaint.overridden and not told:
            why = f"建议批转{names_of(complaint.suggested)}，所选的是{body.short}（第九条）"
            raise Refused("不能“批转”", why, "请写明不按建议批转的理由")
        return [complaint]

    return write(case, "assign", told, rows, who, gives={HANDLER: [body]})


def differs(complaint: Complaint, body: Office) -> bool:
    """S13: is this another body than the one that the item or the ground points to?"""
    return bool(complaint.suggested) and body not in bodies_for(complaint.suggested)


def assign_by_district(case: Case, body: Office, reason: str = "", **who: Unpack[Who]) -> Event:
    """第三条 区政府指定处理机关：投诉政务办的（S14）。"""
    return _given("assign_by_district", case, body, reason, who)


def transfer(case: Case, body: Office, reason: str, **who: Unpack[Who]) -> Event:
    """第九条 收错的，转给应当处理的机关，只转一次（S12）；政务办看得到，投诉人凭查询码看得到。"""
    _ensure_words("transfer", reason)
    if body == who["office"]:
        raise Refused("不能“转给应当处理的机关”", "所选的就是本机关", "请选择应当处理的机关")
    return _given("transfer", case, body, reason, who)


def dispute(case: Case, reason: str, **who: Unpack[Who]) -> Event:
    """第九条 转来的也不归本机关：报政务办指定（S12）。"""
    _ensure_words("dispute", reason)
    return write(case, "dispute", said(case, Passage.NOTE, "dispute", reason, who["office"]), lambda complaint: [], who)


def assign_disputed(case: Case, body: Office, reason: str = "", **who: Unpack[Who]) -> Event:
    """第九条 指定有争议的处理机关（S12）。"""
    return _given("assign_disputed", case, body, reason, who)


def _given(act: str, case: Case, body: Office, reason: str, who: Who) -> Event:
    def rows(complaint: Complaint) -> list[Complaint]:
        _ensure_body(act, body, complaint)
        complaint.handler = body
        return [complaint]

    return write(case, act, said(case, Passage.NOTE, act, reason, who["office"]), rows, who, gives={HANDLER: [body]})


def _ensure_body(act: str, body: Office, complaint: Complaint) -> None:
    """第三条: one of the four, and not the one complained of."""
    what = f"不能“{label(act)}”"
    if not holds(body, HANDLER, clock.today()):
        raise Refused(what, f"{body.short}不是投诉处理机关（第三条）", "请从四家投诉处理机关中选择")
    if body == complaint.respondent_office:
        raise Refused(what, f"投诉的就是{body.short}（第三条，S14）", "请选择另一家")


def _ensure_not_office(act: str, respondent: Office) -> None:
    if is_office(respondent):
        raise Refused(f"不能“{label(act)}”", "投诉的是政务办（第三条，S14）", "请改用“移送区政府指定”，政务办不经手")


def _ensure_words(act: str, reason: str) -> None:
    if not reason.strip():
        raise Refused(f"不能“{label(act)}”", "没有写明理由", "请写明为什么不归本机关、应当归谁")
