"""Who may see a complaint (第四条, S46, S14, S18): the body that has it, all of it; 政务办 and 区政府 how far it is; the accused
nothing, counts included.

The only way to `Complaint.objects`. What a question does not let through answers like what does not exist.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from qingdan.kernel import clock
from qingdan.kernel.drawn import is_drawn
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.offices.models import Office, OfficeChange, Person
from qingdan.kernel.offices.queries import holders, lineage, roles_of
from qingdan.kernel.vault.registry import Handling
from qingdan.statute.roles import DISTRICT, OFFICE

from .models import Complaint, Decision, Errand, Investigator, Liability, Passage, ScopedQuerySet, SealedPaper

CODE = "诉"
DECISION_COPY = "complaint_decision_copy"
"""第十六条, E28: the template of the decision that is 抄报 to 政务办."""
ASSIGNING = ("D15", "S12d", "S14")
"""Duties of who hands on: whoever owes one of them reads what was said, in order to hand it on."""


def holds(office: Office, role: str, day: date) -> bool:
    """Does this office hold the role in 投诉处理 on this day?"""
    return (CODE, role) in roles_of(office, day)


def visible_to(office: Office | None, day: date) -> ScopedQuerySet:
    """The complaints of which this office may know on this day. None: nobody, hence none."""
    complaints = Complaint.objects.all().scoped().select_related("case")
    if office is None:
        return complaints.none()
    kept, roles = lineage(office), roles_of(office, day)
    seen = Q(handler__in=kept) | Q(case__in=_had(kept))
    if (CODE, OFFICE) in roles:
        seen = Q(about_office=False)
    elif (CODE, DISTRICT) in roles:
        seen |= Q(about_office=True)
    return complaints.filter(seen).exclude(respondent_office__isnull=False, respondent_office__in=kept)


def one_of(seen: Any, **wanted: Any) -> Any:
    """Of those that the asker may know of (`visible_to` and its like) the one wanted. Where there is none of it at all, another one is looked at in
    its place: what is closed takes as long as what is not there (f8)."""
    found, is_wanted = _looked_at(seen, **wanted)
    return found if is_wanted else None


def _looked_at(seen: Any, **wanted: Any) -> tuple[Any, bool]:
    """The row wanted, or in its place the newest of all; with whether it is the one wanted. None: not among those `seen`."""
    rows = seen.model.rows
    key = rows.filter(**wanted).values_list("pk", flat=True).first()
    another = rows.order_by("-pk").values_list("pk", flat=True).first()  # asked in any case
    return seen.filter(pk=key or another or 0).first(), key is not None


def _had(offices: set[int]) -> Any:
    """Cases in which one of these offices has, or had, something to do."""
    codes = Office.objects.filter(pk__in=offices).values("code")
    return Obligation.objects.filter(case__law=CODE, office_code__in=codes).values("case")


def reads_content(complaint: Complaint, office: Office) -> bool:
    """S18: what was said is read by the body that handles it, and by who has to hand it on, while they have to. `complaint`: one that it may see."""
    if complaint.handler_id in lineage(office):
        return True
    return Obligation.objects.filter(case=complaint.case_id, how="", row__in=ASSIGNING, office_code=office.code).exists()


def passages_of(complaint: Complaint, *, for_complainant: bool = False) -> Any:
    """What was said later, of a complaint that the asker may see; with the query code only what is meant for the complainant."""
    found = Passage.objects.all().scoped().filter(case=complaint.case_id).select_related("sealed", "office")
    return found.filter(visible=True) if for_complainant else found


def papers_of(complaint: Complaint, office: Office | None = None) -> Any:
    """Papers of a complaint that the asker may see: one's own, and all for who reads what was said; of the decision 政务办 has the 抄报.

    `office` None: the complainant's.
    """
    found = SealedPaper.objects.all().scoped().filter(case=complaint.case_id).select_related("office", "pdf", "docx")
    if office is None:
        return found.filter(visible=True)
    if reads_content(complaint, office):
        return found
    own = Q(office=office)
    return found.filter(own | Q(template=DECISION_COPY) if holds(office, OFFICE, clock.today()) else own)


def family(complaint: Complaint) -> list[Complaint]:
    """The first complaint of a matter and all that were reopened out of it (P-D9), with `complaint` among them; in hand, hence for acts alone."""
    found = [complaint]
    while found[0].reopening and found[0].earlier_id:
        found[:] = Complaint.rows.filter(pk=found[0].earlier_id)
    newest = found
    while newest:
        newest = list(Complaint.rows.filter(earlier__in=[c.pk for c in newest], reopening__gt=0).order_by("pk"))
        found = [*found, *newest]
    return found


def linked(complaint: Complaint, office: Office, day: date) -> tuple[Complaint | None, list[Complaint]]:
    """The complaint before this one and those that were reopened out of it, as far as the office may know of them."""
    seen = visible_to(office, day)
    return seen.filter(pk=complaint.earlier_id or 0).first(), list(seen.filter(earlier=complaint.pk, reopening__gt=0).order_by("pk"))


def by_reference(reference: str) -> Complaint | None:
    """For whoever has shown the query code (`codes`): the complaint of this 受理编号."""
    if not is_drawn(reference):  # none of ours; and what else was typed, one of our databases refuses to look for
        return None
    found: Complaint | None = Complaint.objects.all().scoped().select_related("case").filter(reference=reference).first()
    return found


def code_hash(reference: str) -> str:
    """What is kept of the query code of this 受理编号, "" where there is none: all that is looked at before the code was shown (f8)."""
    if not is_drawn(reference):
        return ""
    return Complaint.rows.filter(reference=reference).values_list("query_hash", flat=True).first() or ""


def of_case(case: Case) -> Complaint:
    """The complaint of a case that is in hand already. Raises Complaint.DoesNotExist."""
    found: Complaint = Complaint.objects.all().scoped().select_related("case", "content", "identity").get(case=case)
    return found


# ---- for the disposal (P-E6) -----------------------------------------------------------------------------------


def own_of(office: Office, day: date) -> ScopedQuerySet:
    """The complaints that are this body's to keep: it handled them; or nobody did, and they ended with it. See `with_end`."""
    kept = lineage(office)
    return with_end(visible_to(office, day).filter(Q(handler__in=kept) | Q(handler=None, case__office__in=kept)))


