"""Pages of several cases at once: an application of several items (S49), and one act in many cases (also the fast lane of E30).

One opinion, one transaction; each case keeps its own step, its own event and its own trace. Item by item stays possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import names
from qingdan.kernel.ui.sending import key_of, posted, status, whole
from qingdan.statute.labels import label, owed
from qingdan.statute.laws import law_on

from . import actions
from .access import visible_to
from .acting import ALIASES, DOINGS, LANE, TOGETHER, Doing
from .answering import heard_in
from .forms import TogetherForm
from .grouping import act_on_all
from .models import Application, ChangeRequest
from .queries import all_leads, law_change_of, leads_for

LONGEST = 40  # characters of a case number
MOST = 300  # cases of one act in one go: two fields each, well under what a form may hold


@dataclass(frozen=True)
class Owing:
    """Who owes what in a case until when; `act` is the short name of the duty, as 待办 has it."""

    obligation: Obligation
    office: str
    act: str


def group(request: HttpRequest, number: str) -> HttpResponse:
    """第七条 一份申请 (S49): those of its cases that this office may see, what is owed in each, what can be done in one go."""
    office = request.post.office  # type: ignore[attr-defined]
    application = Application.objects.select_related("office").filter(number=number).first()
    cases = list(_visible(office).filter(place__application=application).order_by("place__n")) if application else []
    if not cases:
        raise Http404("没有这份申请，或者您无权查看。请核对编号；需要查看的，请联系政务办。")
    owed = _owed(cases)
    mine = [o.obligation for owings in owed.values() for o in owings if o.obligation.office_code == office.code]
    context = {"application": application, "rows": [(case, owed.get(case.pk, [])) for case in cases], "acts": _acts(mine),
               "law_change": law_change_of(application.source) if application else None,
               "hidden": application.places.count() - len(cases) if application else 0}  # fmt: skip
    return render(request, "adjustment/group.html", context)


def several(request: HttpRequest) -> HttpResponse:
    """一并办理: which acts wait in several cases of this office, and the fast lane for what changes contact data alone (E30)."""
    office = request.post.office  # type: ignore[attr-defined]
    open_now = list(_open(office))
    lane = set(_lane(o.case_id for o in open_now))
    quick = [a for a in _acts(o for o in open_now if o.case_id in lane) if a["act"] in LANE]
    context = {"acts": [a for a in _acts(open_now) if a["n"] > 1], "lane": quick}
    return render(request, "adjustment/several.html", context)


def together(request: HttpRequest, act: str) -> HttpResponse:
    """One act in several cases: choose the cases, one opinion, see what will happen, all or nothing."""
    office, doing = request.post.office, DOINGS.get(act)  # type: ignore[attr-defined]
    if doing is None or act not in TOGETHER:
        raise Http404("这一步不能几件一并办理，请到案件页办理。")
    doing = doing.under(law_on("调", clock.today()))
    cases = _candidates(request, office, act)
    ticked = _ticked(request, cases)
    choices = all_leads(clock.today()) if act == "refer" else None
    form = TogetherForm(posted(request), label=doing.label, must=doing.must, hint=doing.hint, choices=choices)
    if form.is_bound and form.is_valid():
        try:
            act_on_all(_chosen(cases, ticked), lambda case: _do(request, case, doing, form))
        except Refused as refused:
            form.add_error(None, str(refused))
            cases = _candidates(request, office, act)  # as they stand now, so that the next attempt has seen it
        else:
            messages.success(request, f"已办理“{label(act)}” {len(ticked)} 件。")
            return redirect("adjustment:group", _group(request)) if _group(request) else redirect("adjustment:several")
    owed, leads = _owed(cases), _leads(act, cases)
    mine = {pk: [o for o in owings if o.obligation.office_code == office.code] for pk, owings in owed.items()}
    said = heard_in([case.pk for case in cases], act)
    rows = [(case, case.number in ticked, mine.get(case.pk, []), leads.get(case.request.list_kind, ""), said.get(case.pk, [])) for case in cases]
    context: dict[str, Any] = {"form": form, "doing": doing, "label": label(act), "rows": rows, "key": key_of(request),
                               "lane": request.GET.get("lane"), "group": _group(request)}  # fmt: skip
    return render(request, "adjustment/together.html", context, status=status(form))


def _group(request: HttpRequest) -> str:
    """The number of the application whose cases alone are looked at; what can be no number is no page."""
    given = request.GET.get("group", "")
    if not re.fullmatch(r"[\w-]{0,40}", given):
        raise Http404("没有这份申请。")
    return given


def _visible(office: Office) -> QuerySet[Case]:
    cases = visible_to(office, clock.today()).filter(request__isnull=False)
    return cases.select_related("office", "request__item", "place__application").annotate(length=Count("events"))


def _open(office: Office, act: str = "") -> QuerySet[Obligation]:
    """What this office can do now: open duties that wait for nobody else."""
    found = Obligation.objects.filter(how="", held=False, office_code=office.code, case__request__isnull=False)
    acts = Q(acts=act) | Q(acts__startswith=f"{act}|") | Q(acts__endswith=f"|{act}") | Q(acts__contains=f"|{act}|")
    return found.filter(acts) if act else found


def _acts(open_now: Iterable[Obligation]) -> list[dict[str, Any]]:
    """The acts that can be done in one go, with the number of cases in which they are open."""
    found: dict[str, set[int]] = {}
    for o in open_now:
        for act in () if o.held else o.acts.split("|"):
            if act in TOGETHER:
                found.setdefault(act, set()).add(o.case_id)
    return [{"act": act, "label": label(act), "article": DOINGS[act].article, "n": len(cases)} for act, cases in found.items()]


def _lane(keys: Iterable[int]) -> list[int]:
    """第六条（三）、E30: those of these cases that change contact data alone."""
    asked = ChangeRequest.objects.filter(case__in=list(keys), move="变更")
    return [request.case_id for request in asked if request.only_contact]


def _candidates(request: HttpRequest, office: Office, act: str) -> list[Case]:
    """The cases in which this office can do this now, and those that were ticked, whatever became of them."""
    open_now = list(_open(office, act).values_list("case", flat=True))
    if request.GET.get("lane"):
        open_now = _lane(open_now)
    cases = _visible(office).filter(Q(pk__in=open_now) | Q(number__in=_posted(request)))
    if number := _group(request):
        cases = cases.filter(place__application__number=number)
    return list(cases.order_by("pk")[:MOST])


def _posted(request: HttpRequest) -> list[str]:
    """The numbers of the cases that were ticked."""
    return [text for text in request.POST.getlist("case")[:MOST] if len(text) <= LONGEST and "\0" not in text]


def _ticked(request: HttpRequest, cases: Iterable[Case]) -> set[str]:
    """Sent: those that were ticked. Shown first: all of an application or of the fast lane, none of a long list."""
    if request.method == "POST":
        return set(_posted(request))
    return {case.number for case in cases} if _group(request) or request.GET.get("lane") else set()


def _chosen(cases: Iterable[Case], ticked: set[str]) -> list[Case]:
    chosen = [case for case in cases if case.number in ticked]
    if not chosen:
        raise Refused("一件也没有办理", "没有勾选案件", "请至少勾选一件")
    return chosen


def _do(request: HttpRequest, case: Case, doing: Doing, form: TogetherForm) -> Event:
    """One act of one case, under a key of its own, by what the person had before their eyes of this case."""
    office = request.post.office  # type: ignore[attr-defined]
    who: dict[str, Any] = {"by": request.user, "office": office, "key": f"{key_of(request)}-{case.pk}", "seen": whole(request, f"seen-{case.number}")}
    if doing.act == "refer":
        leads = form.offices() or leads_for(case.request.list_kind, clock.today())
        return actions.refer(case, leads, form.cleaned_data["opinion"], **who)
    return doing.do(case, form, **who)


def _leads(act: str, cases: Iterable[Case]) -> dict[str, str]:
    """第七条（二）: list → its lead bodies by name, where this act sends the matter to them."""
    kinds = {case.request.list_kind for case in cases} if act == "refer" else set()
    return {kind: "、".join(lead.short for lead in leads_for(kind, clock.today())) for kind in sorted(kinds)}


def _owed(cases: Iterable[Case]) -> dict[int, list[Owing]]:
    """Open duties by case; two queries."""
    office_names = names()
    found: dict[int, list[Owing]] = {}
    for o in Obligation.objects.filter(how="", case__in=[case.pk for case in cases]).order_by("held", "due", "id"):
        name = owed("调", o.row, (ALIASES.get(act, act) for act in o.acts.split("|")))
        found.setdefault(o.case_id, []).append(Owing(o, office_names.get(o.office_code, o.office_code), name))
    return found
