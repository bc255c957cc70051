"""What the demonstration's banner shows: the day on its clock."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from qingdan.kernel import clock


def demonstration(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the demonstration's settings only."""
    return {"demo_today": clock.today()}
