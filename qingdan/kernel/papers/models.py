"""Papers as issued: number, day, what they say, their files. Never changed, on either engine: the database itself refuses it."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from qingdan.kernel.drawn import grouped
from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office
from qingdan.kernel.rows import Recorded

from .content import LAYOUTS


class Paper(Recorded):
    """One issued paper. `source`: what it was made from (e123: event 123; e123-2: the second paper of it, after the first was withdrawn).
    `values` and `content`: the fields and the text, canonical JSON.

    The rows of one `prefix` and `year` are its series of numbers: the next one is one more than the last, under
    the ledger's lock, so none is left out.
    """

    template = models.CharField("文书", max_length=40, db_index=True)
    version = models.PositiveIntegerField("模板版本")
    name = models.CharField("名称", max_length=60)
    layout = models.CharField("版式", max_length=10, choices=[*LAYOUTS.items()])
    office = models.ForeignKey(Office, models.PROTECT, related_name="papers", verbose_name="制发单位")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="papers", verbose_name="案件")
    source = models.CharField("来源", max_length=40)
    prefix = models.CharField("代字", max_length=60)
    year = models.PositiveIntegerField("年份")
    serial = models.PositiveIntegerField("顺序号")
    number = models.CharField("发文字号", max_length=80, unique=True)
    issued_on = models.DateField("成文日期")
    values = models.TextField("字段")
    content = models.TextField("内容")
    fonts = models.CharField("PDF 字体", max_length=200, blank=True)
    code = models.CharField("核验码", max_length=16, unique=True)
    pdf = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="paper_pdf")
    docx = models.OneToOneField(StoredFile, models.PROTECT, related_name="paper_docx")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["prefix", "year", "serial"], name="paper_number"),
            models.UniqueConstraint(fields=["template", "source"], name="paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def data(self) -> dict[str, Any]:
        """The plain form, as both writers had it."""
        data: dict[str, Any] = json.loads(self.content)
        return data

    @property
    def origin(self) -> str:
        """What it was made from, whichever paper of it this is: e123."""
        return self.source.partition("-")[0]

    @property
    def withdrawn(self) -> Withdrawal | None:
        """That it holds no more, and since when; None where it holds."""
        return getattr(self, "withdrawal", None)

    @property
    def corrects(self) -> Paper | None:
        """The paper that this one was issued to replace."""
        found: Withdrawal | None = getattr(self, "correction", None)
        return found.paper if found else None

    @property
    def spelled_code(self) -> str:
        return grouped(self.code)


class Scan(Recorded):
    """A scan of the sealed original, attached after the paper was issued."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="scans")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="scan")
    attached_on = models.DateField("附上日期")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.paper.number} 扫描件"


class Withdrawal(Recorded):
    """作废: the paper holds no more. Where another one was issued in its place, it is a 更正. The number stays used; the paper stays as it is."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="withdrawal")
    replaced_by = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="correction", verbose_name="更正后的文书")
    reason = models.TextField("原因")
    withdrawn_on = models.DateField("作废日期")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.paper.number} {self.told}"

    @property
    def told(self) -> str:
        return f"已由{self.replaced_by.number}更正" if self.replaced_by else "已作废"
