"""第六条, 第十条 what the papers of taking in are made from."""

from __future__ import annotations

from typing import Any

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import spell_day
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.papers.templates import Template
from qingdan.lists.queries import current
from qingdan.measures.complaints.access import passages_of
from qingdan.measures.complaints.models import Complaint, Passage
from qingdan.statute.complaints_grounds import BODIES, NOTICE_WAYS, REFUSALS

from .making import read, said_in
from .words import REFUSED, REGISTERED

NAMED = "（身份另存保密库，凭受理编号查对）"
MADE_FROM = {"decline": (Passage.REFUSED, Passage.ANSWER), "decline_unproven": (Passage.REFUSED,), "ask_evidence": (Passage.ASKED,)}


@sensitive_variables()
def of_intake(complaint: Complaint, event: Event, template: Template, by: Person, office: Office) -> dict[str, Any]:
    """What 批转单, 登记表, 告知书 and 补正通知 say."""
    limit = complaint.case.obligations.filter(opened_n=event.n or 0).exclude(due=None).order_by("due").first()
    kinds = MADE_FROM.get(event.act, ())
    said = said_in(event, passages_of(complaint), kinds, by, office) if kinds else {}
    values: dict[str, Any] = {
        "limit": spell_day(limit.due) if limit and limit.due else "",
        "asked": said.get(Passage.ASKED, ""), "reasons": said.get(Passage.REFUSED, ""), "answer": said.get(Passage.ANSWER, ""),
        "item_kind": complaint.get_item_kind_display() if complaint.item_kind else "", "accepted": spell_day(event.on),
    }  # fmt: skip
    if event.told["gives"]:
        values |= _handler(complaint, event)
    if template is REFUSED:
        ground = REFUSALS[str(event.facts["ground"])]
        values |= {"article": ground.article, "ground": ground.name, "pointer": ground.pointer, "way": NOTICE_WAYS[str(event.facts["way"])]}
    if template is REGISTERED:
        values |= _registered(complaint, by, office)
    return values


def _handler(complaint: Complaint, event: Event) -> dict[str, Any]:
    (code,) = next(iter(event.told["gives"].values()))
    body = Office.objects.get(code=code)
    basis = BODIES[complaint.suggested].article if complaint.suggested and not complaint.overridden else "第九条，由批转单位指定"
    return {"handler": body.name, "basis": basis}


def _registered(complaint: Complaint, by: Person, office: Office) -> dict[str, Any]:
    told = read(complaint.content, by, office)
    about = complaint.respondent_office.name if complaint.respondent_office else ""
    version = current(complaint.item) if complaint.item else None
    return {
        "complainant": "匿名" if complaint.anonymous else f"{NAMED}{'，要求保密' if complaint.confidential else ''}",
        "respondent": "，".join(filter(None, [complaint.get_respondent_kind_display(), about, told["respondent"]])),
        "item": f"{version.name}（{version.item.code}）" if version else complaint.get_item_kind_display() if complaint.item_kind else "",
        "text": told["text"], "evidence": told["evidence"],
    }  # fmt: skip
