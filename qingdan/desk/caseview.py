"""The case page: what is owed now, what I may do now, the facts, what has happened, the ledger beneath it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from qingdan.engine import duties
from qingdan.engine.outside import ANNUL, REDATE, SET_ASIDE, SUCCEED
from qingdan.engine.refusals import spell
from qingdan.kernel.ledger.hands import signatures
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.ledger.standing import shadow, standing_of
from qingdan.kernel.offices.models import Office
from qingdan.kernel.offices.queries import names
from qingdan.kernel.ui.reasons import why_of
from qingdan.lists.bases.queries import links_of
from qingdan.measures.adjustment.access import hidden_events, is_office
from qingdan.measures.adjustment.acting import ALIASES
from qingdan.measures.adjustment.annulment.models import LapseDoubt
from qingdan.measures.adjustment.papers.seeing import section
from qingdan.statute.labels import label
from qingdan.statute.roles import LEAD
from qingdan.statute.terms import Must

from .inbox import BUILT, duty_of, in_order


@dataclass(frozen=True)
class Told:
    """One event as the timeline shows it."""

    label: str
    who: str
    on: date
    recorded_at: datetime
    remark: str
    article: str
    by_law: bool
    late: bool
    aside: bool
    doubt: str
    doubted: bool
    seq: int
    head: str
    n: int | None


@dataclass(frozen=True)
class Choice:
    """One thing that I may do now: its address, its words, whether it waits for others or is not built."""

    act: str
    label: str
    article: str
    held: bool
    duty: bool


def page_of(case: Case, office: Office, today: date) -> dict[str, Any]:
    """Everything that the page shows, in a fixed number of queries whatever the length of the case."""
    events = list(case.events.select_related("person").order_by("n"))
    office_names = names()
    standing = standing_of(case, events, office_names)
    change = case.request if hasattr(case, "request") else None
    rows = shadow(case, standing)
    begun = {e.n: (e.act, e.on) for e in events if e.n}
    hidden = hidden_events(standing, events, office, today)
    deciding = any(e.by_law for e in events) and is_office(office, today)
    doubted = set(LapseDoubt.objects.filter(case=case, outcome="").values_list("target", flat=True)) if deciding else set()
    hold, who = getattr(case, "hold", None), signatures(events)
    return {
        "case": case,
        "change": change,
        "before_force": change is not None and change.cause_day < standing.law.began,
        "correctable": change is not None and change.item is not None and not change.ends and any(e.act == "publish" for e in events),
        "own_change": getattr(case, "own_change", None),
        "proofs": list(case.proofs.select_related("file")),
        "hold": hold,
        "bases": links_of(hold.version) if hold else [],
        "open": in_order(replace(duty_of(o, office_names), why=why_of(o, begun)) for o in rows if o.is_open),
        "choices": _choices(standing, office, today),
        "late_choices": _late_choices(standing, office),
        "timeline": [_told(e, standing, office_names, e.n in hidden, case if deciding else None, e.n in doubted, who.get(e.seq, "")) for e in events],
        "ended": [(duty_of(o, office_names), o) for o in rows if not o.is_open],
        "papers": section(case, office, today, events, hidden),
        "leads": [office_names.get(c, c) for c in standing.parties.get(LEAD, ())],
    }


def _choices(standing: duties.Standing, office: Office, today: date) -> list[Choice]:
    found: dict[str, Choice] = {}
    for o in duties.options(standing, office.code, today):
        act = ALIASES.get(o.act, o.act)
        if act in BUILT:
            found.setdefault(act, Choice(act, label(act), o.row.article, o.held, o.owed is not None))
    return sorted(found.values(), key=lambda c: (not c.duty, c.held))


def _late_choices(standing: duties.Standing, office: Office) -> list[Choice]:
    """第八条、X1: an answer that the law has given already; what is said now is kept as 逾期 and changes nothing."""
    mine = [o.row for o in standing.owed if o.how == "deemed" and o.office == office.code]
    return [Choice(act, label(act), row.article, False, False) for row in dict.fromkeys(mine) for act in row.acts if act in BUILT]


def _told(e: Event, standing: duties.Standing, office_names: dict[str, str], hidden: bool, deciding: Case | None, doubted: bool, by: str) -> Told:
    """deciding: the case, for those who may say that its lapses never came about; doubted: one of them has said so of this one. by: the person."""
    aside = (SET_ASIDE, e.n) in standing.flags
    who = office_names.get(e.office_code, e.office_code)
    return Told(
        label="已反馈审核意见" if hidden else label(e.act), who=f"{who} {by}" if by else who, on=e.on, recorded_at=e.recorded_at,
        remark="（审核结束后可见）" if hidden else _remark(e, standing, office_names),
        article=_article(standing, e), by_law=e.by_law, late=("late", e.n) in standing.flags,
        aside=aside, doubt=reverse("adjustment:lapse", args=[deciding.number, e.n]) if deciding and e.by_law and not aside else "",
        doubted=doubted,
        seq=e.seq, head=e.head, n=e.n,
    )  # fmt: skip


def _remark(e: Event, standing: duties.Standing, office_names: dict[str, str]) -> str:
    said = [str(e.facts.get("opinion", "") or e.facts.get("cause", "") or "")]
    if unsigned := e.facts.get("unsigned"):
        said.append("未会签：" + "、".join(office_names.get(code, code) for code in unsigned))
    said += _from_outside(e, standing, office_names)
    if receipt := e.facts.get("receipt"):
        said.append(f"回执：{receipt}（{e.told['dates']['receipt_day']}）")
    if url := e.facts.get("url"):
        said.append(f"网址：{url}")
    said += [f"超过{power.within.text}提出，照收并注明" for power in standing.law.powers if power.within and (power.id, e.n) in standing.flags]
    return "\n".join(part for part in said if part)


def _from_outside(e: Event, standing: duties.Standing, office_names: dict[str, str]) -> list[str]:
    """What came over the case from outside: dates that moved, an office that succeeded another, a lapse set aside."""
    if e.act == REDATE:
        moved = [(standing.law[m["row"]].article, office_names.get(m["office"], m["office"]), m["old"], m["new"]) for m in e.facts["moved"]]
        return [f"{who}（{article}）：{old} 改为 {new}" for article, who, old, new in moved] or ["暂定日期已确定"]
    if e.act == SUCCEED:
        return ["{}的事项由{}承接".format(*(office_names.get(e.facts[side], e.facts[side]) for side in ("from", "to")))]
    if e.act == ANNUL:
        fallen = standing.past[int(e.facts["target"]) - 1]
        return [f"撤销{spell(fallen.on)}的“{label(fallen.act)}”及其后以它为前提的步骤"]
    return []


def _article(standing: duties.Standing, e: Event) -> str:
    for row in standing.law.rows:
        if e.by_law and isinstance(row, Must) and row.otherwise and row.otherwise.act == e.act:
            return row.otherwise.article
        if e.act in row.acts:
            return row.article
    return ""
