"""S46: 政务办 decides whether the public is told of complaints in numbers, quarter by quarter, and may take it back."""

from __future__ import annotations

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note, repeated
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Event
from qingdan.kernel.offices.models import Office, Person
from qingdan.statute.labels import label
from qingdan.statute.roles import OFFICE

from .access import holds
from .figures import decisions, to_show
from .models import PublishedFigures
from .quarters import Quarter

PUBLISH, TAKE_BACK = "publish_figures", "take_back_figures"
LONGEST = 500


def publish_figures(quarter: Quarter, reason: str, *, by: Person, office: Office, key: str | None = None) -> Event:
    """S46 公布投诉统计：这一季度的数字自此公开；撤下后再公布的，仍是原来的数字。"""
    with writing():
        if (before := repeated(key, PUBLISH)) is not None:
            return before
        told = _ensure(PUBLISH, reason, office)
        if not quarter.is_over(clock.today()):
            raise Refused(f"不能“{label(PUBLISH)}”", f"{quarter}还没有结束", "请在季度结束以后再公布")
        earlier = decisions(quarter)
        if earlier and earlier[0].taken_back_on is None:
            raise Refused(f"不能“{label(PUBLISH)}”", f"{quarter}的统计已经公布", "请在公开页面上查看")
        tables = to_show(office, quarter, earlier).as_json()
        row = PublishedFigures(quarter=quarter.key, tables=tables, reason=told, by=by, on=clock.today())
        return note(PUBLISH, by=by, office=office, rows=[row], facts={"quarter": quarter.key}, key=key)


def take_back_figures(quarter: Quarter, reason: str, *, by: Person, office: Office, key: str | None = None) -> Event:
    """S46 撤下投诉统计：公众此后看不到；公布过的记录保留。"""
    with writing():
        if (before := repeated(key, TAKE_BACK)) is not None:
            return before
        told = _ensure(TAKE_BACK, reason, office)
        standing = next((row for row in decisions(quarter) if row.taken_back_on is None), None)
        if standing is None:
            raise Refused(f"不能“{label(TAKE_BACK)}”", f"{quarter}的统计没有公布", "请在公开页面上查看")
        standing.taken_back_on, standing.taken_back_by, standing.taken_back_reason = clock.today(), by, told
        return note(TAKE_BACK, by=by, office=office, rows=[standing], facts={"quarter": quarter.key}, key=key)


def _ensure(act: str, reason: str, office: Office) -> str:
    what, told = f"不能“{label(act)}”", reason.strip()
    if not holds(office, OFFICE, clock.today()):
        raise Refused(what, "投诉的统计由政务办决定公布（S46）", "请由政务办办理")
    if not told:
        raise Refused(what, "没有写明理由", "请写明理由")
    if len(told) > LONGEST:
        raise Refused(what, f"理由超过 {LONGEST} 字", "请精简")
    return told
