"""单位变动: what has been registered, the form, a look at what goes with the office, and the act."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel.offices.models import OfficeChange
from qingdan.kernel.ui.sending import key_of, posted

from .actions import change_office, plan
from .forms import ChangeForm


def offices(request: HttpRequest) -> HttpResponse:
    """First send shows what would go along; the second, with the same contents, does it."""
    form: Any = ChangeForm(posted(request))
    taken = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            taken = plan(data["old"], form.placed)
            if "confirm" in request.POST:
                change_office(
                    data["kind"], data["old"], form.heirs, document=data["document"], document_day=data["document_day"], placed=form.placed,
                    by=request.user, office=request.post.office, key=key_of(request),  # type: ignore[arg-type, attr-defined]
                )  # fmt: skip
                done = f"{len(taken.items)} 个事项、{len(taken.cases)} 件在办案件、{taken.posts} 个任职"
                messages.success(request, f"已登记。{data['old'].short}的{done}由{form.heirs[0].short}承接。")
                return redirect("adjustment:offices")
        except Refused as refused:
            form.add_error(None, str(refused))
            taken = None
    changes = OfficeChange.objects.select_related("old", "heir")
    context = {"form": form, "taken": taken, "heirs": getattr(form, "heirs", []), "changes": changes, "key": key_of(request)}
    return render(request, "adjustment/offices.html", context, status=422 if form.is_bound and form.errors else 200)
