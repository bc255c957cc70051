"""S10: one act registers the change of an office; its items move by one change set, its open cases one by one, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model, Q
from django.urls import reverse

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note, open_case, repeated
from qingdan.kernel.ledger.models import Case, Event, Obligation
from qingdan.kernel.ledger.outside import succeed_case
from qingdan.kernel.notices.telling import tell
from qingdan.kernel.offices.models import Office, OfficeChange, Person, Post
from qingdan.kernel.offices.queries import on
from qingdan.kernel.offices.succession import rows_of
from qingdan.lists.actions import version, with_bases
from qingdan.lists.models import ItemVersion
from qingdan.lists.queries import newest
from qingdan.measures.adjustment.access import CODE, is_office
from qingdan.statute.roles import OFFICE

ACT, MOVE = "change_office", "move_items"


@dataclass
class Plan:
    """What the change will take along. `placed`: code of an item -> its heir, where that is not the first one."""

    old: Office
    items: list[ItemVersion]
    cases: list[Case]
    posts: int
    placed: Mapping[str, Office] = field(default_factory=dict)


def plan(old: Office, placed: Mapping[str, Office] | None = None) -> Plan:
    """What goes with this office today; refuses a code that is not among its items."""
    items = [v for v in newest().filter(office=old).select_related("item", "office").order_by("item__code") if not v.cancelled]
    if strangers := sorted(set(placed or {}) - {v.item.code for v in items}):
        why = f"{'、'.join(strangers[:5])}不是{old.short}的在用事项"
        raise Refused(f"不能登记{old.short}的分设", why, "请核对事项编码，一行一个")
    open_ones = Obligation.objects.filter(how="")
    mine = Q(office=old) | Q(pk__in=open_ones.filter(office_code=old.code).values("case"))
    cases = list(Case.objects.filter(mine, law=CODE, pk__in=open_ones.values("case")).order_by("pk"))
    return Plan(old, items, cases, Post.objects.filter(on(clock.today()), office=old).count(), dict(placed or {}))


def change_office(
    kind: str, old: Office, heirs: Sequence[Office], *, document: str, document_day: date, by: Person, office: Office,
    placed: Mapping[str, Office] | None = None, key: str | None = None,
) -> OfficeChange:  # fmt: skip
    """第四条 单位撤并、分设、更名：人员、角色、事项和在办案件由继受单位承接，已办结的案件仍记原单位。"""
    with acting(ACT):
        if repeated(key, ACT):
            return OfficeChange.objects.filter(old=old).latest("pk")
        if not is_office(office, clock.today()):
            raise Refused("不能登记单位变动", "只有政务办可以登记", "请将文件送政务办")
        taken = plan(old, placed)
        rows = rows_of(kind, old, heirs, document, document_day)
        facts = {"kind": kind, "old": old.code, "heirs": [heir.code for heir in heirs], "document": document, "document_day": document_day}
        acting_now = heirs[0] if old.pk == office.pk else office  # 政务办 itself may be renamed
        note(ACT, by=by, office=office, rows=rows, facts=facts, key=key)
        _move_items(taken, heirs[0], by=by, office=acting_now)
        for case in taken.cases:
            _move_case(case, taken, heirs[0], by=by, office=acting_now)
        _tell_heirs(kind, taken, heirs)
        return OfficeChange.objects.filter(old=old).latest("pk")


def _tell_heirs(kind: str, taken: Plan, heirs: Sequence[Office]) -> None:
    """What each heir has got, so that nobody finds it only when it is late."""
    for heir in heirs:
        items = sum(taken.placed.get(v.item.code, heirs[0]) == heir for v in taken.items)
        cases = sum(taken.placed.get(case.subject, heirs[0]) == heir for case in taken.cases)
        said = f"{taken.old.short}{kind}：其 {items} 个在用事项、{cases} 件在办案件自今天起由{heir.short}承接，到期日不变，见“待办”。"
        tell(heir, said, key=f"succeed:{taken.old.code}:{heir.code}", link=reverse("desk:inbox"))


def _move_items(taken: Plan, first: Office, *, by: Person, office: Office) -> None:
    """One case whose only act writes a version of every item: the same content, another office."""
    if not taken.items:
        return

    def rows(case: Case) -> list[Model]:
        return with_bases([_moved(v, taken.placed.get(v.item.code, first), case, by) for v in taken.items])

    title = f"{taken.old.short}的 {len(taken.items)} 个事项划转"
    open_case(CODE, MOVE, by=by, office=office, title=title, gives={OFFICE: [office]}, facts={"old": taken.old.code}, rows=rows)


def _moved(last: ItemVersion, heir: Office, case: Case, by: Person) -> ItemVersion:
    row = version(
        last.item, last.number + 1, last.content_dict, office=heir, case=case, act=MOVE, approver=by.signature, now=clock.now(),
        incomplete=last.incomplete,
    )  # fmt: skip
    row.effective_from = max(row.published_on, last.effective_from)  # what is not in force yet is not hastened
    return row


def _move_case(case: Case, taken: Plan, first: Office, *, by: Person, office: Office) -> Event:
    heir = taken.placed.get(case.subject, first)
    rows = []
    if case.office_id == taken.old.pk:
        case.office = heir
        rows.append(case)
    return succeed_case(case, taken.old, heir, by=by, office=office, rows=rows)
