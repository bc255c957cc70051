"""再次投诉 (P-D9): from the page of the code of a complaint that is over, with new facts; a complaint of its own, with number, code and receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.throttle.limits import tried
from qingdan.measures.complaints import codes
from qingdan.measures.complaints.access import of_case
from qingdan.measures.complaints.actions import file_complaint
from qingdan.measures.complaints.models import Complaint, new_reference
from qingdan.measures.complaints.reopening import again

from ..discreet import whence
from ..filing import AgainForm
from ..tokens import code_of, key_of, salt_of, token_of
from .complaints import receipt_page

REOPEN = "reopen"


@sensitive_variables()
def reopened(request: HttpRequest, complaint: Complaint) -> HttpResponse | dict[str, Any]:
    """The receipt of the new complaint, or the form with what is wrong. What is sent twice is one complaint."""
    token = token_of(request)
    before = Event.objects.filter(key=key_of(token, REOPEN)).first()
    if before is not None and before.case:
        return receipt_page(request, of_case(before.case), token)
    form = AgainForm(request.POST, request.FILES, auto_id="again_%s")
    if form.is_valid():
        try:
            return _filed(request, complaint, form, token)
        except Refused as refused:
            form.add_error(None, str(refused))
    return {"form": form, "doing": REOPEN, "files_lost": bool(request.FILES)}


@sensitive_variables()
def _filed(request: HttpRequest, complaint: Complaint, form: AgainForm, token: str) -> HttpResponse:
    codes.ensure_open(codes.FILINGS, whence(request), "现在不能提交")
    reference, told = new_reference(), form.cleaned_data
    filing = again(
        complaint, told["new_facts"], confidential=told["confidential"], reference=reference, files=form.sealed(reference), salt=salt_of(token),
        query_hash=codes.hash_of(code_of(token)),
    )  # fmt: skip
    new = file_complaint(filing, by=None, key=key_of(token, REOPEN))
    tried(codes.FILINGS, whence(request))
    return receipt_page(request, new, token, filing)
