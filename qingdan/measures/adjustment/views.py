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

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ui.sending import key_of, posted, status, who, whole
from qingdan.lists.merging import merged
from qingdan.lists.models import ItemVersion
from qingdan.lists.queries import find
from qingdan.lists.schema import LISTS
from qingdan.statute.labels import label
from qingdan.statute.laws import law_of, law_on
from qingdan.statute.roles import REVIEWER

from . import actions
from .access import visible_to
from .acting import AMENDING, DOINGS, FULL_FORMS, HOLDING, Doing
from .answering import about, attempt, refusal_of
from .checking import Overtaken, code_meant, meetings_at_publishing, meetings_with
from .drafting import SavedMeanwhile, drafts_of, use_up
from .forms import CauseForm, ContentForm, LeadsForm, StartForm
from .models import ENDING, MOVES, NEW, ChangeRequest
from .queries import all_leads, asked_until, items_of, leads_for
from .requesting import content_form, fill, item_meant, of_draft, something_changes, taking_over, typed_in
from .setting_aside import against, begun, beside, draft_of, group_of, put_aside


def start(request: HttpRequest) -> HttpResponse:
    """第七条（一） 申请, first page: which list, which move, which item."""
    office, group = request.post.office, group_of(request)  # type: ignore[attr-defined]
    form = StartForm(request.GET) if request.GET.get("move") else StartForm(initial=request.GET.dict())
    if form.is_bound and form.is_valid():
        data = form.cleaned_data | ({"group": group} if group else {})
        try:
            if data["move"] not in NEW:
                data["code"] = code_meant(data["list_kind"], data["code"], office)
            item_meant(data["list_kind"], data["move"], data["code"], office)
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            return redirect(f"{reverse('adjustment:apply')}?{urlencode(data)}")
    said = law_on("调", clock.today()).told("情形发生后{D1}内提出")
    context = {"form": form, "group": group, "limit": said, "drafts": drafts_of(office).count(), "own": items_of(office)}
    return render(request, "adjustment/start.html", context)


def apply_new(request: HttpRequest) -> HttpResponse:
    """第七条（一） 申请, second page: what has happened and how the item should read. `?draft=` goes on with what was put aside (P-B8)."""
    office = request.post.office  # type: ignore[attr-defined]
    draft = draft_of(request, office)
    asked = {name: getattr(draft, name) if draft else request.GET.get(name, "") for name in ("list_kind", "move", "code")}
    kind, move, code = asked.values()
    if request.GET.get("draft") and draft is None and request.method != "POST":
        messages.error(request, "这份草稿已经提交或者删除。")
        return redirect("adjustment:drafts")
    if kind not in LISTS or move not in dict(MOVES):
        return redirect("adjustment:start")
    change = ChangeRequest(list_kind=kind, move=move)
    version, barred = _newest(change, code, office)
    if barred and request.method != "POST" and draft is None:
        messages.error(request, str(barred))
        return redirect("adjustment:start")
    change.item = None if move in NEW else find(code)
    if draft is not None:
        change = of_draft(draft, change.item, version)
    cause = CauseForm(posted(request), initial=begun(request, office, draft))
    base, group = whole(request, "base") or (version.number if version else None), draft.group if draft else group_of(request)
    if "save" in request.POST and (answer := put_aside(request, cause, typed_in(request.POST, change, code, version, base, group), draft)):
        return answer

    def submit(typed: dict[str, str]) -> Case:
        fill(change, cause, typed, version, whole(request, "base"))
        something_changes(change)
        do = actions.register_cause if "register" in request.POST else actions.apply_new
        with writing():
            if draft is not None:
                use_up(office, {draft.pk: whole(request, "draft_count")})
            return do(change, by=request.user, office=office, key=key_of(request))  # type: ignore[arg-type]

    told = law_on("调", clock.today()).told("政务办须在{D3}内转办（第七条（二））")
    context: dict[str, Any] = {
        "first": True, "new": move in NEW, "key": key_of(request), "group": group, "told": told, "draft": draft,
        "draft_count": whole(request, "draft_count") or (draft.count if draft else ""),
    }  # fmt: skip
    return _application(request, change, cause, (version, barred), submit, **context, **beside(request, office, draft))


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
    change = getattr(case, "request", None)
    context = {"form": form, "doing": doing, "label": label(doing.act), "change": change, **_hints(doing.act, change)}
    return render(request, "adjustment/act.html", context | about(request, case, doing.act, form), status=status(form))


