"""Pages of what is not handed in yet (P-B8): the drafts of an office, and an application of several items that is being put together (S49)."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ui.sending import key_of, posted, status, whole
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.queries import newest_of
from qingdan.statute.laws import law_on

from .drafting import discard, drafts_of
from .forms import CauseForm, TitleForm
from .grouping import apply_group, handed_in
from .models import ENDING, ChangeRequest, Draft
from .requesting import content_form, fill, something_changes
from .setting_aside import address_of, group_of_path


class Gathered:
    """One item of an application that is being put together: the draft, checked as the form would check it."""

    def __init__(self, draft: Draft, version: ItemVersion | None) -> None:
        self.draft, self.version, self.address = draft, version, address_of(draft)
        self.cause = CauseForm(draft.cause)
        self.content = content_form(draft.list_kind, {f"f-{k}": v for k, v in draft.content.items()}, version, None, draft.code)
        self.stale = version is not None and draft.base_number not in (None, version.number)

    @property
    def item(self) -> Item | None:
        return self.version.item if self.version else None

    @cached_property
    def lacking(self) -> list[str]:
        """What is to be mended before it can be handed in."""
        forms = [self.cause] if self.draft.move in ENDING else [self.cause, self.content]
        found = [str(e) for form in forms for errors in form.errors.values() for e in errors]
        if self.draft.code and (self.version is None or self.version.cancelled):
            found.append("这一事项已经取消：请删去这一项。")
        if self.stale and self.version:
            found.append(f"第 {self.version.number} 版已经公布：请打开核对三方对照，再存入。")
        return found or self._refusal()

    def _refusal(self) -> list[str]:
        try:
            self.request()
        except Refused as refused:
            return [f"{refused.why}：{refused.todo}。"]
        return []

    def request(self) -> ChangeRequest:
        """The application of this item, as it is handed in."""
        draft, version = self.draft, self.version
        change = ChangeRequest(list_kind=draft.list_kind, move=draft.move, item=self.item)
        content = version.content_dict if draft.move in ENDING and version else self.content.content
        fill(change, self.cause, content, version, draft.base_number)
        something_changes(change)
        return change


def gathered(drafts: list[Draft]) -> list[Gathered]:
    """With the newest version of each item; one query whatever their number."""
    versions = newest_of(d.code for d in drafts if d.code)
    return [Gathered(draft, versions.get(draft.code)) for draft in drafts]


def drafts(request: HttpRequest) -> HttpResponse:
    """草稿: what this office has typed and not handed in, the last saved first."""
    found = drafts_of(request.post.office).order_by("-saved_at", "-pk")  # type: ignore[attr-defined]
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = [(draft, address_of(draft)) for draft in page]
    return render(request, "adjustment/drafts.html", {"page": page, "rows": rows})


def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard one draft; whoever saved it since the list was shown is not overruled."""
    try:
        gone = discard(request.post.office, pk, whole(request, "count"))  # type: ignore[attr-defined]
    except Refused as refused:
        messages.error(request, str(refused))
        gone = None
    else:
        messages.success(request, f"已删除草稿“{gone}”。" if gone else "这份草稿已经不在了。")
    group = group_of_path(request.POST.get("group", ""))
    return redirect("adjustment:gather", group) if group else redirect("adjustment:drafts")


def gather(request: HttpRequest, group: str) -> HttpResponse:
    """第七条（一）、S49: put items together, look at all, hand all in at once: all or nothing."""
    office = request.post.office  # type: ignore[attr-defined]
    if group == "new" or not group_of_path(group):
        return redirect("adjustment:gather", uuid4().hex)
    if request.method == "POST" and (done := handed_in(key_of(request))) is not None:
        return redirect("adjustment:group", done.number)
    items = gathered(list(drafts_of(office).filter(group=group)))
    form = TitleForm(posted(request), initial={"title": _title(items)})
    if form.is_bound and form.is_valid():
        try:
            number = _hand_in(request, items, form.cleaned_data["title"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已提交，开始计时。")
            return redirect("adjustment:group", number)
    law = law_on("调", clock.today())
    context: dict[str, Any] = {
        "group": group, "items": items, "form": form, "key": key_of(request), "ready": bool(items) and not any(i.lacking for i in items),
        "told": law.told("政务办须在{D3}内转办（第七条（二））；一项不能提交的，整份不提交"),
    }  # fmt: skip
    return render(request, "adjustment/gather.html", context, status=status(form))


def _title(items: list[Gathered]) -> str:
    if not items:
        return ""
    return f"{items[0].draft}" + (f"等 {len(items)} 项" if len(items) > 1 else "")


def _hand_in(request: HttpRequest, items: list[Gathered], title: str) -> str:
    """Hand in what the page showed; whatever was saved, added or taken out since is told."""
    seen = {item.draft.pk: whole(request, f"count-{item.draft.pk}") for item in items}
    if set(map(str, seen)) != set(request.POST.getlist("draft")):
        raise Refused("整份申请没有提交", "打开这一页之后，有人加入或者删去了事项", "请核对下面最新的各项后再提交")
    if wrong := next((item for item in items if item.lacking), None):
        raise Refused(f"整份申请没有提交。“{wrong.draft.name}”还不能提交", wrong.lacking[0].rstrip("。"), "请打开这一项，改正后再存入")
    office = request.post.office  # type: ignore[attr-defined]
    who = {"by": request.user, "title": title, "key": key_of(request)}
    cases = apply_group(office, [item.request() for item in items], seen=seen, **who)  # type: ignore[arg-type]
    return cases[0].place.application.number
