"""The daily heads of the ledger in public: whoever keeps one can see later whether the past was changed (T18)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingdan.kernel.ledger import signing
from qingdan.kernel.ledger.heads import as_csv, day_heads

SHOWN = 31


def ledger(request: HttpRequest) -> HttpResponse:
    """The last closed days, and how to check."""
    return render(request, "portal/ledger.html", {"heads": day_heads(newest=SHOWN), "keys": signing.known()})


def ledger_csv(request: HttpRequest) -> HttpResponse:
    """All closed days, one line each."""
    answer = HttpResponse(as_csv(day_heads()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="heads.csv"'
    return answer
