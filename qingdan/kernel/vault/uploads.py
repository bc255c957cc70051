"""Uploads that stay in memory (f11): Django would write a long one to a temporary file, in clear, before any page sees it.

A view says `@in_memory`; the middleware, which stands before everything that looks into what was sent, then sees to it, and refuses
a body above `MOST` unread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST = 25 * 1024 * 1024
"""Bytes of one sending, all files and fields together (T36)."""
PIECE, PATIENCE = 1 << 16, 4 * MOST
Answer = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., Any])


def in_memory(view: View) -> View:
    """This view takes files that must not lie on a disk. It is no page that asks for 再次确认 (which keeps files on the disk meanwhile)."""
    view.in_memory = True  # type: ignore[attr-defined]
    return view


class MemoryOnly(MemoryFileUploadHandler):
    """Whatever the length: the middleware has judged it."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


class InMemory:
    """For views that say so: no temporary files, and no body that is too long."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponse | None:
        if not getattr(view, "in_memory", False):
            return None
        if _length(request) > MOST:
            _let_pass(request)
            return HttpResponse(render(None, "413.html").content, status=413)
        request.upload_handlers = [MemoryOnly(request)]
        return None


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _let_pass(request: HttpRequest) -> None:
    """Throws the body away piece by piece, so that the browser listens to the answer; a much longer one is cut off."""
    left = min(_length(request), PATIENCE)
    while left > 0 and (piece := request.read(min(PIECE, left))):
        left -= len(piece)
