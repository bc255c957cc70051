"""What a unit asks for: one item of one list, field by field. Opinions and decisions are events, not rows here."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from qingdan.kernel import clock
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import Recorded
from qingdan.lists.differences import mark
from qingdan.lists.models import Item
from qingdan.lists.schema import CONTACT, LISTS, Field, clean, touched

from .annulment.models import LapseDoubt  # noqa: F401 - tables of this app
from .filings.models import OwnListChange, Proof, UnitRule  # noqa: F401 - tables of this app
from .registers.models import Amendment, FalseReport, FaultDecision, MonthlyReport, SpotCheck  # noqa: F401 - tables of this app

MOVES = (("变更", "变更"), ("新增", "新增"), ("承接", "承接上级下放"), ("取消", "取消"), ("下放", "下放"))
ENDING = {"取消", "下放"}
DIGITS = ("", *"一二三四五六七八九")
NEW = {"新增", "承接"}
GROUNDS = (
    ("第五条（一）", "（一）有新的法律、法规、规章颁布"),
    ("第五条（二）", "（二）所依据的法律、法规、规章修改或者废止"),
    ("第五条（三）", "（三）“三定”、机构撤并等使主体或者职能变化"),
    ("第五条（四）", "（四）国家和省、市取消、下放、调整"),
    ("第五条（五）", "（五）单位内部职能调整、优化流程"),
)


def numeral(n: int) -> str:
    """1 to 99 as 第几 is written: 二, 十, 二十一."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + DIGITS[ones]


class Application(Recorded):
    """第七条 一份申请、几个事项 (S49): what its cases have in common. Each item stays a case with duties of its own."""

    year = models.PositiveIntegerField("年度")
    serial = models.PositiveIntegerField("序号")
    number = models.CharField("申请编号", max_length=40, unique=True)
    title = models.CharField("标题", max_length=200)
    office = models.ForeignKey(Office, models.PROTECT, related_name="applications", verbose_name="提出单位")
    source = models.TextField("来源", blank=True, default="")
    opened_on = models.DateField("提出日")

    class Meta:
        ordering = ("-year", "-serial")
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="application_serial")]

    def __str__(self) -> str:
        return self.number