def taking_up_another() -> ScopedQuerySet:
    """Complaints that take up an earlier one, whoever handles them: as long as one of them lives, the earlier one is not over."""
    return with_end(Complaint.objects.all().scoped().exclude(earlier=None))


def with_end(complaints: ScopedQuerySet) -> ScopedQuerySet:
    """Each with `lives` (something is owed in it or in a case that came of it, or who answers for it is undecided) and the last days of both."""
    case, pk = OuterRef("case"), OuterRef("pk")
    cases: list[dict[str, Any]] = [{"case": case}, {"case__parent": case}, {"case__errand__complaint": pk}, {"case__liability__complaint": pk}]
    open_ = [Exists(Obligation.objects.filter(how="", **of)) for of in cases]
    last = [Subquery(Event.objects.filter(**of).order_by("-on").values("on")[:1]) for of in cases]
    lives = Q(open_[0]) | Q(open_[1]) | Q(open_[2]) | Q(open_[3]) | Q(Exists(Liability.rows.filter(complaint=pk, outcome="")))
    found: ScopedQuerySet = complaints.annotate(is_open=lives, last_0=last[0], last_1=last[1], last_2=last[2], last_3=last[3])
    return found


def sealed_papers_in(complaints: Any, staying: Sequence[str]) -> tuple[set[str], set[str]]:
    """Of these complaints the sealed rows that are papers and letters, and those that are decisions (`staying`: their templates); four queries."""
    cases, keys = complaints.order_by().values("case"), complaints.order_by().values("pk")
    papers, decided = set[str](), set(Decision.rows.filter(complaint__in=keys).exclude(signed_on=None).values_list("content", flat=True))
    of = Q(case__in=cases) | Q(case__errand__complaint__in=keys) | Q(case__liability__complaint__in=keys)
    for template, *pair in SealedPaper.rows.filter(of).values_list("template", "pdf", "docx"):
        (decided if template in staying else papers).update(pk for pk in pair if pk)
    papers |= set(Errand.rows.filter(complaint__in=keys).values_list("letter", flat=True))
    return papers | set(Liability.rows.filter(complaint__in=keys).values_list("words", flat=True)), decided


def may_be_told(case: Case, office: Office) -> bool:
    """T4: may a notice about this case reach this office?"""
    today = clock.today()
    if case.parent_id is None:
        return visible_to(office, today).filter(case=case).exists()
    return errands_visible_to(office, today).filter(case=case).exists() or liabilities_visible_to(office, today).filter(case=case).exists()


# ---- what follows from a complaint: errands of units, the decision, liability ------------------------------------


