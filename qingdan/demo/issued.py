"""The official papers of the demonstration: those of one finished case, and of one month; few, since each is set as it is in life."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.papers.actions import issue
from qingdan.kernel.papers.models import Paper
from qingdan.measures.adjustment.papers.catalogue import Origin, of_events

STORY, ACTS = "办结：残保金标准", {"refer", "agree", "approve", "publish"}
MONTH = date(2026, 10, 1)
WRONG = {"copies": "金水区审计局"}
"""What stood in the first 核准意见, and should not have: it was replaced by another one (更正重发)."""
HERE = "http://127.0.0.1:8000"


def of_act(story: str, case: Case, act: str, *, by: Person, office: Office) -> None:
    """The paper of what was just done in a case, where this story has papers."""
    if story != STORY or act not in ACTS:
        return
    for origin in _made_of_last(case):
        if act == "approve":
            wrong = _issue(origin, by, office, WRONG)
            _issue(origin, by, office, {}, wrong)
        else:
            _issue(origin, by, office, {})


def of_month(case: Case, *, by: Person, office: Office) -> None:
    """第十条（三）: the report of one month, beside its 台账."""
    if case.opened_on == MONTH:
        for origin in _made_of_last(case):
            _issue(origin, by, office, {})


def _made_of_last(case: Case) -> list[Origin]:
    return of_events(case, [*case.events.order_by("-n")[:1]])


def _issue(origin: Origin, by: Person, office: Office, typed: dict[str, str], corrects: Paper | None = None) -> Paper:
    address = (settings.PUBLIC_ADDRESS.rstrip("/") or HERE) + reverse("portal:verify")
    wanted = origin.wanted(office, typed, corrects, "抄送单位写错，应当抄送牵头部门" if corrects else "")
    return issue(wanted, by=by, office=office, address=address)
