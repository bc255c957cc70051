"""What every page of the staff shows of their notices: how many lie unread. One query, and only where it is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .queries import unread


def bell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `bell.unread` for who holds a post."""
    post = getattr(request, "post", None)
    return {"bell": {"unread": lambda: unread(post).count() if post else 0}}
