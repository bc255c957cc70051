"""Proofs with their files, a unit's changes of its own internal list, a unit's own rules."""

from __future__ import annotations

from django.db import models

from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.rows import Recorded


class Proof(Recorded):
    """第七条（五） 公布、本部门更新; 第九条 备案: one file of a case, and the address of which it is the copy."""

    PAGE, OWN_PAGE, PREMISES, FILING = "公布页面", "本部门网页", "办公场所", "备案文件"
    KINDS = ((PAGE, "区政务服务网页面"), (OWN_PAGE, "本部门网站页面"), (PREMISES, "办公场所照片"), (FILING, "备案文件"))

    case = models.ForeignKey(Case, models.PROTECT, related_name="proofs")
    kind = models.CharField("种类", max_length=10, choices=KINDS)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="proof")
    url = models.CharField("网址", max_length=500, blank=True, default="")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"
