"""Proofs with their files, a unit's changes of its own internal list, a unit's own rules."""

from __future__ import annotations

from django.db import models

from qingdan.kernel.files.models import StoredFile
from qingdan.kernel.ledger.models import Case
from qingdan.kernel.offices.models import Office
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


class OwnListChange(Recorded):
    """第九条 本单位内部清单的调整 (E16): what was changed, when it was complete, of what kinds, and whether it touches a published list."""

    FILED = ("增减", "名称", "依据", "程序")
    OTHER = "其他"
    KINDS = (("增减", "事项增减"), ("名称", "名称变更"), ("依据", "依据变更"), ("程序", "程序变更"), (OTHER, "其他变动"))

    case = models.OneToOneField(Case, models.PROTECT, related_name="own_change")
    list_title = models.CharField("内部清单名称", max_length=200)
    what = models.TextField("调整了什么")
    kinds = models.CharField("变动种类", max_length=40)  # joined by 、
    done_on = models.DateField("调整完毕日")
    published = models.BooleanField("涉及公布的内容", default=False)
    linked = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="own_changes", verbose_name="对应的调整案件")

    class Meta:
        ordering = ("-done_on", "-pk")

    def __str__(self) -> str:
        return self.list_title

    @property
    def to_file(self) -> bool:
        """第九条: 增减, 名称, 依据, 程序 are filed; other changes are only logged."""
        return any(kind in self.kinds.split("、") for kind in self.FILED)


class UnitRule(Recorded):
    """第十一条 (S44) 各单位制定的办法, handed in with its paper: kept, listed, never changed; a new one is handed in anew."""

    KINDS = (("办法", "本单位实施办法"), ("机制", "内部监督机制和职责分工"), ("其他", "其他有关规定"))

    office = models.ForeignKey(Office, models.PROTECT, related_name="rules", verbose_name="制定单位")
    kind = models.CharField("种类", max_length=4, choices=KINDS)
    title = models.CharField("名称", max_length=200)
    number = models.CharField("文号", max_length=100)
    adopted_on = models.DateField("印发日")
    remark = models.TextField("说明", blank=True, default="")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="unit_rule")
    filed_on = models.DateField("备案日")

    class Meta:
        ordering = ("-filed_on", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def paper_key(self) -> str:
        """How a paper names it as its source."""
        return f"r{self.pk}"
