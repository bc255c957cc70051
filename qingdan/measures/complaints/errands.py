"""第十一条、第十五条、第十六条: what units are handed, asked and ordered.

A letter is drafted by one and approved by another; then it is a case of its own. The unit sees that case and its letter, nothing of the
complaint (T7); originals can not be attached. `deciding` opens what a decision demands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from django.db import models
from django.db.models import Exists, OuterRef
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused, spell_day
from qingdan.kernel import clock
from qingdan.kernel.calendar.current import in_force
from qingdan.kernel.ledger import hands
from qingdan.kernel.ledger.acts import open_case, record, repeated
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import lineage
from qingdan.kernel.vault.filing import SealedFile
from qingdan.kernel.vault.marking import names_identity
from qingdan.statute.complaints_inquiry import ERRANDS, EXECUTION, HANDOVER, HANDOVER_MARGIN, OUTSIDE_OWNERS
from qingdan.statute.complaints_inquiry import Errand as Kind
from qingdan.statute.labels import label
from qingdan.statute.roles import HANDLER, OBLIGED

from .access import CODE, errands_of, of_case
from .actions import Who, as_given, commitments, ensure_words, handed_in, said, sealed_words, with_sealed, write
from .investigating import ensure_apart, ensure_two, told_of
from .models import Complaint, Errand, Passage

TITLES = {HANDOVER: "投诉交办", EXECUTION: "执行投诉处理决定"}
LATENESS = ("O11g", "O11d")
MEASURE = "投诉调查措施"  # the title of all others: a title tells nothing of the complaint

# ---- 起草、审核 ------------------------------------------------------------------------------------------------


def draft(
    case: Case, kind: str, unit: Office, words: str, due: date | None = None, outside: str = "", about_leaders: bool = False,
    **who: Unpack[Who],
) -> Event:  # fmt: skip
    """第十一条、第十五条 起草：写给谁、要求什么、哪一天以前。 `about_leaders`: the complaint concerns the conduct of that unit's leaders (S19).

    Refused: fewer than two investigators, the letter names the complainant, the unit or the day does not fit.
    """
    wanted = ERRANDS.get(kind)
    if wanted is None or kind == EXECUTION:
        raise Refused("不能起草", "没有选择文书的种类", "请从列出的各项中选择")
    act = "draft_handover" if kind == HANDOVER else "draft_order"
    ensure_words(act, words, "要求的内容")
    complaint = of_case(case)
    ensure_two(complaint, act, by=who.get("by"))
    ensure_unnamed(act, complaint, words, who)
    _ensure_unit(act, complaint, wanted, unit, outside.strip(), about_leaders)
    _ensure_day(act, case, wanted, due)
    letter = sealed_words(complaint.reference, act, text=words.strip())

    def rows(complaint: Complaint) -> list[models.Model]:
        by = who["by"]
        assert by is not None  # noqa: S101 - ensure_two has looked
        ensure_two(complaint, act, by=by)  # under the lock once more
        one = Errand(complaint=complaint, kind=kind, office=unit, outside=outside.strip(), due=due, letter=letter, drafted_by=by)
        one.drafted_on = clock.today()
        return [letter, one]

    return write(case, act, [], rows, who, facts={"kind": kind, "sealed": commitments([letter])})


@sensitive_variables("words")
def ensure_unnamed(act: str, complaint: Complaint, words: str, who: Who) -> None:
    """T7: what goes to a unit does not name who complained. The vault answers yes or no, and each question is written down."""
    by = who.get("by")
    if by is not None and words and names_identity(complaint.identity, words, by=by, office=who["office"]):
        raise Refused(f"不能“{label(act)}”", "文字中含有投诉人的身份信息（第四条、第十一条）", "请删去姓名、电话、住址等能指向投诉人的内容")


def _ensure_unit(act: str, complaint: Complaint, kind: Kind, office: Office, outside: str, about_leaders: bool) -> None:
    what = f"不能“{label(act)}”"
    own = complaint.handler is not None and office.pk in lineage(complaint.handler)
    if outside and kind.key not in OUTSIDE_OWNERS:
        raise Refused(what, "只有建议和移送可以发给系统以外的机关", "请选择承办单位")
    if own != bool(outside):
        raise Refused(what, "承办单位是本机关" if own else "已经选择了承办单位", "发给系统以外的机关的，只写机关名称；其余选择承办单位")
    if kind.key != HANDOVER or complaint.respondent_office is None or office.pk not in lineage(complaint.respondent_office):
        return
    if complaint.confidential:
        raise Refused(what, "投诉人要求保密，不得移交被投诉单位（第四条、第十一条）", "请自己调查，或者移交其他单位")
    if about_leaders:
        raise Refused(what, "投诉涉及该单位的领导，不得移交该单位（第十一条）", "请自己调查，或者移交其他单位")


def _ensure_day(act: str, case: Case, kind: Kind, due: date | None) -> None:
    what = f"不能“{label(act)}”"
    if due is None:
        if kind.needs_day:
            raise Refused(what, "没有写明限定日期", "请写明哪一天以前报告")
        return
    if due <= clock.today():
        raise Refused(what, "限定日期应在今天以后", "请改为以后的一天")
    own = case.obligations.filter(row="D18", how="").first()
    if kind.key == HANDOVER and own is not None and own.due is not None and in_force().add(due, HANDOVER_MARGIN) > own.due:
        why = f"限定日期须早于本机关办理期限{spell_day(own.due)} {HANDOVER_MARGIN} 个工作日（第十一条）"
        raise Refused(what, why, "请改早限定日期，或者先批准延长办理期限")


def approve(case: Case, errand: Errand, **who: Unpack[Who]) -> Event:
    """第十一条、第十五条 审核通过：起草人以外的另一人，没有应当回避的情形；文书发出，成为该单位的一件。"""
    act, by = "approve_letter", who["by"]
    if (before := _approved(case, errand, who)) is not None:
        return before
    told = told_of(of_case(case), who)
    with writing():
        if (before := _approved(case, errand, who)) is not None:
            return before
        row = _pending(act, case, errand)
        if by is None:
            raise Refused(f"不能“{label(act)}”", "没有写明审核人", "请由本单位的账号办理")
        ensure_another(act, "draft_handover" if row.kind == HANDOVER else "draft_order", row, by, "起草和审核不能是同一个人（第十一条）")
        ensure_apart(act, row.complaint, by, told)
        ensure_two(row.complaint, act)
        _ensure_day(act, case, ERRANDS[row.kind], row.due)
        event = write(case, act, [], lambda c: [], who, facts={"errand": row.pk})
        row.approved_by = by
        begin(row, who)
    return event


def _approved(case: Case, errand: Errand, who: Who) -> Event | None:
    """What this key wrote before; a key that approved another letter is refused."""
    before = repeated(who.get("key"), "approve_letter", case)
    if before is not None and before.told["facts"]["errand"] != errand.pk:
        raise Refused(f"不能“{label('approve_letter')}”", "这张表单已经用于另一份文书", "请回到投诉的页面，重新打开表单后再提交")
    return before


def ensure_another(act: str, first: str, row: models.Model, by: Person, why: str) -> None:
    """Two persons: not the one whose act `first` wrote this row; 代办的人和被代的人 are one. Raises Refused."""
    hands.ensure_another(f"不能“{label(act)}”", hands.of_events(hands.that_did(first, row)), by, why, "请由本单位另一人办理")


def begin(errand: Errand, who: Who) -> Case:
    """The errand's own case: from now on the unit owes it. Within the act that sends it."""
    complaint, kind = errand.complaint, ERRANDS[errand.kind]
    body = complaint.handler
    assert body is not None  # noqa: S101 - a complaint that is handled has a body

    def rows(child: Case) -> list[models.Model]:
        errand.case = child
        return [errand]

    return open_case(
        CODE, kind.opens, by=who["by"], office=who["office"], title=TITLES.get(errand.kind, MEASURE), parent=complaint.case,
        gives={HANDLER: [who["office"]], OBLIGED: [errand.office]}, ordered=errand.due, facts={"sealed": commitments([errand.letter])}, rows=rows,
    )  # fmt: skip


