"""时钟与日历: the arrangements of each year, entered by one person and adopted by another; the clock; effects that wait for two persons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.calendar import OFF, notices
from qingdan.kernel.calendar.actions import ADOPT, PROPOSE, adopt, preview, propose, reject
from qingdan.kernel.calendar.current import days_in_force, in_force
from qingdan.kernel.calendar.models import CalendarProposal, CalendarRelease
from qingdan.kernel.calendar.spelling import rows_of
from qingdan.kernel.ledger import guard, hands, holds, looking
from qingdan.kernel.ledger.models import ClockMark, LapseHold, Obligation
from qingdan.kernel.ledger.outside import Moved
from qingdan.kernel.offices.queries import names
from qingdan.kernel.ui.sending import key_of
from qingdan.lists.fields import has_control
from qingdan.measures.complaints import access as complaints

LARGEST = 200_000
YEAR = {
    "required": "请填写年度。", "invalid": "年度写四位数字，例如 2027。",
    "min_value": "年度从 2004 年起。", "max_value": "年度不能晚于 2100 年。",
}  # fmt: skip
KIND = {True: "放假", False: "调休上班"}


class YearForm(forms.Form):
    """One year's arrangements as the State Council's notice has them."""

    year = forms.IntegerField(label="年度", min_value=2004, max_value=2100, error_messages=YEAR)
    notice = forms.CharField(
        label="通知文号", max_length=100, help_text="例如 国办发明电〔2015〕18号", error_messages={"required": "请填写通知文号。"}
    )  # fmt: skip
    title = forms.CharField(label="通知标题", max_length=200, error_messages={"required": "请填写通知标题。"})
    url = forms.URLField(label="通知网址", required=False, assume_scheme="https", error_messages={"invalid": "网址应以 http:// 或者 https:// 开头。"})
    days = forms.CharField(
        label="放假和调休上班的日子", required=False, max_length=LARGEST, widget=forms.Textarea(attrs={"rows": 12}),
        help_text="一行一天：日期，放假或者调休上班，节日名称。例如 2016-02-06，调休上班，春节",
    )  # fmt: skip
    file = forms.FileField(label="或者上传文件", required=False, help_text="CSV、JSON 或者 .ics，UTF-8")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("file")
        if upload:
            raw = upload.read(LARGEST + 1)
            try:
                data["days"] = raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", "文件不是 UTF-8 编码的文本：请另存为 UTF-8 后再传。")
            if len(raw) > LARGEST:
                self.add_error("file", "文件太大，不像一年的放假安排：请核对后再传。")
        elif not data.get("days") and "days" not in self.errors:
            self.add_error("days", "请填写放假和调休上班的日子，或者上传文件。")
        return data


def calendars(request: HttpRequest) -> HttpResponse:
    """What is in force, what waits for a second person, and the form for another year."""
    form = YearForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            proposal = propose(
                year=data["year"], notice=data["notice"], title=data["title"], url=data["url"], days=data["days"], **_who(request)
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已录入。请另一名同志核对通知原文后采用；采用之前，期限仍按原来的安排计算。")
            return redirect("desk:calendar", pk=proposal.pk)
    return render(request, "desk/calendars.html", _standing() | {"form": form, "key": key_of(request)}, status=422 if form.errors else 200)


def _standing() -> dict[str, Any]:
    calendar, told = in_force(), {n.year: n for n in notices()}
    entered = {p.year: p for p in CalendarProposal.objects.filter(outcome=CalendarProposal.ADOPTED).order_by("pk")}
    rows, waiting = days_in_force(), list(CalendarProposal.objects.filter(outcome=""))
    said = hands.signatures_of((PROPOSE, ADOPT), [*entered.values(), *waiting])
    years = [
        {"year": year, "off": sum(r.kind == OFF for r in rows if r.year == year), "on": sum(r.kind != OFF for r in rows if r.year == year),
         "entered": entered.get(year), "by": said.get(entered[year].pk) if year in entered else None, "notice": told.get(year)}
        for year in sorted({r.year for r in rows}, reverse=True)
    ]  # fmt: skip
    return {
        "calendar": calendar, "years": years, "left": max(0, calendar.count(clock.today(), calendar.known_until)),
        "open": [(p, said.get(p.pk, {}).get(PROPOSE, "")) for p in waiting],
        "releases": CalendarRelease.objects.count(), "doubt": guard.doubt(),
        "mark": ClockMark.objects.select_related("confirmed_by").first(), "now": clock.now(),
        "keepers": looking.by_keepers(),
        "holds": [(h, _waiting(h)) for h in LapseHold.objects.filter(released_on=None).select_related("first")],
    }  # fmt: skip


def _waiting(hold: LapseHold) -> list[tuple[Obligation, str]]:
    office_names = names()
    found = Obligation.objects.filter(pk__in=hold.ids[:500]).select_related("case").order_by("due")
    return [(o, office_names.get(o.office_code, o.office_code)) for o in found]


def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: its days, the open duties that would move, and the second person's decision."""
    proposal = CalendarProposal.objects.select_related("proposed_by", "decided_by").filter(pk=pk).first()
    if proposal is None:
        raise Http404("没有这份放假安排。")
    trouble = ""
    if request.method == "POST":
        try:
            return _decided(request, proposal)
        except Refused as refused:
            trouble = str(refused)
            proposal.refresh_from_db()
    moved = _known(preview(proposal), request) if proposal.is_open else []
    office_names = names()
    days = [(r, KIND[r.kind == OFF]) for r in rows_of(proposal.days)]
    context = {"proposal": proposal, "days": days, "moved": [(m, office_names.get(m.office, m.office)) for m in moved], "trouble": trouble,
               "key": key_of(request), "remark": request.POST.get("remark", ""),
               "mine": hands.shared(PROPOSE, proposal, _by(request)["by"])}  # fmt: skip
    return render(request, "desk/calendar.html", context, status=422 if trouble else 200)


