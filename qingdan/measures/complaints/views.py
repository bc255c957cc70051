"""Pages of 投诉处理 at the desk: the work list with its three clocks, one complaint, what was said in it, each act on a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.hands import signatures
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.offices.queries import offices_on
from qingdan.kernel.ui.sending import key_of, paged, posted, status, who
from qingdan.kernel.vault import unlocking
from qingdan.kernel.vault.giving import attachment
from qingdan.kernel.vault.reading import read_content, read_file
from qingdan.kernel.vault.uploads import in_memory
from qingdan.statute.complaints_grounds import CLOCKS, REFUSALS, clock_of
from qingdan.statute.labels import label
from qingdan.statute.laws import law_of

from . import inquiring
from .access import CODE, linked, papers_of, passages_of, reads_content, visible_to
from .acting import DOINGS, FOR_COMPLAINANT, Doing
from .acting_inquiry import INQUIRY, READ_FIRST
from .answering import NONE, about, attempt, found, found_to_read, office_of, open_to
from .disposing import destroyed_in
from .filing import bodies_for, names_of
from .forms import BodyForm, RefusalForm
from .inquiring import section, worth_offering
from .likeness import like
from .models import Complaint, Passage, Rating
from .papers.issuing import makeable
from .queries import FIRST, bodies, counts, duties_for_page, lines, open_duties, state_of, timeline

PURPOSE = "办理投诉"
OFFERED = {*DOINGS, *INQUIRY} - {*READ_FIRST}


def work_list(request: HttpRequest) -> HttpResponse:
    """P-D4: what is open, by clock; `?clock=` one of them, in full."""
    office, today = office_of(request), clock.today()
    only = request.GET.get("clock", "")
    told = [(key, CLOCKS[key][0], *n) for key, n in counts(office, today).items()]
    context: dict[str, Any] = {"counts": told, "only": only if only in CLOCKS else ""}
    if only in CLOCKS:
        page = paged(request, open_duties(office, today, only))
        context |= {"page": page, "groups": [(only, CLOCKS[only][0], lines(page, office, today))]}
    else:
        firsts = {key: list(open_duties(office, today, key)[:FIRST]) for key in CLOCKS}
        shown = lines([o for some in firsts.values() for o in some], office, today)
        context["groups"] = [(key, CLOCKS[key][0], [line for line in shown if clock_of(line.duty.row) == key]) for key in CLOCKS]
    return render(request, "complaints/list.html", context | {"first": FIRST})


def case(request: HttpRequest, number: str) -> HttpResponse:
    """One complaint: open duties first, then what I may do, what it is about, what has happened. Nothing that was said stands here."""
    complaint = found(request, number)
    return render(request, "complaints/case.html", _page_of(request, complaint))


def _page_of(request: HttpRequest, complaint: Complaint) -> dict[str, Any]:
    office, one = office_of(request), complaint.case
    events = list(one.events.select_related("person").order_by("n"))
    standing = standing_of(one, events)
    opened, ended = duties_for_page(one, events, standing)
    reads = reads_content(complaint, office)
    issued = list(papers_of(complaint, office))
    before, after = linked(complaint, office, clock.today())
    told = section(request, complaint, reads)
    worth = worth_offering(told, request.user)
    choices = [(act, label(act), o.row.article) for act, o in open_to(standing, office).items() if act in OFFERED and worth(act)]
    choices.sort(key=lambda choice: choice[0] == "propose_malicious")  # the last thing to think of
    return {
        "complaint": complaint, "case": one, "reads": reads, "state": state_of([d["row"] for d in opened], complaint, events[-1].act),
        "open": opened, "ended": ended,
        "choices": [c for c in choices if c[0] not in FOR_COMPLAINANT], "behalf": [c for c in choices if c[0] in FOR_COMPLAINANT],
        "timeline": timeline(events, standing, signatures(events)), "passages": list(passages_of(complaint)) if reads else [],
        "before": before if reads or complaint.reopening else None, "after": after, "rating": Rating.objects.filter(complaint=complaint).first(),
        "refusal": REFUSALS.get(complaint.refusal), "like": like(complaint, office) if reads else [],
        "papers": issued, "to_make": makeable(complaint, office, events, issued), "key": key_of(request),
        "destroyed": destroyed_in(one), "suggested": names_of(complaint.suggested),
        **_of_the_vault(request, complaint), **told,
    }  # fmt: skip


def _of_the_vault(request: HttpRequest, complaint: Complaint) -> dict[str, str]:
    """Where this person may ask who complained, and see who has seen."""
    who = (complaint.reference, request.user, office_of(request))
    known, readers = unlocking.known(*who), unlocking.sees_readers(*who)  # type: ignore[arg-type]
    return {
        "ask": reverse("vault:ask", args=[complaint.reference]) if known and complaint.identity_id else "",
        "seen": reverse("vault:seen", args=[complaint.reference]) if readers else "",
    }


def content(request: HttpRequest, number: str) -> HttpResponse:
    """第四条 (S18): what was said, for who handles it; each opening is written down, so it is asked for by a button, and 谁看过 shows it."""
    complaint, office = found_to_read(request, number), office_of(request)
    as_who: dict[str, Any] = {"by": request.user, "office": office, "purpose": PURPOSE}
    try:
        told = read_content(complaint.content, **as_who)
        later = [(p, read_content(p.sealed, **as_who)["text"]) for p in passages_of(complaint) if p.kind != Passage.FILE]
    except Refused as refused:  # destroyed, or not as it was sealed
        return _refused(request, complaint, refused)
    return render(request, "complaints/content.html", {"complaint": complaint, "case": complaint.case, "told": told, "later": later})


def file(request: HttpRequest, number: str, pk: str) -> HttpResponse:
    """第四条: one file of a complaint, for who handles it; each opening is written down."""
    complaint = found_to_read(request, number)
    passage = passages_of(complaint).filter(kind=Passage.FILE, sealed=pk).first()
    if passage is None:
        raise Http404(NONE)
    try:
        return attachment(read_file(passage.sealed, by=request.user, office=office_of(request), purpose=PURPOSE))  # type: ignore[arg-type]
    except Refused as refused:
        return _refused(request, complaint, refused)


def _refused(request: HttpRequest, complaint: Complaint, refused: Refused) -> HttpResponse:
    messages.error(request, str(refused))
    return redirect("complaints:case", number=complaint.case.number)


@in_memory
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """One act in one complaint."""
    if act in INQUIRY:
        return inquiring.act(request, number, act)
    complaint = found(request, number)
    if act not in DOINGS:
        raise Http404(NONE)
    doing = DOINGS[act].under(law_of(CODE, complaint.case.edition))
    form = _form(request, doing, complaint)
    if form.is_bound and form.is_valid() and (answer := attempt(request, form, lambda: _done(request, doing, complaint, form))) is not None:
        return answer
    context: dict[str, Any] = {"form": form, "doing": doing, "label": label(act), "suggested": names_of(complaint.suggested)}
    if act == "decline" and reads_content(complaint, office_of(request)):
        context["like"] = like(complaint, office_of(request))
    return render(request, "complaints/act.html", context | about(request, complaint, act, form), status=status(form))


def _done(request: HttpRequest, doing: Doing, complaint: Complaint, form: Any) -> Case:
    doing.do(complaint.case, form, **who(request))
    return complaint.case


def _form(request: HttpRequest, doing: Doing, complaint: Complaint) -> Any:
    more: dict[str, Any] = {"label": doing.label, "must": doing.must, "hint": doing.hint}
    today = clock.today()
    if doing.form is BodyForm:
        choices = [o for o in bodies(today) if o != complaint.respondent_office and (doing.act != "transfer" or o != office_of(request))]
        first = next(iter(bodies_for(complaint.suggested)), None) if complaint.suggested else None
        unknown = doing.act == "assign" and complaint.respondent_office_id is None
        more |= {"choices": choices, "suggested": first if doing.act == "assign" else None, "offices": list(offices_on(today)) if unknown else []}
    if doing.form is RefusalForm:
        more["unproven"] = doing.act == "decline_unproven"
    form = doing.form(posted(request), request.FILES if request.method == "POST" else None, **more)
    if doing.act == "decline" and form.is_bound and form.is_valid():
        form.earlier_one = _earlier(request, form)  # type: ignore[attr-defined]
    return form


def _earlier(request: HttpRequest, form: Any) -> Complaint | None:
    """第六条（五）: the earlier complaint that is named, if this office may know of it."""
    number = form.cleaned_data["earlier"].strip()
    if not number:
        return None
    one: Complaint | None = visible_to(office_of(request), clock.today()).filter(case__number=number).first()
    if one is None:
        form.add_error("earlier", "没有这一件，或者您无权查看：请核对编号。")
    return one


__all__ = ["act", "case", "content", "file", "work_list"]
