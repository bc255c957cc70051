"""审计, for the 审计管理员 alone: log-ins, and the events of the ledger without what they are about. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qingdan.kernel import clock
from qingdan.kernel.files.sheets import written
from qingdan.kernel.leave import actions as leave
from qingdan.kernel.ledger.hands import signatures
from qingdan.kernel.ledger.models import Event
from qingdan.statute.labels import label

from .. import actions, factors
from ..models import Entry, Request
from ..passwords import CHANGE

OF_ACCOUNTS = (
    "create_person", "appoint", "entrust", "create_office", "give_role", "first_keeper", CHANGE, factors.ADD, factors.REMOVE, factors.RENEW,
    actions.ASK, actions.CONFIRM, actions.REJECT, actions.DEACTIVATE, actions.RENEW, leave.SET, leave.ASK, leave.CONFIRM, leave.END,
)  # fmt: skip
SHOWN = (
    "person", "username", "kind", "office", "title", "rank", "duty", "reason", "remark", "asked_by", "role", "measure", "scope", "substitute",
    "first", "last",
)  # fmt: skip
NAMES = {"person": "人员", "username": "人员", "kind": "事项", "office": "单位", "title": "职务", "rank": "层级", "duty": "三员", "reason": "理由",
         "remark": "退回理由", "asked_by": "提出人", "role": "角色", "measure": "机制", "scope": "范围",
         "substitute": "代办人", "first": "自", "last": "至"}  # fmt: skip
MOST = 20_000
LOGINS, EVENTS = ("时间", "人员", "事项", "方式", "来源地址", "浏览器"), ("序号", "时间", "人员", "单位", "事项", "说明")


def log(request: HttpRequest) -> HttpResponse:
    """登录记录, or with `what=events` 台账记录."""
    asked = _asked(request)
    found = _found(asked)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [zip(_head(asked), row, strict=True) for row in _rows(page.object_list, asked)], "head": _head(asked), **asked,
               "wanted": urlencode({k: v for k, v in asked.items() if k != "wrong"})}  # fmt: skip
    return render(request, "accounts/log.html", context)


def log_csv(request: HttpRequest) -> HttpResponse:
    """The same, all of it, for a spreadsheet; nothing in it runs as a formula (T34)."""
    asked = _asked(request)
    table = written([_head(asked), *_rows(_found(asked)[:MOST], asked)])
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{clock.today().isoformat()}.csv"'
    return response


def _asked(request: HttpRequest) -> dict[str, str]:
    """What was asked for, days as they can be read; what cannot is told and left out."""
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("since", "until", "who", "what")}
    asked["what"] = "events" if asked["what"] == "events" else ""
    wrong = [name for name in ("since", "until") if asked[name] and _day(asked[name]) is None]
    return asked | dict.fromkeys(wrong, "") | {"wrong": "日期写作 2016-06-07，已略去不能读的日期。" if wrong else ""}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _found(asked: dict[str, str]) -> QuerySet[Any]:
    model, at = (Event, "recorded_at") if asked["what"] else (Entry, "at")
    found: QuerySet[Any] = model.objects.select_related("person").order_by("-pk")
    if since := _day(asked["since"]):
        found = found.filter(**{f"{at}__gte": datetime.combine(since, time(), clock.SHANGHAI)})
    if (until := _day(asked["until"])) and until < date.max:
        found = found.filter(**{f"{at}__lt": datetime.combine(until + timedelta(days=1), time(), clock.SHANGHAI)})
    return found.filter(person__username=asked["who"]) if asked["who"] else found


def _head(asked: dict[str, str]) -> tuple[str, ...]:
    return EVENTS if asked["what"] else LOGINS


def _rows(found: Iterable[Any], asked: dict[str, str]) -> Iterable[tuple[str, ...]]:
    rows = list(found)
    said = signatures(rows) if asked["what"] else {}
    for row in rows:
        person = f"{row.person.username} {said.get(row.pk, row.person.name)}" if row.person else "—"
        if asked["what"]:
            yield str(row.seq), _moment(row.recorded_at), "法律" if row.by_law else person, row.office_code, label(row.act), _about(row)
        else:
            yield _moment(row.at), person, row.get_kind_display(), row.how, row.address, row.agent


def _about(event: Event) -> str:
    """Of acts about accounts what they say; of all others nothing: what a case is about is none of the auditor's business."""
    if event.act not in OF_ACCOUNTS:
        return ""
    told = dict(event.facts)
    told["kind"] = dict(Request.KINDS).get(told.get("kind", ""), told.get("kind", ""))
    return "，".join(f"{NAMES[name]} {told[name]}" for name in SHOWN if told.get(name))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M:%S}"
