"""第十六条 (P-D9) 再次投诉: a handling that is over is not the end of the matter. Who has new facts complains again: a complaint of its own, linked
to the one before, under a number and a code of its own, and 受理 begins anew (D16).

The first time the body has it that had it before. From the second time on 政务办 hands it on anew (D15), and a person looks at it first; what is
said about 政务办 goes to 区政府 every time (S14).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.vault.carrying import carry
from qingdan.kernel.vault.filing import SealedFile
from qingdan.kernel.vault.reading import read_content
from qingdan.statute.complaints_grounds import WEB
from qingdan.statute.complaints_inquiry import ESCALATES

from .access import family, standing_today
from .filing import LONGEST, Filing
from .models import Complaint

WHAT = "不能再次投诉"
PURPOSE = "再次投诉时沿用"
BEFORE = "此前再次投诉时补充的："


def is_over(complaint: Complaint) -> bool:
    """Decided, refused or closed as malicious: there is an answer against which new facts can be told."""
    return bool(complaint.conclusion or complaint.malicious or complaint.refusal)


def pending(complaint: Complaint) -> Complaint | None:
    """Another complaint of this matter that is still being handled."""
    others = [c for c in family(complaint) if c.pk != complaint.pk and not is_over(c)]
    owed = set(Obligation.objects.filter(case__in=[c.case_id for c in others], how="").values_list("case", flat=True))
    return next((c for c in others if c.case_id in owed), None)


def round_of(earlier: Complaint, new_facts: str) -> int:
    """The how manieth time it is. Refused: not over yet, one more is being handled, nothing new was written."""
    if not is_over(earlier):
        raise Refused(WHAT, "此前的投诉还没有结果", "请在此前的那一件中补充事实和材料")
    if not new_facts.strip():
        raise Refused(WHAT, "没有写明新的事实和理由（第六条（五））", "请写明上次答复以后有什么新的事实")
    if pending(earlier) is not None:
        raise Refused(WHAT, "已经再次提出，那一件还在办理", "请凭那一件的受理编号和查询码查看、补充")
    return 1 + max(c.reopening for c in family(earlier))


def is_escalated(reopening: int) -> bool:
    return reopening >= ESCALATES


@sensitive_variables()
def again(
    earlier: Complaint, new_facts: str, *, confidential: bool, reference: str, files: Sequence[SealedFile] = (), salt: str = "", query_hash: str = ""
) -> Filing:
    """What who has shown the query code hands in, with all that was told before; the identity goes along unseen. What is opened for it is noted,
    so this is called before the act. Raises Refused as `round_of`."""
    round_of(earlier, new_facts)
    told = {} if earlier.content.destroyed_on else read_content(earlier.content, by=None, office=None, purpose=PURPOSE)
    return Filing(
        channel=WEB, text=_text(told) or new_facts, grounds=earlier.keys, respondent_kind=earlier.respondent_kind,
        respondent_office=earlier.respondent_office, respondent=told.get("respondent", ""), item=earlier.item, item_kind=earlier.item_kind,
        evidence=told.get("evidence", ""), confidential=confidential, representatives=earlier.representatives,
        to=standing_today(earlier.handler) if earlier.handler else None, earlier=earlier, new_facts=new_facts, query_hash=query_hash, files=files,
        reference=reference, salt=salt, carried=carry(earlier.identity, reference) if earlier.identity else None,
    )  # fmt: skip


def _text(told: dict[str, str]) -> str:
    """What was told at first, and after it what was new at the time before, where both have room."""
    first, then = told.get("text", ""), told.get("new_facts", "")
    both = f"{first}\n\n{BEFORE}\n{then}" if then else first
    return both if len(both) <= LONGEST else first
