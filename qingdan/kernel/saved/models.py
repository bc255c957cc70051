"""常用条件: the conditions of a list under a name, a person's own or shared by the office. No fact of a case: nothing of it is in the ledger."""

from __future__ import annotations

from django.db import models

from qingdan.kernel.offices.models import Office, Person


class SavedFilter(models.Model):
    """`query` is the query string of the list, in a fixed order. What it finds is what its reader may see, never what its maker saw."""

    page = models.CharField(max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=500)
    shared = models.BooleanField("本单位共用", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "office", "person", "name"], name="saved_once")]
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
