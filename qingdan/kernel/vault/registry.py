"""Who handles what a subject stands for: a room says so for its own subjects, in its `apps.ready`. What no room speaks for is nobody's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qingdan.kernel.offices.models import Office, Person


@dataclass(frozen=True)
class Handling:
    """The office that handles it, the persons at work on it (`involved`: none of them decides on an unlock), and a title without names.

    `may_ask`: who else may know of it and so ask for the identity, a leader for instance; those involved may anyway. `link`: where its page is.
    """

    office: Office
    involved: frozenset[Person]
    title: str
    may_ask: Callable[[Person, Office], bool] | None = None
    link: str = ""

    def knows(self, person: Person, office: Office) -> bool:
        return person in self.involved or (self.may_ask is not None and self.may_ask(person, office))


FIELDS = {
    "name": "姓名", "phone": "电话", "address": "地址", "email": "邮箱", "id_kind": "证件种类", "id_tail": "证件号后四位", "unit": "单位",
    "representatives": "代表人",
}  # fmt: skip
"""What the fields of an identity are called on the page; a room adds its own."""
WHO_HANDLES: list[Callable[[str], Handling | None]] = []
"""Each answers for its own subjects and with None for all others."""


def called(field: str) -> str:
    return FIELDS.get(field, field)


def who_handles(subject: str) -> Handling | None:
    return next((found for ask in WHO_HANDLES if (found := ask(subject)) is not None), None)
