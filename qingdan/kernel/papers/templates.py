"""Templates: for each kind of paper its fields and its words, with a version. A paper once issued keeps what it said, whatever version comes after.

A new wording is a new `Template` with the next version; the old one stays in its room's file, so that it can be read what held when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingdan.engine.refusals import Refused

from .content import BOOK, BULLETIN, FORM, LETTER, NOTICE, RED, Content, clean

Values = Mapping[str, Any]
SERIES = {RED: "", LETTER: "函", NOTICE: "告", FORM: "单", BULLETIN: "简", BOOK: "账"}
"""What the layout adds to 机关代字: each body numbers each kind of paper by itself."""


@dataclass(frozen=True)
class Field:
    """One thing that the paper says. `typed`: a person enters it when the paper is issued; else it comes from the case."""

    key: str
    label: str
    required: bool = True
    typed: bool = False
    help: str = ""


@dataclass(frozen=True)
class Template:
    """One kind of paper in one version. `compose`: the values, the issuing body's full name and the day -> what the paper says."""

    key: str
    version: int
    name: str
    article: str
    layout: str
    fields: tuple[Field, ...]
    compose: Callable[[Values, str, date], Content]

    @property
    def typed(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.typed)

    def filled(self, values: Values) -> dict[str, Any]:
        """The values of this template's fields, no others; refuses by name what is missing."""
        missing = [field.label for field in self.fields if field.required and not _said(values.get(field.key))]
        if missing:
            raise Refused(f"不能制作《{self.name}》", f"缺少：{'、'.join(missing)}", "请补齐后再制作；来自案件的，请先在案件中办理")
        return {field.key: values.get(field.key) or "" for field in self.fields}

    def write(self, values: Values, body: str, day: date) -> Content:
        """What the paper says. Refused where a field is missing."""
        return self.compose(self.filled(values), body, day)


def _said(value: Any) -> bool:
    return bool(clean(value)) if isinstance(value, str) else bool(value)


_all: dict[tuple[str, int], Template] = {}


def register(*templates: Template) -> None:
    """Put in by the rooms' `apps.ready`. Two that differ and bear one key and version are a mistake in the code."""
    for template in templates:
        if _all.setdefault((template.key, template.version), template) is not template:
            raise ValueError(f"template {template.key} v{template.version} is there already")


def newest(key: str) -> Template | None:
    """The version with which a paper is made today; None where there is no such paper."""
    versions = [known for known in _all if known[0] == key]
    return _all[max(versions)] if versions else None
