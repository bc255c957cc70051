"""第八条、第十条: a clerk writes down what came by telephone, fax, letter, e-mail or in person."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import offices_on
from qingdan.kernel.ui.sending import key_of, posted, status
from qingdan.kernel.vault.uploads import in_memory

from .access import visible_to
from .actions import file_complaint
from .answering import office_of
from .codes import code_of, fits, hash_of, plain
from .forms import IntakeForm, now_in_form, refuse
from .likeness import like
from .models import Complaint

AGAIN = timedelta(minutes=10)
"""So long a form that is sent again shows its code again."""


@in_memory
def new(request: HttpRequest) -> HttpResponse:
    """登记投诉."""
    files = request.FILES if request.method == "POST" else None
    form = IntakeForm(posted(request), files, initial=now_in_form(), offices=list(offices_on(clock.today())))
    if form.is_bound and form.is_valid() and (answer := _filed(request, form)) is not None:
        return answer
    return render(request, "complaints/new.html", {"form": form, "key": key_of(request)}, status=status(form))


@sensitive_variables()
def _filed(request: HttpRequest, form: IntakeForm) -> HttpResponse | None:
    """The query code stands on this answer alone (E24). The form holds a token; the ledger knows its digest only."""
    office, token = office_of(request), key_of(request)
    try:
        filing = form.filing()
        filing.earlier = _earlier(form, office)
        if form.errors:
            return None
        if filing.earlier is not None and filing.respondent_office is None:
            filing.respondent_office = filing.earlier.respondent_office
        filing.files, filing.query_hash = form.sealed(filing.reference), hash_of(code_of(token))
        key = "d-" + hashlib.sha256(token.encode()).hexdigest()[:40]
        complaint: Complaint = file_complaint(filing, by=request.user, office=office, key=key)  # type: ignore[arg-type]
    except Refused as refused:
        refuse(form, refused)
        return None
    seen = visible_to(office, clock.today()).filter(pk=complaint.pk).exists()
    context = {
        "complaint": complaint, "case": complaint.case, "code": code_of(token) if _just_now(complaint, request, token) else "", "seen": seen,
        "like": like(complaint, office) if seen else [],
    }  # fmt: skip
    return render(request, "complaints/filed.html", context)


def _earlier(form: IntakeForm, office: Office) -> Complaint | None:
    """P-D9: the earlier complaint that is named, if this office may know of it; what it may not know of answers like what is not there."""
    typed = form.cleaned_data["earlier"].strip()
    if not typed:
        return None
    named = Q(case__number=typed) | Q(reference=plain(typed)[:16])
    one: Complaint | None = visible_to(office, clock.today()).filter(named).first()
    if one is None:
        form.add_error("earlier", "没有这一件，或者您无权查看：请核对编号。")
    return one


@sensitive_variables()
def _just_now(complaint: Complaint, request: HttpRequest, token: str) -> bool:
    """Did this person file it with this form a moment ago: then a second press of the button shows the same."""
    event = complaint.case.events.get(n=1)
    return event.person_id == request.user.pk and clock.now() - event.recorded_at < AGAIN and fits(complaint.query_hash, code_of(token))
