"""From the typed forms to the application row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.canonical import text
from qingdan.lists.merging import THEIRS, Meeting
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.schema import LISTS

from .checking import item_meant
from .drafting import Typed
from .forms import CauseForm, ContentForm
from .models import ENDING, ChangeRequest, Draft

__all__ = ["content_form", "fill", "item_meant", "of_draft", "something_changes", "taking_over", "typed_in"]
CAUSE = ("ground", "cause", "cause_day", "evidence", "reason", "wished_on", "contact", "successor")


def fill(
    request: ChangeRequest, cause: CauseForm, content: dict[str, str], version: ItemVersion | None, base: int | None = None
) -> ChangeRequest:
    """Put what was typed into the request; the content in force is kept beside it, so that the change can be read for ever.

    base: number of the version that the person had before their eyes, where that is not the newest.
    """
    for name in CAUSE:
        setattr(request, name, cause.cleaned_data[name])
    request.content = text(content)
    request.base_content = version.content if version else "{}"
    request.base_number = (base or version.number) if version else None
    return request


def something_changes(request: ChangeRequest) -> None:
    """A change that changes nothing is refused."""
    if request.move == "变更" and not request.touched():
        raise Refused("不能提交这份申请", "所填内容与现行清单完全相同，没有任何字段变化（第六条）", "请修改需要调整的字段后再提交")


def content_form(
    kind: str, data: Any, version: ItemVersion | None, content: dict[str, str] | None, code: str = ""
) -> ContentForm:
    """The form of all fields, filled from the request or from what is in force; the code of an item in a list stays as it is."""
    form = ContentForm(data, kind=kind, initial=dict(content or (version.content_dict if version else {})))
    if code:
        form.initial["code"] = code
        form.fields["code"].disabled = True
        form.fields["code"].help_text = "永久编码和网址，不能修改；确需换编码的，请取消本事项并以新编码新增"
    return form


def typed_in(post: QueryDict, change: ChangeRequest, code: str, version: ItemVersion | None, base: int | None, group: str) -> Typed:
    """Everything that was typed into the form, right or not; of an ending, which has no content to type, the name of the item."""
    names = {f.key: f"{ContentForm.prefix}-{f.key}" for f in LISTS[change.list_kind].fields}
    content = {key: str(post[name]) for key, name in names.items() if name in post}
    if change.ends and version is not None:
        content = {"name": version.name}
    return Typed(change.list_kind, change.move, code, base, {name: str(post.get(name, "")) for name in CAUSE}, content, group)


def of_draft(draft: Draft, item: Item | None, version: ItemVersion | None) -> ChangeRequest:
    """The application that a draft would be, not checked and never saved as it is; an ending changes no content."""
    content = version.content if version and draft.move in ENDING else text(draft.content)
    return ChangeRequest(
        list_kind=draft.list_kind, move=draft.move, item=item, base_number=draft.base_number,
        base_content=version.content if version else "{}", content=content, successor=draft.cause.get("successor", ""),
    )  # fmt: skip


def taking_over(post: QueryDict, meetings: Iterable[Meeting]) -> QueryDict:
    """What was sent, with the fields that only the newest version changed as they are now."""
    data = post.copy()
    for meeting in meetings:
        if meeting.sort == THEIRS:
            data[f"{ContentForm.prefix}-{meeting.field.key}"] = meeting.newest
    return data
