"""Quarters of the year: as they are named, in which a day lies, when one is over. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

NAMES = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}


@dataclass(frozen=True, order=True)
class Quarter:
    """2016-3: 2016年第三季度."""

    year: int
    n: int

    @property
    def key(self) -> str:
        return f"{self.year}-{self.n}"

    @property
    def since(self) -> date:
        return date(self.year, 3 * self.n - 2, 1)

    @property
    def until(self) -> date:
        """Its last day."""
        return self.next.since - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + self.n // 4, self.n % 4 + 1)

    def is_over(self, today: date) -> bool:
        return self.until < today

    def __str__(self) -> str:
        return f"{self.year}年{NAMES[self.n]}"


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def read(key: str) -> Quarter | None:
    """2016-3 → the quarter; None where it is none."""
    found = re.fullmatch(r"(20[0-9]{2})-([1-4])", key, re.ASCII)
    return Quarter(int(found[1]), int(found[2])) if found else None


def finished(first: date, today: date) -> Iterator[Quarter]:
    """The quarters that are over, from that of the first day on."""
    quarter = quarter_of(first)
    while quarter.is_over(today):
        yield quarter
        quarter = quarter.next
