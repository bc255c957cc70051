"""第六条, 第十条 a paper of a complaint: made from one step, set as PDF and DOCX, sealed, and bound to its event. Nothing of it is kept in clear.

What it says is read out of the vault for this paper, and written down as such; the number follows from the case's own, and counts nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused, spell_day
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.papers import fonts, typesetting, word
from qingdan.kernel.papers.content import Marks, as_data
from qingdan.kernel.papers.templates import Template
from qingdan.kernel.vault.models import Sealed
from qingdan.kernel.vault.reading import read_content
from qingdan.kernel.vault.sealing import seal
from qingdan.lists.queries import current
from qingdan.measures.complaints.access import passages_of
from qingdan.measures.complaints.models import Complaint, Passage, SealedPaper
from qingdan.statute.complaints_grounds import BODIES, NOTICE_WAYS, REFUSALS

from .words import FOR_COMPLAINANT, LETTERS, OF_ACT, REFUSED, REGISTERED

ISSUE = "issue_sealed_paper"
PURPOSE = "制作文书"
NAMED = "（身份另存保密库，凭受理编号查对）"
MADE_FROM = {"decline": (Passage.REFUSED, Passage.ANSWER), "decline_unproven": (Passage.REFUSED,), "ask_evidence": (Passage.ASKED,)}


@dataclass(frozen=True)
class Makeable:
    """A paper that this office can make now, of this step."""

    event: Event
    template: Template


def makeable(complaint: Complaint, office: Office, events: Iterable[Event], issued: Iterable[SealedPaper]) -> list[Makeable]:
    """Of what this office has done, the papers that are not there yet."""
    there = {(p.n, p.template) for p in issued}
    return [Makeable(e, t) for e in events if e.office_code == office.code for t in OF_ACT.get(e.act, ()) if (e.n, t.key) not in there]


@sensitive_variables()
def issue(complaint: Complaint, event: Event, template: Template, *, by: Person, office: Office, key: str | None = None) -> SealedPaper:
    """制发. Refused: not this office's step, there already, a field missing."""
    what = f"不能制作《{template.name}》"
    if event.office_code != office.code or template not in OF_ACT.get(event.act, ()) or event.case_id != complaint.case_id:
        raise Refused(what, "这一步不是本单位办的，或者没有这种文书", "请从投诉的页面进入")
    if (before := _before(what, complaint, event, template, key)) is not None:
        return before
    day = clock.today()
    number = f"{complaint.case.number}-{LETTERS[template]}{event.n}"
    data = as_data(template.write(_values(complaint, event, template, by, office), office.name, day), Marks(number=number))
    pdf = _sealed(complaint, typesetting.pdf(data, day.isoformat())) if fonts.found().complete else None
    docx = _sealed(complaint, word.docx(data, day.isoformat()))
    paper = SealedPaper(
        case=complaint.case, n=event.n or 0, template=template.key, version=template.version, name=template.name, number=number, office=office,
        issued_on=day, visible=template in FOR_COMPLAINANT, pdf=pdf, docx=docx,
    )  # fmt: skip
    facts = {"number": number, "template": template.key, "version": template.version, "sealed": {s.pk: s.commitment for s in (pdf, docx) if s}}
    with acting(ISSUE):
        if (before := _before(what, complaint, event, template, key)) is not None:
            return before
        note(ISSUE, by=by, office=office, rows=[*([pdf] if pdf else []), docx, paper], facts=facts, key=key)
    return paper


def _before(what: str, complaint: Complaint, event: Event, template: Template, key: str | None) -> SealedPaper | None:
    """The paper that this key made already. Refused where another one did."""
    found = SealedPaper.rows.filter(case=complaint.case_id, n=event.n or 0, template=template.key).first()
    if found is not None and not (key and Event.objects.filter(key=key, act=ISSUE).exists()):
        raise Refused(what, f"已经制作：{found.number}", "请下载已经制作的文书")
    return found


@sensitive_variables()
def _sealed(complaint: Complaint, data: bytes) -> Sealed:
    return seal(Sealed.CONTENT, complaint.reference, {"file": base64.b64encode(data).decode()})


@sensitive_variables()
def file_of(paper: SealedPaper, ending: str, *, by: Person | None, office: Office | None) -> bytes:
    """The bytes of a paper (`papers_of`), its reading written down; `by` None: the complainant. Refused where there is no such file."""
    sealed = {"pdf": paper.pdf, "docx": paper.docx}.get(ending)
    if sealed is None:
        raise Refused("不能下载", "这份文书没有这种文件", "请下载另一种")
    return base64.b64decode(read_content(sealed, by=by, office=office, purpose="查看文书")["file"])


@sensitive_variables()
def _values(complaint: Complaint, event: Event, template: Template, by: Person, office: Office) -> dict[str, Any]:
    limit = complaint.case.obligations.filter(opened_n=event.n or 0, due__isnull=False).order_by("due").first()
    said = _said(complaint, event, by, office)
    values: dict[str, Any] = {
        "reference": complaint.spelled, "number": complaint.case.number, "received": spell_day(clock.legal_day(complaint.received_at)),
        "channel": complaint.get_channel_display(), "grounds": "；".join(complaint.ground_names),
        "limit": spell_day(limit.due) if limit and limit.due else "",
        "asked": said.get(Passage.ASKED, ""), "reasons": said.get(Passage.REFUSED, ""), "answer": said.get(Passage.ANSWER, ""),
        "item_kind": complaint.get_item_kind_display() if complaint.item_kind else "", "accepted": spell_day(event.on),
    }  # fmt: skip
    if event.told["gives"]:
        values |= _handler(complaint, event)
    if template is REFUSED:
        ground = REFUSALS[str(event.facts["ground"])]
        values |= {"article": ground.article, "ground": ground.name, "pointer": ground.pointer, "way": NOTICE_WAYS[str(event.facts["way"])]}
    if template is REGISTERED:
        values |= _registered(complaint, by, office)
    return values


def _handler(complaint: Complaint, event: Event) -> dict[str, Any]:
    (code,) = next(iter(event.told["gives"].values()))
    body = Office.objects.get(code=code)
    basis = BODIES[complaint.suggested].article if complaint.suggested and not complaint.overridden else "第九条，由批转单位指定"
    return {"handler": body.name, "basis": basis}


def _said(complaint: Complaint, event: Event, by: Person, office: Office) -> dict[str, str]:
    """The words of this step that the paper repeats."""
    kinds = MADE_FROM.get(event.act, ())
    wanted = passages_of(complaint).filter(act=event.act, kind__in=kinds) if kinds else []
    return {p.kind: read_content(p.sealed, by=by, office=office, purpose=PURPOSE)["text"] for p in wanted}


def _registered(complaint: Complaint, by: Person, office: Office) -> dict[str, Any]:
    told = read_content(complaint.content, by=by, office=office, purpose=PURPOSE)
    about = complaint.respondent_office.name if complaint.respondent_office else ""
    version = current(complaint.item) if complaint.item else None
    return {
        "complainant": "匿名" if complaint.anonymous else f"{NAMED}{'，要求保密' if complaint.confidential else ''}",
        "respondent": "，".join(filter(None, [complaint.get_respondent_kind_display(), about, told["respondent"]])),
        "item": f"{version.name}（{version.item.code}）" if version else complaint.get_item_kind_display() if complaint.item_kind else "",
        "text": told["text"], "evidence": told["evidence"],
    }  # fmt: skip
