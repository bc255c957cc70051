"""What a case says, as the papers want it said: full names, spelled dates, the table of what changes. One value for each field of a template."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from qingdan.engine.outside import SET_ASIDE
from qingdan.engine.refusals import spell_day
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.offices.models import Office
from qingdan.kernel.papers.content import spell_digest
from qingdan.lists.schema import LISTS, touched
from qingdan.measures.adjustment.models import ChangeRequest
from qingdan.statute.labels import label
from qingdan.statute.roles import CHIEF, EGOV, LEAD, OFFICE, REVIEWER, UNIT

from .words import NOTHING

OPINIONS = ("agree", "agree_amended", "disagree", "deemed_agreed", "issue_joint_opinion", "settle_by_meeting")
REVIEWED = ("review_agree", "review_disagree")
ENDS_OF_REVIEW = {
    "confirm": "申请单位已确认无异议", "deemed_unopposed": "申请单位逾期未确认，视为无异议（第八条）", "drop_objection": "申请单位已撤回异议",
    "confirm_waived": "申请单位放弃复审", "conclude_review": "已作出复审结论",
}  # fmt: skip
VERDICTS = {
    "agree": "同意", "agree_amended": "修改后同意", "disagree": "不同意", "approve": "同意，按申请的内容核准", "approve_amended": "同意，修改后核准",
    "refuse": "不予核准", "confirm": "无异议", "object": "有异议", "accept_refusal": "对不予核准无异议", "object_refusal": "对不予核准有异议",
    "review_agree": "同意", "review_disagree": "不同意", "conclude_review": "按下列内容调整", "conclude_review_refused": "不予调整",
    "publish": "已公布", "report_failure": "没有公布成功",
}  # fmt: skip


class CaseFile:
    """One case read once: its events, its application, the full names of its offices."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def events(self) -> list[Event]:
        return list(self.case.events.order_by("n"))

    @cached_property
    def standing(self) -> Any:
        return standing_of(self.case, self.events)

    @cached_property
    def request(self) -> ChangeRequest | None:
        return getattr(self.case, "request", None)

    @cached_property
    def names(self) -> dict[str, str]:
        return dict(Office.objects.values_list("code", "name"))

    def stands(self, event: Event) -> bool:
        """Has this event not been set aside (a lapse that never came about, and what rested on it)?"""
        return (SET_ASIDE, event.n) not in self.standing.flags

    def role(self, role: str) -> str:
        """The full names of who holds this role in the case."""
        return self.all_of(self.standing.parties.get(role, ()))

    def all_of(self, codes: Any) -> str:
        return "、".join(self.names.get(code, code) for code in codes)

    def before(self, event: Event, *acts: str) -> list[Event]:
        return [e for e in self.events if e.n and event.n and e.n < event.n and e.act in acts and self.stands(e)]

    def due(self, event: Event, *rows: str) -> str:
        """The day until which what this event raised is owed; empty where there is none."""
        found = [o.due for o in self.standing.owed if o.opened == event.n and o.row.id in rows and o.due]
        return spell_day(max(found)) if found else ""

    def changes(self, new: dict[str, str], old: dict[str, str] | None = None) -> list[list[str]]:
        """A row for each field that differs from what was in force (or from `old`); nothing for what ends."""
        request = self.request
        if request is None or request.ends:
            return []
        old = request.old if old is None else old
        fields = touched(request.list_kind, old, new).values()
        return [[f.label, f.label_of(old.get(f.key, "")) or NOTHING, f.label_of(new.get(f.key, "")) or NOTHING] for f in fields]

    def asked_before(self, event: Event) -> dict[str, str]:
        """The content asked for, as it stood when this happened."""
        asked = [e for e in self.events if e.n and event.n and e.n <= event.n and e.act in ("apply", "reapply")]
        content: dict[str, str] = asked[-1].facts.get("content", {}) if asked else {}
        return content

    def approved_before(self, event: Event) -> dict[str, str]:
        """The content that held after the last decision up to here."""
        decisions = ("approve_amended", "conclude_review")
        decided = [e for e in self.events if e.n and event.n and e.n <= event.n and e.act in decisions and self.stands(e)]
        content: dict[str, str] = decided[-1].facts.get("content", {}) if decided else self.asked_before(event)
        return content


