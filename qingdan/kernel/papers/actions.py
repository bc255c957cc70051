"""Issuing: number, row, files, digests and event in one transaction; sent again with the same key, it is the same paper.

The PDF bears the number, so it is set with the number that would be next, before the lock is asked for; if somebody was quicker it is set
again, and the last time under the lock, so that it always comes to an end. A process that dies leaves no number behind: the number is the row.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.acts import acting, note, repeated
from qingdan.kernel.ledger.canonical import text
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for

from . import fonts, typesetting, word
from .content import Check, Marks, as_data
from .models import Paper, Scan, spell_code
from .queries import ALPHABET, LENGTH, next_serial, spelled
from .templates import SERIES, Template, Values

ISSUE, ATTACH = "issue_paper", "attach_scan"
AHEAD = 2  # times that a paper is set without the lock


@dataclass(frozen=True)
class Wanted:
    """A paper that could be issued: its template, its values, by whom, from what, in which case."""

    template: Template
    values: Values
    office: Office
    source: str
    case: Case | None = None

    @property
    def prefix(self) -> str:
        """机关代字 and the sign of the kind: 金政务办函."""
        return f"{settings.NUMBER_PREFIX}{self.office.short}{SERIES[self.template.layout]}"

    def draft(self, day: date) -> dict[str, Any]:
        """The plain form without number or check, marked as a draft. Refused where a field is missing."""
        marks = Marks(number=f"{self.prefix}〔{day.year}〕　号", issue="第　期", draft=True)
        return as_data(self.template.write(self.values, self.office.name, day), marks)


@dataclass(frozen=True)
class _Made:
    """A paper set with a number that may turn out to be taken."""

    day: date
    serial: int
    code: str
    data: dict[str, Any]
    pdf: bytes | None
    docx: bytes


def issue(wanted: Wanted, *, by: Person, office: Office, address: str, key: str | None = None) -> Paper:
    """签发. `address`: of the page where anybody can check a paper, ending with a slash.

    Refused: a field is missing, the office is not the one whose paper it is, it was issued already, the PDF takes too long.
    """
    what = f"不能签发《{wanted.template.name}》"
    if office != wanted.office:
        raise Refused(what, f"这份文书由{wanted.office.short}制发", f"请联系{wanted.office.short}")
    for ahead in range(AHEAD + 1):
        made = _make(wanted, address) if ahead < AHEAD else None
        with acting(ISSUE):
            if (before := repeated(key, ISSUE)) is not None:
                return Paper.objects.get(number=before.facts["number"])
            _ensure_may(what, wanted, by, office)
            if made is None:
                made = _make(wanted, address)
            elif (made.day, made.serial) != (today := clock.today(), next_serial(wanted.prefix, today.year)):
                continue
            return _write(wanted, made, by, office, key)
    raise AssertionError("the last round always ends")


def _ensure_may(what: str, wanted: Wanted, by: Person, office: Office) -> None:
    if not may_act_for(by, office, clock.today()):
        raise Refused(what, f"{by.name}今天在{office.short}没有任职", "请用本单位的账号登录后办理")
    before = Paper.objects.filter(template=wanted.template.key, source=wanted.source).first()
    if before is not None:
        raise Refused(what, f"已于{before.issued_on.isoformat()}签发：{before.number}", "请下载已经签发的文书；签发后的文书不能修改")


def _make(wanted: Wanted, address: str) -> _Made:
    day = clock.today()
    serial = next_serial(wanted.prefix, day.year)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    marks = Marks(spelled(wanted.prefix, day.year, serial), f"第{serial}期", Check(spell_code(code), f"{address}{code}/"))
    data = as_data(wanted.template.write(wanted.values, wanted.office.name, day), marks)
    pdf = typesetting.pdf(data, day.isoformat()) if fonts.found().complete else None
    return _Made(day, serial, code, data, pdf, word.docx(data, day.isoformat()))


def _write(wanted: Wanted, made: _Made, by: Person, office: Office, key: str | None) -> Paper:
    template, number = wanted.template, str(made.data["number"])
    pdf = keep(ContentFile(made.pdf, f"{number}.pdf")) if made.pdf else None
    docx = keep(ContentFile(made.docx, f"{number}.docx"))
    prefix, year = wanted.prefix, made.day.year
    paper = Paper(
        template=template.key, version=template.version, name=template.name, layout=template.layout, office=office, case=wanted.case,
        source=wanted.source, prefix=prefix, year=year, serial=made.serial, number=spelled(prefix, year, made.serial), issued_on=made.day,
        values=text(template.filled(wanted.values)), content=text(made.data), fonts=fonts.found().told[:200], code=made.code, pdf=pdf, docx=docx,
    )  # fmt: skip
    facts = {
        "number": paper.number, "template": template.key, "version": template.version, "source": wanted.source,
        "case": wanted.case.number if wanted.case else "", "code": made.code, "pdf": pdf.sha256 if pdf else "", "docx": docx.sha256,
    }  # fmt: skip
    note(ISSUE, by=by, office=office, rows=[*([pdf] if pdf else []), docx, paper], facts=facts, key=key)
    return paper


def attach_scan(paper: Paper, file: StoredFile, *, by: Person, office: Office, key: str | None = None) -> Event:
    """Attach a scan of the sealed original. Any number of them; none is taken away again."""
    what = "不能附上扫描件"
    with acting(ATTACH):
        if (before := repeated(key, ATTACH)) is not None:
            return before
        if office != paper.office:
            raise Refused(what, f"这份文书由{paper.office.short}制发", f"请把原件交{paper.office.short}")
        if not may_act_for(by, office, clock.today()):
            raise Refused(what, f"{by.name}今天在{office.short}没有任职", "请用本单位的账号登录后办理")
        facts = {"number": paper.number, "file": file.name, "sha256": file.sha256}
        return note(ATTACH, by=by, office=office, rows=[file, Scan(paper=paper, file=file, attached_on=clock.today())], facts=facts, key=key)
