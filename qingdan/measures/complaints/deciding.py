"""第十四条、第十六条, 第八条: the extension, the decision, its execution, the telling of the result; and the closing as malicious (S25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Unpack

from django.db import models
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import hands
from qingdan.kernel.ledger.acts import repeated
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.statute.complaints_grounds import NOTICE_WAYS
from qingdan.statute.complaints_inquiry import CONCLUSIONS, EXECUTION
from qingdan.statute.labels import label

from .access import decisions_of, errands_of, of_case
from .actions import Who, commitments, ensure_words, said, sealed_words, write
from .errands import begin, ensure_another, ensure_unnamed, open_handovers, recall
from .investigating import ensure_apart, ensure_head, ensure_two, told_of
from .models import Complaint, Decision, Errand, Passage

PARTS = {"claims": "投诉的事项", "facts": "查明的事实和证据", "basis": "依据", "handling": "处理决定"}
"""What a decision says (S23), by name."""
ASSIGNED = ("assign", "assign_disputed")
"""Acts by which 政务办 handed it on: then the decision is 抄报 (E28)."""


@dataclass(frozen=True)
class Duty:
    """What the decision demands of one unit, and by which day; none: ten working days (D21)."""

    office: Office
    words: str
    due: date | None = None


# ---- 第十四条 延长 ---------------------------------------------------------------------------------------------


def extend_handling(case: Case, day: date, reason: str, told: str, **who: Unpack[Who]) -> Event:
    """第十四条 批准延长：期限届满以前，由负责人批准，写明理由，告知投诉人；总共不超过 15 个工作日（D19、X4）。 `told`: what the complainant reads."""
    act = "extend_handling"
    ensure_head(act, who)
    ensure_words(act, reason, "情况复杂、确需延长的理由")
    ensure_words(act, told, "告知投诉人的话")
    words = [
        *said(case, Passage.REASON, act, reason, who["office"]),
        *said(case, Passage.TOLD, act, told, who["office"], visible=True),
    ]
    return write(case, act, words, lambda c: [], who, ordered=day)


# ---- 第十六条 决定 ---------------------------------------------------------------------------------------------


@sensitive_variables()
def draft_decision(case: Case, conclusion: str, parts: dict[str, str], duties: Sequence[Duty] = (), **who: Unpack[Who]) -> Event:
    """第十六条 起草决定书（S23）：事项、事实和证据、依据、结论、处理，以及各单位的责任和日期；不写投诉人的身份。"""
    act = "draft_decision"
    if conclusion not in CONCLUSIONS:
        raise Refused(f"不能“{label(act)}”", "没有选择结论", "请从属实、部分属实、不属实、无法查实中选择")
    for name, what in PARTS.items():
        ensure_words(act, parts.get(name, ""), what)
    complaint, by, today = of_case(case), who["by"], clock.today()
    ensure_two(complaint, act, by=by)
    _ensure_duties(act, complaint, duties)
    ensure_unnamed(act, complaint, "\n".join([*parts.values(), *(d.words for d in duties)]), who)
    assert by is not None  # noqa: S101 - ensure_two has looked
    content = sealed_words(complaint.reference, act, **{name: parts[name].strip() for name in PARTS})
    letters = [sealed_words(complaint.reference, act, text=d.words.strip()) for d in duties]

    def rows(complaint: Complaint) -> list[models.Model]:
        ensure_two(complaint, act, by=by)  # under the lock once more
        one = Decision(complaint=complaint, conclusion=conclusion, content=content, drafted_by=by, drafted_on=today)
        owed = [
            Errand(complaint=complaint, kind=EXECUTION, office=d.office, due=d.due, letter=letter, decision=one, drafted_by=by, drafted_on=today)
            for d, letter in zip(duties, letters, strict=True)
        ]
        return [content, *letters, one, *owed]

    return write(case, act, [], rows, who, facts={"conclusion": conclusion, "sealed": commitments([content, *letters])})


def _ensure_duties(act: str, complaint: Complaint, duties: Sequence[Duty]) -> None:
    for duty in duties:
        ensure_words(act, duty.words, f"{duty.office.short}应当做什么")
        if duty.due is not None and duty.due <= clock.today():
            raise Refused(f"不能“{label(act)}”", f"{duty.office.short}的期限应在今天以后（第十六条）", "请改为以后的一天，或者留空")
        if duty.office == complaint.handler:
            raise Refused(f"不能“{label(act)}”", "执行决定的是有关单位，不是本机关（第十六条）", "请选择有关单位")


def return_decision(case: Case, reason: str, **who: Unpack[Who]) -> Event:
    """第十六条 退回草稿：负责人写明哪里要改."""
    act = "return_decision"
    ensure_head(act, who)
    ensure_words(act, reason, "退回的理由")

    def rows(complaint: Complaint) -> list[models.Model]:
        one = _pending(act, complaint)
        one.returned_on = clock.today()
        return [one, *_rejected(one)]

    return write(case, act, said(case, Passage.REASON, act, reason, who["office"]), rows, who)


def _rejected(decision: Decision) -> list[Errand]:
    found = list(errands_of(decision.complaint).filter(decision=decision))
    for errand in found:
        errand.rejected_on = clock.today()
    return found


def is_assigned(complaint: Complaint) -> bool:
    """Was it handed on by 政务办 (批转)? Then the decision is 抄报 (E28)."""
    return bool(complaint.case.events.filter(act__in=ASSIGNED).exists())


def decide(case: Case, **who: Unpack[Who]) -> Event:
    """第十六条 作出决定：由起草人以外的负责人签发；政务办批转的同时抄报（E28）；决定书中的责任各为该单位的一件。"""
    complaint = of_case(case)
    act = "decide_assigned" if is_assigned(complaint) else "decide"
    if (before := repeated(who.get("key"), act, case)) is not None:
        return before
    told = told_of(complaint, who)
    with writing():
        if (before := repeated(who.get("key"), act, case)) is not None:
            return before
        one, by = _pending(act, complaint), ensure_head(act, who)
        _ensure_may_sign(act, complaint, one, by, told)

        def rows(complaint: Complaint) -> list[models.Model]:
            one.signed_by, one.signed_on, complaint.conclusion = by, clock.today(), one.conclusion
            return [complaint, one]

        event = write(case, act, [], rows, who, facts={"conclusion": one.conclusion, "sealed": commitments([one.content])})
        for errand in errands_of(complaint).filter(decision=one):
            errand.approved_by = by
            begin(errand, who)
    return event


@sensitive_variables("told")
def _ensure_may_sign(act: str, complaint: Complaint, one: Decision, by: Person, told: str) -> None:
    what = f"不能“{label(act)}”"
    ensure_two(complaint, act)
    ensure_another(act, "draft_decision", one, by, "起草和签发不能是同一个人（第十六条）")
    ensure_apart(act, complaint, by, told)
    if with_units := open_handovers(complaint):
        units = "、".join(errand.owner for errand in with_units)
        raise Refused(what, f"移交{units}的还没有报告或者采纳（第十一条）", "请先采纳查处结果，或者收回自己调查")


def _pending(act: str, complaint: Complaint) -> Decision:
    one: Decision | None = decisions_of(complaint).filter(returned_on=None, signed_on=None).first()
    if one is None:
        raise Refused(f"不能“{label(act)}”", "没有待签发的决定书草稿（第十六条）", "请由调查人员先起草决定书")
    return one


def tell_result(case: Case, way: str, words: str, **who: Unpack[Who]) -> Event:
    """第十六条 告知投诉人：结论、处理，以及依法可以走的途径；没有联系方式的凭查询码查看（D22、S24）。"""
    act = "tell_result"
    ensure_words(act, words, "告知投诉人的内容")
    if way not in NOTICE_WAYS:
        raise Refused(f"不能“{label(act)}”", "没有选择怎样告知投诉人", "请从列出的各项中选择")
    if way != "query" and of_case(case).identity_id is None:
        raise Refused(f"不能“{label(act)}”", "投诉人没有留下联系方式，不能这样告知", "请选择“投诉人凭查询码在网上查看”")
    return write(case, act, said(case, Passage.TOLD, act, words, who["office"], visible=True), lambda c: [], who, facts={"way": way})


# ---- 第八条 恶意投诉 -------------------------------------------------------------------------------------------


def propose_malicious(case: Case, words: str, **who: Unpack[Who]) -> Event:
    """第八条 提出按恶意投诉结案：由调查人员写明事实和证据（S25）。"""
    act = "propose_malicious"
    ensure_words(act, words, "认定恶意、虚假的事实和证据")
    ensure_two(of_case(case), act, by=who.get("by"))
    told = said(case, Passage.REASON, act, words, who["office"])
    return write(case, act, told, lambda c: ensure_two(c, act, by=who.get("by")) and [], who)  # under the lock once more


def reject_malicious(case: Case, words: str, **who: Unpack[Who]) -> Event:
    """第八条 不认定：继续调查."""
    act = "reject_malicious"
    ensure_head(act, who)
    ensure_words(act, words, "不认定的理由")
    return write(case, act, said(case, Passage.REASON, act, words, who["office"]), lambda c: [], who)


def close_malicious(case: Case, words: str, **who: Unpack[Who]) -> Event:
    """第八条 认定恶意投诉，结案：提出人以外的负责人；理由写给投诉人看，有新的事实可以再次投诉，不设黑名单（S25）。"""
    act, by = "close_malicious", ensure_head("close_malicious", who)
    ensure_words(act, words, "写给投诉人的理由")
    if (before := repeated(who.get("key"), act, case)) is not None:
        return before
    about = told_of(of_case(case), who)

    def rows(complaint: Complaint) -> list[models.Model]:
        proposed = hands.of_events(case.events.filter(act="propose_malicious").order_by("-n")[:1])
        hands.ensure_another(f"不能“{label(act)}”", proposed, by, "提出和认定不能是同一个人（第八条）", "请由另一名负责人认定")
        ensure_apart(act, complaint, by, about)
        complaint.malicious = True
        return [complaint]

    with writing():
        if (before := repeated(who.get("key"), act, case)) is not None:
            return before
        event = write(case, act, said(case, Passage.REFUSED, act, words, who["office"], visible=True), rows, who)
        recall(of_case(case), act)
    return event