def common(file: CaseFile, event: Event) -> dict[str, Any]:
    """What most papers say of their case."""
    request = file.request
    told = {
        "number": file.case.number, "unit": file.case.office.name, "opinion": str(event.facts.get("opinion") or ""), "done": spell_day(event.on),
        "office": file.role(OFFICE), "verdict": VERDICTS.get(event.act, ""),
    }  # fmt: skip
    if request is not None:
        told |= {"list": LISTS[request.list_kind].name, "matter": f"{request.move}“{request.name}”"}
    return told


def _application(file: CaseFile, event: Event) -> dict[str, Any]:
    request, facts = file.request, event.facts
    if request is None:
        return {}
    wished = facts.get("wished_on")
    return {
        "to": file.role(OFFICE), "ground": request.get_ground_display(), "cause": request.cause, "cause_day": spell_day(request.cause_day),
        "evidence": request.evidence.rstrip("。"), "changes": file.changes(facts.get("content", {}), facts.get("old", {})),
        "wished": spell_day(date.fromisoformat(wished)) if wished else "",
    }  # fmt: skip


def _extension(file: CaseFile, event: Event) -> dict[str, Any]:
    owed = next(o for o in file.standing.owed if o.row.id == "D1")
    first = file.standing.dated(owed.row.within, owed.since)["due"]
    cause = file.request.cause_day if file.request else owed.since
    told = {"to": file.role(OFFICE if event.act == "ask_extension" else UNIT), "cause_day": spell_day(cause), "due": spell_day(first)}
    until = event.facts.get("until") if event.act == "ask_extension" else event.told["ordered"]
    if event.act == "ask_extension":
        return told | {"until": spell_day(date.fromisoformat(until)) if until else ""}
    last = date.fromisoformat(until) if until else owed.due
    granted = event.act == "grant_extension"
    return told | {"granted": "批准" if granted else "不批准", "until": spell_day(last if granted and last else first)}


def _referral(file: CaseFile, event: Event) -> dict[str, Any]:
    given = event.told["gives"].get(LEAD) or event.told["joins"].get(LEAD) or []
    received = file.before(event, "apply", "reapply")
    return {
        "received": spell_day(received[-1].on) if received else "", "leads": file.all_of(given),
        "chief": file.all_of(event.told["gives"].get(CHIEF, [])), "limit": file.due(event, "D4"),
        "changes": file.changes(file.asked_before(event)),
    }  # fmt: skip


def _asked(file: CaseFile, event: Event) -> dict[str, Any]:
    return {"to": file.role(OFFICE), "changes": file.changes(file.asked_before(event))}


def _joint(file: CaseFile, event: Event) -> dict[str, Any]:
    unsigned = list(event.facts.get("unsigned", ()))
    signers = [e.office_code for e in file.before(event, "sign_joint")]
    members = "、".join(filter(None, (file.role(LEAD), file.case.office.name)))
    to = members if event.act == "convene_joint" else file.case.office.name
    return {"to": to, "members": members, "signers": file.all_of(signers), "unsigned": file.all_of(unsigned)}


def _reviews(file: CaseFile, events: list[Event]) -> list[list[str]]:
    return [[file.names.get(e.office_code, e.office_code), label(e.act), spell_day(e.on)] for e in events]


def _approval(file: CaseFile, event: Event) -> dict[str, Any]:
    refused = event.act == "refuse"
    content = event.facts.get("content", {}) if event.act == "approve_amended" else file.asked_before(event)
    return {
        "to": file.case.office.name, "changes": [] if refused else file.changes(content),
        "reviews": _reviews(file, file.before(event, *OPINIONS)), "limit": file.due(event, "D8", "D8n"), "copies": file.role(LEAD),
    }  # fmt: skip


