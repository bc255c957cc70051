"""One look at the calendar a request, however many days its page counts."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .current import holding


class OneCalendar:
    """What a request counts, it counts with one calendar; an act inside it looks again, under its lock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with holding():
            return self.get_response(request)
