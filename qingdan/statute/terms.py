"""The grammar in which a regulation is written down: three verbs, no predicates, no nesting, no effects.

`opens` says which acts begin a case, `must` who owes which act after what within how long, `may` who has
a power while which duties are open. Where the law distinguishes, the ledger has two acts (confirm and
object), so that a row never needs an `if`. Row ids are those of the reading of the regulation (D4, S3 …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any

from .limits import AsOrdered, Limit, MonthDay, Promptly, SameDay, Workdays

__all__ = [
    "AsOrdered", "Extension", "Law", "Limit", "May", "MonthDay", "Must", "Opens", "Otherwise", "Promptly",
    "Reading", "Row", "SameDay", "Source", "StatuteError", "Workdays", "may", "must", "opens",
]  # fmt: skip


EVEN = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d+ )")
"""Before a number that a space follows, where a character stands right before it: 后10 个工作日 is spaced unevenly."""


class StatuteError(Exception):
    """The rows contradict themselves: raised when the file is imported, never while a case runs."""


class Source(Enum):
    """Whose limit it is. Only a limit of the regulation or of an order can make a duty 逾期 in law."""

    REGULATION = "法规"
    ORDER = "所定期限"
    CHOICE = "法规未定期限"


@dataclass(frozen=True)
class Otherwise:
    """What the law adds by itself at 24:00 of the due day if the duty is still open (调8)."""

    act: str
    article: str


@dataclass(frozen=True)
class Extension:
    """An act of `by` that moves the due day, at most to `cap` counted from the start of the duty.

    `asked`: the act of asking; asked in time, the approval may come after the due day and still covers it.
    `repeats`: more than once, up to the cap.
    """

    act: str
    by: str
    cap: Workdays
    article: str
    asked: str = ""
    repeats: bool = False


@dataclass(frozen=True)
class Row:
    """What the three verbs share: the id of the reading, the article, the role, the acts."""

    id: str
    article: str
    who: str
    acts: tuple[str, ...]
    choice: str = ""


@dataclass(frozen=True)
class Opens(Row):
    """These acts of this role begin a case. `each`: the calendar opens one for every holder of that role."""

    each: str = ""


@dataclass(frozen=True)
class Must(Row):
    """A duty.

    after: acts that raise it · after_all: rows; raised when an event closes their last open duty ·
    since: the dated fact of that event from which time runs instead of the event's own day ·
    otherwise, extension: see there · not_while: rows which, while open, hold the act back and excuse the delay ·
    needs: rows which hold the act back, too, but are steps towards it: time runs on ·
    releases: rows whose open duties end unperformed with this act · revived_by: acts that open it again
    with the due day it had · spoils: done late, it makes the named row count as done on that day too ·
    follows: (act, limit): if that act comes after the due day, the new due day counts from it.
    """

    after: tuple[str, ...] = ()
    after_all: tuple[str, ...] = ()
    within: Limit = Promptly()
    source: Source = Source.REGULATION
    since: str = ""
    otherwise: Otherwise | None = None
    extension: Extension | None = None
    not_while: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    revived_by: tuple[str, ...] = ()
    spoils: str = ""
    follows: tuple[str, Workdays] | None = None


@dataclass(frozen=True)
class May(Row):
    """A power: open while a duty of `while_owed` is open.

    within: counted from the start of that duty; done later it is kept and flagged, or refused if `strict` ·
    past_due: only once that duty's day has passed · joins: the act names offices that are added to this role,
    and only they owe what follows.
    """

    while_owed: tuple[str, ...] = ()
    within: Limit | None = None
    strict: bool = False
    past_due: bool = False
    not_while: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    joins: str = ""


@dataclass(frozen=True)
class Reading:
    """How a slip or a silent spot of the text is read (E16, S5 …): shown to users as our choice, with the article.

    `also`: further articles for which it answers.
    """

    id: str
    article: str
    question: str
    answer: str
    rows: tuple[str, ...] = ()
    built: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Law:
    """One edition of one measure: its rows, in the order of the articles, in force from a day.

    began: the day from which the measure itself holds, whatever its edition: what lies before it is 施行前.
    """

    code: str
    in_force: date
    rows: tuple[Row, ...]
    began: date = date.min

    def __post_init__(self) -> None:
        if self.began == date.min:
            object.__setattr__(self, "began", self.in_force)
        _check(self)

    def __getitem__(self, row_id: str) -> Row:
        return self.index[row_id]

    @cached_property
    def index(self) -> dict[str, Row]:
        return {r.id: r for r in self.rows}

    @cached_property
    def duties(self) -> tuple[Must, ...]:
        return tuple(r for r in self.rows if isinstance(r, Must))

    @cached_property
    def following(self) -> dict[str, tuple[Must, ...]]:
        """For each act the duties that it raises or opens again, in the order of the rows."""
        acts = {act for duty in self.duties for act in (*duty.after, *duty.revived_by)}
        return {act: tuple(d for d in self.duties if act in d.after or act in d.revived_by) for act in acts}

    @cached_property
    def waves(self) -> tuple[Must, ...]:
        """The duties that come when others have all ended."""
        return tuple(duty for duty in self.duties if duty.after_all)

    @cached_property
    def extending(self) -> frozenset[str]:
        """The acts that move the due day of a duty."""
        return frozenset(duty.extension.act for duty in self.duties if duty.extension)

    @cached_property
    def powers(self) -> tuple[May, ...]:
        return tuple(r for r in self.rows if isinstance(r, May))

    @cached_property
    def acts(self) -> frozenset[str]:
        """Every act that a person, the calendar or the law itself can do under these rows."""
        return frozenset(_acts(self))

    @cached_property
    def first_row(self) -> dict[str, Row]:
        """For each act of a person or the calendar the first row that names it, as its act or as its extension."""
        found: dict[str, Row] = {}
        for row in self.rows:
            extends = (row.extension.act,) if isinstance(row, Must) and row.extension else ()
            for act in (*row.acts, *extends):
                found.setdefault(act, row)
        return found

    def told(self, text: str) -> str:
        """Words for a page with the limits of this edition in them: 逾期{D4}… -> 逾期 5 个工作日…; {D1+} is the cap of an extension.

        So that no page says a number which an amendment has changed.
        """
        said = {r.id: r.within.text for r in self.rows if isinstance(r, Must | May) and r.within}
        said |= {f"{r.id}+": r.extension.cap.text for r in self.duties if r.extension}
        return EVEN.sub(" ", text.format_map(said))

    def amended(
        self,
        in_force: date,
        changes: dict[str, dict[str, Any]] | None = None,
        add: Iterable[Row] = (),
        drop: Iterable[str] = (),
    ) -> Law:
        """A new edition: a few changed rows and a date. Cases opened before keep the edition they have."""
        changes, dropped = {i: _kw(c) for i, c in (changes or {}).items()}, set(drop)
        unknown = (set(changes) | dropped) - set(self.index)
        if unknown:
            raise StatuteError(f"{self.code}: no such rows to amend: {sorted(unknown)}")
        rows = tuple(replace(r, **changes.get(r.id, {})) for r in self.rows if r.id not in dropped)
        return Law(self.code, in_force, (*rows, *add), self.began)


def _acts(law: Law) -> Iterable[str]:
    for row in law.rows:
        yield from row.acts
        if isinstance(row, Must):
            if row.otherwise:
                yield row.otherwise.act
            if row.extension:
                yield row.extension.act


def _check(law: Law) -> None:
    """An id twice, an unknown act or an unknown row is a mistake in the file: say where."""
    ids = [r.id for r in law.rows]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise StatuteError(f"{law.code}: row ids used twice: {twice}")
    duties, acts = {r.id for r in law.duties}, set(_acts(law))
    for row in law.rows:
        for name in ("after_all", "while_owed", "not_while", "needs", "releases"):
            for other in getattr(row, name, ()):
                if other not in duties and other != "*":
                    raise StatuteError(f"{law.code} {row.id}.{name}: no such duty: {other}")
        for name in ("after", "revived_by"):
            for act in getattr(row, name, ()):
                if act not in acts:
                    raise StatuteError(f"{law.code} {row.id}.{name}: no such act: {act}")
        if isinstance(row, Must):
            _check_duty(law, row, duties, acts)


def _check_duty(law: Law, row: Must, duties: set[str], acts: set[str]) -> None:
    if row.spoils and row.spoils not in duties:
        raise StatuteError(f"{law.code} {row.id}.spoils: no such duty: {row.spoils}")
    named = {"follows": row.follows and row.follows[0], "extension.asked": row.extension and row.extension.asked}
    for name, act in named.items():
        if act and act not in acts:
            raise StatuteError(f"{law.code} {row.id}.{name}: no such act: {act}")


_LISTS = {"acts", "after", "after_all", "while_owed", "not_while", "needs", "releases", "revived_by"}


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _kw(kw: dict[str, Any]) -> dict[str, Any]:
    return {k: _names(v) if k in _LISTS and isinstance(v, str) else v for k, v in kw.items()}


def opens(id: str, article: str, who: str, acts: str, **kw: Any) -> Opens:
    """`opens("S1", "第五条", UNIT, "cause_arose")`"""
    return Opens(id, article, who, _names(acts), **_kw(kw))


def must(id: str, article: str, who: str, acts: str, **kw: Any) -> Must:
    """`must("D3", "第七条（二）", OFFICE, "refer|return_once", after="apply", within=Workdays(2))`"""
    return Must(id, article, who, _names(acts), **_kw(kw))


def may(id: str, article: str, who: str, acts: str, **kw: Any) -> May:
    """`may("S3", "第七条", UNIT, "withdraw", while_owed="D3|D4", releases="*")`"""
    return May(id, article, who, _names(acts), **_kw(kw))
