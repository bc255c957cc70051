"""Two doors that only the demonstration has: enter as a role, and move the clock forward."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingdan.kernel import clock
from qingdan.kernel.accounts import entering
from qingdan.kernel.ledger.closing import sweep
from qingdan.kernel.offices.models import Person

from .roles import keepers, offered


def enter(request: HttpRequest) -> HttpResponse:
    """以某个角色进入演示."""
    username = request.POST.get("username", "")
    if username not in {o.username for o in (*offered(), *keepers())}:
        raise Http404("没有这个演示角色。")
    person = Person.objects.select_related("account").get(username=username)
    entering.enter(request, person, entering.ONE_CLICK)
    return redirect(entering.next_page(request, person, ""))


def move_clock(request: HttpRequest) -> HttpResponse:
    """时钟前移若干天，到早上九点；到期而未答复的随即依法处理。"""
    days = request.POST.get("days", "")
    if days not in ("1", "5", "30"):
        raise Http404("演示时钟只能前移1天、5天或者30天。")
    day = clock.today() + timedelta(days=int(days))
    clock.move_to(datetime.combine(day, time(9), clock.SHANGHAI))
    written = sweep()
    messages.info(request, f"演示时钟已到 {day.month}月{day.day}日，其间依法产生视为效果 {written} 项。")
    back = request.POST.get("next", "")
    return redirect(back if back.startswith("/desk/") else "desk:inbox")
