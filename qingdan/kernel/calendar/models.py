"""Calendars entered in the product: what one person proposed and another adopted (T21). What ships with the product is a file."""

from __future__ import annotations

from django.db import models

from qingdan.kernel.offices.models import Person
from qingdan.kernel.rows import Recorded


class CalendarRelease(Recorded):
    """All arrangements in force from the act that wrote this row on. Older ones stay: every event is replayed with its own."""

    version = models.CharField("日历版本", max_length=16)
    days = models.TextField("全部放假调休安排")  # as `arrangements.text_of` spells them
    year = models.PositiveIntegerField("变更的年度")
    adopted_on = models.DateField("采用日")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.year}年安排（{self.version}）"


class CalendarProposal(Recorded):
    """The arrangements of one year, entered by one person with the State Council's notice; in force once another has adopted them."""

    ADOPTED, REJECTED = "adopted", "rejected"

    year = models.PositiveIntegerField("年度")
    notice = models.CharField("通知文号", max_length=100)
    title = models.CharField("通知标题", max_length=200)
    url = models.URLField("通知网址", blank=True, default="")
    days = models.TextField("该年安排")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="录入人")
    proposed_on = models.DateField("录入日")
    outcome = models.CharField("结果", max_length=10, blank=True, default="")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="复核人")
    decided_on = models.DateField("复核日", null=True)
    remark = models.CharField("复核意见", max_length=400, blank=True, default="")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.year}年放假安排（{self.notice}）"

    @property
    def is_open(self) -> bool:
        return self.outcome == ""
