"""Pages of what units were handed and ordered (第十一条、第十五条、第十六条): the unit's own, the handling body's, and for 政务办 how far it is.

A unit finds here its letter and its duty, and nothing of the complaint behind it.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.duties import options
from qingdan.kernel import clock
from qingdan.kernel.ledger.hands import signatures
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.ledger.standing import standing_of
from qingdan.kernel.offices.queries import lineage
from qingdan.kernel.policy.audiences import COMPLAINTS
from qingdan.kernel.ui.reasons import why_to_act
from qingdan.kernel.ui.sending import key_of, paged, posted, seen_before, status, who
from qingdan.kernel.vault.giving import attachment
from qingdan.kernel.vault.reading import read_content, read_file
from qingdan.kernel.vault.uploads import in_memory
from qingdan.statute.complaints_inquiry import ERRANDS
from qingdan.statute.labels import label
from qingdan.statute.laws import law_of

from .access import CODE, errands_visible_to, handles, one_of, papers_of_errand, passages_of_errand, visible_to
from .acting_inquiry import ERRAND_DOINGS
from .answering import attempt, office_of
from .forms import FactsForm
from .models import Errand, Passage
from .papers.issuing_errands import makeable
from .queries import duties_for_page, first_owed, timeline

NONE = "没有这一件，或者您无权查看。请核对编号。"
PURPOSE = "办理交办、措施和执行"


def found(request: HttpRequest, number: str) -> Errand:
    """The errand of this number, for whoever may know of it; absent and forbidden answer alike (T1)."""
    one: Errand | None = one_of(errands_visible_to(office_of(request), clock.today()), case__number=number)
    if one is None:
        raise Http404(NONE)
    return one


def reads(errand: Errand, request: HttpRequest) -> bool:
    """The unit and the handling body read the letter and what was reported; 政务办 sees how far it is."""
    office = office_of(request)
    return handles(errand, office) or errand.office_id in lineage(office)


def errands(request: HttpRequest) -> HttpResponse:
    """交办和措施: those that this office has to carry out, and those that it sent; the newest first."""
    office = office_of(request)
    seen = errands_visible_to(office, clock.today()).filter(case__isnull=False).order_by("-case__opened_on", "-pk")
    page = paged(request, seen)
    kept = lineage(office)
    rows = [(one, one.complaint.handler_id in kept) for one in page]
    owed = first_owed(one.case_id for one, _ in rows)
    return render(request, "complaints/errands.html", {
        "page": page, "rows": [(one, sent, owed.get(one.case_id)) for one, sent in rows],
        "body": COMPLAINTS.admits(request.post),  # type: ignore[attr-defined]
    })  # fmt: skip


def errand(request: HttpRequest, number: str) -> HttpResponse:
    """One of them: what is owed, what I may do, what was said, what has happened."""
    one = found(request, number)
    case, office = one.case, office_of(request)
    assert case is not None  # noqa: S101 - found by its number
    events = list(case.events.select_related("person").order_by("n"))
    standing = standing_of(case, events)
    reading, papers = reads(one, request), list(papers_of_errand(one, office))
    complaint = visible_to(office, clock.today()).filter(pk=one.complaint_id).first()
    opened, ended = duties_for_page(case, events, standing)
    choices = [(o.act, label(o.act), o.row.article) for o in options(standing, office.code, clock.today()) if o.act in ERRAND_DOINGS]
    choices.sort(key=lambda choice: choice[0] == ERRANDS[one.kind].ends)  # giving it up comes last
    context = {
        "errand": one, "case": case, "kind": ERRANDS[one.kind], "complaint": complaint, "reads": reading, "open": opened, "ended": ended,
        "choices": list(dict.fromkeys(choices)), "passages": list(passages_of_errand(one)) if reading else [],
        "timeline": timeline(events, standing, signatures(events)), "key": key_of(request), "papers": papers,
        "to_make": makeable(one, office, events, papers) if reading else [],
    }  # fmt: skip
    return render(request, "complaints/errand.html", context)


@sensitive_variables()
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The letter and what was reported, for the two that read it; each opening is written down."""
    one = found(request, number)
    if not reads(one, request):
        raise Http404(NONE)
    as_who: dict[str, Any] = {"by": request.user, "office": office_of(request), "purpose": PURPOSE}
    text = read_content(one.letter, **as_who)["text"]
    later = [(p, read_content(p.sealed, **as_who)["text"]) for p in passages_of_errand(one) if p.kind != Passage.FILE]
    told = {"errand": one, "case": one.case, "kind": ERRANDS[one.kind], "text": text, "later": later}
    return render(request, "complaints/errand_letter.html", told)


def file(request: HttpRequest, number: str, pk: str) -> HttpResponse:
    """One file that was reported; each opening is written down."""
    one = found(request, number)
    passage = passages_of_errand(one).filter(kind=Passage.FILE, sealed=pk).first() if reads(one, request) else None
    if passage is None:
        raise Http404(NONE)
    return attachment(read_file(passage.sealed, by=request.user, office=office_of(request), purpose=PURPOSE))  # type: ignore[arg-type]


@in_memory
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """One act in one of them."""
    one = found(request, number)
    if act not in ERRAND_DOINGS:
        raise Http404(NONE)
    case = one.case
    assert case is not None  # noqa: S101 - found by its number
    doing = ERRAND_DOINGS[act].under(law_of(CODE, case.edition))
    make: Any = doing.form
    files = {"files": request.FILES if request.method == "POST" else None} if issubclass(make, FactsForm) else {}
    form = make(posted(request), label=doing.label, must=doing.must, hint=doing.hint, **files)
    if form.is_bound and form.is_valid():
        answer = attempt(request, form, lambda: _done(request, one, doing, form), page="complaints:errand")
        if answer is not None:
            return answer
    standing = standing_of(case)
    option = next((o for o in options(standing, office_of(request).code, clock.today()) if o.act == act), None)
    context = {
        "errand": one, "case": case, "kind": ERRANDS[one.kind], "form": form, "doing": doing, "label": label(act), "key": key_of(request),
        "seen": seen_before(request, form) or standing.length, "option": option, "why": why_to_act(case, standing, option),
        "reads": reads(one, request),
    }  # fmt: skip
    return render(request, "complaints/errand_act.html", context, status=status(form))


def _done(request: HttpRequest, one: Errand, doing: Any, form: Any) -> Case:
    doing.do(one, form, **who(request))
    assert one.case is not None  # noqa: S101 - found by its number
    return one.case
