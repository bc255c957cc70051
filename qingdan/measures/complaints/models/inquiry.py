"""What is stored of the investigation: who investigates, who was recused, what units were handed or ordered, the decision, who answers for what.

Words are sealed, as everywhere in this room; the rows hold codes, days and persons of the offices.
"""

from __future__ import annotations

from django.db import models

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import Recorded, RecordedQuerySet
from qingdan.kernel.vault.models import Sealed
from qingdan.statute.complaints_inquiry import CONCLUSIONS, ERRANDS, LIABILITIES, RATINGS, RECUSAL_ASKED, RECUSAL_BASES, RECUSAL_GROUNDS

from .complaint import Complaint, ScopedQuerySet


class Investigator(Recorded):
    """第十三条: one person of the handling body who investigates one complaint; counts once they have declared that they have no interest."""

    RECUSED, CHANGED = "recused", "changed"
    ENDS = ((RECUSED, "回避"), (CHANGED, "调整"))

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="调查人员")
    named_on = models.DateField("指定")
    declared_on = models.DateField("声明没有利害关系", null=True)
    ended_on = models.DateField("不再参加", null=True)
    ended_why = models.CharField("原因", max_length=10, choices=ENDS, blank=True, default="")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["case", "person"], condition=models.Q(ended_on=None), name="investigator_once")]

    def __str__(self) -> str:
        return self.person.name


class Recusal(Recorded):
    """第十三条 回避 (S21): asked by whom, of whom, on which ground; what was decided, and on what basis."""

    GRANTED, DENIED = "granted", "denied"
    OUTCOMES = ((GRANTED, "回避"), (DENIED, "不回避"))

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="调查人员")
    asked = models.CharField("提出", max_length=12, choices=list(RECUSAL_ASKED.items()))
    ground = models.CharField("情形", max_length=10, choices=list(RECUSAL_GROUNDS.items()))
    asked_on = models.DateField("提出日期")
    outcome = models.CharField("决定", max_length=10, choices=OUTCOMES, blank=True, default="")
    basis = models.CharField("决定方式", max_length=10, choices=list(RECUSAL_BASES.items()), blank=True, default="")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="决定人")
    decided_on = models.DateField("决定日期", null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.CheckConstraint(condition=~models.Q(person=models.F("decided_by")), name="recusal_not_by_oneself")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_outcome_display() or '待决定'}"


class Decision(Recorded):
    """第十六条 调查处理决定书 (S23): drafted by one, signed by another; `content`: claims, facts, basis, handling, sealed."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="+")
    conclusion = models.CharField("结论", max_length=10, choices=list(CONCLUSIONS.items()))
    content = models.ForeignKey(Sealed, models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="起草人")
    drafted_on = models.DateField("起草日期")
    returned_on = models.DateField("退回日期", null=True)
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    signed_on = models.DateField("签发日期", null=True)

    objects = ScopedQuerySet.as_manager()  # type: ignore[misc]  # the stubs take it for another attribute
    rows = RecordedQuerySet.as_manager()

    class Meta:
        base_manager_name = "rows"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=~models.Q(drafted_by=models.F("signed_by")), name="decision_by_two"),
            models.UniqueConstraint(fields=["complaint"], condition=models.Q(signed_on__isnull=False), name="decision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_conclusion_display()} {self.drafted_on}"

    @property
    def is_pending(self) -> bool:
        return self.returned_on is None and self.signed_on is None


class Errand(Recorded):
    """第十一条、第十五条、第十六条: what a unit is handed, asked, ordered or has to carry out.

    Drafted by one, approved by another, then a case of its own.

    `office`: who owes it; the handling body itself where `outside` names an organ that is none of ours. `letter`: what the unit reads.
    Of a decision's duties (`decision`) the drafter and the signer are those of the decision.
    """

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=16, choices=[(e.key, e.name) for e in ERRANDS.values()])
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="承办单位")
    outside = models.CharField("系统以外的机关", max_length=100, blank=True, default="")
    due = models.DateField("限定日期", null=True)
    letter = models.ForeignKey(Sealed, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="errands")
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="起草人")
    drafted_on = models.DateField("起草日期")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    rejected_on = models.DateField("退回日期", null=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="errand")

    objects = ScopedQuerySet.as_manager()  # type: ignore[misc]  # the stubs take it for another attribute
    rows = RecordedQuerySet.as_manager()

    class Meta:
        base_manager_name = "rows"
        ordering = ("pk",)
        constraints = [models.CheckConstraint(condition=~models.Q(drafted_by=models.F("approved_by")), name="errand_by_two")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.office.short}"

    @property
    def owner(self) -> str:
        return self.outside or self.office.short

    @property
    def is_pending(self) -> bool:
        return self.case_id is None and self.rejected_on is None


class Liability(Recorded):
    """第十八条至第二十条 (O11): who may have to answer for what; people decide, the register tells what they decided."""

    REFERRED, DROPPED = "referred", "dropped"
    OUTCOMES = ((REFERRED, "移送"), (DROPPED, "不予移送"))

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="liability")
    kind = models.CharField("种类", max_length=12, choices=[(x.key, x.name) for x in LIABILITIES.values()])
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", verbose_name="责任单位")
    errand = models.ForeignKey(Errand, models.PROTECT, null=True, related_name="+", verbose_name="所逾期的")
    words = models.ForeignKey(Sealed, models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    outcome = models.CharField("决定", max_length=10, choices=OUTCOMES, blank=True, default="")
    organ = models.CharField("移送的机关", max_length=100, blank=True, default="")
    number = models.CharField("移送文号", max_length=60, blank=True, default="")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="决定人")
    decided_on = models.DateField("决定日期", null=True)

    objects = ScopedQuerySet.as_manager()  # type: ignore[misc]  # the stubs take it for another attribute
    rows = RecordedQuerySet.as_manager()

    class Meta:
        base_manager_name = "rows"
        ordering = ("pk",)
        constraints = [models.CheckConstraint(condition=~models.Q(registered_by=models.F("decided_by")), name="liability_by_two")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.office.short}"


class Rating(Recorded):
    """第十六条 (P-D9): the one question of satisfaction, asked after the result was told; by the query code, once."""

    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="+")
    answer = models.CharField("满意度", max_length=6, choices=list(RATINGS.items()))
    on = models.DateField("日期")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.get_answer_display()
