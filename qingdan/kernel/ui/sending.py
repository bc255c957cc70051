"""What a form sends, and how its page is answered: the same in every room."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, if anything was."""
    return request.POST if request.method == "POST" else None


def whole(request: HttpRequest, name: str) -> int | None:
    """A hidden number of the form; None where it is none."""
    return number(request.POST.get(name, ""))


def number(text: str) -> int | None:
    """A key or a count as a form or an address sends it; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def key_of(request: HttpRequest) -> str:
    """The idempotency key of this form: made when it is first shown, sent back with it."""
    key = request.POST.get("key", "")
    return key if re.fullmatch(r"[0-9A-Za-z-]{1,60}", key) else uuid4().hex


def who(request: HttpRequest) -> dict[str, Any]:
    """By whom, for which office, with which key, having seen how many events."""
    office = request.post.office  # type: ignore[attr-defined]
    return {"by": request.user, "office": office, "key": key_of(request), "seen": whole(request, "seen")}


def seen_before(request: HttpRequest, form: Any) -> int | None:
    """How many events the person had seen. None after a refusal: the page has told the newest state, so that the next attempt has seen it."""
    return None if getattr(form, "refused", None) else whole(request, "seen")


def status(*forms: Any) -> int:
    """422 where something is to be mended."""
    return 422 if any(f.is_bound and f.errors for f in forms) else 200


def paged(request: HttpRequest, rows: Any, per_page: int = 50) -> Any:
    """The page of a long list that the address asks for."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
