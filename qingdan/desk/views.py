"""The staff's pages: 待办, the cases, one case."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from qingdan.kernel import clock
from qingdan.kernel.calendar.actions import PROPOSE
from qingdan.kernel.calendar.models import CalendarProposal
from qingdan.kernel.leave.queries import present_for, seen_from, shown_to
from qingdan.kernel.ledger import guard, hands, looking
from qingdan.kernel.ledger.models import Case, LapseHold, Obligation
from qingdan.kernel.notices.following import horizon, horizon_text
from qingdan.kernel.notices.models import Notice
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.offices.queries import names
from qingdan.kernel.policy.audiences import OFFICE_ONLY
from qingdan.kernel.ui.reasons import openings, why_of
from qingdan.kernel.vault.unlocking import waiting_for
from qingdan.measures.adjustment.access import visible_to
from qingdan.measures.adjustment.annulment import actions as annulment
from qingdan.measures.adjustment.annulment.models import LapseDoubt
from qingdan.measures.adjustment.queries import lists_without_lead
from qingdan.measures.complaints import access as complaints

from .caseview import page_of
from .inbox import duties_of, duty_of


def inbox(request: HttpRequest) -> HttpResponse:
    """待办 by due day; late and near ones are counted on top."""
    office = request.post.office  # type: ignore[attr-defined]
    today, duties = clock.today(), duties_of(office)
    late = [d for d in duties if d.obligation.late_on(today) and d.source != "choice"]
    pages = Paginator(duties, 50).get_page(request.GET.get("page"))
    more = {"late": len(late), "total": len(duties), "troubles": _troubles(request, today), "gaps": _gaps(request, today), **_leave(request, today)}
    more["unlocks"] = 0 if request.standing else _unlocks(request)  # type: ignore[attr-defined]
    return render(request, "desk/inbox.html", {"page": pages, "today": today, **more})


def _unlocks(request: HttpRequest) -> int:
    """P-E2: how many requests wait for this person's decision: those of which they were told, since they could decide when it was asked."""
    me = request.user
    keys = [f"unlock:{pk}:ask:{me.pk}" for pk in waiting_for(me).values_list("pk", flat=True)]  # type: ignore[arg-type]
    return Notice.objects.filter(person=me.pk, key__in=keys).count() if keys else 0


def _leave(request: HttpRequest, today: date) -> dict[str, Any]:
    """代办: whose posts this person fills today, each with its number of duties; and their own absence, with who is there instead."""
    post = request.post  # type: ignore[attr-defined]
    if request.standing:  # type: ignore[attr-defined]
        return {}
    found, around = shown_to(post, today), seen_from(post, today)
    codes = [s.post.office.code for s in found]
    counts = Counter(Obligation.objects.filter(how="", office_code__in=codes).values_list("office_code", flat=True)) if codes else {}
    away = next((a for a in around if a.person_id == post.person_id and a.post.office_id == post.office_id), None)
    return {"fills": [(s, counts.get(s.post.office.code, 0)) for s in found], "away": away, "present": present_for(away, today) if away else None}


def _troubles(request: HttpRequest, today: date) -> list[tuple[str, str, str]]:
    """What stands in the way of everybody (T20, S52), and what 政务办 has to do before the announced calendar ends (P-C6); each with
    the words and the address of a link, for who may open it."""
    calendars, office = reverse("desk:calendars"), OFFICE_ONLY.admits(request.post)  # type: ignore[attr-defined]
    found: list[tuple[str, str, str]] = []
    if why := guard.doubt():
        text = f"服务器时钟可疑：{why}。改正或者由{looking.who()}确认之前，不登记任何办理；法定日期不受影响。"
        found.append((text, "核对时钟" if office else "", calendars))
    if not office:
        return found
    if waiting := LapseHold.objects.filter(released_on=None).count():
        found.append((f"有 {waiting} 批视为的效果待核对，由{looking.who()}核对。", "去看", calendars))
    if short := horizon(today):
        found.append((horizon_text(*short), "录入放假安排", calendars))
    return found + _for_the_second(request)


def _for_the_second(request: HttpRequest) -> list[tuple[str, str, str]]:
    """T21, S52: what one person of 政务办 has put forward and another has to decide; not told to who put it forward."""
    by: Person = request.user  # type: ignore[assignment]
    days = [p for p in CalendarProposal.objects.filter(outcome="") if not hands.shared(PROPOSE, p, by)]
    doubts = [d for d in LapseDoubt.objects.filter(outcome="").select_related("case") if not hands.shared(annulment.PROPOSE, d, by)]
    return [
        *((f"{p}已录入，待另一人核对。", "去复核", reverse("desk:calendar", args=[p.pk])) for p in days),
        *((f"{d.case.number}（{d.case.title}）的视为效果已提出不成立，待另一人认定。", "去认定",
           reverse("adjustment:lapse", args=[d.case.number, d.target])) for d in doubts),
    ]  # fmt: skip


def _gaps(request: HttpRequest, today: date) -> list[str]:
    """P-B3: the lists without a lead body, told to 政务办."""
    return lists_without_lead(today) if OFFICE_ONLY.admits(request.post) else []  # type: ignore[attr-defined]


def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: open duties first, then what I may do, facts, what has happened, the ledger."""
    office, today = request.post.office, clock.today()  # type: ignore[attr-defined]
    more = ("request__item", "place__application", "hold__version__item", "hold__version__office", "own_change__linked")
    found = visible_to(office, today).select_related(*more).filter(number=number).first()
    if found is not None:
        return render(request, "desk/case.html", page_of(found, office, today))
    for name, seen in _of_complaints(office, today):
        if complaints.one_of(seen, case__number=number) is not None:
            return redirect(name, number=number)
    raise Http404("没有这个案件，或者您无权查看。请核对编号；需要查看的，请联系政务办。")


def _of_complaints(office: Office, day: date) -> list[tuple[str, Any]]:
    """The pages of the kinds of case that 投诉 has, with those of which the office may know."""
    return [
        ("complaints:case", complaints.visible_to(office, day)),
        ("complaints:errand", complaints.errands_visible_to(office, day)),
        ("complaints:liability", complaints.liabilities_visible_to(office, day)),
    ]


def why(request: HttpRequest, number: str, duty: str) -> HttpResponse:
    """P-C4 为什么是这一天: the statement of one duty of a case that this office may see."""
    office, today = request.post.office, clock.today()  # type: ignore[attr-defined]
    own = complaints.visible_to(office, today).order_by().values("case")
    errands = complaints.errands_visible_to(office, today).order_by().values("case")
    seen = Case.objects.filter(Q(pk__in=visible_to(office, today).order_by().values("pk")) | Q(pk__in=own) | Q(pk__in=errands))
    of_case = Obligation.objects.filter(case__in=seen, case__number=number).select_related("case")
    found = next((o for o in of_case if o.place == duty), None)
    if found is None:
        raise Http404("没有这一项期限，或者您无权查看。请从案件页重新打开。")
    told = {"case": found.case, "duty": duty_of(found, names()), "why": why_of(found, openings([found.case_id])[found.case_id])}
    return render(request, "desk/why.html", told)