class Place(Recorded):
    """The place of a case in an application (S49). A table of its own, so that rows written before there was one keep their digests."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="places")
    case = models.OneToOneField(Case, models.PROTECT, related_name="place")
    n = models.PositiveIntegerField("在申请中的位次")

    class Meta:
        ordering = ("application", "n")
        constraints = [models.UniqueConstraint(fields=["application", "n"], name="application_place")]

    def __str__(self) -> str:
        return f"{self.application.number} 之{numeral(self.n)}"


class ChangeRequest(Recorded):
    """The application of 第七条（一） with its contents (S2): which item, what move, the full content asked for."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="request")
    list_kind = models.CharField("清单", max_length=10)
    move = models.CharField("动作", max_length=10, choices=MOVES)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="requests")
    base_number = models.PositiveIntegerField("依据的版本", null=True, blank=True)
    base_content = models.TextField("原内容", blank=True, default="{}")
    content = models.TextField("申请的内容", default="{}")
    approved = models.TextField("核准的内容", blank=True, default="")
    ground = models.CharField("调整情形", max_length=20, choices=GROUNDS)
    cause = models.TextField("发生了什么")
    cause_day = models.DateField("情形发生日")
    evidence = models.TextField("证明材料")
    reason = models.TextField("调整意见", blank=True, default="")
    wished_on = models.DateField("拟生效日", null=True, blank=True)
    contact = models.CharField("联系人和电话", max_length=100, blank=True, default="")
    successor = models.CharField("承接事项编码", max_length=100, blank=True, default="")
    revision = models.PositiveIntegerField("第几稿", default=1)

    @property
    def old(self) -> dict[str, str]:
        content: dict[str, str] = json.loads(self.base_content or "{}")
        return content

    @property
    def new(self) -> dict[str, str]:
        """What would be published: the approved content once there is one, else the content asked for."""
        content: dict[str, str] = json.loads(self.approved or self.content or "{}")
        return content

    @property
    def asked(self) -> dict[str, str]:
        content: dict[str, str] = json.loads(self.content or "{}")
        return content

    @property
    def application(self) -> Application | None:
        """The application of several items to which this one belongs, if it does (S49)."""
        place: Place | None = getattr(self.case, "place", None)
        return place.application if place else None

    @property
    def code(self) -> str:
        return self.item.code if self.item else self.new.get("code", "")

    @property
    def name(self) -> str:
        return self.new.get("name") or self.old.get("name", "")

    @property
    def list_name(self) -> str:
        return LISTS[self.list_kind].name

    @property
    def ends(self) -> bool:
        return self.move in ENDING

    def touched(self) -> dict[str, Field]:
        """The fields that would change."""
        return touched(self.list_kind, self.old, self.new)

    def _touched_by_either(self) -> dict[str, Field]:
        """The fields that the application or the approval would change, in the order of the schema."""
        asked = touched(self.list_kind, self.old, self.asked)
        return {f.key: f for f in LISTS[self.list_kind].fields if f.key in asked or f.key in self.touched()}

    def needs_filing(self) -> bool:
        """第九条: 增减, or a change of 名称, 依据 or 程序, is filed with the office afterwards (E16)."""
        if self.move != "变更":
            return True
        return any(f.touches in ("名称", "依据", "程序") for f in self.touched().values())

    @property
    def only_contact(self) -> bool:
        """第六条（三）: does it change nothing but how people are reached (E30, the fast lane)?"""
        changed = self.touched().values()
        return self.move == "变更" and bool(changed) and all(f.touches == CONTACT for f in changed)

    @property
    def amended(self) -> bool:
        """Has something else been approved than was asked for (S6, S7)?"""
        return bool(self.approved) and self.new != self.asked

    def changes(self) -> list[dict[str, Any]]:
        """One row a changed field: label, article, the texts as people read them, and what differs from the old one, marked."""
        return [
            self._compared(f, *(f.label_of(side.get(key, "")) for side in (self.old, self.asked, self.new)))
            for key, f in self._touched_by_either().items()
        ]

    def _compared(self, f: Field, old: str, asked: str, new: str) -> dict[str, Any]:
        texts = {"label": f.label, "article": f.article, "old": old, "asked": asked, "new": new}
        return texts | {"marked": mark(old, new), "wanted": mark(old, asked)}


class Draft(models.Model):
    """What somebody of an office has typed and not handed in (P-B8): no business row, and seen by that office alone."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="drafts")
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    list_kind = models.CharField("清单", max_length=10)
    move = models.CharField("动作", max_length=10, choices=MOVES)
    code = models.CharField("事项编码", max_length=100, blank=True, default="")
    base_number = models.PositiveIntegerField("依据的版本", null=True)
    typed = models.TextField(default="{}")
    group = models.CharField("归入的申请", max_length=60, blank=True, default="", db_index=True)
    saved_at = models.DateTimeField("保存时间")
    count = models.PositiveIntegerField("第几次保存", default=1)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.move}：{self.name}"

    @property
    def cause(self) -> dict[str, str]:
        """第五条: the fields of the cause as they were typed."""
        cause: dict[str, str] = json.loads(self.typed).get("cause", {})
        return cause

    @property
    def content(self) -> dict[str, str]:
        """第六条: the content as it was typed, spelled as it would be stored; right or not."""
        content: dict[str, str] = json.loads(self.typed).get("content", {})
        return clean(self.list_kind, content | ({"code": self.code} if self.code else {}))

    @property
    def name(self) -> str:
        return self.content.get("name") or self.code or "（名称待定）"

    @property
    def list_name(self) -> str:
        return LISTS[self.list_kind].name

    @property
    def saved(self) -> str:
        """Who saved it last, and when."""
        return f"{self.saved_by.name}于{self.saved_at.astimezone(clock.SHANGHAI):%m月%d日 %H:%M}"
