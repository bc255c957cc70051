"""What was published of complaints in numbers (T6): the tables as they were shown, never counted anew."""

from __future__ import annotations

from django.db import models

from qingdan.kernel.offices.models import Person
from qingdan.kernel.rows import Recorded


class PublishedFigures(Recorded):
    """One decision of 政务办 to publish the figures of a quarter, and, where it was taken back, that decision."""

    quarter = models.CharField("季度", max_length=6, db_index=True)
    tables = models.TextField("公布的表")  # JSON, `figures.Figures.as_json`
    reason = models.CharField("公布的理由", max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="公布人")
    on = models.DateField("公布日")
    taken_back_on = models.DateField("撤下日", null=True)
    taken_back_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="撤下人")
    taken_back_reason = models.CharField("撤下的理由", max_length=500, blank=True, default="")

    class Meta:
        ordering = ("-pk",)
        constraints = [models.UniqueConstraint(fields=["quarter"], condition=models.Q(taken_back_on=None), name="figures_published_once")]

    def __str__(self) -> str:
        return self.quarter
