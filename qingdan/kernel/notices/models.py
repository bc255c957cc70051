"""What an office was told and who has read it: no facts of a case, all of it follows from the ledger. And the calendar feeds."""

from __future__ import annotations

from django.db import models

from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office, Person
from qingdan.kernel.rows import Recorded

BEFORE, TODAY, OVERDUE = "before", "today", "overdue"
DUTY_STEPS = (BEFORE, TODAY, OVERDUE)
"""The steps of one duty. What they say holds only while the duty is open with the same due day; then they are settled."""


class Notice(models.Model):
    """One sentence to one office, once by its key. `obligation` and `due` name the duty that a step speaks of."""

    key = models.CharField(max_length=200, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="notices")
    heads_only = models.BooleanField("只告知负责人", default=False)
    text = models.TextField("内容")
    link = models.CharField(max_length=200, blank=True, default="")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="notices")
    obligation = models.CharField(max_length=120, blank=True, default="", db_index=True)
    event = models.PositiveBigIntegerField(null=True, db_index=True)
    step = models.CharField(max_length=20, blank=True, default="")
    day = models.DateField("告知日")
    due = models.DateField("到期日", null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "day"], name="notice_of_office")]
        ordering = ("-day", "-id")

    def __str__(self) -> str:
        return self.key


class Reading(models.Model):
    """A person has read a notice; a colleague of the same office still has it before them."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="readings")
    at = models.DateTimeField("阅读时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="read_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.person_id}"


class Feed(Recorded):
    """The address of a calendar: of a unit, or of one person for one unit. Only the hash of its secret part is kept."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="feeds")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="feeds")
    token_hash = models.CharField("地址摘要", max_length=64, unique=True)
    made = models.DateTimeField("生成时间")
    revoked = models.DateTimeField("撤销时间", null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.office} {self.person or '单位'}"
