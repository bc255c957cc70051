"""One version of an item as a citizen reads it: first who, how long, what to bring, what it costs; then every field, grouped.

Which field answers which question, and in which group it stands, is data below; a field that is not named stands in the
first group, so that a new field of a list is never lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from qingdan.lists import differences
from qingdan.lists.differences import Row
from qingdan.lists.fields import Field
from qingdan.lists.models import ItemVersion
from qingdan.lists.schema import ListKind, touched
from qingdan.statute.labels import label

WHAT, BASIS, HOW, WHO = "是什么", "依据", "怎么办", "谁负责"
GROUPS = {
    WHAT: "",
    BASIS: "basis basis_effective fee_basis",
    HOW: "procedure discretion promised statutory extension conditions materials place hours fee period consult",
    WHO: "handling_office list_office person_in_charge posts qualification phone duties supervise",
}
GROUP_OF = {key: group for group, keys in GROUPS.items() for key in keys.split()}
ANCHORS = {WHAT: "what", BASIS: "basis", HOW: "how", WHO: "who"}

_POWER = (
    ("谁来办", "handling_office"), ("办多久", "promised"), ("带什么", "materials"), ("收不收费", "fee"),
    ("到哪里办", "place"), ("问谁", "phone"), ("凭什么", "basis"),
)  # fmt: skip
_CHARGE = (
    ("谁来收", "handling_office"), ("向谁收", "payers"), ("收多少", "amount"), ("何时缴", "period"),
    ("能否减免", "extension"), ("问谁", "phone"), ("凭什么", "basis"),
)  # fmt: skip
_NEGATIVE = (("管到什么程度", "measure"), ("哪里适用", "area"), ("谁来管", "handling_office"), ("问谁", "phone"), ("凭什么", "basis"))
QUESTIONS = {"权责": _POWER, "审批": _POWER, "收费": _CHARGE, "基金": _CHARGE, "负面": _NEGATIVE}
ALWAYS = {"审批": ("materials", "fee")}  # asked even where the list does not say
SHORT = 90  # characters of an answer; the rest is one click away


@dataclass(frozen=True)
class Shown:
    """A field with its value. `lacking`: 第六条 asks for it and this version does not have it. `changed`: against the version before."""

    field: Field
    value: str
    lacking: bool = False
    changed: bool = False

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.value.split("\n") if line.strip()]

    @property
    def phones(self) -> list[tuple[str, str]]:
        """(as written, to dial) for each number."""
        if self.field.kind != "phone":
            return []
        parts = [p.strip() for p in re.split(r"[、，,；;/\n]+", self.value) if p.strip()]
        return [(p, re.sub(r"[^\d+]", "", p.partition("转")[0])) for p in parts]


@dataclass(frozen=True)
class Answer:
    """A citizen's question, the short answer, and the place of the whole one if it is longer."""

    question: str
    text: str
    more: str = ""
    phones: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Standing:
    """A version and the days on which it holds: `until` is None for the newest; `never`: replaced before it took effect."""

    version: ItemVersion
    until: date | None
    never: bool = False

    @property
    def act(self) -> str:
        """What acted: 首次入库公布, 配网公布."""
        return label(self.version.act)

    @property
    def before(self) -> date:
        """The day before it took effect."""
        return self.version.effective_from - timedelta(days=1)


def groups(version: ItemVersion, previous: ItemVersion | None) -> list[tuple[str, str, list[Shown]]]:
    """(group, anchor, fields) in the order of the schema; an empty field stands only where 第六条 asks for it."""
    moved = touched(version.item.kind, previous.content_dict, version.content_dict) if previous else {}
    found: dict[str, list[Shown]] = {group: [] for group in GROUPS}
    for field in version.kind.fields:
        value = version.content_dict.get(field.key, "")
        if value or field.required:
            shown = Shown(field, field.label_of(value), lacking=not value, changed=field.key in moved)
            found[GROUP_OF.get(field.key, WHAT)].append(shown)
    return [(group, ANCHORS[group], fields) for group, fields in found.items() if fields]


def answers(version: ItemVersion) -> list[Answer]:
    """What a citizen asks first."""
    kind, content = version.kind, version.content_dict
    found = []
    for question, key in QUESTIONS[kind.key]:
        field = kind.by_key.get(key)
        value = content.get(key, "")
        if field is None or not (value or field.required or key in ALWAYS.get(kind.key, ())):
            continue
        found.append(_answer(question, field, value, content, kind, version.office.name))
    return found


def _answer(question: str, field: Field, value: str, content: dict[str, str], kind: ListKind, office: str) -> Answer:
    if not value:
        return Answer(question, office if field.key == "handling_office" else "清单没有写明")
    shown = Shown(field, field.label_of(value))
    text, more = _short(shown)
    if field.key == "handling_office" and office not in text:
        text = f"{office} {text}"
    if field.key == "promised" and value != "0" and content.get("statutory", "").isdigit():
        text = f"承诺 {text}（法定 {kind.by_key['statutory'].label_of(content['statutory'])}）"
    if field.key == "fee":
        text, more = ("收费", "how") if value == "是" else ("不收费", "") if value == "否" else (text, more)
    if field.key == "place" and content.get("hours"):
        text = f"{text}；{content['hours']}"
    return Answer(question, "" if shown.phones else text, more, tuple(shown.phones))


def _short(shown: Shown) -> tuple[str, str]:
    """The first line, cut where it is long, and where the whole stands."""
    first, *rest = shown.lines or [""]
    anchor = ANCHORS[GROUP_OF.get(shown.field.key, WHAT)]
    cut = first if len(first) <= SHORT else first[:SHORT] + "…"
    if rest:
        return f"{cut} 等 {len(rest) + 1} 项", anchor
    return cut, anchor if cut != first else ""


def changes(version: ItemVersion, previous: ItemVersion | None) -> list[Row]:
    """Field by field, what this version says otherwise than another one, mostly the one before."""
    if previous is None:
        return []
    found = [Row("状态", previous.get_status_display(), version.get_status_display())] if previous.status != version.status else []
    if previous.office_id != version.office_id:
        found.append(Row("单位", previous.office.name, version.office.name))
    return found + differences.fields(version.item.kind, previous.content_dict, version.content_dict)


def standings(versions: list[ItemVersion]) -> list[Standing]:
    """All versions, newest first, each with the last day on which it holds: the day before the first later one that holds."""
    found: list[Standing] = []
    begins: date | None = None  # the first day on which a later version holds
    for version in sorted(versions, key=lambda v: -v.number):
        until = begins - timedelta(days=1) if begins else None
        found.append(Standing(version, until, never=bool(until and until < version.effective_from)))
        begins = min(begins, version.effective_from) if begins else version.effective_from
    return found
