"""What units hand in by themselves: changes of their own lists (第九条), their own rules (第十一条)."""

from __future__ import annotations

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note, open_case
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import holders
from qingdan.statute.roles import OFFICE, UNIT

from .models import OwnListChange, UnitRule

FILE_RULE = "file_rule"


def register_own_change(change: OwnListChange, *, by: Person, office: Office, key: str | None = None) -> Case:
    """第九条 登记本单位内部清单的调整：涉及增减、名称、依据、程序的随后备案，其他变动只登记；涉及公布内容的须另有调整案件（E16）。"""
    _ensure_linked(change, office)
    facts = {
        "opinion": change.what, "list": change.list_title, "kinds": change.kinds, "published": change.published,
        "linked": change.linked.number if change.linked else "",
    }  # fmt: skip

    def rows(case: Case) -> list[OwnListChange]:
        change.case = case
        return [change]

    return open_case(
        "调", "own_list_adjusted" if change.to_file else "own_list_logged", by=by, office=office, title=f"本单位清单：{change.list_title}",
        gives={UNIT: [office], OFFICE: holders("调", OFFICE, clock.today())}, dates={"done_day": change.done_on}, facts=facts,
        rows=rows, key=key,
    )  # fmt: skip


def _ensure_linked(change: OwnListChange, office: Office) -> None:
    """What touches a published field goes through the five steps; the internal list only follows (E16)."""
    if not change.published:
        return
    what, todo = "不能登记这项调整", "请先就公布的内容提出调整申请，再填写该案件的编号"
    if change.linked is None:
        raise Refused(what, "调整涉及公布的内容，须走五个环节（第七条），却没有对应的调整案件", todo)
    if change.linked.office_id != office.pk or not hasattr(change.linked, "request"):
        raise Refused(what, f"{change.linked.number}不是本单位的调整申请（第七条）", todo)


def file_rule(rule: UnitRule, *, by: Person, office: Office, key: str | None = None) -> Event:
    """第十一条 本单位办法的备案登记（S44）：名称、文号、印发日和文件。"""
    if rule.adopted_on > clock.today():
        raise Refused("不能登记", "印发日晚于今天", "请把印发日改为今天或者更早的一天")
    rule.office, rule.filed_on = office, clock.today()
    facts = {"title": rule.title, "number": rule.number, "adopted_on": rule.adopted_on, "file": rule.file.name, "sha256": rule.file.sha256}
    return note(FILE_RULE, by=by, office=office, rows=[rule.file, rule], facts=facts, key=key)
