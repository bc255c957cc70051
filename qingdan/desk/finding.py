"""案件: all that this office may see, narrowed; and the sets of conditions kept for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.offices.queries import names
from qingdan.kernel.saved.actions import drop, keep, saved_for
from qingdan.measures.adjustment.access import visible_to

from .filtering import PAGE, CasesForm, counted, means
from .inbox import duty_of, in_order


def cases(request: HttpRequest) -> HttpResponse:
    """Newest first: who owes what by when."""
    post, today = request.post, clock.today()  # type: ignore[attr-defined]
    seen, form = visible_to(post.office, today), CasesForm(request.GET, today)
    query = form.query()
    found = seen.filter(means(form.cleaned_data, post.office, today)) if form.is_valid() else seen.none()
    page = Paginator(found.order_by("-pk"), 50).get_page(request.GET.get("page"))
    owed = _open_duties([c.pk for c in page])
    rows = [(case, owed.get(case.pk, [])) for case in page]
    kept = counted(saved_for(post, PAGE), seen, post.office, post.person.pk, query, today)
    return render(request, "desk/cases.html", {"page": page, "rows": rows, "form": form, "query": query, "kept": kept})


def keep_filter(request: HttpRequest) -> HttpResponse:
    """保存 the conditions of the list under a name, or 删除 one's own; back to the list as it was."""
    post = request.post  # type: ignore[attr-defined]
    query = CasesForm(QueryDict(request.POST.get("query", "")[:1000]), clock.today()).query()
    try:
        if "drop" in request.POST:
            drop(post, PAGE, request.POST["drop"])
            messages.success(request, "已删除。")
        else:
            keep(post, PAGE, request.POST.get("name", "")[:100], query, "shared" in request.POST)
            messages.success(request, "已保存，列在案件页的上方。")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('desk:cases')}?{query}" if query else "desk:cases")


def _open_duties(keys: list[int]) -> dict[int, list[Any]]:
    office_names = names()
    out: dict[int, list[Any]] = {}
    for o in Obligation.objects.filter(how="", case__in=keys).select_related("case"):
        out.setdefault(o.case_id, []).append(duty_of(o, office_names))
    return {key: in_order(duties) for key, duties in out.items()}
