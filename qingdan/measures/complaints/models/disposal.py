"""What is stored of a disposal (P-E6): the 销毁清单, who proposed and who approved it; and of which case what was destroyed."""

from __future__ import annotations

from django.db import models

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import Recorded
from qingdan.statute.complaints_retention import DESTROYED, RETENTION


class Disposal(Recorded):
    """销毁清单 of one body. The second approval destroys; until then anybody of the body may take it back."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="单位")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间")
    first_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="第一名批准人")
    first_at = models.DateTimeField("第一次批准", null=True)
    second_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="第二名批准人")
    second_at = models.DateTimeField("第二次批准，销毁", null=True)
    rejected_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="退回人")
    rejected_at = models.DateTimeField("退回时间", null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=~models.Q(proposed_by=models.F("first_by")), name="disposal_first_another"),
            models.CheckConstraint(condition=~models.Q(proposed_by=models.F("second_by")), name="disposal_second_another"),
            models.CheckConstraint(condition=~models.Q(first_by=models.F("second_by")), name="disposal_by_two"),
            models.CheckConstraint(condition=models.Q(second_by=None) | models.Q(first_by__isnull=False), name="disposal_first_then_second"),
            models.CheckConstraint(condition=models.Q(second_by=None) | models.Q(rejected_by=None), name="disposal_done_or_rejected"),
        ]

    def __str__(self) -> str:
        return f"销毁清单 {self.pk}"

    @property
    def is_pending(self) -> bool:
        return self.second_by_id is None and self.rejected_by_id is None

    @property
    def is_done(self) -> bool:
        return self.second_by_id is not None


class Disposed(Recorded):
    """One line of a 销毁清单: of this case, what this rule names. `rows`: how many sealed rows, as proposed, then as destroyed."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    rule = models.CharField("种类", max_length=12, choices=[(key, RETENTION[key].name) for key in DESTROYED])
    ended_on = models.DateField("结束日")
    rows = models.PositiveIntegerField("项数")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["disposal", "case", "rule"], name="disposed_once")]

    def __str__(self) -> str:
        return f"{self.get_rule_display()} {self.rows}"
