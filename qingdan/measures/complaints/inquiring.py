"""Pages of the investigation at the desk: its acts, and the drafts that are read side by side before they go out (T7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import spell_day
from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person, Post
from qingdan.kernel.offices.queries import offices_on, on
from qingdan.kernel.ui.doing import Doing
from qingdan.kernel.ui.sending import key_of, posted, status, who
from qingdan.kernel.vault.reading import read_content
from qingdan.statute.complaints_inquiry import LEAST_INVESTIGATORS
from qingdan.statute.labels import label
from qingdan.statute.laws import law_of

from .access import CODE, decisions_of, errands_of, liabilities_visible_to, passages_of
from .acting_inquiry import INQUIRY
from .answering import NONE, about, attempt, found, found_to_read, office_of, open_to
from .deciding import PARTS, is_assigned
from .forms import SayForm
from .forms_inquiry import Offering, RecusalDecisionForm, SureForm
from .investigating import excluded, is_head, ready, team
from .models import Complaint, Decision, Errand, Investigator, Passage, Recusal
from .queries import first_owed
from .redacting import marks, pieces

PURPOSE = "审核草稿"


# ---- one act ---------------------------------------------------------------------------------------------------


def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """One act of the investigation."""
    complaint = found(request, number)
    doing = INQUIRY[act].under(law_of(CODE, complaint.case.edition))
    form = _form(request, doing, complaint)
    if form.is_bound and form.is_valid() and (answer := attempt(request, form, lambda: _done(request, doing, complaint, form))) is not None:
        return answer
    context = {"form": form, "doing": doing, "label": label(act), "waiting": getattr(form, "waiting", ())}
    return render(request, "complaints/act.html", context | about(request, complaint, act, form), status=status(form))


def _done(request: HttpRequest, doing: Doing, complaint: Complaint, form: Any) -> Case:
    doing.do(complaint.case, form, **who(request))
    return complaint.case


def _form(request: HttpRequest, doing: Doing, complaint: Complaint) -> Any:
    more: dict[str, Any] = {}
    if issubclass(doing.form, SayForm):
        more |= {"label": doing.label, "must": doing.must, "hint": doing.hint}
    if issubclass(doing.form, Offering):
        more["offers"] = _offers(request, doing, complaint)
    if doing.form is RecusalDecisionForm:
        more["waiting"] = _waiting(complaint)
    return doing.form(posted(request), request.FILES if request.method == "POST" else None, **more)


def _offers(request: HttpRequest, doing: Doing, complaint: Complaint) -> dict[str, Any]:
    """Whom and what the form offers, by the name of its field."""
    asked, office = doing.form.base_fields.keys(), office_of(request)
    found: dict[str, Any] = {"unit": [o for o in offices_on(clock.today()) if o != office]}
    if {"persons", "person"} & asked:
        staff, mine = [p for p in _staff(office) if not excluded(complaint, p)], [i.person for i in team(complaint)]
        found |= {"persons": staff, "person": [p for p in staff if p not in mine] if doing.act == "add_investigator" else mine}
    if "present" in asked:
        found["present"] = ready(complaint)
    if "granted" in asked:
        found["granted"] = [row.person for row in _waiting(complaint)]
    return found


def _staff(office: Office) -> list[Person]:
    posts = Post.objects.filter(on(clock.today()), office=office, person__active=True).select_related("person").order_by("person__username")
    return list({p.person_id: p.person for p in posts}.values())


def _waiting(complaint: Complaint) -> list[Recusal]:
    return list(Recusal.objects.filter(case=complaint.case_id, outcome="").select_related("person"))


# ---- what the case page shows of it ------------------------------------------------------------------------------


def section(request: HttpRequest, complaint: Complaint, reads: bool) -> dict[str, Any]:
    """Who investigates, what units were handed, drafts that wait, the decision, liability: for the body; 政务办 sees errands and liability."""
    office = office_of(request)
    errands = [e for e in errands_of(complaint) if e.case_id is not None or reads]
    owed = first_owed(e.case_id for e in errands if e.case_id is not None)
    told: dict[str, Any] = {
        "errands": [(e, owed.get(e.case_id)) for e in errands],
        "liabilities": list(liabilities_visible_to(office, clock.today()).filter(complaint=complaint)),
    }  # fmt: skip
    if reads:
        told |= {
            "team": list(Investigator.objects.filter(case=complaint.case_id).select_related("person")), "counted": (counted := ready(complaint)),
            "short": len(counted) < LEAST_INVESTIGATORS and complaint.case.obligations.filter(row="D18", how="").exists(),
            "recusals": list(Recusal.objects.filter(case=complaint.case_id).select_related("person", "decided_by")),
            "decisions": list(decisions_of(complaint)),
        }  # fmt: skip
    return told


OF_TWO = (
    "hear_complainant", "hear_respondent", "note_complainant_unheard", "note_respondent_unheard", "record_finding", "call_confrontation", "confront",
    "draft_handover", "draft_order", "draft_decision", "propose_malicious",
)  # fmt: skip
"""What nobody can do before two can take part."""
OF_TEAM = ("add_investigator", "remove_investigator", "declare_no_interest", "ask_recusal")
"""What needs somebody who is named."""


def worth_offering(told: Mapping[str, Any], person: Any) -> Callable[[str], bool]:
    """Of what the rows allow, what would not be refused at once; `told`: the section of the case page. The page says what is missing."""
    team = [i for i in told.get("team", ()) if i.ended_on is None]
    out = {*(OF_TWO if told.get("short") else ()), *(() if team else OF_TEAM)}
    if not any(i.person_id == person.pk and i.declared_on is None for i in team):
        out.add("declare_no_interest")
    return lambda act: act not in out


# ---- drafts, read before they go out ------------------------------------------------------------------------------


@sensitive_variables()
def letter(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """T7 对照审核: the draft beside what was said, with what might name somebody marked; each opening is written down."""
    complaint = found_to_read(request, number)
    errand = errands_of(complaint).filter(pk=pk, decision=None).first() if pk < 10**9 else None
    if errand is None:
        raise Http404(NONE)
    originals = _originals(request, complaint)
    text = _read(request, errand.letter)["text"]
    context = {"complaint": complaint, "case": complaint.case, "errand": errand, "parts": [("", marked(text, originals))], "originals": originals}
    return render(request, "complaints/draft.html", context | _forms(request, complaint, ("approve_letter", "reject_letter"), errand))


@sensitive_variables()
def decision(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """第十六条: the draft of a decision or the decision, with what it demands of whom; each opening is written down."""
    complaint = found_to_read(request, number)
    one = decisions_of(complaint).filter(pk=pk).first() if pk < 10**9 else None
    if one is None:
        raise Http404(NONE)
    originals = _originals(request, complaint) if one.is_pending else []
    told = _read(request, one.content)
    parts = [(what, marked(told[name], originals)) for name, what in PARTS.items()]
    for errand in errands_of(complaint).filter(decision=one):
        by = f"{spell_day(errand.due)}以前" if errand.due else "期限照规定"
        parts.append((f"{errand.owner}应当做的（{by}）", marked(_read(request, errand.letter)["text"], originals)))
    context = {"complaint": complaint, "case": complaint.case, "decision": one, "parts": parts, "originals": originals}
    acts = ("decide", "decide_assigned", "return_decision")
    return render(request, "complaints/draft.html", context | _forms(request, complaint, acts, one))


def _read(request: HttpRequest, sealed: Any) -> dict[str, str]:
    return read_content(sealed, by=request.user, office=office_of(request), purpose=PURPOSE)  # type: ignore[arg-type]


@sensitive_variables()
def _originals(request: HttpRequest, complaint: Complaint) -> list[tuple[str, str]]:
    """What the draft is compared with: (what it is, its text)."""
    told = _read(request, complaint.content)
    found = [("投诉的内容", told["text"]), ("被投诉的工作人员或者单位", told["respondent"]), ("初步证据", told["evidence"])]
    kinds = (Passage.FACTS, Passage.EVIDENCE, Passage.HEARD)
    found += [(p.step, _read(request, p.sealed)["text"]) for p in passages_of(complaint).filter(kind__in=kinds)]
    return [(what, text) for what, text in found if text]


def marked(text: str, originals: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The text in pieces: (piece, what it might give away, or "")."""
    return pieces(text, marks(text, [original for _, original in originals]))


