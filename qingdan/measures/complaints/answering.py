"""How a form of this room is answered: who sends it, what came of it, and what stands around it if it is shown again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingdan.engine.duties import Option, Standing, options
from qingdan.engine.refusals import Refused, todo_now
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.offices.models import Office
from qingdan.kernel.ui.reasons import why_to_act
from qingdan.kernel.ui.sending import key_of, seen_before

from .access import one_of, reads_content, visible_to
from .acting import FOR_COMPLAINANT
from .actions import SOMEBODY
from .forms import refuse
from .models import Complaint

NONE = "没有这件投诉，或者您无权查看。请核对编号。"


def office_of(request: HttpRequest) -> Office:
    office: Office = request.post.office  # type: ignore[attr-defined]
    return office


def found(request: HttpRequest, number: str) -> Complaint:
    """The complaint of this number, for whoever may know of it; absent and forbidden answer alike (T1)."""
    seen = visible_to(office_of(request), clock.today()).select_related(
        "case__office", "handler", "respondent_office", "registered_by", "item", "content", "earlier__case"
    )
    complaint: Complaint | None = one_of(seen, case__number=number)
    if complaint is None:
        raise Http404(NONE)
    return complaint


def found_to_read(request: HttpRequest, number: str) -> Complaint:
    """The same, for who may read what was said."""
    complaint = found(request, number)
    if not reads_content(complaint, office_of(request)):
        raise Http404(NONE)
    return complaint


def attempt(request: HttpRequest, form: Any, do: Callable[[], Case], page: str = "") -> HttpResponse | None:
    """Do it and go on, to this page of a child case, else to the complaint; or put the refusal on the form and stay."""
    try:
        case = do()
    except Refused as refused:
        refuse(form, refused)
        return None
    messages.success(request, f"已办理。{todo_now(standing_of(case))}。")
    if page:
        return redirect(page, number=case.number)
    seen = visible_to(office_of(request), clock.today()).filter(case=case).exists()
    return redirect("complaints:case", number=case.number) if seen else redirect("complaints:list")


def about(request: HttpRequest, complaint: Complaint, act: str, form: Any) -> dict[str, Any]:
    """The case around a form."""
    case = complaint.case
    standing = standing_of(case)
    option = open_to(standing, office_of(request)).get(act)
    seen = seen_before(request, form)
    return {"complaint": complaint, "case": case, "key": key_of(request), "seen": seen or standing.length, "option": option, "standing": standing,
            "why": why_to_act(case, standing, option), "reads": reads_content(complaint, office_of(request))}  # fmt: skip


def open_to(standing: Standing, office: Office) -> dict[str, Option]:
    """What this office can do now; what the complainant can do is written down by the body that has the complaint."""
    today = clock.today()
    mine = {o.act: o for o in options(standing, office.code, today) if o.act not in FOR_COMPLAINANT}
    for o in standing.open:  # an extension is no row of its own
        if (ext := o.row.extension) and office.code in standing.parties.get(ext.by, ()) and o.due is not None and today <= o.due:
            mine.setdefault(ext.act, Option(ext.act, o.row, o))
    if any(o.office == office.code and o.is_open for o in standing.owed):
        mine |= {o.act: o for o in options(standing, SOMEBODY.code, today)}
    return mine
