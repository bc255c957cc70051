"""Everything that reaches somebody who is not entitled: pages with what lies behind their links and forms, notices, letters, the calendar."""

from __future__ import annotations

from urllib.parse import quote

from qingdan.demo.leaks.crawling import heard
from qingdan.kernel.ledger.models import Obligation
from qingdan.kernel.notices.models import Letter, Notice
from qingdan.kernel.vault.models import Sealed, Unlock
from qingdan.measures.complaints.models import Errand, SealedPaper

PAGES = (
    "/desk/", "/desk/cases/", "/desk/notices/", "/complaints/", "/complaints/errands/", "/complaints/register/", "/complaints/liability/", "/vault/",
    "/contacts/", "/rules/", "/",
)  # fmt: skip
ACTS = ("report_findings", "answer_request", "report_performance", "report_action", "report_execution", "give_reason", "accept_findings", "take_back")


def addresses(complaint):
    """Where the complaint lies, and all that belongs to it, by every name that it has."""
    number, reference = quote(complaint.case.number), complaint.reference
    found = [f"/complaints/{number}/{page}" for page in ("", "content/", "do/accept/", "do/draft_handover/", "do/decide/", "liability/")]
    found += [f"/desk/cases/{number}/", f"/preview/case/{number}/", f"/vault/ask/{reference}/", f"/vault/identity/{reference}/", f"/vault/seen/{reference}/"]
    found += [f"/desk/cases/{number}/why/{quote(duty.place)}/" for duty in Obligation.objects.filter(case=complaint.case)]
    found += [f"/complaints/{number}/files/{s.pk}/" for s in Sealed.objects.filter(subject=reference)]
    found += [f"/complaints/{number}/letters/{e.pk}/" for e in Errand.rows.filter(complaint=complaint)]
    found += [f"/complaints/{number}/papers/{p.n}/{p.template}/{end}/" for p in SealedPaper.rows.filter(case=complaint.case) for end in ("pdf", "docx")]
    return found + [f"/vault/unlocks/{u.pk}/" for u in Unlock.objects.filter(subject=reference)]


def of_errands(complaint, originals=()):
    """The addresses of what units were sent, and of originals as if they were files of it."""
    found = []
    for errand in Errand.rows.filter(complaint=complaint, case__isnull=False).select_related("case").order_by("pk"):
        number = quote(errand.case.number)
        found += [f"/complaints/errands/{number}/", f"/desk/cases/{number}/", f"/complaints/{number}/"]
        found += [f"/complaints/errands/{number}/do/{act}/" for act in ACTS] + [f"/complaints/errands/{number}/files/{pk}/" for pk in originals]
        found += [f"/desk/cases/{number}/why/{quote(duty.place)}/" for duty in Obligation.objects.filter(case=errand.case)]
        found += [f"/complaints/errands/{number}/papers/{p.n}/{p.template}/{end}/" for p in SealedPaper.rows.filter(case=errand.case) for end in ("pdf", "docx")]
    return found


def letters_of(complaint):
    """The pages that show a letter; opened by a button."""
    sent = Errand.rows.filter(complaint=complaint, case__isnull=False).select_related("case").order_by("pk")
    return [f"/complaints/errands/{quote(errand.case.number)}/letter/" for errand in sent]


def reached(client, person, complaint, feed="", words=()):
    """{where: answer} of all that this person can be told. `words`: what is looked for."""
    originals = list(Sealed.objects.filter(subject=complaint.reference).exclude(pk__in=Errand.rows.values("letter")).values_list("pk", flat=True))
    looks = [*PAGES, *(f"/desk/cases/?q={quote(w)}" for w in words), *addresses(complaint), *of_errands(complaint, originals)]
    found = {where: heard(client, where) for where in looks}
    found |= {f"POST {where}": heard(client, where, "post") for where in [*letters_of(complaint), *addresses(complaint)]}
    if feed:
        found["calendar"] = heard(client, f"/feeds/{feed}.ics")
    return found


def told(person):
    """Notices and letters, as text."""
    offices = list(person.posts.values_list("office", flat=True))
    notices = Notice.objects.filter(office__in=offices).order_by("day", "pk")
    letters = Letter.objects.filter(person=person).order_by("made", "pk")
    return [f"{n.text}\n{n.link}" for n in notices if n.person_id in (None, person.pk)] + [f"{x.subject}\n{x.body}" for x in letters]
