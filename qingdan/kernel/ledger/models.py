"""What the ledger stores: cases, events (append-only, chained), and the shadow of open and closed duties."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models

from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import Recorded


class Case(Recorded):
    """One matter under one measure. Its state is its open duties, so it has no status column."""

    law = models.CharField("机制", max_length=4)
    edition = models.DateField("适用版本施行日")
    year = models.PositiveIntegerField("年度")
    serial = models.PositiveIntegerField("序号")
    number = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("标题", max_length=200)
    office = models.ForeignKey(Office, models.PROTECT, related_name="cases", verbose_name="提出单位")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    subject = models.CharField("标的", max_length=120, blank=True, default="", db_index=True)
    opened_on = models.DateField("立案日")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["law", "year", "serial"], name="case_serial")]
        ordering = ("-opened_on", "-id")

    def __str__(self) -> str:
        return self.number


class Head(models.Model):
    """The tip of the chain, locked while an event is appended."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.seq} {self.head[:12]}"


class Event(models.Model):
    """One act, as canonical text. The other columns repeat the text so that it can be asked for."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="events")
    n = models.PositiveIntegerField("案内序号", null=True)
    act = models.CharField(max_length=40, db_index=True)
    office_code = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="events")
    on = models.DateField("法定日期", db_index=True)
    recorded_at = models.DateTimeField("记录时间")
    key = models.CharField(max_length=64, null=True, unique=True)  # NULL: no key
    body = models.TextField()
    salt = models.CharField(max_length=32)
    alg = models.CharField(max_length=10)
    head = models.CharField(max_length=64)

    class Meta:
        ordering = ("seq",)
        constraints = [models.UniqueConstraint(fields=["case", "n"], name="event_place_in_case")]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"

    @cached_property
    def told(self) -> dict[str, Any]:
        """The canonical text, read."""
        told: dict[str, Any] = json.loads(self.body)
        return told

    @property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = self.told["facts"]
        return facts

    @property
    def whom(self) -> list[str]:
        """代: user names of those for whom the person acted, the absent one first; mostly nobody."""
        whom: list[str] = self.told.get("for", [])
        return whom

    @property
    def by_law(self) -> bool:
        return bool(self.told["by_law"])


class Obligation(models.Model):
    """The shadow of one duty, rewritten with every event of its case: so that due days can be asked for."""

    id = models.CharField(primary_key=True, max_length=120)
    case = models.ForeignKey(Case, models.PROTECT, related_name="obligations")
    row = models.CharField("规则", max_length=10)
    article = models.CharField("条款", max_length=30)
    office_code = models.CharField("承办单位", max_length=40)
    acts = models.CharField("可办", max_length=200)
    source = models.CharField("期限来源", max_length=10)
    since = models.DateField("起算日")
    due = models.DateField("到期日", null=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    provisional = models.BooleanField("暂定", default=False)
    held = models.BooleanField("待前项完成", default=False)
    lapses = models.BooleanField("逾期有视为效果", default=False)
    born_late = models.BooleanField("不可归责", default=False)
    extended = models.DateField("延长至", null=True)
    opened_n = models.PositiveIntegerField()
    closed_n = models.PositiveIntegerField(null=True)
    how = models.CharField(max_length=10, blank=True, default="")
    closed_on = models.DateField(null=True)
    calendar = models.CharField("日历版本", max_length=16)
    counted = models.CharField("起算", max_length=40, blank=True, default="")  # limit and start: see standing.spell_basis
    moved_from = models.DateField("原到期日", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["how", "office_code", "due"], name="obligation_todo"),
            models.Index(fields=["how", "due"], name="obligation_ripe"),
        ]
        ordering = ("due", "id")

    def __str__(self) -> str:
        return self.id

    @property
    def place(self) -> str:
        """Which duty of its case it is; unlike `id` it says nothing of how many cases there are (T6)."""
        return place_of(self.id)

    @property
    def is_open(self) -> bool:
        return self.how == ""

    def late_on(self, today: date) -> bool:
        """Past due and to somebody's account: not 暂定, not waiting for others, not born late, not released."""
        if self.due is None or self.provisional or self.held or self.born_late or self.how == "released":
            return False
        return (self.closed_on or today) > self.due


def place_of(duty: str) -> str:
    """The part of an obligation's id behind the key of its case: the part that may be shown."""
    return duty.partition(":")[2]


class ClockMark(models.Model):
    """The machine's clock as it was last trusted, in millionths of a second, and who has confirmed it since (T20)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    wall = models.BigIntegerField()
    running = models.BigIntegerField()
    boot = models.CharField(max_length=64)
    doubt = models.CharField(max_length=200, blank=True, default="")
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    confirmed_names = models.TextField(blank=True, default="")  # user names: who, and for whom they stood in

    def __str__(self) -> str:
        return self.doubt or "可信"


class LapseHold(Recorded):
    """S52: deemed effects that wait for two persons; the writing waits, never the legal date."""

    opened_on = models.DateField("起")
    reason = models.CharField("原因", max_length=200)
    duties = models.TextField("待核对的事项")  # ids of obligations, one a line
    first = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="第一核对人")
    second = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="第二核对人")
    released_on = models.DateField("核对完成日", null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.opened_on} {self.reason}"

    @property
    def ids(self) -> list[str]:
        return self.duties.split("\n")
