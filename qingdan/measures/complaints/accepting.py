"""第六条、第十条 taken up or not: 受理, 不予受理 with its ground, reasons and way of telling, and the one 补正通知."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office
from qingdan.kernel.vault.filing import SealedFile
from qingdan.statute.complaints_grounds import NOTICE_WAYS, REFUSALS
from qingdan.statute.labels import label

from .access import of_case
from .actions import Who, handed_in, said, write
from .models import Complaint, Passage

UNPROVEN = "10-2"


def accept(case: Case, note: str = "", **who: Unpack[Who]) -> Event:
    """第十条 受理：属于投诉范围并有初步证据的；随后填写《受理登记表》，自今天起 20 个工作日（第十四条）。"""
    return write(case, "accept", said(case, Passage.NOTE, "accept", note, who["office"]), lambda complaint: [], who)


def decline(
    case: Case, ground: str, reasons: str, way: str, earlier: Complaint | None = None, answer: str = "", files: Sequence[SealedFile] = (),
    **who: Unpack[Who],
) -> Event:  # fmt: skip
    """第六条 不予受理：写明哪一项、理由和告知方式，缺一不可（X6）。

    重复投诉（第六条（五））附此前的答复：`earlier` 那一件和 `answer` 或者 `files`；有新的事实一律受理（S16）。
    """
    _ensure_ground("decline", ground)
    told = _refusal(case, "decline", ground, reasons, way, who["office"])
    if REFUSALS[ground].earlier:
        told += _earlier_answer(case, earlier, answer, files, who["office"])

    def rows(complaint: Complaint) -> list[Complaint]:
        if REFUSALS[ground].earlier:
            _ensure_nothing_new(complaint)
            complaint.earlier = earlier
        complaint.refusal = ground
        return [complaint]

    return write(case, "decline", told, rows, who, facts={"ground": ground, "way": way})


def decline_unproven(case: Case, reasons: str, way: str, **who: Unpack[Who]) -> Event:
    """第十条 无初步证据，不予受理：补正通知期满以后，说明理由，可以再次提出（S15）。"""
    told = _refusal(case, "decline_unproven", UNPROVEN, reasons, way, who["office"])

    def rows(complaint: Complaint) -> list[Complaint]:
        complaint.refusal = UNPROVEN
        return [complaint]

    return write(case, "decline_unproven", told, rows, who, facts={"ground": UNPROVEN, "way": way})


def ask_evidence(case: Case, words: str, **who: Unpack[Who]) -> Event:
    """第十条 补正通知：一次列明需要补充的初步证据，5 个工作日（S15）。"""
    if not words.strip():
        raise Refused("不能“发出补正通知”", "没有写明需要补充什么", "请一次列明需要补充的初步证据")
    return write(case, "ask_evidence", said(case, Passage.ASKED, "ask_evidence", words, who["office"], visible=True), lambda complaint: [], who)


def _ensure_ground(act: str, ground: str) -> None:
    refusal = REFUSALS.get(ground)
    if refusal is None:
        raise Refused(f"不能“{label(act)}”", "没有写明依据哪一项（第六条、第十条）", "请选择不予受理的依据")
    if refusal.act != act:
        raise Refused(f"不能“{label(act)}”", "没有初步证据的，须先发补正通知，期满以后才能不予受理（第十条）", "请先发出补正通知")


def _refusal(case: Case, act: str, ground: str, reasons: str, way: str, office: Office) -> list[Passage]:
    """X6: the reasons, sealed, for the complainant."""
    what = f"不能“{label(act)}”"
    if not reasons.strip():
        raise Refused(what, "没有写明理由（第六条：应当向投诉人说明理由）", "请写明不予受理的理由")
    if way not in NOTICE_WAYS:
        raise Refused(what, "没有写明怎样告知投诉人（第六条）", "请选择告知方式")
    if way != "query" and of_case(case).identity_id is None:
        raise Refused(what, "投诉人没有留下联系方式，不能这样告知", "请选择“投诉人凭查询码在网上查看”")
    return said(case, Passage.REFUSED, act, reasons, office, visible=True)


def _earlier_answer(case: Case, earlier: Complaint | None, answer: str, files: Sequence[SealedFile], office: Office) -> list[Passage]:
    if earlier is None or earlier.case_id == case.pk:
        raise Refused("不能“不予受理”", "没有指明重复的是此前的哪一件（第六条（五））", "请选择此前的投诉")
    if not answer.strip() and not files:
        raise Refused("不能“不予受理”", "没有附上此前的答复（第六条（五））", "请写明或者上传此前的答复")
    return [*said(case, Passage.ANSWER, "decline", answer, office, visible=True), *handed_in(case, "decline", files, office)]


def _ensure_nothing_new(complaint: Complaint) -> None:
    """S16: new facts always admit."""
    if complaint.new_facts or Passage.rows.filter(case=complaint.case_id, kind=Passage.FACTS).exists():
        raise Refused("不能以重复投诉不予受理", "投诉人提出了新的事实（第六条（五））", "有新的事实和理由的，请受理，或者依其他各项处理")
