"""Why an act is refused: what cannot be done, why, and what to do instead, in the offices' words."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from qingdan.statute.labels import label, name_of
from qingdan.statute.roles import CLOCK
from qingdan.statute.terms import Opens, Row

if TYPE_CHECKING:
    from .standing import Owed, Standing


class Refused(Exception):
    """An act that the rows do not allow. `what`, `why`, `todo` are Chinese sentences without full stop."""

    def __init__(self, what: str, why: str, todo: str) -> None:
        self.what, self.why, self.todo = what, why, todo
        super().__init__(f"{what}：{why}。{todo}。")


def spell_day(day: date) -> str:
    """2016年6月17日, without 虚位: as papers and reports say it."""
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(4096)
def spell(day: date) -> str:
    """6月17日（周五）; the year is given where a sentence could be read in another year."""
    return f"{spell_day(day)}（周{'一二三四五六日'[day.weekday()]}）"


@lru_cache(1024)
def labels(acts: tuple[str, ...]) -> str:
    return "、".join(label(a) for a in acts)


def duty_phrase(standing: Standing, owed: Owed) -> str:
    """“法制办应在2016年6月17日（周五）前反馈审核意见（第七条（三））”; a duty without a name is told by the acts that fulfil it."""
    name = name_of(standing.law.code, owed.row.id)
    by = f"在{spell(owed.due)}前" if owed.due else ""
    return f"{standing.name(owed.office)}应{by}{name or '办理：' + labels(owed.row.acts)}（{owed.row.article}）"


def refuse(standing: Standing, act: str, office: str, why: str, todo: str = "") -> Refused:
    """A refusal of this act by this office; without a `todo` it says what is owed now."""
    return Refused(f"{standing.name(office)}现在不能“{label(act)}”", why, todo or todo_now(standing))


def todo_now(standing: Standing) -> str:
    """What is owed now and by whom: the way on from any refusal."""
    if not standing.length:
        openings = [r for r in standing.law.rows if isinstance(r, Opens) and r.who != CLOCK]
        return "请先由有权的单位立案：" + "、".join(f"{labels(r.acts)}（{r.who}）" for r in openings)
    if not standing.open:
        return "本案已经办结，如有新的情形请另行提出申请"
    return "现在应办：" + "；".join(duty_phrase(standing, o) + _waiting(standing, o) for o in standing.open)


def _waiting(standing: Standing, owed: Owed) -> str:
    return "，待前项完成" if standing.is_held(owed) else ""


def held(standing: Standing, act: str, office: str, ids: tuple[str, ...]) -> Refused:
    """The act waits for other duties (not_while, needs)."""
    waiting = [o for o in standing.open if o.row.id in ids]
    return refuse(standing, act, office, "须先完成：" + "；".join(duty_phrase(standing, o) for o in waiting))


def explain(standing: Standing, act: str, office: str) -> Refused:
    """No row allows the act now: find the nearest reason that helps the person who tried."""
    if act not in standing.law.acts:
        return refuse(standing, act, office, "本办法的规则中没有这个动作")
    done = [o for o in standing.owed if not o.is_open and act in o.row.acts and o.office == office]
    if done and done[-1].closed_on:
        how = {"done": "已经办理", "deemed": "已依第八条视为答复", "released": "已不再需要"}[done[-1].how]
        return refuse(standing, act, office, f"此项{how}（{spell(done[-1].closed_on)}，{done[-1].row.article}）")
    others = [o for o in standing.open if act in o.row.acts]
    if others:
        who = "、".join(standing.name(o.office) for o in others)
        return refuse(standing, act, office, f"此项应由{who}办理（{others[0].row.article}）")
    return refuse(standing, act, office, _not_yet(standing, act, office))


def _not_yet(standing: Standing, act: str, office: str) -> str:
    row = _row_of(standing, act)
    if row is None:
        return "此项由法律直接产生，不由任何人办理"
    if isinstance(row, Opens):
        return "本案已经立案，新的情形另立一案" if standing.length else f"只有{row.who}可以立案（{row.article}）"
    if not standing.length:
        return "本案还没有立案"
    holders = standing.parties.get(row.who, ())
    if office not in holders:
        return f"此项由{row.who}办理（{row.article}），{standing.name(office)}在本案中不是{row.who}"
    return f"还没有到这一步（{row.article}）" if standing.open else "本案没有在办的事项"


def _row_of(standing: Standing, act: str) -> Row | None:
    return standing.law.first_row.get(act)
