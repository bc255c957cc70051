"""调: every row of the law is held by a test. Take a row away, or change one word of it, and a test by article fails.

The tests of the articles are run here again, under a law with one row less or one row changed; they read the law from
`tests.engine.play.LAW`. Nothing is proved of a row whose loss nobody notices.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from itertools import product

import pytest

from qingdan.statute.adjustment import LAW_2016
from qingdan.statute.terms import Law, Limit, May, Must, Opens, Row, SameDay, Workdays
from tests.engine import play

from . import (
    test_adjustment_application,
    test_adjustment_approval,
    test_adjustment_chain,
    test_adjustment_publication,
    test_adjustment_review,
)

MODULES = [
    test_adjustment_application, test_adjustment_review, test_adjustment_approval, test_adjustment_publication, test_adjustment_chain,
]  # fmt: skip
NAMES_ROWS = ("after_all", "while_owed", "not_while", "releases")


def calls() -> list[Callable[[], None]]:
    """Every test of the articles with every set of its parameters."""
    out: list[Callable[[], None]] = []
    for module in MODULES:
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


CALLS = calls()


def noticed(law: Law, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Does any test fail under this law?"""
    monkeypatch.setattr(play, "LAW", law)
    for i, call in enumerate(CALLS):
        try:
            call()
        except (Exception, pytest.fail.Exception):
            CALLS.insert(0, CALLS.pop(i))  # the next law is like this one: ask the same test first
            return True
    return False


def without(row: Row) -> Law:
    """The law as it would read if this row had never been written: no other row names it or its acts."""
    left = [r for r in LAW_2016.rows if r.id != row.id]
    acts = {a for r in left for a in known(r)}
    return Law("调", LAW_2016.in_force, tuple(cleaned(r, row.id, acts) for r in left))


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


def test_the_tests_of_the_articles_hold_under_the_law_as_it_is(monkeypatch):
    assert len(CALLS) > 90
    assert not noticed(LAW_2016, monkeypatch)


@pytest.mark.parametrize("row", LAW_2016.rows, ids=lambda row: row.id)
def test_a_row_taken_away_is_missed(row, monkeypatch):
    assert noticed(without(row), monkeypatch)


def longer(limit: Limit | None) -> list[Limit]:
    if isinstance(limit, Workdays):
        return [Workdays(limit.n + 1), Workdays(limit.n - 1)]
    return [Workdays(1)] if isinstance(limit, SameDay) else []


def edits() -> Iterator[tuple[str, str, Row]]:
    """Every row with one word changed: a limit by a day, an act, a name of another row or a mark left out."""
    for row in LAW_2016.rows:
        for limit in longer(getattr(row, "within", None)):
            yield row.id, f"within {limit.text}", replace(row, within=limit)
        for field in fields(row):
            value = getattr(row, field.name)
            if field.name in ("acts", "after", "revived_by", *NAMES_ROWS) and value != ("*",):
                for one in value:
                    yield row.id, f"{field.name} without {one}", replace(row, **{field.name: tuple(v for v in value if v != one)})
            elif field.name in ("otherwise", "extension", "follows", "spoils", "strict", "past_due", "since", "joins") and value:
                yield row.id, f"no {field.name}", replace(row, **{field.name: field.default})
        if isinstance(row, Must) and row.follows:
            yield row.id, "follows 2", replace(row, follows=(row.follows[0], Workdays(2)))
        if isinstance(row, Must) and row.extension:
            yield row.id, "cap 31", replace(row, extension=replace(row.extension, cap=Workdays(31)))


def law_with(changed: Row) -> Law:
    """The law with this row; acts that nothing names any more are no longer named by others."""
    rows = [changed if r.id == changed.id else r for r in LAW_2016.rows]
    acts = {a for r in rows for a in known(r)}
    return Law("调", LAW_2016.in_force, tuple(cleaned(r, "", acts) for r in rows))


def test_a_word_changed_in_any_row_is_noticed(monkeypatch):
    found = [(i, what) for i, what, row in edits() if not noticed(law_with(row), monkeypatch)]
    assert found == []


def test_the_law_has_the_rows_of_its_reading():
    """What the tests above range over: forty-one rows, of which three kinds."""
    kinds = [sum(isinstance(r, kind) for r in LAW_2016.rows) for kind in (Opens, Must, May)]
    assert sum(kinds) == len(LAW_2016.rows) == 42 and min(kinds) >= 5
    assert LAW_2016.in_force == date(2016, 5, 6)
