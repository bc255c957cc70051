"""第十条 分类登记: the register of complaints and its table, redacted: no name, no word of what was said, no unit complained of."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.kernel import clock
from qingdan.kernel.ledger.acts import note
from qingdan.kernel.ledger.models import Event, Obligation
from qingdan.kernel.ui.sending import paged
from qingdan.statute.complaints_grounds import CLOCKS, clock_of
from qingdan.statute.complaints_inquiry import RATINGS

from .access import visible_to
from .answering import office_of
from .forms import RegisterForm
from .models import Complaint
from .queries import STATES, bodies, in_state, shares, state_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORT = "export_complaints"
HEADS = ("编号", "收到时间", "途径", "情形", "事项种类", "处理机关", "状态", *(f"{name}到期" for name, _ in CLOCKS.values()), "保密")
CHUNK = 500


def _chosen(request: HttpRequest) -> tuple[Any, RegisterForm]:
    office, today = office_of(request), clock.today()
    form = RegisterForm(request.GET, states=STATES, offices=bodies(today))
    seen = visible_to(office, today).select_related("case", "handler")
    if not form.is_valid():
        return seen.none(), form
    told = form.cleaned_data
    seen = in_state(seen, told["state"])
    for name, value in (("channel", told["channel"]), ("handler__code", told["body"])):
        seen = seen.filter(**{name: value}) if value else seen
    if told["since"]:
        seen = seen.filter(received_at__gte=datetime.combine(told["since"], time.min, tzinfo=clock.SHANGHAI))
    if told["until"]:
        seen = seen.filter(received_at__lte=datetime.combine(told["until"], time.max, tzinfo=clock.SHANGHAI))
    return seen, form


def register(request: HttpRequest) -> HttpResponse:
    """投诉登记簿."""
    seen, form = _chosen(request)
    page = paged(request, seen)
    rows = [(complaint, list(zip(HEADS, cells, strict=True))) for complaint, cells in _rows(list(page))]
    told = {
        "form": form, "page": page, "rows": rows, "heads": HEADS, "query": request.GET.urlencode(), "shares": shares(seen),
        "ratings": list(RATINGS.values()),
    }  # fmt: skip
    return render(request, "complaints/register.html", told)


def register_xlsx(request: HttpRequest) -> HttpResponse | FileResponse:
    """The same complaints as a table; that it was taken is an event, so it is asked for by a button."""
    seen, form = _chosen(request)
    if not form.is_valid():
        return redirect(f"/complaints/register/?{request.GET.urlencode()}")
    file = tempfile.TemporaryFile()  # closed by the response
    count = _write(file, _in_chunks(seen))
    file.seek(0)
    note(EXPORT, by=request.user, office=office_of(request), facts={"count": count})  # type: ignore[arg-type]
    return FileResponse(file, as_attachment=True, filename=f"投诉登记簿-{clock.today().isoformat()}.xlsx", content_type=XLSX)


def _in_chunks(seen: Any) -> Iterator[tuple[Complaint, list[str]]]:
    keys = list(seen.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield from _rows(list(seen.filter(pk__in=keys[start : start + CHUNK])))


def _rows(complaints: list[Complaint]) -> Iterator[tuple[Complaint, list[str]]]:
    """Each with its cells; two queries for all of them."""
    cases = [c.case_id for c in complaints]
    owed: dict[int, list[Obligation]] = {}
    for o in Obligation.objects.filter(case__in=cases).order_by("pk"):
        owed.setdefault(o.case_id, []).append(o)
    withdrawn = set(Event.objects.filter(case__in=cases, act="withdraw_complaint").values_list("case", flat=True))
    for c in complaints:
        yield c, _cells(c, owed.get(c.case_id, []), "withdraw_complaint" if c.case_id in withdrawn else "")


def _cells(c: Complaint, owed: list[Obligation], last: str) -> list[str]:
    due = {clock_of(o.row): o.due for o in sorted(owed, key=lambda o: o.opened_n) if o.due}
    here = c.received_at.astimezone(clock.SHANGHAI)
    return [
        c.case.number, f"{here:%Y-%m-%d %H:%M}", c.get_channel_display(), "、".join(c.ground_articles),
        c.get_item_kind_display() if c.item_kind else "",
        c.handler.short if c.handler else "", state_of([o for o in owed if o.is_open], c, last),
        *(due[key].isoformat() if key in due else "" for key in CLOCKS), "是" if c.confidential else "否",
    ]  # fmt: skip


def _write(file: IO[bytes], rows: Iterator[tuple[Complaint, list[str]]]) -> int:
    """Every cell is text, so that nothing runs as a formula; no author, no path. Returns the number of rows."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    text, head = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
    sheet = book.add_worksheet("投诉登记簿")
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(HEADS) - 1, 16)
    for column, words in enumerate(HEADS):
        sheet.write_string(0, column, words, head)
    row = 0
    for row, (_, cells) in enumerate(rows, 1):
        for column, words in enumerate(cells):
            sheet.write_string(row, column, words, text)
    book.close()
    return row
