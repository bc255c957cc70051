"""Which papers there are in 投诉处理, of which act each is, and which of them the complainant reads. What they say stands in `words_*`."""

from __future__ import annotations

from qingdan.kernel.papers.templates import Template

from .words_decision import COPIED, DECIDED, TOLD
from .words_errands import (
    ACCOUNTABILITY_ADVICE,
    ASSISTANCE,
    CALLED_UNIT,
    EXECUTION,
    FOR_UNITS,
    HANDED_OVER,
    LIABILITY_ADVICE,
    MATERIALS,
    OF_OPENING,
    OF_REPORT,
    OF_RETURN,
    OFFENCE,
    PERFORMANCE,
    REASON_ASKED,
    REPORT,
    RETURNED,
    STOP,
)  # fmt: skip
from .words_inquiry import CALLED, CONFRONTED, EXTENDED, HEARD, OF_INQUIRY, RECUSED, UNHEARD
from .words_intake import ACCEPTED, ASKED, ASSIGNED, REFUSED, REGISTERED
from .words_liability import REFERRED

OF_ACT: dict[str, tuple[Template, ...]] = {
    "assign": (ASSIGNED,), "assign_by_district": (ASSIGNED,), "assign_disputed": (ASSIGNED,), "accept": (REGISTERED, ACCEPTED),
    "decline": (REFUSED,), "decline_unproven": (REFUSED,), "ask_evidence": (ASKED,),
    **OF_INQUIRY, "call_confrontation": (CALLED, CALLED_UNIT), "decide": (DECIDED,), "decide_assigned": (DECIDED, COPIED), "tell_result": (TOLD,),
}  # fmt: skip
"""What was done in a complaint -> the papers of it."""
OF_ERRAND: dict[str, tuple[Template, ...]] = {
    **{act: (template,) for act, template in (OF_OPENING | OF_REPORT | OF_RETURN).items()}, "ask_reason": (REASON_ASKED,),
}  # fmt: skip
"""What was done in the case of an errand."""
OF_LIABILITY: dict[str, tuple[Template, ...]] = {"refer_liability": (REFERRED,)}
FOR_COMPLAINANT = (ACCEPTED, REFUSED, ASKED, CALLED, TOLD)
LETTERS = {
    REGISTERED: "表", ACCEPTED: "受告", REFUSED: "不受告", ASKED: "补", ASSIGNED: "转",
    HEARD: "听", UNHEARD: "未听", CALLED: "质", CALLED_UNIT: "质被", CONFRONTED: "质录", RECUSED: "避", EXTENDED: "延",
    DECIDED: "决", COPIED: "决报", TOLD: "果告",
    HANDED_OVER: "转函", ASSISTANCE: "协", MATERIALS: "资", PERFORMANCE: "履", STOP: "停", LIABILITY_ADVICE: "执责", ACCOUNTABILITY_ADVICE: "问责",
    OFFENCE: "移函", EXECUTION: "执", RETURNED: "退", REASON_ASKED: "询", REPORT: "报", REFERRED: "责移",
}  # fmt: skip
"""What stands in the number of each."""

__all__ = ["ACCEPTED", "ASKED", "ASSIGNED", "FOR_COMPLAINANT", "FOR_UNITS", "LETTERS", "OF_ACT", "OF_ERRAND", "OF_LIABILITY", "REFUSED", "REGISTERED"]
