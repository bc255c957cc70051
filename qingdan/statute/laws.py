"""The measures and their editions; which edition holds on a day."""

from __future__ import annotations

from datetime import date

from . import adjustment, complaints
from .terms import Law, Reading

EDITIONS: dict[str, tuple[Law, ...]] = {adjustment.CODE: adjustment.EDITIONS, complaints.CODE: complaints.EDITIONS}
READINGS: dict[str, tuple[Reading, ...]] = {adjustment.CODE: adjustment.READINGS, complaints.CODE: complaints.READINGS}
NAMES = {"调": "动态调整", "诉": "投诉处理", "监": "“六位一体”监督", "考": "周清月结季通报年考核", "会": "研判会商"}


def law_on(code: str, day: date) -> Law:
    """The edition in force on this day; before the first one, the first one (such matters are marked 施行前)."""
    editions = EDITIONS[code]
    return next((law for law in reversed(editions) if law.in_force <= day), editions[0])


def law_of(code: str, edition: date) -> Law:
    """The edition with exactly this date, as a case keeps it."""
    return next(law for law in EDITIONS[code] if law.in_force == edition)