def _known(moved: list[Moved], request: HttpRequest) -> list[Moved]:
    """Without the complaints of which this office may not know (诉 第四条, S14): not in the list, and not in its number."""
    told = [m.case.pk for m in moved if m.case.law == complaints.CODE]
    if not told:
        return moved
    office = request.post.office  # type: ignore[attr-defined]
    seen = set(complaints.visible_to(office, clock.today()).filter(case__in=told).values_list("case", flat=True))
    return [m for m in moved if m.case.law != complaints.CODE or m.case.pk in seen]


def _decided(request: HttpRequest, proposal: CalendarProposal) -> HttpResponse:
    if "reject" in request.POST:
        remark = request.POST.get("remark", "").strip()[:400]
        if not remark:
            raise Refused("不能退回这份放假安排", "没有写明理由", "请在“退回的理由”中写明哪里与通知不符")
        if has_control(remark.replace("\r", "")):
            raise Refused("不能退回这份放假安排", "“退回的理由”含有不可见的控制字符", "请删去后重新填写")
        reject(proposal, remark, **_who(request))
        messages.success(request, "已退回，期限不变。")
    else:
        moved = preview(proposal)
        count = adopt(proposal, **_who(request)) - len(moved) + len(_known(moved, request))
        messages.success(request, f"已采用。{count} 项在办期限已重新计算，原到期日保留，各承办单位会收到提醒。")
    return redirect("desk:calendars")


def confirm_clock(request: HttpRequest) -> HttpResponse:
    """One of two persons: the clock is right."""
    return _confirmed(request, lambda: guard.confirm(**_by(request)), "时钟已由两人确认，系统恢复办理。")


def confirm_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """One of two persons: these effects did come about."""
    hold = LapseHold.objects.filter(pk=pk).first()
    if hold is None:
        raise Http404("没有这一批待核对的事项。")
    return _confirmed(request, lambda: holds.confirm(hold, **_by(request)), "已由两人核对，视为的效果将按法定日期登记。")


def _confirmed(request: HttpRequest, confirm: Any, done: str) -> HttpResponse:
    try:
        messages.success(request, done if confirm() else "已记下您的核对，还需要另一名同志核对。")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("desk:calendars")


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "office": request.post.office}  # type: ignore[attr-defined]


def _who(request: HttpRequest) -> dict[str, Any]:
    return _by(request) | {"key": key_of(request)}
