"""Items of the five lists and their versions. Both tables only grow: the database itself refuses to change or delete a row.

Only the acts `publish` (one case under 第七条), `publish_initial` (one founding case of an import) and `move_items` (an office is
succeeded: the same content, another holder) write here, so readers need no filter.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property

from django.db import models

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office
from qingdan.kernel.rows import Recorded
from qingdan.lists.fields import Field
from qingdan.lists.schema import LISTS, ListKind, check

KINDS = [(kind.key, kind.name) for kind in LISTS.values()]


class Item(Recorded):
    """An item of a list for ever: its code is a permanent address and is never given to another item.

    `office` and `case` are those with which the item entered the list; who holds it now says its version in force.
    """

    kind = models.CharField("清单", max_length=4)
    code = models.CharField("编码", max_length=100, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="items")

    class Meta:
        ordering = ("code",)
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=list(LISTS)), name="item_kind")]
        indexes = [models.Index(fields=["kind", "code"], name="item_kind_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def list_kind(self) -> ListKind:
        return LISTS[self.kind]


class ItemVersion(Recorded):
    """One published version of an item. Never changed: a correction is a new version (第七条（五）, S8)."""

    IN_FORCE, CANCELLED = "in_force", "cancelled"
    STATUSES = ((IN_FORCE, "有效"), (CANCELLED, "已取消"))

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本")
    name = models.CharField("名称", max_length=500)
    office = models.ForeignKey(Office, models.PROTECT, related_name="versions", verbose_name="部门")
    content = models.TextField("内容")  # canonical JSON: {field key: text}
    status = models.CharField("状态", max_length=10, choices=STATUSES, default=IN_FORCE)
    incomplete = models.BooleanField("待补全", default=False)
    effective_from = models.DateField("生效日")
    published_on = models.DateField("公布日")
    published_at = models.DateTimeField("公布时间")
    case = models.ForeignKey(Case, models.PROTECT, related_name="versions")
    act = models.CharField("写入", max_length=20)  # publish, publish_initial or move_items
    approver = models.CharField("核准", max_length=100)
    successor = models.CharField("承接事项", max_length=100, blank=True, default="")

    class Meta:
        ordering = ("item", "number")
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="version_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="version_from_one"),
            models.CheckConstraint(condition=models.Q(status__in=["in_force", "cancelled"]), name="version_status"),
            models.CheckConstraint(condition=models.Q(effective_from__gte=models.F("published_on")), name="version_not_before_published"),
        ]

    def __str__(self) -> str:
        return f"{self.item.code} 第 {self.number} 版"

    @cached_property
    def content_dict(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.content)
        return found

    @property
    def cancelled(self) -> bool:
        return self.status == self.CANCELLED

    @property
    def kind(self) -> ListKind:
        return LISTS[self.item.kind]

    @property
    def fields(self) -> list[tuple[Field, str]]:
        """Every filled field with its value as people read it, in the order of the schema."""
        filled = self.content_dict
        return [(f, f.label_of(filled[f.key])) for f in self.kind.fields if f.key in filled]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """(label, value) of every filled field."""
        return [(f.label, value) for f, value in self.fields]

    @property
    def lacking(self) -> list[str]:
        """Labels of what 第六条 asks for and this version does not (rightly) have."""
        return [problem.field.label for problem in check(self.item.kind, self.content_dict)]

    @property
    def category(self) -> str:
        """The kind of power (or of charge) as people read it."""
        return self.kind.by_key["category"].label_of(self.content_dict.get("category", ""))

    def in_force_on(self, day: date) -> bool:
        """Could this version hold on that day, if no later one does?"""
        return self.effective_from <= day and not self.cancelled
