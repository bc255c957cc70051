"""第七条 一份申请含几个事项 (S49): each item is a case of its own; here is what is done for all of them in one go, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import models

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import acting, note, repeated
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.ledger.models import Case, Event
from qingdan.kernel.offices.models import Office, Person

from .actions import apply, register_cause
from .drafting import use_up
from .models import Application, ChangeRequest, Place, numeral

MOST = 50  # items of one application, so that its page can be read
OPEN = "open_application"


def open_group(
    office: Office, causes: Sequence[ChangeRequest], *, by: Person | None, title: str, key: str, source: str = ""
) -> list[Case]:  # fmt: skip
    """第五条、第七条 登记几个事项的情形，归入同一份申请；`by` 为空的由系统登记（影响核查任务），`source` 写明由来。"""
    with acting(OPEN):
        if (done := handed_in(key)) is not None:
            return cases_of(done)
        application = _next(office, causes, title, source)
        facts = {"number": application.number, "title": application.title, "items": len(causes), "source": source}
        note(OPEN, by=by, office=office, rows=[application], facts=facts, key=f"{key}-a")
        return [_register(application, cause, n, by, key) for n, cause in enumerate(causes, 1)]


def apply_group(
    office: Office, requests: Sequence[ChangeRequest], *, by: Person, title: str, key: str, seen: Mapping[int, int | None]
) -> list[Case]:  # fmt: skip
    """第七条（一） 一次提交几个事项的申请：全部提交，或者全不提交并说明是哪一项；`seen` 为用去的草稿。"""
    with acting(OPEN):
        if (done := handed_in(key)) is not None:
            return cases_of(done)
        _ensure_different(requests)
        use_up(office, seen)
        cases = open_group(office, requests, by=by, title=title, key=key)
        for n, (case, request) in enumerate(zip(cases, requests, strict=True), 1):
            try:
                apply(case, request, by=by, office=office, key=f"{key}-{n}")
            except Refused as refused:
                raise Refused(f"整份申请没有提交。第{numeral(n)}项：{refused.what}", refused.why, refused.todo) from refused
        return cases


def act_on_all(cases: Sequence[Case], do: Callable[[Case], Event]) -> None:
    """One act in several cases: in all of them or, where it is refused in any, in none; every refusal is told."""
    refusals = []
    with writing():
        for case in cases:
            try:
                do(case)
            except Refused as refused:
                refusals.append((case, refused))
        if refusals:
            raise RefusedInSome(refusals)


class RefusedInSome(Refused):
    """The act was refused in some of the cases, so it was done in none."""

    def __init__(self, refusals: Sequence[tuple[Case, Refused]]) -> None:
        self.refusals = refusals
        why = "；".join(f"{case.number}“{case.title}”：{r.why}" for case, r in refusals)
        super().__init__("一件也没有办理", f"其中 {len(refusals)} 件不能办理（{why}）", "请去掉这几件的勾选后再办理，或者到各案件页分别办理")


def handed_in(key: str) -> Application | None:
    """The application that this form made already."""
    before = repeated(f"{key}-a", OPEN)
    return Application.objects.get(number=before.facts["number"]) if before else None


def cases_of(application: Application) -> list[Case]:
    """The cases of an application in its order."""
    return list(Case.objects.filter(place__application=application).order_by("place__n"))


def _register(application: Application, cause: ChangeRequest, n: int, by: Person | None, key: str) -> Case:
    return register_cause(cause, by=by, office=application.office, key=f"{key}-{n}", place=Place(application=application, n=n))


def _ensure_different(requests: Sequence[ChangeRequest]) -> None:
    codes = [request.code for request in requests if request.code]
    if twice := next((r for r in requests if r.code and codes.count(r.code) > 1), None):
        why = f"“{twice.name}”（{twice.code}）在申请中出现两次，一个事项同时只能有一件在办"
        raise Refused("整份申请没有提交", why, "请合并为一项，删去另一份草稿")


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
