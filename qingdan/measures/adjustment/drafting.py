"""暂存 (P-B8): what was typed is kept as it is, right or not, for everybody of the office. Whoever comes second loses nothing:
where a draft was saved anew meanwhile, what the second one typed becomes a draft of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from qingdan.engine.refusals import Refused
from qingdan.kernel import clock
from qingdan.kernel.ledger.append import writing
from qingdan.kernel.offices.models import Office, Person

from .models import Draft

LARGEST = 400_000  # characters of one draft
OFFICE_HAS = 500  # drafts of one office


class SavedMeanwhile(Refused):
    """Somebody else of the office saved this draft since it was read."""

    def __init__(self, what: str, draft: Draft, todo: str) -> None:
        self.draft = draft
        super().__init__(what, f"{draft.saved}又保存了这份草稿", todo)


@dataclass(frozen=True)
class Typed:
    """What is kept: of which list, move and item, on which version it was begun, and the fields as they were typed."""

    list_kind: str
    move: str
    code: str
    base: int | None
    cause: Mapping[str, str]
    content: Mapping[str, str]
    group: str = ""

    @property
    def text(self) -> str:
        return json.dumps({"cause": dict(self.cause), "content": dict(self.content)}, ensure_ascii=True)


@dataclass(frozen=True)
class Saved:
    """The draft that now holds what was typed; `beside`: the one that somebody else had saved meanwhile."""

    draft: Draft
    beside: Draft | None = None


def drafts_of(office: Office) -> QuerySet[Draft]:
    """The only way to drafts: those of this office."""
    return Draft.objects.filter(office=office).select_related("saved_by", "office")


def save(typed: Typed, *, by: Person, office: Office, pk: int | None = None, count: int | None = None) -> Saved:
    """Keep it: in the draft that it came from, if nobody saved that one since (`count`); else as a draft of its own."""
    if len(typed.text) > LARGEST:
        raise Refused("不能暂存", f"填写的内容超过 {LARGEST} 个字符", "请精简，详细内容另附文件")
    with writing():
        old = drafts_of(office).filter(pk=pk).first() if pk else None
        if old is not None and old.count == count:
            return Saved(_written(old, typed, by))
        if (same := _as_typed(office, typed)) is not None:  # the button pressed twice
            return Saved(same)
        if drafts_of(office).count() >= OFFICE_HAS:
            raise Refused("不能暂存", f"本单位已有 {OFFICE_HAS} 份草稿", "请先提交或者删除不用的草稿")
        new = Draft(office=office, list_kind=typed.list_kind, move=typed.move, code=typed.code, group=typed.group, count=0)
        return Saved(_written(new, typed, by), beside=old)


def _as_typed(office: Office, typed: Typed) -> Draft | None:
    kept = {"list_kind": typed.list_kind, "move": typed.move, "code": typed.code, "group": typed.group, "typed": typed.text}
    return drafts_of(office).filter(**kept).first()


def _written(draft: Draft, typed: Typed, by: Person) -> Draft:
    draft.base_number, draft.typed = typed.base, typed.text
    draft.saved_by, draft.saved_at, draft.count = by, clock.now(), draft.count + 1
    draft.save()
    return draft


def use_up(office: Office, seen: Mapping[int, int | None]) -> None:
    """These drafts are handed in and go; refused where one was saved anew since it was read (`seen`: draft → count)."""
    for draft in drafts_of(office).filter(pk__in=list(seen)):
        if draft.count != seen[draft.pk]:
            raise SavedMeanwhile(f"不能提交“{draft.name}”的申请", draft, "请先对照那份草稿，再决定是否提交")
        draft.delete()


def discard(office: Office, pk: int, count: int | None) -> Draft | None:
    """Throw a draft away; refused where somebody saved it anew since the list was shown. None where it is gone already."""
    with writing():
        draft = drafts_of(office).filter(pk=pk).first()
        if draft is None:
            return None
        if draft.count != count:
            raise SavedMeanwhile(f"不能删除草稿“{draft}”", draft, "请先打开看最新的内容，再决定是否删除")
        draft.delete()
        return draft
