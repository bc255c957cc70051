"""第八条、第十条 what the complainant does afterwards, with the query code; or through an office, where it comes by post or by telephone.

`by` and `through` None: by the query code. Else the clerk who wrote it down, and for which office: that stands in the event.
"""

from __future__ import annotations

from collections.abc import Sequence

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for
from qingdan.kernel.vault.filing import SealedFile
from qingdan.statute.complaints_inquiry import RATINGS
from qingdan.statute.labels import label

from .access import of_case
from .actions import SOMEBODY, Who, handed_in, said, write
from .errands import recall
from .models import Complaint, Passage, Rating


def give_evidence(
    case: Case, words: str = "", files: Sequence[SealedFile] = (), *, by: Person | None = None, through: Office | None = None,
    key: str | None = None, seen: int | None = None,
) -> Event:  # fmt: skip
    """第十条 收到初步证据：受理期限自今天起重新计算 2 个工作日（S15）。"""
    return _given("give_evidence", Passage.EVIDENCE, case, words, files, by, through, key, seen)


def add_facts(
    case: Case, words: str = "", files: Sequence[SealedFile] = (), *, by: Person | None = None, through: Office | None = None,
    key: str | None = None, seen: int | None = None,
) -> Event:  # fmt: skip
    """第八条 补充事实和材料：办结以前随时可以；有新的事实的，不能以重复投诉不予受理（S16）。"""
    return _given("add_facts", Passage.FACTS, case, words, files, by, through, key, seen)


def withdraw_complaint(
    case: Case, words: str = "", *, by: Person | None = None, through: Office | None = None, key: str | None = None, seen: int | None = None
) -> Event:
    """第八条 撤回投诉：本件结束；公共利益所需的，机关可以另行查处。移交和协助调查的一并结束，已经责令的仍须履行。"""
    with writing():
        event = _given("withdraw_complaint", Passage.NOTE, case, words, (), by, through, key, seen, empty=True)
        recall(of_case(case), "withdraw_complaint")
    return event


def rate(complaint: Complaint, answer: str, *, key: str | None = None) -> Rating:
    """第十六条 满意度：结果告知以后，凭查询码答一次（P-D9）。 Raises Refused."""
    what = "不能提交满意度"
    if answer not in RATINGS:
        raise Refused(what, "没有选择", "请从列出的各项中选择")
    with writing():
        if not complaint.case.events.filter(act="tell_result").exists():
            raise Refused(what, "处理结果还没有告知（第十六条）", "请在收到结果以后再答")
        before = Rating.objects.filter(complaint=complaint).first()
        if before is not None and not (key and Event.objects.filter(key=key, act="rate_handling").exists()):
            raise Refused(what, "已经答过", "每件投诉答一次")
        if before is None:
            before = Rating(complaint=complaint, answer=answer, on=clock.today())
            note("rate_handling", by=None, rows=[before], facts={"complaint": complaint.reference}, key=key)
    return before


def _given(
    act: str, kind: str, case: Case, words: str, files: Sequence[SealedFile], by: Person | None, through: Office | None, key: str | None,
    seen: int | None, *, empty: bool = False,
) -> Event:  # fmt: skip
    if not empty and not words.strip() and not files:
        raise Refused(f"不能“{label(act)}”", "没有写内容，也没有材料", "请写明内容，或者上传材料")
    told = [*said(case, kind, act, words, None, visible=True), *handed_in(case, act, files, None)]
    who: Who = {"by": None, "office": SOMEBODY, "key": key, "seen": seen}
    return write(case, act, told, lambda complaint: [], who, facts=_hand(act, by, through))


def _hand(act: str, by: Person | None, through: Office | None) -> dict[str, str]:
    """Who wrote it down for the complainant. Raises Refused where that person holds no post there."""
    if by is None or through is None:
        return {}
    if not may_act_for(by, through, clock.today()):
        raise Refused(f"不能“{label(act)}”", f"{by.name}今天在{through.short}没有任职", "请用本单位的账号登录后办理")
    return {"through": through.code, "hand": by.username}
