"""第十条（一）, X5: what a repeal does to items in force. The calendar marks them 待核, a person decides, nothing in the text changes.

The legal day is the first day without the 依据 (or the day on which the repeal was entered, if that came later), whenever
the sweep notices: after days of silence the same cases are there. A published version with other 依据 is free of the hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Unpack

from django.db.models import Model

from qingdan.engine.refusals import Refused, spell
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note, open_case, record
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.periods import begin
from qingdan.kernel.notices.telling import tell
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import holders
from qingdan.lists.bases.models import BasisArticle, BasisLink, Hold, LawChange
from qingdan.lists.bases.queries import without_valid_basis
from qingdan.lists.models import ItemVersion
from qingdan.statute.laws import law_on
from qingdan.statute.roles import OFFICE, UNIT

from .actions import Who, as_given

ACT, SWEPT = "basis_repealed", "sweep_repeal"
ONE = timedelta(days=1)


# ---- the calendar ---------------------------------------------------------------------------------


def open_repeals() -> int:
    """第十条（一） 依据废止之日：没有其他有效依据的现行事项各立一案待核。可以随时重复。Returns how many were opened."""
    due = LawChange.objects.filter(sort=LawChange.REPEALED, swept_on=None, takes_effect__lte=clock.today())
    return sum(_sweep(change) for change in due.select_related("document").order_by("takes_effect", "pk"))


def _sweep(change: LawChange) -> int:
    day = max(change.takes_effect, change.entered_on)
    zwb = holders("调", OFFICE, day) or holders("调", OFFICE, clock.today())
    if not zwb:  # nobody could decide: looked at again when there is somebody
        return 0
    opened = sum(_flag(version, change, day, zwb) for version in _bereft(change, day))
    change.swept_on = clock.today()
    facts = {"change": change.pk, "document": str(change.document), "day": day, "opened": opened}
    note(SWEPT, by=None, rows=[change], facts=facts, key=f"repeal:{change.pk}")
    return opened


def _bereft(change: LawChange, day: date) -> list[ItemVersion]:
    """The versions standing at the beginning of that day that rest on what this repeal ended, and on nothing that still holds."""
    known = day if change.entered_on == day else day - ONE
    ended = BasisArticle.objects.filter(document__key=change.document.key, in_force_to=change.takes_effect - ONE)
    resting = BasisLink.objects.filter(article__in=ended.values("pk")).values("version")
    return list(without_valid_basis(day, known).filter(pk__in=resting))


def _flag(version: ItemVersion, change: LawChange, day: date, zwb: Sequence[Office]) -> int:
    facts = {
        "cause": f"{change.document}{'、'.join(change.place_list)}自{spell(change.takes_effect)}起废止，本事项没有其他有效依据",
        "code": version.item.code, "version": version.number, "change": change.pk,
    }  # fmt: skip

    def rows(case: Case) -> Sequence[Model]:
        return [Hold(version=version, case=case, flagged_on=day, noted_on=clock.today())]

    opened = begin(
        law_on("调", day), ACT, day, f"{ACT}:{day.isoformat()}:{version.item_id}", office=version.office, title=f"依据废止：{version.name}",
        gives={OFFICE: [o.code for o in zwb], UNIT: [version.office.code]}, facts=facts, subject=version.item.code, rows=rows,
    )  # fmt: skip
    if opened:
        hold = Hold.objects.select_related("case").get(version=version, flagged_on=day)
        _tell(hold, f"“{version.name}”的依据已经废止，自{spell(day)}起待核，由政务办确认是否暂停行使（第十条（一））。", "flagged")
    return opened


def _tell(hold: Hold, text: str, step: str) -> None:
    """The unit is told; 政务办 finds the duty in its 待办."""
    tell(hold.version.office, text, key=f"hold:{hold.pk}:{step}", case=hold.case)


# ---- what people do --------------------------------------------------------------------------------


def suspend_item(case: Case, opinion: str, **who: Unpack[Who]) -> Event:
    """第十条（一） 确认暂停行使：自今日起公开页面注明；清单文字仍按五个环节修改。"""
    return _decide(case, "suspend_item", opinion, "暂停行使", **who)


def keep_in_force(case: Case, opinion: str, **who: Unpack[Who]) -> Event:
    """第十条（一） 确认继续行使：写明还有什么有效依据。"""
    return _decide(case, "keep_in_force", opinion, "继续行使", **who)


def resume_item(hold: Hold, opinion: str, *, by: Person | None, office: Office, key: str | None = None) -> Case:
    """第十条（一） 恢复行使：依据恢复施行或者另有有效依据的，由政务办写明理由。"""
    def rows(case: Case) -> Sequence[Model]:
        fresh = _suspended(hold.pk)
        fresh.resumed_on, fresh.resumed_why = clock.today(), opinion
        return [fresh]

    zwb = holders("调", OFFICE, clock.today())
    return open_case(
        "调", "resume_item", by=by, office=office, title=f"恢复行使：{hold.version.name}", subject=hold.version.item.code, parent=hold.case,
        facts={"opinion": opinion, "hold": hold.case.number}, gives={OFFICE: zwb, UNIT: [hold.version.office]}, rows=rows, key=key,
    )  # fmt: skip


def _decide(case: Case, act: str, opinion: str, outcome: str, **who: Unpack[Who]) -> Event:
    with writing():
        event = record(case, act, facts={"opinion": opinion}, rows=_decided(act == "suspend_item", opinion), **as_given(who))
        hold = Hold.objects.select_related("version__office", "case").get(case=case)
        _tell(hold, f"“{hold.version.name}”经政务办确认{outcome}（第十条（一））。", "decided")
        return event


def _suspended(pk: int) -> Hold:
    """The hold as it lies in the table, with the ledger locked; refused where there is nothing to resume."""
    hold = Hold.objects.select_related("version").get(pk=pk)
    what = f"不能恢复行使“{hold.version.name}”"
    if not hold.suspended:
        raise Refused(what, "它没有暂停行使", "请核对事项")
    if hold.resumed_on:
        raise Refused(what, f"已于{spell(hold.resumed_on)}恢复行使", "不必再办")
    return hold


def _decided(suspended: bool, opinion: str) -> Any:
    def rows(case: Case) -> list[Model]:
        hold = Hold.objects.get(case=case)
        hold.decided_on, hold.suspended, hold.reason = clock.today(), suspended, opinion
        return [hold]

    return rows
