"""投诉处理 broken on purpose: one rule of 第十一条 to 第二十条 is not kept. Imported by `mutants`, applied in the processes of one run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from .line import SQLITE, Mutant


def _nothing(*args: Any, **kw: Any) -> None:
    """A check that is not made."""


def _without(module: Any, name: str = "ensure_another") -> Any:
    return SimpleNamespace(**{**vars(module), name: _nothing})


def two_not_needed() -> None:
    """Whoever was named is enough, one or two, declared or not."""
    from qingdan.measures.complaints import deciding, errands, hearing, investigating

    def ensure_two(complaint, act, by=None):  # type: ignore[no-untyped-def]
        return [i.person for i in investigating.team(complaint)]

    for module in (hearing, errands, deciding):
        module.ensure_two = ensure_two  # type: ignore[attr-defined]


def letter_by_its_author() -> None:
    from qingdan.measures.complaints import errands

    errands.ensure_another = _nothing  # type: ignore[assignment]


def decision_by_its_author() -> None:
    from qingdan.measures.complaints import deciding

    deciding.ensure_another = _nothing  # type: ignore[attr-defined]


def malicious_by_its_proposer() -> None:
    from qingdan.measures.complaints import deciding

    deciding.hands = _without(deciding.hands)  # type: ignore[attr-defined]


def recusal_of_oneself() -> None:
    from qingdan.measures.complaints import investigating

    investigating.hands = _without(investigating.hands)  # type: ignore[attr-defined]


def liability_by_its_registrar() -> None:
    from qingdan.measures.complaints import answerable

    answerable.hands = _without(answerable.hands)  # type: ignore[attr-defined]


def custodian_investigates() -> None:
    from qingdan.measures.complaints import investigating

    investigating.is_custodian = lambda person, office, day: False  # type: ignore[attr-defined]


def recused_signs() -> None:
    """Whoever approves and signs is not asked what stands against them."""
    from qingdan.measures.complaints import deciding, errands, investigating

    for module in (investigating, deciding, errands):
        module.ensure_apart = _nothing  # type: ignore[attr-defined]


def interest_let_pass() -> None:
    """Whose interest was found goes on until it is decided."""
    from qingdan.measures.complaints import investigating

    investigating.OUT_AT_ONCE = ()  # type: ignore[attr-defined,assignment]


def substitute_is_another() -> None:
    from qingdan.kernel.ledger import hands

    hands.of = lambda person: frozenset({person.username})


def unlocked_by_who_works_on_it() -> None:
    from qingdan.measures.complaints import access

    access._at_work = lambda complaint, body, persons: set()  # type: ignore[assignment]


def identity_without_grant() -> None:
    from qingdan.kernel.vault import reading

    reading.ensure_unlocked = _nothing  # type: ignore[attr-defined]


def unit_sees_errands_of_others() -> None:
    from qingdan.measures.complaints import access

    access.errands_visible_to = lambda office, day: access.Errand.objects.all().scoped().select_related("case", "office")


THE_SAME = "what is left out is Python of the room, the same on both"
MUTANTS = [
    Mutant(do.__name__, title, ("b7",), do, (SQLITE,), THE_SAME)
    for do, title in (
        (two_not_needed, "an investigation by whoever was named, be it one"),
        (letter_by_its_author, "a letter is approved by who drafted it"),
        (decision_by_its_author, "a decision is signed by who drafted it"),
        (malicious_by_its_proposer, "malicious is found by who proposed it"),
        (recusal_of_oneself, "who is asked to keep out decides on it"),
        (liability_by_its_registrar, "liability is decided by who registered it"),
        (custodian_investigates, "a custodian investigates, approves and signs"),
        (recused_signs, "who must keep out approves and signs"),
        (interest_let_pass, "whose interest was found goes on"),
        (substitute_is_another, "who stands in for the drafter counts as a second person"),
        (unlocked_by_who_works_on_it, "an identity is unlocked by who works on the case"),
        (identity_without_grant, "an identity is read without a grant"),
        (unit_sees_errands_of_others, "a unit sees the errands of others"),
    )
]
