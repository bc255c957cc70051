"""Pages of 动态调整: start an application, fill it, and every act of a case on a page of its own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from qingdan.engine.duties import options
from qingdan.engine.refusals import Refused, todo_now
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.standing import standing_of
from qingdan.lists.schema import LISTS
from qingdan.statute.labels import label

from . import actions
from .access import visible_to
from .acting import ALIASES, DOINGS, FULL_FORMS, Doing
from .forms import CauseForm, LeadsForm, StartForm
from .models import ENDING, NEW, ChangeRequest
from .queries import all_leads, leads_for
from .requesting import content_form, fill, item_meant, something_changes


@require_http_methods(["GET"])
def start(request: HttpRequest) -> HttpResponse:
    """第七条（一） 申请, first page: which list, which move, which item."""
    form = StartForm(request.GET) if request.GET.get("move") else StartForm(initial=request.GET.dict())
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            item_meant(data["list_kind"], data["move"], data["code"], request.post.office)  # type: ignore[attr-defined]
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            return redirect(f"/adjustment/apply/?{urlencode(data)}")
    return render(request, "adjustment/start.html", {"form": form})


@require_http_methods(["GET", "POST"])
def apply_new(request: HttpRequest) -> HttpResponse:
    """第七条（一） 申请, second page: what has happened and how the item should read."""
    office = request.post.office  # type: ignore[attr-defined]
    kind, move = request.GET.get("list_kind", ""), request.GET.get("move", "")
    if kind not in LISTS:
        return redirect("adjustment:start")
    try:
        item, version = item_meant(kind, move, request.GET.get("code", ""), office)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("adjustment:start")
    posted = request.POST if request.method == "POST" else None
    cause, content = CauseForm(posted), content_form(kind, posted, version, None)
    if posted is not None and cause.is_valid() and (move in ENDING or content.is_valid()):
        change = ChangeRequest(list_kind=kind, move=move, item=item)
        fill(change, cause, version.content_dict if version and move in ENDING else content.content, version)
        answer = _try(request, cause, lambda: _apply_or_register(request, change))
        if answer is not None:
            return answer
    context = {"cause": cause, "content": content, "kind": LISTS[kind], "move": move, "version": version}
    context |= {"ending": move in ENDING, "new": move in NEW, "key": _key(request), "first": True}
    return render(request, "adjustment/apply.html", context, status=_status(cause, content))


def _apply_or_register(request: HttpRequest, change: ChangeRequest) -> Case:
    office, key = request.post.office, _key(request)  # type: ignore[attr-defined]
    something_changes(change)
    if "register" in request.POST:
        return actions.register_cause(change, by=request.user, office=office, key=key)  # type: ignore[arg-type]
    return actions.apply_new(change, by=request.user, office=office, key=key)  # type: ignore[arg-type]


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """One act in one case. Nothing is lost: a refused form comes back with the reason and the newest state."""
    office = request.post.office  # type: ignore[attr-defined]
    case = visible_to(office, clock.today()).filter(number=number).first()
    if case is None or (act not in DOINGS and act not in FULL_FORMS):
        raise Http404("没有这个案件，或者您无权查看。")
    change = ChangeRequest.objects.select_related("item").get(case=case)
    return _full(request, case, change, act) if act in FULL_FORMS else _short(request, case, change, DOINGS[act])


def _short(request: HttpRequest, case: Case, change: ChangeRequest, doing: Doing) -> HttpResponse:
    form = _form(doing, request.POST if request.method == "POST" else None, change)
    if form.is_bound and form.is_valid():
        answer = _try(request, form, lambda: doing.do(case, form, **_who(request)).case)
        if answer is not None:
            return answer
    context = {"form": form, "doing": doing, "label": label(doing.act), **_about(request, case, change, doing.act)}
    return render(request, "adjustment/act.html", context, status=_status(form))


def _full(request: HttpRequest, case: Case, change: ChangeRequest, act: str) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    version = change.item and item_meant(change.list_kind, change.move, change.item.code, case.office)[1]
    content = content_form(change.list_kind, posted, version or None, change.asked)
    amending = act == "approve_amended"
    cause: Any = _form(AMEND, posted, change) if amending else CauseForm(posted, initial=vars(change))
    if posted is not None and cause.is_valid() and (change.move in ENDING or content.is_valid()):
        typed = change.asked if change.move in ENDING else content.content
        answer = _try(request, cause, lambda: _submit(request, case, change, act, cause, typed, version))
        if answer is not None:
            return answer
    context = {"cause": cause, "content": content, "kind": LISTS[change.list_kind], "move": change.move,
               "ending": change.move in ENDING, "label": label(act), "amending": amending,
               **_about(request, case, change, act)}  # fmt: skip
    return render(request, "adjustment/apply.html", context, status=_status(cause, content))


def _submit(
    request: HttpRequest, case: Case, change: ChangeRequest, act: str, cause: Any, typed: dict[str, str], version: Any
) -> Case:
    if act == "approve_amended":
        actions.approve_amended(case, typed, cause.cleaned_data["opinion"], **_who(request))
        return case
    fill(change, cause, typed, version)
    something_changes(change)
    if act == "reapply":
        change.revision += 1
        actions.reapply(case, change, **_who(request))
    else:
        actions.apply(case, change, **_who(request))
    return case


AMEND = Doing("approve_amended", "第七条（四）", DOINGS["refuse"].form, "修改的理由", actions.approve,
              consequence="申请单位须在1个工作日内确认，逾期视为无异议（第八条）")  # fmt: skip


def _form(doing: Doing, posted: Any, change: ChangeRequest) -> Any:
    more: dict[str, Any] = {"label": doing.label, "must": doing.must, "hint": doing.hint}
    if doing.form is LeadsForm:
        today = clock.today()
        more |= {"choices": all_leads(today), "suggested": leads_for(change.list_kind, today)}
    return doing.form(posted, **more)


def _try(request: HttpRequest, form: Any, do: Any) -> HttpResponse | None:
    """Do it and go to the case; or put the refusal on the form and stay."""
    try:
        case = do()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, f"已办理。{_next(case)}")
    return redirect("desk:case", number=case.number)


def _next(case: Case) -> str:
    return todo_now(standing_of(case)) + "。"


def _who(request: HttpRequest) -> dict[str, Any]:
    seen = request.POST.get("seen", "")
    return {
        "by": request.user,
        "office": request.post.office,  # type: ignore[attr-defined]
        "key": _key(request),
        "seen": int(seen) if seen.isdigit() else None,
    }


def _key(request: HttpRequest) -> str:
    """The idempotency key of this form: made when it is first shown, sent back with it."""
    return request.POST.get("key", "")[:60] or uuid4().hex


def _about(request: HttpRequest, case: Case, change: ChangeRequest, act: str) -> dict[str, Any]:
    standing = standing_of(case)
    office = request.post.office  # type: ignore[attr-defined]
    open_now = {o.act: o for o in options(standing, office.code, clock.today())}
    option = open_now.get(act) or next((open_now[a] for a, b in ALIASES.items() if b == act and a in open_now), None)
    seen = request.POST.get("seen") or standing.length
    return {"case": case, "change": change, "key": _key(request), "seen": seen, "option": option,
            "today": clock.today()}  # fmt: skip


def _status(*forms: Any) -> int:
    return 422 if any(f.is_bound and f.errors for f in forms) else 200

