"""暂存 on the form of the application (P-B8): which draft is gone on with, what is put aside, what somebody else put aside meanwhile."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from qingdan.engine.refusals import Refused
from qingdan.kernel.offices.models import Office
from qingdan.kernel.ui.sending import number, whole
from qingdan.lists.merging import meet
from qingdan.lists.queries import find, history
from qingdan.lists.schema import clean

from .drafting import Typed, drafts_of, save
from .models import ChangeRequest, Draft


def group_of(request: HttpRequest) -> str:
    """The application, not yet handed in, into which this item goes; "" for an item alone."""
    return group_of_path(request.GET.get("group", ""))


def group_of_path(group: str) -> str:
    """The key of an application that is being put together, if it can be one."""
    return group if re.fullmatch(r"[0-9a-z-]{1,60}", group) and group != "new" else ""


def draft_of(request: HttpRequest, office: Office, name: str = "draft") -> Draft | None:
    """The draft of this office that the address names."""
    pk = number(request.GET.get(name, ""))
    return None if pk is None else drafts_of(office).filter(pk=pk).first()


def address_of(draft: Draft) -> str:
    """Where a draft is gone on with; it names the item, too, so that the form outlives the draft."""
    asked = {"draft": draft.pk, "list_kind": draft.list_kind, "move": draft.move, "code": draft.code, "group": draft.group}
    return f"{reverse('adjustment:apply')}?{urlencode({name: value for name, value in asked.items() if value})}"


def begun(request: HttpRequest, office: Office, draft: Draft | None) -> dict[str, str]:
    """With what the form of the cause begins: the draft, or the cause of the item before it in the same application."""
    if draft is not None:
        return draft.cause
    group = group_of(request)
    last = drafts_of(office).filter(group=group).last() if group else None
    same = ("ground", "cause", "cause_day", "evidence", "reason", "contact")
    return {name: last.cause.get(name, "") for name in same} if last else {}


def put_aside(request: HttpRequest, cause: Any, typed: Typed, draft: Draft | None) -> HttpResponse | None:
    """Keep what was typed and say where it is; None, with the reason on the form, where it is too much."""
    office = request.post.office  # type: ignore[attr-defined]
    try:
        saved = save(typed, by=request.user, office=office, pk=draft.pk if draft else None, count=whole(request, "draft_count"))  # type: ignore[arg-type]
    except Refused as refused:
        cause.add_error(None, str(refused))
        return None
    if saved.beside is not None:
        why = f"{saved.beside.saved}又保存了这份草稿。您填写的内容已另存为一份新的草稿，两份都在；请对照后留一份。"
        messages.warning(request, why)
        return redirect(f"{address_of(saved.draft)}&beside={saved.beside.pk}")
    if typed.group:
        messages.success(request, "已存入这份申请；全部提交之前，本单位的人员都可以接着填写，不开始计时。")
        return redirect("adjustment:gather", typed.group)
    messages.success(request, "已暂存，本单位的人员都可以接着填写；没有提交，不开始计时。")
    return redirect(address_of(saved.draft))


def beside(request: HttpRequest, office: Office, draft: Draft | None) -> dict[str, Any]:
    """Two drafts of one thing, field by field, where the address names a second one."""
    other = draft_of(request, office, "beside")
    if draft is None or other is None or other.list_kind != draft.list_kind:
        return {}
    return _compared(draft.list_kind, draft, other, draft.content)


def against(change: ChangeRequest, other: Draft, content: Any) -> dict[str, Any]:
    """What stands in the form against the draft that was saved meanwhile; the form has seen it from now on."""
    return _compared(change.list_kind, other, other, content.content) | {"draft": other, "draft_count": other.count}


def _compared(kind: str, began: Draft, other: Draft, mine: dict[str, str]) -> dict[str, Any]:
    item = find(began.code) if began.code else None
    base = history(item).filter(number=began.base_number or 0).first() if item else None
    return {"other": other, "two": meet(kind, base.content_dict if base else {}, other.content, clean(kind, mine))}