def reject(case: Case, errand: Errand, reason: str, **who: Unpack[Who]) -> Event:
    """第十一条、第十五条 审核不通过：写明哪里要改，退回起草人。"""
    act = "reject_letter"
    ensure_words(act, reason, "退回的理由")

    def rows(complaint: Complaint) -> list[models.Model]:
        row = _pending(act, case, errand)
        row.rejected_on = clock.today()
        return [row]

    return write(case, act, said(case, Passage.REASON, act, reason, who["office"]), rows, who, facts={"errand": errand.pk})


def _pending(act: str, case: Case, errand: Errand) -> Errand:
    found = errands_of(of_case(case)).filter(pk=errand.pk, decision=None, rejected_on=None, case=None)
    row: Errand | None = found.first()
    if row is None:
        raise Refused(f"不能“{label(act)}”", "没有这份待审核的文书", "请刷新页面")
    return row


# ---- 单位的一件 ------------------------------------------------------------------------------------------------


def report(errand: Errand, words: str, files: Sequence[SealedFile] = (), **who: Unpack[Who]) -> Event:
    """第十一条、第十五条、第十六条 报告：查处结果、履行和执行情况，由承办单位写明；发给系统以外机关的，由处理机关登记对方的答复。"""
    act = ERRANDS[errand.kind].report
    ensure_words(act, words, "办理情况")
    return in_child(errand, act, Passage.REPORT, words, who, files)


