"""Two changes of one content (P-B8): what it was, what it is now, what somebody wrote meanwhile; field by field. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qingdan.lists.fields import Field
from qingdan.lists.schema import LISTS

Content = Mapping[str, str]
THEIRS, MINE, SAME, BOTH = "theirs", "mine", "same", "both"


@dataclass(frozen=True)
class Meeting:
    """One field: its text in the version on which the work began, in the newest version, and as it was written meanwhile."""

    field: Field
    base: str
    newest: str
    mine: str

    @property
    def sort(self) -> str:
        """Who changed it: only the newest version, only the writer, both to the same, both to different things."""
        if self.mine == self.base:
            return THEIRS
        if self.newest == self.base:
            return MINE
        return SAME if self.newest == self.mine else BOTH

    @property
    def merged(self) -> str:
        """What is written, unless only the newest version changed it."""
        return self.newest if self.sort == THEIRS else self.mine

    @property
    def texts(self) -> tuple[str, str, str]:
        """The three texts as people read them."""
        return self.field.label_of(self.base), self.field.label_of(self.newest), self.field.label_of(self.mine)


def meet(kind: str, base: Content, newest: Content, mine: Content) -> list[Meeting]:
    """The fields that are not the same on all three sides, in the order of the schema."""
    found = (Meeting(f, base.get(f.key, ""), newest.get(f.key, ""), mine.get(f.key, "")) for f in LISTS[kind].fields)
    return [m for m in found if not m.base == m.newest == m.mine]


def merged(mine: Content, meetings: Iterable[Meeting]) -> dict[str, str]:
    """What was written, with what only the newest version changed taken over; empty values left out."""
    content = dict(mine) | {m.field.key: m.merged for m in meetings}
    return {key: value for key, value in content.items() if value}


def clashing(meetings: Iterable[Meeting]) -> list[Meeting]:
    """The fields that both changed, to different things: only a person can say which is right."""
    return [m for m in meetings if m.sort == BOTH]
