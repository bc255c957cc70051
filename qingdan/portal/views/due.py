"""The public calculator: a start day and a number of working days, and why the date is what it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingdan.kernel.calendar.current import in_force

from ..forms import DueForm


def due(request: HttpRequest) -> HttpResponse:
    """Asked as soon as a start day or a number stands in the address."""
    asked = bool(request.GET.get("start"))
    form = DueForm(request.GET) if asked else DueForm(initial={"n": request.GET.get("n", "")[:9]})
    return render(request, "portal/due.html", {"form": form, **(_answer(form) if asked and form.is_valid() else {})})


def _answer(form: DueForm) -> dict[str, Any]:
    """The due day and the days on the way; a day out of the calendar becomes an error of the form (its sentence is the calendar's)."""
    start, n = form.cleaned_data["start"], form.cleaned_data["n"]
    try:
        found, days = in_force().due(start, n), in_force().days(start, n)
    except ValueError as error:
        form.add_error("start", str(error))
        return {}
    return {"start": start, "n": n, "due": found, "days": days, "known_until": in_force().known_until}
