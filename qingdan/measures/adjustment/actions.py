"""What people do in 动态调整, in the order of the articles. Legality, limits, lapse and audit are inside `record`.

Every action takes `by` (the person), `office` (for which they act), `key` (so that a repeat changes nothing)
and `seen` (how many events they had before their eyes); it raises Refused with what, why and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import models

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import open_case, record
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.canonical import text
from qingdan.kernel.ledger.hands import signatures
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import holders
from qingdan.lists.actions import CANCEL, CHANGE, NEW, Change
from qingdan.statute.roles import CHIEF, EGOV, LEAD, OFFICE, UNIT

from .checking import ensure_submittable, to_publish
from .models import NEW as BEGINNING
from .models import ChangeRequest, Place
from .queries import all_leads


class Who(TypedDict, total=False):
    """By whom, for which office, with which key, having seen how many events."""

    by: Person | None
    office: Office
    key: str | None
    seen: int | None


# ---- 第五条 情形，第七条（一） 申请 -----------------------------------------------------------------------


def register_cause(
    request: ChangeRequest, *, by: Person | None, office: Office, key: str | None = None, place: Place | None = None
) -> Case:  # fmt: skip
    """第五条 登记调整情形：自情形发生日起，申请单位须在10个工作日内提出申请（第七条（一））。`place`: in an application of several (S49)."""
    if not request.evidence.strip():
        raise Refused("不能登记调整情形", "没有写明证明材料（第七条（一））", "请填写证明情形发生日的文件名称、文号或者公布网址")
    today = clock.today()
    return open_case(
        "调",
        "cause_arose",
        by=by,
        office=office,
        title=_title(request),
        subject=request.item.code if request.item else "",
        gives={UNIT: [office], OFFICE: holders("调", OFFICE, today), EGOV: holders("调", EGOV, today)},
        dates={"cause_day": request.cause_day},
        facts={"ground": request.ground, "cause": request.cause, "evidence": request.evidence},
        rows=lambda case: [_with_case(request, case), *_placed(place, case)],
        key=f"{key}-c" if key else None,
    )


def apply(case: Case, request: ChangeRequest, **who: Unpack[Who]) -> Event:
    """第七条（一） 申请：向政务办提交调整申请及调整意见。"""
    return _submit(case, "apply", request, **who)


def apply_new(request: ChangeRequest, *, by: Person | None, office: Office, key: str) -> Case:
    """第七条（一） 申请：登记情形并同时提交申请，一次完成。"""
    with writing():
        case = register_cause(request, by=by, office=office, key=key)
        apply(case, request, by=by, office=office, key=key)
        return case


def ask_extension(case: Case, reason: str, until: date | None = None, **who: Unpack[Who]) -> Event:
    """第七条（一） 申请延期：特殊情况，须在第10个工作日前提出。"""
    return record(case, "ask_extension", facts={"opinion": reason, "until": until}, **as_given(who))


def grant_extension(case: Case, opinion: str, until: date | None = None, **who: Unpack[Who]) -> Event:
    """第七条（一） 批准延期：总共不超过30个工作日。"""
    return record(case, "grant_extension", facts={"opinion": opinion}, ordered=until, **as_given(who))


# ---- 第七条（二） 转办 --------------------------------------------------------------------------------


def refer(case: Case, leads: Sequence[Office], opinion: str = "", **who: Unpack[Who]) -> Event:
    """第七条（二） 转办：分类转交牵头部门；第一个为主办牵头部门。"""
    _ensure_leads("不能转办", leads)
    gives = {LEAD: list(leads), CHIEF: [leads[0]]}
    return record(case, "refer", gives=gives, facts={"opinion": opinion}, **as_given(who))


def return_once(case: Case, opinion: str, **who: Unpack[Who]) -> Event:
    """第七条（二） 一次性退回补正：列明全部缺项，只退一次。"""
    return record(case, "return_once", facts={"opinion": opinion}, **as_given(who))


def reapply(case: Case, request: ChangeRequest, **who: Unpack[Who]) -> Event:
    """第七条（二） 补正后重新提交：转办期限重新起算。"""
    return _submit(case, "reapply", request, **who)


def add_lead(case: Case, leads: Sequence[Office], opinion: str = "", **who: Unpack[Who]) -> Event:
    """第七条（二） 补充转办：新增的牵头部门自收到之日起另有5个工作日。"""
    standing = set(case.obligations.filter(row="D4").values_list("office_code", flat=True))
    new = [lead for lead in leads if lead.code not in standing]
    if leads and not new:
        raise Refused("不能补充转办", "所选的部门都已经收到转办意见", "请选择还没有收到转办意见的牵头部门")
    _ensure_leads("不能补充转办", new)
    return record(case, "add_lead", joins={LEAD: new}, facts={"opinion": opinion}, **as_given(who))


# ---- 第七条（三） 审核，（四） 核准与确认 -----------------------------------------------------------------


def say(case: Case, act: str, opinion: str = "", **who: Unpack[Who]) -> Event:
    """第七条（三）（四）、第八条 意见：审核意见、不予核准、确认等只需写明意见的动作。"""
    return record(case, act, facts={"opinion": opinion}, **as_given(who))


def approve(case: Case, opinion: str = "", **who: Unpack[Who]) -> Event:
    """第七条（四） 核准：出具核准意见反馈申请单位。"""
    return record(case, "approve", facts={"opinion": opinion}, rows=approved_rows(case, None), **as_given(who))


def approve_amended(case: Case, content: dict[str, str], opinion: str, **who: Unpack[Who]) -> Event:
    """第七条（四） 修改后核准：与申请不同的，写明理由，由申请单位确认或者提出异议（S6）。"""
    if content == case.request.asked:
        raise Refused("不能“修改后核准”", "核准的内容与申请的内容完全相同（第七条（四））", "没有修改的请直接核准，或者改动字段后再提交")
    facts = {"opinion": opinion, "content": content}
    return record(case, "approve_amended", facts=facts, rows=approved_rows(case, content), **as_given(who))


# ---- shared ----------------------------------------------------------------------------------------


def as_given(who: Who) -> Any:
    """As `record` takes it: the caller gave at least `by` and `office`."""
    return who


def _title(request: ChangeRequest) -> str:
    return f"{request.move}：{request.name or '（名称待定）'}"


def _ensure_leads(what: str, leads: Sequence[Office]) -> None:
    """第四条: only a lead body reviews; those of today."""
    if not leads:
        raise Refused(what, "没有选择牵头部门（第七条（二））", "请至少选择一个牵头部门")
    bodies = all_leads(clock.today())
    if strangers := [o.short for o in leads if o not in bodies]:
        raise Refused(what, f"{'、'.join(strangers)}不是牵头部门（第四条）", "请从牵头部门中选择")


def _with_case(request: ChangeRequest, case: Case) -> ChangeRequest:
    """The one application of this case: sent twice (first 登记, then 提交 of the same page), it is the same row."""
    request.case = case
    request.pk = request.pk or ChangeRequest.objects.filter(case=case).values_list("pk", flat=True).first()
    return request


def _placed(place: Place | None, case: Case) -> list[models.Model]:
    if place is None:
        return []
    place.case = case
    return [place]


def _submit(case: Case, act: str, request: ChangeRequest, **who: Unpack[Who]) -> Event:
    request.revision = case.events.filter(act__in=("apply", "reapply")).count() + 1
    facts = {
        "opinion": request.reason, "list": request.list_kind, "move": request.move, "code": request.code,
        "old": request.old, "content": request.asked, "revision": request.revision,
        "contact": request.contact, "wished_on": request.wished_on,
    }  # fmt: skip

    def rows(case: Case) -> list[models.Model]:
        ensure_submittable(request, case)
        told: list[models.Model] = [_with_case(request, case)]
        if case.title != _title(request):  # what was registered as 变更 may be applied for as 取消, what had no name has one now
            case.title = _title(request)
            told.append(case)
        return told

    return record(case, act, facts=facts, rows=rows, **as_given(who))


def approved_rows(case: Case, content: dict[str, str] | None) -> Any:
    """What an approval writes: the content that will be published; None means as it was asked for."""

    def rows(case: Case) -> list[models.Model]:
        request = ChangeRequest.objects.get(case=case)
        request.approved = text(content) if content is not None else request.content
        return [request]

    return rows


def change_of(request: ChangeRequest, case: Case) -> Change:
    """What 公布 will write into the lists."""
    first = request.item is None  # a second 公布 of the same case (第八条 不成立) changes what the first one brought in
    action = CANCEL if request.ends else NEW if request.move in BEGINNING and first else CHANGE
    return Change(
        action, request.list_kind, request.case.office, to_publish(request), _approver(case), item=request.item,
        wished=request.wished_on, successor=request.successor,
    )  # fmt: skip


def _approver(case: Case) -> str:
    event = case.events.filter(act__in=("approve", "approve_amended", "conclude_review")).select_related("person").last()
    return signatures([event]).get(event.seq, "") if event else ""
