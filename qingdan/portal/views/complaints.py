"""网上投诉 (第八条, P-D1): one page without account and script, the receipt, and the way out that leaves no trace in the browser."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import receipts
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.throttle.limits import tried
from qingdan.measures.complaints import codes
from qingdan.measures.complaints.access import of_case
from qingdan.measures.complaints.actions import file_complaint
from qingdan.measures.complaints.filing import Filing, told_in
from qingdan.measures.complaints.models import Complaint
from qingdan.measures.complaints.queries import contacts as known
from qingdan.statute.laws import law_on

from ..discreet import CLEAR, discreet, whence
from ..filing import MATTERS, ComplaintForm
from ..tokens import code_of, key_of, salt_of, token_of

AGAIN = timedelta(minutes=2)
"""How long the code is shown again where the same form comes twice: a second press, a network that broke off."""


@discreet
def intake(request: HttpRequest) -> HttpResponse:
    """提出投诉. What is sent twice is one complaint; what cannot be taken comes back as it was typed."""
    token = token_of(request)
    if request.method == "POST" and (before := Event.objects.filter(key=key_of(token)).first()) and before.case:
        return receipt_page(request, of_case(before.case), token)
    asked = {"item_code": request.GET.get("item", "")[:100]}
    form, status = ComplaintForm(request.POST, request.FILES) if request.method == "POST" else ComplaintForm(initial=asked), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                return _filed(request, form, token)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 429 if isinstance(refused, codes.TooOften) else 422
    context = {"form": form, "token": token, "within": _within(), "matters": MATTERS, "files_lost": bool(form.is_bound and request.FILES)}
    return render(request, "portal/complaint_new.html", context, status=status)


@sensitive_variables()
def _filed(request: HttpRequest, form: ComplaintForm, token: str) -> HttpResponse:
    codes.ensure_open(codes.FILINGS, whence(request), "现在不能提交")
    filing = form.filing(salt=salt_of(token), query_hash=codes.hash_of(code_of(token)))
    filing.files = form.sealed(filing.reference)
    complaint = file_complaint(filing, by=None, key=key_of(token))
    tried(codes.FILINGS, whence(request))
    return receipt_page(request, complaint, token, filing)


@sensitive_variables()
def receipt_page(request: HttpRequest, complaint: Complaint, token: str, filing: Filing | None = None) -> HttpResponse:
    """The receipt; the code with it where it is shown for the first time, or again at once."""
    event = complaint.case.events.get(n=1)
    receipt = signed(event, complaint)
    told = {"salt": salt_of(token), "fields": told_in(filing)} if filing else None
    fresh = codes.fits(complaint.query_hash, code_of(token)) and clock.now() - event.recorded_at < AGAIN
    context = {
        "complaint": complaint, "code": code_of(token) if fresh else "", "receipt": receipt,
        "statement": receipts.as_json(receipt) if receipt else "",
        "told": json.dumps(told, ensure_ascii=False) if told else "", "salt": salt_of(token), "at": event.recorded_at, "again": filing is None,
        "place": complaint.handler or complaint.case.office, "within": _within(),
    }  # fmt: skip
    return render(request, "portal/complaint_receipt.html", context)


def signed(event: Event, complaint: Complaint) -> dict[str, Any] | None:
    """Nothing where it cannot be signed just now: the complaint stands, and the page of the code gives the receipt later."""
    try:
        return receipts.receipt_of(event, complaint.reference)
    except Refused:
        return None


@discreet
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The receipt as a file: whoever holds it sends it here; what we have not signed is not given back."""
    try:
        receipt = receipts.read(request.POST.get("statement", ""))
        found = receipts.check(receipt)
        told = json.loads(request.POST["told"]) if "with" in request.POST and request.POST.get("told") else None
    except (Refused, ValueError, RecursionError):
        raise Http404("没有可以下载的回执。请从提交投诉后的页面，或者查询的页面下载。") from None
    if not (found.ours and found.signature):
        raise Http404("这份回执不是本系统签发的。")
    if told is not None and receipts.check(receipt | {"told": told}).told is not True:
        raise Http404("所写内容与提交时的不同，没有下载。")
    ending = "txt" if "txt" in request.POST else "json"
    whole = receipt if told is None else receipt | {"told": told}
    text = receipts.as_text(whole) if ending == "txt" else receipts.as_json(whole)
    return HttpResponse(text, content_type="application/octet-stream", headers={"Content-Disposition": f'attachment; filename="receipt.{ending}"'})


@discreet
def leave(request: HttpRequest) -> HttpResponse:
    """离开: the browser forgets these pages, as far as it lets itself be told."""
    answer = redirect("portal:home")
    answer.headers["Clear-Site-Data"] = CLEAR
    return answer


def _within() -> dict[str, str]:
    """The limits of today's edition, for words of a page."""
    told = law_on("诉", clock.today()).told
    return {"assign": told("{D15}"), "accept": told("{D16}"), "handle": told("{D18}")}


def contacts(request: HttpRequest) -> HttpResponse:
    """第七条 (O6): how each handling body is reached, and what it has not made known."""
    return render(request, "portal/contacts.html", {"known": known(clock.today())})


