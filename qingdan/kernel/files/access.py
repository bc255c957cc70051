"""Who may have a stored file: rooms say so, each for the files that it keeps; what no room speaks for nobody gets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from .models import StoredFile

MAY_SEE: list[Callable[[StoredFile, Any, date], bool]] = []
"""Each asks: does this file belong to something of mine that this office may see on this day? Put in by the rooms' `apps.ready`."""


def may_see(file: StoredFile, office: Any, day: date) -> bool:
    return any(ask(file, office, day) for ask in MAY_SEE)
