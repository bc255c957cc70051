"""From the typed forms to the application row."""

from __future__ import annotations

from typing import Any

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.canonical import text
from qingdan.lists.models import ItemVersion

from .checking import item_meant
from .forms import CauseForm, ContentForm
from .models import ChangeRequest

__all__ = ["content_form", "fill", "item_meant", "something_changes"]


def fill(
    request: ChangeRequest, cause: CauseForm, content: dict[str, str], version: ItemVersion | None, base: int | None = None
) -> ChangeRequest:
    """Put what was typed into the request; the content in force is kept beside it, so that the change can be read for ever.

    base: number of the version that the person had before their eyes, where that is not the newest.
    """
    for name in ("ground", "cause", "cause_day", "evidence", "reason", "wished_on", "contact", "successor"):
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