def _receipt(file: CaseFile, event: Event) -> dict[str, Any]:
    decided = file.before(event, "approve", "approve_amended", "refuse")
    return {"approved": f"{VERDICTS[decided[-1].act]}（{spell_day(decided[-1].on)}）" if decided else ""}


def _review_request(file: CaseFile, event: Event) -> dict[str, Any]:
    objected = file.before(event, "object", "object_refusal")
    refused = bool(objected) and objected[-1].act == "object_refusal"
    changes = [] if refused else file.changes(file.approved_before(event))
    return {"to": file.role(OFFICE), "objected": spell_day(objected[-1].on) if objected else "", "changes": changes}


def _conclusion(file: CaseFile, event: Event) -> dict[str, Any]:
    content = event.facts.get("content")
    return {
        "to": file.case.office.name, "changes": file.changes(content) if content else [],
        "reviews": _reviews(file, file.before(event, *REVIEWED)), "copies": file.role(REVIEWER),
    }  # fmt: skip


def _forwarding(file: CaseFile, event: Event) -> dict[str, Any]:
    ended = file.before(event, *ENDS_OF_REVIEW)
    return {
        "to": file.role(EGOV), "basis": ENDS_OF_REVIEW[ended[-1].act] if ended else "", "limit": file.due(event, "D11"),
        "changes": file.changes(file.approved_before(event)),
    }  # fmt: skip


def _publication(file: CaseFile, event: Event) -> dict[str, Any]:
    facts = event.facts
    day = event.told["dates"].get("receipt_day")
    receipt = f"{facts['receipt']}（{spell_day(date.fromisoformat(day))}）" if facts.get("receipt") and day else ""
    return {"result": VERDICTS[event.act], "url": facts.get("url", ""), "receipt": receipt, "digest": spell_digest(facts.get("sha256", ""))}


def _own_site(file: CaseFile, event: Event) -> dict[str, Any]:
    facts, published = event.facts, file.before(event, "publish")
    proofs = [
        [name, facts[f"{prefix}file"], spell_digest(facts[f"{prefix}sha256"])]
        for prefix, name in (("", "本部门网站页面"), ("photo_", "办公场所照片")) if facts.get(f"{prefix}sha256")
    ]  # fmt: skip
    return {"published": spell_day(published[-1].on) if published else "", "url": facts.get("url", ""), "proofs": proofs}


def _filing(file: CaseFile, event: Event) -> dict[str, Any]:
    own = getattr(file.case, "own_change", None)
    if own is not None:
        return {"to": file.role(OFFICE), "matter": f"本单位清单“{own.list_title}”", "done": spell_day(own.done_on), "what": own.what}
    done = file.before(event, "update_own_site_to_file")
    content = file.approved_before(event)
    return {
        "to": file.role(OFFICE), "done": spell_day((done[-1] if done else event).on),
        "changes": file.changes(content),
    }  # fmt: skip


VALUES: dict[str, Callable[[CaseFile, Event], dict[str, Any]]] = {
    "application": _application, "extension_request": _extension, "extension_answer": _extension,
    "return_notice": lambda file, event: {"to": file.case.office.name, "limit": file.due(event, "S48")},
    "referral": _referral, "opinion": _asked, "joint_notice": _joint, "joint_opinion": _joint, "approval": _approval, "receipt": _receipt,
    "review_request": _review_request, "review_opinion": lambda file, event: {"to": file.role(OFFICE)},
    "conclusion": _conclusion, "forwarding": _forwarding,
    "publication": _publication, "own_site": _own_site, "filing": _filing,
}  # fmt: skip


def values_of(key: str, file: CaseFile, event: Event) -> dict[str, Any]:
    """The values of a paper of this event."""
    return common(file, event) | VALUES[key](file, event)
