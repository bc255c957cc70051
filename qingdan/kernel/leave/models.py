"""One absence from one post, and who stands in: nothing of its cause, which is nobody's business here."""

from __future__ import annotations

from datetime import date

from django.db import models

from qingdan.kernel.offices.models import Person, Post
from qingdan.kernel.rows import Recorded

VALID = models.Q(ended_at=None) & (models.Q(asked_by=models.F("person")) | models.Q(confirmed_by__isnull=False))
"""Said by the person, or confirmed by a second 安全管理员; and not ended."""


class Absence(Recorded):
    """A person is away from a post from `first` to `last` (both included) and `substitute` fills it.

    Who is away says so alone. For somebody who cannot any more, one 安全管理员 asks and another confirms. It ends by itself; `ended_at`: earlier.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="absences", verbose_name="职务")
    person = models.ForeignKey(Person, models.PROTECT, related_name="absences", verbose_name="不在岗的人")
    substitute = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="代办人")
    first = models.DateField("自")
    last = models.DateField("至")
    reason = models.CharField("依据", max_length=200, blank=True, default="")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    asked_at = models.DateTimeField("登记时间")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="确认人")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="结束人")
    ended_at = models.DateTimeField("提前结束时间", null=True)

    class Meta:
        ordering = ("-first", "-pk")
        constraints = [
            models.CheckConstraint(condition=models.Q(first__lte=models.F("last")), name="absence_has_days"),
            models.CheckConstraint(condition=~models.Q(person=models.F("substitute")), name="absence_by_another"),
            models.CheckConstraint(condition=~models.Q(asked_by=models.F("confirmed_by")), name="absence_two_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} 代 {self.person}（{self.first} 至 {self.last}）"

    @property
    def is_valid(self) -> bool:
        """Said by the person, or confirmed by a second 安全管理员; and not ended."""
        return self.ended_at is None and (self.asked_by_id == self.person_id or self.confirmed_by_id is not None)

    @property
    def waits(self) -> bool:
        """For the second 安全管理员."""
        return self.ended_at is None and not self.is_valid

    def over_on(self, day: date) -> bool:
        """Ended, or its days have passed."""
        return self.ended_at is not None or self.last < day
