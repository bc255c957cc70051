"""Who handles what a subject stands for: a room says so for its own subjects, in its `apps.ready`. What no room speaks for is nobody's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from qingdan.kernel.offices.models import Office, Person


@dataclass(frozen=True)
class Handling:
    """The office that handles it, who is at work on it (`involved`: of some persons' keys those of them; none of them decides on an unlock), and a
    title without names. Asked of single persons, it takes no longer where many have worked on it than where nobody has (f8).

    `may_ask`: who else may know of it and so ask for the identity, a leader for instance; those involved may anyway. `link`: where its page is.
    `real` False: another one in place of what is not there, so that asking whether somebody may know of it takes as long.
    """

    office: Office
    involved: Callable[[Collection[int]], Collection[int]]
    title: str
    may_ask: Callable[[Person, Office], bool] | None = None
    link: str = ""
    real: bool = True

    def knows(self, person: Person, office: Office) -> bool:
        return bool(self.involved([person.pk])) or (self.may_ask is not None and self.may_ask(person, office))


FIELDS = {
    "name": "姓名", "phone": "电话", "address": "地址", "email": "邮箱", "id_kind": "证件种类", "id_tail": "证件号后四位", "unit": "单位",
    "representatives": "代表人",
}  # fmt: skip
"""What the fields of an identity are called on the page; a room adds its own."""
WHO_HANDLES: list[Callable[[str], Handling | None]] = []
"""Each answers for its own subjects; for all others with None or with what is not `real`."""


def called(field: str) -> str:
    return FIELDS.get(field, field)


def looked_at(subject: str) -> Handling | None:
    """What this subject stands for, or something in its place that is not `real`."""
    answers = [answer for ask in WHO_HANDLES if (answer := ask(subject)) is not None]
    return next((answer for answer in answers if answer.real), answers[0] if answers else None)


def who_handles(subject: str) -> Handling | None:
    found = looked_at(subject)
    return found if found is not None and found.real else None
