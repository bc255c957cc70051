"""What a page says beside an item that may not be acted upon for now: 待核, 暂停行使 (第十条（一）), as known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qingdan.kernel import clock
from qingdan.lists.bases.queries import holds
from qingdan.lists.models import ItemVersion


@dataclass(frozen=True)
class Note:
    """state: 待核 or 暂停行使 · since which day · why."""

    state: str
    since: date
    reason: str

    @property
    def suspended(self) -> bool:
        return self.state == "暂停行使"

    @property
    def badge(self) -> str:
        return "late" if self.suspended else "near"

    def __str__(self) -> str:
        return f"{self.state}（{self.since.isoformat()} 起：{self.reason}）"


def notes(versions: Iterable[ItemVersion], on: date | None = None, known: date | None = None) -> dict[int, Note]:
    """Key of a version → its note; one query whatever the number of items."""
    on, known = on or clock.today(), known or clock.today()
    found = {}
    for pk, hold in holds(versions, on, known).items():
        state = hold.state_on(on, known)
        suspended = state == "暂停行使"
        since = hold.decided_on if suspended and hold.decided_on else hold.flagged_on
        found[pk] = Note(state, since, hold.reason if suspended else "所依据的条款已经废止，正在核实")
    return found
