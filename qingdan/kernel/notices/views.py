"""The feed itself: open to whoever knows its address. Unknown, revoked and lapsed addresses answer alike."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from qingdan.kernel import clock

from .feed import calendar_of
from .queries import feed_of


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of the office, as a calendar program fetches it."""
    found = feed_of(token, clock.today())
    if found is None:
        raise Http404("没有这个订阅地址，或者它已经失效。请登录后在“提醒”里重新生成。")
    text = calendar_of(found.office, lambda number: request.build_absolute_uri(reverse("desk:case", args=[number])))
    return HttpResponse(
        text, content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="qingdan.ics"', "X-Robots-Tag": "noindex"},
    )  # fmt: skip
