"""The two days of a snapshot as an address asks for them: in force on, known on (P-A3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from qingdan.kernel import clock

from .forms import read_day


@dataclass(frozen=True)
class Asked:
    """What is in force on `on` by what had been published by `known`; a day that cannot be read is today and stands in `wrong`."""

    on: date
    known: date
    today: date
    typed_on: str = ""
    typed_known: str = ""
    wrong: tuple[str, ...] = ()  # of "on", "known": what was typed there is no day

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        today = clock.today()
        typed = {name: query.get(name, "").strip() for name in ("on", "known")}
        days = {name: read_day(text) if text else today for name, text in typed.items()}
        wrong = tuple(name for name, day in days.items() if day is None)
        return cls(days["on"] or today, days["known"] or today, today, typed["on"], typed["known"], wrong)

    @property
    def as_of(self) -> bool:
        """Is this anything but the list of today as it is known today?"""
        return self.on != self.today or self.earlier

    @property
    def earlier(self) -> bool:
        """Is something left out that has been published since?"""
        return self.known < self.today

    @property
    def unknowable(self) -> bool:
        """Nobody knows today what will have been published by then."""
        return self.known > self.today

    @property
    def known_by(self) -> date:
        return min(self.known, self.today)

    @property
    def future(self) -> bool:
        return self.on > self.today

    @property
    def query(self) -> str:
        """Both days written out: an address whose content stays, whatever is published later."""
        return urlencode({"on": self.on.isoformat(), "known": self.known_by.isoformat()})

    @property
    def short_query(self) -> str:
        """For the links of the page: only what differs from today."""
        days = {"on": self.on, "known": self.known_by}
        asked = {name: day.isoformat() for name, day in days.items() if day != self.today}
        return urlencode(asked)
