"""Is every row of a law held by a test? The tests of the articles are run again under a law with one row less, or one word changed.

They read the law from `LAW` of the module in which they play; nothing is proved of a row whose loss nobody notices.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from itertools import product
from types import ModuleType

import pytest

from qingdan.statute.terms import AsOrdered, Law, Limit, Must, Promptly, Row, SameDay, Workdays

NAMES_ROWS = ("after_all", "while_owed", "not_while", "needs", "releases")


def calls(modules: list[ModuleType]) -> list[Callable[[], None]]:
    """Every test of the articles with every set of its parameters."""
    out: list[Callable[[], None]] = []
    for module in modules:
        for name, function in vars(module).items():
            if name.startswith("test_"):
                out += [lambda f=function, kw=kw: f(**kw) for kw in arguments(function)]
    return out


def arguments(function: Callable[..., None]) -> Iterator[dict[str, object]]:
    sets = []
    for mark in getattr(function, "pytestmark", []):
        names, values = mark.args
        names = [names] if isinstance(names, str) else list(names)
        sets.append([dict(zip(names, v if len(names) > 1 else (v,), strict=True)) for v in values])
    for chosen in product(*sets):
        yield {k: v for one in chosen for k, v in one.items()}


def noticed(law: Law, played: ModuleType, tests: list[Callable[[], None]], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Does any test fail under this law?"""
    monkeypatch.setattr(played, "LAW", law)
    for i, call in enumerate(tests):
        try:
            call()
        except (Exception, pytest.fail.Exception):
            tests.insert(0, tests.pop(i))  # the next law is like this one: ask the same test first
            return True
    return False


def without(law: Law, row: Row) -> Law:
    """The law as it would read if this row had never been written: no other row names it or its acts."""
    left = [r for r in law.rows if r.id != row.id]
    acts = {a for r in left for a in known(r)}
    return Law(law.code, law.in_force, tuple(cleaned(r, row.id, acts) for r in left))


def known(row: Row) -> Iterator[str]:
    yield from row.acts
    if isinstance(row, Must):
        yield from filter(None, (row.otherwise and row.otherwise.act, row.extension and row.extension.act))


def cleaned(row: Row, gone: str, acts: set[str]) -> Row:
    changes: dict[str, object] = {n: tuple(i for i in getattr(row, n) if i != gone) for n in NAMES_ROWS if hasattr(row, n)}
    if isinstance(row, Must):
        changes |= {n: tuple(a for a in getattr(row, n) if a in acts) for n in ("after", "revived_by")}
        changes["spoils"] = "" if row.spoils == gone else row.spoils
        if row.extension and row.extension.asked not in acts:
            changes["extension"] = replace(row.extension, asked="")
        if row.follows and row.follows[0] not in acts:
            changes["follows"] = None
    return replace(row, **changes)


def longer(limit: Limit | None) -> list[Limit]:
    """The limit a day longer and shorter; a day that a paper sets without effect, with another default or with one at all."""
    if isinstance(limit, Workdays):
        return [Workdays(limit.n + 1), Workdays(limit.n - 1)]
    if isinstance(limit, AsOrdered):
        return [Promptly(), *(AsOrdered(n) for n in longer(limit.default)), AsOrdered(None if limit.default else Workdays(10))]
    return [Workdays(1)] if isinstance(limit, SameDay | Promptly) else []


def edits(law: Law) -> Iterator[tuple[str, str, Row]]:
    """Every row with one word changed: whose it is, a limit or a cap by a day, an act, a name of another row or a mark left out."""
    roles = sorted({row.who for row in law.rows})
    for row in law.rows:
        other = roles[roles.index(row.who) - 1]
        yield row.id, f"by {other}", replace(row, who=other)
        for limit in longer(getattr(row, "within", None)):
            yield row.id, f"within {limit.text}", replace(row, within=limit)
        for field in fields(row):
            value = getattr(row, field.name)
            if field.name in ("acts", "after", "revived_by", *NAMES_ROWS) and value != ("*",):
                for one in value:
                    yield row.id, f"{field.name} without {one}", replace(row, **{field.name: tuple(v for v in value if v != one)})
            elif value == ("*",):
                yield row.id, f"no {field.name}", replace(row, **{field.name: ()})
            elif field.name in ("otherwise", "extension", "follows", "spoils", "strict", "past_due", "since", "joins") and value:
                yield row.id, f"no {field.name}", replace(row, **{field.name: field.default})
        if isinstance(row, Must) and row.follows:
            yield row.id, "follows 2", replace(row, follows=(row.follows[0], Workdays(2)))
        if isinstance(row, Must) and row.extension:
            for cap in longer(row.extension.cap):
                yield row.id, f"cap {cap.text}", replace(row, extension=replace(row.extension, cap=cap))
            yield row.id, "repeats", replace(row, extension=replace(row.extension, repeats=not row.extension.repeats))


def law_with(law: Law, changed: Row) -> Law:
    """The law with this row; acts that nothing names any more are no longer named by others."""
    rows = [changed if r.id == changed.id else r for r in law.rows]
    acts = {a for r in rows for a in known(r)}
    return Law(law.code, law.in_force, tuple(cleaned(r, "", acts) for r in rows))
