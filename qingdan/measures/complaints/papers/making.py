"""How a paper of this room comes into being: from one step of one case, set as PDF and DOCX, sealed, bound to its event. Nothing is kept in clear.

What it says is read out of the vault for this paper, and written down as such; the number follows from the case's own, and counts nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.papers import fonts, typesetting, word
from qingdan.kernel.papers.content import Marks, as_data
from qingdan.kernel.papers.templates import Template, Values
from qingdan.kernel.vault.models import Sealed
from qingdan.kernel.vault.reading import read_content
from qingdan.kernel.vault.sealing import seal
from qingdan.measures.complaints.access import papers_of_errand
from qingdan.measures.complaints.models import Errand, Passage, SealedPaper
from qingdan.statute.complaints_inquiry import ERRANDS

from .words import FOR_COMPLAINANT, LETTERS
from .words_errands import OF_OPENING

ISSUE = "issue_sealed_paper"
PURPOSE = "制作文书"


@dataclass(frozen=True)
class Makeable:
    """A paper that this office can make now, of this step."""

    event: Event
    template: Template


Known = Mapping[str, tuple[Template, ...]]


def still_to_make(known: Known, office: Office, events: Iterable[Event], issued: Iterable[SealedPaper]) -> list[Makeable]:
    """Of what this office has done, the papers that are not there yet."""
    there = {(p.n, p.template) for p in issued}
    return [Makeable(e, t) for e in events if e.office_code == office.code for t in known.get(e.act, ()) if (e.n, t.key) not in there]


def ensure_own(known: Known, case: Case | None, event: Event, template: Template, office: Office) -> None:
    """Raises Refused: not this office's step, not of this case, or no paper of that step."""
    if event.office_code != office.code or template not in known.get(event.act, ()) or case is None or event.case_id != case.pk:
        raise Refused(_what(template), "这一步不是本单位办的，或者没有这种文书", "请从所办的这一件的页面进入")


@sensitive_variables()
def make(
    case: Case, reference: str, event: Event, template: Template, values: Callable[[], Values], *, by: Person, office: Office,
    key: str | None, number: str = "",
) -> SealedPaper:  # fmt: skip
    """制发. `reference`: of the complaint, under which it is sealed; `values`: asked for once it is clear that the paper is to be made.

    Refused: there already, a field missing.
    """
    if (before := _before(case, event, template, key)) is not None:
        return before
    day = clock.today()
    number = number or f"{case.number}-{LETTERS[template]}{event.n}"
    data = as_data(template.write(values(), office.name, day), Marks(number=number))
    pdf = _sealed(reference, typesetting.pdf(data, day.isoformat())) if fonts.found().complete else None
    docx = _sealed(reference, word.docx(data, day.isoformat()))
    paper = SealedPaper(
        case=case, n=event.n or 0, template=template.key, version=template.version, name=template.name, number=number, office=office,
        issued_on=day, visible=template in FOR_COMPLAINANT, pdf=pdf, docx=docx,
    )  # fmt: skip
    facts = {"number": number, "template": template.key, "version": template.version, "sealed": {s.pk: s.commitment for s in (pdf, docx) if s}}
    with acting(ISSUE):
        if (before := _before(case, event, template, key)) is not None:
            return before
        note(ISSUE, by=by, office=office, rows=[*([pdf] if pdf else []), docx, paper], facts=facts, key=key)
    return paper


def _what(template: Template) -> str:
    return f"不能制作《{template.name}》"


def _before(case: Case, event: Event, template: Template, key: str | None) -> SealedPaper | None:
    """The paper that this key made already. Refused where another one did."""
    found = SealedPaper.rows.filter(case=case, n=event.n or 0, template=template.key).first()
    if found is not None and not (key and Event.objects.filter(key=key, act=ISSUE).exists()):
        raise Refused(_what(template), f"已经制作：{found.number}", "请下载已经制作的文书")
    return found


@sensitive_variables()
def _sealed(reference: str, data: bytes) -> Sealed:
    return seal(Sealed.CONTENT, reference, {"file": base64.b64encode(data).decode()})


@sensitive_variables()
def file_of(paper: SealedPaper, ending: str, *, by: Person | None, office: Office | None) -> bytes:
    """The bytes of a paper that `access` let through, its reading written down; `by` None: the complainant. Refused where there is no such file."""
    sealed = {"pdf": paper.pdf, "docx": paper.docx}.get(ending)
    if sealed is None:
        raise Refused("不能下载", "这份文书没有这种文件", "请下载另一种")
    return base64.b64decode(read_content(sealed, by=by, office=office, purpose="查看文书")["file"])


# ---- what the values are read from ----------------------------------------------------------------------------


@sensitive_variables()
def read(sealed: Sealed, by: Person, office: Office) -> dict[str, str]:
    """The fields of one sealed row, for a paper."""
    return read_content(sealed, by=by, office=office, purpose=PURPOSE)


@sensitive_variables()
def said_in(event: Event, passages: Iterable[Passage], kinds: Iterable[str], by: Person, office: Office) -> dict[str, str]:
    """Kind -> words of this very step, of the kinds wanted. `passages`: those of the case that the asker may see."""
    wanted, bound = set(kinds), event.facts.get("sealed", {})
    return {p.kind: read(p.sealed, by, office)["text"] for p in passages if p.kind in wanted and p.sealed_id in bound}


def files_in(event: Event, passages: Iterable[Passage]) -> str:
    """How many files were handed in with this step, "" for none."""
    bound = event.facts.get("sealed", {})
    n = sum(p.kind == Passage.FILE and p.sealed_id in bound for p in passages)
    return str(n) if n else ""


def origin_of(errand: Errand, case: Case, office: Office) -> dict[str, str]:
    """The paper with which an errand began; where none was made, by the number of the unit's case."""
    template = OF_OPENING[ERRANDS[errand.kind].opens]
    there = papers_of_errand(errand, office).filter(template=template.key).first()
    return {"origin": template.name, "origin_number": there.number if there is not None else case.number}
