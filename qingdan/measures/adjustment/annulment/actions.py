"""视为的效果不成立, in two steps by two persons of 政务办 (第八条; the choice is recorded as reading X1n)."""

from __future__ import annotations

from datetime import date
from typing import Any

from qingdan.engine.outside import ANNUL
from qingdan.engine.refusals import Refused, spell
from qingdan.kernel import clock
from qingdan.kernel.files.store import keep
from qingdan.kernel.ledger import hands
from qingdan.kernel.ledger.acts import acting, note, repeated
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.outside import annul_lapse
from qingdan.kernel.offices.models import Office, Person
from qingdan.measures.adjustment.access import is_office

from .models import LapseDoubt

PROPOSE, REJECT = "doubt_lapse", "keep_lapse"
WHAT = "不能认定视为的效果不成立"


def lapse_of(case: Case, target: int) -> Event:
    """The deemed effect meant: an event that the law added to this case."""
    event = case.events.filter(n=target).first()
    if event is None or not event.by_law:
        raise Refused(WHAT, "指定的不是视为同意或者视为无异议", "请从案件的办理过程中选择依法产生的那一条")
    return event


def doubt(
    case: Case, target: int, *, ground: str, fact_day: date, reason: str, upload: Any, by: Person, office: Office, key: str | None = None
) -> LapseDoubt:
    """第八条 提出：第八条的前提自始不存在，写明事实、发生日并附材料，由另一人认定。"""
    with acting(PROPOSE):
        if repeated(key, PROPOSE):
            return LapseDoubt.objects.filter(case=case, target=target).latest("pk")
        _ensure_office(office)
        event = lapse_of(case, target)
        if fact_day > event.on:
            why = f"所述事实发生在{spell(fact_day)}，晚于到期日{spell(event.on)}，不影响第八条的效果"
            raise Refused(WHAT, why, "只有到期之前已经存在的事实才能提出；之后的意见存档，注明逾期")
        if (open_one := LapseDoubt.objects.filter(case=case, target=target).exclude(outcome=LapseDoubt.REJECTED).first()) is not None:
            raise Refused(WHAT, f"{hands.signature(PROPOSE, open_one)}已于{spell(open_one.proposed_on)}提出", "请打开该次提出，由另一名同志认定")
        row = LapseDoubt(case=case, target=target, ground=ground, fact_day=fact_day, reason=reason, proposed_by=by, proposed_on=clock.today())
        row.file = keep(upload)
        facts = {"case": case.number, "target": target, "ground": ground, "fact_day": fact_day, "sha256": row.file.sha256}
        event = note(PROPOSE, by=by, office=office, rows=[row.file, row], facts=facts, key=key)
        return LapseDoubt.objects.get(case=case, target=target, outcome="")


def confirm(row: LapseDoubt, remark: str, *, by: Person, office: Office, key: str | None = None) -> Event:
    """第八条 认定不成立：其后以它为前提的步骤一并撤销，未答复的单位自认定之日起重新答复；已公布的另发新版本。"""
    with acting(ANNUL):
        row = _undecided(row, by, office)
        row.outcome, row.decided_by, row.decided_on, row.remark = LapseDoubt.CONFIRMED, by, clock.today(), remark
        facts = {"opinion": f"{row.get_ground_display()}：{row.reason}", "proposed_by": row.proposed_by.username, "fact_day": row.fact_day}
        return annul_lapse(row.case, row.target, by=by, office=office, facts=facts, rows=[row], key=key)


def reject(row: LapseDoubt, remark: str, *, by: Person, office: Office, key: str | None = None) -> Event:
    """第八条 认定成立：视为的效果不变。"""
    with acting(REJECT):
        row = _undecided(row, by, office)
        row.outcome, row.decided_by, row.decided_on, row.remark = LapseDoubt.REJECTED, by, clock.today(), remark
        return note(REJECT, by=by, office=office, rows=[row], facts={"case": row.case.number, "target": row.target, "opinion": remark}, key=key)


def decider(row: LapseDoubt) -> str:
    """Who has decided it, as a page says it."""
    return hands.signature(ANNUL if row.outcome == LapseDoubt.CONFIRMED else REJECT, row)


def _ensure_office(office: Office) -> None:
    if not is_office(office, clock.today()):
        raise Refused(WHAT, "只有政务办可以提出和认定", "请将材料送政务办")


def _undecided(row: LapseDoubt, by: Person, office: Office) -> LapseDoubt:
    _ensure_office(office)
    row = LapseDoubt.objects.select_related("case", "proposed_by").get(pk=row.pk)
    if row.outcome:
        raise Refused("不能再次认定", f"{decider(row)}已于{row.decided_on}认定", "请刷新页面看最新的情况")
    first = hands.of_events(hands.that_did(PROPOSE, row))
    hands.ensure_another("不能认定", first, by, "提出和认定不能是同一个人", "请政务办另一名同志核对材料后认定")
    return row
