"""第十二条: both sides are heard, or it is on record that they were invited and did not come; evidence; 质证 where it is needed (O9, S20)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Unpack

from django.db import models

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Person
from qingdan.kernel.vault.filing import SealedFile
from qingdan.statute.complaints_inquiry import HEARING_WAYS, LEAST_INVESTIGATORS, SIDES
from qingdan.statute.labels import label

from .access import of_case
from .actions import Who, ensure_words, handed_in, said, write
from .investigating import ensure_two
from .models import Complaint, Passage


def hear(
    case: Case, side: str, words: str, way: str, on: date, present: Sequence[Person] = (), files: Sequence[SealedFile] = (),
    **who: Unpack[Who],
) -> Event:  # fmt: skip
    """第十二条 听取双方意见：由两名以上调查人员，写明方式、日期和陈述。 `present`: who took part, all who count unless given."""
    act = f"hear_{_side(side)}"
    ensure_words(act, words, "陈述的内容")
    if way not in HEARING_WAYS:
        raise Refused(f"不能“{label(act)}”", "没有选择听取的方式", "请从列出的各项中选择")
    there = _present(case, act, present, who)
    told = [*said(case, Passage.HEARD, act, words, who["office"]), *handed_in(case, act, files, who["office"])]
    return write(case, act, told, _still(act, there, who), who, facts={"way": way, "present": there}, dates={"heard_day": on})


def note_unheard(case: Case, side: str, words: str, invited: date, **who: Unpack[Who]) -> Event:
    """第十二条 通知了而没有陈述的：写明怎样通知、结果如何（O9）。"""
    act = f"note_{_side(side)}_unheard"
    ensure_words(act, words, "怎样通知、结果如何")
    there = _present(case, act, (), who)
    told = said(case, Passage.HEARD, act, words, who["office"])
    return write(case, act, told, _still(act, there, who), who, facts={"present": there}, dates={"invited_day": invited})


def record_finding(
    case: Case, words: str, on: date, present: Sequence[Person] = (), files: Sequence[SealedFile] = (), **who: Unpack[Who]
) -> Event:
    """第十二条 调查取证记录：由两名以上调查人员。"""
    act = "record_finding"
    ensure_words(act, words, "调查取证的情况")
    there = _present(case, act, present, who)
    told = [*said(case, Passage.FINDING, act, words, who["office"]), *handed_in(case, act, files, who["office"])]
    return write(case, act, told, _still(act, there, who), who, facts={"present": there}, dates={"found_day": on})


def call_confrontation(case: Case, words: str, agreed: bool = False, **who: Unpack[Who]) -> Event:
    """第十二条 质证通知：通知双方；要求保密的，须投诉人同意当面质证（S20）。 `words`: time, place, what is to be proved, how each was called."""
    act = "call_confrontation"
    ensure_words(act, words, "时间、地点、质证的问题和怎样通知双方")
    if of_case(case).confidential and not agreed:
        why = "投诉人要求保密，没有同意当面质证（第四条、第十二条）"
        raise Refused(f"不能“{label(act)}”", why, "请改为分别听取双方意见；投诉人同意的，勾选同意并写明凭据")
    there = _present(case, act, (), who)
    return write(case, act, said(case, Passage.HEARD, act, words, who["office"]), _still(act, there, who), who, facts={"agreed": agreed})


def confront(
    case: Case, words: str, on: date, present: Sequence[Person] = (), files: Sequence[SealedFile] = (), **who: Unpack[Who]
) -> Event:
    """第十二条 质证笔录：双方到场情况、各自意见、签字。"""
    act = "confront"
    ensure_words(act, words, "质证笔录")
    there = _present(case, act, present, who)
    told = [*said(case, Passage.HEARD, act, words, who["office"]), *handed_in(case, act, files, who["office"])]
    return write(case, act, told, _still(act, there, who), who, facts={"present": there}, dates={"heard_day": on})


def cancel_confrontation(case: Case, reason: str, **who: Unpack[Who]) -> Event:
    """第十二条 取消质证，写明理由."""
    act = "cancel_confrontation"
    ensure_words(act, reason, "取消的理由")
    return write(case, act, said(case, Passage.REASON, act, reason, who["office"]), _same, who)


def _side(side: str) -> str:
    if side not in SIDES:
        raise ValueError(f"no side of a complaint: {side}")
    return side


def _present(case: Case, act: str, present: Sequence[Person], who: Who) -> list[str]:
    """Usernames of the investigators who took part: at least two, the writer among them. Raises Refused."""
    there = ensure_two(of_case(case), act, by=who.get("by"))
    chosen = list(dict.fromkeys(present)) or there
    if others := [p.name for p in chosen if p not in there]:
        raise Refused(f"不能“{label(act)}”", f"{'、'.join(others)}不能参加调查（第十三条）", "请从能参加的调查人员中选择")
    if len(chosen) < LEAST_INVESTIGATORS or who.get("by") not in chosen:
        raise Refused(f"不能“{label(act)}”", "参加的调查人员不得少于两人，登记人是其中之一（第十三条）", "请补选参加的人")
    return sorted(p.username for p in chosen)


def _still(act: str, present: Sequence[str], who: Who) -> Callable[[Complaint], list[models.Model]]:
    """Under the lock once more: those who took part count still, whatever somebody else wrote meanwhile."""

    def rows(complaint: Complaint) -> list[models.Model]:
        if gone := set(present) - {p.username for p in ensure_two(complaint, act, by=who.get("by"))}:
            raise Refused(f"不能“{label(act)}”", f"{'、'.join(sorted(gone))}刚刚不再参加调查（第十三条）", "请刷新页面，重新选择参加的人")
        return []

    return rows


def _same(complaint: Complaint) -> list[Complaint]:
    """Nothing of the complaint itself changes."""
    return []
