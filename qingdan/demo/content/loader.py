"""Reads what the demonstration district holds: offices, people, items of the five lists, stories."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .cases import CASES
from .cases_closed import CLOSED
from .cases_decided import DECIDED
from .cases_dropped import DROPPED
from .story import Story

HERE = Path(__file__).parent
KINDS = ("权责", "审批", "收费", "基金", "负面")
OFFICE_COLUMN = "行使主体"


@dataclass(frozen=True)
class OfficeRow:
    """An office: three-digit code, full name, short name, kind (街道, 部门, 垂直管理, 事业单位, 区政府)."""

    code: str
    name: str
    short: str
    kind: str


@dataclass(frozen=True)
class PersonRow:
    """A person with an invented name, who holds one post in the office with this code; rank is clerk or head."""

    username: str
    name: str
    office: str
    title: str
    rank: str


@cache
def offices() -> tuple[OfficeRow, ...]:
    return tuple(OfficeRow(**row) for row in _rows("offices.csv"))


@cache
def people() -> tuple[PersonRow, ...]:
    return tuple(PersonRow(**row) for row in _rows("people.csv"))


def items_file(kind: str) -> Path:
    """The file of one list, in the form in which offices hand it in: the importer takes it as it is."""
    return HERE / f"{kind}清单.csv"


def items(kind: str) -> list[dict[str, str]]:
    """The rows of one list, by the labels of its header; 行使主体 is the short name of the office."""
    return _rows(items_file(kind).name)


def stories() -> tuple[Story, ...]:
    """All stories; those that have ended come first, and two stories of one item come in the order of their days."""
    return (*CLOSED, *DROPPED, *CASES, *DECIDED)


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
