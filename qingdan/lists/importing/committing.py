"""Plan → one founding case (`publish_initial`), exactly as shown, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import acts
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import holders, offices_on
from qingdan.lists import queries
from qingdan.lists.actions import version, with_bases
from qingdan.lists.importing import planning
from qingdan.lists.importing.planning import CREATE, Plan, Row, Standing, State
from qingdan.lists.importing.tables import Table
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.schema import LISTS
from qingdan.statute.roles import OFFICE

LAW, ACT = "调", "publish_initial"
FIRST_NEW_CODE = 901


@dataclass(frozen=True)
class Done:
    """What an import did; `case` is its founding case."""

    case: Case
    facts: dict[str, Any]


def state() -> State:
    """The lists and offices as they stand today: three queries."""
    busy = queries.open_cases()
    items = {}
    for v in queries.newest().select_related("item", "office"):
        items[v.item.code] = Standing(
            v.item.kind, v.item.code, v.office.code, v.office.short, v.number, v.content_dict, v.cancelled,
            founded=v.act == ACT, open_case=busy.get(v.item.code, ""),
        )  # fmt: skip
    offices: dict[str, tuple[str, str]] = {}
    for office in offices_on(clock.today()):
        for name in (office.name, office.short):
            offices.setdefault(name, (office.code, office.short))
    return State(items, offices)


def plan(kind: str, table: Table) -> Plan:
    """What importing this table would do today. Raises tables.Unreadable."""
    return planning.make(kind, table, state())


def government_office() -> Office:
    """The 政务办 of today, which alone may publish a founding list (第二条)."""
    found = holders(LAW, OFFICE, clock.today())
    if not found:
        raise Refused("不能导入清单", "还没有哪个单位担任政务办，清单须经政务办审定公布（第二条）", "请先用 add-office 和 add-role 登记政务办")
    return found[0]


def done(digest: str) -> Done | None:
    """The import that committed the plan with this digest, if there was one: a second click finds the first."""
    if not digest.isalnum():
        return None  # no digest of ours, and nothing that a database has to look for
    event = Event.objects.select_related("case").filter(key=_key(digest)).first()
    return Done(event.case, event.facts) if event and event.case else None


def commit(kind: str, table: Table, digest: str, *, by: Person | None, office: Office, leave_out: bool = False) -> Done:
    """第二条: import exactly the plan that was shown. Raises Refused where data moved, or where lines are refused and not left out."""
    with writing():  # nobody moves the lists between this look and the act
        before = done(digest)
        if before is not None:
            return before
        found = plan(kind, table)
        _ensure_as_shown(found, digest, leave_out)
        facts = _facts(found)
        case = acts.open_case(
            LAW, ACT, by=by, office=office, title=_title(found), facts=facts, key=_key(digest),
            gives={OFFICE: holders(LAW, OFFICE, clock.today())}, rows=lambda case: _write(found, case, office),
        )  # fmt: skip
        return Done(case, facts)


def _key(digest: str) -> str:
    return f"import:{digest}"[:64]


def _ensure_as_shown(found: Plan, digest: str, leave_out: bool) -> None:
    if found.digest != digest:
        raise Refused("没有导入", "数据已变动：预览之后，清单、单位或者在办的调整有了变化", "请重新预览，核对后再导入")
    if found.refused and not leave_out:
        n, first = len(found.refused), found.refused[0]
        raise Refused(
            "没有导入", f"有 {n} 行被拒绝（第 {first.line} 行：{'；'.join(first.reasons)}）",
            "请改正文件后重新上传，或者勾选“我已核对：被拒绝的行不导入”",
        )  # fmt: skip
    if not found.written:
        raise Refused("没有导入", "没有需要新增或者变更的事项", "清单已与文件一致，不必再导入；如有被拒绝的行，请先改正")


def _title(found: Plan) -> str:
    count = found.counts
    return f"{LISTS[found.kind].name}入库：新增 {count['create']} 项，变更 {count['change']} 项（{found.file[:80]}）"


def _facts(found: Plan) -> dict[str, Any]:
    count = found.counts
    return {
        "list": found.kind, "file": found.file, "sha256": found.sha256, "form": found.form, "plan": found.digest,
        "created": count["create"], "changed": count["change"], "unchanged": count["none"], "left_out": count["refuse"],
        "incomplete": found.incomplete, "new_offices": [name for name, _ in found.new_offices],
    }  # fmt: skip


def _write(found: Plan, case: Case, office: Office) -> list[Any]:
    """Write offices, items and versions inside the act; all of them are taken down there, so nothing is left to save."""
    offices = _offices(found)
    existing = {item.code: item for item in Item.objects.filter(kind=found.kind)}
    new = {
        row.code: Item(kind=found.kind, code=row.code, office=offices[row.office_code or row.office], case=case)
        for row in found.written
        if row.result == CREATE
    }
    versions = [_version(row, new.get(row.code) or existing[row.code], offices[row.office_code or row.office], case, office) for row in found.written]
    for _, rows in groupby(with_bases([*new.values(), *versions]), type):
        alike = list(rows)
        alike[0]._meta.model._base_manager.bulk_create(alike, batch_size=500)
    return []


def _version(row: Row, item: Item, holder: Office, case: Case, office: Office) -> ItemVersion:
    return version(
        item, row.number, row.content, office=holder, case=case, act=ACT, approver=office.short, now=clock.now(),
        incomplete=bool(row.lacking),
    )  # fmt: skip


def _offices(found: Plan) -> dict[str, Office]:
    """Offices by code, and the new ones, created here, by their name."""
    offices = {office.code: office for office in Office.objects.all()}
    taken, number = set(offices), FIRST_NEW_CODE
    for name, _ in found.new_offices:
        while str(number) in taken:
            number += 1
        taken.add(str(number))
        new = Office(code=str(number), name=name, short=name, kind="部门", valid_from=clock.today())
        new.save()
        offices[name] = new
    return offices
