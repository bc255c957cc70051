"""The importer: upload → plan → commit → result. For the staff of 政务办 (declared in kernel.policy)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from qingdan.engine.refusals import Refused
from qingdan.kernel.files import staging
from qingdan.lists import schema
from qingdan.lists.forms import CommitForm, UploadForm
from qingdan.lists.importing import blanks, committing, planning, reading
from qingdan.lists.importing.planning import Plan, Row
from qingdan.lists.importing.tables import Table, Unreadable

PAGE = 50
WARNED = "warned"
BADGES = {planning.CREATE: "done", planning.CHANGE: "near", planning.NONE: "plain", planning.REFUSE: "late"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Remembered = dict[str, dict[str, str]]


def upload(request: HttpRequest) -> HttpResponse:
    """Choose a list and a file; the file is read, staged and shown as a plan. `?template=slug` gives an empty spreadsheet."""
    if "template" in request.GET:
        return _blank(request.GET["template"])
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            planning.make(form.cleaned_data["kind"], reading.read(data, file.name), planning.State())
        except Unreadable as refused:
            form.add_error("file", str(refused))
        else:
            token = staging.put(data)
            _remember(request, token, {"kind": form.cleaned_data["kind"], "file": file.name})
            return redirect("lists:import_plan", token)
    return render(request, "lists/import_upload.html", {"form": form, "lists": schema.LISTS.values()})


def _blank(slug: str) -> HttpResponse:
    kind = schema.by_slug(slug)
    if kind is None:
        raise Http404("没有这张清单")
    response = HttpResponse(blanks.blank(kind.key), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{kind.slug}.xlsx"'
    return response


def plan(request: HttpRequest, token: str) -> HttpResponse:
    """What the import would do, line by line; posted, it is done."""
    staged = _remembered(request).get(token)
    if staged is None:
        return _gone(request)
    digest = staged.get("digest") or request.POST.get("digest", "")  # a second click arrives before the session knows of the first
    if digest and (before := committing.done(digest)):
        return _result(request, staged, before)
    data = staging.get(token)
    if data is None:
        return _gone(request)
    table = reading.read(data, staged["file"])
    if request.method == "POST":
        return _commit(request, token, staged, table)
    return _shown(request, staged, committing.plan(staged["kind"], table))


def _commit(request: HttpRequest, token: str, staged: dict[str, str], table: Table) -> HttpResponse:
    form = CommitForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("没有导入", "没有收到预览的校验值", "请重新预览后再导入")
        digest = form.cleaned_data["digest"]
        post = request.post  # type: ignore[attr-defined]
        committing.commit(
            staged["kind"], table, digest, by=request.user, office=post.office, leave_out=form.cleaned_data["leave_out"]  # type: ignore[arg-type]
        )
    except Refused as refused:
        return _shown(request, staged, committing.plan(staged["kind"], table), refused, status=409)
    _remember(request, token, {**staged, "digest": digest})
    staging.drop(token)
    messages.success(request, "已导入。")
    return redirect("lists:import_plan", token)


def _shown(request: HttpRequest, staged: dict[str, str], found: Plan, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    wanted = request.GET.get("result", "")
    rows = [row for row in found.rows if _fits(row, wanted)]
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": found, "kind": schema.LISTS[staged["kind"]], "page": page, "wanted": wanted, "refused": refused,
        "lines": [_line(found.kind, row) for row in page], "filters": _filters(found),
        "form": CommitForm(initial={"digest": found.digest}),
    }  # fmt: skip
    return render(request, "lists/import_plan.html", context, status=status)


def _fits(row: Row, wanted: str) -> bool:
    return row.result == wanted if wanted in planning.RESULTS else bool(row.warnings) if wanted == WARNED else True


def _filters(found: Plan) -> list[tuple[str, str, int]]:
    """(value, label, number of lines) of each way to look at the plan."""
    results = [(result, planning.RESULTS[result], n) for result, n in found.counts.items()]
    return [("", "全部", len(found.rows)), *results, (WARNED, "有提醒", found.warned)]


def _line(kind: str, row: Row) -> dict[str, Any]:
    return {"row": row, "badge": BADGES[row.result], "changes": planning.changes(kind, row) if row.result == planning.CHANGE else []}


def _result(request: HttpRequest, staged: dict[str, str], done: committing.Done) -> HttpResponse:
    kind = schema.LISTS[staged["kind"]]
    links = [("案件 " + done.case.number, _url("desk:case", done.case.number)), (kind.name, _url("portal:list", kind.slug))]
    context = {"done": done, "kind": kind, "facts": done.facts, "links": [link for link in links if link[1]]}
    return render(request, "lists/import_done.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    messages.warning(request, "这份文件已不在暂存区：只有上传的人在一天之内可以预览和导入。请重新上传。")
    return redirect("lists:import")


def _url(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _remembered(request: HttpRequest) -> Remembered:
    found: Remembered = request.session.get("imports", {})
    return found


def _remember(request: HttpRequest, token: str, staged: dict[str, str]) -> None:
    """The last five uploads of this session."""
    kept = {**_remembered(request), token: staged}
    request.session["imports"] = dict(list(kept.items())[-5:])
