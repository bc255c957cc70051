"""核对回执 (T19): anybody who holds a receipt sees what it proves. Nothing of it is kept, and it names nobody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger import receipts
from qingdan.kernel.vault.uploads import in_memory

from ..forms import ReceiptForm


@in_memory
@sensitive_post_parameters()
@sensitive_variables()
def check(request: HttpRequest) -> HttpResponse:
    """Signature, event, day; each by itself, and what it means."""
    form = ReceiptForm(request.POST, request.FILES) if request.method == "POST" else ReceiptForm()
    told: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        try:
            told = {"found": receipts.check(receipts.read(form.cleaned_data["text"]))}
        except Refused as refused:
            form.add_error(None, str(refused))
    answer = render(request, "portal/receipt_check.html", {"form": form, **told}, status=422 if form.is_bound and form.errors else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer
