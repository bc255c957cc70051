"""What acts of the ledger put into the lists: instances to be saved by `record(…, rows=…)`; nothing is saved here.

`publish` (第七条（五）) of one change writes one version, complete or refused. `publish_initial` of a founding case may keep
incomplete items, marked 待补全; the next change of such an item must complete it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.canonical import text as canonical
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office
from qingdan.lists import queries
from qingdan.lists.bases.linking import in_force_from, link
from qingdan.lists.codes import UNFIT
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.schema import LISTS, check, clean

NEW, CHANGE, CANCEL = "new", "change", "cancel"


@dataclass(frozen=True)
class Change:
    """What a case puts into a list. `content` is the whole content afterwards (for a cancellation it may be empty).

    wished     a later day from which it shall hold, if one was asked for
    successor  code of the item that takes over from a cancelled one
    """

    action: str
    kind: str
    office: Office
    content: Mapping[str, str]
    approver: str
    item: Item | None = None
    wished: date | None = None
    successor: str = ""


def effective_from(published_on: date, content: Mapping[str, str], wished: date | None = None) -> date:
    """第十条（一）, X5: the later of 公布 and the 施行日 of the 依据, or a still later day that was wished."""
    basis = content.get("basis_effective", "")
    return max(filter(None, (published_on, date.fromisoformat(basis) if basis else None, wished)))


def ensure_publishable(kind: str, content: Mapping[str, str]) -> None:
    """第六条: refuse, naming every field and its article, what lacks a required field or holds a bad value."""
    problems = check(kind, content)
    if problems:
        first = problems[0]
        more = f"，另有 {len(problems) - 1} 处" if len(problems) > 1 else ""
        why = "；".join(p.what + (f"（{p.article}）" if p.article else "") for p in problems)
        raise Refused(f"“{content.get('name') or content.get('code') or '这一事项'}”不能公布", why, f"{first.todo}{more}")


def new_versions(change: Change, case: Case) -> list[Model]:
    """第七条（五） 公布: the rows of act `publish` for one item, with what it rests on. Refuses what may not stand in a list."""
    return with_bases(_new_versions(change, case))


def with_bases(rows: list[Model]) -> list[Model]:
    """第十条（一）, X5: versions with the records of their 依据 before them and the links after; none holds before its 依据 does."""
    versions = [row for row in rows if isinstance(row, ItemVersion)]
    linked = link(versions, clock.today())
    days = in_force_from(linked.links)
    for row in versions:
        row.effective_from = max(row.effective_from, days.get(id(row), row.effective_from))
    return [*linked.before, *rows, *linked.links]


def _new_versions(change: Change, case: Case) -> list[Model]:
    if change.action == CANCEL:
        return [_cancelled(change, case)]
    content = clean(change.kind, change.content)
    ensure_publishable(change.kind, content)
    if change.action == NEW:
        item = Item(kind=change.kind, code=fresh_code(content["code"]), office=change.office, case=case)
        return [item, _version(item, 1, content, change, case, clock.now())]
    item, last = _existing(change, case)
    if content["code"] != item.code:
        raise Refused("编码不能改", f"“{item.code}”是这一事项的永久编码和网址", "确需换编码的，请取消本事项并以新编码新增，注明承接关系")
    return [_version(item, last.number + 1, content, change, case, clock.now())]


def fresh_code(code: str) -> str:
    """A code that was never used; refuses any other."""
    if UNFIT.search(code):
        raise Refused(f"编码“{code}”不能用", "含有空格或者 / \\ ? # @ %，不能用作永久网址", "请改用字母、数字和短横线")
    taken = queries.find(code)
    if taken is not None:
        raise Refused(f"编码“{code}”不能用", f"它已属于{LISTS[taken.kind].name}的一个事项，编码不得重复使用", "请换一个没有用过的编码")
    return code


def _existing(change: Change, case: Case) -> tuple[Item, ItemVersion]:
    """The item and its newest version; an ended item is closed to all but the case that ended it (第八条 不成立: published anew)."""
    if change.item is None:
        raise Refused("不能公布这一变更", "没有指明是哪一个事项", "请先选择事项")
    last = queries.current(change.item)
    if last is None or (last.cancelled and last.case_id != case.pk):
        raise Refused(f"“{change.item.code}”不能再变更", "事项已经取消", "确需恢复的，请以新编码新增，注明承接关系")
    return change.item, last


def _cancelled(change: Change, case: Case) -> ItemVersion:
    """The last version of an item: what it said, and that it no longer holds from its day on."""
    item, last = _existing(change, case)
    if change.successor and queries.find(change.successor) is None:
        raise Refused("不能公布取消", f"承接事项“{change.successor}”不在清单中", "请核对承接事项的编码，或者先新增承接事项")
    row = _version(item, last.number + 1, last.content_dict, change, case, clock.now())
    row.office, row.status, row.incomplete = last.office, ItemVersion.CANCELLED, last.incomplete
    content = change.content if _good_day(change.content) else {}
    row.effective_from = effective_from(row.published_on, content, change.wished)
    return row


def _version(item: Item, number: int, content: Mapping[str, str], change: Change, case: Case, now: datetime) -> ItemVersion:
    return version(
        item, number, content, office=change.office, case=case, act="publish", approver=change.approver, now=now,
        wished=change.wished, successor=change.successor, incomplete=False,
    )  # fmt: skip


def version(
    item: Item, number: int, content: Mapping[str, str], *, office: Office, case: Case, act: str, approver: str, now: datetime,
    incomplete: bool, wished: date | None = None, successor: str = "",
) -> ItemVersion:  # fmt: skip
    """One version, not yet saved."""
    day = clock.legal_day(now)
    return ItemVersion(
        item=item, number=number, name=content["name"], office=office, content=canonical(dict(content)), incomplete=incomplete,
        effective_from=effective_from(day, content if _good_day(content) else {}, wished), published_on=day, published_at=now,
        case=case, act=act, approver=approver, successor=successor,
    )  # fmt: skip


def _good_day(content: Mapping[str, str]) -> bool:
    """An import keeps a bad date as text (待补全); it dates nothing."""
    try:
        date.fromisoformat(content.get("basis_effective", "0001-01-01"))
    except ValueError:
        return False
    return True
