"""Complaints of the demonstration, at every stage up to 受理: invented, and lived through the product's own actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.actions import entrust
from qingdan.kernel.offices.models import OfficeRole
from qingdan.kernel.vault import unlocking
from qingdan.kernel.vault.forms import PURPOSES
from qingdan.kernel.vault.reading import read_identity
from qingdan.measures.complaints import accepting, actions, assigning
from qingdan.measures.complaints.access import of_case
from qingdan.measures.complaints.filing import Filing
from qingdan.measures.complaints.papers.issuing import issue
from qingdan.measures.complaints.papers.words import OF_ACT
from qingdan.statute.complaints_grounds import APPROVAL, CHARGE, DUTY, POWER
from qingdan.statute.roles import DISTRICT, HANDLER, OFFICE

if TYPE_CHECKING:
    from .filling import World

BODIES = (("政务服务中心", APPROVAL), ("法制办", POWER), ("编办", DUTY), ("财政局", CHARGE))
REACHED = {
    "政务服务中心": {"phone": "0371-63520014", "fax": "0371-63520114",
        "address": "金水区政务服务中心一楼", "email": "fwzx@jinshui.example", "place": "一楼投诉室"},
    "法制办": {"phone": "0371-63520012", "fax": "0371-63520112",
        "address": "金水区政府大院东楼", "email": "fzb@jinshui.example", "place": "东楼 102 室"},
    "财政局": {"phone": "0371-63520013", "fax": "0371-63520113",
        "address": "金水区财政局大厅", "email": "czj@jinshui.example", "place": "大厅四号窗口"},
    "编办": {"phone": "0371-63520011", "address": "金水区政府大院西楼", "email": "bb@jinshui.example"},
}
"""编办 has no fax and no place: the page warns (第七条)."""


@dataclass(frozen=True)
class Complained:
    """One complaint. back: 工作日 before the opening; by: who registers it, "" for the portal; steps: (back, act, by, what is said, to whom)."""

    back: int
    by: str
    about: str
    grounds: tuple[str, ...]
    text: str
    steps: tuple[tuple[int, str, str, str, str], ...] = ()
    channel: str = "web"
    to: str = ""
    identity: dict[str, str] = field(default_factory=lambda: {"name": "（演示）某市民", "phone": "0371-00000000"})


COMPLAINTS = (
    Complained(12, "", "城管局", ("6",), "办户外广告设置，要求到社区开一份没有依据的证明。", to="政务服务中心",
               steps=((11, "accept", "政务服务中心", "", ""),)),
    Complained(1, "政务办", "花园路街道", ("8",), "办事指南上写的便民服务，到街道办说不办了。", channel="phone"),
    Complained(4, "法制办", "城管局", ("7",), "处罚没有按清单写的流程告知。", channel="letter",
               steps=((3, "ask_evidence", "法制办", "请提供处罚告知书或者现场照片，以及处罚的时间和地点。", ""),)),
    Complained(20, "财政局", "城管局", ("9",), "收费超出清单上的标准。", channel="email",
               steps=((19, "decline", "财政局", "所反映的收费已经进入行政复议程序，由复议机关作出决定。", "6-2"),)),
    Complained(8, "", "政务办", ("12",), "反映清单更新的问题多次没有答复。", identity={},
               steps=((7, "assign_by_district", "区政府", "", "编办"), (6, "accept", "编办", "", ""))),
    Complained(5, "", "财政局", ("9", "10"), "基金项目改成了收费。", steps=((4, "assign", "政务办", "投诉的是财政局，由法制办办理。", "法制办"),)),
)  # fmt: skip


def roles(world: World) -> list[OfficeRole]:
    """第三条: who has which part."""
    held = [("政务办", OFFICE, ""), ("区政府", DISTRICT, ""), *((short, HANDLER, scope) for short, scope in BODIES)]
    return [OfficeRole(office=world.office(short), measure="诉", role=role, scope=scope) for short, role, scope in held]


def steps(world: World, back: Callable[[int], date]) -> list[tuple[date, Callable[[], object]]]:
    """(day, what is done on it)."""
    found: list[tuple[date, Callable[[], object]]] = [(back(60), partial(_make_known, world))]
    cases: dict[int, Case] = {}
    for n, told in enumerate(COMPLAINTS):
        found.append((back(told.back), partial(_file, world, told, n, cases)))
        found += [(back(step[0]), partial(_do, world, n, cases, step)) for step in told.steps]
    known = [(n, step) for n, told in enumerate(COMPLAINTS) for step in told.steps if step[1] in ("accept", "ask_evidence") and told.identity]
    return found + [(back(step[0]), partial(_ask_who, world, n, cases, step[2], granted=i == 0)) for i, (n, step) in enumerate(known[:2])]


def _who(world: World, short: str) -> dict[str, Any]:
    return {"by": world.clerks[short], "office": world.office(short)}


def _make_known(world: World) -> None:
    for short, told in REACHED.items():
        actions.make_known(told=told, **_who(world, short))
    for short in {held.office.short for held in roles(world)} & set(world.heads):
        entrust(person=world.heads[short], office=world.office(short), by=None)


def _ask_who(world: World, n: int, cases: dict[int, Case], short: str, granted: bool) -> None:
    """P-E2: who works on it asks who complained; the head of the body, who keeps identities, grants it once, and has one still to decide on."""
    complaint, who = of_case(cases[n]), _who(world, short)
    row = unlocking.ask(complaint.reference, "需要电话核实办理经过", **who)
    if granted and complaint.identity is not None:
        unlocking.grant(row, by=world.heads[short], until=clock.now() + timedelta(hours=4))
        read_identity(complaint.identity, purpose=PURPOSES[0], **who)


def _file(world: World, told: Complained, n: int, cases: dict[int, Case]) -> None:
    filing = Filing(
        told.channel, told.text, told.grounds, respondent_office=world.office(told.about), identity=told.identity,
        to=world.office(told.to) if told.to else None,
    )  # fmt: skip
    who = _who(world, told.by) if told.by else {"by": None}
    cases[n] = actions.file_complaint(filing, key=f"demo-complaint-{n}", **who).case


def _do(world: World, n: int, cases: dict[int, Case], step: tuple[int, str, str, str, str]) -> None:
    _, act, by, words, to = step
    case, who = cases[n], _who(world, by)
    if act == "accept":
        event = accepting.accept(case, words, **who)
    elif act == "ask_evidence":
        event = accepting.ask_evidence(case, words, **who)
    elif act == "decline":
        event = accepting.decline(case, to, words, "query", **who)
    else:
        assigned = {"assign": assigning.assign, "assign_by_district": assigning.assign_by_district}[act]
        event = assigned(case, world.office(to), words, **who)
    for template in OF_ACT.get(act, ()):
        issue(of_case(case), event, template, **who)
