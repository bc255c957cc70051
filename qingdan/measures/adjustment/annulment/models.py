"""What one person has found and another has decided about one lapse."""

from __future__ import annotations

from django.db import models

from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Person
from qingdan.kernel.rows import Recorded


class LapseDoubt(Recorded):
    """Why the condition of 第八条 never existed, with the paper that shows it; outside facts keep their own day (T22)."""

    CONFIRMED, REJECTED = "confirmed", "rejected"
    GROUNDS = (
        ("paper", "答复已在期限内以书面送达"),
        ("receipt", "收到转办意见或者核准意见的时间有误"),
        ("calendar", "放假安排有误"),
    )  # fmt: skip

    case = models.ForeignKey(Case, models.PROTECT, related_name="lapse_doubts")
    target = models.PositiveIntegerField("第几号事件")
    ground = models.CharField("情形", max_length=10, choices=GROUNDS)
    fact_day = models.DateField("事实发生日")
    reason = models.TextField("事实和依据")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="lapse_doubt", verbose_name="材料扫描件")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_on = models.DateField("提出日")
    outcome = models.CharField("结果", max_length=10, blank=True, default="")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="认定人")
    decided_on = models.DateField("认定日", null=True)
    remark = models.TextField("认定意见", blank=True, default="")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.case} 第 {self.target} 号：{self.get_ground_display()}"
