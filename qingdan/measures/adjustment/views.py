"""Pages of 动态调整: start an application, fill it, and every act of a case on a page of its own.

Nothing that was typed is lost: a refused form comes back with the reason, status 422 and the newest state.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case
from qingdan.lists.models import ItemVersion
from qingdan.lists.queries import find
from qingdan.lists.schema import LISTS
from qingdan.statute.labels import label
from qingdan.statute.laws import law_of

from . import actions
from .access import visible_to
from .acting import AMENDING, DOINGS, FULL_FORMS, HOLDING, Doing
from .answering import about, attempt, key_of, posted, refusal_of, status, who, whole
from .checking import Overtaken
from .forms import CauseForm, ContentForm, LeadsForm, StartForm
from .models import ENDING, MOVES, NEW, ChangeRequest
from .queries import all_leads, asked_until, leads_for
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
            return redirect(f"{reverse('adjustment:apply')}?{urlencode(data)}")
    return render(request, "adjustment/start.html", {"form": form})


@require_http_methods(["GET", "POST"])
def apply_new(request: HttpRequest) -> HttpResponse:
    """第七条（一） 申请, second page: what has happened and how the item should read."""
    kind, move, code = (request.GET.get(name, "") for name in ("list_kind", "move", "code"))
    if kind not in LISTS or move not in dict(MOVES):
        return redirect("adjustment:start")
    change = ChangeRequest(list_kind=kind, move=move)
    version, barred = _newest(change, code, request.post.office)  # type: ignore[attr-defined]
    if barred and request.method == "GET":
        messages.error(request, str(barred))
        return redirect("adjustment:start")
    change.item = None if move in NEW else find(code)
    cause = CauseForm(posted(request))

    def submit(typed: dict[str, str]) -> Case:
        fill(change, cause, typed, version, whole(request, "base"))
        something_changes(change)
        do = actions.register_cause if "register" in request.POST else actions.apply_new
        return do(change, by=request.user, office=request.post.office, key=key_of(request))  # type: ignore[arg-type, attr-defined]

    return _application(request, change, cause, (version, barred), submit, first=True, new=move in NEW, key=key_of(request))


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """One act in one case."""
    office = request.post.office  # type: ignore[attr-defined]
    cases = visible_to(office, clock.today()).filter(_with_a_page(act))
    case = cases.select_related("request__item", "hold__version").filter(number=number).first()
    if case is None or (act not in DOINGS and act not in FULL_FORMS):
        raise Http404("没有这个案件，或者您无权查看。")
    law = law_of(case.law, case.edition)
    return _full(request, case, act) if act in FULL_FORMS else _short(request, case, DOINGS[act].under(law))


def _with_a_page(act: str) -> Q:
    """Which cases have this act: a hold its own two, a unit's own list its 备案, an application all others."""
    if act in HOLDING:
        return Q(hold__isnull=False)
    applied = Q(request__isnull=False)
    return applied | Q(own_change__isnull=False) if act == "file_own" else applied


def _short(request: HttpRequest, case: Case, doing: Doing) -> HttpResponse:
    form = _form(request, doing, case)
    if form.is_bound and form.is_valid():
        answer = attempt(request, form, lambda: _done(doing, case, form, request))
        if answer is not None:
            return answer
    context = {"form": form, "doing": doing, "label": label(doing.act), "change": getattr(case, "request", None)}
    return render(request, "adjustment/act.html", context | about(request, case, doing.act, form), status=status(form))


def _done(doing: Doing, case: Case, form: Any, request: HttpRequest) -> Case:
    doing.do(case, form, **who(request))
    return case


def _form(request: HttpRequest, doing: Doing, case: Case) -> Any:
    """The form of an act, its words with the limits of the edition that the case keeps."""
    data = posted(request)
    more: dict[str, Any] = {"label": doing.label, "must": doing.must, "hint": doing.hint}
    if doing.form is LeadsForm:
        today, first = clock.today(), doing.act == "refer"
        had = set(case.obligations.filter(row="D4").values_list("office_code", flat=True))
        more["choices"] = [o for o in all_leads(today) if doing.act != "add_lead" or o.code not in had]
        others = [o for o in more["choices"] if o.code not in had] if doing.act == "refer_review" else []
        more["suggested"] = leads_for(case.request.list_kind, today) if first else others[:1]
        more["with_chief"] = first
    if doing.act == "grant_extension":
        more["initial"] = {"until": asked_until(case)}
    form = doing.form(data, request.FILES if data is not None else None, **more)
    for field in form.fields.values():
        field.help_text = law_of(case.law, case.edition).told(str(field.help_text))
    return form


def _full(request: HttpRequest, case: Case, act: str) -> HttpResponse:
    """Acts whose form is the whole content of the item: 申请, 补正, 修改后核准, 复审结论."""
    change = case.request
    version, barred = _newest(change, change.item.code if change.item else "", case.office)
    amending = AMENDING[act].under(law_of(case.law, case.edition)) if act in AMENDING else None
    cause = _form(request, amending, case) if amending else CauseForm(posted(request), initial=vars(change), registered=True)

    def submit(typed: dict[str, str]) -> Case:
        if amending:
            amending.do(case, typed, cause.cleaned_data["opinion"], **who(request))
            return case
        fill(change, cause, typed, version, whole(request, "base"))
        something_changes(change)
        do = actions.reapply if act == "reapply" else actions.apply
        do(case, change, **who(request))
        return case

    return _application(request, change, cause, (version, barred), submit, act=act, amending=amending, label=label(act), case=case)


def _newest(change: ChangeRequest, code: str, office: Any) -> tuple[ItemVersion | None, Refused | None]:
    """The version in force of the item meant; or why it cannot be changed any more."""
    try:
        return item_meant(change.list_kind, change.move, code, office)[1], None
    except Refused as refused:
        return None, refused


def _typed(change: ChangeRequest, version: ItemVersion | None, content: ContentForm) -> dict[str, str]:
    """What an ending item says does not change."""
    if change.move not in ENDING:
        return content.content
    return version.content_dict if version else change.asked


def _application(
    request: HttpRequest, change: ChangeRequest, cause: Any, found: tuple[ItemVersion | None, Refused | None],
    submit: Callable[[dict[str, str]], Case], act: str = "", case: Case | None = None, **context: Any,
) -> HttpResponse:  # fmt: skip
    """Shown first, tried, or shown again with all that was typed."""
    version, barred = found
    ends = change.move in ENDING
    code = change.item.code if change.item and change.move not in NEW else ""
    content = content_form(change.list_kind, None if ends else posted(request), version, change.asked, code)
    if cause.is_bound and cause.is_valid() and (ends or barred or content.is_valid()):
        answer = attempt(request, cause, lambda: submit(_typed(change, version, content)), barred)
        if answer is not None:
            return answer
    base = whole(request, "base") or change.base_number
    if base is None or isinstance(refusal_of(cause), Overtaken):
        base = version.number if version else None
    context |= {"cause": cause, "content": content, "kind": LISTS[change.list_kind], "move": change.move, "ending": ends,
                "version": version, "barred": barred, "base": base or "", "change": change}  # fmt: skip
    if case is not None:
        context |= about(request, case, act, cause)
    return render(request, "adjustment/apply.html", context, status=status(cause, content))
