"""Issuing: number, row, files, digests and event in one transaction; sent again with the same key, it is the same paper.

The PDF bears the number, so it is set with the number that would be next, before the lock is asked for; if somebody was quicker it is set
again, and the last time under the lock, so that it always comes to an end. A process that dies leaves no number behind: the number is the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.drawn import drawn, grouped
from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger.acts import acting, note, repeated
from qingdan.kernel.ledger.canonical import text
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for

from . import fonts, typesetting, word
from .content import Check, Marks, as_data, clean
from .models import Paper, Scan, Withdrawal
from .queries import LENGTH, holding, made_from, next_serial, spelled
from .templates import SERIES, Template, Values

ISSUE, ATTACH, CORRECT, WITHDRAW = "issue_paper", "attach_scan", "correct_paper", "withdraw_paper"
AHEAD = 2  # times that a paper is set without the lock


@dataclass(frozen=True)
class Wanted:
    """A paper that could be issued: its template, its values, by whom, from what, in which case; which issued one it corrects, and why."""

    template: Template
    values: Values
    office: Office
    source: str
    case: Case | None = None
    corrects: Paper | None = None
    reason: str = ""

    @property
    def act(self) -> str:
        return CORRECT if self.corrects else ISSUE

    @property
    def prefix(self) -> str:
        """机关代字 and the sign of the kind: 金政务办函."""
        return f"{settings.NUMBER_PREFIX}{self.office.short}{SERIES[self.template.layout]}"

    def draft(self, day: date) -> dict[str, Any]:
        """The plain form without number or check, marked as a draft. Refused where a field is missing."""
        marks = Marks(number=f"{self.prefix}〔{day.year}〕　号", issue="第　期", draft=True, corrects=_number(self.corrects))
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
    更正重发: the paper that is corrected holds no more from that moment on; refused where it held no more already, and without a reason.
    """
    what = f"不能{'更正重发' if wanted.corrects else '签发'}《{wanted.template.name}》"
    if office != wanted.office:
        raise Refused(what, f"这份文书由{wanted.office.short}制发", f"请联系{wanted.office.short}")
    for ahead in range(AHEAD + 1):
        made = _make(wanted, address) if ahead < AHEAD else None
        with acting(wanted.act):
            if (before := repeated(key, wanted.act)) is not None:
                return Paper.objects.get(number=before.facts["number"])
            _ensure_may(what, wanted, by, office)
            if made is None:
                made = _make(wanted, address)
            elif (made.day, made.serial) != (today := clock.today(), next_serial(wanted.prefix, today.year)):
                continue
            return _write(wanted, made, by, office, key)
    raise AssertionError("the last round always ends")


def _ensure_may(what: str, wanted: Wanted, by: Person, office: Office) -> None:
    _ensure_post(what, by, office)
    if wanted.corrects is not None:
        _ensure_holds(what, wanted.corrects, wanted.reason)
    before = holding(wanted.template.key, wanted.source)
    if before is not None and before != wanted.corrects:
        why = f"已于{before.issued_on.isoformat()}签发：{before.number}"
        raise Refused(what, why, "请下载已经签发的文书；签发后的文书不能修改，确有错误的，请在那份文书的页面更正重发")


def _ensure_post(what: str, by: Person, office: Office) -> None:
    if not may_act_for(by, office, clock.today()):
        raise Refused(what, f"{by.name}今天在{office.short}没有任职", "请用本单位的账号登录后办理")


def _ensure_holds(what: str, paper: Paper, reason: str) -> None:
    """It is read anew: somebody may have been quicker."""
    before = Withdrawal.objects.select_related("replaced_by").filter(paper=paper).first()
    if before is not None:
        raise Refused(what, f"{paper.number}{before.told}（{before.withdrawn_on.isoformat()}）", "请在案件页的“文书”中查看现行的文书")
    if not clean(reason):
        raise Refused(what, "没有填写原因", "请写明错在哪里；原因记入台账，不向社会公开")


def _number(paper: Paper | None) -> str:
    return paper.number if paper else ""


