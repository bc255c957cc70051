"""What a complainant is told of the handling (S24, P-D9), in plain words: how far it is, until when, with what result, and which ways are open.

Which office, never which person; of the investigation nothing but that it goes on. That a handling is over never reads as if the matter were settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingdan.kernel.ledger.models import Event, Obligation
from qingdan.kernel.offices.queries import names
from qingdan.measures.complaints.models import Complaint, Rating
from qingdan.measures.complaints.queries import STATES
from qingdan.measures.complaints.reopening import is_over, pending
from qingdan.statute.complaints_inquiry import RATINGS, REMEDIES, REMEDIES_NOTE

OVER = "办结只是处理程序结束，不等于您反映的问题有了着落；有新的事实的，可以再次投诉。"
PLAIN = {
    "assign": "已经收到，正在分送给处理机关。", "accept": "处理机关正在决定是否受理。", "evidence": "处理机关请您补充初步证据，请在下面补充。",
    "handle": "已经受理，正在调查。", "tell": "调查已经结束，已经作出决定，处理机关正在告知您结果。",
    "decided": f"已经作出决定，处理程序结束。{OVER}", "malicious": "处理机关认定为恶意投诉，已经结案。理由见下面的告知；有新的事实的，可以再次投诉。",
    "declined": "没有受理。理由见下面的告知；有新的事实的，可以再次投诉。", "withdrawn": "您已经撤回。",
}  # fmt: skip
CONCLUDED = {
    "true": "您反映的问题属实", "partly": "您反映的问题部分属实", "untrue": "查明的情况与您反映的不一致，不属实",
    "unclear": "根据现有的证据，无法查实",
}  # fmt: skip
SHOWN = (
    "receive_at_office", "receive_directly", "receive_about_office", "pass_to_district", "assign", "assign_by_district", "transfer", "dispute",
    "assign_disputed", "accept", "decline", "decline_unproven", "ask_evidence", "give_evidence", "add_facts", "withdraw_complaint",
    "extend_handling", "decide", "decide_assigned", "close_malicious", "tell_result",
)  # fmt: skip
"""Acts that the complainant sees. What is not named here (investigators, hearings, errands of units, drafts, liability) stays with the offices."""


@dataclass(frozen=True)
class Extension:
    """诉14 (X4): approved on which day, by which office, until when."""

    on: date
    office: str
    until: date


def shown(events: Iterable[Event]) -> list[Event]:
    return [e for e in events if e.act in SHOWN]


def told_of(complaint: Complaint, events: Sequence[Event], duties: Iterable[Obligation], state: str, today: date) -> dict[str, Any]:
    """For the page of the code. `duties`: those that are open; `state`: one of STATES by its name."""
    told = any(e.act == "tell_result" for e in events)
    key = next(key for key, name in STATES.items() if name == state)
    until = next((o for o in duties if o.row == "D18"), None)
    rating = Rating.objects.filter(complaint=complaint).first() if told else None
    over = is_over(complaint)
    waiting = pending(complaint) if over else None
    return {
        "plain": PLAIN[key], "until": until, "late": until is not None and until.due is not None and not until.provisional and until.due < today,
        "extensions": _extensions(events), "concluded": CONCLUDED.get(complaint.conclusion, "") if told else "",
        "remedies": REMEDIES if over else (), "remedies_note": REMEDIES_NOTE, "rating": rating, "ratings": RATINGS if told and rating is None else {},
        "reopening": over and waiting is None, "reopened": waiting,
    }  # fmt: skip


def _extensions(events: Iterable[Event]) -> list[Extension]:
    found, office_names = [e for e in events if e.act == "extend_handling"], names()
    return [Extension(e.on, office_names.get(e.office_code, e.office_code), date.fromisoformat(e.told["ordered"])) for e in found]
