"""What a story of a complaint is. Pure data: lived by `demo.complaints` through the product's own acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .story import LAW, MONEY, POSTS

GRANTED, WAITING = "granted", "waiting"
CENTRE, DISTRICT = "政务服务中心", "区政府"
BODIES = (CENTRE, LAW, POSTS, MONEY)


@dataclass(frozen=True)
class Turn:
    """One act. back: 工作日 before the opening of the demonstration · by: the office, "" for the complainant · to: the body or unit it goes to.

    hand: which of its people, by the order of their posts, the first is the head · errand: the kind of the errand in whose own case it is done ·
    day: a day that is named in it, 工作日 before the opening, less than 0: after it · how: what is chosen in its form · more: what it says besides ·
    papers: with its official papers.
    """

    back: int
    act: str
    by: str = ""
    text: str = ""
    to: str = ""
    ground: str = ""
    hand: int = 1
    errand: str = ""
    day: int | None = None
    how: str = ""
    more: str = ""
    papers: bool = False

    @property
    def in_case(self) -> bool:
        """Is it an act in the complaint's own case?"""
        return not self.errand and self.act != "rate"


@dataclass(frozen=True)
class Story:
    """One complaint. `back`: when it came; `at`: the office that took it in, "" through the portal; `to`: the body chosen there;
    `open`: what is owed in it, `late`: what is late in the cases of its errands; `papers`: with its official papers, which take their time to be set;
    `who`: what became of the asking who complained."""

    key: str
    back: int
    channel: str
    grounds: tuple[str, ...]
    about: str
    text: str
    open: tuple[str, ...]
    turns: tuple[Turn, ...] = ()
    at: str = ""
    to: str = ""
    item_kind: str = ""
    identity: Mapping[str, str] = field(default_factory=dict)
    evidence: str = ""
    confidential: bool = True
    representatives: int = 1
    receipt: str = ""
    code: str = ""
    papers: bool = False
    who: str = ""
    late: tuple[str, ...] = ()


CODES = ("DEMO-0000-0000-0000-0001", "DEMO-0000-0000-0000-0002", "DEMO-0000-0000-0000-0003")
"""Query codes that are no secret: to try the page of a complaint in the demonstration."""
