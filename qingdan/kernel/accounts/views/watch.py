"""时钟核对, for 系统管理员 and 安全管理员: a clock in doubt and batches on hold, as numbers and days. No case is named (b8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger import guard, holds, looking
from qingdan.kernel.ledger.models import ClockMark, LapseHold, Obligation


def watch(request: HttpRequest) -> HttpResponse:
    """What waits for the two of them."""
    waiting = LapseHold.objects.filter(released_on=None).select_related("first")
    context = {
        "doubt": guard.doubt(), "now": clock.now(), "mark": ClockMark.objects.select_related("confirmed_by").first(), "keepers": looking.by_keepers(),
        "holds": [(hold, len(hold.ids), _days(hold)) for hold in waiting], "me": request.user.pk,
    }  # fmt: skip
    return render(request, "accounts/watch.html", context)


def _days(hold: LapseHold) -> list[tuple[date, int]]:
    """legal day -> how many would come about on it"""
    ids, days = hold.ids, Counter[date]()
    for start in range(0, len(ids), 500):
        found = Obligation.objects.filter(pk__in=ids[start : start + 500]).values_list("due", flat=True)
        days.update(due for due in found if due is not None)
    return sorted(days.items())


def confirm_clock(request: HttpRequest) -> HttpResponse:
    """One of the two: the clock is right."""
    return _confirmed(request, lambda: guard.confirm(by=request.user, office=None), "时钟已由两人确认，系统恢复办理。")  # type: ignore[arg-type]


def confirm_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the two: clock and calendar were right, so these effects did come about."""
    hold = LapseHold.objects.filter(pk=pk).first() if pk < 2**62 else None
    if hold is None:
        raise Http404("没有这一批待核对的事项。")
    return _confirmed(request, lambda: holds.confirm(hold, by=request.user, office=None), "已由两人核对，视为的效果将按法定日期登记。")  # type: ignore[arg-type]


def _confirmed(request: HttpRequest, confirm: Callable[[], bool], done: str) -> HttpResponse:
    try:
        messages.success(request, done if confirm() else "已记下您的核对，还需要另一员核对。")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("accounts:watch")