def errands_visible_to(office: Office | None, day: date) -> Any:
    """The errands of which this office may know: its own once they were sent, and those of complaints of which it may know."""
    found = Errand.objects.all().scoped().select_related("case", "complaint__case", "complaint__handler", "office", "letter", "decision")
    if office is None:
        return found.none()
    seen = visible_to(office, day).order_by().values("pk")
    return found.filter(Q(office__in=lineage(office), case__isnull=False) | Q(complaint__in=seen))


def errands_of(complaint: Complaint) -> Any:
    """All errands of a complaint that the asker may see, drafts included."""
    found = Errand.objects.all().scoped().filter(complaint=complaint)
    return found.select_related("case", "office", "letter", "drafted_by", "approved_by", "complaint__case", "complaint__handler")


def handles(errand: Errand, office: Office) -> bool:
    """Is this the body that sent it? Only it and the unit read the letter and what the unit reports."""
    return errand.complaint.handler_id in lineage(office)


def passages_of_errand(errand: Errand) -> Any:
    """What was said in the errand's own case, for the two that read it."""
    return Passage.objects.all().scoped().filter(case=errand.case_id).select_related("sealed", "office")


def papers_of_errand(errand: Errand, office: Office) -> Any:
    """第十一条, 第十五条, 第十六条: the papers of an errand's own case, for the body that sent it and the unit that owes it; nobody else."""
    found = SealedPaper.objects.all().scoped().select_related("office", "pdf", "docx")
    if errand.case_id is None or not (handles(errand, office) or errand.office_id in lineage(office)):
        return found.none()
    return found.filter(case=errand.case_id)


def papers_of_liability(liability: Liability, office: Office) -> Any:
    """第十八条至第二十条: for the office that registered it and decides."""
    found = SealedPaper.objects.all().scoped().select_related("office", "pdf", "docx")
    return found.filter(case=liability.case_id) if liability.case.office_id in lineage(office) else found.none()


def passages_of_liability(liability: Liability) -> Any:
    """What was said in the liability's own case."""
    return Passage.objects.all().scoped().filter(case=liability.case_id).select_related("sealed", "office")


def decisions_of(complaint: Complaint) -> Any:
    """The drafts and the decision of a complaint that the asker may see."""
    return Decision.objects.all().scoped().filter(complaint=complaint).select_related("content", "drafted_by", "signed_by")


def liabilities_visible_to(office: Office | None, day: date) -> Any:
    """第十八条至第二十条: for who may know of the complaint or registered it (区政府, of 政务办); never for the office that may have to answer."""
    found = Liability.objects.all().scoped().select_related("case", "complaint__case", "office", "errand", "words", "registered_by", "decided_by")
    if office is None:
        return found.none()
    known = Q(complaint__in=visible_to(office, day).order_by().values("pk")) | Q(case__office__in=lineage(office))
    return found.filter(known).exclude(office__in=lineage(office))


def handling_of(subject: str) -> Handling | None:
    """For the vault: the body that has it, whoever did something in it there, and who else there may ask; in its place another one, not `real`."""
    seen = Complaint.objects.all().scoped().select_related("case")
    complaint, is_wanted = _looked_at(seen, reference=subject if is_drawn(subject) else "")
    if complaint is None:
        return None
    body, case = _body(complaint), complaint.case
    return Handling(body, lambda persons: _at_work(complaint, body, persons), f"投诉 {case.number}", lambda person, office: office == body,
                    link=reverse("complaints:case", args=[case.number]), real=is_wanted)  # fmt: skip


def _body(complaint: Complaint) -> Office:
    """Who has it; before it is handed on, who has to: of what is said about 政务办, 区政府."""
    if complaint.handler is not None:
        return standing_today(complaint.handler)
    district = holders(CODE, DISTRICT, clock.today()) if complaint.about_office else []
    return district[0] if district else complaint.case.office


def standing_today(office: Office) -> Office:
    """S10: the office, or what stands in its place today."""
    while not office.holds_on(clock.today()) and (change := OfficeChange.objects.select_related("heir").filter(old=office).last()) is not None:
        office = change.heir
    return office


def _at_work(complaint: Complaint, body: Office, persons: Collection[int]) -> Collection[int]:
    named = Investigator.objects.filter(case=complaint.case_id).values("person")
    did = Q(events__case=complaint.case_id) | Q(events__case__parent=complaint.case_id)  # in its errands as well
    found = Person.objects.filter(did & Q(events__office_code=body.code) | Q(pk__in=named), pk__in=persons)
    return set(found.values_list("pk", flat=True))
