"""投诉的统计 in public (S46, T6): what 政务办 decided to publish, as it was published, and otherwise nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from qingdan.kernel.files.sheets import written
from qingdan.measures.complaints.figures import Figures, from_json, published

from .nothing import nothing

HEADS = ("季度", "表", "类别", "件数")


def _published() -> dict[str, Figures]:
    """Key of the quarter → its figures, the newest first; one query."""
    return {row.quarter: from_json(row.tables) for row in published()}


def _none(request: HttpRequest) -> HttpResponse:
    where = reverse("portal:figures")
    return nothing(request, "没有公布这个季度的统计", "投诉的数字由政务办决定是否公布。", "请从统计的页面选择。", where, "投诉的统计")


def figures(request: HttpRequest) -> HttpResponse:
    """The newest published quarter, or `?quarter=2016-3`."""
    known = _published()
    asked = request.GET.get("quarter", "") or next(iter(known), "")
    if asked and asked not in known:
        return _none(request)
    told = {"figures": known.get(asked), "others": [f.quarter for key, f in known.items() if key != asked]}
    return render(request, "portal/figures.html", told)


def figures_csv(request: HttpRequest, quarter: str) -> HttpResponse:
    """One published quarter as a table that a spreadsheet opens."""
    found = _published().get(quarter)
    if found is None:
        return _none(request)
    answer = HttpResponse(written([HEADS, *_lines(found)]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="figures-{found.quarter.key}.csv"'
    return answer


def _lines(found: Figures) -> list[list[str]]:
    """The same numbers as on the page."""
    name = str(found.quarter)
    lines = [[name, "全部", "决定受理或者不予受理的投诉", "不到5件" if found.total is None else str(found.total)]]
    for table in found.tables if found.total is not None else ():
        lines += [[name, table.title, row, "不单列" if n is None else str(n)] for row, n in table.rows] or [[name, table.title, "", "不公布"]]
        if table.left_out:
            lines.append([name, table.title, "不单列的各类，合计", str(found.rest(table))])
    return lines