def _hints(act: str, change: ChangeRequest | None) -> dict[str, Any]:
    """At 撤回: until when an application is owed again. At 转办: several leads, which may be a 交叉事项 (P-B3).

    At 公布: what a version published since the application changed (P-B8).
    """
    if change is None:
        return {}
    if act == "withdraw":
        return {"still_due": change.case.obligations.filter(row="D1").values_list("due", flat=True).first()}
    if act == "refer":
        leads = leads_for(change.list_kind, clock.today())
        return {"crossing": "、".join(lead.short for lead in leads) if len(leads) > 1 else ""}
    return {"meetings": meetings_at_publishing(change)} if act == "publish" else {}


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
        more["suggested"] = leads_for(case.request.list_kind, today) if first else []
        more["with_chief"] = first
        if doing.act == "refer_review":
            first_ones = "、".join(o.short for o in more["choices"] if o.code in had)
            more |= {"named": REVIEWER, "told": f"复审由原审核以外的部门或者人员承担；参加了原审核的：{first_ones}"}
    if doing.act == "grant_extension":
        more["initial"] = {"until": asked_until(case)}
    form = doing.form(data, request.FILES if data is not None else None, **more)
    for field in form.fields.values():
        field.help_text = law_of(case.law, case.edition).told(str(field.help_text))
    return form


def _full(request: HttpRequest, case: Case, act: str) -> HttpResponse:
    """Acts whose form is the whole content of the item: 申请, 补正, 修改后核准, 复审结论."""
    change = case.request
    others = _other_moves(request, change) if act == "apply" else []
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

    return _application(request, change, cause, (version, barred), submit, act=act, amending=amending, label=label(act), case=case, others=others)


def _other_moves(request: HttpRequest, change: ChangeRequest) -> list[str]:
    """第七条（一）: what is registered about an item may be applied for in another way (变更 as 取消); `?move=` says which.

    Returns the ways that were not taken.
    """
    if change.item is None:
        return []
    ways = [move for move, _ in MOVES if move not in NEW]
    if request.GET.get("move") in ways:
        change.move = request.GET["move"]
    return [move for move in ways if move != change.move]


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
    meetings = meetings_with(change, version) if request.method != "POST" else []
    content = content_form(change.list_kind, None if ends else posted(request), version, merged(change.asked, meetings), code)
    if cause.is_bound and "save" not in request.POST and cause.is_valid() and (ends or barred or content.is_valid()):
        answer = attempt(request, cause, lambda: submit(_typed(change, version, content)), barred)
        if answer is not None:
            return answer
    refused = refusal_of(cause)
    base = whole(request, "base") or change.base_number
    if base is None or meetings or isinstance(refused, Overtaken):
        base = version.number if version else None
    if isinstance(refused, Overtaken):
        meetings = refused.meetings
        content = content_form(change.list_kind, None if ends else taking_over(request.POST, meetings), version, change.asked, code)
    if isinstance(refused, SavedMeanwhile):
        context |= against(change, refused.draft, content)
    context |= {"cause": cause, "content": content, "kind": LISTS[change.list_kind], "move": change.move, "ending": ends, "base": base or "",
                "version": version, "barred": barred, "change": change, "meetings": meetings}  # fmt: skip
    if case is not None:
        told = law_of("调", case.edition).told("政务办须在{D3}内转办（第七条（二））")
        context |= {"told": told} | about(request, case, act, cause)
    return render(request, "adjustment/apply.html", context, status=status(cause, content))
