"""第七条 一份申请含几个事项 (S49): each item is a case of its own; here is what is done for all of them in one go, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note, repeated
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person

from .actions import register_cause
from .models import Application, ChangeRequest, Place

MOST = 50  # items of one application, so that its page can be read
OPEN = "open_application"


def open_group(
    office: Office, causes: Sequence[ChangeRequest], *, by: Person | None, title: str, key: str, source: str = ""
) -> list[Case]:  # fmt: skip
    """第五条、第七条 登记几个事项的情形，归入同一份申请；`by` 为空的由系统登记（影响核查任务），`source` 写明由来。"""
    with acting(OPEN):
        if (before := repeated(f"{key}-a", OPEN)) is not None:
            return cases_of(Application.objects.get(number=before.facts["number"]))
        application = _next(office, causes, title, source)
        facts = {"number": application.number, "title": application.title, "items": len(causes), "source": source}
        note(OPEN, by=by, office=office, rows=[application], facts=facts, key=f"{key}-a")
        return [_register(application, cause, n, by, key) for n, cause in enumerate(causes, 1)]


def cases_of(application: Application) -> list[Case]:
    """The cases of an application in its order."""
    return list(Case.objects.filter(place__application=application).order_by("place__n"))


def _register(application: Application, cause: ChangeRequest, n: int, by: Person | None, key: str) -> Case:
    return register_cause(cause, by=by, office=application.office, key=f"{key}-{n}", place=Place(application=application, n=n))


def _next(office: Office, causes: Sequence[ChangeRequest], title: str, source: str) -> Application:
    """The next number of the year, without gaps: taken with the ledger locked, given back if anything is refused."""
    if not causes:
        raise Refused("不能登记这份申请", "申请中没有事项（第七条（一））", "请至少加入一个事项")
    if len(causes) > MOST:
        raise Refused("不能登记这份申请", f"一份申请有 {len(causes)} 个事项，多于 {MOST} 个", "请分成几份申请提出")
    today = clock.today()
    last = Application.objects.filter(year=today.year).aggregate(models.Max("serial"))["serial__max"] or 0
    return Application(
        year=today.year, serial=last + 1, number=f"申{today.year}-{last + 1:04d}", title=title[:200], office=office,
        source=source, opened_on=today,
    )  # fmt: skip
