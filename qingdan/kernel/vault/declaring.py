"""The page 利害关系申报 (诉 第十三条, T9): one's own entries, by kind, 本人 or 亲属, and day. What was typed is shown by nothing."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel.offices.models import Office, Person

from . import interests as declared
from . import keys
from .forms import InterestForm


def _who(request: HttpRequest) -> tuple[Person, Office]:
    return request.user, request.post.office  # type: ignore[attr-defined, return-value]


@sensitive_post_parameters("value")
@sensitive_variables()
def interests(request: HttpRequest) -> HttpResponse:
    """利害关系申报."""
    me, office = _who(request)
    form = InterestForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            declared.declare(form.cleaned_data["kind"], form.cleaned_data["whose"], form.cleaned_data["value"], by=me, office=office)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已申报。原文没有保存，只留下用来比对的标记。")
            return redirect("vault:interests")
    page = Paginator(declared.of(me), 30).get_page(request.GET.get("page"))
    return render(request, "vault/interests.html", {"form": form, "page": page, "usable": _usable()}, status=422 if form.errors else 200)


def _usable() -> set[str]:
    """Keys by which a mark can still be compared."""
    try:
        return {key.id for key in keys.ring().keys}
    except Refused:
        return set()


def end_interest(request: HttpRequest, pk: int) -> HttpResponse:
    """结束."""
    me, office = _who(request)
    row = declared.of(me).filter(pk=pk).first() if pk < 10**9 else None
    if row is None:
        raise Http404("没有这项申报")
    try:
        declared.end(row, by=me, office=office)
        messages.success(request, "已结束这项申报，以后不再用它核对。")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("vault:interests")
