"""Pages of 到期销毁 (P-E6): what is due, the 销毁清单 and the two approvals, and the certificate to print. No content."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ui.sending import key_of, paged
from qingdan.statute.complaints_retention import APPROVERS, RETENTION

from . import disposing
from .answering import office_of
from .models import Disposal

NONE = "没有这份销毁清单，或者您无权查看。"


def disposals(request: HttpRequest) -> HttpResponse:
    """到期销毁: what is due, to be ticked; the lists of this body; the retention table."""
    office = office_of(request)
    context: dict[str, Any] = {
        "page": paged(request, disposing.due(office), disposing.MOST), "lists": disposing.of(office)[:50], "table": RETENTION.values(),
        "approvers": APPROVERS, "key": key_of(request),
    }  # fmt: skip
    return render(request, "complaints/disposals.html", context)


def propose(request: HttpRequest) -> HttpResponse:
    """提出销毁清单."""
    who: dict[str, Any] = {"by": request.user, "office": office_of(request), "key": key_of(request)}
    try:
        made = disposing.propose(request.POST.getlist("pick"), **who)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("complaints:disposals")
    messages.success(request, f"已提出，须由本单位另外 {APPROVERS} 个人先后批准；第二个人批准时即行销毁。")
    return redirect("complaints:disposal", made.pk)


def disposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One 销毁清单, line by line."""
    found = _found(request, pk)
    lines = list(found.lines.select_related("case"))
    context = {"disposal": found, "lines": lines, "sums": disposing.sums(lines), "key": key_of(request)}
    return render(request, "complaints/disposal.html", context)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """批准, or 退回."""
    found = _found(request, pk)
    who: dict[str, Any] = {"by": request.user, "office": office_of(request), "key": key_of(request)}
    try:
        if "approve" in request.POST:
            done = disposing.approve(found, **who)
            messages.success(request, "已批准，并已销毁。" if done.is_done else "已批准，还须再由一个人批准。")
        elif "reject" in request.POST:
            disposing.reject(found, **who)
            messages.success(request, "已退回，什么也没有销毁。")
        else:
            messages.error(request, "没有收到按了哪个按钮，请用页面上的按钮办理。")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("complaints:disposal", pk)


def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """销毁证明, to print: how many of what, by whom, when, under which rule."""
    found = _found(request, pk)
    if not found.is_done:
        raise Http404(NONE)
    lines = list(found.lines.select_related("case"))
    more = {"entry": disposing.entry_of(found), "now": clock.now(), "me": request.user}
    context = {"disposal": found, "lines": lines, "sums": disposing.sums(lines)} | more
    return render(request, "complaints/certificate.html", context)


def _found(request: HttpRequest, pk: int) -> Disposal:
    found = disposing.of(office_of(request)).filter(pk=pk).first() if pk < 10**9 else None
    if found is None:
        raise Http404(NONE)
    return found
