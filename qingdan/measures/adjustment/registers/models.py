"""What the registers keep by themselves: reports as issued, decisions on faults, spot checks, 漏报、瞒报、虚报. All else is a view."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import Recorded
from qingdan.lists.schema import LISTS

LIST_KINDS = [(kind.key, kind.name) for kind in LISTS.values()]


class MonthlyReport(Recorded):
    """第十条（三） 月度报告: the analysis that people wrote and, once issued, the figures as they were that day."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="monthly_report")
    office = models.ForeignKey(Office, models.PROTECT, related_name="monthly_reports")
    month = models.DateField("月份")
    period_from = models.DateField("统计期起")
    period_to = models.DateField("统计期止")
    analysis = models.TextField("分析")
    figures = models.TextField("数字", default="{}")  # canonical JSON, frozen when issued
    revision = models.PositiveIntegerField("第几稿", default=1)
    issued_on = models.DateField("上报日", null=True, blank=True)

    class Meta:
        ordering = ("-month",)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def frozen(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.figures or "{}")
        return found


class FaultDecision(Recorded):
    """第十条（四）: a person of 政务办 decided whether a late duty is a fault. A later decision replaces an earlier one; both stay."""

    UPHELD, NOT_UPHELD = "成立", "不成立"
    VERDICTS = ((UPHELD, "成立"), (NOT_UPHELD, "不成立"))

    case = models.ForeignKey(Case, models.PROTECT, related_name="fault_decisions")
    duty = models.CharField("期限", max_length=120, db_index=True)
    number = models.PositiveIntegerField("第几次决定")
    fault = models.CharField("情形", max_length=10)
    article = models.CharField("条款", max_length=30)
    office = models.ForeignKey(Office, models.PROTECT, related_name="fault_decisions", verbose_name="责任单位")
    due = models.DateField("到期日")
    verdict = models.CharField("认定", max_length=4, choices=VERDICTS)
    reasons = models.TextField("理由")
    decided_on = models.DateField("认定日")
    person = models.ForeignKey(Person, models.PROTECT, related_name="fault_decisions", verbose_name="认定人")

    class Meta:
        ordering = ("duty", "number")
        constraints = [models.UniqueConstraint(fields=["duty", "number"], name="fault_decision_number")]

    def __str__(self) -> str:
        return f"{self.duty} {self.verdict}"


class SpotCheck(Recorded):
    """第十条（二） 抽查: a lead body looked at how a unit keeps its list."""

    lead = models.ForeignKey(Office, models.PROTECT, related_name="spot_checks", verbose_name="抽查部门")
    unit = models.ForeignKey(Office, models.PROTECT, related_name="spot_checked", verbose_name="被抽查单位")
    list_kind = models.CharField("清单", max_length=10, choices=LIST_KINDS)
    scope = models.TextField("抽查的事项")
    checked_on = models.DateField("抽查日")
    method = models.CharField("抽查方式", max_length=200)
    found = models.BooleanField("发现问题", default=False)
    findings = models.TextField("抽查情况")
    follow_up = models.TextField("处理", blank=True, default="")
    registered_on = models.DateField("登记日")

    class Meta:
        ordering = ("-checked_on", "-pk")

    def __str__(self) -> str:
        return f"{self.lead}抽查{self.unit} {self.checked_on}"


class FalseReport(Recorded):
    """第十条（二） 漏报、瞒报、虚报: what was reported wrongly or not at all, what came of it, who answers for it."""

    KINDS = (("漏报", "漏报：应报的没有报"), ("瞒报", "瞒报：明知应报而不报"), ("虚报", "虚报：所报与事实不符"))
    EFFECTS = (("无", "尚未造成后果"), ("误导", "误导行政相对人"), ("曝光", "被媒体曝光"), ("误导并曝光", "误导行政相对人并被媒体曝光"))

    kind = models.CharField("情形", max_length=4, choices=KINDS)
    registrar = models.ForeignKey(Office, models.PROTECT, related_name="false_reports_registered", verbose_name="登记部门")
    unit = models.ForeignKey(Office, models.PROTECT, related_name="false_reports", verbose_name="责任单位")
    responsible = models.CharField("责任人", max_length=100, blank=True, default="")
    list_kind = models.CharField("清单", max_length=10, choices=LIST_KINDS)
    item = models.CharField("事项", max_length=200)
    found_on = models.DateField("发现日")
    what = models.TextField("事实")
    effect = models.CharField("后果", max_length=10, choices=EFFECTS)
    press = models.CharField("媒体报道", max_length=500, blank=True, default="")
    accountability = models.TextField("责任追究", blank=True, default="")
    check_made = models.ForeignKey(SpotCheck, models.PROTECT, null=True, blank=True, related_name="false_reports", verbose_name="抽查记录")
    registered_on = models.DateField("登记日")

    class Meta:
        ordering = ("-found_on", "-pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.unit} {self.found_on}"


class Amendment(Recorded):
    """第十条（二） a later entry that corrects or completes an earlier one and names it; the earlier one stays as it was written.

    The paper of 责任追究 is made elsewhere: its number and its day are noted here.
    """

    check_made = models.ForeignKey(SpotCheck, models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name="抽查记录")
    false_report = models.ForeignKey(FalseReport, models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name="漏报瞒报虚报")
    number = models.PositiveIntegerField("第几次")
    what = models.TextField("更正或者补充的内容")
    paper = models.CharField("责任追究文书文号", max_length=100, blank=True, default="")
    paper_on = models.DateField("责任追究文书日期", null=True, blank=True)
    registrar = models.ForeignKey(Office, models.PROTECT, related_name="amendments", verbose_name="登记部门")
    registered_on = models.DateField("登记日")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["check_made", "number"], name="amendment_of_check"),
            models.UniqueConstraint(fields=["false_report", "number"], name="amendment_of_false_report"),
        ]

    def __str__(self) -> str:
        return f"{self.false_report or self.check_made} 第{self.number}次补充"