def accept(errand: Errand, note: str = "", **who: Unpack[Who]) -> Event:
    """采纳、收下、认可：该单位的一件结束."""
    return body_says(errand, ERRANDS[errand.kind].accept, Passage.NOTE, note, who)


def give_back(errand: Errand, reason: str, due: date | None, **who: Unpack[Who]) -> Event:
    """第十一条 退回重查、补充（O8）：写明哪里不够，另定日期。"""
    act, kind = ERRANDS[errand.kind].back, ERRANDS[errand.kind]
    ensure_words(act, reason, "退回的理由")
    _ensure_day(act, errand.complaint.case, kind, due)
    return body_says(errand, act, Passage.REASON, reason, who, ordered=due)


def end(errand: Errand, reason: str, **who: Unpack[Who]) -> Event:
    """第十一条 收回自己调查；第十五条 撤销措施；第十六条 不再执行：写明理由。"""
    act = ERRANDS[errand.kind].ends
    ensure_words(act, reason, "理由")
    return body_says(errand, act, Passage.REASON, reason, who)


def body_says(errand: Errand, act: str, kind: str, words: str, who: Who, ordered: date | None = None) -> Event:
    """What the body writes in the unit's own case, where the unit reads it: it does not name who complained (T7).

    Not within `writing`: a refusal would take back what the vault has written down of the question.
    """
    ensure_unnamed(act, errand.complaint, words, who)
    return in_child(errand, act, kind, words, who, ordered=ordered)


def in_child(
    errand: Errand, act: str, kind: str, words: str, who: Who, files: Sequence[SealedFile] = (), ordered: date | None = None
) -> Event:
    """One act in the errand's own case, with what is said and handed in. Raises Refused where it was not sent yet."""
    case = errand.case
    if case is None:
        raise Refused(f"不能“{label(act)}”", "这份文书还没有发出", "请先审核发出")
    reference = errand.complaint.reference
    told = [*said(case, kind, act, words, who["office"], reference=reference), *handed_in(case, act, files, who["office"])]
    facts = {"sealed": commitments(p.sealed for p in told)}
    return record(case, act, facts=facts, rows=with_sealed(told), ordered=ordered, **as_given(who))


def open_handovers(complaint: Complaint) -> list[Errand]:
    """第十一条: hand-overs that are with a unit still."""
    return _running(complaint, HANDOVER)


def _running(complaint: Complaint, *kinds: str) -> list[Errand]:
    """What a unit still owes, or has reported and nobody has received yet; whether it is being asked why it was late does not count (第十九条)."""
    owed = Obligation.objects.filter(case=OuterRef("case"), how="").exclude(row__in=LATENESS)
    return list(errands_of(complaint).filter(Exists(owed), kind__in=kinds))


def recall(complaint: Complaint, because: str) -> None:
    """The complaint has ended: what was only needed to look into it ends as well, within the same transaction; orders that stop a wrong stand."""
    for errand in _running(complaint, HANDOVER, "assistance", "materials"):
        assert errand.case is not None  # noqa: S101 - it is owed in a case of its own
        (body,) = standing_of(errand.case).parties[HANDLER]
        office = Office.objects.get(code=body)
        record(errand.case, ERRANDS[errand.kind].ends, by=None, office=office, facts={"because": because})
