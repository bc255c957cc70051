"""What is done in 投诉处理, in the order of the articles. Legality, limits and audit are inside `record`; what is typed is sealed.

Every action takes `by` (the person; None: the complainant), `office`, `key` (a repeat changes nothing) and `seen`.
Events hold ids and commitments, never words. It raises Refused with what, why and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import models
from django.views.decorators.debug import sensitive_variables

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note, open_case, record
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import may_act_for
from qingdan.kernel.vault.filing import SealedFile
from qingdan.kernel.vault.models import Sealed
from qingdan.kernel.vault.sealing import seal
from qingdan.statute.labels import label
from qingdan.statute.roles import COMPLAINANT, DISTRICT, HANDLER, OFFICE

from .access import CODE, holds, of_case
from .filing import LONGEST, WHAT, Filing, accused, district_today, ensure_fit, is_office, kind_meant, office_today, sealed_rows, suggested
from .likeness import marks, marks_of
from .models import Complaint, Contact, Likeness, Passage
from .reopening import is_escalated, round_of

TITLE = "投诉"  # of every case: a title tells nothing
SOMEBODY = Office(code="投诉人", name="投诉人", short="投诉人")
"""The complainant as a party: never saved, acts with `by=None`."""


class Who(TypedDict, total=False):
    """By whom, for which office, with which key, having seen how many events."""

    by: Person | None
    office: Office
    key: str | None
    seen: int | None


# ---- 第八条、第九条 提出，第十条 登记 ---------------------------------------------------------------------------


@sensitive_variables()
def file_complaint(filing: Filing, *, by: Person | None, office: Office | None = None, key: str) -> Complaint:
    """第九条、第十条 登记：由收到的机关登记；投诉政务办的，由区政府登记或者移送区政府（S14）。

    `by` None: through the portal, and then `filing.to` says whom it was handed to. `office`: for which office a person registers it.
    Repeated with the same key it returns the complaint that was filed. Raises Refused.
    """
    with writing():
        before = Event.objects.filter(key=key, n=1, case__law=CODE).first() if filing.earlier is not None else None
        if before is not None and before.case is not None:
            return of_case(before.case)
        now = clock.now()
        ensure_fit(filing, now)
        filing.reopening = round_of(filing.earlier, filing.new_facts) if filing.earlier is not None else 0
        at_office, about = office_today(), accused(filing)
        of_office = is_office(about)
        act, place = _door(filing, office if by is not None else None, about, at_office)
        case = _opened(filing, act, place, now, by=by, key=key, about=about, of_office=of_office)
        if act == "receive_at_office" and of_office and not case.events.filter(act="pass_to_district").exists():
            pass_to_district(case, by=by, office=place, key=f"{key}-d")
        return of_case(case)


def _door(filing: Filing, office: Office | None, about: Office | None, at_office: Office) -> tuple[str, Office]:
    """Which act opens the case, and whose it is."""
    today = clock.today()
    if office is None:
        if is_office(about):
            return "receive_about_office", district_today()
        to = None if is_escalated(filing.reopening) else filing.to
        body = to if to is not None and holds(to, HANDLER, today) and to != about else None
        return ("receive_directly", body) if body else ("receive_at_office", at_office)
    if holds(office, OFFICE, today):
        return "receive_at_office", office
    if about == office:
        raise Refused(WHAT, "投诉的就是本机关（第三条，S14）", "请告知投诉人向政务办或者在网上提出，本机关不经手")
    if holds(office, HANDLER, today):
        if is_office(about):
            raise Refused(WHAT, "投诉政务办的，由区政府登记并指定处理机关（第三条）", "请告知投诉人向区政府或者在网上提出")
        if is_escalated(filing.reopening):
            raise Refused(WHAT, f"第 {filing.reopening} 次再次投诉，由政务办登记、重新批转（第十六条）", "请告知投诉人向政务办或者在网上提出")
        return "receive_directly", office
    if holds(office, DISTRICT, today) and is_office(about):
        return "receive_about_office", office
    raise Refused(WHAT, f"{office.short}不是投诉处理机关（第三条）", "请告知投诉人向政务办、投诉处理机关或者在网上提出")


@sensitive_variables()
def _opened(
    filing: Filing, act: str, place: Office, now: datetime, *, by: Person | None, key: str, about: Office | None, of_office: bool
) -> Case:
    who, told = sealed_rows(filing)
    hint, received = suggested(filing), filing.received_at or now
    bound = [row for row in (who, told, *(file.sealed for file in filing.files)) if row is not None]
    passed = of_office and act == "receive_about_office"
    gives = {
        "receive_at_office": {OFFICE: [place]},
        "receive_directly": {HANDLER: [place], OFFICE: [office_today()]},
        "receive_about_office": {DISTRICT: [place]},
    }[act]

    def rows(case: Case) -> list[models.Model]:
        complaint = Complaint(
            case=case, reference=filing.reference, channel=filing.channel, received_at=received, confidential=filing.confidential,
            anonymous=filing.anonymous, representatives=filing.representatives, id_shown=filing.id_shown, respondent_kind=filing.respondent_kind,
            respondent_office=about, about_office=passed, item=filing.item, item_kind=kind_meant(filing), grounds=",".join(filing.grounds),
            suggested=hint.scope, flagged=hint.flagged or is_escalated(filing.reopening), handler=place if act == "receive_directly" else None,
            registered_by=place if by is not None else None, earlier=filing.earlier, new_facts=bool(filing.new_facts.strip()),
            reopening=filing.reopening, identity=who, content=told, query_hash=filing.query_hash,
        )  # fmt: skip
        found = marks(filing.identity, about, filing.item.pk if filing.item else None) if filing.carried is None else marks_of(filing.earlier)
        known = [Likeness(case=case, mark=mark) for mark in found]
        return [*filter(None, [who, told]), complaint, *with_sealed(handed_in(case, act, filing.files, None)), *known]

    return open_case(
        CODE, act, by=by, office=place, title=TITLE, gives=gives | {COMPLAINANT: [SOMEBODY]}, dates={"received_day": clock.legal_day(received)},
        facts={"complaint": filing.reference, "sealed": commitments(bound)}, rows=rows, key=key,
    )  # fmt: skip


def pass_to_district(case: Case, reason: str = "", **who: Unpack[Who]) -> Event:
    """第三条 移送区政府指定：投诉的是政务办的，政务办此后不再经手，也看不到。"""
    told = said(case, Passage.NOTE, "pass_to_district", reason, who["office"])

    def rows(complaint: Complaint) -> list[models.Model]:
        complaint.about_office, complaint.respondent_office = True, complaint.respondent_office or who["office"]
        return [complaint]

    return write(case, "pass_to_district", told, rows, who, gives={DISTRICT: [district_today()]})


# ---- shared ----------------------------------------------------------------------------------------------


def commitments(sealed: Iterable[Sealed]) -> dict[str, str]:
    """What an event says of sealed rows: that they are bound to it, by id."""
    return {row.pk: row.commitment for row in sealed}


def said(
    case: Case, kind: str, act: str, words: str, office: Office | None, *, visible: bool = False, reference: str = "", **more: str
) -> list[Passage]:
    """Words, sealed, as a passage of the case; none where nothing was written. Raises Refused where they are too many.

    `reference`: of the complaint, where the case is a child of it; `more`: fields beside the text.
    """
    if not words.strip():
        return []
    sealed = sealed_words(reference or of_case(case).reference, act, text=words.strip(), **more)
    return [passage(case, kind, act, sealed, office, visible=visible)]


@sensitive_variables()
def sealed_words(reference: str, act: str, **fields: str) -> Sealed:
    """Fields of what is said in this complaint, sealed, not yet saved. Raises Refused where they are too long."""
    if max(map(len, fields.values())) > LONGEST:
        raise Refused(f"不能“{label(act)}”", f"内容超过 {LONGEST} 字", "请精简，详细内容可以作为材料上传")
    return seal(Sealed.CONTENT, reference, fields)


def handed_in(case: Case, act: str, files: Sequence[SealedFile], office: Office | None) -> list[Passage]:
    """Files, sealed already."""
    return [passage(case, Passage.FILE, act, file.sealed, office, visible=office is None) for file in files]


def with_sealed(told: Sequence[Passage]) -> list[models.Model]:
    """Passages after the sealed rows that they name, and those after the rows of their files: in the order in which an act saves them."""
    return [row for p in told for row in (p.sealed.file, p.sealed, p) if row is not None]


def passage(case: Case, kind: str, act: str, sealed: Sealed, office: Office | None, *, visible: bool = False) -> Passage:
    return Passage(case=case, kind=kind, act=act, sealed=sealed, at=clock.now(), visible=visible, office=office)


def write(case: Case, act: str, told: Sequence[Passage], rows: Callable[[Complaint], Sequence[models.Model]], who: Who, **more: Any) -> Event:
    """One act: `told` with their sealed rows, and what `rows` makes of the complaint as it is under the lock."""
    facts = {"sealed": commitments(p.sealed for p in told), **more.pop("facts", {})}

    def all_rows(case: Case) -> list[models.Model]:
        return [*rows(of_case(case)), *with_sealed(told)]

    return record(case, act, facts=facts, rows=all_rows, **more, **as_given(who))


def ensure_words(act: str, words: str, what: str) -> None:
    """Raises Refused where nothing was written. `what`: the name of what is to be written."""
    if not words.strip():
        raise Refused(f"不能“{label(act)}”", f"没有写明{what}", f"请写明{what}")


def as_given(who: Who) -> Any:
    """As `record` takes it: the caller gave at least `by` and `office`."""
    return who


# ---- 第七条 投诉途径公开 --------------------------------------------------------------------------------------


def make_known(office: Office, told: dict[str, str], *, by: Person, key: str | None = None) -> Event:
    """第七条 向社会公布电话、传真、通信地址、电子信箱：缺哪一样照样公布，页面上提醒（O6）。"""
    what = "不能公布联系方式"
    if not holds(office, HANDLER, clock.today()):
        raise Refused(what, f"{office.short}不是投诉处理机关（第三条）", "请由投诉处理机关公布自己的联系方式")
    if not may_act_for(by, office, clock.today()):
        raise Refused(what, f"{by.name}今天在{office.short}没有任职", "请用本单位的账号登录后办理")
    row = Contact(office=office, since=clock.today(), by=by, **{name: value.strip() for name, value in told.items()})
    return note("make_known", by=by, office=office, rows=[row], facts={name: value.strip() for name, value in told.items()}, key=key)