def _make(wanted: Wanted, address: str) -> _Made:
    day = clock.today()
    serial = next_serial(wanted.prefix, day.year)
    code = drawn(LENGTH)
    check = Check(grouped(code), f"{address}{code}/")
    marks = Marks(spelled(wanted.prefix, day.year, serial), f"第{serial}期", check, corrects=_number(wanted.corrects))
    data = as_data(wanted.template.write(wanted.values, wanted.office.name, day), marks)
    pdf = typesetting.pdf(data, day.isoformat()) if fonts.found().complete else None
    return _Made(day, serial, code, data, pdf, word.docx(data, day.isoformat()))


def _write(wanted: Wanted, made: _Made, by: Person, office: Office, key: str | None) -> Paper:
    template, number, replaced = wanted.template, str(made.data["number"]), wanted.corrects
    earlier = len(made_from(template.key, wanted.source))
    pdf = keep(ContentFile(made.pdf, f"{number}.pdf")) if made.pdf else None
    docx = keep(ContentFile(made.docx, f"{number}.docx"))
    prefix, year = wanted.prefix, made.day.year
    paper = Paper(
        template=template.key, version=template.version, name=template.name, layout=template.layout, office=office, case=wanted.case,
        source=f"{wanted.source}-{earlier + 1}" if earlier else wanted.source, prefix=prefix, year=year, serial=made.serial,
        number=spelled(prefix, year, made.serial), issued_on=made.day,
        values=text(template.filled(wanted.values)), content=text(made.data), fonts=fonts.found().told[:200], code=made.code, pdf=pdf, docx=docx,
    )  # fmt: skip
    facts = {
        "number": paper.number, "template": template.key, "version": template.version, "source": paper.source,
        "case": wanted.case.number if wanted.case else "", "code": made.code, "pdf": pdf.sha256 if pdf else "", "docx": docx.sha256,
    }  # fmt: skip
    rows = [*([pdf] if pdf else []), docx, paper]
    if replaced is not None:
        facts |= {"corrects": replaced.number, "reason": clean(wanted.reason)}
        rows.append(Withdrawal(paper=replaced, replaced_by=paper, reason=clean(wanted.reason), withdrawn_on=made.day))
    note(wanted.act, by=by, office=office, rows=rows, facts=facts, key=key)
    return paper


def withdraw(paper: Paper, reason: str, *, by: Person, office: Office, key: str | None = None) -> Event:
    """作废, with nothing in its place. The number stays used; afterwards the paper may be issued anew, with the next number.

    Refused: by another office, without a reason, where it holds no more already.
    """
    what = f"不能作废{paper.number}"
    with acting(WITHDRAW):
        if (before := repeated(key, WITHDRAW)) is not None:
            return before
        _ensure_own(what, paper, office, f"请联系{paper.office.short}")
        _ensure_post(what, by, office)
        _ensure_holds(what, paper, reason)
        row = Withdrawal(paper=paper, reason=clean(reason), withdrawn_on=clock.today())
        return note(WITHDRAW, by=by, office=office, rows=[row], facts={"number": paper.number, "reason": row.reason}, key=key)


def _ensure_own(what: str, paper: Paper, office: Office, todo: str) -> None:
    if office != paper.office:
        raise Refused(what, f"这份文书由{paper.office.short}制发", todo)


def attach_scan(paper: Paper, file: StoredFile, *, by: Person, office: Office, key: str | None = None) -> Event:
    """Attach a scan of the sealed original. Any number of them; none is taken away again."""
    what = "不能附上扫描件"
    with acting(ATTACH):
        if (before := repeated(key, ATTACH)) is not None:
            return before
        _ensure_own(what, paper, office, f"请把原件交{paper.office.short}")
        _ensure_post(what, by, office)
        facts = {"number": paper.number, "file": file.name, "sha256": file.sha256}
        return note(ATTACH, by=by, office=office, rows=[file, Scan(paper=paper, file=file, attached_on=clock.today())], facts=facts, key=key)
