"""第八条、第十条: a clerk writes down what came by telephone, fax, letter, e-mail or in person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.offices.queries import offices_on
from qingdan.kernel.vault.uploads import in_memory

from .access import visible_to
from .actions import file_complaint
from .answering import key_of, office_of, posted, status
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


def _filed(request: HttpRequest, form: IntakeForm) -> HttpResponse | None:
    office = office_of(request)
    try:
        filing = form.filing()
        filing.files = form.sealed(filing.reference)
        complaint: Complaint = file_complaint(filing, by=request.user, office=office, key=key_of(request))  # type: ignore[arg-type]
    except Refused as refused:
        refuse(form, refused)
        return None
    if visible_to(office, clock.today()).filter(pk=complaint.pk).exists():
        messages.success(request, f"已登记，受理编号 {complaint.spelled}。")
        return redirect("complaints:case", number=complaint.case.number)
    messages.success(request, f"已登记并移送区政府指定，受理编号 {complaint.spelled}；本机关此后看不到这一件。")
    return redirect("complaints:list")
