"""第五条: what the person does who enters what happened to a law. One act: the records, the change, a task for each unit."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model

from qingdan.engine.refusals import Refused, spell
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note, repeated
from qingdan.kernel.ledger.canonical import text
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.notices.telling import tell
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import roles_of
from qingdan.lists.bases.actions import effects
from qingdan.lists.bases.models import LawChange
from qingdan.lists.bases.queries import without_valid_basis
from qingdan.lists.models import ItemVersion
from qingdan.measures.adjustment.grouping import MOST, open_group
from qingdan.measures.adjustment.holding import open_repeals
from qingdan.measures.adjustment.models import ChangeRequest
from qingdan.measures.adjustment.queries import source_of
from qingdan.statute.roles import LEAD, OFFICE

from .queries import by_unit, touched_by

ACT = "enter_law_change"
GROUNDS = {"“三定”规定": "第五条（三）", "取消下放文件": "第五条（四）"}


def enter(
    change: LawChange, places: Sequence[str] = (), *, units: Sequence[Office] = (), items: Sequence[ItemVersion] = (),
    by: Person | None, office: Office, key: str,
) -> Event:  # fmt: skip
    """第五条 登记法律变动：一次登记，依据此法的现行事项按单位各生成一项任务，自公布日起10个工作日内申请（第七条（一））。

    units, items: those whom a law concerns that no item names as yet; the person says who they are (S1).
    """
    with acting(ACT):
        if (before := repeated(key, ACT)) is not None:
            return before
        _ensure_may(change, office)
        open_repeals()  # what the calendar did before this act, as `record` does it: the days that it rests on may change now
        if change.sort != LawChange.NEW:  # a new one bears what was typed; of the others the days may have changed meanwhile
            change.document.refresh_from_db()
        touched = list({v.pk: v for v in [*_touched(change, places), *items]}.values())
        change.places, change.office, change.entered_on = text(list(places)), office, clock.today()
        rows: list[Model] = [*effects(change, places), change]
        concerned = by_unit(touched) | {unit: [] for unit in units if unit not in by_unit(touched)}
        facts = {
            "document": change.document.title, "sort": change.sort, "places": list(places), "announced_on": change.announced_on,
            "received_on": change.received_on, "takes_effect": change.takes_effect, "number": change.number, "evidence": change.evidence,
            "units": {unit.code: [v.item.code for v in versions] for unit, versions in concerned.items()},
        }  # fmt: skip
        event = note(ACT, by=by, office=office, rows=rows, facts=facts, key=key)
        ends = _left_with_nothing(change, touched)
        for unit, versions in concerned.items():
            _task(change, unit, versions, ends)
        return event


def _ensure_may(change: LawChange, office: Office) -> None:
    today = clock.today()
    if not {("调", OFFICE), ("调", LEAD)} & roles_of(office, today):
        raise Refused("不能登记法律变动", f"{office.short}今天不是政务办，也不是牵头部门", "请把变动告知政务办")
    if max(change.announced_on, change.received_on or change.announced_on) > today:
        raise Refused("不能登记法律变动", "公布日或者文件收到日还没有到", "请在公布、收到以后登记")


def _touched(change: LawChange, places: Sequence[str]) -> list[ItemVersion]:
    """A law that comes back asks nothing of anybody: the lists say what they said."""
    return [] if change.sort == LawChange.RESTORED else touched_by(change.document, places, clock.today())


def _left_with_nothing(change: LawChange, versions: Sequence[ItemVersion]) -> set[int]:
    """Those to which nothing valid is left on the day of a repeal: 取消 is what their task suggests. Looked at when the days are written."""
    if change.sort != LawChange.REPEALED:
        return set()
    return set(without_valid_basis(change.takes_effect).filter(pk__in=[v.pk for v in versions]).values_list("pk", flat=True))


def _task(change: LawChange, unit: Office, versions: Sequence[ItemVersion], ends: set[int]) -> None:
    causes = [_cause(change, version, version.pk in ends) for version in versions] or [_cause(change, None, False)]
    title, cases = f"{change.document}{change.get_sort_display()}：影响核查", []
    for n, start in enumerate(range(0, len(causes), MOST)):
        part = causes[start : start + MOST]
        cases += open_group(unit, part, by=None, title=title, key=f"law:{change.pk}:{unit.pk}:{n}", source=source_of(change))
    due = cases[0].obligations.get(row="D1").due
    until = f"应在{spell(due)}前逐项提出申请（第七条（一）），无需调整的报政务办核实" if due else "请逐项提出申请"
    tell(unit, f"{title}，本单位 {len(cases)} 项；{until}。", key=f"law:{change.pk}:{unit.pk}", link=f"/adjustment/laws/{change.pk}/")


def _cause(change: LawChange, version: ItemVersion | None, ends: bool) -> ChangeRequest:
    """One case of the task: as its item reads now, until the unit says how it shall read (S2)."""
    ground = GROUNDS.get(change.document.kind) or ("第五条（一）" if change.sort == LawChange.NEW else "第五条（二）")
    places, stops = "、".join(change.place_list), "停止" if change.sort == LawChange.REPEALED else ""
    said = f"{change.document}{places}{change.get_sort_display()}，{spell(change.announced_on)}公布，{spell(change.takes_effect)}起{stops}施行"
    return ChangeRequest(
        list_kind=version.item.kind if version else "权责", move="取消" if ends else "变更" if version else "新增",
        item=version.item if version else None, base_number=version.number if version else None,
        base_content=version.content if version else "{}", content=version.content if version else "{}",
        ground=ground, cause="。".join(filter(None, (said, change.summary))), cause_day=change.arose_on,
        wished_on=change.takes_effect if change.takes_effect > clock.today() else None,
        evidence="，".join(filter(None, (change.number, change.evidence))),
    )  # fmt: skip
