"""Pages of 责任登记 (第十八条至第二十条): what was registered, and what people decided. The office that may have to answer sees none of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.duties import options
from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.hands import signatures
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.offices.queries import offices_on
from qingdan.kernel.ui.sending import key_of, paged, posted, seen_before, status, who
from qingdan.kernel.vault.reading import read_content
from qingdan.statute.complaints_inquiry import LIABILITIES
from qingdan.statute.labels import label
from qingdan.statute.laws import law_of

from .access import CODE, holds, liabilities_visible_to, one_of, papers_of_liability
from .acting_inquiry import LIABILITY_DOINGS
from .answerable import ROLE, register
from .answering import found, office_of
from .forms import refuse
from .forms_inquiry import AnswerableForm
from .models import Liability
from .papers.issuing_liability import makeable
from .queries import duties_for_page, timeline

NONE = "没有这一件，或者您无权查看。请核对编号。"
PURPOSE = "办理责任登记"


def entry(request: HttpRequest, number: str) -> Liability:
    """The entry of this number, for whoever may know of it; absent and forbidden answer alike (T1)."""
    one: Liability | None = one_of(liabilities_visible_to(office_of(request), clock.today()), case__number=number)
    if one is None:
        raise Http404(NONE)
    return one


def liabilities(request: HttpRequest) -> HttpResponse:
    """责任登记簿: newest first."""
    page = paged(request, liabilities_visible_to(office_of(request), clock.today()).order_by("-pk"))
    return render(request, "complaints/liabilities.html", {"page": page})


def liability(request: HttpRequest, number: str) -> HttpResponse:
    """One entry: of whom, what is owed, what was decided."""
    one, office = entry(request, number), office_of(request)
    events = list(one.case.events.select_related("person").order_by("n"))
    standing = standing_of(one.case, events)
    opened, ended = duties_for_page(one.case, events, standing)
    kind = LIABILITIES[one.kind]
    mine = [o.act for o in options(standing, office.code, clock.today()) if o.act in LIABILITY_DOINGS]
    choices = [(act, label(act), kind.article) for act in mine]
    papers = list(papers_of_liability(one, office))
    context = {
        "key": key_of(request), "papers": papers, "to_make": makeable(one, office, events, papers),
        "liability": one, "case": one.case, "kind": kind, "open": opened, "ended": ended, "choices": list(dict.fromkeys(choices)),
        "mine": one.case.office_id == office.pk,
        "timeline": timeline(events, standing, signatures(events), articles=dict.fromkeys(LIABILITY_DOINGS, kind.article)),
    }  # fmt: skip
    return render(request, "complaints/liability.html", context)


@sensitive_variables()
def words(request: HttpRequest, number: str) -> HttpResponse:
    """事实和证据: for the office that registered it; each opening is written down."""
    one, office = entry(request, number), office_of(request)
    if one.case.office_id != office.pk:
        raise Http404(NONE)
    text = read_content(one.words, by=request.user, office=office, purpose=PURPOSE)["text"]  # type: ignore[arg-type]
    return render(request, "complaints/liability_words.html", {"liability": one, "case": one.case, "kind": LIABILITIES[one.kind], "text": text})


def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """移送, or 不予移送."""
    one = entry(request, number)
    if act not in LIABILITY_DOINGS:
        raise Http404(NONE)
    doing = LIABILITY_DOINGS[act].under(law_of(CODE, one.case.edition))
    make: Any = doing.form
    form = make(posted(request), label=doing.label, must=doing.must, hint=doing.hint)
    if form.is_bound and form.is_valid():
        try:
            doing.do(one, form, **who(request))
            messages.success(request, "已办理。")
            return redirect("complaints:liability", number=one.case.number)
        except Refused as refused:
            refuse(form, refused)
    context = {
        "liability": one, "case": one.case, "kind": LIABILITIES[one.kind], "form": form, "doing": doing, "label": label(act), "key": key_of(request),
        "seen": seen_before(request, form) or standing_of(one.case).length,
    }  # fmt: skip
    return render(request, "complaints/liability_act.html", context, status=status(form))


def new(request: HttpRequest, number: str) -> HttpResponse:
    """登记责任, out of one complaint."""
    complaint, office, today = found(request, number), office_of(request), clock.today()
    kinds = [(k.key, f"{k.article} {k.name}") for k in LIABILITIES.values() if k.key != "default" and holds(office, ROLE[k.key], today)]
    others = [o for o in offices_on(today) if o != office]
    form: Any = AnswerableForm(posted(request), label="事实和证据", must=True, hint="加密存放", kinds=kinds, offers={"unit": others})
    if form.is_bound and form.is_valid():
        told, mine = form.cleaned_data, who(request)
        try:
            one = register(told["kind"], complaint, told["unit"], told["words"], by=mine["by"], office=office, key=mine["key"])
            messages.success(request, "已登记，由另一人决定是否移送。")
            return redirect("complaints:liability", number=one.case.number)
        except Refused as refused:
            refuse(form, refused)
    told = {"complaint": complaint, "case": complaint.case, "form": form, "key": key_of(request)}
    return render(request, "complaints/liability_new.html", told, status=status(form))
