"""What the demonstration adds to pages: the day on its clock, and on the login page a button a role."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from qingdan.kernel import clock

from .roles import keepers, offered


def demonstration(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the demonstration's settings only."""
    return {"demo_today": clock.today(), "demo_roles": offered, "demo_keepers": keepers}
