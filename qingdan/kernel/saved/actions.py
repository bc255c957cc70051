"""Keeping and dropping the conditions of a list."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from qingdan.engine.refusals import Refused
from qingdan.kernel.offices.models import Post

from .models import SavedFilter

MOST = 12
LONGEST = 500
WHAT = "不能保存常用条件"


def saved_for(post: Post, page: str) -> QuerySet[SavedFilter]:
    """A person's own in this office, and those that colleagues share."""
    return SavedFilter.objects.filter(Q(person=post.person) | Q(shared=True), office=post.office, page=page)


def keep(post: Post, page: str, name: str, query: str, shared: bool) -> None:
    """The same name again replaces what it stood for."""
    name = " ".join(name.split())
    if not name or len(name) > 20:
        raise Refused(WHAT, "名称应当是 1 至 20 个字", "请改一个名称")
    if not query or len(query) > LONGEST:
        raise Refused(WHAT, "没有选择任何条件，或者条件太长", "请先选好条件、点“查找”，再保存")
    with transaction.atomic():
        mine = SavedFilter.objects.filter(page=page, office=post.office, person=post.person)
        if not mine.filter(name=name).exists() and mine.count() >= MOST:
            raise Refused(WHAT, f"已经保存了 {MOST} 个，不能再多", "请先删除一个不用的")
        told = {"query": query, "shared": shared}
        SavedFilter.objects.update_or_create(page=page, office=post.office, person=post.person, name=name, defaults=told)


def drop(post: Post, page: str, key: str) -> None:
    """One's own only; dropping what is not there changes nothing."""
    if key.isascii() and key.isdigit() and len(key) < 18:
        SavedFilter.objects.filter(page=page, office=post.office, person=post.person, pk=int(key)).delete()
