"""What is looked at before an application is taken in (S2, S3), so that nothing fails only at 公布, five steps later."""

from __future__ import annotations

from qingdan.engine.refusals import Refused, spell
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office
from qingdan.lists.actions import fresh_code
from qingdan.lists.merging import Meeting, clashing, meet, merged
from qingdan.lists.models import Item, ItemVersion
from qingdan.lists.queries import current, find, history
from qingdan.lists.schema import LISTS

from .models import NEW, ChangeRequest
from .queries import asking_for_code, items_of, under_change

TODO = "请到清单中查到该事项，复制它的编码"


class Overtaken(Refused):
    """The item has got a newer version since the work began; `meetings`: the fields on all three sides."""

    def __init__(self, what: str, why: str, todo: str, meetings: list[Meeting]) -> None:
        self.meetings = meetings
        super().__init__(what, why, todo)


def code_meant(list_kind: str, words: str, office: Office) -> str:
    """The code of the item that a person names: by its code, or by words of the name of one item of the office in this list."""
    words = words.strip()
    if not words or find(words) is not None:
        return words
    named = [v for v in items_of(office).filter(item__kind=list_kind) if words in v.name]
    named = [v for v in named if v.name == words] or named
    if len(named) > 1:
        some = "；".join(f"{v.name}（{v.item.code}）" for v in named[:3])
        why = f"{office.short}在{LISTS[list_kind].name}中有 {len(named)} 个事项的名称含有这几个字：{some}{'等' if len(named) > 3 else ''}"
        raise Refused(f"不知道“{words}”是哪一个事项", why, "请填写全名或者编码")
    return named[0].item.code if named else words


def item_meant(list_kind: str, move: str, code: str, office: Office) -> tuple[Item | None, ItemVersion | None]:
    """The item of a change and its newest version; (None, None) for a new one. Refuses what cannot be changed."""
    if move in NEW:
        return None, None
    if not code.strip():
        raise Refused(f"不能{move}", "没有填写事项编码", TODO)
    item = find(code.strip())
    if item is None:
        raise Refused(f"不能{move}“{code}”", f"{LISTS[list_kind].name}中没有这个编码", TODO)
    if item.kind != list_kind:
        here = LISTS[item.kind].name
        raise Refused(f"不能{move}“{code}”", f"{LISTS[list_kind].name}中没有这个编码，它在{here}中", f"请把清单改选为{here}")
    version = current(item)
    if version is None or version.cancelled:
        raise Refused(f"不能{move}“{code}”", "这一事项已经取消", "确需恢复的，请以新编码新增")
    if version.office_id != office.pk:
        raise Refused(f"不能{move}“{version.name}”", f"它是{version.office.short}的事项", f"请由{version.office.short}提出申请")
    return item, version


def ensure_submittable(request: ChangeRequest, case: Case) -> None:
    """第七条（一）: one submitted case an item (S3), on what is in force now, with a code and a successor that can be published."""
    _ensure_same_day(request, case)
    _ensure_alone(request, case)
    if request.move in NEW:
        fresh_code(request.asked.get("code", ""))
        return
    code = request.item.code if request.item else ""
    _, version = item_meant(request.list_kind, request.move, code, case.office)
    _ensure_newest(request, version)
    if request.ends:
        _ensure_successor(request)


def _ensure_same_day(request: ChangeRequest, case: Case) -> None:
    """The limit runs from the day on the ledger, so the application cannot name another."""
    day = ChangeRequest.objects.filter(case=case).values_list("cause_day", flat=True).first()
    if day is not None and day != request.cause_day:
        why = f"情形发生日已登记为{spell(day)}，申请期限从这一天起算（第七条（一））"
        raise Refused(f"不能提交“{request.name}”的申请", why, "请改回这一天；登记有误的，请政务办核实后结束本案，另行登记")


def _ensure_alone(request: ChangeRequest, case: Case) -> None:
    what = f"不能提交“{request.name}”的申请"
    if request.item is not None and (other := under_change(request.item, but=case)) is not None:
        why = f"“{request.name}”正在案件 {other.number} 中调整，一个事项同时只能有一件在办"
        raise Refused(what, why, "请等该案办结或者由原申请单位撤回后再提交")
    if request.move in NEW and (other := asking_for_code(request.asked.get("code", ""), but=case)) is not None:
        raise Refused(what, f"案件 {other.number} 正在以同一编码“{request.code}”新增事项，编码不得重复使用", "请换一个没有用过的编码")


def meetings_with(request: ChangeRequest, newest: ItemVersion | None) -> list[Meeting]:
    """P-B8: the version on which the application was begun, the newest one, what it asks for; none where there is no newer one."""
    if newest is None or request.base_number in (None, newest.number):
        return []
    base = history(newest.item).filter(number=request.base_number).first()
    old = base.content_dict if base else {}
    return meet(request.list_kind, old, newest.content_dict, old if request.ends else request.asked)


def _ensure_newest(request: ChangeRequest, version: ItemVersion | None) -> None:
    """P-B8: what was published while the form was being filled in must not be undone unawares."""
    if version is None or request.base_number in (None, version.number):
        return
    meetings = meetings_with(request, version)
    changed = "、".join(m.field.label for m in meetings if m.newest != m.base) or "无"
    raise Overtaken(
        f"不能提交“{request.name}”的申请",
        f"填写期间第 {version.number} 版已经公布（案件 {version.case.number}，改动的字段：{changed}）",
        "您填写的内容仍保留在下面，请对照现行清单核对这些字段后再提交", meetings,
    )  # fmt: skip


def meetings_at_publishing(request: ChangeRequest) -> list[Meeting]:
    """P-B8: what was approved against a version that another case published since; none where there is no such version.

    Where this case has published before (第八条 不成立), it goes on from its own version.
    """
    newest = current(request.item) if request.item else None
    if newest is None or request.ends or newest.case_id == request.case_id:
        return []
    own = history(newest.item).filter(case=request.case_id).first()
    base = own.content_dict if own else request.old
    return [] if newest.content_dict == base else meet(request.list_kind, base, newest.content_dict, request.new)


def to_publish(request: ChangeRequest) -> dict[str, str]:
    """第七条（五）: what is published: as approved, with what only a version published since then changed; never over the head of that one."""
    newest = current(request.item) if request.item else None
    meetings = meetings_at_publishing(request)
    if newest is None or not meetings:
        return request.new
    if clashes := clashing(meetings):
        fields = "、".join(m.field.label for m in clashes)
        raise Overtaken(
            f"不能公布“{request.name}”",
            f"申请之后第 {newest.number} 版已经公布（案件 {newest.case.number}），双方把同一字段改成了不同的内容：{fields}",
            "请回执公布失败，由申请单位与政务办核对后另行提出申请", meetings,
        )  # fmt: skip
    return merged(request.new, meetings)


def _ensure_successor(request: ChangeRequest) -> None:
    what, code = f"不能提交“{request.name}”的申请", request.successor
    if code and request.item is not None and code == request.item.code:
        raise Refused(what, "承接事项就是这一事项自己", "请填写承接它的另一个事项的编码，没有的留空")
    if code and find(code) is None:
        raise Refused(what, f"承接事项“{code}”不在清单中", "请核对承接事项的编码，或者先新增承接事项")
