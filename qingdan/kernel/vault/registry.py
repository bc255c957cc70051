"""Who handles what a subject stands for: a room says so for its own subjects, in its `apps.ready`. What no room speaks for is nobody's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qingdan.kernel.offices.models import Office, Person


@dataclass(frozen=True)
class Handling:
    """The office that handles it, the persons at work on it (`involved`: none of them decides on an unlock), and a title without names.

    `may_ask`: who else may know of it and so ask for the identity, a leader for instance; those involved may anyway.
    """

    office: Office
    involved: frozenset[Person]
    title: str
    may_ask: Callable[[Person, Office], bool] | None = None

    def knows(self, person: Person, office: Office) -> bool:
        return person in self.involved or (self.may_ask is not None and self.may_ask(person, office))


WHO_HANDLES: list[Callable[[str], Handling | None]] = []
"""Each answers for its own subjects and with None for all others."""


def who_handles(subject: str) -> Handling | None:
    return next((found for ask in WHO_HANDLES if (found := ask(subject)) is not None), None)
