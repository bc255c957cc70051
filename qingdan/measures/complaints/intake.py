"""第八条、第十条: a clerk writes down what came by telephone, fax, letter, e-mail or in person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.queries import offices_on
from qingdan.kernel.vault.uploads import in_memory

from .access import visible_to
from .actions import file_complaint
from .answering import key_of, office_of, posted, status
from .codes import hash_of, new_code
from .forms import IntakeForm, now_in_form, refuse
from .models import Complaint


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
    """The query code stands on this answer alone (E24): nobody can show it a second time."""
    office = office_of(request)
    code = new_code()
    try:
        filing = form.filing()
        filing.files, filing.query_hash = form.sealed(filing.reference), hash_of(code)
        complaint: Complaint = file_complaint(filing, by=request.user, office=office, key=key_of(request))  # type: ignore[arg-type]
    except Refused as refused:
        refuse(form, refused)
        return None
    context = {
        "complaint": complaint, "code": code if complaint.query_hash == filing.query_hash else "", "case": complaint.case,
        "seen": visible_to(office, clock.today()).filter(pk=complaint.pk).exists(),
    }  # fmt: skip
    return render(request, "complaints/filed.html", context)