SETTLING = ("approve_letter", "decide", "decide_assigned")


def _closed_to(request: HttpRequest, draft: Errand | Decision) -> tuple[set[str], str]:
    """T7, 第十六条: what this reader cannot do with the draft, and for whom it waits then."""
    mine = draft.drafted_by_id == request.user.pk
    if isinstance(draft, Errand):
        return (set(SETTLING), "由起草人以外的另一人审核。") if mine else (set(), "")
    if not is_head(request.user, office_of(request)):  # type: ignore[arg-type]
        return {*SETTLING, "return_decision"}, "由起草人以外的负责人签发或者退回。"
    return (set(SETTLING), "由起草人以外的负责人签发。") if mine else (set(), "")


def _forms(request: HttpRequest, complaint: Complaint, acts: tuple[str, ...], draft: Errand | Decision) -> dict[str, Any]:
    """The acts that the reader of this draft can do, each with its form, sent to the act's own page; `waits`: for whom else it waits."""
    context = about(request, complaint, acts[0], None)
    if not draft.is_pending:
        return context | {"forms": []}
    closed, waits = _closed_to(request, draft)
    mine = open_to(context["standing"], office_of(request)).keys() - closed
    other = "decide" if is_assigned(complaint) else "decide_assigned"  # both fulfil the duty; which it is the complaint's way says
    found = []
    for name in acts:
        if name not in mine or name == other:
            continue
        doing = INQUIRY[name].under(law_of(CODE, complaint.case.edition))
        make: Any = doing.form
        more = {} if make is SureForm else {"label": doing.label, "must": doing.must, "hint": doing.hint}
        form = make(initial={"errand": draft.pk}, auto_id=f"{name}-%s", **more)
        if name == "approve_letter":
            del form.fields["words"]
        found.append((name, label(name), doing, form, key_of(request)))
    return context | {"forms": found, "waits": waits}
