"""From the typed form to the application: the item meant, its content in force, the request row."""

from __future__ import annotations

from qingdan.engine.refusals import Refused
from qingdan.kernel.ledger.canonical import text
from qingdan.kernel.offices.models import Office
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.queries import current, find
from qingdan.lists.schema import LISTS

from .forms import CauseForm, ContentForm
from .models import NEW, ChangeRequest

TODO = "请到清单中查到该事项，复制它的编码"


def item_meant(list_kind: str, move: str, code: str, office: Office) -> tuple[Item | None, ItemVersion | None]:
    """The item of a change and its newest version; (None, None) for a new one. Refuses what cannot be changed."""
    if move in NEW:
        return None, None
    if not code.strip():
        raise Refused(f"不能{move}", "没有填写事项编码", TODO)
    item = find(code.strip())
    if item is None or item.kind != list_kind:
        raise Refused(f"不能{move}“{code}”", f"{LISTS[list_kind].name}中没有这个编码", TODO)
    version = current(item)
    if version is None or version.cancelled:
        raise Refused(f"不能{move}“{code}”", "这一事项已经取消", "确需恢复的，请以新编码新增")
    if version.office_id != office.pk:
        raise Refused(f"不能{move}“{version.name}”", f"它是{version.office.short}的事项", f"请由{version.office.short}提出申请")
    return item, version


def fill(
    request: ChangeRequest, cause: CauseForm, content: dict[str, str], version: ItemVersion | None
) -> ChangeRequest:
    """Put what was typed into the request; the content in force is kept beside it, so that the change can be read for ever."""
    for name in ("ground", "cause", "cause_day", "evidence", "reason", "wished_on", "contact", "successor"):
        setattr(request, name, cause.cleaned_data[name])
    request.content = text(content)
    request.base_content = version.content if version else "{}"
    request.base_number = version.number if version else None
    return request


def something_changes(request: ChangeRequest) -> None:
    """A change that changes nothing is refused."""
    if request.move == "变更" and not request.touched():
        raise Refused("不能提交这份申请", "所填内容与现行清单完全相同，没有任何字段变化（第六条）", "请修改需要调整的字段后再提交")


def content_form(kind: str, data: object, version: ItemVersion | None, content: dict[str, str] | None) -> ContentForm:
    """The form of all fields, filled from the request or from what is in force."""
    return ContentForm(data, kind=kind, initial=content or (version.content_dict if version else {}))  # type: ignore[arg-type]
